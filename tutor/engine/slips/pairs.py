"""Two slips of the formula at once, where one alone explains nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from weakref import WeakKeyDictionary

import numpy as np

from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import Array
from tutor.engine.rounding import bounded
from tutor.engine.slips.change import Family
from tutor.engine.slips.matching import Held, Match, chance, close, is_sure, roughly
from tutor.engine.slips.suspects import Suspect, Suspects
from tutor.engine.tree import Apply, Call, Constant, Node
from tutor.engine.value import Evaluation

MOST = 18
"""The likeliest slips that are tried in pairs: 153 of them."""
SHARE = 0.1
"""The share of mistakes that are two of ours at once."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two slips, in the order in which one works, and what they give together."""

    matches: tuple[Match, Match]
    gives: Array


@dataclass(frozen=True, slots=True)
class Tried:
    """Two slips with the formula that they make of the one that is asked."""

    slips: tuple[Suspect, Suspect]
    family: Family
    gives: Array

    @property
    def root(self) -> Node:
        """The tree with both in it."""
        one, other = self.slips
        return self.family.exchanged({**one.places, **other.places})


@dataclass(frozen=True, slots=True)
class Pairs:
    """What the likeliest pairs of a step give, one after the other and all in one array."""

    all: tuple[Tried, ...]
    gives: Array


_kept: WeakKeyDictionary[Suspects, Pairs] = WeakKeyDictionary()


def tried(suspects: Suspects) -> Pairs:
    """What the likeliest pairs give; worked out once for all answers to a step."""
    if suspects not in _kept:
        found = tuple(_worked(suspects))
        shape = (len(found), *suspects.right.value.shape)
        gives = np.array([one.gives for one in found]).reshape(shape)
        _kept[suspects] = Pairs(found, gives)
    return _kept[suspects]


def _worked(suspects: Suspects) -> Iterator[Tried]:
    family = suspects.plan.family
    order = family.place
    for pair in combinations(_likeliest(suspects), 2):
        one, other = sorted(
            pair, key=lambda suspect: max(order.get(node, 0) for node in suspect.places)
        )
        if not one.places.keys().isdisjoint(other.places):
            continue
        try:
            gives = _together((one, other), suspects)
        except (FormulaError, ValueError):
            # They exclude each other, or one is an argument of the other, a variant.
            continue
        if gives.shape == suspects.right.value.shape:
            yield Tried((one, other), family, gives)


def _together(slips: Sequence[Suspect], suspects: Suspects) -> Array:
    """What slips of the formula give that are all made. Raises FormulaError and ValueError."""
    family = suspects.plan.family
    places = {node: instead for one in slips for node, instead in one.places.items()}
    new = {
        node: parts
        for one in slips
        if one.changed is not None
        for node, parts in one.changed.new.items()
        if node in family.place
    }
    steering = any(isinstance(node, Constant) for node in new)
    if not steering and not any(isinstance(part, Call) for one in new.values() for part in one):
        try:
            return _upwards(places, new, suspects)
        except FormulaError:
            # Perhaps in a part that is not there any more.
            pass
    evaluation = Evaluation(suspects.values)
    evaluation.known = dict(suspects.evaluation.known)
    return evaluation.value(family.exchanged(places))


def _upwards(
    places: Mapping[Node, Node], new: Mapping[Node, tuple[Node, ...]], suspects: Suspects
) -> Array:
    """As `_together`, without making the tree: from the lowest of the nodes to the root."""
    family, evaluation = suspects.plan.family, suspects.evaluation
    known, before = evaluation.known, len(evaluation.known)
    above = {user for node in new for user in family.above(node)}
    order = sorted({*new, *above}, key=family.place.__getitem__)
    kept = {node: known[node] for node in order if node in known}
    evaluation.work = 0
    try:
        with np.errstate(all="ignore"):
            for node in order:
                if node in above and isinstance(node, Apply):
                    known[node] = evaluation.apply(node)
                if node in new:
                    known[node] = evaluation.value_through(new[node], places[node])
        return known[family.root]
    finally:
        known.update(kept)
        while len(known) > before:
            known.popitem()


def _likeliest(suspects: Suspects) -> list[Suspect]:
    """The likeliest slips of the formula, those with the same effect only once."""
    kept: dict[bytes, Suspect] = {}
    for one in suspects.all:
        if one.changed is not None and np.isfinite(one.gives).all():
            key = np.round(one.gives, 9).tobytes()
            if key not in kept or kept[key].weight < one.weight:
                kept[key] = one
    return sorted(kept.values(), key=lambda one: -one.weight)[:MOST]


def only_pair(suspects: Suspects, answer: Held) -> Pair | None:
    """The pair that explains every cell of an answer, if there is exactly one and it is sure."""
    if answer.counted:
        return None
    pairs = tried(suspects)
    fits = [one for one in _near(pairs, suspects, answer) if _fits(one, suspects, answer)]
    if len(fits) != 1:
        return None
    (only,) = fits
    among = sum(pair.slips[0].weight * pair.slips[1].weight for pair in pairs.all)
    share = only.slips[0].weight * only.slips[1].weight / among
    by_chance = chance(suspects, answer, _slack(only, suspects))
    first, second = (Match(one, share, by_chance) for one in only.slips)
    return Pair((first, second), only.gives) if is_sure((first,), answer, SHARE) else None


def _near(pairs: Pairs, suspects: Suspects, answer: Held) -> list[Tried]:
    """The pairs that come near enough to be looked at closely."""
    fits = close(pairs.gives, roughly(suspects, pairs.gives), answer.given, suspects.asked)
    cells = tuple(range(1, fits.ndim))
    return [pairs.all[at] for at in np.flatnonzero((fits | ~answer.answered).all(axis=cells))]


def _fits(one: Tried, suspects: Suspects, answer: Held) -> bool:
    near = close(one.gives, _slack(one, suspects), answer.given, suspects.asked)
    return bool((near | ~answer.answered).all())


def _slack(one: Tried, suspects: Suspects) -> Array:
    formula = Formula("", one.root, (), frozenset())
    try:
        return bounded(formula, suspects.asked.names, suspects.asked.precision).radius
    except FormulaError:
        return np.zeros_like(one.gives)
