"""The screen on which slips are spotted: a page of somebody's working, and a line to answer in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from tutor.course.numbers import NumbersError
from tutor.course.spot import LONGEST, Said, Spot
from tutor.course.spot_exercise import SpotError
from tutor.engine.formula import FormulaError
from tutor.learner.spot_bookmark import Place, SpotBookmark
from tutor.tui.bindings import SpokenScreen
from tutor.tui.key_footer import KeyFooter
from tutor.tui.prose import Prose
from tutor.tui.spot.words import SpotWords

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


def key(keys: str, action: str, name: str, *, show: bool = True, priority: bool = False) -> Binding:
    """A binding with a word and a sentence of this room."""
    return Binding(
        keys, action, f"spot.key-{name}", tooltip=f"spot.about-{name}", show=show,
        priority=priority, id=f"spot.{name}",
    )  # fmt: skip


class SpotLine(Input):
    """The line to answer in; Enter checks."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "submit", "check")]


class SpotScreen(SpokenScreen[None]):
    """One exercise after another: which line is wrong, what went wrong, what is right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f3", "hint", "hint"),
        key("f4", "solution", "solution"),
        key("f5", "another", "next"),
        key("escape", "leave", "lesson"),
        key("pageup", "scroll_page(-1)", "scroll", priority=True, show=False),
        key("pagedown", "scroll_page(1)", "scroll", priority=True),
    ]

    app: TutorApp

    def __init__(self, bookmark: SpotBookmark) -> None:
        """Go on with the latest exercise of a lesson, or the next."""
        super().__init__()
        self.bookmark = bookmark
        self.spot: Spot | None = None
        self.said: Said | None = None
        self.hinted = False
        self.solution_asked = False
        self.failed = False

    def compose(self) -> ComposeResult:
        """The page above, what is asked below."""
        self.language = self.app.language
        yield Prose(id="spot-title")
        with VerticalScroll(id="spot-page", can_focus=False):
            yield Prose(id="spot-about")
            yield Prose(id="spot-lines")
            yield Prose(id="spot-right")
            yield Prose(id="spot-hints")
            # Matrices stand as they are; what is read as prose is broken into words.
            yield Static(id="spot-given", markup=False)
        with Vertical(id="spot-asked"):
            yield Prose(id="spot-said")
            yield Prose(id="spot-question")
            yield Prose(id="spot-choices")
            yield SpotLine(id="spot-line", compact=True, max_length=LONGEST)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin where the journal says."""
        self._open(self.bookmark.latest())

    @property
    def line(self) -> SpotLine:
        """The line to answer in."""
        return self.query_one(SpotLine)

    # An exercise is made in a thread: it may take as long as fresh numbers do.

    def _open(self, place: Place) -> None:
        self.spot, self.said, self.hinted, self.solution_asked = None, None, False, False
        self.line.value = ""
        self._show()
        self.run_worker(self._make(place), exclusive=True)

    async def _make(self, place: Place) -> None:
        try:
            self.spot = await asyncio.to_thread(self.bookmark.open, place)
        except (FormulaError, NumbersError, SpotError):
            self.failed = True
        self._show()
        self.query_one("#spot-page", VerticalScroll).scroll_home(animate=False)

    # What is shown

    def _show(self) -> None:
        """Say everything as it stands."""
        spot = self.spot
        self.line.disabled = spot is None
        if spot is None:
            self._tell("title", self.app.say("spot.none" if self.failed else "spot.loading"))
            for name in ("about", "lines", "right", "hints", "said", "question"):
                self._tell(name, "")
            self._tell("choices", "")
            self.query_one("#spot-given", Static).update("")
            return
        words = SpotWords(spot, self.language)
        self._tell("title", words.title())
        self._tell("about", self.app.say("spot.about"))
        self._tell("lines", "\n".join(words.page()))
        numbers = words.numbers(self.app.glyphs)
        given = [self.app.say("spot.given"), *numbers] if numbers else []
        self.query_one("#spot-given", Static).update("\n".join(given))
        right = [f"    {row}" for row in words.right_lines()] if spot.state.done else []
        self._tell("right", "\n".join([self.app.say("spot.should-be"), *right] if right else []))
        self._tell("hints", "\n".join(words.hint()) if self.hinted else "")
        said = words.judged(self.said) if self.said is not None else ""
        self._tell("said", self.app.say("spot.solution-again") if self.solution_asked else said)
        self._tell("question", words.asked())
        self._tell("choices", "\n".join(words.choices()))
        self.line.focus()

    def _tell(self, name: str, text: str) -> None:
        self.query_one(f"#spot-{name}", Prose).say(text)

    def set_language(self, language: str) -> None:
        """Say everything in another language, at once; what is typed stays."""
        super().set_language(language)
        if self.is_mounted:
            self._show()

    # Keys

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Check; from an exercise that is done to the next."""
        event.stop()
        if self.spot is None:
            return
        if self.spot.state.done:
            self.action_another()
            return
        before = self.spot.stage
        self._say(self.spot.answer(event.value), before)

    def _say(self, said: Said, before: str) -> None:
        """Say what came of an answer at a stage."""
        assert self.spot is not None
        self.said, self.solution_asked = said, False
        self.app.tell_journal()
        if self.spot.stage != before:
            self.line.value = ""
            self.hinted = False
        else:
            self.line.select_all()
        self._show()
        if self.spot.state.done:
            self.call_after_refresh(self._show_part, "#spot-right")

    def action_hint(self) -> None:
        """The formulas of the page."""
        if self.spot is not None:
            self.hinted = True
            self._show()
            self.call_after_refresh(self._show_part, "#spot-hints")

    def action_solution(self) -> None:
        """The answer to the present question, at the second press."""
        if self.spot is None:
            return
        if self.spot.state.done:
            self._show_part("#spot-right")
        elif self.solution_asked:
            before = self.spot.stage
            self._say(self.spot.show(), before)
        else:
            self.solution_asked = True
            self._show()

    def _show_part(self, name: str) -> None:
        self.query_one("#spot-page", VerticalScroll).scroll_to_widget(
            self.query_one(name), animate=False
        )

    def action_another(self) -> None:
        """Another exercise; this one can be had again by its number."""
        if self.spot is not None:
            self._open(self.bookmark.next(self.spot))

    def action_scroll_page(self, way: int) -> None:
        """Read what is above or below."""
        page = self.query_one("#spot-page", VerticalScroll)
        move = page.scroll_page_up if way < 0 else page.scroll_page_down
        move(animate=False)

    def action_leave(self) -> None:
        """Back to the lesson."""
        self.dismiss()
