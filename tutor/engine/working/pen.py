"""Writes a cell of a result: the expression that it is worked out by, with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from tutor.engine.precision import Precision
from tutor.engine.primitives import TABLE
from tutor.engine.tree import Apply, Constant, Name, Node
from tutor.engine.value import Evaluation
from tutor.engine.working import digits
from tutor.engine.working.order import is_pick
from tutor.engine.working.plan import Plan
from tutor.engine.written import (
    Cell,
    Expression,
    Function,
    Infix,
    Minus,
    Number,
    Own,
    Product,
    Sum,
)

COMPARED, ADDED, DIVIDED, MULTIPLIED, RAISED, ATOM = range(3, 9)
"""How tightly a text holds together; what binds less than its place needs parentheses."""


class Written(NamedTuple):
    """A text, how tightly it holds together, and whether a minus stands before it."""

    text: str
    tightness: int
    negative: bool = False

    def within(self, tightness: int, *, leading: bool = False) -> str:
        """The text as part of another, in parentheses where it needs them.

        A minus needs none where it stands first.
        """
        loose = self.tightness < tightness or (self.negative and not leading)
        return f"({self.text})" if loose else self.text


class Pen:
    """Writes the cells of a plan with the numbers of an evaluation."""

    def __init__(
        self,
        plan: Plan,
        evaluation: Evaluation,
        precision: Precision,
        written_at: Mapping[str, Precision],
        unknown: Set[str],
    ) -> None:
        """`written_at` says how earlier answers were rounded; `unknown` names stay names."""
        self.plan = plan
        self.evaluation = evaluation
        self.precision = precision
        self.written_at = written_at
        self.unknown = unknown
        self.on_own_line = frozenset(plan.results)

    def value(self, node: Node, place: int) -> float:
        """The number in a cell."""
        return float(self.evaluation.value(node).flat[place])

    def result(self, node: Node, place: int) -> str:
        """What is written after the equals sign."""
        return digits.result(self.value(node, place), self.precision)

    def expression(self, node: Node, place: int, most: int | None = None) -> str:
        """What is written before it; of sums with more than `most` terms the first and last."""
        if not isinstance(node, Apply):
            return self._used(node, place, most).text
        if is_pick(node, self.plan.names):
            return self.picked(node, place)
        return self._worked(node, place, most).text

    def _used(self, node: Node, place: int, most: int | None) -> Written:
        """A cell within an expression: its number, or how it is worked out."""
        match node:
            case Constant(text=text, value=value):
                if isinstance(value, bool):
                    return _number(str(int(value)))
                return _number(_plain(text))
            case Name(name=name):
                if name in self.unknown:
                    return Written(self._called(name, node, place), ATOM)
                precision = self.written_at.get(name, self.precision)
                return _number(digits.given(self.value(node, place), precision))
        if node in self.on_own_line:
            return _number(self.result(node, place))
        return self._worked(node, place, most)

    def _worked(self, node: Node, place: int, most: int | None) -> Written:
        assert isinstance(node, Apply)
        taken = self.plan.taken[node]
        if taken.references is None:
            return _number(self.result(node, place))
        cells = [
            tuple(Cell(operand, int(at)) for at in references[place] if at >= 0)
            for operand, references in enumerate(taken.references)
        ]
        composed = TABLE[node.primitive].written.compose(taken.step, cells)
        return _Line(self, node, place, most).write(composed)

    def name_text(self, name: str) -> str:
        """A name that stands for one number: that number, unless it must not be shown."""
        if name in self.unknown:
            return name
        value = float(np.asarray(self.evaluation.names[name]))
        return digits.given(value, self.written_at.get(name, self.precision))

    def cell(self, node: Apply, cell: Cell, most: int | None) -> Written:
        """A cell of one of a node's operands."""
        return self._used(node.operands[cell.operand], cell.place, most)

    def picked(self, node: Apply, place: int) -> str:
        """`p[1]`: the name and the place that is picked."""
        operand = node.operands[0]
        name = operand.name if isinstance(operand, Name) else self.plan.names[operand]
        references = self.plan.taken[node].references
        assert references is not None
        return self._called(name, operand, int(references[0][place, 0]))

    def _called(self, name: str, node: Node, place: int) -> str:
        return name + label(self.evaluation.value(node).shape, place)


