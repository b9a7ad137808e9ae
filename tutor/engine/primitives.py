"""What trees are made of: one entry a primitive, which every reading uses.

An entry says how NumPy computes it, the shape of its result (checked before anything large is
made), how far errors of its operands move it, and how it is written between its operands.
Names and meanings are NumPy's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tutor.engine import shapes, spread
from tutor.engine.precision import Array

REQUIRED = object()
"""The default of an option that must be given."""


@dataclass(frozen=True, slots=True)
class Primitive:
    """One primitive. `operands` are arrays, `options` (name -> default) steer it."""

    name: str
    operands: tuple[str, ...]
    options: tuple[tuple[str, object], ...]
    compute: Callable[..., Array]
    shape: Callable[..., tuple[int, ...]]
    spread: spread.Rule
    infix: str = ""
    precedence: int = 10
    variadic: bool = False


TABLE: dict[str, Primitive] = {}


def _enter(
    names: str,
    operands: str,
    compute: Callable[..., Any],
    shape: Callable[..., tuple[int, ...]],
    rule: spread.Rule,
    options: Sequence[tuple[str, object]] = (),
    **more: Any,
) -> None:
    for name in names.split():
        entry = Primitive(
            name, tuple(operands.split()), tuple(options), compute, shape, rule, **more
        )
        TABLE[name] = entry


def _integers(values: Array) -> Array:
    whole = np.rint(values)
    if not np.array_equal(whole, values):
        raise ValueError("whole numbers are needed here")
    return whole


def _erf(x: Array) -> Array:
    return np.asarray(np.vectorize(math.erf, otypes=[np.float64])(x))


def _xlogy(x: Array, y: Array) -> Array:
    return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def _argmax(x: Array, axis: Any) -> Array:
    return np.asarray(np.argmax(x, axis=axis), dtype=np.float64)


def _one_hot(k: Array, n: int) -> Array:
    index = _integers(k).astype(int)
    if index.size and (index.min() < 0 or index.max() >= n):
        raise ValueError(f"classes count from 0 to {n - 1}")
    return np.asarray(np.eye(n)[index])


def _windows(x: Array, k: Any, stride: Any) -> Array:
    size = shapes.per_axis(k, x.ndim)
    steps = shapes.per_axis(stride, len(size), of=len(size))
    axes = tuple(range(x.ndim - len(size), x.ndim))
    view = np.lib.stride_tricks.sliding_window_view(x, size, axis=axes)
    picked: tuple[Any, ...] = (..., *(slice(None, None, step) for step in steps))
    return view[picked + (slice(None),) * len(size)]


def _pad(x: Array, p: Any, value: float) -> Array:
    widths = [(0, 0)] * x.ndim
    amounts = shapes.padding(p, x.ndim)
    widths[x.ndim - len(amounts) :] = [(amount, amount) for amount in amounts]
    return np.pad(x, widths, constant_values=value)


def _index(x: Array, **slots: Any) -> Array:
    picked: tuple[Any, ...] = tuple(
        _integers(slot).astype(int) if isinstance(slot, np.ndarray) else slot
        for slot in slots.values()
    )
    return np.asarray(x[picked])


def _concat(*arrays: Array, axis: int) -> Array:
    return np.concatenate(arrays if len(arrays) > 1 else tuple(arrays[0]), axis=axis)


def _transpose(x: Array, axes: Any) -> Array:
    return np.transpose(x, axes)


def _mod(a: Array, b: Array) -> Array:
    return np.mod(a, b)


AXIS = (("axis", None), ("keepdims", False))

_increasing: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "ln": np.log,
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "erf": _erf,
}
for _name, _compute in _increasing.items():
    _enter(_name, "x", _compute, shapes.same, spread.increasing)
_gentle: dict[str, Callable[..., Any]] = {"abs": np.abs, "sin": np.sin, "cos": np.cos}
for _name, _compute in _gentle.items():
    _enter(_name, "x", _compute, shapes.same, spread.unit_slope)
_cutting: dict[str, Callable[..., Any]] = {
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
    "round": np.round,
}
for _name, _compute in _cutting.items():
    _enter(_name, "x", _compute, shapes.same, spread.discrete)

_enter("add", "a b", np.add, shapes.broadcast, spread.increasing, infix="+", precedence=4)
_enter("subtract", "a b", np.subtract, shapes.broadcast, spread.subtract, infix="-", precedence=4)
_enter("multiply", "a b", np.multiply, shapes.broadcast, spread.multiply, infix="*", precedence=5)
_enter("divide", "a b", np.divide, shapes.broadcast, spread.divide, infix="/", precedence=5)
_enter("remainder", "a b", _mod, shapes.broadcast, spread.remainder, infix="%", precedence=5)
_enter(
    "floor_divide", "a b", np.floor_divide, shapes.broadcast, spread.discrete, infix="//",
    precedence=5,
)  # fmt: skip
_enter("power", "a b", np.power, shapes.broadcast, spread.power, infix="**", precedence=7)
_enter("matmul", "a b", np.matmul, shapes.matmul, spread.matmul, infix="@", precedence=5)
_enter("negative", "x", np.negative, shapes.same, spread.negative, infix="-", precedence=6)
for _name, _infix, _compare in (
    ("less", "<", np.less),
    ("less_equal", "<=", np.less_equal),
    ("greater", ">", np.greater),
    ("greater_equal", ">=", np.greater_equal),
    ("equal", "==", np.equal),
    ("not_equal", "!=", np.not_equal),
):
    _enter(
        _name, "a b", lambda a, b, compare=_compare: compare(a, b).astype(np.float64),
        shapes.broadcast, spread.discrete, infix=_infix, precedence=3,
    )  # fmt: skip

_enter("maximum", "a b", np.maximum, shapes.broadcast, spread.increasing)
_enter("minimum", "a b", np.minimum, shapes.broadcast, spread.increasing)
_enter("clip", "x low high", np.clip, shapes.broadcast, spread.increasing)
_enter(
    "where", "mask a b", lambda mask, a, b: np.where(mask != 0, a, b), shapes.broadcast,
    spread.where,
)  # fmt: skip
_enter("xlogy", "x y", _xlogy, shapes.broadcast, spread.xlogy)

_enter("sum", "x", np.sum, shapes.reduce, spread.total, AXIS)
_enter("mean", "x", np.mean, shapes.reduce, spread.mean, AXIS)
_enter("max", "x", np.max, shapes.reduce, spread.increasing, AXIS)
_enter("min", "x", np.min, shapes.reduce, spread.increasing, AXIS)
_enter("prod", "x", np.prod, shapes.reduce, spread.product, AXIS)
_enter("argmax", "x", _argmax, shapes.reduce, spread.discrete, (("axis", None),))
_enter("cumsum", "x", np.cumsum, shapes.cumulative, spread.increasing, (("axis", None),))

_enter("transpose T", "x", _transpose, shapes.transpose, spread.increasing, (("axes", None),))
_enter("outer", "a b", np.outer, shapes.outer, spread.outer)
_enter("dot", "a b", np.dot, shapes.matmul, spread.matmul)
_enter(
    "reshape", "x", lambda x, shape: np.reshape(x, shape), shapes.reshape, spread.increasing,
    (("shape", REQUIRED),),
)  # fmt: skip
_enter("flatten", "x", np.ravel, shapes.flatten, spread.increasing)
_enter("concat", "arrays", _concat, shapes.concat, spread.increasing, (("axis", 0),), variadic=True)
_enter(
    "stack", "arrays", lambda *arrays, axis: np.stack(arrays, axis=axis), shapes.stack,
    spread.increasing, (("axis", 0),), variadic=True,
)  # fmt: skip
_enter("index", "x", _index, shapes.index, spread.increasing)
_enter("size", "x", lambda x: np.float64(x.size), shapes.scalar, spread.discrete)
_enter("rows", "x", lambda x: np.float64(x.shape[-2]), shapes.scalar, spread.discrete)
_enter("cols", "x", lambda x: np.float64(x.shape[-1]), shapes.scalar, spread.discrete)
_enter("shape", "x", lambda x: np.asarray(x.shape, float), shapes.rank, spread.discrete)
_enter("diag", "x", np.diag, shapes.diag, spread.increasing)
_enter(
    "arange", "", lambda n: np.arange(float(n)), shapes.arange, spread.discrete, (("n", REQUIRED),)
)
_enter("eye", "", lambda n: np.eye(n), shapes.eye, spread.discrete, (("n", REQUIRED),))
_enter("one_hot", "k", _one_hot, shapes.one_hot, spread.discrete, (("n", REQUIRED),))
_enter(
    "pad", "x", _pad, shapes.pad, spread.pad, (("p", REQUIRED), ("value", 0.0)),
)  # fmt: skip
_enter(
    "windows", "x", _windows, shapes.windows, spread.increasing, (("k", REQUIRED), ("stride", 1)),
)  # fmt: skip
