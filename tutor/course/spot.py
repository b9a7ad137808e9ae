"""Spot the slip: find the first wrong line, say what went wrong, correct it. Made of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tutor.course.lesson import Lesson
from tutor.course.reply import LETTERS, read_reply, split_line, typed
from tutor.course.spot_exercise import Exercise, exercise
from tutor.course.worksheet import EXACT_KINDS
from tutor.engine.answer import Problem
from tutor.engine.slips.matching import typed as typed_answer
from tutor.engine.slips.search import Slip, find
from tutor.engine.slips.suspects import Asked
from tutor.engine.verdict import Mark, judge

STAGES = ("line", "slip", "correct", "done")
LONGEST = 10_000
"""Characters of an answer that is looked at."""


class SpotBegan(Struct, frozen=True, tag="spot-began"):
    """An exercise begins; its seed is all that it is made of."""

    seed: int


class SpotAnswered(Struct, frozen=True, tag="spot-answered"):
    """An answer was checked at a stage."""

    stage: str
    text: str
    right: bool


class SpotShown(Struct, frozen=True, tag="spot-shown"):
    """The answer to a stage was shown."""

    stage: str


SpotEvent: TypeAlias = SpotBegan | SpotAnswered | SpotShown


class SpotState(Struct, frozen=True):
    """How far an exercise has come, how many wrong answers were given and right ones shown."""

    seed: int
    stage: str = "line"
    misses: int = 0
    shown: int = 0

    @property
    def done(self) -> bool:
        """Whether nothing is asked any more."""
        return self.stage == "done"


Record = Callable[[SpotEvent], None]
"""Keeps an event where nothing can lose it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an answer: whether it is right, the code of a sentence, and its values."""

    right: bool
    code: str
    details: Mapping[str, str | int | float] = field(default_factory=dict)


def after(state: SpotState, event: SpotEvent) -> SpotState:
    """The state once an event has happened; answers to another stage change nothing."""
    if isinstance(event, SpotBegan):
        return SpotState(event.seed)
    if event.stage != state.stage or state.done:
        return state
    if isinstance(event, SpotAnswered) and not event.right:
        return replace(state, misses=state.misses + 1)
    following = STAGES[STAGES.index(state.stage) + 1]
    return replace(state, stage=following, shown=state.shown + isinstance(event, SpotShown))


def replayed(events: Iterable[SpotEvent]) -> SpotState | None:
    """The state that events lead to; None where they do not say which exercise it is."""
    state = None
    for event in events:
        if state is not None or isinstance(event, SpotBegan):
            state = after(state or SpotState(0), event)
    return state


class Spot:
    """One exercise of a lesson being worked; what is done is recorded first, then true."""

    def __init__(
        self,
        lesson: Lesson,
        seed: int,
        events: Iterable[SpotEvent] = (),
        record: Record | None = None,
    ) -> None:
        """The exercise of a seed where its events left it.

        Raises SpotError, NumbersError and FormulaError.
        """
        self.lesson = lesson
        self.state = replayed(events) or SpotState(seed)
        self.exercise: Exercise = exercise(lesson, self.state.seed)
        self._record = record

    @property
    def stage(self) -> str:
        """What is asked now: `line`, `slip`, `correct`, or `done`."""
        return self.state.stage

    def answer(self, text: str) -> Said:
        """Judge an answer to the present stage; what cannot be read does not count."""
        if self.state.done:
            return Said(False, "spot.done")
        said = getattr(self, f"_judge_{self.stage}")(text.strip()[:LONGEST])
        assert isinstance(said, Said)
        if not said.code.startswith(UNREADABLE):
            self._happened(SpotAnswered(self.stage, text.strip()[:LONGEST], said.right))
        return said

    def show(self) -> Said:
        """Give the present stage up: its answer is said, and the next stage begins."""
        stage = self.stage
        if self.state.done:
            return Said(False, "spot.done")
        details: dict[str, str | int | float] = {}
        if stage == "line":
            details = {"line": self.exercise.first_wrong + 1}
        elif stage == "correct":
            details = {"answer": self.right_answer()}
        self._happened(SpotShown(stage))
        return Said(False, f"spot.shown-{stage}", details)

    def _happened(self, event: SpotEvent) -> None:
        if self._record is not None:
            self._record(event)
        self.state = after(self.state, event)

    @cached_property
    def explained(self) -> Slip | None:
        """The slip as whoever makes it is told of it; None where that cannot be told for sure."""
        sheet, step, wrong = self.exercise.sheet, self.exercise.step, self.exercise.wrong
        precision, exact = sheet.precision(step), step.kind in EXACT_KINDS
        others = sheet.other_results(step)
        asked = Asked(sheet.formula(step), sheet.names(step), precision, exact, others)
        found = find([asked], typed_answer(wrong, [None] * wrong.size, precision))
        return next((one for one in found if one.id == self.exercise.slip), None)

    def right_answer(self) -> str:
        """The right answer to the step with the slip, as one would type it."""
        sheet, step = self.exercise.sheet, self.exercise.step
        cells = iter(typed(sheet, step, sheet.truth(step).value))
        return _nested(cells, sheet.shape(step))

    def _judge_line(self, text: str) -> Said:
        count, first = self.exercise.line_count, self.exercise.first_wrong + 1
        # A number of more digits than any page has lines is not worth to be read.
        number = int(text) if text.isdecimal() and len(text) < 6 else 0
        if not 1 <= number <= count:
            return Said(False, "spot.no-line", {"count": count})
        if number == first:
            return Said(True, "spot.line-found", {"line": first})
        return Said(False, f"spot.line-{'early' if number < first else 'late'}", {"line": number})

    def _judge_slip(self, text: str) -> Said:
        choices = self.exercise.choices
        letters = LETTERS[: len(choices)]
        if len(text) != 1 or text.lower() not in letters:
            return Said(False, "spot.no-letter", {"last": letters[-1]})
        if choices[letters.index(text.lower())] == self.exercise.slip:
            return Said(True, "spot.slip-found")
        return Said(False, "spot.slip-other")

    def _judge_correct(self, text: str) -> Said:
        sheet, step = self.exercise.sheet, self.exercise.step
        if not text:
            return Said(False, "spot.no-number")
        cells = split_line(sheet, step, text)
        if isinstance(cells, Problem):
            return Said(False, cells.code, cells.details)
        reading = read_reply(sheet, step, cells)
        if reading.problem is not None:
            return Said(False, reading.problem.code, reading.problem.details)
        overall = judge(reading, sheet.target(step, {})).overall
        if overall == Mark.RIGHT:
            return Said(True, "spot.corrected")
        known = {"too-coarse": "coarse", "incomplete": "incomplete"}
        return Said(False, f"spot.correct-{known.get(str(overall), 'wrong')}")


UNREADABLE = ("spot.no-", "answer.", "verdict.")
"""How the codes of answers begin that could not be read."""


def _nested(cells: Any, shape: tuple[int, ...]) -> str:
    if not shape:
        return str(next(cells))
    return "[" + ", ".join(_nested(cells, shape[1:]) for _ in range(shape[0])) + "]"


def to_payload(event: SpotEvent) -> dict[str, Any]:
    """An event as plain data for the journal."""
    payload: dict[str, Any] = msgspec.to_builtins(event)
    return payload


def from_payload(payload: Mapping[str, Any]) -> SpotEvent | None:
    """An event from the journal's plain data; None for what this version does not know."""
    try:
        event: SpotEvent = msgspec.convert(dict(payload), SpotEvent)
    except msgspec.ValidationError:
        return None
    return event
