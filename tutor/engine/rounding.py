"""The second reading: how far can honest rounding on the way move each cell of the answer?

The learner may write down every intermediate result at the asked precision, or carry it in
full; the interval covers every mixture of both, whichever body of a prelude function is followed.
Who takes the largest logit away before the exponentials rounds other numbers than who does not:
with the slack of one way, 1 to 2 in 10 honest learners of the other are refused.

For a primitive of operands in intervals the interval is the rule of `spread` for it, applied to
what the operands may be once they have been written down: from the lower end or what it is
rounded to, to the upper end or what it is rounded to. Givens and earlier answers are as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Array, Precision
from tutor.engine.primitives import TABLE
from tutor.engine.spread import Bounded, Step
from tutor.engine.tree import Apply, Call, Constant, Name, Node, resolve
from tutor.engine.value import Evaluation

NAMED = ("pi", "e")
"""Constants that have to be rounded; one that is written in digits is exact."""

IN_STEPS = frozenset({"sum", "cumsum", "prod", "mean", "matmul", "dot", "xlogy"})
"""Primitives that are several steps on paper, with results that may be written down."""


def bounded(formula: Formula, names: Mapping[str, Bounded], precision: Precision) -> Bounded:
    """The value of a formula and the interval of each cell, the last rounding not counted.

    `names` are givens (exact) and earlier answers (with the interval in which what was typed may
    honestly lie). An end is infinite where no bound exists, never NaN. Raises FormulaError.
    """
    return _Reading(names, precision).unrounded(formula.root)


class _Reading:
    def __init__(self, names: Mapping[str, Bounded], precision: Precision) -> None:
        self.names = names
        self.precision = precision
        self.evaluation = Evaluation({name: one.value for name, one in names.items()})
        self.known: dict[Node, Bounded] = {}
        self.on_paper: dict[Node, Bounded] = {}

    def unrounded(self, node: Node) -> Bounded:
        """A node's value with the interval that it has before it is written down."""
        self.evaluation.value(node)
        return resolve(node, self.known, self._needs, self._bound)

    def _needs(self, node: Node) -> Iterator[Node]:
        match node:
            case Apply(operands=operands):
                yield from operands
            case Call():
                for body in self.evaluation.bodies(node):
                    self.evaluation.value(body.root)
                    yield body.root

    def _bound(self, node: Node) -> Bounded:
        value = self.evaluation.value(node)
        match node:
            case Name(name=name):
                return self.names[name]
            case Apply():
                return self._moved(node, value)
            case Call():
                ways = [self.known[body.root] for body in self.evaluation.bodies(node)]
                return self._widest(value, ways)
            case _:
                return Bounded.exactly(value)

    def _moved(self, node: Apply, value: Array) -> Bounded:
        operands = tuple([self._written(operand) for operand in node.operands])
        if self._is_exact(node, operands):
            return Bounded.exactly(value)
        entry = TABLE[node.primitive]
        options = self.evaluation.options(node)
        with np.errstate(all="ignore"):
            low, high = entry.spread(Step(entry.compute, operands, options, value, self.precision))
            return self._around(value, low - value, high - value)

    def _is_exact(self, node: Apply, operands: tuple[Bounded, ...]) -> bool:
        """Whether there is nothing to round: exact operands, and nothing written on the way."""
        if not all(one.is_exact for one in operands):
            return False
        return node.primitive not in IN_STEPS or (
            node.primitive != "xlogy" and all(self.precision.keeps(one.value) for one in operands)
        )

    def _written(self, node: Node) -> Bounded:
        """A node's value with the interval that it has once it may have been written down."""
        if node not in self.on_paper:
            bound = self.known[node]
            match node:
                case Apply() | Call():
                    bound = bound.written(self.precision)
                case Constant(text=text) if text in NAMED:
                    bound = bound.written(self.precision)
            self.on_paper[node] = bound
        return self.on_paper[node]

    def _around(self, value: Array, down: Array, up: Array) -> Bounded:
        """A value with its ends so far from it; float noise is nothing, NaN as far as can be."""
        noise = self.precision.noise(value)
        known = np.isfinite(value)
        down = np.where(np.isnan(down), -np.inf, np.where(known & (down < -noise), down, 0.0))
        up = np.where(np.isnan(up), np.inf, np.where(known & (up > noise), up, 0.0))
        return Bounded(
            value, np.where(known, value + down, value), np.where(known, value + up, value)
        )

    def _widest(self, value: Array, ways: list[Bounded]) -> Bounded:
        """What all honest ways to work a prelude function out cover; overflow is no way."""
        down = up = np.zeros_like(value)
        with np.errstate(invalid="ignore"):
            for way in ways:
                able = np.isfinite(way.value)
                down = np.where(able, np.minimum(down, way.low - value), down)
                up = np.where(able, np.maximum(up, way.high - value), up)
        return self._around(value, down, up)
