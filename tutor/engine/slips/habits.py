"""One slip made wherever it can be made: who takes log10 for ln takes it for every ln."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.engine.slips.change import Change
from tutor.engine.tree import Apply, Call, Constant, Name, Node, Slice, children

HABITUAL = frozenset({
    "exp", "ln", "log", "log2", "log10", "sqrt", "tanh", "abs", "power", "sum", "mean", "max",
    "min", "transpose", "T", "maximum", "xlogy", "rows", "cols", "argmax",
})  # fmt: skip
"""Primitives that one works in the same way each time."""
LARGEST = 200
"""Parts of a change that are compared; a part that stands in many others counts each time."""


def habits(changes: Iterable[Change]) -> Iterator[Change]:
    """Of changes, those that are the same at several nodes, made at all of them."""
    groups: dict[object, dict[Node, Change]] = {}
    for change in changes:
        if change.habit is not None:
            groups.setdefault(change.habit, {}).setdefault(change.node, change)
    for group in groups.values():
        if len(group) > 1:
            first, *others = group.values()
            also = tuple((one.node, one.instead) for one in others)
            yield Change(
                first.slip,
                first.node,
                first.instead,
                first.weight,
                first.details,
                also=also,
                telling=False,
            )


def habit_of(slip: str, node: Apply, instead: Node) -> object:
    """What is equal for the same slip at two nodes; None where nobody makes a habit of it."""
    if node.primitive == "divide" and instead is node.operands[0]:
        # Divisions by the same kind of thing: both corrections of Adam.
        divisor = node.operands[1]
        return (slip, _kind(divisor)) if _is_small(None, divisor) else None
    if node.primitive not in HABITUAL:
        return None
    if not _is_small(node, instead):
        return None
    stops = {node: "node"} | {part: f"part {at}" for at, part in enumerate(node.operands)}
    if slip == "wrong-axis" and isinstance(instead, Apply):
        return slip, tuple((name, _shape(option, stops)) for name, option in instead.options)
    return slip, node.primitive, _shape(instead, stops)


def _is_small(node: Apply | None, instead: Node) -> bool:
    """Whether a change has few parts above those that its node was made of.

    What is written once and used twice, in one function after the other, has exponentially many.
    """
    stops = {node, *node.operands} if node is not None else set()
    waiting, seen = [instead], 0
    while waiting and seen <= LARGEST:
        one = waiting.pop()
        seen += 1
        if one not in stops:
            waiting.extend(children(one))
    return seen <= LARGEST


def _kind(node: Node) -> object:
    """How a tree is built, whatever its names and numbers."""
    if isinstance(node, Apply) and node.primitive != "index":
        return node.primitive, tuple(_kind(part) for part in node.operands)
    return None


def _shape(node: Node, stops: dict[Node, str]) -> object:
    """How a tree is built above the nodes that it was made of."""
    if node in stops:
        return stops[node]
    match node:
        case Constant(value=value):
            return value
        case Name(name=name):
            return "name", name
        case Apply(primitive=primitive, options=options):
            parts = tuple(_shape(part, stops) for part in node.operands)
            return primitive, parts, tuple((name, _shape(one, stops)) for name, one in options)
        case Slice() | Call():
            return tuple(_shape(part, stops) for part in children(node))
