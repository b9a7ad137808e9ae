"""What a formula is worked on: which results get a line of their own, in which order.

On paper `0.1*0.5 + 0.2*0.6 + 0.1 = 0.22` is one line, `e^2 = 7.389` another. A result gets a line
when it has a name, when it is used more than once, or when it is more than a simple part of what
it flows into. Only cells that flow into what is asked are worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.engine.formula import Formula
from tutor.engine.precision import Array
from tutor.engine.primitives import TABLE
from tutor.engine.slips.opening import Opened, opened
from tutor.engine.tree import Apply, Name, Node, Slice, walk
from tutor.engine.value import Evaluation
from tutor.engine.working.inlining import Part, belongs, is_obvious
from tutor.engine.written import Applied, Kind, Places

DEEPEST = 25
"""Primitives within each other on one line."""
MOST_PARTS = 400
"""Numbers in one cell of a formula that is written out on one line, unless it is a plain sum."""
PLAIN = 2
"""Primitives within each other in a plain sum."""

Counts = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Taken:
    """A primitive taken apart: how it is applied and which cells it refers to, if few enough."""

    step: Applied
    references: tuple[Places, ...] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The results that are written down, in order, the last the answer itself."""

    root: Node
    results: tuple[Node, ...]
    names: Mapping[Node, str]
    needed: Mapping[Node, Counts]
    """How often each cell of a node is used."""
    taken: Mapping[Node, Taken]
    kinds: Mapping[Node, Kind]
    within: Mapping[Node, tuple[Node, ...]]
    """What is worked out on the line of a result, itself included."""


def planned(formula: Formula, evaluation: Evaluation, cell: int | None = None) -> Plan:
    """The lines that give a formula, or one cell of it. Raises FormulaError."""
    planner = _Planner(formula, evaluation, cell)
    planner.decide()
    return planner.plan()


def on_one_line(formula: Formula, evaluation: Evaluation, cell: int) -> Plan | None:
    """A cell of a formula with nothing worked out before; None where that is too long."""
    planner = _Planner(formula, evaluation, cell)
    planner.decide(all_in_one=True)
    root = planner.parts.get(planner.root)
    if root is None or root.depth > DEEPEST:
        return None
    if root.numbers > MOST_PARTS and root.depth > PLAIN:
        return None
    return planner.plan()


