"""One learner's way through one lesson: a pure state machine made of events.

`after(state, event)` is the only way a state changes; there is no clock and no screen here.
The same events, replayed, always end in the same state, whichever front end made them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tutor.course.lesson import Lesson, Value

ACCEPTED = frozenset({"right", "follows"})


class Began(Struct, frozen=True, tag="began"):
    """A round begins, with the lesson's own numbers (no seed) or with drawn ones.

    `given` are numbers of the learner, by the names of the givens that they stand for.
    """

    seed: int | None = None
    given: Mapping[str, Value] | None = None


class Drafted(Struct, frozen=True, tag="drafted"):
    """Cells were typed, not yet checked."""

    step: str
    cells: tuple[str, ...]


class Answered(Struct, frozen=True, tag="answered"):
    """An answer was checked; `marks` has a word a cell, `overall` the word for them all."""

    step: str
    cells: tuple[str, ...]
    overall: str
    marks: tuple[str, ...]


class Hinted(Struct, frozen=True, tag="hinted"):
    """One more hint was shown; `shown` counts them."""

    step: str
    shown: int


class Revealed(Struct, frozen=True, tag="revealed"):
    """The solution was shown."""

    step: str


class Skipped(Struct, frozen=True, tag="skipped"):
    """The step was left for later."""

    step: str


class Moved(Struct, frozen=True, tag="moved"):
    """The learner went to a step."""

    step: str


Event: TypeAlias = Began | Drafted | Answered | Hinted | Revealed | Skipped | Moved


class StepState(Struct, frozen=True):
    """How far one step has come."""

    cells: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    overall: str = ""
    attempts: int = 0
    hints: int = 0
    solved: bool = False
    revealed: bool = False
    skipped: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing more has to be done: answered well, or the solution was shown."""
        return self.solved or self.revealed


class State(Struct, frozen=True):
    """How far a round of a lesson has come."""

    at: str
    steps: Mapping[str, StepState]
    seed: int | None = None
    given: Mapping[str, Value] | None = None

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.done for step in self.steps.values())

    @property
    def finished(self) -> bool:
        """Whether every step is done."""
        return self.done == len(self.steps)

    @property
    def touched(self) -> bool:
        """Whether anything was answered, even in part, or asked for."""
        return any(any(one.cells) or one.hints or one.done for one in self.steps.values())

    def next_open(self, step_id: str) -> str | None:
        """The first step after one that is not done, else the first of all, else None."""
        order = list(self.steps)
        place = order.index(step_id) + 1
        return next(
            (one for one in order[place:] + order[:place] if not self.steps[one].done), None
        )


def beginning(lesson: Lesson) -> State:
    """The state before anything was done."""
    return State(lesson.steps[0].id, {step.id: StepState() for step in lesson.steps})


def after(state: State, event: Event) -> State:
    """The state once an event has happened; events of steps that are gone change nothing."""
    if isinstance(event, Began):
        steps = dict.fromkeys(state.steps, StepState())
        return State(next(iter(state.steps)), steps, event.seed, event.given)
    before = state.steps.get(event.step)
    if before is None:
        return state
    match event:
        case Moved():
            return replace(state, at=event.step)
        case Drafted():
            changed = _drafted(before, event.cells)
        case Answered():
            changed = _answered(before, event)
        case Hinted():
            changed = replace(before, hints=max(before.hints, event.shown))
        case Revealed():
            changed = replace(before, revealed=True)
        case Skipped():
            changed = replace(before, skipped=True)
    return replace(state, steps={**state.steps, event.step: changed})


def _drafted(before: StepState, cells: tuple[str, ...]) -> StepState:
    """A changed cell loses its mark, the others keep theirs."""
    if len(before.marks) != len(cells) or len(before.cells) != len(cells):
        return replace(before, cells=cells, marks=(), overall="")
    kept = zip(before.cells, cells, before.marks, strict=True)
    marks = tuple(mark if old == new else "" for old, new, mark in kept)
    return replace(before, cells=cells, marks=marks, overall="" if "" in marks else before.overall)


def _answered(before: StepState, event: Answered) -> StepState:
    counts = event.overall not in ("unreadable", "incomplete")
    return replace(
        before,
        cells=event.cells,
        marks=event.marks,
        overall=event.overall,
        attempts=before.attempts + counts,
        solved=before.solved or event.overall in ACCEPTED,
        skipped=False,
    )


def replayed(lesson: Lesson, events: Iterable[Event]) -> State:
    """The state that events lead to."""
    state = beginning(lesson)
    for event in events:
        state = after(state, event)
    return state


def to_payload(event: Event) -> dict[str, Any]:
    """An event as plain data for the journal."""
    payload: dict[str, Any] = msgspec.to_builtins(event)
    if payload.get("given", ...) is None:
        del payload["given"]
    return payload


def from_payload(payload: Mapping[str, Any]) -> Event | None:
    """An event from the journal's plain data; None for what this version does not know."""
    try:
        event: Event = msgspec.convert(dict(payload), Event)
    except msgspec.ValidationError:
        return None
    return event
