"""Two slips of the formula at once, where one alone explains nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from weakref import WeakKeyDictionary

import numpy as np

from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import Array
from tutor.engine.rounding import bounded
from tutor.engine.slips.matching import Held, Match, chance, close, is_sure, roughly
from tutor.engine.slips.suspects import Suspect, Suspects
from tutor.engine.tree import Node
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
    root: Node
    gives: Array


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
        evaluation = Evaluation(suspects.values)
        evaluation.known = dict(suspects.evaluation.known)
        try:
            root = family.exchanged({**one.places, **other.places})
            gives = evaluation.value(root)
        except (FormulaError, ValueError):
            # They exclude each other, or one is an argument of the other, a variant.
            continue
        if gives.shape == suspects.right.value.shape:
            yield Tried((one, other), root, gives)


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
