"""Holds what slips give against what was typed, and weighs a match against chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tutor.engine.precision import NOISE, Array, Precision
from tutor.engine.slips.suspects import NEAREST, Asked, Suspect, Suspects
from tutor.engine.spread import Bounded

UNKNOWN = 0.3
"""The share of wrong answers that no slip of ours explains."""
SURE = 0.88
"""How likely the explanations together must be to be said."""
SURE_OF_COUNTS = 0.4
"""The same for counted answers, where only the nearest slips take part."""
SURE_OF_COARSE = 0.95
"""The same where the answer is read as rounded to fewer places than asked."""
PARTIAL = 0.15
"""The factor on the weight of a slip that should show everywhere and shows in some cells only."""
NOT_EXACT = 0.5
"""The factor on the weight of a slip, among those that fit, that gives the number but for slack."""
OF_ONE_CELL = frozenset({"one-product", "sign", "digits-swapped"})
"""The slips in one counted cell of an array that are likelier than any small whole number."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer (NaN where blank), and half a unit of the last place typed in each cell.

    The half unit is 0 where a cell has all the places that are asked; a slip rounded to fewer
    places than asked is still that slip.
    """

    answer: Array
    half: Array
    read: Array
    """The half units that are granted: those, or none."""


def typed(answer: Array, places: Sequence[int | None], precision: Precision) -> Typed:
    """An answer with the decimals typed in each cell (row-major; None where it was computed)."""
    half = [
        0.5 * 10.0**-given if given is not None and given < precision.places(value) else 0.0
        for value, given in zip(answer.ravel().tolist(), places, strict=True)
    ]
    halves = np.asarray(half, dtype=np.float64).reshape(answer.shape)
    return Typed(answer, halves, halves)


@dataclass(frozen=True, slots=True)
class Match:
    """One slip that fits, with its share of all mistakes and how likely it fits by chance."""

    suspect: Suspect
    share: float
    chance: float
    everywhere: bool = True
    """Whether every cell is as this slip gives it, not only those that are wrong."""
    exact: bool = True
    """Whether it gives the wrong cells to their last digit, as one who keys everything in has."""

    @property
    def evidence(self) -> float:
        """How much likelier the answer is with this slip than typed at random."""
        return self.share / max(self.chance, 1e-300)


@dataclass(frozen=True, slots=True)
class Held:
    """An answer held against a step: which cells are answered, and which of them are wrong."""

    given: Typed
    answered: Mask
    wrong: Mask
    whole: bool
    """Whether whole numbers are asked and typed: small ones fit many slips."""

    @property
    def counted(self) -> bool:
        """Whether a single number is wrong, and it is one that one counts."""
        return self.whole and int(self.wrong.sum()) == 1

    @property
    def counted_cell(self) -> bool:
        """Whether that number is one of an array."""
        return self.counted and self.wrong.size > 1

    def exactly(self) -> Held:
        """The same, read as if all places that are asked had been typed."""
        return replace(self, given=replace(self.given, read=np.zeros_like(self.given.half)))


def held(suspects: Suspects, given: Typed) -> Held:
    """Hold an answer of the right shape against the truth."""
    answered = np.isfinite(given.answer)
    wrong = answered & ~_is_right(suspects.right, given.answer, suspects.asked)
    right = suspects.right
    whole = suspects.asked.exact or bool(
        (right.value == np.rint(right.value)).all()
        and not np.any(right.radius)
        and (given.answer[wrong] == np.rint(given.answer[wrong])).all()
    )
    return Held(given, answered, wrong, whole)


def _is_right(right: Bounded, answer: Array, asked: Asked) -> Mask:
    """The cells that the verdict accepts."""
    noise = NOISE * np.maximum(1, np.where(np.isfinite(right.value), np.abs(right.value), 0.0))
    if asked.exact:
        with np.errstate(invalid="ignore"):
            return np.asarray(np.abs(answer - right.value) <= noise, dtype=np.bool_)
    low, high = right.ends
    below, above = (asked.precision.half_unit(end) + noise for end in (low, high))
    return np.asarray((low - below <= answer) & (answer <= high + above), dtype=np.bool_)


def close(gives: Array, radius: Array, given: Typed, asked: Asked) -> Mask:
    """The cells of an answer that lie within a value's slack and its last rounding."""
    known = np.isfinite(gives)
    gives = np.where(known, gives, 0.0)
    with np.errstate(invalid="ignore"):
        apart = np.abs(given.answer - gives)
    noise = NOISE * np.maximum(1, np.abs(gives))
    if asked.exact:
        return np.asarray(known & (apart <= noise), dtype=np.bool_)
    slack = np.where(np.isfinite(radius), radius, 0.0) + noise
    last = np.maximum(asked.precision.half_unit(gives), given.read)
    return np.asarray(known & (apart <= slack + last), dtype=np.bool_)


