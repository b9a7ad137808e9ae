"""The second reading: how far can honest rounding on the way move each cell of the answer?

The learner may write down every intermediate result at the asked precision, or carry it in
full; the radius covers every mixture of both, whichever body of a prelude function is followed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Precision
from tutor.engine.primitives import TABLE
from tutor.engine.spread import Bounded, Step, own_rounding
from tutor.engine.tree import Apply, Call, Constant, Name, Node
from tutor.engine.value import Evaluation


def bounded(formula: Formula, names: Mapping[str, Bounded], precision: Precision) -> Bounded:
    """The value of a formula and, per cell, the slack: the last rounding itself not counted.

    `names` are givens (radius 0) and earlier answers (radius: how far they may honestly be off).
    A radius is infinite where no bound exists, never NaN.
    """
    reading = _Reading(names, precision)
    return reading.unrounded(formula.root)


class _Reading:
    def __init__(self, names: Mapping[str, Bounded], precision: Precision) -> None:
        self.names = names
        self.precision = precision
        self.evaluation = Evaluation({name: one.value for name, one in names.items()})
        self.known: dict[Node, Bounded] = {}

    def unrounded(self, node: Node) -> Bounded:
        """A node's value with the radius that it has before it is written down."""
        if node not in self.known:
            self.known[node] = self._bound(node)
        return self.known[node]

    def written(self, node: Node) -> Bounded:
        """A node's value with the radius that it has once it may have been written down."""
        bound = self.unrounded(node)
        if isinstance(node, Name) or (isinstance(node, Constant) and _is_decimal(node)):
            return bound
        return Bounded(
            bound.value, bound.radius + own_rounding(bound.value, bound.radius, self.precision)
        )

    def _bound(self, node: Node) -> Bounded:
        value = self.evaluation.value(node)
        match node:
            case Name(name=name):
                return self.names[name]
            case Apply():
                return Bounded(value, self._moved(node, value))
            case Call():
                return Bounded(value, self._opened(node, value))
            case _:
                return Bounded(value, np.zeros_like(value))

    def _moved(self, node: Apply, value: np.ndarray) -> np.ndarray:
        operands = tuple(self.written(operand) for operand in node.operands)
        entry = TABLE[node.primitive]
        options = self.evaluation.options(node)
        step = Step(entry.compute, operands, options, value, self.precision)
        with np.errstate(all="ignore"):
            radius = np.asarray(entry.spread(step), dtype=np.float64)
        radius = np.where(np.isfinite(value), radius, 0.0)
        return np.where(np.isnan(radius), np.inf, radius)

    def _opened(self, call: Call, value: np.ndarray) -> np.ndarray:
        """The widest of the honest ways to work a prelude function out."""
        widest = np.zeros_like(value)
        for body in self.evaluation.bodies(call):
            way = self.unrounded(body.root)
            with np.errstate(invalid="ignore"):
                apart = np.where(way.value == value, 0.0, np.abs(way.value - value))
            radius = np.where(np.isfinite(way.value), way.radius + apart, 0.0)
            widest = np.maximum(widest, radius)
        return widest


def _is_decimal(node: Constant) -> bool:
    """Whether a constant is written in digits; pi and e have to be rounded."""
    return node.text not in ("pi", "e")
