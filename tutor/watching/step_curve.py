"""The curve of one tag over steps that rise by any amount, in bounded memory, every spike kept."""

import math
from array import array
from bisect import bisect_left
from itertools import pairwise

from tutor.training.curves import Bin, Column, folded, joined


class StepCurve:
    """Values at steps, in bins that merge in pairs as the run grows.

    As `training.curves.Series`, but a bin knows the step at which it begins: runs of others
    measure every hundredth step, or skip some. A step before the last one means that the run went
    on from an earlier state: what it had measured from there on is dropped, but for what shares a
    bin with an earlier step. Arrays and not lists, since there may be ten thousand curves: 48
    bytes a bin.
    """

    def __init__(self) -> None:
        """No value yet."""
        self.count = 0
        """Values that are in the curve."""
        self.last: float | None = None
        self.last_step = -math.inf
        self.went_back = 0
        """How often a step came that was before the last one."""
        self._width = 1
        self._steps = array("d")
        self._lows = array("d")
        self._highs = array("d")
        self._totals = array("d")
        self._sizes = array("q")
        self._lost = array("q")

    def __len__(self) -> int:
        """How many bins there are."""
        return len(self._steps)

    @property
    def first_step(self) -> float | None:
        """Where the curve begins."""
        return self._steps[0] if self._steps else None

    @property
    def low(self) -> float | None:
        """The smallest finite value."""
        least = min(self._lows, default=math.inf)
        return least if least != math.inf else None

    @property
    def high(self) -> float | None:
        """The largest finite value."""
        most = max(self._highs, default=-math.inf)
        return most if most != -math.inf else None

    def append(self, step: float, value: float, capacity: int) -> None:
        """Add a value; beyond `capacity` bins (at least 2) neighbours merge."""
        self.add(step, step, folded((value,)), value, capacity)

    def add(self, step: float, last_step: float, held: Bin, value: float, capacity: int) -> None:
        """Add values of consecutive steps as a bin; `value` is the last of them."""
        if step < self.last_step:
            self.went_back += 1
            self.drop_after(math.nextafter(step, -math.inf))
        self.count += held.size
        self.last, self.last_step = value, last_step
        if self._sizes and self._sizes[-1] + held.size <= self._width:
            last = len(self) - 1
            self._put(last, joined(self._bin(last), held))
        else:
            self._push(step, held)
            self.shrink(capacity)

    def drop_after(self, step: float) -> None:
        """Drop the values of later steps, but for what shares a bin with an earlier one."""
        if step >= self.last_step:
            return
        place = bisect_left(self._steps, math.nextafter(step, math.inf))
        self.count -= sum(self._sizes[place:])
        for part in self._parts:
            del part[place:]
        # What was last within a bin of several is not known any more.
        alone = len(self) > 0 and self._sizes[-1] == 1
        self.last_step = self._steps[-1] if alone else step
        self.last = self._totals[-1] if alone and not self._lost[-1] else None

    def shrink(self, capacity: int) -> None:
        """Merge neighbours until there are at most so many bins."""
        while len(self) > capacity:
            self._merge()

    def columns(
        self, width: int, first: float, last: float, smoothing: float = 0.0
    ) -> list[Column | None]:
        """What to draw in each of `width` columns from one step to another, both included.

        A bin is drawn where it begins; a column in which none begins is None. With `smoothing`
        (from 0 to below 1, the weight of the past) the mean is the exponential average of all
        values so far, freed of its bias towards the beginning; low and high stay the raw ones.
        """
        if width < 1:
            return []
        span = max(last - first, 1e-300)
        cuts = [
            bisect_left(self._steps, first + span * column / width) if column else 0
            for column in range(width)
        ]
        cuts.append(bisect_left(self._steps, math.nextafter(last, math.inf)))
        smoothed = self._smoothed(smoothing) if smoothing else None
        columns: list[Column | None] = []
        for start, end in pairwise(cuts):
            if start >= end:
                columns.append(None)
                continue
            one = self._column(start, end)
            columns.append(one if smoothed is None else one._replace(mean=smoothed[end - 1]))
        return columns

    def around(self, step: float) -> tuple[float, Bin] | None:
        """The bin that stands at a step or last before it, and the step at which it begins."""
        if not self._steps:
            return None
        place = max(bisect_left(self._steps, math.nextafter(step, math.inf)) - 1, 0)
        return self._steps[place], self._bin(place)

    def beside(self, step: float, way: int) -> float:
        """Where the next bin before (way -1) or after (1) a step begins; the step at the ends."""
        place = bisect_left(self._steps, step)
        if way < 0:
            return self._steps[place - 1] if place else step
        after = bisect_left(self._steps, math.nextafter(step, math.inf))
        return self._steps[after] if after < len(self) else step

    def _smoothed(self, weight: float) -> list[float]:
        means, total, known = [], 0.0, 0.0
        for place in range(len(self)):
            finite = self._sizes[place] - self._lost[place]
            if finite:
                kept: float = weight**finite
                total = kept * total + (1 - kept) * self._totals[place] / finite
                known = kept * known + (1 - kept)
            means.append(total / known if known else math.nan)
        return means

    def _column(self, first: int, end: int) -> Column:
        lost = sum(self._lost[first:end])
        finite = sum(self._sizes[first:end]) - lost
        if finite == 0:
            return Column(math.nan, math.nan, math.nan, lost)
        low, high = min(self._lows[first:end]), max(self._highs[first:end])
        # Rounding must not put the mean outside of the band.
        mean = min(max(sum(self._totals[first:end]) / finite, low), high)
        return Column(low, high, mean, lost)

    def _bin(self, place: int) -> Bin:
        return Bin(
            self._lows[place],
            self._highs[place],
            self._totals[place],
            self._sizes[place],
            self._lost[place],
        )

    def _put(self, place: int, held: Bin) -> None:
        self._lows[place], self._highs[place] = held.low, held.high
        self._totals[place] = held.total
        self._sizes[place], self._lost[place] = held.size, held.lost

    def _push(self, step: float, held: Bin) -> None:
        self._steps.append(step)
        self._lows.append(held.low)
        self._highs.append(held.high)
        self._totals.append(held.total)
        self._sizes.append(held.size)
        self._lost.append(held.lost)

    @property
    def _parts(self) -> tuple["array[float] | array[int]", ...]:
        return (self._steps, self._lows, self._highs, self._totals, self._sizes, self._lost)

    def _merge(self) -> None:
        """Halve the bins: neighbours become one where both are small."""
        self._width *= 2
        old = [(step, self._bin(place)) for place, step in enumerate(self._steps)]
        for part in self._parts:
            del part[:]
        alone: tuple[float, Bin] | None = None
        for step, held in old:
            if alone is None:
                alone = step, held
            elif alone[1].size + held.size <= self._width:
                self._push(alone[0], joined(alone[1], held))
                alone = None
            else:
                self._push(*alone)
                alone = step, held
        if alone is not None:
            self._push(*alone)
