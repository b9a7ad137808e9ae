"""How far errors of the operands can move a primitive's result: interval arithmetic.

Every rule returns a radius for each cell of the result, before the result itself is rounded.
Where an operand is exact its radius is 0, and what depends on exact numbers only stays exact.
Sums inside one primitive (a matrix product, a mean) count the roundings of what is added up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tutor.engine.precision import NOISE, Array, Precision


@dataclass(frozen=True, slots=True)
class Bounded:
    """An array and, for each cell, how far an honest working may be away from it."""

    value: Array
    radius: Array


@dataclass(frozen=True, slots=True)
class Step:
    """One primitive being applied: its function, operands, options, result and the precision."""

    compute: Callable[..., Array]
    operands: tuple[Bounded, ...]
    options: Mapping[str, Any]
    result: Array
    precision: Precision

    def again(self, *operands: Array) -> Array:
        """The primitive applied to other operands."""
        return np.asarray(self.compute(*operands, **self.options), dtype=np.float64)


Rule = Callable[[Step], Array]


def own_rounding(value: Array, radius: Array, precision: Precision) -> Array:
    """How far writing a result down at this precision moves it.

    A number that is known exactly moves by a known amount (nothing, if it needs no more places);
    any other by up to half a unit.
    """
    exact = np.abs(precision.round(value) - np.where(np.isfinite(value), value, 0.0))
    exact = np.where(exact <= NOISE * np.maximum(1.0, np.abs(value)), 0.0, exact)
    unsure = precision.half_unit(np.abs(value) + np.where(np.isfinite(radius), radius, 0.0))
    return np.where(np.isfinite(value), np.where(radius == 0, exact, unsure), 0.0)


def _distance(result: Array, *others: Array) -> Array:
    """The largest distance of the results from the first; cells that stay infinite do not move."""
    far = np.zeros_like(result)
    for other in others:
        moved = np.where(other == result, 0.0, np.abs(other - result))
        far = np.maximum(far, np.where(np.isnan(moved), np.inf, moved))
    return far


def increasing(step: Step) -> Array:
    """A primitive that never falls when an operand rises: both ends of the interval."""
    low = step.again(*(one.value - one.radius for one in step.operands))
    high = step.again(*(one.value + one.radius for one in step.operands))
    return _distance(step.result, low, high)


def discrete(step: Step) -> Array:
    """A result that is counted, compared or cut, not measured: no slack."""
    return np.zeros_like(step.result)


def unit_slope(step: Step) -> Array:
    """A function that moves by at most as much as its operand."""
    return np.broadcast_to(step.operands[0].radius, step.result.shape)


negative = unit_slope


def subtract(step: Step) -> Array:
    """The radii add up."""
    a, b = step.operands
    return np.broadcast_to(a.radius + b.radius, step.result.shape)


def _product(a: Bounded, b: Bounded, multiplied: Callable[..., Array]) -> Array:
    def times(x: Array, y: Array) -> Array:
        made = multiplied(x, y)
        return np.where(np.isnan(made), 0.0, made)

    sizes = np.abs(a.value), np.abs(b.value)
    return times(sizes[0], b.radius) + times(a.radius, sizes[1]) + times(a.radius, b.radius)


def multiply(step: Step) -> Array:
    """|a| rb + ra |b| + ra rb."""
    a, b = step.operands
    return _product(a, b, np.multiply)


def outer(step: Step) -> Array:
    """As a product, for every pair."""
    a, b = step.operands
    return _product(a, b, np.outer)


def divide(step: Step) -> Array:
    """All four corners; unbounded where the divisor may be 0."""
    a, b = step.operands
    corners = [
        step.again(a.value + left * a.radius, b.value + right * b.radius)
        for left in (-1, 1)
        for right in (-1, 1)
    ]
    radius = _distance(step.result, *corners)
    return np.where((np.abs(b.value) <= b.radius) & (b.radius > 0), np.inf, radius)


def remainder(step: Step) -> Array:
    """Exact for exact operands, else as far as the dividend moves."""
    a, b = step.operands
    return np.where(b.radius > 0, np.inf, np.broadcast_to(a.radius, step.result.shape))


def power(step: Step) -> Array:
    """All four corners, and 0 where the base may pass through it."""
    a, b = step.operands
    corners = [
        step.again(a.value + left * a.radius, b.value + right * b.radius)
        for left in (-1, 1)
        for right in (-1, 1)
    ]
    radius = _distance(step.result, *corners)
    through = (np.abs(a.value) <= a.radius) & (a.radius > 0)
    zero = step.again(np.zeros_like(a.value), b.value)
    return np.where(through, np.maximum(radius, _distance(step.result, zero)), radius)


def where(step: Step) -> Array:
    """The radius of the branch that is taken."""
    mask, a, b = step.operands
    return np.where(mask.value != 0, a.radius, b.radius)


def xlogy(step: Step) -> Array:
    """All four corners of x ln y, exact where x is exactly 0."""
    x, y = step.operands
    corners = [
        step.again(x.value + left * x.radius, y.value + right * y.radius)
        for left in (-1, 1)
        for right in (-1, 1)
    ]
    exact = (x.value == 0) & (x.radius == 0)
    return np.where(exact, 0.0, _distance(step.result, *corners))


def _running(sizes: Array, count: int, precision: Precision) -> Array:
    """Partial sums written down on the way: free with decimals, a rounding each with figures."""
    if precision.decimals is not None or count < 3:
        return np.zeros_like(sizes)
    return (count - 2) * precision.half_unit(sizes)


def total(step: Step) -> Array:
    """A sum: all radii, and the partial sums where significant figures are asked."""
    (x,) = step.operands
    count = x.value.size // max(1, step.result.size)
    sizes = step.again(np.abs(x.value) + x.radius)
    inexact = step.again(x.radius) > 0
    running = np.where(inexact, _running(sizes, count, step.precision), 0.0)
    return step.again(x.radius) + running


def mean(step: Step) -> Array:
    """The mean of the radii, and the sum written down before it is divided."""
    (x,) = step.operands
    count = x.value.size // max(1, step.result.size)
    radius = step.again(x.radius)
    sums = own_rounding(step.result * count, radius * count, step.precision)
    sizes = step.again(np.abs(x.value) + x.radius) * count
    running = np.where(radius > 0, _running(sizes, count, step.precision), 0.0)
    return radius + (sums + running) / count


def product(step: Step) -> Array:
    """A product of many: the largest it can be less what it is, with its partial products."""
    (x,) = step.operands
    count = x.value.size // max(1, step.result.size)
    grown = step.again(np.abs(x.value) + x.radius)
    radius = np.maximum(grown - np.abs(step.result), 0.0)
    radius = np.where(step.again(1 + x.radius) == 1, 0.0, radius)
    largest = step.again(np.maximum(np.abs(x.value) + x.radius, 1.0))
    partial = step.precision.half_unit(largest) * largest
    return radius + np.where(count > 2, (count - 2) * partial, 0.0)


def matmul(step: Step) -> Array:
    """As a sum of products, each of which may have been written down."""
    a, b = step.operands
    radius = _product(a, b, np.matmul)
    return radius + _written_products(a, b, radius, step)


def _written_products(a: Bounded, b: Bounded, radius: Array, step: Step) -> Array:
    left = a.value if a.value.ndim > 1 else a.value[None, :]
    right = b.value if b.value.ndim > 1 else b.value[:, None]
    count = left.shape[-1]
    products = left[..., :, :, None] * right[..., None, :, :]
    moved = left_radius(a)[..., :, :, None] + right_radius(b)[..., None, :, :]
    each = own_rounding(products, np.broadcast_to(moved, products.shape), step.precision)
    sizes = np.where(np.isfinite(products), np.abs(products), 0.0).sum(axis=-2)
    written = each.sum(axis=-2)
    running = _running(sizes, count, step.precision)
    summed = written + np.where((written > 0) | (moved.sum(axis=-2) > 0), running, 0.0)
    return np.asarray(summed.reshape(radius.shape))


def left_radius(a: Bounded) -> Array:
    """The radii of a left factor, a vector taken as one row."""
    return a.radius if a.radius.ndim > 1 else a.radius[None, :]


def right_radius(b: Bounded) -> Array:
    """The radii of a right factor, a vector taken as one column."""
    return b.radius if b.radius.ndim > 1 else b.radius[:, None]


def pad(step: Step) -> Array:
    """The radii with exact borders."""
    (x,) = step.operands
    exact = {**step.options, "value": 0.0}
    return np.asarray(step.compute(x.radius, **exact), dtype=np.float64)
