"""What a formula is read into: a small graph of constants, names, primitives and prelude calls.

Nodes are compared by identity. What is written once (a local name, an argument of a prelude
function) is one node however often it is used, as it is one line on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import EllipsisType
from typing import Any, TypeAlias, TypeVar

Plain: TypeAlias = float | int | bool | str | EllipsisType | None
"""What a constant may hold; only numbers are arrays, the others are options (`axis=None`)."""

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False, slots=True)
class Constant:
    """A number, a named constant (pi, e, inf) or a word of an option (True, None, "mean")."""

    column: int
    value: Plain
    text: str


@dataclass(frozen=True, eq=False, slots=True)
class Name:
    """A given or an earlier answer."""

    column: int
    name: str


@dataclass(frozen=True, eq=False, slots=True)
class Slice:
    """One `start:stop:step` of an index; only ever an option of `index`."""

    column: int
    start: Node | None
    stop: Node | None
    step: Node | None


@dataclass(frozen=True, eq=False, slots=True)
class Apply:
    """A primitive of arrays (`operands`) and of what steers it (`options`: axis, stride, index)."""

    column: int
    primitive: str
    operands: tuple[Node, ...]
    options: tuple[tuple[str, Node], ...]
    parts: tuple[Node, ...] = field(init=False, repr=False)
    """What has to be worked out before it: the operands, and the options that are no constants."""
    checked: dict[object, Any] = field(init=False, repr=False, default_factory=dict)
    """For those who work it out again and again: what they have found out about it."""

    def __post_init__(self) -> None:
        """Find the parts."""
        parts = (*self.operands, *_parts_of(self.options)) if self.options else self.operands
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, eq=False)
class Body:
    """One way to write a prelude function: when it holds (ranks, options), and its tree.

    The tree is built when first asked for: most bodies of most calls never are.
    """

    when: Callable[[Mapping[str, object]], bool] | None
    build: Callable[[], tuple[Node, Lines]]

    @cached_property
    def built(self) -> tuple[Node, Lines]:
        """The tree and its lines."""
        return self.build()

    @property
    def root(self) -> Node:
        """The tree over the nodes of the call's arguments."""
        return self.built[0]

    @property
    def lines(self) -> Lines:
        """The names that the body gives to its own parts, with their nodes."""
        return self.built[1]


@dataclass(frozen=True, eq=False, slots=True)
class Call:
    """A prelude function, closed (its name and arguments) and opened (its bodies) at once.

    The first body that holds is how one writes it; the last that holds is how one computes it
    without overflow.
    """

    column: int
    function: str
    arguments: tuple[tuple[str, Node], ...]
    bodies: tuple[Body, ...]
    checked: dict[object, tuple[Body, ...]] = field(init=False, repr=False, default_factory=dict)
    """As that of a primitive: the bodies that hold."""


def _parts_of(options: tuple[tuple[str, Node], ...]) -> Iterator[Node]:
    for _, option in options:
        parts = children(option) if isinstance(option, Slice) else (option,)
        yield from (part for part in parts if not isinstance(part, Constant))


Node: TypeAlias = Constant | Name | Slice | Apply | Call

Lines: TypeAlias = tuple[tuple[str, Node], ...]
"""The lines `name = expression` of a formula."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is directly made of; of a call, its arguments: it stays closed."""
    match node:
        case Constant() | Name():
            return ()
        case Slice():
            return tuple(part for part in (node.start, node.stop, node.step) if part is not None)
        case Apply():
            return node.operands + tuple(option for _, option in node.options)
        case Call():
            return tuple(argument for _, argument in node.arguments)


def walk(root: Node, parts: Callable[[Node], Iterable[Node]] = children) -> list[Node]:
    """Every node below a root, each once, those that others are made of first."""
    seen: set[Node] = set()
    order: list[Node] = []
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting.extend((part, False) for part in parts(node))
    return order


def outline(root: Node) -> tuple[object, ...]:
    """What is equal for trees that say the same, as long as the tree and not as its text."""
    order = walk(root)
    place = {node: at for at, node in enumerate(order)}
    return tuple((_said(node), *(place[child] for child in children(node))) for node in order)


def _said(node: Node) -> object:
    """What a node says beside its children."""
    match node:
        case Constant():
            return node.text
        case Name():
            return (node.name,)
        case Slice():
            return tuple(end is None for end in (node.start, node.stop, node.step))
        case Apply():
            return (node.primitive, *(name for name, _ in node.options))
        case Call():
            return (node.function, *(name for name, _ in node.arguments))


def resolve(
    root: Node,
    known: dict[Node, Result],
    needs: Callable[[Node], Iterable[Node]],
    compute: Callable[[Node], Result],
) -> Result:
    """The result of a node, computed after those that it `needs`; each is computed once.

    Not by recursion: a formula of many lines is deeper than Python's stack. `needs` is asked
    again once all that it named is known, and may name more then.
    """
    waiting = [] if root in known else [root]
    while waiting:
        node = waiting[-1]
        if node not in known:
            missing = [part for part in needs(node) if part not in known]
            if missing:
                waiting.extend(missing)
                continue
            known[node] = compute(node)
        waiting.pop()
    return known[root]
