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
MOST_MARKS = 64
MOST_EVALUATIONS = 512


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: a key of the messages, and what belongs into its sentence."""

    code: str
    details: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """A knob that was turned while the run went on; it acts after `step` updates."""

    step: int
    knob: str
    value: float | str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a run stands, to be read as often as one likes.

    `curve` alone is shared: it goes on growing until `start`, `reset` or `rewind` begins a new one.
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
    knobs: protocol.Knobs = field(default_factory=dict)
    """As they stand, by name: those of the protocol's `state`."""
    marks: tuple[Mark, ...] = ()
    """The knobs that were turned in this run, the oldest first."""
    pace: float = 0.0
    start: int = 0
    """The step at which the curve begins: 0, or where the run was rewound or taken up again."""
    first_loss: float | None = None
    """Of the model as it began, on all training examples."""
    last_loss: float | None = None
    least_loss: float | None = None
    train_loss: float | None = None
    train_accuracy: float | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    evaluated_step: int = 0
    """The step at which the four above were measured."""
    evaluations: tuple[protocol.Evaluation, ...] = ()
    """All of them, or every other one when there are many; the last is there always."""
    curve: Series = field(default_factory=Series)
    """The loss of each step's batch; NaN where it was not finite or its line was lost."""
    numbers: tuple[protocol.Numbers, ...] = ()
    """The first steps of a lesson's own model, as torch computed them."""
    layers: protocol.Layers | None = None
    picture: protocol.Picture | None = None
    board: protocol.Board | None = None
    """What was looked at last."""
    acknowledged: protocol.Done | None = None
    """The last command that took effect or was refused."""
    trouble: Trouble | None = None
    warning: Trouble | None = None
    """What does not work beside the training, which goes on."""
    bad_lines: int = 0
    """Lines of this child that could not be read; they were passed over."""
    said: tuple[str, ...] = ()
    """The last lines that the child, or a library in it, printed."""

    @property
    def learning_rate(self) -> float:
        """The knob of that name; 0 before anything is trained."""
        return float(self.knobs.get("learning_rate", 0.0))

    def noticing(self, warning: Trouble) -> "Snapshot":
        """The same snapshot with a warning of the one who watches."""
        return replace(self, warning=warning)

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
        knobs=knobs(experiment),
        pace=experiment.pace,
        bad_lines=snapshot.bad_lines,
        said=snapshot.said,
    )


def knobs(experiment: Experiment) -> protocol.Knobs:
    """The knobs of an experiment as its run begins."""
    return {
        "learning_rate": experiment.learning_rate,
        "momentum": experiment.optimiser.momentum,
        "weight_decay": experiment.optimiser.weight_decay,
        "temperature": experiment.temperature,
        "batch": experiment.batch,
        "optimiser": experiment.optimiser.kind,
    }


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
            return _evaluated(snapshot, line)
        case protocol.State() if line.run == snapshot.run:
            return _followed(snapshot, line)
        case protocol.Numbers() if line.run == snapshot.run:
            return snapshot.changed(numbers=(*snapshot.numbers, line)[:MOST_NUMBERS])
        case protocol.Layers() if line.run == snapshot.run:
            return snapshot.changed(layers=line)
        case protocol.Picture() if line.run == snapshot.run:
            return snapshot.changed(picture=line)
        case protocol.Board() if line.run == snapshot.run:
            return snapshot.changed(board=line)
        case protocol.Trouble():
            return snapshot.changed(warning=Trouble(f"lab.{line.code}", {"reason": line.text}))
        case _:
            return snapshot


def _ready(snapshot: Snapshot, line: protocol.Ready) -> Snapshot:
    return snapshot.changed(
        run=line.run,
        ready=line,
        step=line.step,
        start=line.step,
        epoch=line.step // line.batches_per_epoch,
        steps_per_second=0.0,
        marks=(),
        first_loss=line.loss,
        last_loss=None,
        least_loss=None,
        evaluations=(),
        curve=Series(),
        numbers=(),
        layers=None,
        picture=None,
        board=None,
        trouble=None,
        warning=None,
    )


def _evaluated(snapshot: Snapshot, line: protocol.Evaluation) -> Snapshot:
    evaluations = (*snapshot.evaluations, line)
    if len(evaluations) > MOST_EVALUATIONS:
        evaluations = (*evaluations[:-1:2], line)
    return snapshot.changed(
        train_loss=line.train_loss,
        train_accuracy=line.train_accuracy,
        validation_loss=line.validation_loss,
        validation_accuracy=line.validation_accuracy,
        evaluated_step=line.step,
        evaluations=evaluations,
    )


def _measured(snapshot: Snapshot, line: protocol.Metrics) -> Snapshot:
    bins = [Bin(*held, lost=0) for held in line.bins]
    count = len(line.losses) + sum(held.size for held in bins)
    curve = snapshot.curve
    missing = line.step - count - curve.count - snapshot.start
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
        knobs=line.knobs,
        marks=_marked(snapshot, line),
        pace=line.pace,
        **fields,
    )


def _marked(snapshot: Snapshot, line: protocol.State) -> tuple[Mark, ...]:
    """The marks with the knobs that this line shows turned; none where a run begins."""
    if line.step == snapshot.start:
        return snapshot.marks
    turned = tuple(
        Mark(line.step, knob, value)
        for knob, value in line.knobs.items()
        if snapshot.knobs.get(knob, value) != value
    )
    return (*snapshot.marks, *turned)[-MOST_MARKS:]


def _divergence(line: protocol.State) -> Trouble:
    details: dict[str, str | int | float] = {
        "step": line.step,
        "learning_rate": float(line.knobs["learning_rate"]),
    }
    if line.last_loss is None:
        return Trouble("lab.diverged-at-once", details)
    details["last_loss"] = line.last_loss
    if line.gradient_norm is None:
        return Trouble("lab.diverged-overflow", details)
    return Trouble("lab.diverged", {**details, "gradient_norm": line.gradient_norm})


def _epoch(snapshot: Snapshot, step: int) -> int:
    return step // snapshot.ready.batches_per_epoch if snapshot.ready is not None else 0
