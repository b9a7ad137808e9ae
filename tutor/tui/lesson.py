"""The screen of a lesson: story, numbers, the step, the answer, what is said of it, the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static

from tutor.course.lesson import Step
from tutor.course.round import Round
from tutor.learner.bookmark import Bookmark
from tutor.telling import Telling
from tutor.tui.answering import AnswerWidget, answer_widget, current_cell, shown_marks
from tutor.tui.bindings import SpokenScreen
from tutor.tui.calculator import Calculator
from tutor.tui.confirm import ConfirmScreen
from tutor.tui.grid import MatrixGrid
from tutor.tui.lab import LabPane
from tutor.tui.numbers import NumbersShown
from tutor.tui.options import OptionAnswer

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


class LessonScreen(SpokenScreen[None]):
    """One round of one lesson, being worked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "hint", "screen.key-hint", id="lesson.hint"),
        Binding("f4", "solution", "screen.key-solution", id="lesson.solution"),
        Binding("f5", "fresh", "screen.key-fresh", id="lesson.fresh"),
        Binding("f6", "story", "screen.key-story", show=False, id="lesson.story"),
        Binding("f7", "step(-1)", "screen.key-previous", id="lesson.previous"),
        Binding("f8", "step(1)", "screen.key-next", id="lesson.next"),
        Binding("f9", "skip", "screen.key-skip", show=False, id="lesson.skip"),
        Binding("equals_sign", "calculator", "screen.key-calculator", id="lesson.calculator"),
        Binding("escape", "leave", "screen.key-map", id="lesson.leave"),
        Binding("q", "app.quit", "screen.key-quit", show=False, id="lesson.quit"),
    ]

    app: TutorApp

    def __init__(self, bookmark: Bookmark, round: Round) -> None:
        """Work a round that a bookmark has taken up."""
        super().__init__()
        self.bookmark = bookmark
        self.round = round
        self.story_open = round.state.at == round.lesson.steps[0].id
        self.solution_asked = ""

    # What is shown

    def compose(self) -> ComposeResult:
        """The work on the left, the lab on the right, the calculator below."""
        self.language = self.app.language
        with Horizontal(id="lesson"):
            with VerticalScroll(id="work", can_focus=False):
                yield Static(id="lesson-rail", markup=False)
                yield Static(id="lesson-story", markup=False)
                yield Static(id="lesson-prompt", markup=False)
                yield NumbersShown(id="lesson-numbers")
                yield Static(id="lesson-asked", markup=False)
                yield VerticalScroll(id="lesson-answer", can_focus=False)
                yield Static(id="lesson-read", markup=False)
                yield Static(id="lesson-said", markup=False)
                yield Static(id="lesson-hints", markup=False)
            yield LabPane(self.round.lesson, self.round.sheet, id="lab")
        yield Calculator(id="calculator")
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        """Show the step where the learner is."""
        await self._show_step()

    @property
    def step(self) -> Step:
        """The step where the learner is."""
        return self.round.step

    @property
    def telling(self) -> Telling:
        """The words for the round in the learner's language."""
        return Telling(self.round, self.language)

    @property
    def answer(self) -> AnswerWidget:
        """The widget that takes the answer."""
        (widget,) = self.query_one("#lesson-answer").children
        assert isinstance(widget, AnswerWidget)
        return widget

    def _line(self, name: str) -> Static:
        return self.query_one(f"#lesson-{name}", Static)

    async def _show_step(self) -> None:
        """Draw everything anew for the step where the learner is."""
        self.solution_asked = ""
        step, telling = self.step, self.telling
        holder = self.query_one("#lesson-answer")
        with self.app.batch_update():
            await holder.remove_children()
            widget = answer_widget(telling, step, self.app.glyphs)
            await holder.mount(widget)
            self._line("story").display = self.story_open
            self._line("story").update(telling.words(self.round.lesson.story))
            self._line("prompt").update(telling.words(step.prompt, step))
            numbers = self.query_one(NumbersShown)
            await numbers.show(telling.numbers(step), self.language, self.app.glyphs)
            self._line("asked").update(telling.asked(step))
            self._line("read").update(current_cell(telling, step, widget))
            self._say_standing()
        widget.focus()

    def _say_standing(self) -> None:
        """The steps as signs, what is said of the answer, and the hints that were shown."""
        self._line("rail").update(self._rail())
        self._line("said").update(self._with_way_on(self.telling.standing(self.step)))
        self._line("hints").update("\n".join(self.telling.hints(self.step)))
        self.call_after_refresh(self._scroll_to_answer)

    def _scroll_to_answer(self) -> None:
        """Keep what matters in view: the answer with what is said of it."""
        work = self.query_one("#work", VerticalScroll)
        below = self._line("hints").virtual_region.bottom - work.size.height
        above = self._line("asked").virtual_region.y
        work.scroll_to(y=max(0, min(below, above)), animate=False)

    async def _set_language(self, language: str) -> None:
        self._keep_edit()
        await self._show_step()
        self.query_one(LabPane).set_language(language)
        self.query_one(Calculator).set_language(language)

    def set_language(self, language: str) -> None:
        """Say everything in another language, at once; what is typed stays."""
        super().set_language(language)
        if self.is_mounted:
            self.call_later(self._set_language, language)

    def _rail(self) -> str:
        """The lesson, its steps as signs with the current one counted, and the step's title."""
        glyphs, state = self.app.glyphs, self.round.state
        signs = []
        for number, step in enumerate(self.round.lesson.steps, 1):
            progress = state.steps[step.id]
            sign = glyphs.done if progress.solved else "-" if progress.revealed else ""
            here = f"[{number}{sign}]"
            signs.append(here if step.id == state.at else sign or glyphs.open)
        lesson = self.round.lesson.title.in_language(self.language)
        seed = "" if state.seed is None else self.app.say("screen.seed", seed=state.seed)
        title = self.telling.words(self.step.title, self.step)
        return f"{lesson} {seed} {' '.join(signs)}\n{title}"

    def _with_way_on(self, said: str) -> str:
        """What is said of a step; of one that is done, its point and where to go from here."""
        if not self.round.progress(self.step).done:
            return said
        state = self.round.state
        finished = state.next_open(self.step.id) is None
        way_on = self.app.say("screen.lesson-finished" if finished else "screen.enter-goes-on")
        return "\n".join(part for part in (said, self.telling.point(self.step), way_on) if part)

    # What is typed

    @on(MatrixGrid.Changed)
    def _cell_changed(self, event: MatrixGrid.Changed) -> None:
        self.round.draft(self.step, event.grid.texts)
        self._tell_journal()
        self._say_cell()

    @on(MatrixGrid.Moved)
    def _say_cell(self) -> None:
        self._line("read").update(current_cell(self.telling, self.step, self.answer))

    @on(MatrixGrid.Refused)
    def _refused(self, event: MatrixGrid.Refused) -> None:
        self.notify(event.sentence, markup=False, severity="warning")

    @on(OptionAnswer.Picked)
    def _option_picked(self, event: OptionAnswer.Picked) -> None:
        self.round.draft(self.step, (event.options.answer,))
        self._tell_journal()

    @on(MatrixGrid.Submitted)
    @on(OptionAnswer.Submitted)
    async def _submitted(self) -> None:
        """Check; an answer that was right already goes on to the next step."""
        progress = self.round.progress(self.step)
        cells = self._cells()
        settled = progress.solved and progress.cells == cells and bool(progress.overall)
        if settled or (progress.revealed and progress.cells == cells):
            await self._go_on()
            return
        self.round.check(self.step, cells)
        self._tell_journal()
        self._show_marks()
        self._say_standing()
        self.query_one(LabPane).show_own(self.round)

    def _cells(self) -> tuple[str, ...]:
        widget = self.answer
        return widget.texts if isinstance(widget, MatrixGrid) else (widget.answer,)

    def _show_marks(self) -> None:
        progress, widget = self.round.progress(self.step), self.answer
        if isinstance(widget, MatrixGrid):
            widget.show_marks(shown_marks(progress.marks))
            self._say_cell()
        else:
            widget.show_mark(progress.overall)

    async def _go_on(self) -> None:
        following = self.round.state.next_open(self.step.id)
        if following is None:
            self.notify(self.app.say("screen.lesson-finished"), markup=False)
            return
        await self._go_to(following)

    async def _go_to(self, step_id: str) -> None:
        self._keep_edit()
        self.story_open = False
        self.round.move(step_id)
        self._tell_journal()
        await self._show_step()

    def _keep_edit(self) -> None:
        """Close an open edit, so that what was being typed is not lost."""
        widget = self.answer
        if isinstance(widget, MatrixGrid):
            widget.commit()
            self.round.draft(self.step, widget.texts)

    def _tell_journal(self) -> None:
        """Say once when what is done can no longer be written down."""
        notice = self.app.journal.notice
        if notice is not None and notice not in self.app.notices:
            self.app.notices.append(notice)
            self.app.tell(notice)

    # Keys

    def action_hint(self) -> None:
        """One more hint; it stays on the screen."""
        if not self.round.hint(self.step):
            self.notify(self.app.say("screen.no-more-hints"), markup=False)
            return
        self._tell_journal()
        self._say_standing()

    def action_solution(self) -> None:
        """The solution, at the second press: nobody should see it by accident."""
        if self.solution_asked != self.step.id and not self.round.progress(self.step).done:
            self.solution_asked = self.step.id
            self._line("said").update(self.app.say("screen.solution-again"))
            self.call_after_refresh(self._scroll_to_answer)
            return
        self.round.reveal(self.step)
        self._tell_journal()
        self._say_standing()
        self._line("said").update(self._with_way_on(self.telling.solution(self.step)))

    async def action_step(self, way: int) -> None:
        """The previous or next step; what is typed stays."""
        steps = self.round.lesson.steps
        place = self.round.sheet.places[self.step.id] + way
        if 0 <= place < len(steps):
            await self._go_to(steps[place].id)
        else:
            key = "screen.first-step" if way < 0 else "screen.last-step"
            self.notify(self.app.say(key), markup=False)

    async def action_skip(self) -> None:
        """Leave the step for later."""
        self._keep_edit()
        self.round.skip(self.step)
        self._tell_journal()
        self.story_open = False
        await self._show_step()

    def action_story(self) -> None:
        """The lesson's story, or not."""
        self.story_open = not self.story_open
        self._line("story").display = self.story_open
        if self.story_open:
            self.query_one("#work", VerticalScroll).scroll_home(animate=False)

    def action_fresh(self) -> None:
        """The same lesson with other numbers; asked first while this round is not finished."""
        state = self.round.state
        touched = any(step.cells or step.hints or step.done for step in state.steps.values())
        if state.finished or not touched:
            self.run_worker(self._begin_fresh())
            return
        question = self.app.say("screen.fresh-question", done=state.done, total=len(state.steps))
        self.app.push_screen(ConfirmScreen(question, self.language), self._fresh_answered)

    def _fresh_answered(self, sure: bool | None) -> None:
        if sure:
            self.run_worker(self._begin_fresh())

    async def _begin_fresh(self) -> None:
        self.round = self.bookmark.begin(self.bookmark.next_seed(self.round.state))
        self.story_open = True
        await self._show_step()
        self.query_one(LabPane).show_sheet(self.round.sheet)

    def action_calculator(self) -> None:
        """A line to calculate in."""
        self.query_one(Calculator).open()

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

    def action_leave(self) -> None:
        """Back to the map; the lesson goes on where it is left."""
        self._keep_edit()
        self.dismiss()
