import pytest

from tests.tui.tutor_app import LESSONS


@pytest.fixture
def course(monkeypatch):
    """The lessons of the tests are the course."""
    for room in ("tutor.course.catalog", "tutor.learner.bookmark"):
        monkeypatch.setattr(f"{room}.lesson_folder", lambda: LESSONS)
