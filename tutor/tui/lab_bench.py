"""What the lab's pane offers to train: the experiments of a lesson, or one that stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.course.experiment import Lab
from tutor.course.round import Round
from tutor.engine.precision import Array
from tutor.training.catalog import Chosen
from tutor.training.experiments import Experiment, experiment, varied
from tutor.training.store import Claim

NEW_RUN = {"activation": "model.activation", "initial": "model.initial"}
"""Knobs that make another model, and the fields that they turn."""


@dataclass(slots=True)
class Bench:
    """Some experiments, which of them is chosen, and what was turned of its model."""

    labs: tuple[Lab, ...]
    lesson: str = ""
    """The lesson that they belong to, if any."""
    numbers: Mapping[str, Array] = field(default_factory=dict)
    begun_with: Experiment | None = None
    """What to train of the first, where a command has changed it."""
    kept: Claim | None = None
    """The run to go on with when the first is begun."""
    place: int = 0
    variant: int | None = None
    turned: dict[str, str] = field(default_factory=dict)

    @property
    def lab(self) -> Lab:
        """The one that is chosen."""
        return self.labs[self.place]

    def experiment(self) -> Experiment:
        """What a child trains; raises ExperimentError for what it could not."""
        if self.begun_with is not None:
            made = self.begun_with
        else:
            given = {name: one.tolist() for name, one in self.numbers.items()}
            made = experiment(self.lab, given, lesson=self.lesson)
        changes: dict[str, float | str | bool] = {}
        if self.variant is not None:
            changes |= self.lab.variants[self.variant].set
        changes |= {NEW_RUN[knob]: value for knob, value in self.turned.items()}
        return varied(made, changes)

    def next_lab(self) -> None:
        """Choose the next one, as it is declared."""
        self.place = (self.place + 1) % len(self.labs)
        self.variant, self.begun_with = None, None
        self.turned.clear()

    def next_variant(self) -> None:
        """Choose the next variant; after the last one the first."""
        self.variant = 0 if self.variant is None else (self.variant + 1) % len(self.lab.variants)
        self.turned.clear()


def bench(round: Round) -> Bench:
    """The experiments of a lesson, with the numbers of a round."""
    return Bench(round.lesson.labs, round.lesson.id, round.sheet.givens)


def bench_of(chosen: Chosen) -> Bench:
    """One experiment, as a command has chosen and changed it."""
    return Bench((chosen.found.lab,), begun_with=chosen.experiment, kept=chosen.run)
