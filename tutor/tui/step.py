"""A step on the screen: what is asked, the numbers, the answer, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from tutor.course.session import ACCEPTED
from tutor.telling import Telling
from tutor.tui.answering import (
    AnswerWidget,
    answer_widget,
    current_cell,
    retell_answer,
    shown_mark,
)
from tutor.tui.glyphs import UNICODE, Glyphs
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.numbers import NumbersShown
from tutor.tui.prose import Prose

LINES = ("story", "prompt", "asked", "read", "said", "hints")
"""What is said, from the top down."""
MARGINS = 2
"""Blank lines above the answer that are left out where the room is needed."""


class StepPane(VerticalScroll):
    """Shows the step where a round is; knows no keys and changes nothing."""

    telling: Telling
    answer: AnswerWidget | None = None

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until a step is shown."""
        super().__init__(id=id, can_focus=False)
        self.glyphs: Glyphs = UNICODE
        self.sources: dict[int, Mapping[str, tuple[int, ...]]] = {}
        """What flows into each cell of the answer, as far as it was asked."""
        self._lines = {name: Prose(id=f"step-{name}") for name in LINES}
        self._numbers = NumbersShown(id="step-numbers")
        self._other_numbers = NumbersShown(id="step-context")
        self._holder = Vertical(id="step-answer")

    def compose(self) -> ComposeResult:
        """From the story down to the hints."""
        yield self._line("story")
        yield self._line("prompt")
        yield self._numbers
        yield self._line("asked")
        yield self._holder
        yield self._line("read")
        yield self._line("said")
        yield self._line("hints")
        # What the formula does not use comes last: a question may speak of it.
        yield self._other_numbers

    def _line(self, name: str) -> Prose:
        return self._lines[name]

    async def show(self, telling: Telling, glyphs: Glyphs, *, story: bool, settled: bool) -> None:
        """Show the step where the round is, and take its answer."""
        before = self.answer
        self.telling, self.glyphs = telling, glyphs
        self.sources = {}
        self.answer = answer_widget(telling, telling.round.step, glyphs)
        with self.app.batch_update():
            await self._holder.mount(self.answer)
            # Focused before the old one goes: else the focus, and the footer, would jump away.
            self.screen.set_focus(self.answer)
            if before is not None:
                await before.remove()
            await self._show_words(story, settled)

    async def retell(self, telling: Telling, glyphs: Glyphs, *, story: bool, settled: bool) -> None:
        """Say the same in another language or with other signs; what is being typed stays."""
        assert self.answer is not None
        self.telling, self.glyphs = telling, glyphs
        retell_answer(self.answer, telling, telling.round.step, glyphs)
        with self.app.batch_update():
            await self._show_words(story, settled)

    async def _show_words(self, story: bool, settled: bool) -> None:
        telling, step = self.telling, self.telling.round.step
        self.show_story(story)
        self._line("prompt").say(telling.words(step.prompt, step))
        numbers = telling.numbers(step)
        uses = step.formula is not None and telling.round.sheet.formula(step).uses
        await self._numbers.show(numbers if uses else [], telling.language, self.glyphs)
        await self._other_numbers.show([] if uses else numbers, telling.language, self.glyphs)
        self._line("asked").say(telling.asked(step))
        self.show_cell()
        self.show_standing(settled=settled)

    def show_story(self, story: bool) -> None:
        """Show the lesson's story above the step, or not."""
        telling = self.telling
        self._line("story").say(telling.words(telling.round.lesson.story) if story else "")
        if story:
            self.scroll_home(animate=False)

    def show_cell(self) -> None:
        """Say where the cursor is, what the check said of that cell, and how it is read."""
        assert self.answer is not None
        self.note(current_cell(self.telling, self.telling.round.step, self.answer))
        self._light_sources()

    def _light_sources(self) -> None:
        """Light the numbers that flow into the current cell, in what the formula uses."""
        round = self.telling.round
        if isinstance(self.answer, MatrixGrid) and self.answer.current not in self.sources:
            self.sources[self.answer.current] = round.sources(round.step, self.answer.current)
        if isinstance(self.answer, MatrixGrid):
            self._numbers.light(self.sources[self.answer.current])

    def note(self, sentence: str) -> None:
        """Say something below the answer, until the cursor moves or something is typed."""
        self._line("read").say(sentence or " ")

    def show_marks(self) -> None:
        """Show at the cells what a check found, and go to the first that is not right."""
        progress = self.telling.round.progress(self.telling.round.step)
        assert self.answer is not None
        if not isinstance(self.answer, MatrixGrid):
            self.answer.show_mark(progress.overall)
            return
        self.answer.show_marks([shown_mark(mark) for mark in progress.marks])
        wrong = [place for place, mark in enumerate(progress.marks) if mark not in ACCEPTED]
        if wrong:
            self.answer.move_to(wrong[0])
        self.show_cell()

    def show_standing(
        self, said: str = "", *, slips: Iterable[str] = (), settled: bool = False
    ) -> None:
        """Say how the answer stands, or something else for once; then the hints.

        `slips`: what may have gone wrong; `settled`: there is nothing more to do, Enter goes on.
        """
        self._line("said").say(said or self._standing(slips, settled))
        self._line("hints").say("\n".join(self.telling.hints(self.telling.round.step)))
        self.call_after_refresh(self.scroll_to_answer)

    def _standing(self, slips: Iterable[str], settled: bool) -> str:
        """What is said of the step; of one that is done, its point and where to go from here."""
        telling, step = self.telling, self.telling.round.step
        round, progress = telling.round, telling.round.progress(step)
        parts = []
        if progress.overall:
            sign = self.glyphs.mark(shown_mark(progress.overall))
            parts += [f"{sign} {telling.judged(step)}", *slips]
        elif progress.solved:
            parts.append(telling.say("screen.step-solved"))
        if progress.revealed:
            parts.append(telling.solution(step))
        if settled:
            finished = round.state.next_open(step.id) is None
            parts.append(telling.point(step))
            parts.append(
                telling.say(f"screen.{'lesson-finished' if finished else 'enter-goes-on'}")
            )
        return "\n".join(part for part in parts if part)

    def scroll_to_answer(self) -> None:
        """Keep what matters in view: the answer with what is said of it."""
        told = [self._line(name) for name in ("read", "said", "hints")]
        # While the tutor ends, none of them may be shown any more.
        bottom = max((line.virtual_region.bottom for line in told if line.display), default=0)
        tight = self.has_class("-tight")
        needed = bottom + tight * MARGINS > self.size.height - tight
        if needed != tight:
            self.set_class(needed, "-tight")
            self.call_after_refresh(self.scroll_to_answer)
            return
        above = self._line("asked").virtual_region.y
        self.scroll_to(y=max(0, min(bottom - self.size.height, above)), animate=False)
