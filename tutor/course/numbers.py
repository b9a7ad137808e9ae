"""Fresh numbers for another round: seeded, easy by hand, and meeting the lesson's conditions."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import numpy as np

from tutor.course.lesson import Fresh, Given, Lesson
from tutor.course.worksheet import EXACT_KINDS, Worksheet, read
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.value import evaluate

TRIES = 2000
"""How often numbers are drawn before the conditions are taken to be impossible."""


class NumbersError(Exception):
    """No drawn numbers met the conditions; `broken` counts how often each one failed."""

    def __init__(self, broken: dict[int, int]) -> None:
        """Keep the count by the place of the condition; -1 is a step without a usable answer."""
        super().__init__(f"no numbers meet the conditions: {broken}")
        self.broken = broken


def fresh_worksheet(lesson: Lesson, seed: int) -> Worksheet:
    """The lesson with the numbers of a seed; the same seed always draws the same numbers."""
    source = random.Random(f"{lesson.id}/{seed}")
    broken: dict[int, int] = {}
    for _ in range(TRIES):
        drawn = {
            name: _drawn(given, given.fresh, source)
            for name, given in lesson.givens.items()
            if given.fresh is not None
        }
        failed = failing(lesson, drawn)
        if failed is None:
            return Worksheet(lesson, drawn)
        broken[failed] = broken.get(failed, 0) + 1
    raise NumbersError(broken)


def failing(lesson: Lesson, drawn: dict[str, Array] | None) -> int | None:
    """The first condition that numbers break; -1 where a step has no usable answer; or None."""
    try:
        sheet = Worksheet(lesson, drawn)
        for place, condition in enumerate(lesson.conditions):
            if not holds(sheet, condition.formula):
                return place
        usable = all(has_usable_truth(sheet, step.id) for step in lesson.steps)
    except FormulaError:
        return -1
    return None if usable else -1


def holds(sheet: Worksheet, formula: str) -> bool:
    """Whether a condition over givens and named answers is true in every cell."""
    names = sheet.names_known(sheet.lesson.steps[-1])
    return bool((evaluate(read(formula, tuple(names)), names) != 0).all())


def has_usable_truth(sheet: Worksheet, step_id: str) -> bool:
    """Whether a step's answer is a number that can be asked: no NaN, and a finite slack."""
    step = sheet.step(step_id)
    truth = sheet.truth(step)
    if np.isnan(truth.value).any() or not np.isfinite(truth.radius).all():
        return False
    return step.kind not in EXACT_KINDS or bool((truth.value == np.rint(truth.value)).all())


def _drawn(given: Given, fresh: Fresh, source: random.Random) -> Array:
    stated = np.asarray(given.value, dtype=np.float64)
    cells = [_cell(fresh, source) for _ in range(stated.size)]
    return np.asarray(cells, dtype=np.float64).reshape(stated.shape)


def _cell(fresh: Fresh, source: random.Random) -> float:
    # `random()` is the one method whose values Python promises to keep from version to version.
    if fresh.choose is not None:
        return fresh.choose[int(source.random() * len(fresh.choose))]
    low, high, step = (_decimal(end) for end in (fresh.low, fresh.high, fresh.step))
    count = int((high - low) / step) + 1
    return float(low + step * int(source.random() * count))


def _decimal(value: Any) -> Decimal:
    """A number as it is written, so that 0.1 + 0.2 is drawn as 0.3."""
    return Decimal(repr(value))
