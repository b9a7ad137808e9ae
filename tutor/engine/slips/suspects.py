"""Everything that the slips of one step would give: the same for every answer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import NOISE, Array, Precision
from tutor.engine.rounding import bounded
from tutor.engine.slips import results
from tutor.engine.slips.plan import Changed, plan
from tutor.engine.slips.rounded import cut_early, one_product
from tutor.engine.spread import Bounded
from tutor.engine.tree import Node
from tutor.engine.value import Evaluation

NEAREST = 0.5
"""The least weight of a slip that may explain a counted answer: small whole numbers fit many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A step as slips need it: its formula with its numbers, and how precisely it is asked."""

    formula: Formula
    names: Mapping[str, Bounded]
    precision: Precision
    exact: bool = False
    others: Mapping[str, Array] = field(default_factory=dict)
    """Other results of the lesson, which may have been copied by mistake."""
    right: Bounded | None = None
    """The value with its slack, where it is known already."""


@dataclass(slots=True)
class Suspect:
    """One slip and what it gives; `radius` is None until somebody needs it."""

    slip: str
    node: Node | None
    gives: Array
    radius: Array | None
    weight: float
    changed: Changed | None = None
    """The change of the formula that it is, if it is one."""
    local: bool = False
    """Whether it happens to one cell by itself."""
    details: Mapping[str, str] = field(default_factory=dict)
    instead: Node | None = None
    """What was worked where `node` is asked; None where no formula says it."""
    places: Mapping[Node, Node] = field(default_factory=dict)
    """Everything that was worked otherwise, as the tree has it."""

    @property
    def root(self) -> Node | None:
        """The tree with this slip in it, made when it is needed."""
        return None if self.changed is None else self.changed.root


class Suspects:
    """The slips of a step with what they give, and their weights together. Raises FormulaError."""

    def __init__(self, asked: Asked) -> None:
        """Work every slip out."""
        self.asked = asked
        self.values = {name: one.value for name, one in asked.names.items()}
        self.evaluation = Evaluation(self.values)
        self.right = asked.right or bounded(asked.formula, asked.names, asked.precision)
        self.plan = plan(asked.formula.root, self.evaluation, self.right.value)
        self.evaluation.value(self.plan.tree.root)
        self.misshapen: list[Suspect] = []
        with np.errstate(all="ignore"):
            self.all = tuple(self._distinct())
        self.total = max(1.0, sum(one.weight for one in self.all))
        shape = (len(self.all), *self.right.value.shape)
        self.gives = np.array([one.gives for one in self.all]).reshape(shape)
        known = sum(value.size for value in self.evaluation.known.values())
        self.cells = known + 3 * self.gives.size + sum(one.gives.size for one in self.misshapen)
        """The numbers that are kept for it, roughly."""

    def _distinct(self) -> Iterable[Suspect]:
        """Of each slip the likeliest that gives a thing, and only what could be an answer."""
        kept: dict[object, Suspect] = {}
        for one in (*self._changed(), *self._written()):
            if one.gives.shape != self.right.value.shape:
                if one.changed is not None:
                    self.misshapen.append(one)
                continue
            if not self._tells(one.gives):
                continue
            if self.asked.exact and one.weight < NEAREST:
                continue
            # Equal products are kept apart: which of them it was cannot be said then.
            which = tuple(one.details.items()) if one.slip == "one-product" else ()
            key = (one.slip, one.local, which, np.round(one.gives, 9).tobytes())
            if key not in kept or kept[key].weight < one.weight:
                kept[key] = one
        return kept.values()

    def _tells(self, gives: Array) -> bool:
        """Whether any cell is another number than the right one."""
        apart = np.abs(gives - self.right.value) > NOISE * np.maximum(1, np.abs(self.right.value))
        return bool((np.isfinite(gives) & (apart | ~np.isfinite(self.right.value))).any())

    def _changed(self) -> Iterator[Suspect]:
        for one, gives in self.plan.gives(self.evaluation):
            change = one.change
            yield Suspect(
                change.slip, change.node, gives, None, change.weight, one,
                details=change.details, instead=change.instead,
                places={change.node: change.instead, **dict(change.also)},
            )  # fmt: skip

    def _written(self) -> Iterator[Suspect]:
        exact, precision = self.asked.exact, self.asked.precision
        others = {**self.values, **self.asked.others}
        for one in (
            *results.whole(self.right, others, precision, exact=exact),
            *results.single(self.right, precision, exact=exact),
        ):
            yield Suspect(
                one.slip, None, one.gives, one.radius, one.weight, local=one.local,
                details={"name": one.name, **one.details} if one.name else one.details,
            )  # fmt: skip
        for node, slip, gives, radius, weight, details in (
            *one_product(self.plan.family, self.evaluation, self.right.radius),
            *(() if exact else cut_early(self.plan.family, self.evaluation, precision)),
        ):
            local = slip == "one-product"
            yield Suspect(slip, node, gives, radius, weight, local=local, details=details)

    def slack(self, one: Suspect) -> Array:
        """How far honest rounding moves what a slip gives; worked out once, when needed."""
        if one.radius is None:
            assert one.root is not None
            formula = Formula("", one.root, (), frozenset())
            try:
                one.radius = bounded(formula, self.asked.names, self.asked.precision).radius
            except FormulaError:
                one.radius = np.zeros_like(one.gives)
        return one.radius
