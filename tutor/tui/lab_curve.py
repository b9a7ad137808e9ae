"""The loss curve of a run as a plot shows it."""

from __future__ import annotations

from tutor.messages import say
from tutor.training.snapshot import Snapshot
from tutor.tui.lab_knobs import rung
from tutor.tui.plot_curves import PlotData, PlotSeries

MOST_POINTS = 512
SHORTEST = 20
"""Steps that the axis is long at least, so that the first few do not fill it."""


class Points:
    """A value now and then, such as the validation loss; thinned out when there are many."""

    def __init__(self) -> None:
        """None yet."""
        self.known: list[tuple[int, float]] = []

    def add(self, step: int, value: float | None) -> None:
        """Add the value of a step; an earlier step means that the run has begun again."""
        if self.known and step < self.known[-1][0]:
            self.known.clear()
        if value is None or (self.known and step == self.known[-1][0]):
            return
        self.known.append((step, value))
        if len(self.known) > MOST_POINTS:
            del self.known[1::2]

    def columns(self, width: int, span: int) -> list[tuple[float, ...] | None]:
        """The last value in each of some columns that together stand for `span` steps."""
        columns: list[tuple[float, ...] | None] = [None] * width
        for step, value in self.known:
            columns[min(step * width // span, width - 1)] = (value, value, value)
        return columns


def length(step: int, until: int) -> int:
    """How many steps the axis is long: a round number, so that it seldom moves."""
    steps = SHORTEST
    while steps < step:
        steps = round(rung(steps, 1))
    return until if 0 < until < steps and step <= until else steps


def plot_data(
    snapshot: Snapshot, validation: Points, dots: int, *, log: bool, language: str
) -> PlotData:
    """What the plot draws, with so many columns of dots."""
    span = length(snapshot.step, snapshot.until)
    curve = snapshot.curve.columns(dots, span)
    series = [PlotSeries(say("lab.pane-train", language), curve, snapshot.last_loss)]
    if validation.known:
        name = say("lab.pane-validation", language)
        points = validation.columns(dots, max(span, snapshot.curve.count))
        series.append(PlotSeries(name, points, validation.known[-1][1]))
    return PlotData(
        series=tuple(series),
        x_last=max(span, snapshot.curve.count),
        log=log,
        title=say("lab.axis-loss", language),
        x_name=say("lab.axis-step", language),
    )
