"""The shape of every primitive's result, known before it is computed.

Each rule takes the shapes of the operands and the options, and raises ValueError where the
shapes do not fit. It may be generous where NumPy itself refuses (an index out of range).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Shape = tuple[int, ...]

MOST_PICKED = 10_000_000
"""Places of an index array times cells of what it picks from."""


def same(x: Shape, **_: Any) -> Shape:
    """Elementwise on one array."""
    return x


def scalar(x: Shape, **_: Any) -> Shape:
    """One number, whatever comes in."""
    return ()


def rank(x: Shape, **_: Any) -> Shape:
    """One number an axis."""
    return (len(x),)


def broadcast(*operands: Shape, **_: Any) -> Shape:
    """Elementwise on several arrays, aligned from the last axis."""
    first, *others = operands
    if all(other in (first, ()) for other in others):
        return first
    return np.broadcast_shapes(*operands)


def _axes(x: Shape, axis: Any) -> tuple[int, ...]:
    if axis is None:
        return tuple(range(len(x)))
    axes = axis if isinstance(axis, tuple) else (axis,)
    for one in axes:
        if not isinstance(one, int) or not -len(x) <= one < len(x):
            raise ValueError(f"there is no axis {one}")
    return tuple(one % len(x) for one in axes)


def _one_axis(x: Shape, axis: Any) -> int:
    if not isinstance(axis, int):
        raise ValueError("one axis is needed")
    return _axes(x, axis)[0]


def reduce(x: Shape, axis: Any = None, keepdims: bool = False) -> Shape:
    """The axes that are summed, averaged ... vanish, or stay with size 1."""
    gone = _axes(x, axis)
    if keepdims:
        return tuple(1 if at in gone else size for at, size in enumerate(x))
    return tuple(size for at, size in enumerate(x) if at not in gone)


def pick(x: Shape, axis: Any = None, keepdims: bool = False) -> Shape:
    """As `reduce`, for what does not exist of no numbers: a maximum, a mean."""
    if any(x[at] == 0 for at in _axes(x, axis)):
        raise ValueError("there are no numbers to choose from")
    return reduce(x, axis, keepdims)


def pick_one(x: Shape, axis: Any = None) -> Shape:
    """As `pick`, along one axis or over all numbers."""
    if isinstance(axis, tuple):
        raise ValueError("one axis at a time")
    return pick(x, axis)


def cumulative(x: Shape, axis: Any = None) -> Shape:
    """As the input; without an axis it is flattened first."""
    if isinstance(axis, tuple):
        raise ValueError("one axis at a time")
    return x if axis is not None and _axes(x, axis) else (math.prod(x),)


def transpose(x: Shape, axes: Any = None) -> Shape:
    """The axes in reverse, or in the order asked."""
    return x[::-1] if axes is None else tuple(x[axis] for axis in _axes(x, axes))


def matmul(a: Shape, b: Shape, **_: Any) -> Shape:
    """(..., n, k) @ (..., k, m) -> (..., n, m); a vector loses its axis."""
    if not a or not b:
        raise ValueError("a matrix product needs vectors or matrices")
    inner = b[-2] if len(b) > 1 else b[0]
    if a[-1] != inner:
        raise ValueError(f"{a[-1]} columns do not meet {inner} rows")
    batch = np.broadcast_shapes(a[:-2], b[:-2])
    return batch + (a[-2:-1] if len(a) > 1 else ()) + (b[-1:] if len(b) > 1 else ())


def dot(a: Shape, b: Shape) -> Shape:
    """As `matmul`, for vectors and matrices: with more axes NumPy's dot is something else."""
    if max(len(a), len(b)) > 2:
        raise ValueError("dot takes vectors and matrices")
    return matmul(a, b)


def outer(a: Shape, b: Shape) -> Shape:
    """Every element of a with every element of b."""
    return (math.prod(a), math.prod(b))


def _sizes(shape: Any) -> Shape:
    sizes = shape if isinstance(shape, tuple) else (shape,)
    if any(not isinstance(size, int) for size in sizes):
        raise ValueError("a shape is made of whole numbers")
    return sizes


