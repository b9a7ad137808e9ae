"""Holds what every slip would give against what was typed, and speaks only when sure.

A match is worth what it could not be by chance: with `n` wrong cells explained to within their
slack, chance is the product over them of the share of the plausible range that the slack covers.
The prior of a slip is its weight among all slips of the step; a share UNKNOWN of all mistakes is
taken to be no slip of ours. Explanations together likelier than SURE are said.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tutor.engine.formula import FormulaError
from tutor.engine.precision import NOISE, Array, Precision
from tutor.engine.slips.described import described
from tutor.engine.slips.suspects import Asked, Suspect, Suspects
from tutor.engine.spread import Bounded
from tutor.engine.tree import Apply, Node
from tutor.engine.working import fragment

UNKNOWN = 0.3
"""The share of wrong answers that no slip of ours explains."""
SURE = 0.85
"""How likely the explanations together must be to be said."""
SURE_OF_COUNTS = 0.4
"""The same for counted answers, where only the nearest slips take part."""
PARTIAL = 0.15
"""The factor on the weight of a slip that should show everywhere and shows in some cells only."""
KEPT = 64
"""Steps whose slips are kept worked out: many answers to one question are graded in a row."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One explanation of a wrong answer."""

    id: str
    where: str
    """The part of the formula where it was made; empty where it is in the answer itself."""
    gives: Array
    """What the slip makes of the whole answer."""
    cells: tuple[int, ...]
    """The wrong cells (row-major) that it explains."""
    likelihood: float
    kind: str = ""
    """Which of the slips of its name, for the sentence that is said of it."""
    details: Mapping[str, str] = field(default_factory=dict)
    """The values of that sentence."""
    root: Node | None = None
    """The formula as it was worked; None where no formula says it."""


Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer (NaN where blank), and half a unit of the last place typed in each cell.

    The half unit is 0 where a cell has all the places that are asked; a slip rounded to fewer
    places than asked is still that slip.
    """

    answer: Array
    half: Array


def typed(answer: Array, places: Sequence[int | None], precision: Precision) -> Typed:
    """An answer with the decimals typed in each cell (row-major; None where it was computed)."""
    half = [
        0.5 * 10.0**-given if given is not None and given < precision.places(value) else 0.0
        for value, given in zip(answer.ravel().tolist(), places, strict=True)
    ]
    return Typed(answer, np.asarray(half).reshape(answer.shape))


def find(asked: Asked, given: Typed) -> tuple[Slip, ...]:
    """The likeliest explanations of a wrong answer, the likeliest first.

    None where nothing fits or where it may be chance: a wrong name is worse than none.
    """
    try:
        suspects = _worked_out(asked)
    except FormulaError:
        return ()
    if given.answer.shape != suspects.right.value.shape:
        return ()
    answered = np.isfinite(given.answer)
    exactly = Typed(given.answer, np.zeros_like(given.half))
    wrong = answered & ~_is_right(suspects.right, given.answer, asked)
    if not wrong.any():
        return ()
    for read in (exactly, given) if given.half.any() else (exactly,):
        fitting = _fitting(suspects, read, answered, wrong)
        said = _weighed(suspects, fitting, read, wrong)
        if said:
            return said
    return ()


_kept: OrderedDict[object, Suspects] = OrderedDict()


def _worked_out(asked: Asked) -> Suspects:
    key = (
        asked.formula.root, asked.precision, asked.exact,
        tuple((name, one.value.shape, *(part.tobytes() for part in (one.value, *one.ends)))
              for name, one in asked.names.items()),
        tuple((name, one.tobytes()) for name, one in asked.others.items()),
    )  # fmt: skip
    if key not in _kept:
        _kept[key] = Suspects(asked)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def _is_right(right: Bounded, answer: Array, asked: Asked) -> Mask:
    """The cells that the verdict accepts."""
    noise = NOISE * np.maximum(1, np.where(np.isfinite(right.value), np.abs(right.value), 0.0))
    if asked.exact:
        with np.errstate(invalid="ignore"):
            return np.asarray(np.abs(answer - right.value) <= noise, dtype=np.bool_)
    low, high = right.ends
    below, above = (asked.precision.half_unit(end) + noise for end in (low, high))
    return np.asarray((low - below <= answer) & (answer <= high + above), dtype=np.bool_)


def _close(gives: Array, radius: Array, given: Typed, asked: Asked) -> Mask:
    """The cells of an answer that lie within a value's slack and its last rounding."""
    known = np.isfinite(gives)
    gives = np.where(known, gives, 0.0)
    with np.errstate(invalid="ignore"):
        apart = np.abs(given.answer - gives)
    noise = NOISE * np.maximum(1, np.abs(gives))
    if asked.exact:
        return np.asarray(known & (apart <= noise), dtype=np.bool_)
    slack = np.where(np.isfinite(radius), radius, 0.0) + noise
    last = np.maximum(asked.precision.half_unit(gives), given.half)
    return np.asarray(known & (apart <= slack + last), dtype=np.bool_)


