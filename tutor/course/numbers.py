"""Fresh numbers for another round: seeded, easy by hand, meeting the conditions, and telling."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tutor.course.fresh import drawn, drawn_for
from tutor.course.hiding import Hides, Hiding
from tutor.course.labels import fitting_labels
from tutor.course.lesson import Lesson, Value
from tutor.course.worksheet import EXACT_KINDS, Worksheet, read
from tutor.engine.formula import Formula, FormulaError
from tutor.engine.value import evaluate

TRIES = 2000
"""How often numbers are drawn before the conditions are taken to be impossible."""
MOST_HIDING = 200
"""How many sets of numbers that meet the conditions may hide a slip before that is given up."""


EVERYTHING = 16
"""Every so many attempts all numbers are drawn again, not only those that a flaw is due to."""
UNUSABLE = -1
"""What stands among the places of conditions for a step without a usable answer."""


class NumbersError(Exception):
    """No drawn numbers were fit for a round: why, and how often for each reason.

    `broken` counts conditions by their place (or UNUSABLE), `hiding` counts the slips that nobody
    would have seen.
    """

    def __init__(self, broken: Counter[int], hiding: Counter[Hides]) -> None:
        """Keep the counts."""
        super().__init__(f"no numbers are fit: {broken}, {hiding}")
        self.broken = broken
        self.hiding = hiding


def numbers_of(
    lesson: Lesson, seed: int | None, given: Mapping[str, Value] | None = None
) -> Worksheet:
    """The lesson with its own numbers, or those of a seed; some of them as the learner gave them.

    Raises NumbersError and FormulaError.
    """
    sheet = Worksheet(lesson) if seed is None else fresh_worksheet(lesson, seed)
    if not given:
        return sheet
    own = {name: np.asarray(value, dtype=np.float64) for name, value in given.items()}
    numbers = {**sheet.givens, **own}
    return Worksheet(fitting_labels(Worksheet(lesson, numbers)), numbers)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why numbers are not fit for a round, and the names to which it is due."""

    reason: int | Hides
    """The place of a broken condition, or UNUSABLE, or a slip that hides."""
    uses: frozenset[str] = frozenset()


def fresh_worksheet(lesson: Lesson, seed: int) -> Worksheet:
    """The lesson with the numbers of a seed; the same seed always draws the same numbers."""
    source = random.Random(f"{lesson.id}/{seed}")
    broken: Counter[int] = Counter()
    hiding: Counter[Hides] = Counter()
    numbers = drawn(lesson, source)
    for attempt in range(1, TRIES):
        again: frozenset[str] = frozenset()
        try:
            sheet = Worksheet(lesson, numbers)
            flaw = first_flaw(sheet, Counter(one.step for one in hiding.elements()))
            if flaw is None:
                return sheet
            again = drawn_for(sheet, flaw.uses)
        except FormulaError:
            flaw = Flaw(UNUSABLE)
        if isinstance(flaw.reason, int):
            broken[flaw.reason] += 1
        else:
            hiding[flaw.reason] += 1
            if hiding.total() == MOST_HIDING:
                break
        # What the flaw is due to is drawn again, and now and then all, lest the rest forbid it.
        everything = not again or attempt % EVERYTHING == 0
        numbers |= drawn(lesson, source, None if everything else again)
    raise NumbersError(broken, hiding)


def first_flaw(sheet: Worksheet, often: Counter[str]) -> Flaw | None:
    """The first flaw of numbers, or None if they are fit for a round. Raises FormulaError.

    `often` says which steps refused numbers before.
    """
    for place, condition in enumerate(sheet.lesson.conditions):
        if not holds(sheet, condition.formula):
            return Flaw(place, _condition(sheet, condition.formula).uses)
    # Many numbers are refused here: before the slack of every step is worked out.
    hides = Hiding.of(sheet.lesson).first_in(sheet, often)
    if hides is not None:
        return Flaw(hides, sheet.formula(sheet.step(hides.step)).uses)
    for step in sheet.lesson.steps:
        if not has_usable_truth(sheet, step.id):
            return Flaw(UNUSABLE, sheet.formula(step).uses)
    return None


def holds(sheet: Worksheet, formula: str) -> bool:
    """Whether a condition over givens and named answers is true in every cell."""
    condition = _condition(sheet, formula)
    named = {one.name: one for one in sheet.lesson.steps if one.name is not None}
    results = {name: sheet.result(named[name]) for name in condition.uses & set(named)}
    return bool((evaluate(condition, sheet.givens | results) != 0).all())


def _condition(sheet: Worksheet, formula: str) -> Formula:
    named = (one.name for one in sheet.lesson.steps if one.name is not None)
    return read(formula, (*sheet.givens, *named))


def has_usable_truth(sheet: Worksheet, step_id: str) -> bool:
    """Whether a step's answer is a number that can be asked: no NaN, and a finite slack."""
    step = sheet.step(step_id)
    truth = sheet.truth(step)
    if np.isnan(truth.value).any() or not np.isfinite(truth.radius).all():
        return False
    return step.kind not in EXACT_KINDS or bool((truth.value == np.rint(truth.value)).all())
