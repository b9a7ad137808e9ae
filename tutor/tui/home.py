"""The map of lessons: what is done, in progress and open, what each needs; search; Enter opens."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from tutor.messages import say
from tutor.tui.bindings import SpokenScreen

if TYPE_CHECKING:
    from tutor.course.lesson import Head
    from tutor.learner.journal import Progress
    from tutor.tui.app import TutorApp

BAR = 12
"""Cells of a lesson's progress bar."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson of the map: what its file says, or that it cannot be read, and how it stands."""

    path: Path
    head: Head | None
    progress: Progress | None

    @property
    def id(self) -> str:
        """The lesson's name, also when its file is broken."""
        return self.path.stem

    @property
    def state(self) -> str:
        """done, in_progress or open: names of signs."""
        if self.progress is None or self.progress.done == 0 and not self.progress.finished:
            return "open" if self.progress is None else "in_progress"
        return "done" if self.progress.finished else "in_progress"


def read_map(progress: dict[str, Progress]) -> list[Entry]:
    """All lessons in the order of the course; broken files at the end."""
    from tutor.course.catalog import entries
    from tutor.course.load import LessonError, load_head

    found = []
    for path in entries():
        try:
            head = load_head(path)
        except LessonError:
            head = None
        found.append(Entry(path, head, progress.get(path.stem)))
    return sorted(found, key=lambda one: (one.head is None, one.head.order if one.head else 0))


class HomeScreen(SpokenScreen[None]):
    """Where the tutor begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "screen.key-search", id="home.search"),
        Binding("escape", "leave_search", "screen.key-leave-search", show=False, id="home.list"),
        Binding("q", "app.quit", "screen.key-quit", id="home.quit"),
    ]

    app: TutorApp

    def __init__(self) -> None:
        """An empty map; the lessons come after the first paint."""
        super().__init__()
        self.entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        """A title, how far one is, the search line, the list and the details."""
        self.language = self.app.language
        yield Static(id="home-title", markup=False)
        yield Static(id="home-progress", markup=False)
        yield Input(id="home-search", compact=True)
        yield OptionList(id="home-lessons", markup=False)
        yield Static(id="home-about", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Say what can be said before anything is read."""
        self._say_frame()
        self.query_one(OptionList).focus()
        self.call_after_refresh(self._read)

    def on_screen_resume(self) -> None:
        """Come back from a lesson: show how it stands now."""
        if self.entries:
            self.call_after_refresh(self._read)

    async def _read(self) -> None:
        progress = {one.lesson: one for one in self.app.journal.summary()}
        self.entries = await asyncio.to_thread(read_map, progress)
        notice = self.app.journal.notice
        if notice is not None:
            self.app.tell(notice)
        self._show()
        await self._warm()

    async def _warm(self) -> None:
        """Let the lab's child import torch while the learner looks at the map."""
        if self.app.warms_lab:
            await self.app.lab.warm()

    def set_language(self, language: str) -> None:
        """Say the map in another language, at once."""
        super().set_language(language)
        self._say_frame()
        self._show()

    def _say_frame(self) -> None:
        self.query_one("#home-title", Static).update(say("screen.home-title", self.language))
        search = self.query_one("#home-search", Input)
        search.placeholder = say("screen.search", self.language)
        if not self.entries:
            waiting = say("screen.reading-lessons", self.language)
            self.query_one("#home-progress", Static).update(waiting)

    def _show(self) -> None:
        """Draw the lessons that the search finds, keeping the place in the list."""
        wanted = self.query_one("#home-search", Input).value.casefold().split()
        shown = [one for one in self.entries if all(word in self._searched(one) for word in wanted)]
        lessons = self.query_one(OptionList)
        before = self._chosen
        lessons.clear_options()
        lessons.add_options([Option(self._line(entry), id=entry.id) for entry in shown])
        if shown:
            ids = [entry.id for entry in shown]
            first_open = next((one.id for one in shown if one.state != "done"), ids[0])
            lessons.highlighted = ids.index(before if before in ids else first_open)
        self._say_progress(bool(wanted) and not shown)

    @property
    def _chosen(self) -> str | None:
        lessons = self.query_one(OptionList)
        if lessons.highlighted is None:
            return None
        return lessons.get_option_at_index(lessons.highlighted).id

    def _searched(self, entry: Entry) -> str:
        head = entry.head
        texts = [entry.id]
        if head is not None:
            texts += [*head.title.en.split(), head.title.zh, head.summary.en, head.summary.zh]
        return " ".join(texts).casefold()

    def _say_progress(self, nothing_found: bool) -> None:
        line = self.query_one("#home-progress", Static)
        if nothing_found:
            line.update(say("screen.nothing-found", self.language))
            return
        total = len(self.entries)
        done = sum(entry.state == "done" for entry in self.entries)
        begun = sum(entry.state == "in_progress" for entry in self.entries)
        words = say("screen.map-progress", self.language, done=done, total=total, begun=begun)
        line.update(f"{self.app.glyphs.bar(done / max(total, 1), 24)}  {words}")

    def _line(self, entry: Entry) -> Content:
        sign = getattr(self.app.glyphs, entry.state)
        if entry.head is None:
            broken = say("screen.broken-lesson", self.language)
            return Content.assemble(f"{self.app.glyphs.wrong} {entry.id}\n", (f"  {broken}", "dim"))
        title = entry.head.title.in_language(self.language)
        summary = entry.head.summary.in_language(self.language)
        first = f"{sign} {title}   {self._standing(entry)}\n"
        return Content.assemble((first, "bold"), (f"  {summary}", "dim"))

    def _standing(self, entry: Entry) -> str:
        progress = entry.progress
        total = entry.head.steps if entry.head is not None else 0
        if progress is None:
            return say("screen.lesson-open", self.language, total=total)
        bar = self.app.glyphs.bar(progress.done / max(progress.total, 1), BAR)
        key = "screen.lesson-again" if progress.finished else "screen.lesson-begun"
        words = say(
            key, self.language, done=progress.done, total=progress.total, rounds=progress.finished
        )
        return f"{bar} {words}"

    @on(OptionList.OptionHighlighted, "#home-lessons")
    def _say_about(self, event: OptionList.OptionHighlighted) -> None:
        entry = next((one for one in self.entries if one.id == event.option_id), None)
        if entry is None or entry.head is None:
            self.query_one("#home-about", Static).update("")
            return
        titles = {one.id: one.head.title for one in self.entries if one.head is not None}
        needs = [
            titles[name].in_language(self.language) if name in titles else name
            for name in entry.head.needs
        ]
        joined = say("screen.list-join", self.language).join(needs)
        key = "screen.needs" if needs else "screen.needs-nothing"
        self.query_one("#home-about", Static).update(say(key, self.language, needs=joined))

    @on(OptionList.OptionSelected, "#home-lessons")
    def _open(self, event: OptionList.OptionSelected) -> None:
        entry = next(one for one in self.entries if one.id == event.option_id)
        self.app.open_lesson(entry.path)

    @on(Input.Changed, "#home-search")
    def _search_changed(self) -> None:
        self._show()

    @on(Input.Submitted, "#home-search")
    def _search_entered(self) -> None:
        lessons = self.query_one(OptionList)
        lessons.focus()
        lessons.action_select()

    def action_search(self) -> None:
        """Type a part of a lesson's name."""
        self.query_one("#home-search", Input).focus()

    def action_leave_search(self) -> None:
        """Show all lessons again."""
        self.query_one("#home-search", Input).value = ""
        self.query_one(OptionList).focus()
