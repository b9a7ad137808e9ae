"""What trees are made of: one entry a primitive, which every reading uses.

An entry says how NumPy computes it, the shape of its result (checked before anything large is
made), how far errors of its operands move it, which of their cells flow into which of its own, and
how it is written between its operands.
Names and meanings are NumPy's.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tutor.engine import flow, shapes, spread, sums, written
from tutor.engine.precision import Array

REQUIRED = object()
"""The default of an option that must be given."""

Options: TypeAlias = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Primitive:
    """One primitive. `operands` are arrays, `options` (name -> default) steer it."""

    name: str
    operands: tuple[str, ...]
    options: Options
    compute: Callable[..., Array]
    shape: Callable[..., tuple[int, ...]]
    spread: spread.Rule
    written: written.Writing
    infix: str = ""
    precedence: int = 10
    variadic: bool = False
    flow: flow.Rule = flow.cell_by_cell


TABLE: dict[str, Primitive] = {}


def _enter(
    names: str,
    operands: str,
    compute: Callable[..., Any],
    shape: Callable[..., tuple[int, ...]],
    rule: spread.Rule,
    writing: written.Writing,
    options: Options = (),
    **more: Any,
) -> None:
    """One entry under all its names; the first is what a tree calls it."""
    first, *others = names.split()
    entry = Primitive(
        first, tuple(operands.split()), options, compute, shape, rule, writing, **more
    )
    TABLE.update(dict.fromkeys((first, *others), entry))


def _integers(values: Array) -> Array:
    whole = np.rint(values)
    if not np.array_equal(whole, values):
        raise ValueError("whole numbers are needed here")
    return whole


def _erf(x: Array) -> Array:
    return np.asarray(np.vectorize(math.erf, otypes=[np.float64])(x))


def _xlogy(x: Array, y: Array) -> Array:
    return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def _arange(n: int) -> Array:
    return np.arange(n, dtype=np.float64)


def _eye(n: int) -> Array:
    return np.eye(n)


def _one_hot(k: Array, n: int) -> Array:
    index = _integers(k)
    if index.size and (index.min() < 0 or index.max() >= n):
        raise ValueError(f"classes count from 0 to {n - 1}")
    return np.asarray(index[..., None] == np.arange(n), dtype=np.float64)


def _rows(x: Array) -> int:
    return int(x.shape[-2])


def _cols(x: Array) -> int:
    return int(x.shape[-1])


def _windows(x: Array, k: Any, stride: Any) -> Array:
    size = shapes.per_axis(k, x.ndim)
    steps = shapes.per_axis(stride, len(size), of=len(size))
    whole = np.ascontiguousarray(x)
    kept = x.ndim - len(size)
    # A step behind the end is as good as any other behind it, and no number is too large.
    moved = tuple(
        one * min(step, length)
        for one, step, length in zip(whole.strides[kept:], steps, x.shape[kept:], strict=True)
    )
    strides = whole.strides[:kept] + moved + whole.strides[kept:]
    # A view that NumPy's own function makes in thirty times the time.
    view = np.ndarray(shapes.windows(x.shape, k, stride), x.dtype, whole, 0, strides)
    view.flags.writeable = False
    return view


def _pad(x: Array, p: Any, value: float) -> Array:
    amounts = shapes.padding(p, x.ndim)
    sizes = x.shape[x.ndim - len(amounts) :]
    grown = np.full(shapes.pad(x.shape, p, value), value, dtype=x.dtype)
    inner: list[Any] = [slice(one, one + size) for one, size in zip(amounts, sizes, strict=True)]
    grown[(..., *inner)] = x
    return grown


def _index(x: Array, **slots: Any) -> Array:
    picked: tuple[Any, ...] = tuple(
        _integers(slot).astype(int) if isinstance(slot, np.ndarray) else slot
        for slot in slots.values()
    )
    return np.asarray(x[picked])


def _concat(*arrays: Array, axis: int) -> Array:
    return np.concatenate(arrays, axis=axis)


def _stack(*arrays: Array, axis: int) -> Array:
    # The commonest list is made four times as fast without NumPy's own checks.
    return np.array(arrays) if axis == 0 else np.stack(arrays, axis=axis)


def _transpose(x: Array, axes: Any) -> Array:
    return np.transpose(x, axes)


def _reshape(x: Array, shape: Any) -> Array:
    return np.reshape(x, shape)


def _where(mask: Array, a: Array, b: Array) -> Array:
    return np.where(mask != 0, a, b)


CHOICE = written.Kind.CHOICE

AXES: Options = (("axis", None), ("keepdims", False))
ONE_AXIS: Options = (("axis", None),)
JOINED: Options = (("axis", 0),)
ORDER: Options = (("axes", None),)
SHAPE: Options = (("shape", REQUIRED),)
PADDING: Options = (("p", REQUIRED), ("value", 0.0))
WINDOW: Options = (("k", REQUIRED), ("stride", 1))
COUNT: Options = (("n", REQUIRED),)

# Elementwise

_enter("exp", "x", np.exp, shapes.same, spread.increasing, written.exponential)
_enter("ln log", "x", np.log, shapes.same, spread.increasing, written.function("ln"))
_enter("log2", "x", np.log2, shapes.same, spread.increasing, written.function("log2"))
_enter("log10", "x", np.log10, shapes.same, spread.increasing, written.function("log10"))
_enter("sqrt", "x", np.sqrt, shapes.same, spread.root, written.function("sqrt"))
_enter("tanh", "x", np.tanh, shapes.same, spread.increasing, written.function("tanh"))
_enter("erf", "x", _erf, shapes.same, spread.increasing, written.function("erf"))
_enter("sin", "x", np.sin, shapes.same, spread.wave(math.pi / 2), written.function("sin"))
_enter("cos", "x", np.cos, shapes.same, spread.wave(0.0), written.function("cos"))
_enter("abs", "x", np.abs, shapes.same, spread.absolute, written.function("abs", CHOICE))
_enter("sign", "x", np.sign, shapes.same, spread.discrete, written.function("sign", CHOICE))
_enter("floor", "x", np.floor, shapes.same, spread.discrete, written.function("floor", CHOICE))
_enter("ceil", "x", np.ceil, shapes.same, spread.discrete, written.function("ceil", CHOICE))
_enter("round", "x", np.round, shapes.same, spread.discrete, written.function("round", CHOICE))
_enter(
    "maximum", "a b", np.maximum, shapes.broadcast, spread.increasing,
    written.function("max", CHOICE),
)  # fmt: skip
_enter(
    "minimum", "a b", np.minimum, shapes.broadcast, spread.increasing,
    written.function("min", CHOICE),
)  # fmt: skip
_enter(
    "clip", "x low high", np.clip, shapes.broadcast, spread.increasing,
    written.function("clip", CHOICE),
)  # fmt: skip
_enter(
    "where", "mask a b", _where, shapes.broadcast, spread.where, written.function("where", CHOICE),
    flow=flow.branch,
)  # fmt: skip
_enter("xlogy", "x y", _xlogy, shapes.broadcast, spread.xlogy, written.weighted_logarithm)

# Operators; a higher precedence binds tighter


def _operator(
    name: str,
    infix: str,
    precedence: int,
    compute: Callable[..., Any],
    rule: spread.Rule,
    writing: written.Writing,
    **more: Any,
) -> None:
    _enter(
        name, "a b", compute, shapes.broadcast, rule, writing,
        infix=infix, precedence=precedence, **more,
    )  # fmt: skip


_operator("less", "<", 3, np.less, spread.discrete, written.comparison("<"))
_operator("less_equal", "<=", 3, np.less_equal, spread.discrete, written.comparison("<="))
_operator("greater", ">", 3, np.greater, spread.discrete, written.comparison(">"))
_operator("greater_equal", ">=", 3, np.greater_equal, spread.discrete, written.comparison(">="))
_operator("equal", "==", 3, np.equal, spread.discrete, written.comparison("=="))
_operator("not_equal", "!=", 3, np.not_equal, spread.discrete, written.comparison("!="))
_operator("add", "+", 4, np.add, spread.increasing, written.added, flow=flow.added)
_operator("subtract", "-", 4, np.subtract, spread.subtract, written.subtracted, flow=flow.added)
_operator(
    "multiply", "*", 5, np.multiply, spread.multiply, written.multiplied, flow=flow.multiplied
)
_operator("divide", "/", 5, np.divide, spread.divide, written.divided)
_operator("remainder", "%", 5, np.mod, spread.remainder, written.remainder)
_operator("floor_divide", "//", 5, np.floor_divide, spread.discrete, written.whole_quotient)
_operator("power", "**", 7, np.power, spread.power, written.power)
_enter(
    "matmul", "a b", np.matmul, shapes.matmul, sums.matmul, written.matrix_product,
    infix="@", precedence=5, flow=flow.row_by_column,
)  # fmt: skip
_enter(
    "negative", "x", np.negative, shapes.same, spread.negative, written.negative,
    infix="-", precedence=6,
)  # fmt: skip

# Products of vectors, and what runs along axes

_enter(
    "dot", "a b", np.dot, shapes.dot, sums.matmul, written.matrix_product, flow=flow.row_by_column
)
_enter("outer", "a b", np.outer, shapes.outer, spread.multiply, written.outer, flow=flow.pairs)
_enter("sum", "x", np.add.reduce, shapes.reduce, sums.total, written.total, AXES, flow=flow.along)
_enter(
    "cumsum", "x", np.cumsum, shapes.cumulative, sums.cumulated, written.running_total, ONE_AXIS,
    flow=flow.so_far,
)  # fmt: skip
_enter(
    "prod", "x", np.multiply.reduce, shapes.reduce, sums.product, written.product, AXES,
    flow=flow.along,
)  # fmt: skip
_enter("mean", "x", np.mean, shapes.pick, sums.mean, written.mean, AXES, flow=flow.along)
_enter(
    "max", "x", np.maximum.reduce, shapes.pick, spread.increasing, written.chosen("max"), AXES,
    flow=flow.along,
)  # fmt: skip
_enter(
    "min", "x", np.minimum.reduce, shapes.pick, spread.increasing, written.chosen("min"), AXES,
    flow=flow.along,
)  # fmt: skip
_enter(
    "argmax", "x", np.argmax, shapes.pick_one, spread.discrete, written.chosen("argmax"), ONE_AXIS,
    flow=flow.along,
)  # fmt: skip

# Places and shapes

_enter("index", "x", _index, shapes.index, spread.increasing, written.moved, flow=flow.moved)
_enter(
    "transpose T", "x", _transpose, shapes.transpose, spread.increasing, written.moved, ORDER,
    flow=flow.moved,
)  # fmt: skip
_enter(
    "reshape", "x", _reshape, shapes.reshape, spread.increasing, written.moved, SHAPE,
    flow=flow.moved,
)  # fmt: skip
_enter("flatten", "x", np.ravel, shapes.flatten, spread.increasing, written.moved, flow=flow.moved)
_enter("diag", "x", np.diag, shapes.diag, spread.increasing, written.moved, flow=flow.moved)
_enter("pad", "x", _pad, shapes.pad, spread.increasing, written.moved, PADDING, flow=flow.moved)
_enter(
    "windows", "x", _windows, shapes.windows, spread.increasing, written.moved, WINDOW,
    flow=flow.moved,
)  # fmt: skip
_enter(
    "concat", "arrays", _concat, shapes.concat, spread.increasing, written.moved, JOINED,
    variadic=True, flow=flow.moved,
)  # fmt: skip
_enter(
    "stack", "arrays", _stack, shapes.stack, spread.increasing, written.moved, JOINED,
    variadic=True, flow=flow.moved,
)  # fmt: skip
_enter("size", "x", np.size, shapes.scalar, spread.discrete, written.counted, flow=flow.nothing)
_enter("rows", "x", _rows, shapes.scalar, spread.discrete, written.counted, flow=flow.nothing)
_enter("cols", "x", _cols, shapes.scalar, spread.discrete, written.counted, flow=flow.nothing)
_enter("shape", "x", np.shape, shapes.rank, spread.discrete, written.counted, flow=flow.nothing)
_enter("arange", "", _arange, shapes.arange, spread.discrete, written.counted, COUNT)
_enter("eye", "", _eye, shapes.eye, spread.discrete, written.counted, COUNT)
_enter(
    "one_hot", "k", _one_hot, shapes.one_hot, spread.discrete, written.encoded, COUNT,
    flow=flow.to_row,
)  # fmt: skip
