"""In which order the parts of a formula are worked out, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tutor.engine.formula import Formula
from tutor.engine.primitives import TABLE
from tutor.engine.slips.opening import Opened
from tutor.engine.tree import Apply, Name, Node, Slice, walk
from tutor.engine.value import Evaluation
from tutor.engine.written import Kind


def ordered(root: Node, first: Sequence[Node]) -> list[Node]:
    """Every node after those that it is made of, and `first` as early as they can be."""
    reachable = set(_post_order([root]))
    return _post_order([*(node for node in first if node in reachable), root])


def _post_order(roots: Sequence[Node]) -> list[Node]:
    """Each node once, after its operands, the left ones first."""
    seen: set[Node] = set()
    order: list[Node] = []
    waiting = [(root, False) for root in reversed(roots)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting.extend((part, False) for part in reversed(_operands(node)))
    return order


def worked_options(node: Node) -> list[Node]:
    """The places of an index that are worked out: `p[argmax(p)]`."""
    if not isinstance(node, Apply) or node.primitive != "index":
        return []
    return [
        option
        for _, option in node.options
        if isinstance(option, Apply) and any(_is_worked(part) for part in walk(option))
    ]


def _is_worked(node: Node) -> bool:
    if not isinstance(node, Apply):
        return False
    return TABLE[node.primitive].written.kind not in (Kind.MOVE, Kind.COUNT)


def _operands(node: Node) -> list[Node]:
    if not isinstance(node, Apply):
        return []
    return [*node.operands, *worked_options(node)]


def is_pick(node: Node, names: Mapping[Node, str]) -> bool:
    """Whether a node picks cells of something that has a name, at a place that has one too."""
    if not isinstance(node, Apply) or node.primitive != "index":
        return False
    operand = node.operands[0]
    if not isinstance(operand, Name) and operand not in names:
        return False
    return any(
        isinstance(part, Name)
        for _, option in node.options
        if not isinstance(option, Slice)
        for part in walk(option)
    )


def names_of(formula: Formula, tree: Opened, evaluation: Evaluation) -> dict[Node, str]:
    """What the formula, and the opened bodies in it, call their parts."""
    named = list(formula.lines)
    for call, root in tree.calls.items():
        for body in evaluation.bodies(call):
            if tree.made.get(body.root) is root:
                named += body.lines
                break
    names: dict[Node, str] = {}
    for name, node in named:
        made = tree.made.get(node)
        if isinstance(made, Apply):
            names.setdefault(made, name)
    return names
