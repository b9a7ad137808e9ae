"""How a run stands, as one value: what the lines of a child have said so far."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tutor.training import protocol
from tutor.training.curves import Bin, Series
from tutor.training.experiments import Experiment

StateWord = Literal[
    "stopped", "starting", "training", "paused", "finished", "diverged", "failed", "missing-torch"
]

MOST_NUMBERS = 20


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: a key of the messages, and what belongs into its sentence."""

    code: str
    details: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a run stands, to be read as often as one likes.

    `curve` alone is shared: it goes on growing until `start` or `reset` begins a new one.
    """

    version: int = 0
    """Rises with every change."""
    state: StateWord = "stopped"
    experiment: Experiment | None = None
    run: int = 0
    """The id of the command that began what is shown."""
    ready: protocol.Ready | None = None
    step: int = 0
    until: int = 0
    epoch: int = 0
    """Whole passes over the training examples."""
    steps_per_second: float = 0.0
    learning_rate: float = 0.0
    pace: float = 0.0
    first_loss: float | None = None
    """Of the untrained model, on all training examples."""
    last_loss: float | None = None
    least_loss: float | None = None
    train_loss: float | None = None
    train_accuracy: float | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    evaluated_step: int = 0
    """The step at which the four above were measured."""
    curve: Series = field(default_factory=Series)
    """The loss of each step's batch; NaN where it was not finite or its line was lost."""
    numbers: tuple[protocol.Numbers, ...] = ()
    """The first steps of a lesson's own model, as torch computed them."""
    acknowledged: protocol.Done | None = None
    """The last command that took effect or was refused."""
    trouble: Trouble | None = None
    bad_lines: int = 0
    """Lines of this child that could not be read; they were passed over."""
    said: tuple[str, ...] = ()
    """The last lines that the child, or a library in it, printed."""

    def changed(self, **fields: Any) -> "Snapshot":
        """The snapshot after a change."""
        return replace(self, version=self.version + 1, **fields)


def begun(snapshot: Snapshot, experiment: Experiment, run: int) -> Snapshot:
    """The snapshot when a child has been asked to train an experiment."""
    return Snapshot(
        version=snapshot.version + 1,
        state="starting",
        experiment=experiment,
        run=run,
        until=experiment.steps,
        learning_rate=experiment.learning_rate,
        pace=experiment.pace,
        bad_lines=snapshot.bad_lines,
        said=snapshot.said,
    )


def heard(snapshot: Snapshot, line: protocol.AnyMessage) -> Snapshot:
    """The snapshot after a line about a run; what belongs to another run changes nothing."""
    match line:
        case protocol.Ready() if line.run >= snapshot.run:
            return _ready(snapshot, line)
        case protocol.Done():
            return snapshot.changed(acknowledged=line)
        case protocol.Metrics() if line.run == snapshot.run:
            return _measured(snapshot, line)
        case protocol.Evaluation() if line.run == snapshot.run:
            return snapshot.changed(
                train_loss=line.train_loss,
                train_accuracy=line.train_accuracy,
                validation_loss=line.validation_loss,
                validation_accuracy=line.validation_accuracy,
                evaluated_step=line.step,
            )
        case protocol.State() if line.run == snapshot.run:
            return _followed(snapshot, line)
        case protocol.Numbers() if line.run == snapshot.run:
            return snapshot.changed(numbers=(*snapshot.numbers, line)[:MOST_NUMBERS])
        case _:
            return snapshot


def _ready(snapshot: Snapshot, line: protocol.Ready) -> Snapshot:
    return snapshot.changed(
        run=line.run,
        ready=line,
        step=0,
        epoch=0,
        steps_per_second=0.0,
        first_loss=line.loss,
        last_loss=None,
        least_loss=None,
        curve=Series(),
        numbers=(),
        trouble=None,
    )


def _measured(snapshot: Snapshot, line: protocol.Metrics) -> Snapshot:
    bins = [Bin(*held, lost=0) for held in line.bins]
    count = len(line.losses) + sum(held.size for held in bins)
    curve = snapshot.curve
    missing = line.step - count - curve.count
    if count == 0 or missing < 0:
        return snapshot
    if missing:
        # A line was lost: the curve shows a hole, rather than later losses at earlier steps.
        curve.add(Bin(math.inf, -math.inf, 0.0, missing, missing))
    curve.extend(line.losses)
    for held in bins:
        curve.add(held)
    lows = [*line.losses, *(held.low for held in bins)]
    least = snapshot.least_loss
    return snapshot.changed(
        step=line.step,
        epoch=_epoch(snapshot, line.step),
        steps_per_second=line.steps_per_second if snapshot.state == "training" else 0.0,
        last_loss=line.last,
        least_loss=min(lows) if least is None else min(least, *lows),
    )


def _followed(snapshot: Snapshot, line: protocol.State) -> Snapshot:
    fields: dict[str, Any] = {}
    if line.state == "diverged":
        snapshot.curve.append(math.nan)
        fields["trouble"] = _divergence(line)
    if line.state != "training":
        fields["steps_per_second"] = 0.0
    return snapshot.changed(
        state=line.state,
        step=line.step,
        epoch=_epoch(snapshot, line.step),
        until=line.until,
        learning_rate=rate_of(line),
        pace=line.pace,
        **fields,
    )


def _divergence(line: protocol.State) -> Trouble:
    details: dict[str, str | int | float] = {
        "step": line.step,
        "learning_rate": rate_of(line),
    }
    if line.last_loss is None:
        return Trouble("lab.diverged-at-once", details)
    details["last_loss"] = line.last_loss
    if line.gradient_norm is None:
        return Trouble("lab.diverged-overflow", details)
    return Trouble("lab.diverged", {**details, "gradient_norm": line.gradient_norm})


def rate_of(line: protocol.State) -> float:
    """The learning rate among the knobs."""
    return float(line.knobs["learning_rate"])


def _epoch(snapshot: Snapshot, step: int) -> int:
    return step // snapshot.ready.batches_per_epoch if snapshot.ready is not None else 0
