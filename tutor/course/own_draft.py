"""A learner's own numbers as they are being written: texts in cells, shapes, and a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from tutor.course.lesson import Lesson, Value
from tutor.course.numbers import numbers_of
from tutor.course.own_check import Misfit, nested
from tutor.course.problem import Detail
from tutor.course.rules import MOST_CELLS
from tutor.engine.answer import Problem, Reading, as_shape, read_array, read_cells
from tutor.engine.precision import Array

HISTORY = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """One given as it is being written: a text a cell (row-major)."""

    shape: tuple[int, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, numbers: Array) -> Written:
        """Numbers as texts that read as exactly these numbers."""
        return cls(numbers.shape, tuple(number_text(one) for one in numbers.ravel().tolist()))

    @property
    def sound(self) -> bool:
        """Whether there is a text for each cell of a shape."""
        return all(size > 0 for size in self.shape) and prod(self.shape) == len(self.texts)

    @property
    def text(self) -> str:
        """All of it as one line that could be typed."""

        def listed(part: object) -> str:
            if isinstance(part, list):
                return "[" + ", ".join(map(listed, part)) + "]"
            return str(part)

        return listed(self._cells.tolist())

    @property
    def reading(self) -> Reading:
        """How the cells are read."""
        return read_cells(self.texts, self.shape)

    def longer(self, axis: int, cell: int) -> Written | None:
        """With an empty row (axis -2) or column (-1) after that of a cell; None if it has none."""
        if len(self.shape) < -axis or prod(self.shape) // self.shape[axis] >= MOST_CELLS:
            return None
        place = self._index(axis, cell) + 1
        return _written(np.insert(self._cells, place, "", axis))

    def shorter(self, axis: int, cell: int) -> Written | None:
        """Without the row (axis -2) or column (-1) of a cell; None where there is no other."""
        if len(self.shape) < -axis or self.shape[axis] == 1:
            return None
        return _written(np.delete(self._cells, self._index(axis, cell), axis))

    def replaced(self, text: str) -> Written | Problem:
        """The array that a text holds instead, of the same number of axes."""
        reading = read_array(text)
        if isinstance(reading, Problem):
            return reading
        if not any(cell.text for cell in reading.cells):
            return Problem("own.nothing-typed", 0)
        fitted = self._with_axes(reading)
        if isinstance(fitted, Problem):
            return fitted
        if len(fitted.cells) > MOST_CELLS:
            return Problem("lesson.too-many-cells", 0, {"limit": MOST_CELLS})
        return Written(fitted.shape, tuple(cell.text for cell in fitted.cells))

    def _with_axes(self, reading: Reading) -> Reading | Problem:
        """A reading with as many axes: one number may be a vector, and one row a matrix."""
        missing = len(self.shape) - len(reading.shape)
        if missing == 0:
            return reading
        if not self.shape:
            return as_shape(reading, ())
        if missing > 0 and len(self.shape) < 3:
            return Reading((1,) * missing + reading.shape, reading.cells)
        if len(self.shape) == 1 and len(reading.shape) == 2 and 1 in reading.shape:
            return as_shape(reading, (prod(reading.shape),))
        was = " x ".join(map(str, self.shape))
        got = " x ".join(map(str, reading.shape)) or "1"
        return Problem("own.other-axes", 0, {"got": got, "was": was})

    @property
    def _cells(self) -> np.ndarray:
        return np.array(self.texts, dtype=object).reshape(self.shape)

    def _index(self, axis: int, cell: int) -> int:
        return int(np.unravel_index(cell, self.shape)[axis])


def _written(cells: np.ndarray) -> Written:
    return Written(cells.shape, tuple(cells.ravel().tolist()))


def number_text(number: float) -> str:
    """The shortest text that reads as exactly this number."""
    return repr(number).removesuffix(".0")


class OwnDraft:
    """All stated givens of a lesson as they are being written.

    It begins with the numbers of a round. Raises NumbersError and FormulaError as these do.
    """

    def __init__(self, lesson: Lesson, seed: int | None, given: Mapping[str, Value] | None) -> None:
        """Begin with the lesson's numbers, or a seed's, and what is the learner's own of them."""
        self.lesson = lesson
        self.seed = seed
        stated = [name for name, one in lesson.givens.items() if one.formula is None]
        drawn, present = numbers_of(lesson, seed), numbers_of(lesson, seed, given)
        self.drawn = {name: Written.of(drawn.givens[name]) for name in stated}
        self.start = {name: Written.of(present.givens[name]) for name in stated}
        self.written = dict(self.start)
        self._done: list[tuple[str, Written]] = []
        self._undone: list[tuple[str, Written]] = []

    @property
    def changed(self) -> bool:
        """Whether anything is written differently than at the beginning."""
        return self.written != self.start

    @property
    def changes(self) -> dict[str, Written]:
        """What is written differently than at the beginning."""
        return {name: one for name, one in self.written.items() if one != self.start[name]}

    def put(self, name: str, written: Written) -> bool:
        """Write a given anew, as one step that can be undone; False if it stands so already."""
        before = self.written[name]
        if written == before:
            return False
        self._done = [*self._done[1 - HISTORY :], (name, before)]
        self._undone.clear()
        self.written[name] = written
        return True

    def undo(self) -> str | None:
        """Take the latest step back: of which given."""
        return self._step(self._done, self._undone)

    def redo(self) -> str | None:
        """Do the step again that was taken back last."""
        return self._step(self._undone, self._done)

    def _step(
        self, taken: list[tuple[str, Written]], kept: list[tuple[str, Written]]
    ) -> str | None:
        if not taken:
            return None
        name, written = taken.pop()
        kept.append((name, self.written[name]))
        self.written[name] = written
        return name

    def unread(self) -> tuple[Misfit, int] | None:
        """The first cell that holds no number that can be computed with, and its place."""
        for name, written in self.written.items():
            for place, cell in enumerate(written.reading.cells):
                details: dict[str, Detail] = {}
                if cell.problem is not None:
                    return Misfit(name, cell.problem.code, cell.problem.details), place
                if cell.value is None:
                    return Misfit(name, "own.blank"), place
                if not np.isfinite(cell.value):
                    details = {"field": name, "found": cell.text[:40]}
                    return Misfit(name, "lesson.not-finite", details), place
        return None

    def all_numbers(self) -> dict[str, Value]:
        """The numbers of all stated givens, once every cell can be read."""
        return {name: nested(one.reading.value.tolist()) for name, one in self.written.items()}

    def numbers(self) -> dict[str, Value]:
        """Of these, the learner's own: what the lesson (or its seed) has otherwise."""
        drawn = {name: nested(one.reading.value.tolist()) for name, one in self.drawn.items()}
        return {name: one for name, one in self.all_numbers().items() if one != drawn[name]}
