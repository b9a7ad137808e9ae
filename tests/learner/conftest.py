from datetime import UTC, datetime, timedelta

import pytest

from tutor.learner.journal import Journal


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite"


@pytest.fixture
def clock():
    """A clock that goes on by a second each time that it is read."""
    moments = (datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(seconds=s) for s in range(10**6))
    return lambda: next(moments)


@pytest.fixture
def journal(path, clock):
    with Journal.open(path, clock) as journal:
        yield journal