def reshape(x: Shape, shape: Any) -> Shape:
    """The same number of elements in another shape; -1 is what remains."""
    wanted = _sizes(shape)
    known = math.prod(size for size in wanted if size != -1)
    filled = tuple(
        (math.prod(x) // known if known else 0) if size == -1 else size for size in wanted
    )
    if math.prod(filled) != math.prod(x):
        raise ValueError(f"{math.prod(x)} numbers do not fill {wanted}")
    return filled


def flatten(x: Shape) -> Shape:
    """All elements in one row."""
    return (math.prod(x),)


def concat(*arrays: Shape, axis: int = 0) -> Shape:
    """The arrays behind each other along an axis they already have."""
    at = _one_axis(arrays[0], axis)
    if any(part[:at] + part[at + 1 :] != arrays[0][:at] + arrays[0][at + 1 :] for part in arrays):
        raise ValueError("the parts differ along another axis too")
    total = sum(part[at] for part in arrays)
    return (*arrays[0][:at], total, *arrays[0][at + 1 :])


def stack(*arrays: Shape, axis: int = 0) -> Shape:
    """The arrays side by side on a new axis."""
    if any(array != arrays[0] for array in arrays):
        raise ValueError("all parts of a list must have the same shape")
    at = _one_axis((*arrays[0], 1), axis)
    return (*arrays[0][:at], len(arrays), *arrays[0][at:])


def index(x: Shape, **slots: Any) -> Shape:
    """What an index picks; tried on an array of this shape, of one byte a cell."""
    if any(isinstance(slot, bool | str) for slot in slots.values()):
        raise ValueError("an index is made of whole numbers and slices")
    picked = tuple(
        np.asarray(slot).astype(int) if isinstance(slot, np.ndarray) else slot
        for slot in slots.values()
    )
    total = math.prod(slot.size for slot in picked if isinstance(slot, np.ndarray))
    if total * max(1, math.prod(x)) > MOST_PICKED:
        raise ValueError("this index picks too much")
    return np.shape(np.empty(x, dtype=np.bool_)[picked])


def diag(x: Shape) -> Shape:
    """A vector on a diagonal, or the diagonal of a matrix."""
    return (x[0], x[0]) if len(x) == 1 else (min(x),)


def _count(n: Any) -> int:
    if not isinstance(n, int) or n < 0:
        raise ValueError("a whole number is needed")
    return n


def arange(n: Any) -> Shape:
    """The numbers 0 to n - 1."""
    return (_count(n),)


def eye(n: Any) -> Shape:
    """The unit matrix."""
    return (_count(n), _count(n))


def one_hot(k: Shape, n: Any) -> Shape:
    """One row of n a class index."""
    return (*k, _count(n))


def per_axis(value: Any, axes: int, of: int | None = None) -> Shape:
    """A size an axis: one number stands for the last two axes (or for the only one)."""
    count = of if of is not None else min(2, axes)
    sizes = value if isinstance(value, tuple) else (value,) * count
    if not sizes or len(sizes) > axes or any(not isinstance(s, int) or s < 1 for s in sizes):
        raise ValueError("sizes and strides are whole numbers from 1")
    return tuple(sizes)


def padding(p: Any, axes: int) -> Shape:
    """How much is added on both sides of each of the last axes."""
    amounts = p if isinstance(p, tuple) else (p,) * min(2, axes)
    if len(amounts) > axes or any(not isinstance(a, int) or a < 0 for a in amounts):
        raise ValueError("padding is a whole number from 0")
    return tuple(amounts)


def pad(x: Shape, p: Any, value: Any = 0) -> Shape:
    """Each of the last axes grows by its padding on both sides."""
    if not isinstance(value, int | float):
        raise ValueError("what is added is a number")
    amounts = padding(p, len(x))
    kept = len(x) - len(amounts)
    grown = zip(x[kept:], amounts, strict=True)
    return x[:kept] + tuple(size + 2 * amount for size, amount in grown)


def windows(x: Shape, k: Any, stride: Any = 1) -> Shape:
    """The last axes become window positions, followed by one axis a kernel size."""
    size = per_axis(k, len(x))
    steps = per_axis(stride, len(size), of=len(size))
    kept = len(x) - len(size)
    if any(length < one for length, one in zip(x[kept:], size, strict=True)):
        raise ValueError("the window is larger than what it slides over")
    sized = zip(x[kept:], size, steps, strict=True)
    return x[:kept] + tuple((length - one) // step + 1 for length, one, step in sized) + size
