"""How precisely a step is to be worked: so many decimals, or so many significant figures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

NOISE = 1e-12
"""Relative size below which a difference is taken for float noise, not for a rounding."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Exactly one of `decimals` (places after the point) and `figures` (significant figures)."""

    decimals: int | None = None
    figures: int | None = None

    def __post_init__(self) -> None:
        """Refuse both, and neither."""
        if (self.decimals is None) == (self.figures is None):
            raise ValueError("a precision has either decimals or figures")

    def half_unit(self, values: ArrayLike) -> Array:
        """Half a unit of the last place asked, for numbers of these sizes; 0 for the number 0."""
        size = np.abs(np.asarray(values, dtype=np.float64))
        if self.decimals is not None:
            return np.full(size.shape, 0.5 * 10.0**-self.decimals)
        assert self.figures is not None
        known = np.isfinite(size) & (size > 0)
        exponent = np.floor(np.log10(np.where(known, size, 1.0)) + NOISE)
        return np.where(known, 0.5 * 10.0 ** (exponent - self.figures + 1), 0.0)

    def round(self, values: ArrayLike) -> Array:
        """The numbers rounded to this precision, ties away from zero as on paper."""
        exact = np.asarray(values, dtype=np.float64)
        unit = 2 * self.half_unit(exact)
        steps = np.where(unit > 0, np.abs(exact) / np.where(unit > 0, unit, 1.0), 0.0)
        rounded = np.copysign(np.floor(steps * (1 + NOISE) + 0.5) * unit, exact)
        return np.where(np.isfinite(exact) & (unit > 0), rounded, exact)

    def places(self, value: float) -> int:
        """How many decimals a number of this size is written with."""
        if self.decimals is not None:
            return self.decimals
        unit = 2 * float(self.half_unit(value))
        return max(0, -math.floor(math.log10(unit) + NOISE)) if unit > 0 else 0

    def text(self, value: float) -> str:
        """A number as it is written at this precision: `0.154`, `2`, `-inf`."""
        if not math.isfinite(value):
            return str(value)
        rounded = float(self.round(value))
        if rounded == 0:
            rounded = 0.0
        return f"{rounded:.{self.places(rounded)}f}"