def _fitting(
    suspects: Suspects, given: Typed, answered: Mask, wrong: Mask
) -> list[tuple[Suspect, bool]]:
    """The slips that explain every wrong cell, and whether they hold for all cells."""
    if not suspects.all:
        return []
    asked = suspects.asked
    size = np.abs(np.where(np.isfinite(suspects.gives), suspects.gives, 0.0))
    rough = 5 * np.max(suspects.right.radius, initial=0.0) + 0.02 * size
    rough = rough + 20 * asked.precision.half_unit(size)
    near = _close(suspects.gives, rough, given, asked) | ~wrong
    axes = tuple(range(1, near.ndim))
    found = []
    for at in np.flatnonzero(near.all(axis=axes)):
        one = suspects.all[int(at)]
        if one.local and wrong.sum() > 1:
            continue
        matched = _close(one.gives, suspects.slack(one), given, asked)
        if (matched | ~wrong).all():
            found.append((one, bool((matched | ~answered).all())))
    return found


def _weighed(
    suspects: Suspects, fitting: list[tuple[Suspect, bool]], given: Typed, wrong: Mask
) -> tuple[Slip, ...]:
    weights = [
        one.weight * (1.0 if everywhere or one.local else PARTIAL) / suspects.total
        for one, everywhere in fitting
    ]
    found = (1 - UNKNOWN) * sum(weights)
    sure = SURE_OF_COUNTS if suspects.asked.exact else SURE
    if not fitting or found / (found + UNKNOWN * _chance(suspects, given, wrong)) < sure:
        return ()
    cells = tuple(int(cell) for cell in np.flatnonzero(wrong))
    order = sorted(range(len(fitting)), key=lambda at: -weights[at])
    return _distinct(
        Slip(
            one.slip, _where(one), one.gives, cells, weights[at] / sum(weights),
            *described(one, suspects, cells), one.root,
        )
        for at in order
        for one in (fitting[at][0],)
    )  # fmt: skip


def _chance(suspects: Suspects, given: Typed, wrong: Mask) -> float:
    """How likely numbers typed at random would lie where a slip's do, in all wrong cells."""
    value, answer = suspects.right.value[wrong], given.answer[wrong]
    if suspects.asked.exact:
        return float(np.prod(1 / np.maximum(2 * np.abs(value), 10.0)))
    half = np.maximum(suspects.asked.precision.half_unit(value), given.half[wrong])
    radius = suspects.right.radius[wrong]
    radius = np.where(np.isfinite(radius), radius, 0.0)
    span = np.maximum(np.abs(value) + np.abs(answer), 4 * half)
    return float(np.prod(np.minimum(1.0, 2 * (half + radius) / span)))


def _where(one: Suspect) -> str:
    return fragment(one.node) if isinstance(one.node, Apply) else ""


def _distinct(slips: Iterable[Slip]) -> tuple[Slip, ...]:
    """At most one explanation of each kind, the likeliest."""
    kept: dict[str, Slip] = {}
    for slip in slips:
        kept.setdefault(slip.id, slip)
    return tuple(kept.values())
