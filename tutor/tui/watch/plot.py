"""A tag of the runs that are watched, as a plot shows it, and what stands at its cursor."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tutor.messages import say
from tutor.tui.plot.curves import PlotData, PlotSeries
from tutor.tui.plot.scale import count_text, short
from tutor.watching.reading import Reading
from tutor.watching.step_curve import StepCurve

SMOOTHINGS = (0.0, 0.6, 0.9, 0.99)
"""Weights of the past, from none."""
DIGITS = 7
"""Of a value that is read: as many as a float of 32 bits has."""


def short_names(readings: Sequence[Reading]) -> list[str]:
    """The names of runs without the folders that all of them share."""
    parted = [one.name.split("/") for one in readings]
    most = min(map(len, parted)) - 1 if len(parted) > 1 else 0
    shared = 0
    while shared < most and len({parts[shared] for parts in parted}) == 1:
        shared += 1
    return ["/".join(parts[shared:]) for parts in parted]


def curves_of(readings: Sequence[Reading], tag: str | None) -> list[tuple[str, StepCurve]]:
    """The curves of a tag, each with the name of its run; runs without it have none."""
    named = zip(short_names(readings), readings, strict=True)
    found = ((name, reading.curves.get(tag or "")) for name, reading in named)
    return [(name, curve) for name, curve in found if curve is not None and len(curve)]


def span_of(curves: Sequence[tuple[str, StepCurve]]) -> tuple[float, float]:
    """The first and the last step of any of some curves."""
    first = min((curve.first_step or 0.0 for _, curve in curves), default=0.0)
    return first, max((curve.last_step for _, curve in curves), default=first)


def plot_data(
    curves: Sequence[tuple[str, StepCurve]],
    dots: int,
    *,
    log: bool,
    smoothing: float,
    cursor: float | None,
    x_name: str | None,
    language: str,
) -> PlotData:
    """What the plot draws, with so many columns of dots."""
    first, last = span_of(curves)
    return PlotData(
        series=tuple(
            PlotSeries(name, curve.columns(dots, first, last, smoothing), finite(curve.last))
            for name, curve in curves
        ),
        x_first=first,
        x_last=last,
        log=log,
        x_name=x_name or say("lab.axis-step", language),
        cursor=cursor,
    )


def finite(value: float | None) -> float | None:
    """A value that can be drawn, else None."""
    return value if value is not None and math.isfinite(value) else None


def moved(
    curves: Sequence[tuple[str, StepCurve]], cursor: float | None, way: int, cells: int
) -> float | None:
    """Where the cursor goes: by a cell of the plot, of which there are some, or to the next value.

    `cells` is 0 for the next value. It stands where the first of the curves has one.
    """
    if not curves:
        return None
    _, curve = curves[0]
    first, last = span_of(curves)
    if cursor is None:
        found = curve.around(last)
        return found[0] if found else None
    if cells:
        found = curve.around(cursor + way * (last - first) / cells)
        if found is not None and (found[0] - cursor) * way > 0:
            return found[0]
    return curve.beside(cursor, way)


def read_at(curve: StepCurve, cursor: float | None, language: str) -> str:
    """What a curve says at the cursor, or last."""
    if cursor is None:
        value = "-" if curve.last is None else short(curve.last, DIGITS)
        return say("watch.last", language, value=value, step=count_text(curve.last_step))
    found = curve.around(cursor)
    if found is None or cursor < found[0]:
        return say("watch.not-here", language)
    step, held = found
    values = {"step": f"{step:.10g}"}
    finite_values = held.size - held.lost
    if held.size == 1:
        value = short(held.total, DIGITS) if finite_values else "NaN"
        return say("watch.at-step", language, value=value, **values)
    lost = say("watch.at-lost", language, lost=held.lost) if held.lost else ""
    if not finite_values:
        return say("watch.at-step", language, value=lost, **values)
    words = say(
        "watch.at-steps", language, low=short(held.low, DIGITS), high=short(held.high, DIGITS),
        mean=short(held.total / finite_values, DIGITS), count=held.size, **values,
    )  # fmt: skip
    return f"{words}, {lost}" if lost else words
