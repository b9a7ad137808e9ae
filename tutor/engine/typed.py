"""What a person typed and how it was read: cells, whole readings, and problems to ask about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text cannot be read, or what must be asked back: a code, a place and its details."""

    code: str
    """The key of its sentence in the messages, such as `answer.two-numbers`."""
    at: int
    """The 0-based character in the text as typed; its length where something is missing."""
    details: Mapping[str, str | int | float] = field(default_factory=dict)
    """What the sentence's placeholders stand for."""


class Unreadable(Exception):
    """Carries a problem up to the function that reads a cell or an array."""

    def __init__(self, code: str, at: int, **details: str | int | float) -> None:
        """A problem with its code, place and details."""
        super().__init__(code)
        self.problem = Problem(code, at, details)

    @classmethod
    def because(cls, problem: Problem) -> Self:
        """A problem that was found before, to be raised now."""
        return cls(problem.code, problem.at, **problem.details)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as typed; blank when it has neither a value nor a problem."""

    text: str
    value: float | None = None
    places: int | None = None
    """The decimals typed (`0.66` 2, `15.4%` 3, `1.2e-3` 4, `7` 0); None for a computed number."""
    problem: Problem | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return self.value is None and self.problem is None


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole answer as read: its shape as written and its cells, row by row."""

    shape: tuple[int, ...]
    cells: tuple[Cell, ...]

    @property
    def value(self) -> NDArray[np.float64]:
        """The numbers in their shape; NaN where a cell is blank or cannot be read."""
        numbers = [np.nan if cell.value is None else cell.value for cell in self.cells]
        return np.array(numbers, dtype=np.float64).reshape(self.shape)

    @property
    def problem(self) -> Problem | None:
        """The first problem of its cells, if any has one."""
        return next((cell.problem for cell in self.cells if cell.problem), None)