class _Planner:
    def __init__(self, formula: Formula, evaluation: Evaluation, cell: int | None) -> None:
        self.evaluation = evaluation
        evaluation.value(formula.root)
        # Opening works everything out once more; the limit is on one evaluation.
        evaluation.work = 0
        tree = opened(formula.root, evaluation)
        self.root = tree.root
        self.names = _names(formula, tree, evaluation)
        self.order = self._ordered(
            [tree.made[node] for _, node in formula.lines if node in tree.made]
        )
        self.taken: dict[Node, Taken] = {}
        self.kinds: dict[Node, Kind] = {}
        self.needed = self._counted(cell)
        self.users = self._found_users()
        self.parts: dict[Node, Part] = {}
        self.results: set[Node] = set()

    def value(self, node: Node) -> Array:
        return self.evaluation.value(node)

    # In which order

    def _ordered(self, first: Sequence[Node]) -> list[Node]:
        """Every node after those that it is made of, what has a name as early as it was written."""
        reachable = set(_post_order([self.root]))
        return _post_order([*(node for node in first if node in reachable), self.root])

    # Which cells are needed

    def _counted(self, cell: int | None) -> dict[Node, Counts]:
        needed = {node: np.zeros(self.value(node).size, dtype=np.intp) for node in self.order}
        needed[self.root][slice(None) if cell is None else cell] = 1
        for node in reversed(self.order):
            if isinstance(node, Apply):
                self._hand_on(node, needed)
        return needed

    def _hand_on(self, node: Apply, needed: Mapping[Node, Counts]) -> None:
        """Count the cells of the operands that the needed cells of a result refer to."""
        taken = self.taken[node] = self._taken_apart(node)
        self.kinds[node] = _kind(node, taken)
        used = needed[node] if self._only_moves(node) else (needed[node] > 0).astype(np.intp)
        for place, operand in enumerate(node.operands):
            if taken.references is None:
                needed[operand][:] += 2 * used.any()
                continue
            references = taken.references[place]
            there = references >= 0
            weights = np.broadcast_to(used[:, None], references.shape)[there]
            size = len(needed[operand])
            counts = np.bincount(references[there], weights=weights, minlength=size)
            needed[operand][:] += counts.astype(np.intp)
        if used.any():
            for option in _worked_options(node):
                needed[option][:] += 2

    def _taken_apart(self, node: Apply) -> Taken:
        entry = TABLE[node.primitive]
        shapes = tuple(self.value(operand).shape for operand in node.operands)
        options = self.evaluation.options(node)
        step = Applied(entry.compute, shapes, options, self.value(node).shape)
        try:
            return Taken(step, entry.written.references(step))
        except OverflowError:
            return Taken(step, None)

    def _only_moves(self, node: Node) -> bool:
        moves = isinstance(node, Apply) and self.kinds[node] is Kind.MOVE
        return moves and node not in self.names and node is not self.root

    # Which results are written down

    def _found_users(self) -> dict[Node, set[Apply]]:
        """Where each node is used, seen through what only moves cells."""
        users: dict[Node, set[Apply]] = {node: set() for node in self.order}
        for node in reversed(self.order):
            if isinstance(node, Apply):
                through = users[node] if self._only_moves(node) else {node}
                for operand in node.operands:
                    users[operand] |= through
        return users

    def decide(self, all_in_one: bool = False) -> None:
        """Which nodes get a line; what those that do not are made of on the line of another."""
        options = {option for node in self.order for option in _worked_options(node)}
        for node in self.order:
            if not isinstance(node, Apply):
                continue
            part = self.parts[node] = self._part(node)
            if node is self.root:
                self.results.add(node)
            elif not all_in_one and self.needed[node].any():
                wanted = node in options or part.depth > DEEPEST
                if wanted or node in self.names or self._stands_alone(node, part):
                    self.results.add(node)
        self.results.add(self.root)

    def _part(self, node: Apply) -> Part:
        """What a node would put on the line of another."""
        inner = [
            self.parts[operand]
            for operand in node.operands
            if operand in self.parts and operand not in self.results
        ]
        kind = self.kinds[node]
        if kind is Kind.SIGN:
            kind = inner[0].kind if inner else Kind.PRODUCT
        references = self.taken[node].references
        widths = [one.shape[1] for one in references] if references is not None else []
        numbers = 0
        for operand, width in zip(node.operands, widths, strict=False):
            within = operand in self.parts and operand not in self.results
            numbers += width * (self.parts[operand].numbers if within else 1)
        if kind is Kind.MOVE:
            numbers = max((one.numbers for one in inner), default=1)
        values = self.value(node).reshape(-1)[self.needed[node] > 0]
        depth = 1 + max((one.depth for one in inner), default=0)
        gathers = TABLE[node.primitive].written.gathers
        return Part(kind, gathers, max(1, numbers), depth, _is_whole(values), self._is_fresh(node))

    def _is_fresh(self, node: Apply) -> bool:
        """Whether a part is made of given numbers only, none of which was written down before."""
        return all(
            self.parts[operand].fresh and operand not in self.results
            for operand in node.operands
            if operand in self.parts
        )

    def _stands_alone(self, node: Apply, part: Part) -> bool:
        kind = self.kinds[node]
        if kind is Kind.COUNT or (kind is Kind.SIGN and is_obvious(part)):
            return False
        if kind is Kind.MOVE:
            return is_pick(node, self.names) and all(
                self.kinds[user] is not Kind.MOVE for user in self.users[node]
            )
        if int(self.needed[node].max(initial=0)) > 1 and not is_obvious(part):
            return True
        return not all(
            belongs(part, self.kinds[user], TABLE[user.primitive].written.gathers)
            for user in self.users[node]
        )

    def plan(self) -> Plan:
        """What was decided."""
        results = tuple(
            node for node in self.order if node in self.results and node is not self.root
        )
        within = {node: self._on_line(node) for node in (*results, self.root)}
        return Plan(
            self.root,
            (*results, self.root),
            self.names,
            self.needed,
            self.taken,
            self.kinds,
            within,
        )

    def _on_line(self, result: Node) -> tuple[Node, ...]:
        found, waiting = [], [result]
        while waiting:
            node = waiting.pop()
            found.append(node)
            if isinstance(node, Apply):
                waiting += [
                    operand
                    for operand in node.operands
                    if isinstance(operand, Apply)
                    and operand not in self.results
                    and self.needed[operand].any()
                ]
        return tuple(found)


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


def _kind(node: Apply, taken: Taken) -> Kind:
    """The sort of work; a sum or a mean of one number is none."""
    writing = TABLE[node.primitive].written
    if not writing.gathers or writing.kind is Kind.CHOICE or taken.references is None:
        return writing.kind
    is_one = len(taken.references) == 1 and taken.references[0].shape[1] == 1
    return Kind.MOVE if is_one else writing.kind


def _is_whole(values: Array) -> bool:
    return bool(np.isfinite(values).all() and np.array_equal(values, np.rint(values)))


def _worked_options(node: Node) -> list[Node]:
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
    return [*node.operands, *_worked_options(node)]


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


def _names(formula: Formula, tree: Opened, evaluation: Evaluation) -> dict[Node, str]:
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
