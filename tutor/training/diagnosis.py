"""What is wrong with a run, or remarkable, with the evidence for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tutor.training.experiments import Experiment
from tutor.training.snapshot import Snapshot

LONG_ENOUGH = 100
"""Steps before which a loss that does not move tells nothing."""
RISEN = 3.0
"""Times its first loss that a loss is at least, to be called divergent."""
NEAR = 0.03
"""Part of a level within which a loss is at it."""
NEAR_FLOOR = 0.05
"""The same for the lowest loss that there can be, which is only come near to."""
UNMOVED = 0.005
"""Part of the loss below which a change over the last part of a run is none."""
TINY = 0.02
"""A loss, and a part of the first loss, below which there is nothing left to gain."""
OVERFITTED = 1.1
"""Times its lowest that a validation loss is at least, to be called rising."""
LEAST_GAP = 0.02
DEAD = 0.5
"""Share of the ReLU units of a layer."""
VANISHED = 1e-3
"""Gradient of the first layer, as a part of the largest among the last."""
LEAST_DEPTH = 3
"""Layers below which gradients have no way to vanish on."""

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Something that is so: a word for it, and the numbers that show it."""

    code: str
    details: Mapping[str, Value] = field(default_factory=dict)


def diagnoses(run: Snapshot) -> tuple[Diagnosis, ...]:
    """Everything that is noticed of a run, what matters most first."""
    if run.experiment is None or run.ready is None:
        return ()
    if run.state == "diverged":
        return (_not_a_number(run),)
    if run.step - run.start < 1:
        return ()
    found = [*_divergence(run), *_vanishing(run), *_dead(run)]
    if not found or found[0].code != "divergence":
        found += _overfitting(run)
        found += _at_rest(run)
    return tuple(found)


def _not_a_number(run: Snapshot) -> Diagnosis:
    """The loss is no number any more: how large everything was the step before."""
    said = run.trouble.details if run.trouble is not None else {}
    # The knob may have been turned since.
    rate = said.get("learning_rate", run.learning_rate)
    details: dict[str, Value] = {"step": run.step, "learning_rate": rate}
    if "last_loss" not in said:
        return Diagnosis("nan-at-once", details)
    details["last_loss"] = said["last_loss"]
    if "gradient_norm" not in said:
        return Diagnosis("nan-overflow", details)
    return Diagnosis("nan", {**details, "gradient_norm": said["gradient_norm"]})


def _divergence(run: Snapshot) -> Iterator[Diagnosis]:
    """The loss has risen far above its first, and is not on its way back."""
    first, steps = run.first_loss, run.curve.count
    if first is None or first <= 0 or steps < 3:
        return
    part = max(steps // 5, 1)
    now, before = (
        mean_loss(run, steps - part, steps),
        mean_loss(run, steps - 2 * part, steps - part),
    )
    if now is not None and before is not None and now > RISEN * first and now >= 0.9 * before:
        yield Diagnosis(
            "divergence",
            {"first": first, "now": now, "times": now / first, "learning_rate": run.learning_rate,
             "half": run.learning_rate / 2},
        )  # fmt: skip


def _vanishing(run: Snapshot) -> Iterator[Diagnosis]:
    """Hardly any gradient comes through to the first layer."""
    layers = run.layers
    if layers is None or len(layers.names) < LEAST_DEPTH:
        return
    first, *_, last = layers.gradient_norms
    if first is not None and last and first < VANISHED * last:
        yield Diagnosis(
            "vanishing-gradient",
            {"first": first, "last": last, "part": first / last, "layer": layers.names[0],
             "last_layer": layers.names[-1], "step": layers.step},
        )  # fmt: skip


def _dead(run: Snapshot) -> Iterator[Diagnosis]:
    """Units that answer 0 to everything learn nothing any more."""
    if run.layers is None:
        return
    shares = [
        (share, name)
        for name, share in zip(run.layers.names, run.layers.dead, strict=True)
        if share is not None and share >= DEAD
    ]
    if shares:
        share, name = max(shares)
        yield Diagnosis("dead-relu", {"share": share, "layer": name, "step": run.layers.step})


def _overfitting(run: Snapshot) -> Iterator[Diagnosis]:
    """Validation has risen from its lowest, while the training loss went on falling."""
    both = [
        (one.step, one.train_loss, one.validation_loss)
        for one in run.evaluations
        if one.train_loss is not None and one.validation_loss is not None
    ]
    if len(both) < 2:
        return
    best_step, train_then, best = min(both, key=lambda one: one[2])
    step, train, validation = both[-1]
    after = sorted(one[2] for one in both if one[0] > best_step)
    risen = validation > max(OVERFITTED * best, best + LEAST_GAP)
    lasts = bool(after) and after[len(after) // 2] > (1 + OVERFITTED) / 2 * best
    if risen and lasts and train < 0.95 * train_then and train < validation:
        yield Diagnosis(
            "overfitting",
            {"step": best_step, "best": best, "now": validation, "train": train,
             "train_then": train_then, "last": step},
        )  # fmt: skip


def _at_rest(run: Snapshot) -> Iterator[Diagnosis]:
    """A loss that does not move: at chance, at the lowest that there is, or anywhere else."""
    since = max((mark.step for mark in run.marks), default=run.start)
    steps = run.step - since
    if steps < LONG_ENOUGH or run.curve.count < LONG_ENOUGH:
        return
    end, window = run.curve.count, max(steps // 3, LONG_ENOUGH // 2)
    now = mean_loss(run, end - window // 2, end)
    before = mean_loss(run, end - window, end - window // 2)
    whole = mean_loss(run, end - max(steps // 2, 1), end)
    if now is None or before is None or whole is None:
        return
    classes = run.ready.classes if run.ready is not None else 0
    chance = math.log(classes) if classes > 1 else None
    # Of a loss that falls the mean of a half run may be anything.
    unmoved = abs(before - now) <= UNMOVED * abs(now)
    if (
        chance is not None
        and abs(now - chance) < NEAR * chance
        and abs(whole - chance) < NEAR * chance
    ):
        yield Diagnosis(
            "chance", {"loss": now, "chance": chance, "classes": classes, "steps": steps}
        )
        return
    floor = floor_of(run.experiment, classes) if run.experiment is not None else None
    if floor is not None and now < (1 + NEAR_FLOOR) * floor:
        yield Diagnosis("floor", {"loss": now, "floor": floor, "classes": classes})
        return
    tiny = now < TINY or (run.first_loss is not None and now < TINY * run.first_loss)
    if unmoved and not tiny:
        yield Diagnosis(
            "plateau",
            {"loss": now, "change": before - now, "steps": window, "since": run.step - window},
        )


def floor_of(experiment: Experiment, classes: int) -> float | None:
    """The lowest loss that there can be, where it is known and not 0.

    A second softmax is given probabilities: at most 1 for the right class, 0 for the others.
    """
    if experiment.loss != "softmax-cross-entropy" or classes < 2:
        return None
    return math.log(math.e + classes - 1) - 1


def mean_loss(run: Snapshot, first: int, end: int) -> float | None:
    """The mean loss of steps from `first` to before `end` of the curve, as finely as it is kept."""
    total, count, place = 0.0, 0.0, 0
    for held in run.curve.bins:
        inside = min(end, place + held.size) - max(first, place)
        finite = held.size - held.lost
        if inside > 0 and finite:
            part = inside / held.size
            total, count = total + part * held.total, count + part * finite
        place += held.size
    return total / count if count else None
