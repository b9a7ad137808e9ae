import gc
import os
from itertools import count

import pytest
from hypothesis import settings

from tests.examples import times

# In CI the same examples every time, so that a red run is about the change; elsewhere others each
# time. A failure prints the line that reproduces it. No deadline: the machine does other work too.
# Few examples keep a run within minutes; `EXAMPLES=20 make test` tries twenty times as many.
few = {"deadline": None, "print_blob": True, "max_examples": times(40)}
settings.register_profile("ci", derandomize=True, **few)
settings.register_profile("home", **few)
settings.load_profile("ci" if os.environ.get("CI") else "home")


HOMES = count()


def pytest_collection_finish():
    """What was imported and collected stays: looking through it for garbage takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """No test reads or writes what the person who runs it has learnt."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(HOMES)}"
    home.mkdir()
    monkeypatch.setenv("TUTOR_HOME", str(home))
    return home
