import pytest

from tests.drawn import drawn
from tutor.course.worksheet import Worksheet


@pytest.fixture
def sheet(request: pytest.FixtureRequest) -> Worksheet:
    """The lesson of the file with the numbers of a seed, or its own."""
    return drawn(request.module.LESSON.id, request.param)
