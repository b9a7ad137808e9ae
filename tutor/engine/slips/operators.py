"""Slips of operators: + - * / // **, signs and comparisons."""

from __future__ import annotations

import numpy as np

from tutor.engine.slips import reductions
from tutor.engine.slips.change import Found, Values, apply, constant
from tutor.engine.slips.derivatives import is_number, of_sigmoid, of_tanh
from tutor.engine.tree import Apply, Constant, Node

SPARE = 0.2
"""The weight of a slip that leaves nothing but a number of the formula itself."""

COUNTED = ("floor_divide", "floor", "ceil", "subtract")
"""What one is added to where positions are counted: (n - k) // s + 1."""

FUNCTIONS = ("exp", "ln", "log", "sqrt", "tanh", "abs", "erf", "sin", "cos", "sum", "mean", "max")

NEXT = {
    "less": "less_equal", "less_equal": "less", "greater": "greater_equal",
    "greater_equal": "greater",
}  # fmt: skip
"""The comparison that differs where both are equal."""


def add(node: Apply, values: Values) -> Found:
    """A sum: a term left out, a sign, a product, a term moved into a function."""
    a, b = node.operands
    for kept, other in ((a, b), (b, a)):
        counted = is_number(other, 1) and isinstance(kept, Apply) and kept.primitive in COUNTED
        weight = SPARE if isinstance(kept, Constant) else 1.0
        if counted:
            yield "size-off-by-one", kept, 1.3
        else:
            yield "left-out-term", kept, weight
    yield "sign", apply("subtract", a, b), 0.45
    yield "sign", apply("subtract", b, a), 0.3
    yield "wrong-operation", apply("multiply", a, b), 0.15
    yield from _moved_out(a, b)
    yield from _moved_out(b, a)
    for inner, added in ((a, b), (b, a)):
        if isinstance(inner, Apply) and inner.primitive == "multiply":
            u, v = inner.operands
            yield "misplaced-term", apply("multiply", u, apply("add", v, added)), 0.3
    yield "applied-twice", apply("add", node, b), 0.15


def _moved_out(inner: Node, added: Node) -> Found:
    """f(x) + b worked as f(x + b)."""
    if isinstance(inner, Apply) and len(inner.operands) == 1 and inner.primitive in FUNCTIONS:
        moved = Apply(-1, inner.primitive, (apply("add", *inner.operands, added),), inner.options)
        yield "misplaced-term", moved, 0.4


def masked(node: Apply, values: Values) -> Found:
    """A sum with a mask of 0 and -inf: without the mask."""
    for kept, mask in (node.operands, node.operands[::-1]):
        if np.isneginf(values(mask)).any():
            yield "unmasked", kept, 1.5


def subtract(node: Apply, values: Values) -> Found:
    """A difference: turned round, a sum, a part left out, another derivative."""
    a, b = node.operands
    yield "swapped-operands", apply("subtract", b, a), 0.9
    yield "sign", apply("add", a, b), 1.0
    if is_number(a, 1):
        yield "complement", b, 1.0
    else:
        yield "left-out-term", a, 0.7
        yield "left-out-term", apply("negative", b), 0.2
    yield "wrong-operation", apply("divide", a, b), 0.1
    yield from of_tanh(node)


def multiply(node: Apply, values: Values) -> Found:
    """A product: a factor left out or taken twice, brackets forgotten, another derivative."""
    a, b = node.operands
    for kept in (a, b):
        yield "left-out-factor", kept, SPARE if isinstance(kept, Constant) else 1.0
    yield "wrong-operation", apply("add", a, b), 0.3
    yield "wrong-operation", apply("divide", a, b), 0.3
    yield "wrong-operation", apply("divide", b, a), 0.1
    yield "applied-twice", apply("multiply", node, a), 0.2
    yield "applied-twice", apply("multiply", node, b), 0.2
    yield from of_sigmoid(node)
    for factor, other in ((a, b), (b, a)):
        if isinstance(factor, Apply) and factor.primitive in ("subtract", "add"):
            head, tail = factor.operands
            yield (
                "misplaced-term",
                apply(factor.primitive, apply("multiply", other, head), tail),
                0.3,
            )
            yield (
                "misplaced-term",
                apply(factor.primitive, head, apply("multiply", tail, other)),
                0.3,
            )


def divide(node: Apply, values: Values) -> Found:
    """A fraction: not divided, upside down, brackets forgotten."""
    a, b = node.operands
    yield "left-out-factor", a, 1.0
    yield "swapped-operands", apply("divide", b, a), 0.5
    yield "wrong-operation", apply("multiply", a, b), 0.5
    yield "wrong-operation", apply("subtract", a, b), 0.15
    yield "applied-twice", apply("divide", node, b), 0.2
    yield "extra-factor", apply("divide", a, apply("multiply", constant(2.0), b)), 0.1
    yield from reductions.divided_by_count(node, values)
    yield from _without_brackets(a, b)


def _without_brackets(above: Node, below: Node) -> Found:
    """A fraction typed in one line: (u + v) / b as u + v / b, a / (u v) as a / u v."""
    if isinstance(above, Apply) and above.primitive in ("add", "subtract"):
        u, v = above.operands
        yield "misplaced-term", apply(above.primitive, u, apply("divide", v, below)), 0.5
    if isinstance(below, Apply) and below.primitive in ("multiply", "add", "subtract"):
        u, v = below.operands
        weight = 0.6 if below.primitive == "multiply" else 0.3
        yield "misplaced-term", apply(below.primitive, apply("divide", above, u), v), weight


def power(node: Apply, values: Values) -> Found:
    """A power: not taken, a product, the exponent one off."""
    base, exponent = node.operands
    yield "not-squared" if is_number(exponent, 2) else "left-out-function", base, 1.0
    yield "wrong-operation", apply("multiply", base, exponent), 0.6
    yield "swapped-operands", apply("power", exponent, base), 0.3
    yield "applied-twice", apply("power", node, exponent), 0.1
    if is_number(exponent, 2):
        yield "wrong-operation", apply("abs", base), 0.3
    if isinstance(exponent, Apply) and exponent.primitive in ("divide", "multiply"):
        u, v = exponent.operands
        yield "misplaced-term", apply(exponent.primitive, apply("power", base, u), v), 0.4
    if isinstance(base, Apply) and base.primitive == "multiply":
        u, v = base.operands
        yield "misplaced-term", apply("multiply", u, apply("power", v, exponent)), 0.3
    for off in (-1.0, 1.0):
        yield "wrong-index", apply("power", base, apply("add", exponent, constant(off))), 0.3


def negative(node: Apply, values: Values) -> Found:
    """A minus: lost, or the logarithm lost that it stands before."""
    (x,) = node.operands
    yield "sign", x, 1.0
    if isinstance(x, Apply) and x.primitive in ("ln", "log", "log2", "log10"):
        yield "left-out-function", x.operands[0], 0.7


def floor_divide(node: Apply, values: Values) -> Found:
    """Whole times: rounded up, not rounded, not divided."""
    a, b = node.operands
    yield "floor-for-ceil", apply("ceil", apply("divide", a, b)), 1.0
    yield "left-out-factor", a, 0.7
    yield "floor-for-ceil", apply("divide", a, b), 0.3


def compare(node: Apply, values: Values) -> Found:
    """A comparison: the other one where both are equal, or turned round."""
    a, b = node.operands
    yield "wrong-operation", apply(NEXT[node.primitive], a, b), 0.4
    yield "swapped-operands", apply(node.primitive, b, a), 0.5
