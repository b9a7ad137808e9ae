"""One first-order change of a tree: what it is called, where it is, and what it makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.engine.tree import Apply, Call, Constant, Node, walk


@dataclass(frozen=True, slots=True)
class Change:
    """A node written otherwise: `slip` is its name in the vocabulary, `weight` how likely it is.

    `details` are fragments of formulas for the sentence that is said of it.
    """

    slip: str
    node: Node
    instead: Node
    weight: float
    details: Mapping[str, str] = field(default_factory=dict)
    closed: Node | None = None
    """`instead` with its prelude functions as calls, where it has any."""
    habit: object = None
    """What is equal for the same slip elsewhere in the tree; None where it is made only once."""
    also: tuple[tuple[Node, Node], ...] = ()
    """Where else the same slip is made, and what stands there instead."""
    telling: bool = True
    """Whether the numbers of a lesson have to tell it from the right answer."""

    def of(self, root: Node) -> Node:
        """The tree with this slip in it."""
        if not self.also:
            return replaced(root, self.node, self.instead)
        return exchanged(root, {self.node: self.instead, **dict(self.also)})


def apply(primitive: str, *operands: Node, **options: Node) -> Apply:
    """A primitive of nodes, without a place in any text."""
    return Apply(-1, primitive, operands, tuple(options.items()))


def constant(value: float | bool | None) -> Constant:
    """A number, or a word of an option, without a place in any text."""
    text = f"{value:g}" if isinstance(value, int | float) else str(value)
    plain = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return Constant(-1, plain, text)


def replaced(root: Node, node: Node, instead: Node) -> Node:
    """The tree with one node exchanged wherever it is used; what does not use it stays itself."""
    made: dict[Node, Node] = {node: instead}
    for one in walk(root):
        if one not in made:
            made[one] = with_children(one, made)
    return made[root]


def exchanged(root: Node, instead: Mapping[Node, Node]) -> Node:
    """The tree with several nodes exchanged at once; one of them may be inside another."""
    made: dict[Node, Node] = {}
    for one in walk(root):
        made[one] = with_children(one, made)
        if one in instead:
            fresh: dict[Node, Node] = {}
            for part in walk(instead[one]):
                fresh[part] = made[part] if part in made else with_children(part, fresh)
            made[one] = fresh[instead[one]]
    return made[root]


def with_children(node: Node, made: Mapping[Node, Node]) -> Node:
    """A node with its parts exchanged; the node itself where none of them is."""
    if isinstance(node, Apply):
        operands = tuple(made[operand] for operand in node.operands)
        options = tuple((name, made[option]) for name, option in node.options)
        same = operands == node.operands and options == node.options
        return node if same else Apply(node.column, node.primitive, operands, options)
    if isinstance(node, Call):
        arguments = tuple((name, made[argument]) for name, argument in node.arguments)
        if arguments != node.arguments:
            raise ValueError("calls are opened before anything in them is exchanged")
    return node
