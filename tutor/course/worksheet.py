"""A lesson with its numbers: what every step is held against, and what its texts say."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import numpy as np

from tutor.course.lesson import CHOICE_KINDS, Lesson, Step
from tutor.course.texts import Shown, pieces
from tutor.course.wording import Text
from tutor.engine.formula import Formula, FormulaError, parse
from tutor.engine.precision import Array, Precision
from tutor.engine.rounding import bounded
from tutor.engine.spread import Bounded
from tutor.engine.value import Evaluation, evaluate
from tutor.engine.verdict import Target
from tutor.engine.working import array

EXACT_KINDS = CHOICE_KINDS | {"shape", "whole"}
"""Kinds whose answers are counted or chosen, so that nothing is rounded."""


@lru_cache(maxsize=4096)
def read(text: str, names: tuple[str, ...]) -> Formula:
    """A formula of a lesson, read once for all rounds."""
    return parse(text, names)


def exactly(value: Array) -> Bounded:
    """Numbers that nobody has rounded."""
    return Bounded.exactly(value)


class Worksheet:
    """A lesson with one set of numbers. Nothing in it changes; what is computed is kept.

    `drawn` replaces the stated values of givens; derived givens follow. Raises FormulaError
    where a given cannot be computed.
    """

    def __init__(self, lesson: Lesson, drawn: Mapping[str, Array] | None = None) -> None:
        """Compute the givens."""
        self.lesson = lesson
        self.places = {step.id: place for place, step in enumerate(lesson.steps)}
        self.givens: dict[str, Array] = {}
        for name, given in lesson.givens.items():
            if given.formula is not None:
                formula = read(given.formula, tuple(self.givens))
                self.givens[name] = evaluate(formula, self.givens)
            else:
                stated = given.value if drawn is None or name not in drawn else drawn[name]
                self.givens[name] = np.asarray(stated, dtype=np.float64)
        self._truths: dict[str, Bounded] = {}
        self._results: dict[str, Array] = {}

    def step(self, step_id: str) -> Step:
        """A step by its id."""
        return self.lesson.steps[self.places[step_id]]

    def precision(self, step: Step) -> Precision:
        """How precisely a step is to be worked."""
        return Precision(**self.lesson.precision(step))

    def named_before(self, step: Step) -> dict[str, Step]:
        """The earlier steps whose answers a step may use, by name."""
        before = self.lesson.steps[: self.places[step.id]]
        return {one.name: one for one in before if one.name is not None}

    def formula(self, step: Step) -> Formula:
        """The formula of a step over givens and earlier answers."""
        assert step.formula is not None
        return read(step.formula, (*self.givens, *self.named_before(step)))

    def truth(self, step: Step) -> Bounded:
        """The true value of a step and, per cell, its slack."""
        if step.id not in self._truths:
            self._truths[step.id] = self._truth(step)
        return self._truths[step.id]

    def _truth(self, step: Step) -> Bounded:
        if step.kind == "order":
            return exactly(np.argsort(self.shown_order(step)).astype(np.float64))
        return bounded(self.formula(step), self.names(step), self.precision(step))

    def result(self, step: Step) -> Array:
        """The true value of a step; its slack costs several times as much."""
        if step.id in self._truths:
            return self._truths[step.id].value
        if step.id not in self._results:
            if step.kind == "order":
                return self.truth(step).value
            evaluation = Evaluation(self.values(step))
            self._results[step.id] = evaluation.value(self.formula(step).root)
        return self._results[step.id]

    def values(self, step: Step) -> dict[str, Array]:
        """As `names`, without the slack."""
        earlier = self.named_before(step)
        used = self.formula(step).uses & set(earlier)
        return self.givens | {name: self.result(earlier[name]) for name in used}

    def names(self, step: Step) -> dict[str, Bounded]:
        """What a step's formula is worked on: givens, and the true answers of earlier steps."""
        earlier = self.named_before(step)
        names = {name: exactly(value) for name, value in self.givens.items()}
        for name in self.formula(step).uses & set(earlier):
            names[name] = self.as_written(earlier[name], self.truth(earlier[name]))
        return names

    def as_written(self, step: Step, result: Bounded) -> Bounded:
        """A result with the rounding that writing it down may add."""
        if step.kind in EXACT_KINDS:
            return exactly(result.value)
        return result.written(self.precision(step))

    def shape(self, step: Step) -> tuple[int, ...]:
        """The shape of a step's answer."""
        return self.truth(step).value.shape

    def target(self, step: Step, answers: Mapping[str, Array]) -> Target:
        """What an answer to a step is held against; `answers` are the learner's own, by step."""
        return Target(
            self.truth(step), self.precision(step), self.following(step, answers),
            exact=step.kind in EXACT_KINDS,
        )  # fmt: skip

    def following(self, step: Step, answers: Mapping[str, Array]) -> Bounded | None:
        """The value that follows from the learner's own earlier answers, if it is another."""
        names = self.own_names(step, answers)
        if names is None:
            return None
        try:
            result = bounded(self.formula(step), names, self.precision(step))
        except FormulaError:
            return None
        truth = self.truth(step).value
        finite = np.isfinite(result.value) | ~np.isfinite(truth)
        return result if result.value.shape == truth.shape and finite.all() else None

    def workings(
        self, step: Step, answers: Mapping[str, Array]
    ) -> Iterator[tuple[Formula, dict[str, Bounded]]]:
        """The formulas and numbers on which slips of a step are searched, the nearest first.

        The step itself on the true numbers and on the learner's own; then the step with the
        formulas of the earlier steps put into it, for slips that were made there and worked on.
        """
        formula = self.formula(step)
        yield formula, self.names(step)
        own = self.own_names(step, answers)
        if own is not None:
            yield formula, own
        if formula.uses & set(self.named_before(step)):
            givens = {name: exactly(value) for name, value in self.givens.items()}
            yield self.expanded(step), givens

    def expanded(self, step: Step) -> Formula:
        """The formula of a step over givens alone, earlier steps put in for their names."""
        earlier = self.named_before(step)
        used = sorted(self.formula(step).uses & set(earlier))
        parts = {name: self.expanded(earlier[name]).root for name in used}
        assert step.formula is not None
        return parse(step.formula, tuple(self.givens), parts)

    def other_results(self, step: Step) -> dict[str, Array]:
        """True answers of the other named steps, which may be copied by mistake."""
        return {
            one.name: self.result(one)
            for one in self.lesson.steps
            if one.name is not None and one.id != step.id
        }

    def own_names(self, step: Step, answers: Mapping[str, Array]) -> dict[str, Bounded] | None:
        """What a step's formula is worked on by this learner; None where it is the truth."""
        if step.kind == "order":
            return None
        names = self.names(step)
        earlier = self.named_before(step)
        own = {
            name: result
            for name in self.formula(step).uses & set(earlier)
            if (result := self._own(earlier[name], answers)) is not None
        }
        return {**names, **own} if own else None

    def _own(self, step: Step, answers: Mapping[str, Array]) -> Bounded | None:
        """The learner's own result of an earlier step, or what follows from those before it."""
        truth = self.truth(step)
        if step.id not in answers:
            result = self.following(step, answers)
            return None if result is None else self.as_written(step, result)
        own = answers[step.id]
        if not bearable(own, truth.value):
            return None
        return exactly(own) if step.kind in EXACT_KINDS else as_typed(own, self.precision(step))

    def shown_order(self, step: Step) -> list[int]:
        """The options in the order in which they are shown: mixed where an order is asked."""
        places = list(range(len(step.options)))
        if step.kind == "order":
            mixer = random.Random(f"{self.lesson.id}/{step.id}")
            while places == sorted(places):
                mixer.shuffle(places)
        return places

    def names_known(self, step: Step | None) -> dict[str, Array]:
        """Givens, and the true answers of the steps up to and including one."""
        known = dict(self.givens)
        if step is not None:
            known.update({name: self.result(one) for name, one in self.named_before(step).items()})
            if step.name is not None:
                known[step.name] = self.result(step)
        return known

    def words(self, text: Text, language: str, step: Step | None = None) -> str:
        """A text of the lesson with the values of the formulas in its braces."""
        return filled(text.in_language(language), lambda: self.names_known(step))


