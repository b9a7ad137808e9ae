"""How far sums and products of many parts can be off: they are several steps on paper.

What may be written down on the way: the products of a matrix product, the sums so far, the
products so far. One begins at either end; the interval covers both.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from tutor.engine.precision import Array, Precision
from tutor.engine.spread import Bounded, Ends, Step, multiplied, written

MOST_PARTS = 64
"""Parts that are followed one after the other; of more, each partial sum counts half a unit."""

Axis = int | tuple[int, ...] | None


def total(step: Step) -> Ends:
    """A sum, the sums so far written down on the way."""
    (x,) = step.operands
    low, high = (gathered(ends, step.options["axis"]) for ends in (x.low, x.high))
    return _placed(_summed(low, high, step.precision), step.result.shape)


def mean(step: Step) -> Ends:
    """As a sum, which is written down before it is divided."""
    count = max(1, step.operands[0].value.size // max(1, step.result.size))
    low, high = written(*total(step), step.precision)
    return low / count, high / count


def cumulated(step: Step) -> Ends:
    """Each sum so far from the one before, which may be written down."""
    (x,) = step.operands
    axis = step.options["axis"]
    low, high = (
        ends.ravel() if axis is None else np.moveaxis(ends, axis, -1) for ends in (x.low, x.high)
    )
    ends = _sums_so_far(low, high, step.precision)
    if axis is None:
        return _placed(ends, step.result.shape)
    return np.moveaxis(ends[0], -1, axis), np.moveaxis(ends[1], -1, axis)


def product(step: Step) -> Ends:
    """A product, the products so far written down on the way."""
    (x,) = step.operands
    low, high = (gathered(ends, step.options["axis"]) for ends in (x.low, x.high))
    if low.shape[-1] == 0:
        return step.result, step.result
    follow = _carried if low.shape[-1] <= MOST_PARTS else _long_product
    return _placed(follow(low, high, step.precision, multiplied), step.result.shape)


def matmul(step: Step) -> Ends:
    """A sum of products, each written down."""
    a, b = step.operands
    low, high = written(*multiplied(_ends(a, _rows), _ends(b, _columns)), step.precision)
    return _placed(_summed(low, high, step.precision), step.result.shape)


def _ends(x: Bounded, moved: Callable[[Array], Array]) -> Ends:
    low = moved(x.low)
    return low, low if x.low is x.high else moved(x.high)


def _rows(x: Array) -> Array:
    return np.atleast_2d(x)[..., :, None, :]


def _columns(x: Array) -> Array:
    return np.swapaxes(x[:, None] if x.ndim == 1 else x, -1, -2)[..., None, :, :]


def _summed(low: Array, high: Array, precision: Precision) -> Ends:
    """The sums over the last axis."""
    count = low.shape[-1]
    if count == 0:
        empty = np.zeros(low.shape[:-1])
        return empty, empty
    if count > MOST_PARTS:
        largest = np.maximum(np.abs(low), np.abs(high)).sum(axis=-1)
        moved = _partial_sums(largest, count, precision)
        return low.sum(axis=-1) - moved, high.sum(axis=-1) + moved
    return _carried(low, high, precision, _added)


def _added(a: Ends, b: Ends) -> Ends:
    return a[0] + b[0], a[1] + b[1]


def _carried(
    low: Array, high: Array, precision: Precision, join: Callable[[Ends, Ends], Ends]
) -> Ends:
    """The last axis joined part by part, from its first and from its last, written in between."""
    count = low.shape[-1]
    if count > 2:
        low, high = (np.stack([one, one[..., ::-1]]) for one in (low, high))
    so_far = low[..., 0], high[..., 0]
    for place in range(1, count):
        before = so_far if place == 1 else written(*so_far, precision)
        so_far = join(before, (low[..., place], high[..., place]))
    if count > 2:
        return so_far[0].min(axis=0), so_far[1].max(axis=0)
    return so_far


def _sums_so_far(low: Array, high: Array, precision: Precision) -> Ends:
    count = low.shape[-1]
    if count > MOST_PARTS:
        largest = np.cumsum(np.maximum(np.abs(low), np.abs(high)), axis=-1)
        moved = _partial_sums(largest, count, precision)
        return np.cumsum(low, axis=-1) - moved, np.cumsum(high, axis=-1) + moved
    lows, highs = np.array(low), np.array(high)
    for place in range(1, count):
        before = lows[..., place - 1], highs[..., place - 1]
        before = before if place == 1 else written(*before, precision)
        lows[..., place] += before[0]
        highs[..., place] += before[1]
    return lows, highs


def _partial_sums(largest: Array, count: int, precision: Precision) -> Array:
    """Half a unit for each partial sum, of the largest that there can be."""
    half = precision.half_unit(np.where(np.isfinite(largest), largest, 0.0))
    return (count - 2) * precision.half_unit(largest + count * half)


def _long_product(
    low: Array, high: Array, precision: Precision, join: Callable[[Ends, Ends], Ends]
) -> Ends:
    """As many factors as nobody multiplies: half a unit times the rest for each product so far."""
    so_far = low[..., 0], high[..., 0]
    for place in range(1, low.shape[-1]):
        so_far = join(so_far, (low[..., place], high[..., place]))
    largest = np.prod(np.maximum(np.maximum(np.abs(low), np.abs(high)), 1.0), axis=-1)
    moved = low.shape[-1] * precision.half_unit(2 * largest) * largest
    whole = (low == high).all(axis=-1) & (low == np.rint(low)).all(axis=-1)
    moved = np.where(whole & (precision.half_unit(2 * largest) <= 0.5), 0.0, moved)
    return so_far[0] - moved, so_far[1] + moved


def gathered(parts: Array, axis: Axis) -> Array:
    """The parts with the axes that are reduced as one last axis."""
    if parts.ndim == 1:
        return parts
    axes = range(parts.ndim) if axis is None else np.atleast_1d(axis) % max(1, parts.ndim)
    last = sorted(int(one) for one in axes)
    others = [one for one in range(parts.ndim) if one not in last]
    kept, count = [parts.shape[one] for one in others], math.prod(parts.shape[one] for one in last)
    return np.transpose(parts, [*others, *last]).reshape((*kept, count))


def _placed(ends: Ends, shape: tuple[int, ...]) -> Ends:
    return ends[0].reshape(shape), ends[1].reshape(shape)
