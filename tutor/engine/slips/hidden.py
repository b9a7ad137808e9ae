"""Which slips nobody would see with these numbers: those that give the right answer.

Only slips that concern the whole answer: changes of the tree, and what is done to the finished
array. One cell's typing error, or a rounding too early, may always end within the slack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from tutor.engine.precision import NOISE, Array
from tutor.engine.slips import results
from tutor.engine.slips.change import Change
from tutor.engine.slips.plan import Changed, plan
from tutor.engine.slips.suspects import NEAREST, Asked
from tutor.engine.spread import Bounded
from tutor.engine.tree import Node, outline
from tutor.engine.value import Evaluation
from tutor.engine.working import fragment

Slip = TypeVar("Slip")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A slip whose answer would be accepted.

    It is a change of the formula (`node`, and `root` as what is worked instead), or (without
    them) the `place`-th of what is done to a finished answer.
    """

    slip: str
    node: Node | None
    root: Node | None
    place: int = 0
    name: str = ""

    @property
    def key(self) -> object:
        """What is equal for the same slip made with other numbers."""
        return (self.slip, self.place, self.name, self.root and outline(self.root), self.where)

    @property
    def where(self) -> str:
        """The part of the formula, or the name of the answer that was copied, or nothing."""
        return self.name if self.node is None else fragment(self.node)

    def gives(self, evaluation: Evaluation, asked: Asked, right: Bounded) -> Array:
        """What it gives with other numbers. Raises FormulaError."""
        if self.root is not None:
            evaluation.work = 0
            return evaluation.value(self.root)
        return tuple(_whole(asked, right))[self.place].gives


def hidden_in_formula(asked: Asked, right: Bounded) -> tuple[Hidden, ...]:
    """The changes of a formula that would be accepted; `right` is its value with its slack.

    Raises FormulaError.
    """
    return tuple(
        Hidden(one.change.slip, one.change.node, one.root)
        for one in _accepted(_changed(asked, right), right, asked)
    )


def hidden_in_answer(asked: Asked, right: Bounded) -> tuple[Hidden, ...]:
    """What is done to the right answer, or taken for it, and would be accepted all the same."""
    return tuple(_accepted(_written(asked, right), right, asked))


def _accepted(slips: Iterable[tuple[Slip, Array]], right: Bounded, asked: Asked) -> Iterator[Slip]:
    fitting = [(one, gives) for one, gives in slips if gives.shape == right.value.shape]
    if fitting:
        accepted = is_accepted(np.array([gives for _, gives in fitting]), right, asked)
        for at in np.flatnonzero(accepted.reshape(len(fitting), -1).all(axis=1)):
            yield fitting[int(at)][0]


def is_accepted(gives: Array, right: Bounded, asked: Asked) -> Array:
    """Whether what was worked out, or what is written down of it, is taken for the right answer."""
    known = np.isfinite(gives) & np.isfinite(right.value)
    finite = np.where(known, gives, 0.0)
    noise = NOISE * np.maximum(1.0, np.abs(right.value))
    with np.errstate(invalid="ignore"):
        if asked.exact:
            return np.asarray(known & (np.abs(finite - right.value) <= noise))
        low, high = right.ends
        least = low - asked.precision.half_unit(low) - noise
        most = high + asked.precision.half_unit(high) + noise
        written = asked.precision.round(finite)
    accepted = ((least <= finite) & (finite <= most)) | ((least <= written) & (written <= most))
    return np.asarray(known & accepted)


def _changed(asked: Asked, right: Bounded) -> Iterator[tuple[Changed, Array]]:
    values = {name: one.value for name, one in asked.names.items()}
    evaluation = Evaluation(values)

    def tells(change: Change) -> bool:
        return change.telling and (not asked.exact or change.weight >= NEAREST)

    return plan(asked.formula.root, evaluation, right.value).gives(evaluation, tells)


def _written(asked: Asked, right: Bounded) -> Iterator[tuple[Hidden, Array]]:
    for place, one in enumerate(_whole(asked, right)):
        if not asked.exact or one.weight >= NEAREST:
            yield Hidden(one.slip, None, None, place, one.name), one.gives


def _whole(asked: Asked, right: Bounded) -> Iterator[results.Written]:
    others = {name: one.value for name, one in asked.names.items()} | dict(asked.others)
    return results.whole(right, others, asked.precision, exact=asked.exact)
