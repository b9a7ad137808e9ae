"""The second reading: how far can honest rounding on the way move each cell of the answer?

The learner may write down every intermediate result at the asked precision, or carry it in
full; the radius covers every mixture of both, whichever body of a prelude function is followed.
Who takes the largest logit away before the exponentials rounds other numbers than who does not:
with the slack of one way, 1 to 2 in 10 honest learners of the other are refused.

For a primitive f of operands x with radii r the radius is the rule of `spread` for f, applied to
the radii that the operands have once they may have been written down: r + h for a result that
needs rounding, r for a given or an earlier answer, whose r says already how it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Array, Precision
from tutor.engine.primitives import TABLE
from tutor.engine.spread import Bounded, Digits, Step, own_rounding
from tutor.engine.tree import Apply, Call, Constant, Name, Node, resolve
from tutor.engine.value import Evaluation

NAMED = ("pi", "e")
"""Constants that have to be rounded; one that is written in digits is exact."""


def bounded(formula: Formula, names: Mapping[str, Bounded], precision: Precision) -> Bounded:
    """The value of a formula and, per cell, the slack: the last rounding itself not counted.

    `names` are givens (radius 0) and earlier answers (radius: how far what was typed may
    honestly be off). A radius is infinite where no bound exists, never NaN. Raises FormulaError.
    """
    return _Reading(names, precision).unrounded(formula.root)


class _Reading:
    def __init__(self, names: Mapping[str, Bounded], precision: Precision) -> None:
        self.names = names
        self.precision = precision
        self.evaluation = Evaluation({name: one.value for name, one in names.items()})
        self.known: dict[Node, Bounded] = {}

    def unrounded(self, node: Node) -> Bounded:
        """A node's value with the radius that it has before it is written down."""
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
                return Bounded(value, self._moved(node, value))
            case Call():
                ways = [self.known[body.root] for body in self.evaluation.bodies(node)]
                return self._widest(value, ways)
            case _:
                return Bounded(value, np.zeros_like(value))

    def _moved(self, node: Apply, value: Array) -> Array:
        entry = TABLE[node.primitive]
        with np.errstate(all="ignore"):
            step = Step(
                entry.compute,
                tuple(self._written(operand) for operand in node.operands),
                self.evaluation.options(node),
                value,
                self.precision,
                tuple(self._is_fresh(operand) for operand in node.operands),
            )
            radius = np.asarray(entry.spread(step), dtype=np.float64)
        radius = np.where(np.isnan(radius), np.inf, radius)
        return np.where(np.isfinite(value), radius, 0.0)

    def _written(self, node: Node) -> Bounded:
        """A node's value with the radius that it has once it may have been written down."""
        bound = self.known[node]
        match node:
            case Call():
                ways = [self._written(body.root) for body in self.evaluation.bodies(node)]
                return self._widest(bound.value, ways)
            case Apply() if not self._needs_rounding(node):
                return bound
            case Apply():
                pass
            case Constant(text=text) if text in NAMED:
                pass
            case _:
                return bound
        own = own_rounding(bound.value, bound.radius, self.precision)
        return Bounded(bound.value, bound.radius + own)

    def _needs_rounding(self, node: Apply) -> bool:
        """Whether a result may have more digits than its operands, which may be written down."""
        match TABLE[node.primitive].digits:
            case Digits.NEW:
                return True
            case Digits.KEPT:
                return any(self._is_fresh(operand) for operand in node.operands)
            case Digits.ADDED:
                is_free = self.precision.decimals is not None
                return not is_free or any(self._is_fresh(operand) for operand in node.operands)
            case Digits.MULTIPLIED:
                return self.precision.decimals is None

    def _is_fresh(self, node: Node) -> bool:
        """Whether an operand is no result of this step and has digits that rounding would cut."""
        if isinstance(node, Apply | Call) or (isinstance(node, Constant) and node.text in NAMED):
            return False
        bound = self.known[node]
        if bound.written_at is not None and bound.written_at.is_as_coarse_as(self.precision):
            return False
        return bool(own_rounding(bound.value, bound.radius, self.precision).any())

    def _widest(self, value: Array, ways: list[Bounded]) -> Bounded:
        """The widest of the honest ways to work a prelude function out; overflow is no way."""
        widest = np.zeros_like(value)
        for way in ways:
            with np.errstate(invalid="ignore"):
                apart = np.abs(way.value - value)
            apart = np.where(apart > self.precision.noise(value), apart, 0.0)
            widest = np.maximum(widest, np.where(np.isfinite(way.value), way.radius + apart, 0.0))
        return Bounded(value, np.asarray(np.where(np.isfinite(value), widest, 0.0)))
