"""Is the answer right? Cell by cell: right, follows, too coarse, blank, unreadable or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tutor.engine.answer import Cell, Reading
from tutor.engine.precision import NOISE, Precision
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
    truth = _cells(target.truth)
    following = _cells(target.following) if target.following is not None else truth
    marks = tuple(
        _mark(cell, own, learner, target)
        for cell, own, learner in zip(reading.cells, truth, following, strict=True)
    )
    return Verdict(overall(marks), marks)


def overall(marks: Sequence[Mark]) -> Mark:
    """The verdict on the whole answer: the first in the order of OVERALL that any cell has."""
    return next((whole for mark, whole in OVERALL if mark in marks), Mark.RIGHT)


def _cells(bounded: Bounded) -> list[tuple[float, float]]:
    radii = np.where(np.isfinite(bounded.radius), bounded.radius, 0.0)
    return list(zip(bounded.value.ravel().tolist(), radii.ravel().tolist(), strict=True))


def _mark(
    cell: Cell, truth: tuple[float, float], following: tuple[float, float], target: Target
) -> Mark:
    if cell.problem is not None:
        return Mark.UNREADABLE
    if cell.value is None:
        return Mark.BLANK
    if within(cell.value, *truth, target):
        return Mark.RIGHT
    if following is not truth and within(cell.value, *following, target):
        return Mark.FOLLOWS
    if any(_is_coarse(cell, *aim, target) for aim in (truth, following)):
        return Mark.COARSE
    return Mark.WRONG


def within(answer: float, value: float, slack: float, target: Target) -> bool:
    """Whether an answer is a value, within its slack and half a unit of the last place asked."""
    if not np.isfinite(value) or target.exact:
        return answer == value
    allowed = slack + float(target.precision.half_unit(abs(value) + slack))
    return bool(abs(answer - value) <= allowed + NOISE * max(1.0, abs(value)))


def _is_coarse(cell: Cell, value: float, slack: float, target: Target) -> bool:
    """Whether an answer is the value rounded to fewer places than asked, something being left.

    An answer with as many places as asked is never coarse, however near it is.
    """
    assert cell.value is not None
    if target.exact or not np.isfinite(value) or cell.places is None or cell.value == 0:
        return False
    if cell.places >= target.precision.places(value):
        return False
    allowed = slack + 0.5 * 10.0**-cell.places
    return abs(cell.value - value) <= allowed * (1 + NOISE) + NOISE
