"""Slips of functions that work cell by cell: roots, exponentials, logarithms, choices."""

from __future__ import annotations

import numpy as np

from tutor.engine.slips.change import Found, Values, apply, constant
from tutor.engine.slips.derivatives import is_number, sigmoid
from tutor.engine.tree import Apply, Constant


def function(node: Apply, values: Values) -> Found:
    """Any function: not applied, applied twice, a part moved out of it."""
    (x,) = node.operands
    if node.primitive not in ("sqrt", "exp", "ln", "log"):
        yield "left-out-function", x, 1.0
    yield "applied-twice", apply(node.primitive, node), 0.1
    if isinstance(x, Apply) and x.primitive == "add":
        for kept, moved in (x.operands, x.operands[::-1]):
            inner = Apply(-1, node.primitive, (kept,), node.options)
            yield "misplaced-term", apply("add", inner, moved), 0.5
    if isinstance(x, Apply) and x.primitive in ("divide", "multiply"):
        inner = Apply(-1, node.primitive, x.operands[:1], node.options)
        yield "misplaced-term", apply(x.primitive, inner, x.operands[1]), 0.5


def sqrt(node: Apply, values: Values) -> Found:
    """A root: not taken, a square, a half."""
    yield "not-rooted", node.operands[0], 1.0
    yield "wrong-operation", apply("power", node.operands[0], constant(2.0)), 0.2
    yield "wrong-operation", apply("divide", node.operands[0], constant(2.0)), 0.2


def exp(node: Apply, values: Values) -> Found:
    """An exponential: not taken, of another base, of the other sign."""
    (x,) = node.operands
    yield "left-out-function", x, 1.0
    yield "wrong-operation", apply("power", constant(2.0), x), 0.5
    yield "wrong-operation", apply("power", constant(10.0), x), 0.3
    yield "wrong-operation", apply("multiply", Constant(-1, float(np.e), "e"), x), 0.2
    yield "sign", apply("exp", apply("negative", x)), 0.7


def ln(node: Apply, values: Values) -> Found:
    """A logarithm: of another base, not taken, of the complement."""
    (x,) = node.operands
    yield "wrong-log-base", apply("log10", x), 1.0
    yield "wrong-log-base", apply("log2", x), 0.8
    yield "left-out-function", x, 0.8
    yield "wrong-operation", apply("exp", x), 0.2
    yield "complement", apply("ln", apply("subtract", constant(1.0), x)), 0.3
    yield "complement", apply("subtract", x, constant(1.0)), 0.4


def log_base(node: Apply, values: Values) -> Found:
    """A logarithm to the base 2 or 10: to another."""
    yield "wrong-log-base", apply("ln", *node.operands), 1.0
    other = "log10" if node.primitive == "log2" else "log2"
    yield "wrong-log-base", apply(other, *node.operands), 0.7


def weighted_logarithm(node: Apply, values: Values) -> Found:
    """x ln y, nothing where x is 0."""
    a, b = node.operands
    for base, weight in ((2.0, 1.0), (10.0, 0.8)):
        yield "wrong-log-base", apply("divide", node, constant(float(np.log(base)))), weight
    yield "left-out-function", apply("multiply", a, b), 0.6
    yield "left-out-factor", apply("ln", b), 0.5
    yield "swapped-operands", apply("xlogy", b, a), 0.5


def tanh(node: Apply, values: Values) -> Found:
    """A tanh: the logistic function."""
    (x,) = node.operands
    yield "wrong-operation", sigmoid(x), 0.5


def wave(node: Apply, values: Values) -> Found:
    """A sine: the cosine."""
    yield "wrong-operation", apply("cos" if node.primitive == "sin" else "sin", *node.operands), 0.4


def floor(node: Apply, values: Values) -> Found:
    """A number rounded: the other way, or not."""
    other = {"floor": "ceil", "ceil": "floor", "round": "floor"}[node.primitive]
    yield "floor-for-ceil", apply(other, *node.operands), 1.0
    yield "left-out-function", node.operands[0], 0.5


def clip(node: Apply, values: Values) -> Found:
    """A number kept within bounds: not kept."""
    yield "left-out-function", node.operands[0], 1.0


def maximum(node: Apply, values: Values) -> Found:
    """A larger one of two: the smaller, or not chosen."""
    a, b = node.operands
    yield "wrong-operation", apply("minimum", a, b), 0.4
    if is_number(b, 0) or is_number(a, 0):
        x = a if is_number(b, 0) else b
        yield "left-out-function", x, 1.0
        yield "wrong-operation", apply("abs", x), 0.5
    else:
        yield "left-out-function", a, 0.4
        yield "left-out-function", b, 0.4


def where(node: Apply, values: Values) -> Found:
    """A choice by a mask: turned round, or everywhere the same."""
    mask, a, b = node.operands
    yield "swapped-operands", apply("where", mask, b, a), 0.5
    yield "unmasked", a, 0.5
    yield "unmasked", b, 0.5
