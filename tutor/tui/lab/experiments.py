"""All experiments of the course; search, and Enter opens one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tutor.course.problem import LessonError
from tutor.messages import say
from tutor.training.catalog import Chosen, Found, every
from tutor.training.refusal import ExperimentError
from tutor.tui.bindings import SpokenScreen
from tutor.tui.key_footer import KeyFooter
from tutor.tui.key_names import explained
from tutor.tui.lab.bench import bench_of
from tutor.tui.lab.screen import BenchScreen
from tutor.tui.prose import Prose
from tutor.tui.search import SearchLine, has_all

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


class LabListScreen(SpokenScreen[None]):
    """The experiments, those of lessons first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("escape", "app.pop_screen", "map"),
        explained("q", "app.quit", "quit", show=False),
    ]

    AUTO_FOCUS = "#experiments-search"

    app: TutorApp

    def __init__(self) -> None:
        """An empty list; the files are read after the first paint."""
        super().__init__()
        self.found: list[Found] = []

    def compose(self) -> ComposeResult:
        """A title, the search line, the list and what an experiment is about."""
        self.language = self.app.language
        experiments = OptionList(id="experiments", markup=False)
        experiments.can_focus = False
        yield Prose(id="experiments-title")
        yield SearchLine(experiments, id="experiments-search")
        yield experiments
        yield Prose(id="experiments-about")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Say what can be said before anything is read, then read."""
        self._say()
        self.run_worker(self._read())

    async def _read(self) -> None:
        try:
            self.found = await asyncio.to_thread(lambda: list(every()))
        except LessonError as error:
            one = error.problems[0]
            said = f"{one.place}: {say(one.code, self.language, **one.details)}"
            self.query_one("#experiments-about", Prose).say(said)
            return
        self._show()

    def set_language(self, language: str) -> None:
        """Say everything in another language, at once."""
        super().set_language(language)
        if self.is_mounted:
            self._say()
            self._show()

    def _say(self) -> None:
        self.query_one("#experiments-title", Prose).say(self.app.say("lab.experiments-title"))
        self.query_one(SearchLine).placeholder = self.app.say("lab.experiments-search")

    @on(Input.Changed)
    def _show(self) -> None:
        """Draw the experiments that the search finds."""
        words = self.query_one(SearchLine).words
        shown = [one for one in self.found if has_all(words, f"{one.name} {self._title(one)}")]
        experiments = self.query_one(OptionList)
        highlighted = experiments.highlighted_option
        before = highlighted.id if highlighted is not None else None
        room = max((cell_len(one.name) for one in self.found), default=0) + 2
        experiments.set_options(
            Option(Content.assemble((one.name.ljust(room), "bold"), self._title(one)), id=one.name)
            for one in shown
        )
        names = [one.name for one in shown]
        if shown:
            experiments.highlighted = names.index(before) if before in names else 0
        self._say_about()

    def _title(self, found: Found) -> str:
        return found.lab.title.in_language(self.language)

    @on(OptionList.OptionHighlighted)
    def _say_about(self) -> None:
        """What the highlighted one is about."""
        option = self.query_one(OptionList).highlighted_option
        name = option.id if option is not None else None
        one = next((each for each in self.found if each.name == name), None)
        if one is not None:
            about = one.lab.about.in_language(self.language)
        else:
            about = self.app.say("lab.experiments-none") if self.found else ""
        self.query_one("#experiments-about", Prose).say(about)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        """Begin it; a held Enter comes more than once."""
        if not self.is_active:
            return
        found = next(one for one in self.found if one.name == event.option_id)
        try:
            chosen = Chosen(found, found.experiment())
        except ExperimentError as error:
            self.query_one("#experiments-about", Prose).say(
                self.app.say(error.code, **error.details)
            )
            return
        self.app.push_screen(BenchScreen(bench_of(chosen)))
