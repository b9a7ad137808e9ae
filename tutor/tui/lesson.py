"""The screen of a lesson: story, numbers, the step, the answer, what is said of it, the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.reply import typed
from tutor.course.round import Round
from tutor.learner.bookmark import Bookmark
from tutor.tui.answering import answer_widget, asked_precision, current_mark, said_of
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
        self.said = ""
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
                yield Static(id="lesson-answer-title", markup=False)
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
    def answer(self) -> MatrixGrid | OptionAnswer:
        """The widget that takes the answer."""
        (widget,) = self.query_one("#lesson-answer").children
        assert isinstance(widget, MatrixGrid | OptionAnswer)
        return widget

    async def _show_step(self) -> None:
        """Draw everything anew for the step where the learner is."""
        self.solution_asked = ""
        self.said = self._standing()
        holder = self.query_one("#lesson-answer")
        with self.app.batch_update():
            await holder.remove_children()
            widget = answer_widget(self.round, self.step, self.language, self.app.glyphs)
            await holder.mount(widget)
            self._say_all()
        widget.focus()
        self.call_after_refresh(self._scroll_to_answer)

    def _scroll_to_answer(self) -> None:
        """Keep what matters in view: the answer with what is said of it."""
        work = self.query_one("#work", VerticalScroll)
        hints = self.query_one("#lesson-hints")
        below = hints.virtual_region.bottom - work.size.height
        answer = self.query_one("#lesson-answer-title").virtual_region.y
        work.scroll_to(y=max(0, min(below, answer)), animate=False)

    def set_language(self, language: str) -> None:
        """Say everything in another language, at once; what is typed stays."""
        super().set_language(language)
        if not self.is_mounted:
            return
        widget = self.answer
        if isinstance(widget, MatrixGrid):
            widget.commit()
            widget.set_language(language)
            widget.set_glyphs(self.app.glyphs)
        self.said = self._standing()
        self._say_all()
        self.query_one(LabPane).set_language(language)
        self.query_one(Calculator).set_language(language)
        self.call_later(self._show_step)

    def _say_all(self) -> None:
        sheet, step = self.round.sheet, self.step
        story = self.query_one("#lesson-story", Static)
        story.display = self.story_open
        story.update(sheet.words(self.round.lesson.story, self.language).strip())
        self.query_one("#lesson-prompt", Static).update(
            sheet.words(step.prompt, self.language, step).strip()
        )
        self.query_one(NumbersShown).show(self.round, step, self.language, self.app.glyphs)
        self.query_one("#lesson-answer-title", Static).update(self._asked())
        self._say_rail()
        self._say_read()
        self._say_said()
        self._say_hints()

    def _asked(self) -> str:
        step = self.step
        name = f"{step.name} = " if step.name else ""
        if step.kind in CHOICE_KINDS:
            return self.app.say(f"screen.asked-{step.kind}")
        return self.app.say(
            f"screen.asked-{step.kind}",
            name=name,
            precision=asked_precision(self.round.sheet, step, self.language),
        )

    def _say_rail(self) -> None:
        """The steps as signs, the current one named and counted."""
        glyphs, state = self.app.glyphs, self.round.state
        signs = []
        for number, step in enumerate(self.round.lesson.steps, 1):
            progress = state.steps[step.id]
            sign = glyphs.done if progress.solved else glyphs.follows if progress.revealed else ""
            if step.id == state.at:
                signs.append(f"[{number}{sign}]")
            else:
                signs.append(sign or glyphs.open)
        title = self.round.sheet.words(self.step.title, self.language, self.step)
        lesson = self.round.lesson.title.in_language(self.language)
        seed = "" if state.seed is None else "  " + self.app.say("screen.seed", seed=state.seed)
        self.query_one("#lesson-rail", Static).update(f"{lesson}{seed}  {' '.join(signs)}\n{title}")

    def _standing(self) -> str:
        """What can be said of a step when one comes to it."""
        progress = self.round.progress(self.step)
        if progress.solved:
            return self._after("screen.step-solved")
        if progress.revealed:
            answer = typed(self.round.sheet, self.step, self.round.sheet.truth(self.step).value)
            return self._after("screen.step-revealed", answer="  ".join(answer))
        if progress.overall:
            return said_of(self.round, self.step, progress.overall, progress.marks, self.language)
        return ""

    def _after(self, key: str, **values: object) -> str:
        """A sentence, the point of the step, and where to go from here."""
        lines = [self.app.say(key, **values)]
        if self.step.after is not None:
            lines.append(self.round.sheet.words(self.step.after, self.language, self.step).strip())
        if self.round.state.finished:
            lines.append(self.app.say("screen.lesson-finished"))
        elif self.round.state.next_open(self.step.id) is not None:
            lines.append(self.app.say("screen.enter-goes-on"))
        return "\n".join(lines)

    def _say_said(self) -> None:
        self.query_one("#lesson-said", Static).update(self.said)

    def _say_read(self) -> None:
        """How the current cell is read, and its mark in words."""
        line = self.query_one("#lesson-read", Static)
        line.update(current_mark(self.round, self.step, self.answer, self.language))

    def _say_hints(self) -> None:
        shown = self.round.progress(self.step).hints
        rungs = self.round.rungs(self.step)
        lines = []
        for number, rung in enumerate(rungs[:shown], 1):
            words = (
                self.round.sheet.words(rung.words, self.language, self.step).strip()
                if rung.words is not None
                else self.app.say(f"screen.hint-{rung.kind}", formula=rung.formula)
            )
            lines.append(self.app.say("screen.hint", number=number, total=len(rungs), words=words))
        self.query_one("#lesson-hints", Static).update("\n".join(lines))

    # What is typed

    @on(MatrixGrid.Changed)
    def _cell_changed(self, event: MatrixGrid.Changed) -> None:
        self.round.draft(self.step, event.grid.texts)
        self._tell_journal()
        self._say_read()

    @on(MatrixGrid.Moved)
    def _cell_moved(self) -> None:
        self._say_read()

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
        checked = self.round.check(self.step, cells)
        self._tell_journal()
        self._show_marks([str(mark) for mark in checked.verdict.cells])
        self.said = (
            self._after("verdict.all-" + str(checked.verdict.overall))
            if checked.verdict.accepted
            else said_of(
                self.round,
                self.step,
                str(checked.verdict.overall),
                tuple(str(mark) for mark in checked.verdict.cells),
                self.language,
            )
        )
        self._say_rail()
        self._say_said()
        self._say_read()
        self.query_one(LabPane).show_own(self.round)
        self.call_after_refresh(self._scroll_to_answer)

    def _cells(self) -> tuple[str, ...]:
        widget = self.answer
        return widget.texts if isinstance(widget, MatrixGrid) else (widget.answer,)

    def _show_marks(self, marks: list[str]) -> None:
        widget = self.answer
        if isinstance(widget, MatrixGrid):
            widget.show_marks([mark.removeprefix("too-") for mark in marks])
        else:
            widget.show_mark(self.round.progress(self.step).overall.removeprefix("too-"))

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
        self._say_hints()
        self.call_after_refresh(self._scroll_to_answer)

    def action_solution(self) -> None:
        """The solution, at the second press: nobody should see it by accident."""
        if self.solution_asked != self.step.id and not self.round.progress(self.step).done:
            self.solution_asked = self.step.id
            self.said = self.app.say("screen.solution-again")
        else:
            answer = self.round.reveal(self.step)
            self._tell_journal()
            self.said = self._after("screen.step-revealed", answer="  ".join(answer))
            self._say_rail()
        self._say_said()
        self.call_after_refresh(self._scroll_to_answer)

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
        self.query_one("#lesson-story").display = self.story_open
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
