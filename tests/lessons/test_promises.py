"""The two promises, over every step of every lesson: no honest learner is refused or diagnosed,
and no learner who makes one slip is accepted."""

from collections.abc import Iterator
from functools import cache
from random import Random

import numpy as np
import pytest

from tests.drawn import drawn
from tests.engine.honest import work
from tutor.course.catalog import entries
from tutor.course.lesson import CHOICE_KINDS, Lesson, Step
from tutor.course.load import load
from tutor.course.worksheet import EXACT_KINDS, Worksheet
from tutor.engine.answer import Cell, Reading
from tutor.engine.precision import Array
from tutor.engine.slips.matching import typed
from tutor.engine.slips.search import find
from tutor.engine.slips.suspects import Asked, Suspects
from tutor.engine.verdict import Mark, judge

LESSONS = [load(path).lesson for path in entries()]
ANSWERS = 10_000
"""Answers of honest learners in all, as many by each lesson's learners as it has steps."""
SHEETS = 11
"""Sets of numbers that they share."""
SLIP_ROUNDS = 4
by_id = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)


def asked_steps(sheet: Worksheet) -> Iterator[Step]:
    return (step for step in sheet.lesson.steps if step.kind not in CHOICE_KINDS)


@cache
def learners() -> int:
    """How many learners each lesson has."""
    steps = sum(len(list(asked_steps(drawn(lesson.id, None)))) for lesson in LESSONS)
    return -(-ANSWERS // steps)


def reading_of(values: Array, places: int = 9) -> Reading:
    return Reading(
        values.shape, tuple(Cell(repr(v), v, places, None) for v in values.ravel().tolist())
    )


@by_id
def test_no_honest_learner_is_refused(lesson: Lesson) -> None:
    sheets = [drawn(lesson.id, seed) for seed in (None, *range(SHEETS - 1))]
    for learner in range(learners()):
        random = Random(f"{lesson.id} {learner}")
        sheet = sheets[learner % SHEETS]
        own: dict[str, Array] = {}
        for step in asked_steps(sheet):
            names = dict(sheet.givens)
            names |= {name: own[one.id] for name, one in sheet.named_before(step).items()}
            precision = sheet.precision(step)
            result = work(sheet.formula(step), names, precision, random)
            written = result if step.kind in EXACT_KINDS else precision.round(result)
            verdict = judge(reading_of(written), sheet.target(step, own))
            assert verdict.accepted, (step.id, learner, written, sheet.truth(step))
            # Some carry on with what they typed, some with what the calculator still shows.
            own[step.id] = written if random.random() < 0.7 else result


@by_id
def test_no_learner_with_a_slip_is_accepted_and_nearly_all_are_told_which(lesson: Lesson) -> None:
    made = named = 0
    for seed in (None, *range(SLIP_ROUNDS)):
        sheet = drawn(lesson.id, seed)
        for step in asked_steps(sheet):
            exact = step.kind in EXACT_KINDS
            precision, truth = sheet.precision(step), sheet.truth(step)
            asked = Asked(sheet.formula(step), sheet.names(step), precision, exact)
            for slip in Suspects(asked).all:
                usable = slip.root is not None and np.isfinite(slip.gives).all()
                if not usable or np.allclose(slip.gives, truth.value):
                    continue
                answer = slip.gives if exact else precision.round(slip.gives)
                verdict = judge(reading_of(answer), sheet.target(step, {}))
                assert verdict.overall == Mark.WRONG, (step.id, slip.slip, answer)
                found = find([asked], typed(answer, [None] * answer.size, precision))
                made += 1
                named += bool(found) and (
                    found[0].id == slip.slip
                    or np.allclose(found[0].gives, slip.gives, atol=2 * 10.0**-3)
                )
    assert made > 100
    assert named >= 0.97 * made, f"{named} of {made}"
