"""What a plot is given, and the same on the dots that it draws: merged, spread, on one axis."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tutor.tui.plot.scale import Scale, spanning, within_reach

FARTHEST_LEVEL = 2.0
"""A level this many spans of the values away from their middle does not stretch the axis."""

Column = tuple[float, ...]
"""Lowest, highest and mean value, and perhaps how many were not finite."""


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """One curve, a column a dot; None where nothing was measured, which the line bridges."""

    name: str
    columns: Sequence[Column | None]
    last: float | None = None
    """The very last value; the mean of the last column when not given."""


@dataclass(frozen=True, slots=True)
class PlotData:
    """What a plot shows: one series, or up to four, of which each has strokes of its own."""

    series: tuple[PlotSeries, ...] = ()
    x_first: float = 0
    x_last: float = 1
    log: bool = False
    title: str = ""
    x_name: str = ""
    levels: tuple[tuple[str, float], ...] = ()
    """Values to be drawn as dotted horizontals, such as the learner's guess, with their names."""
    cursor: float | None = None
    """The place on the axis below at which a dotted vertical stands."""
    marks: tuple[float, ...] = ()
    """Places on the axis below that are marked: something was changed there."""


class Curve(NamedTuple):
    """One series on its dots."""

    series: PlotSeries
    bands: list[tuple[float, float] | None]
    points: list[tuple[int, float]]
    """Places and means."""
    broken: list[int]
    """Places where values were not finite."""


def curve(series: PlotSeries, width: int) -> Curve:
    """A series on so many dots; more columns are merged, fewer are spread evenly."""
    count = len(series.columns)
    bands: list[tuple[float, float] | None] = [None] * width
    sums: dict[int, list[float]] = {}
    broken = set()
    for index, column in enumerate(series.columns):
        if column is None:
            continue
        if count < width:
            place = index * (width - 1) // max(count - 1, 1)
        else:
            place = index * width // count
        low, high, mean = column[:3]
        if (len(column) > 3 and column[3]) or not math.isfinite(mean):
            broken.add(place)
        if not math.isfinite(mean):
            continue
        sums.setdefault(place, []).append(within_reach(mean))
        low = within_reach(low) if math.isfinite(low) else within_reach(mean)
        high = within_reach(high) if math.isfinite(high) else within_reach(mean)
        band = bands[place]
        bands[place] = (min(low, band[0]), max(high, band[1])) if band else (low, high)
    points = [(place, math.fsum(means) / len(means)) for place, means in sums.items()]
    return Curve(series, bands, points, sorted(broken))


def lowest(one: Curve) -> tuple[int, float]:
    """Where the line of a curve is lowest, for the last time."""
    return min(reversed(one.points), key=lambda point: point[1])


def vertical(curves: Sequence[Curve], data: PlotData) -> Scale | None:
    """The axis for all curves, and for the levels unless they are far away."""
    values = [value for one in curves for band in one.bands if band for value in band]
    values += [mean for one in curves for _, mean in one.points]
    levels = [level for _, level in data.levels if math.isfinite(level)]
    log = data.log and all(value > 0 for value in values)
    scale = spanning(values, log=log)
    if scale is None:
        return None
    near = [
        level
        for level in levels
        if (level > 0 or not log) and -FARTHEST_LEVEL < scale.part(level) - 0.5 < FARTHEST_LEVEL
    ]
    return spanning(values + near, log=log)
