"""One first-order change of a tree: what it is called, where it is, and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tutor.engine.precision import Array
from tutor.engine.tree import Apply, Call, Constant, Node, Slice, children, walk

Values: TypeAlias = Callable[[Node], Array]
"""The value of a node of the tree."""

Found: TypeAlias = Iterator[tuple[str, Node, float]]
"""A slip, what stands instead of the node, and its weight."""


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
    habit: object = None
    """What is equal for the same slip elsewhere in the tree; None where it is made only once."""
    also: tuple[tuple[Node, Node], ...] = ()
    """Where else the same slip is made, and what stands there instead."""
    telling: bool = True
    """Whether the numbers of a lesson have to tell it from the right answer."""

    def of(self, tree: Family) -> Node:
        """The tree with this slip in it. Raises ValueError where it cannot be made everywhere."""
        if not self.also:
            return tree.replaced(self.node, self.instead)
        return tree.exchanged({self.node: self.instead, **dict(self.also)})


class Family:
    """A tree of which many changes are made: who is made of whom is worked out once."""

    def __init__(self, root: Node) -> None:
        """Note of each node where it is used."""
        self.root = root
        self.order = walk(root)
        self.place = {node: at for at, node in enumerate(self.order)}
        self._users: dict[Node, list[Node]] = {node: [] for node in self.order}
        for node in self.order:
            for part in children(node):
                self._users[part].append(node)
        self._above: dict[Node, tuple[Node, ...]] = {}

    def above(self, node: Node) -> tuple[Node, ...]:
        """Every node that one flows into, those that others are made of first."""
        if node not in self._above:
            found: set[Node] = set()
            waiting = [node] if node in self.place else []
            while waiting:
                for user in self._users[waiting.pop()]:
                    if user not in found:
                        found.add(user)
                        waiting.append(user)
            self._above[node] = tuple(sorted(found, key=self.place.__getitem__))
        return self._above[node]

    def new_in(self, root: Node) -> tuple[Node, ...]:
        """The nodes of a changed tree that have to be worked out, in that order.

        Constants are among them: those of options have never been worked out as arrays.
        """

        def parts(node: Node) -> tuple[Node, ...]:
            return node.parts if isinstance(node, Apply) and node not in self.place else ()

        return tuple(
            node
            for node in walk(root, parts)
            if node not in self.place or isinstance(node, Constant)
        )

    def replaced(self, node: Node, instead: Node) -> Node:
        """The tree with one node exchanged wherever it is used."""
        made: dict[Node, Node] = {node: instead}
        for one in self.above(node):
            made[one] = with_children(one, made)
        return made.get(self.root, self.root)

    def exchanged(self, instead: Mapping[Node, Node]) -> Node:
        """The tree with several nodes exchanged at once; one of them may be inside another.

        Raises ValueError where one is inside a prelude function that stands for another.
        """
        known = {node for node in instead if node in self.place}
        above = {user for node in known for user in self.above(node)}
        made: dict[Node, Node] = {}
        for one in sorted(above | known, key=self.place.__getitem__):
            kept = with_children(one, made) if one in above else one
            made[one] = self._grown(instead[one], {**made, one: kept}) if one in known else kept
        return made.get(self.root, self.root)

    def _grown(self, instead: Node, made: Mapping[Node, Node]) -> Node:
        """What stands instead of a node, over parts of the tree that may be others by now."""
        fresh: dict[Node, Node] = {}
        for part in walk(instead, lambda node: () if node in self.place else children(node)):
            known = part in self.place
            fresh[part] = made.get(part, part) if known else with_children(part, fresh)
        return fresh[instead]


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
    return Family(root).replaced(node, instead)


def exchanged(root: Node, instead: Mapping[Node, Node]) -> Node:
    """The tree with several nodes exchanged at once; see `Family.exchanged`."""
    return Family(root).exchanged(instead)


def with_children(node: Node, made: Mapping[Node, Node]) -> Node:
    """A node with its parts exchanged; the node itself where none of them is."""
    if isinstance(node, Apply):
        operands = tuple(made.get(operand, operand) for operand in node.operands)
        options = tuple((name, made.get(option, option)) for name, option in node.options)
        same = operands == node.operands and options == node.options
        return node if same else Apply(node.column, node.primitive, operands, options)
    if isinstance(node, Slice):
        ends = (node.start, node.stop, node.step)
        made_ends = [None if end is None else made.get(end, end) for end in ends]
        same = all(end is one for end, one in zip(ends, made_ends, strict=True))
        return node if same else Slice(node.column, *made_ends)
    if isinstance(node, Call):
        arguments = tuple((name, made.get(argument, argument)) for name, argument in node.arguments)
        if arguments != node.arguments:
            raise ValueError("calls are opened before anything in them is exchanged")
    return node
