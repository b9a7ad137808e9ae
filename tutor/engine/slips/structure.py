"""Slips of structure: a node left out, doubled or swapped, its function, operator or axis another.

The weights are the documented prior: how often a slip of this operation is this one, as learners
ask about them (1 is common, 0.1 rare). They rank explanations and keep rare ones silent where
numbers fit by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tutor.engine.primitives import TABLE
from tutor.engine.slips import arrays, functions, operators, reductions
from tutor.engine.slips.change import Change, Found, Values, apply
from tutor.engine.slips.derivatives import is_number
from tutor.engine.slips.habits import habit_of
from tutor.engine.tree import Apply, Node

UNSIGNED = frozenset({
    "negative", "index", "stack", "concat", "transpose", "reshape", "flatten", "pad", "windows",
    "rows", "cols", "size", "shape", "arange", "eye", "one_hot", "argmax", "less", "less_equal",
    "greater", "greater_equal", "equal", "not_equal",
})  # fmt: skip
"""Primitives whose result is only moved, or has no sign to lose."""


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


Rule = Callable[[Apply, Values], Found]

RULES: Mapping[str, tuple[Rule, ...]] = {
    "add": (operators.add, operators.masked),
    "subtract": (operators.subtract,),
    "multiply": (arrays.kernel, operators.multiply),
    "divide": (operators.divide,),
    "power": (operators.power,),
    "sqrt": (functions.sqrt, functions.function, reductions.inside),
    "exp": (functions.exp, functions.function, reductions.inside),
    "ln": (functions.ln, functions.function, reductions.inside),
    "log": (functions.ln, functions.function),
    "log2": (functions.log_base, functions.function),
    "log10": (functions.log_base, functions.function),
    "negative": (operators.negative,),
    "sum": (reductions.total,),
    "mean": (reductions.mean,),
    "max": (reductions.largest,),
    "min": (reductions.largest,),
    "argmax": (reductions.argmax,),
    "matmul": (arrays.matmul,),
    "dot": (arrays.matmul,),
    "transpose": (arrays.transpose,),
    "T": (arrays.transpose,),
    "outer": (arrays.outer,),
    "index": (arrays.index,),
    "pad": (arrays.pad,),
    "windows": (arrays.windows,),
    "floor_divide": (operators.floor_divide,),
    "floor": (functions.floor,),
    "ceil": (functions.floor,),
    "round": (functions.floor,),
    "tanh": (functions.tanh, functions.function),
    "abs": (functions.function,),
    "erf": (functions.function,),
    "sin": (functions.wave, functions.function),
    "cos": (functions.wave, functions.function),
    "prod": (reductions.multiplied,),
    "rows": (reductions.counted,),
    "cols": (reductions.counted,),
    "size": (reductions.counted,),
    "less": (operators.compare,),
    "less_equal": (operators.compare,),
    "greater": (operators.compare,),
    "greater_equal": (operators.compare,),
    "xlogy": (functions.weighted_logarithm,),
    "clip": (functions.clip,),
    "arange": (arrays.arange,),
    "concat": (arrays.joined,),
    "reshape": (arrays.reshaped,),
    "flatten": (arrays.reshaped,),
    "maximum": (functions.maximum,),
    "minimum": (functions.maximum,),
    "where": (functions.where,),
    "one_hot": (arrays.one_hot,),
}
