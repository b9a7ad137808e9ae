"""What the lab's pane offers to train: the experiments of a lesson, or one that stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.course.experiment import Lab
from tutor.course.round import Round
from tutor.course.worksheet import Worksheet
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
    changed: bool = False
    """Whether that is another experiment than is declared."""
    kept: Claim | None = None
    """The run to go on with when the first is begun."""
    place: int = 0
    variant: int | None = None
    turned: dict[str, str] = field(default_factory=dict)

    @property
    def lab(self) -> Lab:
        """The one that is chosen."""
        return self.labs[self.place]

    def base(self) -> Experiment:
        """The experiment as it is declared; raises ExperimentError for what cannot be trained."""
        if self.begun_with is not None:
            return self.begun_with
        given = {name: one.tolist() for name, one in self.numbers.items()}
        return experiment(self.lab, given, lesson=self.lesson)

    def of_variant(self, place: int) -> Experiment:
        """A variant as it is declared; where there are none, the experiment."""
        base = self.base()
        return varied(base, self.lab.variants[place].set) if self.lab.variants else base

    def experiment(self) -> Experiment:
        """What a child trains; raises ExperimentError for what it could not."""
        made = self.base()
        changes: dict[str, float | str | bool] = {}
        if self.variant is not None:
            changes |= self.lab.variants[self.variant].set
        changes |= {NEW_RUN[knob]: value for knob, value in self.turned.items()}
        return varied(made, changes)

    def title(self, language: str) -> str:
        """What is trained, with the variant that is chosen."""
        title = self.lab.title.in_language(language)
        if self.variant is None:
            return title
        variant = self.lab.variants[self.variant].title.in_language(language)
        return f"{title}：{variant}" if language == "zh" else f"{title}: {variant}"

    def next_lab(self) -> None:
        """Choose the next one, as it is declared."""
        self.place = (self.place + 1) % len(self.labs)
        self.variant, self.begun_with = None, None
        self.turned.clear()

    def next_variant(self) -> None:
        """Choose the next variant; after the last one the first."""
        following = 0 if self.variant is None else (self.variant + 1) % len(self.lab.variants)
        self.choose_variant(following)

    def choose_variant(self, place: int) -> None:
        """Choose one of the variants, as it is declared."""
        self.variant = place
        self.turned.clear()


def bench(round: Round) -> Bench:
    """The experiments of a lesson, with the numbers of a round."""
    return Bench(round.lesson.labs, round.lesson.id, round.sheet.givens)


def bench_of(chosen: Chosen) -> Bench:
    """One experiment, as a command has chosen and changed it."""
    lesson = chosen.found.lesson
    numbers = Worksheet(lesson).givens if lesson is not None else {}
    changed = chosen.experiment != chosen.found.experiment()
    return Bench(
        (chosen.found.lab,), numbers=numbers, begun_with=chosen.experiment, changed=changed,
        kept=chosen.run,
    )  # fmt: skip
