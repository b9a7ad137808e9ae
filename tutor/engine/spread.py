"""How far errors of the operands can move a primitive's result: interval arithmetic.

Every rule gives a radius for each cell of the result, before the result itself is rounded. For
an operand x, `x` is its value and `rx` its radius, so that an honest learner's number lies in
[x - rx, x + rx]; h is half a unit of the last place asked. What depends on exact numbers only
(all radii 0) stays exact.

Three primitives stand for several steps on paper, and count what is written down in between:
the products of a matrix product, the partial sums of a sum, the partial products of a product.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import product as every
from typing import Any

import numpy as np

from tutor.engine.precision import Array, Precision


class Digits(Enum):
    """What the digits of a result are made of: whether it has to be rounded once more.

    A sum of two numbers with 3 decimals has 3 decimals. So where every operand may have been
    written down already, and that rounding is counted, nothing is left to be rounded in the
    result: writing down the operands or the result moves it equally far at most.
    """

    NEW = "the result needs rounding"
    KEPT = "the result has the digits of its operands: picked, moved, negated, compared"
    ADDED = "the result adds its operands up: no more decimals than they have, but more figures"
    MULTIPLIED = "the result adds up products, which the rule has counted as written down"


@dataclass(frozen=True, slots=True)
class Bounded:
    """An array and, for each cell, how far an honest working may be away from it.

    `written_at` is the precision at which an earlier answer was written down, where the radius
    counts that rounding.
    """

    value: Array
    radius: Array
    written_at: Precision | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One primitive being applied: its function, operands, options, result and the precision.

    `fresh` says of each operand whether it is a given or an earlier answer, which nobody has
    rounded in this step yet.
    """

    compute: Callable[..., Array]
    operands: tuple[Bounded, ...]
    options: Mapping[str, Any]
    result: Array
    precision: Precision
    fresh: tuple[bool, ...]

    def again(self, *operands: Array) -> Array:
        """The primitive applied to other operands."""
        return np.asarray(self.compute(*operands, **self.options), dtype=np.float64)


Rule = Callable[[Step], Array]


def own_rounding(value: Array, radius: Array, precision: Precision) -> Array:
    """How far writing a result down at this precision moves it.

    A number that is known exactly moves by a known amount (nothing, if it needs no more places);
    any other by up to h.
    """
    finite = np.where(np.isfinite(value), value, 0.0)
    known = (radius == 0) | (finite != value)
    own = np.zeros_like(finite)
    if known.any():
        moved = np.abs(precision.round(finite) - finite)
        own = np.where(known & (moved > precision.noise(finite)), moved, 0.0)
    if not known.all():
        far = np.abs(finite) + np.where(np.isfinite(radius), radius, 0.0)
        own = np.where(known, own, precision.half_unit(far))
    return own


def _distance(result: Array, *others: Array) -> Array:
    """The largest distance of the others from the result; NaN is as far as can be."""
    far = np.zeros_like(result)
    for other in others:
        moved = np.where(other == result, 0.0, np.abs(other - result))
        far = np.maximum(far, np.where(np.isnan(moved), np.inf, moved))
    return far


def _corners(step: Step) -> Array:
    """The largest distance at the ends of all intervals: enough where each operand is monotone."""
    signs = every((-1, 1), repeat=len(step.operands))
    ends = (
        (one.value + sign * one.radius for one, sign in zip(step.operands, corner, strict=True))
        for corner in signs
    )
    return _distance(step.result, *(step.again(*corner) for corner in ends))


def increasing(step: Step) -> Array:
    """Never falls when an operand rises: max(|f(x) - f(x - rx)|, |f(x + rx) - f(x)|)."""
    low = step.again(*(one.value - one.radius for one in step.operands))
    high = step.again(*(one.value + one.radius for one in step.operands))
    return _distance(step.result, low, high)


def root(step: Step) -> Array:
    """As `increasing`, for numbers from 0: nobody takes the root of what is below."""
    (x,) = step.operands
    low = np.where(x.value < 0, x.value, np.maximum(x.value - x.radius, 0.0))
    return _distance(step.result, step.again(low), step.again(x.value + x.radius))


def discrete(step: Step) -> Array:
    """A result that is counted, compared or cut, not measured: 0."""
    return np.zeros_like(step.result)


def unit_slope(step: Step) -> Array:
    """A function that moves by at most as much as its operand: rx."""
    return np.broadcast_to(step.operands[0].radius, step.result.shape)


def subtract(step: Step) -> Array:
    """The radii add up: ra + rb."""
    a, b = step.operands
    return np.broadcast_to(a.radius + b.radius, step.result.shape)


def _multiplied(a: Bounded, b: Bounded, times: Callable[..., Array] = np.multiply) -> Array:
    """|a| rb + ra |b| + ra rb, where an exact 0 times infinity is 0."""
    pairs = (np.abs(a.value), b.radius), (a.radius, np.abs(b.value)), (a.radius, b.radius)
    parts = [times(*pair) for pair in pairs]
    return np.asarray(sum(np.where(np.isnan(part), 0.0, part) for part in parts))


def multiply(step: Step) -> Array:
    """|a| rb + ra |b| + ra rb."""
    a, b = step.operands
    return _multiplied(a, b)


def outer(step: Step) -> Array:
    """As a product, for every pair."""
    a, b = step.operands
    return _multiplied(a, b, np.outer)


def divide(step: Step) -> Array:
    """The farthest of (a +- ra) / (b +- rb); unbounded where the divisor may be 0."""
    b = step.operands[1]
    return np.where((np.abs(b.value) <= b.radius) & (b.radius > 0), np.inf, _corners(step))


