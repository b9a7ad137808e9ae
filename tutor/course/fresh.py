"""One given drawn again: each of its cells from a range or a list, easy to compute with by hand."""

from __future__ import annotations

import random
from collections.abc import Container, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from tutor.course.lesson import Fresh, Given, Lesson
from tutor.course.worksheet import Worksheet, read
from tutor.engine.precision import Array


def drawn(
    lesson: Lesson, source: random.Random, names: Container[str] | None = None
) -> dict[str, Array]:
    """Fresh numbers for the givens that may have them (or for some of these), from a source."""
    return {
        name: _given(given, given.fresh, source)
        for name, given in lesson.givens.items()
        if given.fresh is not None and (names is None or name in names)
    }


def drawn_for(sheet: Worksheet, uses: Iterable[str]) -> frozenset[str]:
    """The givens on which names depend and that are drawn for fresh numbers."""
    givens = sheet.lesson.givens
    return frozenset(name for name in stated_for(sheet, uses) if givens[name].fresh is not None)


def stated_for(sheet: Worksheet, uses: Iterable[str]) -> frozenset[str]:
    """The givens on which names depend, themselves or through formulas, and that have a value."""
    lesson = sheet.lesson
    named = {step.name: step for step in lesson.steps if step.name is not None}
    found: set[str] = set()
    waiting = list(uses)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in named:
            waiting.extend(sheet.formula(named[name]).uses)
        elif (formula := lesson.givens[name].formula) is not None:
            waiting.extend(read(formula, tuple(lesson.givens)).uses)
    stated = {name for name, given in lesson.givens.items() if given.formula is None}
    return frozenset(found & stated)


def _given(given: Given, fresh: Fresh, source: random.Random) -> Array:
    stated = np.asarray(given.value, dtype=np.float64)
    cells = [_cell(fresh, source) for _ in range(stated.size)]
    return np.asarray(cells, dtype=np.float64).reshape(stated.shape)


def _cell(fresh: Fresh, source: random.Random) -> float:
    # `random()` is the one method whose values Python promises to keep from version to version.
    if fresh.choose is not None:
        return fresh.choose[int(source.random() * len(fresh.choose))]
    low, step, count = _range(fresh.low, fresh.high, fresh.step)
    return float(low + step * int(source.random() * count))


@lru_cache
def _range(*ends: float) -> tuple[Decimal, Decimal, int]:
    """The least number, the distance to the next, and how many there are."""
    low, high, step = (_decimal(end) for end in ends)
    return low, step, int((high - low) / step) + 1


def _decimal(value: Any) -> Decimal:
    """A number as it is written, so that 0.1 + 0.2 is drawn as 0.3."""
    return Decimal(repr(value))
