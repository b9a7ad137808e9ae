"""The lab over the whole screen: a lesson's run, or an experiment without a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType

from tutor.tui.bindings import SpokenScreen
from tutor.tui.key_footer import KeyFooter, fitting
from tutor.tui.lab.bench import Bench
from tutor.tui.lab.keys import SPARE, key
from tutor.tui.lab.pane import LabPane
from tutor.tui.lab.watched import Watch

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


class FullScreen(SpokenScreen[None]):
    """One pane and its keys."""

    help_key = "lab.help"

    app: TutorApp

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Without the keys that the footer has no room for."""
        return fitting(super().active_bindings, SPARE, self.size.width, self.language)

    def set_language(self, language: str) -> None:
        """Say everything in another language, at once."""
        super().set_language(language)
        self.query_one(LabPane).set_language(language)

    def on_mount(self) -> None:
        """The keys are for the pane."""
        self.query_one(LabPane).focus()


class LabScreen(FullScreen):
    """The run beside a lesson, alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "dismiss", "small"),
        Binding("escape", "dismiss", "lab.about-small", show=False, id="lab.small-too"),
        Binding("q", "app.quit", "screen.key-quit", show=False, id="lab.quit"),
    ]

    def __init__(self, watched: Watch) -> None:
        """A run that goes on."""
        super().__init__()
        self.watched = watched

    def compose(self) -> ComposeResult:
        """The pane and its keys."""
        self.language = self.app.language
        yield LabPane(self.watched.bench, watched=self.watched, full=True, id="lab-full")
        yield KeyFooter()


class BenchScreen(FullScreen):
    """An experiment that was asked for by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "lab.key-small", tooltip="lab.about-leave",
                id="lab.leave"),
        Binding("q", "app.quit", "screen.key-quit", show=False, id="lab.quit"),
    ]  # fmt: skip

    def __init__(self, bench: Bench) -> None:
        """Begin the first of the bench."""
        super().__init__()
        self.bench = bench

    def compose(self) -> ComposeResult:
        """The pane and its keys."""
        self.language = self.app.language
        yield LabPane(self.bench, full=True, id="lab-full")
        yield KeyFooter()