def roughly(suspects: Suspects, gives: Array) -> Array:
    """A slack that is hardly ever too small, for what is worth the true one."""
    size = np.abs(np.where(np.isfinite(gives), gives, 0.0))
    rough = 5 * np.max(suspects.right.radius, initial=0.0) + 0.02 * size
    return np.asarray(rough + 20 * suspects.asked.precision.half_unit(size))


def fitting(suspects: Suspects, answer: Held) -> list[Match]:
    """The slips that explain every wrong cell."""
    if not suspects.all:
        return []
    asked, given, wrong = suspects.asked, answer.given, answer.wrong
    near = close(suspects.gives, roughly(suspects, suspects.gives), given, asked) | ~wrong
    several = wrong.sum() > 1
    single = answer.counted and not answer.counted_cell
    found = []
    for at in np.flatnonzero(near.all(axis=tuple(range(1, near.ndim)))):
        one = suspects.all[int(at)]
        if (one.local and several) or (single and one.weight < NEAREST):
            continue
        slack = suspects.slack(one)
        matched = close(one.gives, slack, given, asked)
        if (matched | ~wrong).all():
            everywhere = one.local or bool((matched | ~answer.answered).all())
            if not everywhere and (answer.counted_cell or one.node is None):
                continue
            if answer.counted_cell and one.local and one.slip not in OF_ONE_CELL:
                continue
            share = one.weight * (1.0 if everywhere else PARTIAL) / suspects.total
            moved = slack if one.root is not None else suspects.right.radius
            exact = bool((close(one.gives, np.zeros_like(slack), given, asked) | ~wrong).all())
            found.append(Match(one, share, chance(suspects, answer, moved), everywhere, exact))
    if any(match.everywhere and not match.suspect.local for match in found):
        found = [match for match in found if match.everywhere]
    return sorted(found, key=lambda match: -match.share * (1 if match.exact else NOT_EXACT))


def misshapen(suspects: Suspects, given: Typed) -> list[Match]:
    """The slips that explain an answer of another shape, its numbers and all."""
    found = []
    for one in suspects.misshapen:
        if one.gives.shape == given.answer.shape:
            matched = close(one.gives, suspects.slack(one), given, suspects.asked)
            if matched.all() and np.unique(one.gives).size > 1:
                found.append(Match(one, one.weight / suspects.total, 0.0))
    return sorted(found, key=lambda match: -match.share)


def is_sure(matches: Sequence[Match], answer: Held, share: float = 1 - UNKNOWN) -> bool:
    """Whether slips that make up this share of mistakes are likelier together than chance."""
    evidence = share * sum(match.evidence for match in matches)
    sure = SURE_OF_COARSE if answer.given.read.any() else SURE
    return evidence / (evidence + UNKNOWN) >= (SURE_OF_COUNTS if answer.counted else sure)


def chance(suspects: Suspects, answer: Held, slack: Array) -> float:
    """How likely a number typed at random would lie where a slip's does, in all wrong cells.

    Who guesses types few places: 0.5 is met more often than 0.4973.
    """
    wrong, given = answer.wrong, answer.given
    value, typed_value = suspects.right.value[wrong], given.answer[wrong]
    if answer.whole:
        largest = np.max(np.abs(suspects.right.value))
        return float(np.prod(1 / np.maximum(2 * np.maximum(np.abs(typed_value), largest), 10.0)))
    asked = suspects.asked.precision.half_unit(value)
    # In an array the finest cell tells how many places are typed: 0 and 0.5 have no more to type.
    half = np.maximum(asked, np.min(given.half[answer.answered]))
    if not given.read.any():
        # What slips give may be round numbers too: in between.
        half = np.sqrt(asked * half)
    radius = slack[wrong]
    radius = np.where(np.isfinite(radius), radius, 0.0)
    span = np.maximum(np.abs(value) + np.abs(typed_value), 4 * half)
    return float(np.prod(np.minimum(1.0, 2 * (half + radius) / span)))
