"""Cells of an array as few regions: rows and columns, as one would say where they are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import product
from typing import TypeAlias

Region: TypeAlias = tuple[tuple[int, ...] | None, ...]
"""The indices along each axis, all of which meet; None is the whole axis."""

Places: TypeAlias = frozenset[tuple[int, ...]]


def regions(cells: Iterable[int], shape: tuple[int, ...]) -> tuple[Region, ...]:
    """Row-major cells of an array of this shape as regions; together they are just these cells."""
    return tuple(_covering(frozenset(_places(cells, shape)), shape))


def _places(cells: Iterable[int], shape: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    for cell in cells:
        place = []
        for size in reversed(shape):
            cell, at = divmod(cell, size)
            place.append(at)
        yield tuple(reversed(place))


def _covering(places: Places, shape: tuple[int, ...]) -> Iterable[Region]:
    if not places:
        return
    used = [tuple(sorted({place[axis] for place in places})) for axis in range(len(shape))]
    if math.prod(len(one) for one in used) == len(places) and places == frozenset(product(*used)):
        yield tuple(
            None if len(one) == size else one for one, size in zip(used, shape, strict=True)
        )
        return
    # What looks alike in several rows (or channels) is said of them together.
    alike: dict[Places, list[int]] = {}
    for first in used[0]:
        below = frozenset(place[1:] for place in places if place[0] == first)
        alike.setdefault(below, []).append(first)
    for below, firsts in alike.items():
        whole = None if len(firsts) == shape[0] else tuple(firsts)
        for region in _covering(below, shape[1:]):
            yield (whole, *region)


def runs(indices: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Rising indices as runs from a first to a last: (0, 1, 2, 5) is 0 to 2 and 5."""
    found: list[tuple[int, int]] = []
    for index in indices:
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return tuple(found)
