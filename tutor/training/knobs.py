"""The knobs that act at the next step: what they stand at, and what they may be turned to."""

from collections.abc import Mapping
from typing import get_args

import msgspec

from tutor.course.experiment import OptimiserKind
from tutor.training.experiments import (
    LARGEST_BATCH,
    LARGEST_RATE,
    LARGEST_TEMPERATURE,
    Experiment,
)
from tutor.training.fits import losses

LIMITS: Mapping[str, tuple[float, float]] = {
    "learning_rate": (0, LARGEST_RATE),
    "momentum": (0, 0.9999),
    "weight_decay": (0, LARGEST_RATE),
    "temperature": (1e-6, LARGEST_TEMPERATURE),
    "batch": (1, LARGEST_BATCH),
}

Standing = dict[str, float | str]
"""What each knob stands at."""


def knobs_of(made: Experiment) -> Standing:
    """As an experiment begins."""
    return {
        "learning_rate": made.learning_rate,
        "momentum": made.optimiser.momentum,
        "weight_decay": made.optimiser.weight_decay,
        "temperature": made.temperature,
        "batch": float(made.batch),
        "optimiser": made.optimiser.kind,
    }


def with_knobs(made: Experiment, knobs: Mapping[str, float | str]) -> Experiment:
    """The experiment as it would be declared if it began with these."""
    fields = msgspec.to_builtins(made) | {
        name: knobs[name] for name in ("learning_rate", "temperature")
    }
    fields["batch"] = int(knobs["batch"])
    fields["optimiser"] = {
        "kind": knobs["optimiser"],
        "momentum": knobs["momentum"],
        "weight_decay": knobs["weight_decay"],
    }
    return msgspec.convert(fields, Experiment)


def turned(made: Experiment, knob: str, value: float | str) -> float | str | None:
    """The value as it will stand; None where an experiment cannot be trained with it.

    Raises KeyError for what is no knob of this experiment.
    """
    if knob == "optimiser":
        return value if value in get_args(OptimiserKind) else None
    low, high = LIMITS[knob]
    if knob == "temperature" and "cross-entropy" not in losses(made.model, made.data):
        raise KeyError(knob)
    if isinstance(value, str) or not low <= value <= high:
        return None
    if knob == "batch" and value != int(value):
        return None
    return float(value)