def label(shape: tuple[int, ...], place: int) -> str:
    """A cell's row and column, counted from 0: `[0, 1]`; nothing for a number."""
    if not shape:
        return ""
    return "[" + ", ".join(str(at) for at in np.unravel_index(place, shape)) + "]"


class _Line:
    """Writes one expression of one node."""

    def __init__(self, pen: Pen, node: Apply, place: int, most: int | None) -> None:
        self.pen = pen
        self.node = node
        self.place = place
        self.most = most

    def write(self, expression: Expression) -> Written:
        match expression:
            case Cell():
                return self.pen.cell(self.node, expression, self.most)
            case Number(text=text):
                return _number(text)
            case Own():
                return _number(self.pen.result(self.node, self.place))
            case Minus(part=part):
                return self._minus(self.write(part))
            case Sum(terms=terms):
                return self._sum(terms)
            case Product(factors=factors):
                return self._product(factors)
            case Function(name=name, arguments=arguments):
                inside = self._few(arguments, lambda one, first: self.write(one).text)
                return Written(f"{name}({', '.join(inside)})", ATOM)
            case Infix(sign=sign, left=left, right=right):
                return self._infix(sign, self.write(left), self.write(right))

    def _minus(self, part: Written) -> Written:
        return Written("-" + part.within(DIVIDED), max(part.tightness, DIVIDED), True)

    def _sum(self, terms: Sequence[Expression]) -> Written:
        def term(one: Expression, first: bool) -> str:
            if isinstance(one, Minus) and not first:
                return "- " + self.write(one.part).within(DIVIDED)
            written = self.write(one)
            text = written.within(ADDED, leading=True)
            if first:
                return text
            return f"- {text[1:]}" if written.negative else f"+ {text}"

        pieces = self._few(terms, term)
        pieces = [f"+ {piece}" if piece == "..." else piece for piece in pieces]
        return Written(" ".join(pieces), ADDED, pieces[0].startswith("-"))

    def _product(self, factors: Sequence[Expression]) -> Written:
        def factor(one: Expression, first: bool) -> str:
            return self.write(one).within(MULTIPLIED, leading=first)

        text = "*".join(self._few(factors, factor))
        return Written(text, MULTIPLIED, text.startswith("-"))

    def _infix(self, sign: str, left: Written, right: Written) -> Written:
        match sign:
            case "/":
                text = f"{left.within(MULTIPLIED, leading=True)} / {right.within(RAISED)}"
                return Written(text, DIVIDED, text.startswith("-"))
            case "%":
                text = f"{left.within(MULTIPLIED, leading=True)} % {right.within(RAISED)}"
                return Written(text, DIVIDED, text.startswith("-"))
            case "^":
                return Written(f"{left.within(ATOM)}^{right.within(ATOM)}", RAISED)
        text = f"{left.within(ADDED, leading=True)} {sign} {right.within(ADDED, leading=True)}"
        return Written(text, COMPARED)

    def _few(
        self, parts: Sequence[Expression], write: Callable[[Expression, bool], str]
    ) -> list[str]:
        """The parts, or the first of them, three dots and the last."""
        if self.most is None or len(parts) <= self.most:
            return [write(one, place == 0) for place, one in enumerate(parts)]
        shown = [write(one, place == 0) for place, one in enumerate(parts[: self.most - 1])]
        return [*shown, "...", write(parts[-1], False)]


def _plain(text: str) -> str:
    """A number of a formula as one writes it: `0.5` for `.5`, `1` for `1.0`."""
    text = f"0{text}" if text.startswith(".") else text
    whole, point, rest = text.partition(".")
    return whole if point and not rest.strip("0") else text


def _number(text: str) -> Written:
    return Written(text, ATOM, text.startswith("-"))
