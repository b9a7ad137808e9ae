"""Slips of structure: a node left out, doubled or swapped, its function, operator or axis another.

The weights are the documented prior: how often a slip of this operation is this one, as learners
ask about them (1 is common, 0.1 rare). They rank explanations and keep rare ones silent where
numbers fit by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from tutor.engine.precision import Array
from tutor.engine.primitives import TABLE
from tutor.engine.slips import reductions
from tutor.engine.slips.change import Change, apply, constant
from tutor.engine.slips.derivatives import (
    is_number,
    of_sigmoid,
    of_tanh,
    sigmoid,
)
from tutor.engine.slips.habits import habit_of
from tutor.engine.slips.reductions import with_options
from tutor.engine.tree import Apply, Constant, Node

Values = Callable[[Node], Array]
"""The value of a node of the tree."""

Found = Iterator[tuple[str, Node, float]]
"""A slip, what stands instead of the node, and its weight."""


def structural(node: Node, values: Values) -> Iterator[Change]:
    """Every way in which one operation of a tree is commonly done otherwise."""
    if not isinstance(node, Apply):
        return
    rules = [*RULES.get(node.primitive, ()), _any_sign]
    for rule in rules:
        for slip, instead, weight in rule(node, values):
            yield Change(slip, node, instead, weight, habit=habit_of(slip, node, instead))
    for slip, instead, weight in _two_at_once(node):
        yield Change(slip, node, instead, weight, telling=False)


def _two_at_once(node: Apply) -> Found:
    """Two factors that belong together, as a derivative has; a term with the minus after it."""
    if node.primitive not in ("subtract", "multiply", "divide"):
        return
    a, b = node.operands
    if node.primitive == "subtract":
        if not is_number(a, 1):
            yield "left-out-term", b, 0.4
    elif isinstance(a, Apply):
        if a.primitive in ("multiply", "divide"):
            yield "left-out-factor", a.operands[0], 0.5
        if a.primitive == "multiply":
            yield "left-out-factor", a.operands[1], 0.3


def _any_sign(node: Apply, values: Values) -> Found:
    if TABLE[node.primitive].name not in UNSIGNED:
        yield "sign", apply("negative", node), 0.3


def _add(node: Apply, values: Values) -> Found:
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


def _subtract(node: Apply, values: Values) -> Found:
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


def _multiply(node: Apply, values: Values) -> Found:
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


def _divide(node: Apply, values: Values) -> Found:
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


def _power(node: Apply, values: Values) -> Found:
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


def _sqrt(node: Apply, values: Values) -> Found:
    yield "not-rooted", node.operands[0], 1.0
    yield "wrong-operation", apply("power", node.operands[0], constant(2.0)), 0.2
    yield "wrong-operation", apply("divide", node.operands[0], constant(2.0)), 0.2


def _exp(node: Apply, values: Values) -> Found:
    (x,) = node.operands
    yield "left-out-function", x, 1.0
    yield "wrong-operation", apply("power", constant(2.0), x), 0.5
    yield "wrong-operation", apply("power", constant(10.0), x), 0.3
    yield "wrong-operation", apply("multiply", Constant(-1, float(np.e), "e"), x), 0.2
    yield "sign", apply("exp", apply("negative", x)), 0.7


def _ln(node: Apply, values: Values) -> Found:
    (x,) = node.operands
    yield "wrong-log-base", apply("log10", x), 1.0
    yield "wrong-log-base", apply("log2", x), 0.8
    yield "left-out-function", x, 0.8
    yield "wrong-operation", apply("exp", x), 0.2
    yield "complement", apply("ln", apply("subtract", constant(1.0), x)), 0.3
    yield "complement", apply("subtract", x, constant(1.0)), 0.4


def _log_base(node: Apply, values: Values) -> Found:
    yield "wrong-log-base", apply("ln", *node.operands), 1.0
    other = "log10" if node.primitive == "log2" else "log2"
    yield "wrong-log-base", apply(other, *node.operands), 0.7


def _negative(node: Apply, values: Values) -> Found:
    (x,) = node.operands
    yield "sign", x, 1.0
    if isinstance(x, Apply) and x.primitive in ("ln", "log", "log2", "log10"):
        yield "left-out-function", x.operands[0], 0.7


def _matmul(node: Apply, values: Values) -> Found:
    a, b = node.operands
    shapes = values(a).shape, values(b).shape
    if len(shapes[0]) == 2:
        yield "transposed", apply(node.primitive, apply("transpose", a), b), 1.0
    if len(shapes[1]) == 2:
        yield "transposed", apply(node.primitive, a, apply("transpose", b)), 1.0
    yield "swapped-operands", apply(node.primitive, b, a), 0.7
    if isinstance(b, Apply) and b.primitive in ("transpose", "T"):
        turned = apply("transpose", a)
        yield "transposed", Apply(-1, node.primitive, (turned, b.operands[0]), ()), 0.6
    if isinstance(a, Apply) and a.primitive in ("transpose", "T"):
        turned = apply("transpose", b)
        yield "transposed", Apply(-1, node.primitive, (a.operands[0], turned), ()), 0.6
    if len(shapes[0]) == len(shapes[1]) == 2:
        yield "swapped-operands", apply("transpose", apply(node.primitive, a, b)), 0.4
    if shapes[0] == shapes[1]:
        yield "wrong-operation", apply("multiply", a, b), 0.5
    yield "mean-for-sum", apply("divide", node, constant(float(shapes[0][-1]))), 0.3
    if len(shapes[0]) == len(shapes[1]) == 1:
        yield "left-out-function", apply("multiply", a, b), 0.2


def _transpose(node: Apply, values: Values) -> Found:
    yield "transposed", node.operands[0], 1.0


def _outer(node: Apply, values: Values) -> Found:
    a, b = node.operands
    yield "transposed", apply("outer", b, a), 1.0
    yield "wrong-operation", apply("multiply", a, b), 0.3
    yield "wrong-operation", apply("dot", a, b), 0.2


def _index(node: Apply, values: Values) -> Found:
    (x,) = node.operands
    shape = values(x).shape
    for place, (name, slot) in enumerate(node.options):
        if not isinstance(slot, Constant | Apply) and not hasattr(slot, "name"):
            continue
        if isinstance(slot, Constant) and not isinstance(slot.value, float):
            continue
        if values(slot).ndim > 0 or place >= len(shape):
            continue
        here = int(values(slot)) % shape[place]
        for other in range(shape[place]):
            if other == here:
                continue
            options = {**dict(node.options), name: constant(other)}
            changed = Apply(-1, "index", node.operands, tuple(options.items()))
            yield "wrong-index", changed, 0.5


def _pad(node: Apply, values: Values) -> Found:
    yield "wrong-padding", node.operands[0], 1.0
    padding = dict(node.options).get("p")
    if padding is not None:
        for off in (1.0, -1.0):
            yield "wrong-padding", with_options(node, p=apply("add", padding, constant(off))), 0.4


def _windows(node: Apply, values: Values) -> Found:
    for stride in (1, 2, 3):
        yield "wrong-stride", with_options(node, stride=constant(stride)), 0.8
    size = dict(node.options).get("k")
    if size is not None:
        yield "wrong-stride", with_options(node, stride=size), 0.5


def _kernel(node: Apply, values: Values) -> Found:
    """Windows times a kernel: the kernel flipped, as in mathematics' convolution, or transposed."""
    for place, (image, kernel) in enumerate((node.operands, node.operands[::-1])):
        if not _is_windows(image) or values(kernel).ndim < 2:
            continue
        flipped = _flipped(kernel)
        operands = (image, flipped) if place == 0 else (flipped, image)
        yield "flipped-kernel", apply("multiply", *operands), 1.0
        if values(kernel).shape[-1] == values(kernel).shape[-2] and values(kernel).ndim == 2:
            turned = apply("transpose", kernel)
            yield "transposed", apply("multiply", image, turned), 0.7


