"""Is the answer right? Cell by cell: right, follows, too coarse, blank, unreadable or wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tutor.engine.answer import Cell, Reading
from tutor.engine.precision import Precision
from tutor.engine.spread import Bounded


class Mark(StrEnum):
    """What is said of one cell, and (with INCOMPLETE for BLANK) of a whole answer."""

    RIGHT = "right"
    FOLLOWS = "follows"
    COARSE = "too-coarse"
    BLANK = "blank"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"
    WRONG = "wrong"


OVERALL = (
    (Mark.UNREADABLE, Mark.UNREADABLE),
    (Mark.WRONG, Mark.WRONG),
    (Mark.BLANK, Mark.INCOMPLETE),
    (Mark.COARSE, Mark.COARSE),
    (Mark.FOLLOWS, Mark.FOLLOWS),
)
"""The first mark that any cell has decides over the answer as a whole."""

ACCEPTED = frozenset({Mark.RIGHT, Mark.FOLLOWS})


@dataclass(frozen=True, slots=True)
class Target:
    """What an answer is held against.

    `truth` is the true value with its slack; `following` the value from the learner's own
    earlier answers, where they have any that can bear it. `exact` answers (whole numbers,
    shapes, choices) have neither slack nor rounding.
    """

    truth: Bounded
    precision: Precision
    following: Bounded | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer as a whole and, where its shape is right, each cell in row-major order."""

    overall: Mark
    cells: tuple[Mark, ...]
    wrong_shape: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the step is done."""
        return self.overall in ACCEPTED


def judge(reading: Reading, target: Target) -> Verdict:
    """Hold a reading against its target."""
    if reading.shape != target.truth.value.shape:
        return Verdict(Mark.WRONG, (), wrong_shape=True)
    aims = [_cells(target.truth)]
    if target.following is not None:
        aims.append(_cells(target.following))
    marks = tuple(_mark(cell, aim, target) for cell, *aim in zip(reading.cells, *aims, strict=True))
    return Verdict(overall(marks), marks)


def overall(marks: Sequence[Mark]) -> Mark:
    """The verdict on the whole answer: the first in the order of OVERALL that any cell has."""
    return next((whole for mark, whole in OVERALL if mark in marks), Mark.RIGHT)


def _cells(bounded: Bounded) -> list[tuple[float, float]]:
    """Each cell's value and slack; where no bound exists nothing but the value is right."""
    slack = np.where(np.isfinite(bounded.radius), bounded.radius, 0.0)
    return list(zip(bounded.value.ravel().tolist(), slack.ravel().tolist(), strict=True))


def _mark(cell: Cell, aims: Sequence[tuple[float, float]], target: Target) -> Mark:
    """What is said of a cell that aims at the truth and at what follows, with their slacks."""
    if cell.problem is not None:
        return Mark.UNREADABLE
    if cell.value is None:
        return Mark.BLANK
    for mark, (value, slack) in zip((Mark.RIGHT, Mark.FOLLOWS), aims, strict=False):
        if within(cell.value, value, slack, target):
            return mark
    if any(_is_coarse(cell, value, slack, target) for value, slack in aims):
        return Mark.COARSE
    return Mark.WRONG


def within(answer: float, value: float, slack: float, target: Target) -> bool:
    """Whether an answer is a value, within its slack and half a unit of the last place asked."""
    if not math.isfinite(value):
        return answer == value
    allowed = float(target.precision.noise(value))
    if not target.exact:
        allowed += slack + float(target.precision.half_unit(abs(value) + slack))
    return abs(answer - value) <= allowed


def _is_coarse(cell: Cell, value: float, slack: float, target: Target) -> bool:
    """Whether an answer that is not right is the value rounded to its own last place.

    With as many places as asked that would be right; so there are fewer. Something must be left.
    """
    if target.exact or not math.isfinite(value) or cell.places is None or not cell.value:
        return False
    allowed = slack + 0.5 * _last_place(cell.value, cell.places, target.precision)
    return abs(cell.value - value) <= allowed + float(target.precision.noise(value))


def _last_place(answer: float, places: int, precision: Precision) -> float:
    """The unit of the last digit typed; with figures the zeros of 1200 may only fill up."""
    unit = 10.0**-places
    while precision.figures is not None and unit >= 1 and answer % (10 * unit) == 0:
        unit *= 10
    return unit
