"""What a formula is worked on: which results get a line of their own, in which order.

On paper `0.1*0.5 + 0.2*0.6 + 0.1 = 0.22` is one line, `e^2 = 7.389` another. A result gets a line
when it has a name, when it is used more than once, or when it is more than a simple part of what
it flows into. Only cells that flow into what is asked are worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Array
from tutor.engine.primitives import TABLE
from tutor.engine.slips.opening import opened
from tutor.engine.tree import Apply, Node
from tutor.engine.value import Evaluation
from tutor.engine.working.inlining import Part, belongs, is_obvious
from tutor.engine.working.order import is_pick, names_of, ordered, worked_options
from tutor.engine.working.taking import Counts, Taken, taken_apart
from tutor.engine.written import Kind

DEEPEST = 25
"""Primitives within each other on one line."""
MOST_PARTS = 400
"""Numbers in one cell of a formula that is written out on one line, unless it is a plain sum."""
PLAIN = 2
"""Primitives within each other in a plain sum."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The results that are written down, in order, the last the answer itself."""

    root: Node
    results: tuple[Node, ...]
    names: Mapping[Node, str]
    needed: Mapping[Node, Counts]
    """How often each cell of a node is used."""
    taken: Mapping[Node, Taken]
    within: Mapping[Node, tuple[Node, ...]]
    """What is worked out on the line of a result, itself included."""

    def is_plain(self, result: Node) -> bool:
        """Whether nothing is worked out on a line: numbers are counted or moved."""
        if is_pick(result, self.names):
            return False
        worked = {self.taken[node].kind for node in self.within[result] if node in self.taken}
        return worked <= {Kind.MOVE, Kind.COUNT}


def planned(formula: Formula, evaluation: Evaluation, cell: int | None = None) -> Plan:
    """The lines that give a formula, or one cell of it. Raises FormulaError."""
    planner = _Planner(formula, evaluation, cell)
    planner.decide()
    return planner.plan()


def on_one_line(formula: Formula, evaluation: Evaluation) -> Plan | None:
    """A formula with nothing worked out before; None where that is too long."""
    planner = _Planner(formula, evaluation, None)
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
        self.names = names_of(formula, tree, evaluation)
        named = [tree.made[node] for _, node in formula.lines if node in tree.made]
        self.order = ordered(self.root, named)
        self.taken: dict[Node, Taken] = {}
        self.needed: dict[Node, Counts] = {}
        self._take_apart(cell)
        self.users = self._found_users()
        self.parts: dict[Node, Part] = {}
        self.results: set[Node] = set()

    def value(self, node: Node) -> Array:
        return self.evaluation.value(node)

    # Which cells are needed

    def _take_apart(self, cell: int | None) -> None:
        """Count how often each cell is used, from the answer back to the givens."""
        for node in self.order:
            self.needed[node] = np.zeros(self.value(node).size, dtype=np.intp)
        self.needed[self.root][slice(None) if cell is None else cell] = 1
        for node in reversed(self.order):
            if isinstance(node, Apply):
                self._hand_on(node)

    def _hand_on(self, node: Apply) -> None:
        taken = self.taken[node] = taken_apart(node, self.evaluation)
        used = self.needed[node]
        if not self._only_moves(node):
            used = (used > 0).astype(np.intp)
        for place, operand in enumerate(node.operands):
            counts = self.needed[operand]
            counts += taken.used(place, used, len(counts))
        if used.any():
            for option in worked_options(node):
                self.needed[option][:] = 2

    def _only_moves(self, node: Node) -> bool:
        moves = isinstance(node, Apply) and self.taken[node].kind is Kind.MOVE
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
        options = {option for node in self.order for option in worked_options(node)}
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
        kind = self.taken[node].kind
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
        kind = self.taken[node].kind
        if kind is Kind.COUNT or (kind is Kind.SIGN and is_obvious(part)):
            return False
        if kind is Kind.MOVE:
            return is_pick(node, self.names) and all(
                self.taken[user].kind is not Kind.MOVE for user in self.users[node]
            )
        if int(self.needed[node].max(initial=0)) > 1 and not is_obvious(part):
            return True
        return not all(
            belongs(part, self.taken[user].kind, TABLE[user.primitive].written.gathers)
            for user in self.users[node]
        )

    def plan(self) -> Plan:
        """What was decided."""
        results = tuple(
            node for node in self.order if node in self.results and node is not self.root
        )
        within = {node: self._on_line(node) for node in (*results, self.root)}
        return Plan(self.root, (*results, self.root), self.names, self.needed, self.taken, within)

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


def _is_whole(values: Array) -> bool:
    return bool(np.isfinite(values).all() and np.array_equal(values, np.rint(values)))
