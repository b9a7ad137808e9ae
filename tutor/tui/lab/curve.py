"""The loss curve of a run as a plot shows it, over the runs before it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tutor.messages import say
from tutor.training.kept import differences
from tutor.training.protocol import Evaluation
from tutor.training.snapshot import Snapshot
from tutor.tui.lab.knobs import rung, spelled
from tutor.tui.plot.curves import Column, PlotData, PlotSeries
from tutor.tui.plot.scale import short

SHORTEST = 20
"""Steps that the axis is long at least, so that the first few do not fill it."""
MOST_CURVES = 4


def length(step: int, until: int) -> int:
    """How many steps the axis is long: a round number, so that it seldom moves."""
    steps = SHORTEST
    while steps < step:
        steps = round(rung(steps, 1))
    return until if 0 < until < steps and step <= until else steps


def plot_data(
    snapshot: Snapshot,
    dots: int,
    *,
    kept: Sequence[Snapshot] = (),
    log: bool = False,
    cursor: int | None = None,
    levels: tuple[tuple[str, float], ...] = (),
    language: str,
) -> PlotData:
    """What the plot draws, with so many columns of dots."""
    runs = (*kept, snapshot)
    ends = [one.start + one.curve.count for one in runs]
    span = max(length(snapshot.step, snapshot.until), *ends)
    names = run_names(runs, language)
    name = names[-1] if kept else say("lab.pane-train", language)
    series = [PlotSeries(name, columns(snapshot, dots, span), snapshot.last_loss)]
    room = len(runs) < MOST_CURVES
    if room and any(one.validation_loss is not None for one in snapshot.evaluations):
        points = measured(snapshot.evaluations, dots, span)
        name = say("lab.pane-validation", language)
        series.append(PlotSeries(name, points, snapshot.validation_loss))
    for one, name in reversed(list(zip(kept, names[:-1], strict=True))):
        series.append(PlotSeries(name, columns(one, dots, span), one.last_loss))
    return PlotData(
        series=tuple(series[:MOST_CURVES]),
        x_last=span,
        log=log,
        title=say("lab.axis-loss", language),
        x_name=say("lab.axis-step", language),
        levels=levels,
        cursor=cursor,
        marks=tuple(mark.step for mark in snapshot.marks),
    )


def columns(run: Snapshot, dots: int, span: int) -> list[Column | None]:
    """The losses of a run in each of some columns that together stand for `span` steps."""
    before = run.start * dots // span
    drawn: list[Column | None] = [None] * before
    drawn += run.curve.columns(dots - before, span - run.start)
    return drawn


def measured(evaluations: Sequence[Evaluation], dots: int, span: int) -> list[Column | None]:
    """The last validation loss in each column."""
    drawn: list[Column | None] = [None] * dots
    for one in evaluations:
        loss = one.validation_loss
        if loss is not None and math.isfinite(loss):
            drawn[min(one.step * dots // span, dots - 1)] = (loss, loss, loss)
    return drawn


def run_names(runs: Sequence[Snapshot], language: str) -> list[str]:
    """What to call each of some runs: what differs in it."""
    if len(runs) < 2:
        return [say("lab.pane-train", language)] * len(runs)
    return [difference_name(one, language) for one in differences(tuple(runs))]


def difference_name(fields: Mapping[str, float | str | bool], language: str) -> str:
    """Some fields of an experiment in a few words."""
    return " ".join(_field(name, value, language) for name, value in fields.items()) or say(
        "lab.same-again", language
    )


def _field(name: str, value: float | str | bool, language: str) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = short(float(value)) if not float(value).is_integer() else f"{value:g}"
    return say(f"lab.field-{spelled(name)}", language, value=value)