def remainder(step: Step) -> Array:
    """ra, or all of |b| where a multiple of b may lie between; unbounded where b is not exact."""
    a, b = step.operands
    turns = np.floor((a.value - a.radius) / b.value) != np.floor((a.value + a.radius) / b.value)
    radius = np.where(turns & (a.radius > 0), np.abs(b.value), a.radius)
    return np.where(b.radius > 0, np.inf, np.broadcast_to(radius, step.result.shape))


def power(step: Step) -> Array:
    """The farthest of (a +- ra)**(b +- rb), and of 0**b where the base may pass through 0."""
    a, b = step.operands
    radius = _corners(step)
    through = (np.abs(a.value) <= a.radius) & (a.radius > 0)
    zero = step.again(np.zeros_like(a.value), b.value)
    return np.where(through, np.maximum(radius, _distance(step.result, zero)), radius)


def where(step: Step) -> Array:
    """The radius of the branch that is taken."""
    mask, a, b = step.operands
    return np.where(mask.value != 0, a.radius, b.radius)


def xlogy(step: Step) -> Array:
    """x times ln y, the logarithm written down before; exact where x is exactly 0."""
    x, y = step.operands
    logarithm = np.log(y.value)
    moved = _distance(logarithm, np.log(y.value - y.radius), np.log(y.value + y.radius))
    moved = moved + own_rounding(logarithm, moved, step.precision)
    exact = (x.value == 0) & (x.radius == 0)
    return np.where(exact, 0.0, _multiplied(x, Bounded(logarithm, moved)))


def total(step: Step) -> Array:
    """A sum, or the sums so far: all radii, and the partial sums written down on the way."""
    (x,) = step.operands
    return _summed(step.again, x, step)


def mean(step: Step) -> Array:
    """As a sum, which is written down before it is divided."""
    (x,) = step.operands
    count = x.value.size // max(1, step.result.size)
    radius = _summed(lambda values: step.again(values) * count, x, step)
    if step.fresh[0] or step.precision.figures is not None:
        radius = radius + own_rounding(step.result * count, radius, step.precision)
    return radius / count


def _summed(add: Callable[[Array], Array], x: Bounded, step: Step) -> Array:
    own = own_rounding(x.value, x.radius, step.precision)
    running = _partial_sums(add, x, own, step.precision)
    if step.precision.decimals is not None and not step.fresh[0]:
        # Who writes down the parts has sums that need no rounding, see Digits.
        running = np.zeros_like(running)
    return add(x.radius) + running


def _partial_sums(
    add: Callable[[Array], Array], parts: Bounded, own: Array, precision: Precision
) -> Array:
    """How far writing down the n - 2 partial sums between the first part and the sum moves it.

    With decimals by h each, and by no more than the parts themselves are off the last place;
    with figures by h of the largest sum that there can be, unless every part is a multiple of it.
    """
    count = np.maximum(add(np.ones_like(parts.value)) - 2, 0)
    largest = add(np.abs(np.where(np.isfinite(parts.value), parts.value, 0.0)) + parts.radius + own)
    half = precision.half_unit(largest)
    if precision.decimals is not None:
        return np.minimum(count * half, add(own))
    half = precision.half_unit(largest + count * half)
    unit = 2 * np.max(half, initial=0.0)
    places = parts.value / unit if unit > 0 else parts.value
    exact = bool((parts.radius == 0).all() and (np.abs(places - np.rint(places)) < 1e-6).all())
    return np.zeros_like(half) if exact else count * half


def product(step: Step) -> Array:
    """Many factors: prod(|x| + rx) - prod(|x|), and h times the rest for each partial product."""
    (x,) = step.operands
    count = x.value.size // max(1, step.result.size)
    sizes = np.abs(x.value) + x.radius
    largest = step.again(np.maximum(sizes, 1.0))
    half = step.precision.half_unit(2 * largest)
    whole = step.again(np.where((x.radius == 0) & (x.value == np.rint(x.value)), 1.0, 0.0)) == 1
    written = np.where(whole & (2 * half <= 1), 0.0, max(0, count - 2) * half * largest)
    return step.again(sizes) - np.abs(step.result) + written


def matmul(step: Step) -> Array:
    """A sum of products, each written down: |a| rb + ra |b| + ra rb + h for every product."""
    a, b = step.operands
    left, right = (
        (Bounded(one.value[lifted], one.radius[lifted]) if one.value.ndim == 1 else one)
        for one, lifted in ((a, np.s_[None, :]), (b, np.s_[:, None]))
    )
    rows = Bounded(left.value[..., :, :, None], left.radius[..., :, :, None])
    columns = Bounded(right.value[..., None, :, :], right.radius[..., None, :, :])
    values = rows.value * columns.value
    moved = np.broadcast_to(_multiplied(rows, columns), values.shape)
    own = own_rounding(values, moved, step.precision)
    parts = Bounded(values, moved + own)

    def add(cells: Array) -> Array:
        return np.asarray(np.sum(cells, axis=-2))

    radius = add(parts.radius)
    if step.precision.figures is not None:
        radius = radius + _partial_sums(add, parts, own, step.precision)
    return np.asarray(radius.reshape(step.result.shape))


def pad(step: Step) -> Array:
    """The radii with exact borders."""
    (x,) = step.operands
    return np.asarray(step.compute(x.radius, **{**step.options, "value": 0.0}), dtype=np.float64)
