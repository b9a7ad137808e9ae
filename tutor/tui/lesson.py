"""The screen of a lesson: the step with its answer, the lab, the calculator."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from tutor.course.lesson import Step, Value
from tutor.course.numbers import NumbersError
from tutor.course.round import Round
from tutor.course.session import ACCEPTED, StepState
from tutor.engine.verdict import Mark
from tutor.learner.bookmark import Bookmark
from tutor.telling import Telling
from tutor.tui.answering import AnswerWidget, typed_cells, working_lines
from tutor.tui.calculator import Calculator
from tutor.tui.confirm import ConfirmScreen
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.key_footer import KeyFooter
from tutor.tui.lab.bench import bench
from tutor.tui.lab.pane import LabPane
from tutor.tui.lesson_keys import LessonKeys
from tutor.tui.options import OptionAnswer
from tutor.tui.rail import Rail
from tutor.tui.sentence import SentenceScreen

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


class LessonScreen(LessonKeys):
    """One round of one lesson, being worked: keys become events of the round."""

    # The answer is focused once it is there; anything before it would flash in the footer.
    AUTO_FOCUS = ""

    app: TutorApp

    def __init__(self, bookmark: Bookmark, round: Round) -> None:
        """Work a round that a bookmark has taken up."""
        super().__init__()
        self.bookmark = bookmark
        self.round = round
        self.story = round.state.at == round.lesson.steps[0].id
        self.solution_asked = False
        self.slips: list[str] = []
        """What may have gone wrong in the answer that was checked last."""
        self.left_alone: tuple[str, ...] | None = None
        """What stood in the answer when its solution was shown."""

    def compose(self) -> ComposeResult:
        """The work on the left, the lab on the right, the calculator below."""
        self.language = self.app.language
        with Horizontal(id="lesson"):
            with Vertical(id="work"):
                yield Rail(id="lesson-rail")
                yield self.pane
            yield LabPane(bench(self.round), id="lab")
        yield Calculator(id="calculator")
        yield KeyFooter()

    async def on_mount(self) -> None:
        """Show the step where the learner is, and say what became of the journal."""
        await self._show_step()
        self.app.tell_journal()

    @property
    def step(self) -> Step:
        """The step where the learner is."""
        return self.round.step

    @property
    def progress(self) -> StepState:
        """How far the step has come."""
        return self.round.progress(self.step)

    @property
    def answer(self) -> AnswerWidget:
        """The widget that takes the answer."""
        widget = self.pane.answer
        assert widget is not None
        return widget

    @property
    def settled(self) -> bool:
        """Whether the step is done and nothing was typed since: Enter goes on."""
        progress = self.progress
        if progress.revealed and self.left_alone == progress.cells:
            return True
        return progress.solved and progress.overall in ACCEPTED

    # What is shown

    async def _show_step(self) -> None:
        """Show the step where the learner is."""
        self.solution_asked = False
        self.slips = []
        self.left_alone = self.progress.cells if self.progress.revealed else None
        telling = Telling(self.round, self.language)
        await self.pane.show(telling, self.app.glyphs, story=self.story, settled=self.settled)
        self._show_rail()
        self._explain()

    def _show_rail(self) -> None:
        """Show how the round stands, and what Enter does now."""
        self.query_one(Rail).show(Telling(self.round, self.language), self.app.glyphs)
        self.refresh_bindings()

    def _show_verdict(self) -> None:
        self.app.tell_journal()
        self.pane.show_standing(slips=self.slips, settled=self.settled)
        self._show_rail()
        self._explain()

    @work(group="slips", exclusive=True)
    async def _explain(self) -> None:
        """Say which slip was made. The verdict stands meanwhile: the search takes a thread."""
        step, telling = self.step, Telling(self.round, self.language)
        if self.progress.overall != Mark.WRONG:
            return
        slips = await asyncio.to_thread(telling.slips, step)
        unchanged = self.step is step and self.progress.overall == Mark.WRONG
        if slips != self.slips and unchanged and not self.solution_asked:
            self.slips = slips
            self.pane.show_standing(slips=slips, settled=self.settled)

    def set_language(self, language: str) -> None:
        """Say everything in another language, at once; what is typed stays."""
        super().set_language(language)
        if self.ready:
            self.call_later(self._retell, language)

    async def _retell(self, language: str) -> None:
        self.slips = []
        telling = Telling(self.round, language)
        await self.pane.retell(telling, self.app.glyphs, story=self.story, settled=self.settled)
        self.query_one(LabPane).set_language(language)
        self.query_one(Calculator).set_language(language)
        self._show_rail()
        self._explain()

    # What is typed

    @on(MatrixGrid.Changed)
    @on(OptionAnswer.Picked)
    def _changed(self, event: MatrixGrid.Changed | OptionAnswer.Picked) -> None:
        # An answer that was left has been kept already, and belongs to another step.
        if event.control is self.answer:
            self._keep_typed()
            self.pane.show_cell()

    @on(MatrixGrid.Moved)
    def _moved(self, event: MatrixGrid.Moved) -> None:
        if event.control is self.answer:
            self.pane.show_cell()

    @on(MatrixGrid.Refused)
    def _refused(self, event: MatrixGrid.Refused) -> None:
        self.pane.note(event.sentence)

    @on(OptionAnswer.Refused)
    def _nothing_picked(self) -> None:
        self.pane.note(self.app.say("screen.nothing-picked"))

    def _keep_typed(self) -> None:
        """Write down the answer as it stands, and say anew what Enter does when that changes."""
        before, cells = self.settled, typed_cells(self.answer)
        if not any(cells) and not self.progress.cells:
            return
        self.round.draft(self.step, cells)
        self.app.tell_journal()
        if self.settled != before:
            self.pane.show_standing(settled=self.settled)
            self.refresh_bindings()

    def keep(self) -> None:
        """Write down what is being typed, since the tutor ends."""
        if self.ready:
            self._keep_edit()

    def _keep_edit(self) -> None:
        """Close an open edit, so that what was being typed is not lost."""
        if isinstance(self.answer, MatrixGrid):
            self.answer.commit()
        self._keep_typed()

    @on(MatrixGrid.Submitted)
    @on(OptionAnswer.Submitted)
    def _submitted(self, event: MatrixGrid.Submitted | OptionAnswer.Submitted) -> None:
        """Check; the verdict is written down before it is shown."""
        if event.control is not self.answer:
            return
        cells = typed_cells(self.answer)
        self.round.check(self.step, cells)
        self.solution_asked = False
        self.slips = []
        if self.progress.revealed:
            self.left_alone = cells
        self.pane.show_marks()
        self._show_verdict()
        self.query_one(LabPane).show_own(self.round)

    # Keys

    async def action_go_on(self) -> None:
        """From a step that is done to the next that is not."""
        following = self.round.state.next_open(self.step.id)
        if following is None:
            self.pane.note(self.app.say("screen.lesson-finished"))
        else:
            await self._go_to(following)

    async def action_step(self, way: int) -> None:
        """The previous or next step; what is typed stays."""
        steps = self.round.lesson.steps
        place = self.round.sheet.places[self.step.id] + way
        if 0 <= place < len(steps):
            await self._go_to(steps[place].id)
        else:
            self.pane.note(self.app.say("screen.first-step" if way < 0 else "screen.last-step"))

    async def _go_to(self, step_id: str) -> None:
        self._keep_edit()
        self.story = False
        self.round.move(step_id)
        self.app.tell_journal()
        await self._show_step()

    async def action_skip(self) -> None:
        """Leave the step for later."""
        self._keep_edit()
        before = self.step
        self.round.skip(before)
        self.app.tell_journal()
        if self.step is before:
            self.pane.note(self.app.say("screen.only-step"))
            return
        self.story = False
        await self._show_step()

    def action_hint(self) -> None:
        """One more hint; it stays on the screen."""
        if self.round.hint(self.step):
            self._show_verdict()
        else:
            self.pane.note(self.app.say("screen.no-more-hints"))

    def action_solution(self) -> None:
        """The solution, at the second press: nobody should see it by accident."""
        if not (self.solution_asked or self.progress.done):
            self.solution_asked = True
            self.pane.show_standing(self.app.say("screen.solution-again"))
            return
        self.solution_asked = False
        self._keep_edit()
        self.round.reveal(self.step)
        self.left_alone = self.progress.cells
        self._show_verdict()

    def action_working(self) -> None:
        """How the current cell and the whole step are worked out, once the step is done."""
        if not self.progress.done:
            self.pane.note(self.app.say("screen.working-later"))
            return
        lines = working_lines(Telling(self.round, self.language), self.step, self.answer)
        self._show_over(SentenceScreen("\n".join(lines)))

    def action_story(self) -> None:
        """The lesson's story, or not."""
        self.story = not self.story
        self.pane.show_story(self.story)

    def action_scroll_step(self, way: int) -> None:
        """Read what is above or below."""
        move = self.pane.scroll_page_up if way < 0 else self.pane.scroll_page_down
        move(animate=False)

    def action_calculator(self) -> None:
        """A line to calculate in."""
        self.query_one(Calculator).open(fills=isinstance(self.answer, MatrixGrid))
        self.call_after_refresh(self.pane.scroll_to_answer)

    @on(Calculator.Closed)
    def _calculator_closed(self) -> None:
        self.answer.focus()

    @on(Calculator.Result)
    def _result_wanted(self, event: Calculator.Result) -> None:
        """Put what was calculated into the current cell."""
        widget = self.answer
        widget.focus()
        if isinstance(widget, MatrixGrid):
            widget.paste(event.text)
            widget.commit()

    def action_spot(self) -> None:
        """Somebody's working of this lesson, with a slip to be found."""
        from tutor.learner.spot_bookmark import SpotBookmark
        from tutor.tui.spot.screen import SpotScreen

        self._keep_edit()
        bookmark = SpotBookmark(self.app.journal, self.round.lesson, self.bookmark.key)
        self._show_over(SpotScreen(bookmark))

    def _show_over(
        self, screen: Screen[Any], answered: Callable[[Any], None] | None = None
    ) -> None:
        """Show another screen, once, however long its key is held."""
        if self.is_active:
            self.app.push_screen(screen, answered)

    def action_leave(self) -> None:
        """Back to the map; the lesson goes on where it is left."""
        self._keep_edit()
        self.dismiss()

    # Fresh numbers

    def action_fresh(self) -> None:
        """The same lesson with other numbers; asked first while this round is not finished."""
        self._keep_edit()
        state = self.round.state
        # Own numbers were some work: they do not go without a question either.
        if state.finished or not (state.touched or state.given):
            self._fresh_answered(True)
            return
        values = {"done": state.done, "total": len(state.steps)}
        self._show_over(ConfirmScreen("screen.fresh-question", values), self._fresh_answered)

    def _fresh_answered(self, sure: bool | None) -> None:
        if sure:
            self.call_later(self._begin_fresh)

    async def _begin_fresh(self) -> None:
        try:
            round = self.bookmark.begin(self.bookmark.next_seed(self.round.state))
        except NumbersError:
            self.pane.note(self.app.say("screen.no-fresh-numbers"))
            return
        await self._work(round)

    async def _work(self, round: Round) -> None:
        """From now on another round of the lesson."""
        self.round = round
        self.story = True
        await self._show_step()
        self.query_one(LabPane).show_sheet(round.sheet)

    def action_own_numbers(self) -> None:
        """The learner's own numbers in the place of the lesson's."""
        from tutor.tui.own.screen import OwnNumbersScreen

        self._keep_edit()
        self._show_over(OwnNumbersScreen(self.bookmark, self.round), self._own_answered)

    def _own_answered(self, numbers: dict[str, Value] | None) -> None:
        if numbers is not None:
            round = self.bookmark.begin_typed(self.round.state.seed, numbers)
            self.app.tell_journal()
            self.call_later(self._work, round)