def filled(text: str, names: Callable[[], Mapping[str, Array]]) -> str:
    """A text with the values of the formulas in its braces; names are asked for where there are."""
    parts = pieces(text)
    return "".join(part if isinstance(part, str) else _value(part, names()) for part in parts)


def _value(part: Shown, names: Mapping[str, Array]) -> str:
    value = evaluate(read(part.formula, tuple(names)), names)
    if part.decimals is None:
        return array(value)
    return array_to(value, Precision(decimals=part.decimals))


def array_to(values: Array, precision: Precision) -> str:
    """An array as nested lists of numbers, each with the same precision."""
    if values.ndim == 0:
        return precision.text(float(values))
    return "[" + ", ".join(array_to(part, precision) for part in values) + "]"


def as_typed(own: Array, precision: Precision) -> Bounded:
    """A learner's own numbers, with what they may have been before they were written down.

    A tie is left out: it would have been another number as well.
    """
    return Bounded.within(own, precision.half_unit(own) * (1 - 1e-6))


def bearable(own: Array, truth: Array) -> bool:
    """Whether a learner's own answer can be worked on with.

    It must be finite, of the right shape, a distribution's cells in [0, 1] where the truth is
    a distribution, and not all 0 or all 1 (to make the rest easy) where the truth is not.
    """
    if own.shape != truth.shape or not np.isfinite(own[np.isfinite(truth)]).all():
        return False
    if is_distribution(truth) and (own.min() < 0 or own.max() > 1):
        return False
    degenerate = any((own == same).all() and not (truth == same).all() for same in (0, 1))
    return truth.size < 2 or not degenerate


def is_distribution(values: Array) -> bool:
    """Whether the rows of an array are probabilities that sum to 1."""
    if values.ndim == 0 or values.size == 0 or not np.isfinite(values).all():
        return False
    return bool(values.min() >= 0 and np.allclose(values.sum(axis=-1), 1))
