"""A slip with the tree that it was made in, and its parts as one writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tutor.engine.formula import FormulaError
from tutor.engine.primitives import TABLE
from tutor.engine.slips.suspects import Suspect, Suspects
from tutor.engine.tree import Apply, Call, Constant, Node, children, walk
from tutor.engine.working import fragment

LONGEST = 84
"""Columns that two formulas, the one worked and the one asked, may take together."""
LONGEST_TERM = 40
"""Columns of a part of a formula that is written out."""
NOISE = re.compile(r", keepdims=(True|False)|, axis=(-1|\[-1\])(?=[,)])")
"""What a formula must say, and nobody would."""
SIZES = frozenset({"rows", "cols", "size"})
"""What may be said with its number: everybody can count it."""

Told = tuple[str, Mapping[str, str]]
"""The kind of a slip among those of its name, and the values of its sentence.

Kind `instead` has only what was worked (`did`) and what is `asked`; an empty kind at most what is
`asked`. Values that begin with `made.` are keys of words. All kinds may have the function `inside`
of which it happened, the `cell` or cells (row-major) that are wrong, and, where it was made
`everywhere` that it can be made, the number of places.
"""


@dataclass(frozen=True)
class Made:
    """A slip with the tree that it was made in."""

    one: Suspect
    suspects: Suspects
    cells: tuple[int, ...]

    @property
    def node(self) -> Node | None:
        """The part of the formula where it was made; None where it is in the answer itself."""
        return self.one.node

    @property
    def instead(self) -> Node | None:
        """What was worked there; None where no formula says it."""
        return self.one.instead

    @property
    def function(self) -> str:
        """The prelude function of which this is a known variant, if it is one."""
        return self.one.details.get("function", "")

    @cached_property
    def written(self) -> dict[Node, str]:
        """How opened calls are written: closed again."""
        tree = self.suspects.plan.tree
        found: dict[Node, str] = {}
        for call, node in tree.calls.items():
            if isinstance(node, Apply):
                found[node] = fragment(call)
        lines = self.suspects.asked.formula.lines
        found |= {tree.made[node]: name for name, node in lines if node in tree.made}
        for node in walk(tree.root):
            if isinstance(node, Apply):
                found |= self._steering(node)
            if primitive(node) == "windows":
                found[node] = f"windows({fragment(self._unpadded(node), None, found)})"
        return found

    def _steering(self, node: Apply) -> dict[Node, str]:
        """An axis that is worked out, as the number that it is."""
        axis = dict(node.options).get("axis")
        if not isinstance(axis, Apply):
            return {}
        value = self.suspects.evaluation.options(node)["axis"]
        return {axis: str(value).replace("(", "[").replace(",)", "]").replace(")", "]")}

    def text(self, node: Node, hidden: Mapping[Node, str] | None = None) -> str:
        """A part of the formula as one writes it, in a line."""
        known = {**self.written, **(hidden or {})}
        if node is self.node and not self.function and primitive(node) != "windows":
            known.pop(node, None)
        return NOISE.sub("", " ".join(fragment(node, None, known).split()))

    def term(self, node: Node) -> str:
        """A part of the formula, shortened by what the function that it is in is given."""
        text = self.text(node)
        return text if len(text) <= LONGEST_TERM else self.text(node, self.known_parts)

    def _unpadded(self, windows: Node) -> Node:
        """What windows slide over, without padding that adds nothing."""
        (over,) = operands(windows)
        if isinstance(over, Apply) and primitive(over) == "pad":
            padding = dict(over.options).get("p")
            if isinstance(padding, Constant) and padding.value == 0:
                return over.operands[0]
        return over

    def quantity(self, node: Node) -> str:
        """A part, with its number where that is a size that is not asked for."""
        text = self.term(node)
        if isinstance(node, Apply) and TABLE[node.primitive].name in SIZES:
            value = self.number(node)
            if value is not None and not np.any(self.suspects.right.value == value):
                return f"{text} = {value:g}"
        return text

    def number(self, node: Node | None) -> float | None:
        """The value of a part that is a number, or one number for every axis."""
        if node is None or (isinstance(node, Constant) and not isinstance(node.value, float)):
            return None
        try:
            value = self.suspects.evaluation.value(node)
        except FormulaError:
            return None
        numbers = set(value.ravel().tolist())
        return numbers.pop() if len(numbers) == 1 and value.ndim < 2 else None

    def rank(self, node: Node) -> int:
        """How many axes a part has."""
        return self.suspects.evaluation.value(node).ndim

    def count(self, node: Apply) -> int:
        """Over how many cells a reduction goes."""
        value = self.suspects.evaluation.value
        return value(node.operands[0]).size // max(1, value(node).size)

    @cached_property
    def call(self) -> Call | None:
        """The call of which this is a known variant."""
        calls = self.suspects.plan.tree.calls.items()
        return next(
            (call for call, node in calls if node is self.node and call.function == self.function),
            None,
        )

    def option(self, name: str) -> float | None:
        """What an argument of that call should be."""
        if self.call is None:
            return None
        return self.number(dict(self.call.arguments).get(name))

    def instead_of(self) -> Told:
        """What was worked, and what is asked, as far as there is room for both."""
        if self.node is None or not isinstance(self.node, Apply):
            return "", {}
        if self.instead is None:
            return "", {"asked": self.term(self.node)}
        room = LONGEST - len(self.inside)
        for hidden in ({}, self.known_parts, self._shared(self.node, self.instead)):
            asked, did = self.text(self.node, hidden), self.text(self.instead, hidden)
            if len(did) + len(asked) <= room and did != asked:
                return "instead", {"did": did, "asked": asked}
        return "", {"asked": self.term(self.node)}

    @cached_property
    def known_parts(self) -> dict[Node, str]:
        """What the function that the slip is in is given, or gives a name to, written short."""
        if self.around is None:
            return {}
        evaluation, made = self.suspects.evaluation, self.suspects.plan.tree.made
        root = evaluation.worked(self.around)
        lines = next(body.lines for body in evaluation.bodies(self.around) if body.root is root)
        given = [made.get(argument, argument) for _, argument in self.around.arguments]
        parts = {made[node]: name for name, node in lines if node in made}
        parts |= {node: "..." for node in given if isinstance(node, Apply)}
        return {node: name for node, name in parts.items() if node is not self.node}

    def _shared(self, asked: Node, did: Node) -> dict[Node, str]:
        """The longest part that two formulas have in common, which need not be written."""
        common = set(walk(asked)) & set(walk(did)) - {asked, did}
        longest = max(common, key=lambda node: len(self.text(node)), default=None)
        return {longest: "..."} if longest is not None else {}

    @property
    def inside(self) -> str:
        """The name of the function in whose formula the slip was made; nothing outside of all."""
        return self.around.function if self.around is not None else ""

    @cached_property
    def around(self) -> Call | None:
        """The innermost prelude function in whose formula the slip was made."""
        if self.node is None:
            return None
        regions = {
            call: region
            for call, root in self.suspects.plan.tree.calls.items()
            if not (root is self.node and call.function == self.function)
            for region in (self._region(root, call),)
            if self.node in region
        }
        return min(regions, key=lambda call: len(regions[call]), default=None)

    def _region(self, root: Node, call: Call) -> set[Node]:
        """The nodes of a call's own formula."""
        made = self.suspects.plan.tree.made
        arguments = {made.get(argument, argument) for _, argument in call.arguments}
        parts = walk(root, lambda node: (one for one in children(node) if one not in arguments))
        return set(parts) - arguments


def primitive(node: Node | None) -> str:
    """Which primitive a node is; nothing of what is none."""
    return TABLE[node.primitive].name if isinstance(node, Apply) else ""


def operands(node: Node | None) -> tuple[Node, ...]:
    """What a primitive is applied to."""
    return node.operands if isinstance(node, Apply) else ()
