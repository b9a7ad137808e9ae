"""Which slips nobody would see with these numbers: those that give the right answer.

Only slips that concern the whole answer: changes of the tree, and what is done to the finished
array. One cell's typing error, or a rounding too early, may always end within the slack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from tutor.engine.formula import FormulaError
from tutor.engine.precision import NOISE, Array
from tutor.engine.slips import results
from tutor.engine.slips.change import replaced
from tutor.engine.slips.opening import opened
from tutor.engine.slips.plan import changes
from tutor.engine.slips.suspects import NEAREST, Asked
from tutor.engine.spread import Bounded
from tutor.engine.tree import Node
from tutor.engine.value import Evaluation
from tutor.engine.working import fragment

Numbers = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A slip whose answer would be accepted; `again` is what it gives with other numbers."""

    slip: str
    where: str
    """The part of the formula, or the name of the other answer; empty for the answer itself."""
    instead: str
    """What stands there; with the others it tells slips of one step apart."""
    in_formula: bool
    """Whether it changes the formula, not what was worked out with it."""
    again: Callable[[Numbers, Numbers, Bounded], Array] = field(compare=False)
    """From the numbers of the names, the other answers, and the right answer."""


def hidden(asked: Asked, right: Bounded) -> Iterator[Hidden]:
    """The slips of a step that would be accepted. Raises FormulaError.

    `right` is the value of the step with its slack.
    """
    given: list[Array] = []
    found: list[Hidden] = []
    for hides, gives in (*_changed(asked), *_written(asked, right)):
        if gives.shape == right.value.shape:
            found.append(hides)
            given.append(gives)
    if given:
        accepted = is_accepted(np.stack(given), right, asked)
        for at in np.flatnonzero(accepted.reshape(len(given), -1).all(axis=1)):
            yield found[int(at)]


def is_accepted(gives: Array, right: Bounded, asked: Asked) -> Array:
    """Whether what was worked out, or what is written down of it, is taken for the right answer."""
    known = np.isfinite(gives)
    finite = np.where(known, gives, 0.0)
    value = np.where(np.isfinite(right.value), right.value, np.inf)
    noise = NOISE * np.maximum(1.0, np.abs(right.value))
    with np.errstate(invalid="ignore"):
        apart = np.abs(finite - value)
        if asked.exact:
            return np.asarray(known & (apart <= noise))
        slack = np.where(np.isfinite(right.radius), right.radius, 0.0)
        allowed = slack + asked.precision.half_unit(np.abs(right.value) + slack) + noise
        written = np.abs(asked.precision.round(finite) - value)
    return np.asarray(known & ((apart <= allowed) | (written <= allowed)))


def _changed(asked: Asked) -> Iterator[tuple[Hidden, Array]]:
    values = {name: one.value for name, one in asked.names.items()}
    evaluation = Evaluation(values)
    tree = opened(asked.formula.root, evaluation)
    for change in changes(tree, evaluation):
        if asked.exact and change.weight < NEAREST:
            continue
        root = replaced(tree.root, change.node, change.instead)
        changed = Evaluation(values)
        changed.known = dict(evaluation.known)
        try:
            gives = changed.value(root)
        except FormulaError:
            continue
        where, instead = fragment(change.node), fragment(change.instead)
        yield Hidden(change.slip, where, instead, True, _worked(root)), gives


def _worked(root: Node) -> Callable[[Numbers, Numbers, Bounded], Array]:
    return lambda names, others, right: Evaluation(names).value(root)


def _written(asked: Asked, right: Bounded) -> Iterator[tuple[Hidden, Array]]:
    others = {name: one.value for name, one in asked.names.items()} | dict(asked.others)
    for place, one in enumerate(_whole(asked, others, right)):
        if not asked.exact or one.weight >= NEAREST:
            yield Hidden(one.slip, one.name, str(place), False, _at(asked, place)), one.gives


def _whole(asked: Asked, others: Numbers, right: Bounded) -> Iterator[results.Written]:
    return results.whole(right, others, asked.precision, exact=asked.exact)


def _at(asked: Asked, place: int) -> Callable[[Numbers, Numbers, Bounded], Array]:
    def again(names: Numbers, others: Numbers, right: Bounded) -> Array:
        return tuple(_whole(asked, {**names, **others}, right))[place].gives

    return again
