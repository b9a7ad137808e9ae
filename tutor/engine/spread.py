"""How far errors of the operands can move a primitive's result: interval arithmetic.

Every rule gives for each cell of the result the interval in which an honest learner's number lies
before it is written down; where the operands are exact it has no width. Intervals have ends of
their own, not one radius: 0.3679 that is written as 0.368 has only grown.

The rules of sums and products, which stand for several steps on paper, are in `sums`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product as every
from typing import Any

import numpy as np

from tutor.engine.precision import Array, Precision

Ends = tuple[Array, Array]
"""The lower and the upper ends of the intervals of an array's cells."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """An array and, for each cell, the interval in which honest workings of it lie.

    The value lies within; an end is infinite where no bound exists, never NaN.
    """

    value: Array
    low: Array
    high: Array

    @classmethod
    def exactly(cls, value: Array) -> Bounded:
        """Numbers that nobody has rounded."""
        return cls(value, value, value)

    @classmethod
    def within(cls, value: Array, radius: Array) -> Bounded:
        """Numbers that may be off by as much as a radius, up or down."""
        with np.errstate(invalid="ignore"):
            low, high = value - radius, value + radius
        return cls(
            value, np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)
        )

    @property
    def is_exact(self) -> bool:
        """Whether these are numbers that nobody has rounded."""
        return self.low is self.value and self.high is self.value

    @property
    def radius(self) -> Array:
        """How far the farther end is from the value, where only a size is needed."""
        with np.errstate(invalid="ignore"):
            far = np.maximum(self.high - self.value, self.value - self.low)
        return np.where(np.isnan(far), 0.0, far)

    @property
    def ends(self) -> Ends:
        """The ends between which an answer is right: the value alone where no bound exists."""
        known = np.isfinite(self.low) & np.isfinite(self.high)
        return np.where(known, self.low, self.value), np.where(known, self.high, self.value)

    def written(self, precision: Precision) -> Bounded:
        """The same numbers where some may have been written down; no matter how often.

        Rounding never turns an order round, so only the ends have to be rounded.
        """
        if self.is_exact and precision.keeps(self.value):
            return self
        low, high = written(self.low, self.high, precision)
        return Bounded(self.value, low, high)


def written(low: Array, high: Array, precision: Precision) -> Ends:
    """The ends of what lies between two ends and may have been written down."""
    return precision.lowered(low), precision.raised(high)


@dataclass(frozen=True, slots=True)
class Step:
    """One primitive being applied: its function, operands, options, result and the precision.

    The operands are as they may have been written down.
    """

    compute: Callable[..., Array]
    operands: tuple[Bounded, ...]
    options: Mapping[str, Any]
    result: Array
    precision: Precision

    def again(self, *operands: Array) -> Array:
        """The primitive applied to other operands."""
        return np.asarray(self.compute(*operands, **self.options), dtype=np.float64)


Rule = Callable[[Step], Ends]


def hull(*others: Array) -> Ends:
    """The least and the greatest of several arrays, cell by cell; NaN is as far as can be."""
    low = high = others[0]
    for other in others[1:]:
        low, high = np.minimum(low, other), np.maximum(high, other)
    unknown = np.isnan(low)
    if unknown.any():
        low, high = np.where(unknown, -np.inf, low), np.where(unknown, np.inf, high)
    return low, high


def _corners(step: Step) -> list[Array]:
    """The results at the ends of all intervals: enough where each operand is monotone."""
    return [step.again(*corner) for corner in every(*((a.low, a.high) for a in step.operands))]


def increasing(step: Step) -> Ends:
    """Never falls when an operand rises: f of the lower ends, f of the upper ends."""
    low = step.again(*(one.low for one in step.operands))
    high = step.again(*(one.high for one in step.operands))
    return low, high


def root(step: Step) -> Ends:
    """As `increasing`, for numbers from 0: nobody takes the root of what is below."""
    (x,) = step.operands
    low = np.where(x.value < 0, x.value, np.maximum(x.low, 0.0))
    return step.again(low), step.again(x.high)


def discrete(step: Step) -> Ends:
    """A result that is counted, compared or cut, not measured: exact."""
    return step.result, step.result


def negative(step: Step) -> Ends:
    """The ends change places."""
    (x,) = step.operands
    return -x.high, -x.low


def absolute(step: Step) -> Ends:
    """The larger size at the ends, and the smaller one or 0 between them."""
    (x,) = step.operands
    return np.maximum(np.maximum(x.low, -x.high), 0.0), np.maximum(-x.low, x.high)


def wave(crest: float) -> Rule:
    """A sine whose crests are whole turns from `crest`: the ends, and what lies between them."""

    def rule(step: Step) -> Ends:
        (x,) = step.operands
        low, high = hull(step.again(x.low), step.again(x.high))
        up, down = (
            np.floor((x.high - at) / (2 * np.pi)) != np.floor((x.low - at) / (2 * np.pi))
            for at in (crest, crest + np.pi)
        )
        exact = x.low == x.high
        low = np.where(down & ~exact, -1.0, np.maximum(low, -1.0))
        return low, np.where(up & ~exact, 1.0, np.minimum(high, 1.0))

    return rule


def subtract(step: Step) -> Ends:
    """From the lower end the upper one, and the other way round."""
    a, b = step.operands
    return step.again(a.low, b.high), step.again(a.high, b.low)


def multiplied(a: Ends, b: Ends, times: Callable[[Array, Array], Array] = np.multiply) -> Ends:
    """The least and the greatest product of the ends, where an exact 0 times infinity is 0."""
    pairs = every(a if a[0] is not a[1] else a[:1], b if b[0] is not b[1] else b[:1])
    products = [times(*pair) for pair in pairs]
    if any(np.isnan(one).any() for one in products):
        products = [np.where(np.isnan(one), 0.0, one) for one in products]
    return hull(*products)


def multiply(step: Step) -> Ends:
    """The least and the greatest product, for every pair where the primitive is `outer`."""
    a, b = step.operands
    return multiplied((a.low, a.high), (b.low, b.high), step.again)


def divide(step: Step) -> Ends:
    """The least and the greatest quotient; unbounded where the divisor may be 0."""
    b = step.operands[1]
    low, high = hull(*_corners(step))
    through = (b.low <= 0) & (b.high >= 0) & (b.low < b.high)
    return np.where(through, -np.inf, low), np.where(through, np.inf, high)


def remainder(step: Step) -> Ends:
    """As far off as a; all from 0 to b where a multiple may lie between; b must be exact."""
    a, b = step.operands
    turns = np.floor(a.low / b.value) != np.floor(a.high / b.value)
    low = np.where(turns, np.minimum(b.value, 0.0), step.again(a.low, b.value))
    high = np.where(turns, np.maximum(b.value, 0.0), step.again(a.high, b.value))
    exact = b.low == b.high
    return np.where(exact, low, -np.inf), np.where(exact, high, np.inf)


def power(step: Step) -> Ends:
    """The least and the greatest of the ends, and of 0**b where the base may pass through 0."""
    a, b = step.operands
    low, high = hull(*_corners(step))
    through = (a.low <= 0) & (a.high >= 0) & (a.low < a.high)
    zero = step.again(np.zeros_like(a.value), b.value)
    low, high = (
        np.where(through, np.minimum(low, zero), low),
        np.where(through, np.maximum(high, zero), high),
    )
    pole = through & ~np.isfinite(zero)
    return np.where(pole, -np.inf, low), np.where(pole, np.inf, high)


def where(step: Step) -> Ends:
    """The ends of the branch that is taken."""
    mask, a, b = step.operands
    taken = mask.value != 0
    return np.where(taken, a.low, b.low), np.where(taken, a.high, b.high)


def xlogy(step: Step) -> Ends:
    """x times ln y, the logarithm written down before; exact where x is exactly 0."""
    x, y = step.operands
    logarithm = hull(np.log(y.value), np.log(y.low), np.log(y.high))
    low, high = multiplied((x.low, x.high), written(*logarithm, step.precision))
    exact = (x.low == 0) & (x.high == 0)
    return np.where(exact, 0.0, low), np.where(exact, 0.0, high)