def _floor_divide(node: Apply, values: Values) -> Found:
    a, b = node.operands
    yield "floor-for-ceil", apply("ceil", apply("divide", a, b)), 1.0
    yield "left-out-factor", a, 0.7
    yield "floor-for-ceil", apply("divide", a, b), 0.3


def _floor(node: Apply, values: Values) -> Found:
    other = {"floor": "ceil", "ceil": "floor", "round": "floor"}[node.primitive]
    yield "floor-for-ceil", apply(other, *node.operands), 1.0
    yield "left-out-function", node.operands[0], 0.5


def _function(node: Apply, values: Values) -> Found:
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


def _tanh(node: Apply, values: Values) -> Found:
    (x,) = node.operands
    yield "wrong-operation", sigmoid(x), 0.5


def _maximum(node: Apply, values: Values) -> Found:
    a, b = node.operands
    yield "wrong-operation", apply("minimum", a, b), 0.4
    if is_number(b, 0) or is_number(a, 0):
        x = a if is_number(b, 0) else b
        yield "left-out-function", x, 1.0
        yield "wrong-operation", apply("abs", x), 0.5
    else:
        yield "left-out-function", a, 0.4
        yield "left-out-function", b, 0.4


def _where(node: Apply, values: Values) -> Found:
    mask, a, b = node.operands
    yield "swapped-operands", apply("where", mask, b, a), 0.5
    yield "unmasked", a, 0.5
    yield "unmasked", b, 0.5


def _compare(node: Apply, values: Values) -> Found:
    a, b = node.operands
    yield "wrong-operation", apply(NEXT[node.primitive], a, b), 0.4
    yield "swapped-operands", apply(node.primitive, b, a), 0.5


