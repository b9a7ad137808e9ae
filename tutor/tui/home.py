"""The map of lessons: what is done, in progress and open, what each needs; search; Enter opens."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tutor.tui.bindings import SpokenScreen
from tutor.tui.key_footer import KeyFooter
from tutor.tui.key_names import explained
from tutor.tui.lesson_map import Entry, begin_with, read_map
from tutor.tui.prose import Prose
from tutor.tui.search import SearchLine, has_all

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

BAR, WHOLE_BAR = 12, 24
"""Cells of the progress bars of a lesson and of the course."""


class LessonList(OptionList):
    """The lessons."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("enter", "select", "open"),
        explained("up", "cursor_up", "walk-up", show=False),
        explained("down", "cursor_down", "walk-down", show=False),
    ]


class HomeScreen(SpokenScreen[None]):
    """Where the tutor begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("slash", "search", "search"),
        explained("escape", "leave_search", "leave-search"),
        explained("l", "app.experiments", "experiments"),
        explained("ctrl+l", "app.next_language", "language"),
        explained("q", "app.quit", "quit"),
    ]

    AUTO_FOCUS = "#home-lessons"

    app: TutorApp

    def __init__(self) -> None:
        """An empty map; the lessons come after the first paint."""
        super().__init__()
        self.entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        """A title, how far one is, the search line, the list and the details."""
        self.language = self.app.language
        lessons = LessonList(id="home-lessons", markup=False)
        yield Prose(id="home-title")
        yield Prose(id="home-progress")
        yield SearchLine(lessons, id="home-search")
        yield lessons
        yield Prose(id="home-about")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Say what can be said before anything is read."""
        self._say_frame()

    def on_screen_resume(self) -> None:
        """Show how the lessons stand now: at the beginning, and back from a lesson."""
        if self.app.first_lesson is None:
            self.call_after_refresh(self.run_worker, self._read, exclusive=True)

    @property
    def _lessons(self) -> LessonList:
        return self.query_one(LessonList)

    @property
    def _search(self) -> SearchLine:
        return self.query_one(SearchLine)

    async def _read(self) -> None:
        """Read the map, then make ready what a lesson will need."""
        progress = {one.lesson: one for one in self.app.journal.summary()}
        self.entries = await asyncio.to_thread(read_map, progress)
        self.app.tell_journal()
        self._show()
        if self.app.warms_lab:
            await self.app.lab.warm()
        # Half a second that Enter would otherwise wait for.
        await asyncio.to_thread(importlib.import_module, "tutor.tui.open_lesson")

    def set_language(self, language: str) -> None:
        """Say the map in another language, at once."""
        super().set_language(language)
        if self.is_mounted:
            self._say_frame()
            self._show()

    def _say_frame(self) -> None:
        self.query_one("#home-title", Prose).say(self.app.say("screen.home-title"))
        self._search.placeholder = self.app.say("screen.search")
        if not self.entries:
            self.query_one("#home-progress", Prose).say(self.app.say("screen.reading-lessons"))

    def _show(self) -> None:
        """Draw the lessons that the search finds, keeping the place in the list."""
        words = self._search.words
        shown = [one for one in self.entries if has_all(words, one.searched)]
        lessons = self._lessons
        option = lessons.highlighted_option
        before = option.id if option is not None else None
        lessons.set_options([Option(self._line(entry), id=entry.id) for entry in shown])
        if shown:
            ids = [entry.id for entry in shown]
            first = ids[0] if words else begin_with(shown).id
            lessons.highlighted = ids.index(before if before in ids else first)
        self._say_progress(nothing_found=bool(words) and not shown)
        self._say_about()

    def _say_progress(self, *, nothing_found: bool) -> None:
        line = self.query_one("#home-progress", Prose)
        if nothing_found:
            line.say(self.app.say("screen.nothing-found"))
        elif self.entries:
            total = len(self.entries)
            done = sum(entry.state == "done" for entry in self.entries)
            begun = sum(entry.state == "in_progress" for entry in self.entries)
            words = self.app.say("screen.map-progress", done=done, total=total, begun=begun)
            line.say(f"{self.app.glyphs.bar(done / total, WHOLE_BAR)}  {words}")

    def _title(self, entry: Entry) -> str:
        return entry.head.title.in_language(self.language) if entry.head else entry.id

    def _line(self, entry: Entry) -> Content:
        """A lesson: its sign, its title, how it stands; below, what it needs."""
        if entry.head is None:
            sign, below = self.app.glyphs.wrong, self.app.say("screen.broken-lesson")
        else:
            sign, below = self._sign(entry), self._needs(entry)
        title = self._title(entry)
        room = max(cell_len(self._title(one)) for one in self.entries) + 2
        first = f"{sign} {title}{' ' * (room - cell_len(title))}{self._standing(entry)}"
        return Content.assemble((first, "bold"), "\n", (f"    {below}", "dim"))

    def _sign(self, entry: Entry) -> str:
        return str(getattr(self.app.glyphs, entry.state))

    def _needs(self, entry: Entry) -> str:
        """What a lesson needs, each with a sign and a word of how it stands."""
        assert entry.head is not None
        known = {one.id: one for one in self.entries}
        needs = []
        for need in (known[name] for name in entry.head.needs if name in known):
            word = self.app.say(f"screen.need-{need.state.replace('_', '-')}")
            title = self._title(need)
            needs.append(self.app.say("screen.need", sign=self._sign(need), title=title, word=word))
        if not needs:
            return self.app.say("screen.needs-nothing")
        joined = self.app.say("screen.list-join").join(needs)
        return self.app.say("screen.needs", needs=joined)

    def _standing(self, entry: Entry) -> str:
        progress = entry.progress
        if entry.head is None:
            return ""
        if progress is None:
            return self.app.say("screen.lesson-open", total=entry.head.steps)
        bar = self.app.glyphs.bar(progress.done / max(progress.total, 1), BAR)
        key = "screen.lesson-again" if progress.finished else "screen.lesson-begun"
        words = self.app.say(
            key, done=progress.done, total=progress.total, rounds=progress.finished
        )
        return f"{bar}  {words}"

    @on(OptionList.OptionHighlighted)
    def _say_about(self) -> None:
        option = self._lessons.highlighted_option
        entry = next((one for one in self.entries if option and one.id == option.id), None)
        head = entry.head if entry is not None else None
        about = head.summary.in_language(self.language) if head is not None else ""
        self.query_one("#home-about", Prose).say(about)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        # A held Enter comes more than once, and must not open a second screen of the same round.
        if self.is_active:
            entry = next(one for one in self.entries if one.id == event.option_id)
            self.app.open_lesson(entry.path)

    @on(Input.Changed)
    def _search_changed(self) -> None:
        self._show()

    def action_search(self) -> None:
        """Type a part of a lesson's name."""
        self._search.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape leaves the search, where one is."""
        if action == "leave_search":
            return self.is_mounted and (self._search.has_focus or bool(self._search.value))
        return True

    def action_leave_search(self) -> None:
        """Show all lessons again."""
        self._search.value = ""
        self._lessons.focus()
