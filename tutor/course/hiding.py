"""Numbers that tell: with which numbers some slip of a step would be taken for the right answer?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

import numpy as np

from tutor.course.fresh import drawn, drawn_for
from tutor.course.lesson import CHOICE_KINDS, ZERO, Given, Lesson, Step
from tutor.course.worksheet import EXACT_KINDS, Worksheet, exactly
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.slips.hidden import Hidden, hidden_in_answer, hidden_in_formula, is_accepted
from tutor.engine.slips.suspects import Asked
from tutor.engine.spread import Bounded
from tutor.engine.value import Evaluation

VARIED = 8
"""Other sets of numbers that say whether a slip is one: each hides many by chance."""


class Shows(Enum):
    """With which numbers a slip gives another answer than the right one."""

    NEVER = "it is no slip: it gives the same with all numbers"
    TOO_SMALL = "with none: the difference is always within the slack"
    SOME = "with some numbers"


@dataclass(frozen=True, slots=True)
class Hides:
    """A slip of a step that would be accepted with some numbers."""

    step: str
    slip: str
    where: str


class Hiding:
    """What is known of the slips of one lesson; only its own numbers may hide what is excused."""

    _kept: ClassVar[dict[str, Hiding]] = {}

    @classmethod
    def of(cls, lesson: Lesson) -> Hiding:
        """The one of a lesson: which slips are none is found out once."""
        kept = cls._kept.get(lesson.id)
        if kept is None or kept.lesson is not lesson:
            kept = cls._kept[lesson.id] = cls(lesson)
        return kept

    def __init__(self, lesson: Lesson) -> None:
        """Find out nothing before it is needed."""
        self.lesson = lesson
        self._varied: list[Worksheet] | None = None
        self._drawn: tuple[Step, ...] | None = None
        self._latest: dict[str, tuple[object, tuple[Hidden, ...]]] = {}
        self._shows: dict[object, Shows] = {}
        self._worked: dict[tuple[str, int], Evaluation] = {}

    def first_in(self, sheet: Worksheet, often: Counter[str] | None = None) -> Hides | None:
        """A slip that fresh numbers hide. Excused is what no numbers would show.

        Steps of which no number is ever drawn again hide what they hide; the lesson check says so.
        Numbers are refused soonest at the steps that were refused most `often` before.
        """
        for step in sorted(
            self._drawn_steps(sheet), key=lambda step: -(often or Counter())[step.id]
        ):
            excused = {one.slip for one in step.excuse}
            for hides, shows in self._in_step(sheet, step):
                if shows is Shows.SOME or hides.slip not in excused:
                    return hides
        return None

    def _drawn_steps(self, sheet: Worksheet) -> tuple[Step, ...]:
        """The steps whose answers are numbers that are due to drawn ones."""
        if self._drawn is None:
            self._drawn = tuple(
                step
                for step in self.lesson.steps
                if step.kind not in CHOICE_KINDS and drawn_for(sheet, sheet.formula(step).uses)
            )
        return self._drawn

    def all_in(self, sheet: Worksheet) -> Iterator[Hides]:
        """Every slip that numbers hide, excused or not."""
        for step in self.lesson.steps:
            if step.kind not in CHOICE_KINDS:
                yield from (hides for hides, _ in self._in_step(sheet, step))

    def _in_step(self, sheet: Worksheet, step: Step) -> Iterator[tuple[Hides, Shows]]:
        right = sheet.truth(step)
        asked = _asked_of(sheet, step)
        is_zero = step.kind not in EXACT_KINDS and not right.value.any()
        if is_zero and not all(not one.result(step).any() for one in self._variations()):
            yield Hides(step.id, ZERO, ""), Shows.SOME
        for one in self._hidden(asked, right, step):
            # Of an answer 0 everything that is done to it is hidden; that is said already.
            if is_zero and one.root is None:
                continue
            shows = self._shows_with(step, one)
            if shows is not Shows.NEVER:
                yield Hides(step.id, one.slip, one.where), shows

    def _hidden(self, asked: Asked, right: Bounded, step: Step) -> Iterator[Hidden]:
        yield from self._in_formula(asked, right, step)
        yield from hidden_in_answer(asked, right)

    def _in_formula(self, asked: Asked, right: Bounded, step: Step) -> tuple[Hidden, ...]:
        """As `hidden_in_formula`; kept while other numbers of the lesson are drawn again."""
        used = {asked.names[name].value.shape for name in asked.formula.uses}
        matter = (
            right.low.tobytes(),
            right.high.tobytes(),
            *(
                (name, one.value.shape, one.value.tobytes())
                for name, one in asked.names.items()
                if one.value.shape in used
            ),
        )
        kept = self._latest.get(step.id)
        if kept is None or kept[0] != matter:
            kept = self._latest[step.id] = (matter, hidden_in_formula(asked, right))
        return kept[1]

    def _shows_with(self, step: Step, one: Hidden) -> Shows:
        # The trees of a plan are the same for many numbers, and quicker found than their words.
        near = (step.id, one.slip, one.root, one.place)
        if near not in self._shows:
            key = (step.id, one.key)
            if key not in self._shows:
                self._shows[key] = self._compared(step, one)
            self._shows[near] = self._shows[key]
        return self._shows[near]

    def _compared(self, step: Step, one: Hidden) -> Shows:
        shows = Shows.NEVER
        for place, sheet in enumerate(self._variations()):
            try:
                truth = sheet.result(step)
                gives = self._gives(step, one, place)
                if not np.isfinite(truth).all():
                    continue
                if gives.shape != truth.shape:
                    return Shows.SOME
                if not _same(gives, truth):
                    shows = Shows.TOO_SMALL
                    if not is_accepted(gives, sheet.truth(step), _asked_of(sheet, step)).all():
                        return Shows.SOME
            except FormulaError:
                continue
        return shows

    def _gives(self, step: Step, one: Hidden, place: int) -> Array:
        """What a slip gives with one of the varied sets of numbers."""
        sheet = self._variations()[place]
        if (step.id, place) not in self._worked:
            self._worked[step.id, place] = Evaluation(sheet.values(step))
        right = exactly(sheet.result(step))
        return one.gives(self._worked[step.id, place], _asked_of(sheet, step), right)

    def _variations(self) -> list[Worksheet]:
        """The lesson as it is, and with other numbers: drawn, and stated ones changed a little."""
        if self._varied is None:
            source = random.Random(f"{self.lesson.id}/varied")
            loose = [name for name in self.lesson.givens if self._is_loose(name, source)]
            self._varied = [Worksheet(self.lesson)]
            for _ in range(VARIED):
                numbers = drawn(self.lesson, source)
                numbers |= {name: _shaken(self.lesson.givens[name], source) for name in loose}
                try:
                    self._varied.append(Worksheet(self.lesson, numbers))
                except FormulaError:
                    continue
        return self._varied

    def _is_loose(self, name: str, source: random.Random) -> bool:
        """Whether a given that is never drawn again can be another: no index, no size."""
        given = self.lesson.givens[name]
        if given.fresh is not None or given.formula is not None:
            return False
        try:
            sheet = Worksheet(self.lesson, {name: _shaken(given, source)})
            for step in self.lesson.steps:
                sheet.result(step)
        except FormulaError:
            return False
        return True


def _same(gives: Array, truth: Array) -> bool:
    """Whether two ways to work something out differ by the noise of floats only."""
    size = float(np.abs(truth).max(initial=0.0))
    return bool(np.allclose(gives, truth, rtol=1e-9, atol=1e-9 * size))


def _shaken(given: Given, source: random.Random) -> Array:
    """Stated numbers, each changed a little; whole numbers stay whole."""
    stated = np.asarray(given.value, dtype=np.float64)
    shares = np.asarray([source.random() for _ in range(stated.size)]).reshape(stated.shape)
    if (stated == np.rint(stated)).all():
        return np.asarray(stated + np.floor(3 * shares))
    return np.asarray(stated * (0.8 + 0.4 * shares))


def _asked_of(sheet: Worksheet, step: Step) -> Asked:
    """A step with its numbers, as slips need it; how they were rounded does not matter here."""
    names = {name: exactly(value) for name, value in sheet.values(step).items()}
    others = {
        one.name or one.id: sheet.result(one)
        for one in sheet.lesson.steps
        if one.kind not in CHOICE_KINDS and one.id != step.id
    }
    exact = step.kind in EXACT_KINDS
    return Asked(sheet.formula(step), names, sheet.precision(step), exact, others)