def _wave(node: Apply, values: Values) -> Found:
    yield "wrong-operation", apply("cos" if node.primitive == "sin" else "sin", *node.operands), 0.4


def _weighted_logarithm(node: Apply, values: Values) -> Found:
    """x ln y, nothing where x is 0."""
    a, b = node.operands
    for base, weight in ((2.0, 1.0), (10.0, 0.8)):
        yield "wrong-log-base", apply("divide", node, constant(float(np.log(base)))), weight
    yield "left-out-function", apply("multiply", a, b), 0.6
    yield "left-out-factor", apply("ln", b), 0.5
    yield "swapped-operands", apply("xlogy", b, a), 0.5


def _clip(node: Apply, values: Values) -> Found:
    yield "left-out-function", node.operands[0], 1.0


def _arange(node: Apply, values: Values) -> Found:
    yield "size-off-by-one", apply("add", node, constant(1.0)), 0.5


def _joined(node: Apply, values: Values) -> Found:
    if len(node.operands) > 1:
        turned = Apply(-1, node.primitive, node.operands[::-1], node.options)
        yield "swapped-operands", turned, 0.5


def _reshaped(node: Apply, values: Values) -> Found:
    (x,) = node.operands
    if values(x).ndim == 2:
        yield "transposed", Apply(-1, node.primitive, (apply("transpose", x),), node.options), 0.6


def _one_hot(node: Apply, values: Values) -> Found:
    (k,) = node.operands
    for off in (-1.0, 1.0):
        moved = apply("add", k, constant(off))
        yield "wrong-index", Apply(-1, "one_hot", (moved,), node.options), 1.0


def _masked(node: Apply, values: Values) -> Found:
    """A sum with a mask of 0 and -inf: without the mask."""
    for kept, mask in (node.operands, node.operands[::-1]):
        if np.isneginf(values(mask)).any():
            yield "unmasked", kept, 1.5


def _is_windows(node: Node) -> bool:
    while isinstance(node, Apply) and node.primitive == "index":
        node = node.operands[0]
    return isinstance(node, Apply) and node.primitive == "windows"


def _flipped(kernel: Node) -> Node:
    from tutor.engine.tree import Slice

    back = Slice(-1, None, None, constant(-1.0))
    dots = Constant(-1, ..., "...")
    return Apply(-1, "index", (kernel,), (("0", dots), ("1", back), ("2", back)))


UNSIGNED = frozenset({
    "negative", "index", "stack", "concat", "transpose", "reshape", "flatten", "pad", "windows",
    "rows", "cols", "size", "shape", "arange", "eye", "one_hot", "argmax", "less", "less_equal",
    "greater", "greater_equal", "equal", "not_equal",
})  # fmt: skip
"""Primitives whose result is only moved, or has no sign to lose."""

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

Rule = Callable[[Apply, Values], Found]

RULES: Mapping[str, tuple[Rule, ...]] = {
    "add": (_add, _masked),
    "subtract": (_subtract,),
    "multiply": (_kernel, _multiply),
    "divide": (_divide,),
    "power": (_power,),
    "sqrt": (_sqrt, _function, reductions.inside),
    "exp": (_exp, _function, reductions.inside),
    "ln": (_ln, _function, reductions.inside),
    "log": (_ln, _function),
    "log2": (_log_base, _function),
    "log10": (_log_base, _function),
    "negative": (_negative,),
    "sum": (reductions.total,),
    "mean": (reductions.mean,),
    "max": (reductions.largest,),
    "min": (reductions.largest,),
    "argmax": (reductions.argmax,),
    "matmul": (_matmul,),
    "dot": (_matmul,),
    "transpose": (_transpose,),
    "T": (_transpose,),
    "outer": (_outer,),
    "index": (_index,),
    "pad": (_pad,),
    "windows": (_windows,),
    "floor_divide": (_floor_divide,),
    "floor": (_floor,),
    "ceil": (_floor,),
    "round": (_floor,),
    "tanh": (_tanh, _function),
    "abs": (_function,),
    "erf": (_function,),
    "sin": (_wave, _function),
    "cos": (_wave, _function),
    "prod": (reductions.multiplied,),
    "rows": (reductions.counted,),
    "cols": (reductions.counted,),
    "size": (reductions.counted,),
    "less": (_compare,),
    "less_equal": (_compare,),
    "greater": (_compare,),
    "greater_equal": (_compare,),
    "xlogy": (_weighted_logarithm,),
    "clip": (_clip,),
    "arange": (_arange,),
    "concat": (_joined,),
    "reshape": (_reshaped,),
    "flatten": (_reshaped,),
    "maximum": (_maximum,),
    "minimum": (_maximum,),
    "where": (_where,),
    "one_hot": (_one_hot,),
}
