"""Every step of every lesson can be worked out line by line, with whatever numbers it has."""

import numpy as np
import pytest

from tests.drawn import drawn
from tutor.course.catalog import entries
from tutor.course.hints import rungs
from tutor.course.worked import has_working, working
from tutor.engine.working.layout import WIDTH

SEEDS = (None, 0, 1, 2, 3, 4)


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_lesson(path, seed):
    sheet = drawn(path.stem, seed)
    for step in sheet.lesson.steps:
        if not has_working(step):
            assert working(sheet, step) == ()
            continue
        truth = sheet.truth(step).value
        worked = working(sheet, step)
        np.testing.assert_allclose(worked[-1].value, truth, rtol=1e-12, atol=1e-15)
        assert len(worked) <= 12
        assert all(len(row) <= WIDTH for line in worked for row in line.rows())
        for cell in range(truth.size):
            last = working(sheet, step, cell)[-1]
            assert float(last.value.reshape(-1)[0]) == pytest.approx(truth.flat[cell], abs=1e-15)
            assert len(last.rows()) == 1


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
def test_hints_never_say_the_answer(path):
    """Only the last hint shows a result, and of a single number never the one that is asked."""
    sheet = drawn(path.stem, None)
    for step in sheet.lesson.steps:
        if not has_working(step):
            continue
        ladder = rungs(sheet, step)
        kinds = [rung.kind for rung in ladder if rung.kind != "words"]
        order = ["quantities", "formula", "numbers", "first"]
        assert kinds == [kind for kind in order if kind in kinds]
        last = working(sheet, step)[-1].text
        for rung in ladder:
            if rung.kind in ("numbers", "first"):
                assert len(rung.formula) <= WIDTH
                assert last not in rung.formula
            if rung.kind == "numbers":
                assert not rung.formula.partition(" = ")[2].count(" = ")
