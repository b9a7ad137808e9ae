"""One round of a lesson being worked: what the learner does is recorded first, then true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tutor.course import session
from tutor.course.hints import Rung, rungs
from tutor.course.lesson import CHOICE_KINDS, Lesson, Step
from tutor.course.numbers import numbers_of
from tutor.course.reply import cell_count, read_reply, typed
from tutor.course.session import Event, State, StepState
from tutor.course.worked import Worked, answered, worked
from tutor.course.worksheet import EXACT_KINDS
from tutor.engine.answer import Reading
from tutor.engine.formula import Formula
from tutor.engine.precision import Array
from tutor.engine.slips.matching import typed as typed_answer
from tutor.engine.slips.search import Slip, find
from tutor.engine.slips.suspects import Asked
from tutor.engine.sources import sources
from tutor.engine.verdict import Mark, Verdict, judge

SURE = 0.5
"""How likely a slip must be among those that explain an answer to be worked out beside it."""

Record = Callable[[Event, State], None]
"""Keeps an event, and the state that it leads to, where nothing can lose it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked answer: what was read, and what is said of it."""

    reading: Reading
    verdict: Verdict


class Round:
    """The one place where the state of a lesson being worked changes, for every front end."""

    def __init__(self, lesson: Lesson, events: Iterable[Event], record: Record) -> None:
        """Take up a round where its events left it; raises NumbersError and FormulaError."""
        self.state = session.replayed(lesson, events)
        self.sheet = numbers_of(lesson, self.state.seed, self.state.given)
        self.lesson = self.sheet.lesson
        self.state = self._fitting(self.state)
        self._record = record

    @property
    def step(self) -> Step:
        """The step where the learner is."""
        return self.sheet.step(self.state.at)

    def progress(self, step: Step) -> StepState:
        """How far a step has come."""
        return self.state.steps[step.id]

    def draft(self, step: Step, cells: Sequence[str]) -> None:
        """Keep what was typed so far."""
        if tuple(cells) != self.progress(step).cells:
            self._happens(session.Drafted(step.id, tuple(cells)))

    def check(self, step: Step, cells: Sequence[str]) -> Checked:
        """Judge an answer; the verdict is recorded before anybody sees it."""
        reading = read_reply(self.sheet, step, cells)
        verdict = judge(reading, self.sheet.target(step, self.own_answers(step)))
        marks = tuple(str(mark) for mark in verdict.cells)
        if len(marks) != len(cells):
            marks = (str(verdict.overall),) * len(cells)
        self._happens(session.Answered(step.id, tuple(cells), str(verdict.overall), marks))
        return Checked(reading, verdict)

    def slips(self, step: Step) -> tuple[Slip, ...]:
        """The likeliest slips behind the last answer to a step, if it is wrong and one is found."""
        progress = self.progress(step)
        if progress.overall != Mark.WRONG or step.kind in CHOICE_KINDS:
            return ()
        reading = read_reply(self.sheet, step, progress.cells)
        precision = self.sheet.precision(step)
        given = typed_answer(reading.value, [cell.places for cell in reading.cells], precision)
        exact, others = step.kind in EXACT_KINDS, self.sheet.other_results(step)
        workings = self.sheet.workings(step, self.own_answers(step))
        return find(
            [Asked(formula, names, precision, exact, others) for formula, names in workings], given
        )

    def sources(self, step: Step, cell: int) -> Mapping[str, tuple[int, ...]]:
        """The cells (row-major) of givens and earlier answers, by name, that flow into a cell."""
        if step.kind in CHOICE_KINDS:
            return {}
        names = {name: one.value for name, one in self.sheet.names(step).items()}
        return sources(self.sheet.formula(step), names, cell)

    def own_answers(self, step: Step) -> dict[str, Array]:
        """The learner's own answers to the steps before one, as far as they were checked."""
        own = {}
        for before in self.lesson.steps[: self.sheet.places[step.id]]:
            progress = self.progress(before)
            if not progress.overall or (progress.revealed and not progress.solved):
                continue
            values = read_reply(self.sheet, before, progress.cells).value
            if not np.isnan(values).any():
                own[before.id] = values
        return own

    def rungs(self, step: Step) -> tuple[Rung, ...]:
        """All hints of a step, with the learner's own earlier numbers in them."""
        own = answered(self.sheet, step, self.own_answers(step))
        return rungs(self.sheet, step, own, self._open_names(step) - set(own))

    def worked(self, step: Step, cell: int | None = None) -> Worked:
        """How a step, or one cell of it, is worked out; nothing as long as it is not done."""
        if not self.progress(step).done:
            return Worked(())
        answers, slip = self.own_answers(step), self._surest_slip(step)
        return worked(self.sheet, step, answers, self._open_names(step), cell, slip)

    def _surest_slip(self, step: Step) -> Formula | None:
        """The formula as the learner worked it by mistake, where that is hardly open to doubt."""
        found = self.slips(step)
        if not found or not (found[0].together or found[0].likelihood >= SURE):
            return None
        return found[0].worked

    def _open_names(self, step: Step) -> frozenset[str]:
        """The names of earlier answers that are not done: nobody may learn them elsewhere."""
        earlier = self.sheet.named_before(step)
        return frozenset(name for name, one in earlier.items() if not self.progress(one).done)

    def hint(self, step: Step) -> bool:
        """Show one more hint; False when there is none left."""
        shown = self.progress(step).hints
        if shown >= len(self.rungs(step)):
            return False
        self._happens(session.Hinted(step.id, shown + 1))
        return True

    def reveal(self, step: Step) -> tuple[str, ...]:
        """The right answer as one would type it; from now on the step counts as shown."""
        if not self.progress(step).revealed:
            self._happens(session.Revealed(step.id))
        return typed(self.sheet, step, self.sheet.truth(step).value)

    def skip(self, step: Step) -> None:
        """Leave a step for later and go to the next that is open."""
        self._happens(session.Skipped(step.id))
        following = self.state.next_open(step.id)
        if following is not None:
            self.move(following)

    def move(self, step_id: str) -> None:
        """Go to a step."""
        if step_id != self.state.at:
            self._happens(session.Moved(step_id))

    def _happens(self, event: Event) -> None:
        state = session.after(self.state, event)
        self._record(event, state)
        self.state = state

    def _fitting(self, state: State) -> State:
        """Without the cells of steps whose shape is another since the lesson was changed."""
        for step in self.lesson.steps:
            progress = state.steps[step.id]
            if progress.cells and len(progress.cells) != cell_count(self.sheet, step):
                state = session.after(state, session.Drafted(step.id, ()))
        return state
