"""Prelude functions opened up: every call exchanged for the body that one writes.

What a formula writes twice, such as exp(z) above and below a fraction, becomes one node: on paper
it is worked once, and a slip in it shows in both places.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.engine.slips.change import with_children
from tutor.engine.tree import Apply, Call, Constant, Name, Node, walk
from tutor.engine.value import Evaluation


@dataclass(frozen=True, slots=True)
class Opened:
    """A tree of primitives, what each node was made of, and the node that each call became."""

    root: Node
    made: dict[Node, Node]
    calls: dict[Call, Node]


def opened(root: Node, evaluation: Evaluation) -> Opened:
    """Open every call of a tree, and the calls in its bodies. Raises FormulaError."""
    evaluation.value(root)
    opener = _Opener(evaluation)
    tree = Opened(opener.open(root), opener.made, opener.calls)
    evaluation.value(tree.root)
    return tree


class _Opener:
    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.made: dict[Node, Node] = {}
        self.calls: dict[Call, Node] = {}
        self.same: dict[object, Node] = {}

    def open(self, root: Node) -> Node:
        for node in walk(root):
            if node in self.made:
                continue
            if isinstance(node, Call):
                self.made[node] = self.calls[node] = self.open(self.evaluation.worked(node))
            else:
                node_made = with_children(node, self.made)
                self.made[node] = self.same.setdefault(_identity(node_made), node_made)
        return self.made[root]


def _identity(node: Node) -> object:
    """What is equal for nodes that are written alike."""
    match node:
        case Constant(value=value, text=text):
            return ("constant", type(value), text)
        case Name(name=name):
            return ("name", name)
        case Apply(primitive=primitive, operands=operands, options=options):
            return (primitive, operands, options)
    return node
