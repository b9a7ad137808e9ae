"""Dots in character cells: braille, two across and four down, or one plain character a cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille character, from the top, left and right."""


def column_bits(side: int) -> tuple[int, ...]:
    """The braille bits of four dots one above the other; the lowest dot is the lowest bit."""
    return tuple(
        sum(DOTS[3 - dot][side] for dot in range(4) if dots >> dot & 1) for dots in range(16)
    )


LEFT, RIGHT = column_bits(0), column_bits(1)
BRAILLE = (" ", *(chr(0x2800 + bits) for bits in range(1, 256)))
"""The character of each set of dots; a blank for none."""


@dataclass(frozen=True, slots=True)
class Grain:
    """How many dots a character cell has."""

    across: int
    down: int


BRAILLE_GRAIN = Grain(2, 4)
ASCII_GRAIN = Grain(1, 1)


def span(first: int, last: int) -> int:
    """The dots of a column from one height to another, both included, as bits."""
    low, high = (first, last) if first <= last else (last, first)
    return ((1 << (high - low + 1)) - 1) << low


def line(points: Sequence[tuple[int, int]], width: int) -> list[int]:
    """The dots of an unbroken line through points with growing places, column by column."""
    columns = [0] * width
    if not points:
        return columns
    last_place, last_height = points[0]
    columns[last_place] = 1 << last_height
    for place, height in points:
        distance = place - last_place
        before = last_height
        for step in range(1, distance + 1):
            now = last_height + round((height - last_height) * step / distance)
            # A steep line begins one dot on, so that it is a stroke and no staircase of blocks.
            start = before + (now > before) - (now < before)
            columns[last_place + step] = span(start, now)
            before = now
        last_place, last_height = place, height
    return columns


def dotted(bands: Iterable[tuple[int, int, int]], width: int, high: int) -> list[int]:
    """Every other dot of bands, given as place, lowest and highest dot, column by column."""
    checker = int("01" * (high // 2 + 1), 2)
    columns = [0] * width
    for place, low, top in bands:
        columns[place] = span(low, top) & checker << (place & 1)
    return columns


def cells(columns: Sequence[int], row: int, grain: Grain) -> list[int]:
    """The dots of one row of cells (0 is the lowest), as braille bits or as 0 and 1."""
    shift = row * grain.down
    if not reduce(or_, columns) >> shift & (1 << grain.down) - 1:
        return [0] * (len(columns) // grain.across)
    if grain.across == 1:
        return [column >> row & 1 for column in columns]
    return [
        LEFT[columns[place] >> shift & 15] | RIGHT[columns[place + 1] >> shift & 15]
        for place in range(0, len(columns), 2)
    ]
