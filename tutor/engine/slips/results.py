"""Slips in what was written down: on the finished number or array, whatever the formula.

`whole` changes every cell at once, `single` one cell by itself; both work on a value that is
right (or follows), so that what they give carries its slack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tutor.engine.precision import Array, Precision
from tutor.engine.spread import Bounded


@dataclass(frozen=True, slots=True)
class Written:
    """What a slip of writing gives: cells that it cannot concern are NaN."""

    slip: str
    gives: Array
    radius: Array
    weight: float
    local: bool = False
    """Whether it happens to one cell by itself."""
    name: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    """What else tells it from others of its name."""


def whole(
    right: Bounded, others: Mapping[str, Array], precision: Precision, *, exact: bool
) -> Iterator[Written]:
    """Slips on all cells: the sign, the decimal point, percent, turned round, another answer."""
    value, radius = right.value, right.radius
    yield Written("sign", -value, radius, 0.6)
    written = _written(right, precision)
    if not exact:
        for factor, slip, weight in (
            (100.0, "percent", 0.4), (10.0, "decimal-shift", 0.3), (0.1, "decimal-shift", 0.3),
            (0.01, "decimal-shift", 0.15), (2.0, "extra-factor", 0.15), (0.5, "extra-factor", 0.2),
        ):  # fmt: skip
            moved = written * factor
            details = {"factor": f"{factor:g}"}
            yield Written(slip, value * factor, moved, weight, details=details)
        yield Written("complement", 1 - value, radius, 0.3)
        yield from _functions(value, radius)
    yield from _turned(value, radius)
    for name, other in others.items():
        if other.shape == value.shape:
            weight = 0.35 if value.ndim else 0.2
            yield Written("stale-value", other, np.zeros_like(value), weight, name=name)


def _written(right: Bounded, precision: Precision) -> Array:
    """How far the number that one writes down may be from the value, before its point is moved."""
    value, radius = right.value, right.radius
    with np.errstate(invalid="ignore"):
        off = np.abs(np.where(np.isfinite(value), precision.round(value) - value, 0.0))
    return np.asarray(np.where(radius > 0, radius + precision.half_unit(value), off))


def _functions(value: Array, radius: Array) -> Iterator[Written]:
    """A function on top that nobody asked for."""
    with np.errstate(all="ignore"):
        for name, gives, moved, weight in (
            ("exp", np.exp(value), np.exp(value) * radius, 0.1),
            ("ln", np.log(value), radius / np.abs(value), 0.15),
            ("sqrt", np.sqrt(value), radius / np.sqrt(np.abs(value)), 0.2),
            ("square", value**2, 2 * np.abs(value) * radius, 0.15),
        ):
            details = {"function": name}
            yield Written("extra-function", gives, moved, weight, details=details)
        if value.ndim:
            powers = np.exp(value - value.max())
            softmax = powers / powers.sum(axis=-1, keepdims=True)
            details = {"function": "softmax"}
            yield Written("extra-function", softmax, radius, 0.3, details=details)


def _turned(value: Array, radius: Array) -> Iterator[Written]:
    if value.ndim == 1 and value.size > 1:
        yield Written("permuted", value[::-1], radius[::-1], 0.3, details={"how": "reversed"})
        for step in (1, -1):
            moved = np.roll(value, step), np.roll(radius, step)
            yield Written("permuted", *moved, 0.1, details={"how": "moved"})
    if value.ndim == 2:
        if value.shape[0] == value.shape[1]:
            yield Written("transposed", value.T, radius.T, 0.7)
        for how, back in (
            ("rows", np.s_[::-1]), ("columns", np.s_[:, ::-1]), ("both", np.s_[::-1, ::-1])
        ):  # fmt: skip
            yield Written("permuted", value[back], radius[back], 0.2, details={"how": how})


def single(right: Bounded, precision: Precision, *, exact: bool) -> Iterator[Written]:
    """Slips on one cell: its sign, a neighbour's number, its digits."""
    value, radius = right.value, right.radius
    yield Written("sign", -value, radius, 0.4, local=True)
    if not exact:
        written = _written(right, precision)
        for factor in (10.0, 0.1):
            moved = written * factor
            details = {"factor": f"{factor:g}"}
            yield Written("decimal-shift", value * factor, moved, 0.3, local=True, details=details)
    yield from _neighbours(value, radius)
    yield from _misspelt(value, precision, exact=exact)


def _neighbours(value: Array, radius: Array) -> Iterator[Written]:
    for axis in range(value.ndim):
        for step in (1, -1):
            if value.shape[axis] > 1:
                moved = np.roll(value, step, axis), np.roll(radius, step, axis)
                details = {"axis": str(axis), "step": str(step)}
                yield Written("wrong-cell", *moved, 0.2, local=True, details=details)


def _misspelt(value: Array, precision: Precision, *, exact: bool) -> Iterator[Written]:
    """Digits swapped, one digit off, or cut instead of rounded, a cell at a time."""
    if value.size > 64 or not np.isfinite(value).all():
        return
    texts = [f"{cell:g}" if exact else precision.text(float(cell)) for cell in value.ravel()]
    zero = np.zeros_like(value)
    if not exact:
        unit = 2 * precision.half_unit(value)
        cut = np.trunc(value / np.where(unit > 0, unit, 1)) * unit
        yield Written("truncated", cut, zero, 0.4, local=True)
    swapped = [_swaps(text) for text in texts]
    for rank in range(max((len(one) for one in swapped), default=0)):
        cells = [one[rank] if rank < len(one) else np.nan for one in swapped]
        gives = np.array(cells).reshape(value.shape)
        yield Written("digits-swapped", gives, zero, 0.15 / max(1, rank + 1), local=True)
    offs = [_typos(text) for text in texts]
    count = max((len(one) for one in offs), default=0)
    for rank in range(count):
        cells = [one[rank] if rank < len(one) else np.nan for one in offs]
        gives = np.array(cells).reshape(value.shape)
        yield Written("typo", gives, zero, 0.1 / count, local=True)


def _swaps(text: str) -> list[float]:
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    found = []
    for first, second in pairwise(digits):
        if text[first] != text[second]:
            letters = list(text)
            letters[first], letters[second] = letters[second], letters[first]
            found.append(float("".join(letters)))
    return found


def _typos(text: str) -> list[float]:
    found = []
    for place, letter in enumerate(text):
        if letter.isdigit():
            for digit in "0123456789":
                if digit != letter:
                    found.append(float(text[:place] + digit + text[place + 1 :]))
    return found
