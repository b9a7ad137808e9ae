"""Is the answer right? Cell by cell: right, follows, too coarse, blank, unreadable or wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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


Aim = tuple[float, float, float]
"""What a cell is held against: the value, and the ends of its interval."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an answer is held against.

    `truth` is the true value with its interval; `following` the value from the learner's own
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
        if reading.problem is not None:
            # A word beside a number is read as a cell: the shape says nothing then.
            return Verdict(Mark.UNREADABLE, ())
        return Verdict(Mark.WRONG, (), wrong_shape=True)
    aims = [_cells(target.truth)]
    if target.following is not None:
        aims.append(_cells(target.following))
    marks = tuple(_mark(cell, aim, target) for cell, *aim in zip(reading.cells, *aims, strict=True))
    return Verdict(overall(marks), marks)


def overall(marks: Sequence[Mark]) -> Mark:
    """The verdict on the whole answer: the first in the order of OVERALL that any cell has."""
    return next((whole for mark, whole in OVERALL if mark in marks), Mark.RIGHT)


def _cells(bounded: Bounded) -> list[Aim]:
    """Each cell's value and ends; where no bound exists nothing but the value is right."""
    each = (array.ravel().tolist() for array in (bounded.value, *bounded.ends))
    return list(zip(*each, strict=True))


def _mark(cell: Cell, aims: Sequence[Aim], target: Target) -> Mark:
    """What is said of a cell that aims at the truth and at what follows."""
    if cell.problem is not None:
        return Mark.UNREADABLE
    if cell.value is None:
        return Mark.BLANK
    for mark, aim in zip((Mark.RIGHT, Mark.FOLLOWS), aims, strict=False):
        if within(cell.value, aim, target):
            return mark
    if any(_is_coarse(cell, aim, target) for aim in aims):
        return Mark.COARSE
    return Mark.WRONG


def within(answer: float, aim: Aim, target: Target) -> bool:
    """Whether an answer lies between the ends, give or take half a unit of the last place asked."""
    value, *ends = aim
    if not math.isfinite(value):
        return answer == value
    noise = float(target.precision.noise(value))
    if target.exact:
        return abs(answer - value) <= noise
    low, high = ends
    if low <= answer <= high:
        return True
    nearer = low if answer < low else high
    return abs(answer - nearer) <= noise + float(target.precision.half_unit(nearer))


def _is_coarse(cell: Cell, aim: Aim, target: Target) -> bool:
    """Whether an answer that is not right is the value rounded to its own last place.

    With as many places as asked that would be right; so there are fewer. Something must be left.
    """
    value, low, high = aim
    if target.exact or not math.isfinite(value) or cell.places is None or not cell.value:
        return False
    allowed = 0.5 * _last_place(cell.value, cell.places, target.precision)
    allowed += float(target.precision.noise(value))
    return low - allowed <= cell.value <= high + allowed


def _last_place(answer: float, places: int, precision: Precision) -> float:
    """The unit of the last digit typed; with figures the zeros of 1200 may only fill up."""
    unit = 10.0**-places
    while precision.figures is not None and unit >= 1 and answer % (10 * unit) == 0:
        unit *= 10
    return unit
