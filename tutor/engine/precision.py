"""How precisely a step is to be worked: so many decimals, or so many significant figures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

MOST_PLACES = 8
"""Decimals or figures that can be asked; with more, float noise would look like digits."""

NOISE = 1e-12
"""Relative size below which a difference is taken for float noise, not for a rounding."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Exactly one of `decimals` (places after the point) and `figures` (significant figures)."""

    decimals: int | None = None
    figures: int | None = None

    def __post_init__(self) -> None:
        """Refuse both, neither, and what floats cannot keep."""
        if (self.decimals is None) == (self.figures is None):
            raise ValueError("a precision has either decimals or figures")
        if self.figures is not None and not 1 <= self.figures <= MOST_PLACES:
            raise ValueError(f"figures are 1 to {MOST_PLACES}")
        if self.decimals is not None and not 0 <= self.decimals <= MOST_PLACES:
            raise ValueError(f"decimals are 0 to {MOST_PLACES}")

    def _last_place(self, sizes: Array) -> Array:
        """The decimals asked for numbers of these sizes; below 0 to the left of the point.

        One number where it is the same for all.
        """
        if self.decimals is not None:
            return np.asarray(float(self.decimals))
        assert self.figures is not None
        known = np.isfinite(sizes) & (sizes > 0)
        exponent = np.floor(np.log10(np.where(known, sizes, 1.0)) + NOISE)
        return np.where(known, self.figures - 1 - exponent, np.inf)

    def half_unit(self, values: ArrayLike) -> Array:
        """Half a unit of the last place asked, for numbers of these sizes.

        With figures the number 0 has no last place: its half unit is 0.
        """
        size = _sizes(values)
        return np.broadcast_to(0.5 * 10.0 ** -self._last_place(size), size.shape)

    def noise(self, values: ArrayLike) -> Array:
        """What float arithmetic may add to numbers of these sizes; far below half a unit.

        With figures small numbers count, so little is added to what is relative.
        """
        size = _sizes(values)
        if self.decimals is not None:
            return NOISE * np.maximum(size, 1.0)
        return NOISE * size + 1e-14

    def round(self, values: ArrayLike) -> Array:
        """The numbers rounded to this precision, ties away from zero as on paper."""
        size = _sizes(values)
        place = self._last_place(size)
        # Above 2^52 units a float has no digits left that could be rounded away.
        fit = np.isfinite(size) & (place < 300) & (size / 2.0**52 < 10.0**-place)
        place = np.where(fit, place, 0.0)
        # Multiplied and divided by whole powers of ten only: 0.1 is no float, 10 is.
        left, right = 10.0 ** np.maximum(-place, 0), 10.0 ** np.maximum(place, 0)
        steps = np.where(fit, size, 0.0) / left * right
        # Float noise must not turn a tie around: 0.0125 is a little less than it says.
        whole = np.floor(steps + np.minimum(steps * NOISE, 1e-3) + 0.5)
        return np.where(fit, np.copysign(whole * left / right, values), values)

    def keeps(self, values: Array) -> bool:
        """Whether the numbers are whole and stay as they are when they are rounded."""
        return self.decimals is not None and bool((values == np.rint(values)).all())

    def lowered(self, values: Array) -> Array:
        """The numbers, or what they are rounded to where that is lower; a tie may fall."""
        place = float(self.decimals) if self.decimals is not None else self._last_place(abs(values))
        with np.errstate(all="ignore"):
            scale = 10.0**place
            steps = values * scale
            rounded = np.ceil(steps - np.minimum(np.abs(steps) * NOISE, 1e-3) - 0.5) / scale
        # What cannot be rounded, as infinity or 0 with figures, is NaN here.
        return np.asarray(np.fmin(values, rounded))

    def raised(self, values: Array) -> Array:
        """The numbers, or what they are rounded to where that is higher; a tie may rise."""
        return -self.lowered(-values)

    def places(self, value: float) -> int:
        """How many decimals a number of this size is written with."""
        if self.decimals is not None:
            return self.decimals
        place = float(self._last_place(_sizes(value)))
        return max(0, int(place)) if math.isfinite(place) else 0

    def text(self, value: float) -> str:
        """A number as it is written at this precision: `0.154`, `2`, `-inf`."""
        if not math.isfinite(value):
            return str(value)
        rounded = float(self.round(value))
        if rounded == 0:
            rounded = 0.0
        return f"{rounded:.{self.places(rounded)}f}"


def _sizes(values: ArrayLike) -> Array:
    return np.abs(np.asarray(values, dtype=np.float64))
