"""The curve of a run of any length in bounded memory, with every spike kept."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

CAPACITY = 2048
"""Bins kept. A merge leaves at least half: twice the dots of a braille plot 256 cells wide."""


class Bin(NamedTuple):
    """What is remembered of some consecutive values."""

    low: float
    high: float
    total: float
    size: int
    """How many values."""
    lost: int
    """How many of them were NaN or infinite; they are in nothing else."""


class Column(NamedTuple):
    """What is drawn in one column; low, high and mean are NaN where no value was finite."""

    low: float
    high: float
    mean: float
    lost: int


def folded(values: Sequence[float]) -> Bin:
    """One bin that holds all of some values."""
    total = sum(values)
    if math.isfinite(total):
        return Bin(min(values), max(values), total, len(values), 0)
    finite = [value for value in values if math.isfinite(value)]
    low, high = min(finite, default=math.inf), max(finite, default=-math.inf)
    return Bin(low, high, sum(finite), len(values), len(values) - len(finite))


def joined(first: Bin, second: Bin) -> Bin:
    """One bin that holds what two neighbours held."""
    return Bin(
        min(first.low, second.low),
        max(first.high, second.high),
        first.total + second.total,
        first.size + second.size,
        first.lost + second.lost,
    )


class Series:
    """The values of a run, one a step, in bins that merge in pairs as the run grows.

    The past never changes but by such a merge, and which values share a bin does not depend
    on how the values were split over the calls that brought them.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        """An empty series of at most `capacity` bins."""
        if capacity < 2:
            raise ValueError("a series needs two bins to merge")
        self.capacity = capacity
        self.count = 0
        self.last: float | None = None
        self._width = 1
        # One list a quantity, since a column is then a slice handed to min, max and sum.
        self._lows: list[float] = []
        self._highs: list[float] = []
        self._totals: list[float] = []
        self._sizes: list[int] = []
        self._lost: list[int] = []

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The bins as they stand, the oldest first."""
        parts = zip(self._lows, self._highs, self._totals, self._sizes, self._lost, strict=True)
        return tuple(Bin(*part) for part in parts)

    @property
    def low(self) -> float | None:
        """The smallest finite value of the whole run."""
        least = min(self._lows, default=math.inf)
        return least if least != math.inf else None

    @property
    def high(self) -> float | None:
        """The largest finite value of the whole run."""
        most = max(self._highs, default=-math.inf)
        return most if most != -math.inf else None

    def append(self, value: float) -> None:
        """Add the next value."""
        self.extend((value,))

    def extend(self, values: Sequence[float]) -> None:
        """Add the next values; whole bins at a time, so that millions are cheap."""
        position = 0
        while position < len(values):
            held = folded(values[position : position + (self._room() or self._width)])
            self.add(held)
            position += held.size
        if values:
            self.last = values[-1]

    def add(self, held: Bin) -> None:
        """Add the next values as a bin that was made elsewhere; `last` stays as it was."""
        self.count += held.size
        if held.size <= self._room():
            held = joined(self._pop(), held)
        self._push(held)
        while len(self._sizes) > self.capacity:
            self._merge()

    def columns(self, width: int, span: int | None = None) -> list[Column | None]:
        """What to draw in each of `width` columns that together stand for `span` values.

        `span` is the length of the run when not given, and never less. A bin is drawn where it
        begins; a column in which none begins is None, to be bridged by the one who draws.
        """
        span = max(span or 0, self.count, 1)
        begins = list(accumulate(self._sizes, initial=0))[:-1]
        # Whole-number arithmetic: the first value that belongs to column c is ceil(c span / width).
        cuts = [bisect_left(begins, -(-column * span // width)) for column in range(width + 1)]
        return [self._column(first, end) if first < end else None for first, end in pairwise(cuts)]

    def at(self, index: int) -> tuple[int, Bin]:
        """Where the bin of a value begins, and the bin; raises IndexError beyond the series."""
        if not 0 <= index < self.count:
            raise IndexError(index)
        begins = list(accumulate(self._sizes, initial=0))
        place = bisect_right(begins, index) - 1
        return begins[place], self._bin(place)

    def _bin(self, place: int) -> Bin:
        return Bin(
            self._lows[place],
            self._highs[place],
            self._totals[place],
            self._sizes[place],
            self._lost[place],
        )

    def _column(self, first: int, end: int) -> Column:
        lost = sum(self._lost[first:end])
        finite = sum(self._sizes[first:end]) - lost
        if finite == 0:
            return Column(math.nan, math.nan, math.nan, lost)
        low, high = min(self._lows[first:end]), max(self._highs[first:end])
        # Rounding must not put the mean outside of the band.
        mean = min(max(sum(self._totals[first:end]) / finite, low), high)
        return Column(low, high, mean, lost)

    def _room(self) -> int:
        """How many more values belong into the last bin."""
        return max(self._width - self._sizes[-1], 0) if self._sizes else 0

    def _push(self, held: Bin) -> None:
        self._lows.append(held.low)
        self._highs.append(held.high)
        self._totals.append(held.total)
        self._sizes.append(held.size)
        self._lost.append(held.lost)

    def _pop(self) -> Bin:
        return Bin(
            self._lows.pop(),
            self._highs.pop(),
            self._totals.pop(),
            self._sizes.pop(),
            self._lost.pop(),
        )

    def _merge(self) -> None:
        """Halve the bins: neighbours become one where both are small."""
        self._width *= 2
        merged: list[Bin] = []
        alone: Bin | None = None
        for held in self.bins:
            if alone is None:
                alone = held
            elif alone.size + held.size <= self._width:
                merged.append(joined(alone, held))
                alone = None
            else:
                merged.append(alone)
                alone = held
        if alone is not None:
            merged.append(alone)
        for part in (self._lows, self._highs, self._totals, self._sizes, self._lost):
            part.clear()
        for held in merged:
            self._push(held)
