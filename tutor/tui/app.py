"""The application: what all screens share, and how it starts, ends and survives.

The first paint waits for nothing: lessons, journal and the lab's child come after it.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tutor.learner import settings as settings_file
from tutor.learner.notice import Notice
from tutor.learner.settings import Settings
from tutor.messages import say
from tutor.tui.bindings import SpokenScreen
from tutor.tui.crash import keep_report
from tutor.tui.glyphs import Glyphs, glyphs_named
from tutor.tui.home import HomeScreen
from tutor.tui.small import TooSmallScreen, is_too_small

if TYPE_CHECKING:
    from pathlib import Path

    from textual import events

    from tutor.learner.journal import Journal
    from tutor.training.run import Run

THEMES = {"dark": "textual-dark", "light": "textual-light"}


class TutorApp(App[int]):
    """The tutor on a screen; exits with a status for the shell."""

    CSS_PATH = "tutor.tcss"
    TITLE = "handgrad"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "screen.key-quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+c", "help_quit", show=False, system=True, id="app.how-to-quit"),
        Binding("f1,question_mark", "help", "screen.key-help", id="app.help", key_display="F1"),
        Binding("ctrl+l", "next_language", "screen.key-language", show=False, id="app.language"),
        Binding("ctrl+d", "next_theme", "screen.key-theme", show=False, id="app.theme"),
    ]

    def __init__(
        self,
        settings: Settings,
        language: str,
        *,
        lesson: Path | None = None,
        seed: int | None = None,
        notices: Iterable[Notice] = (),
        warms_lab: bool = True,
    ) -> None:
        """Show the map of lessons, or begin with one lesson (with the numbers of a seed).

        Without `warms_lab` no child is started before a lesson trains.
        """
        super().__init__()
        self.settings = settings
        self.language = language
        self.lesson = lesson
        self.seed = seed
        self.notices = list(notices)
        self.warms_lab = warms_lab
        self.theme = THEMES[settings.theme]
        self.crash_report: Path | None = None
        self._journal: Journal | None = None
        self._run: Run | None = None

    # What screens share

    @property
    def glyphs(self) -> Glyphs:
        """The table of signs that was chosen."""
        return glyphs_named(self.settings.glyphs)

    @property
    def journal(self) -> Journal:
        """The journal, opened when it is first needed."""
        if self._journal is None:
            from tutor.learner import places
            from tutor.learner.journal import Journal

            self._journal = Journal.open(places.journal_path())
        return self._journal

    @property
    def lab(self) -> Run:
        """The one run of the lab; its child waits, warm, for the lesson that needs it."""
        if self._run is None:
            from tutor.training.run import Run

            self._run = Run()
        return self._run

    def say(self, key: str, /, **values: object) -> str:
        """A sentence in the learner's language."""
        return say(key, self.language, **values)

    def tell(self, notice: Notice) -> None:
        """Say what the learner should know about what is remembered."""
        self.notify(self.say(notice.code, **notice.details), markup=False, severity="warning")

    # Beginning and ending

    def get_default_screen(self) -> Screen[None]:
        """The map of lessons."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Answer the signals of a terminal that goes away; the rest waits for the first paint."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit, 128 + number)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        for notice in self.notices:
            self.tell(notice)
        if self.lesson is not None:
            self.open_lesson(self.lesson, self.seed)

    def open_lesson(self, path: Path, seed: int | None = None) -> None:
        """Go to a lesson, where it was left, or with the numbers of a seed."""
        from tutor.tui.open_lesson import opened

        self.push_screen(opened(self, path, seed))

    async def on_unmount(self) -> None:
        """Let go of the journal and of the child, without waiting for it."""
        if self._journal is not None:
            self._journal.close()
        if self._run is not None:
            await self._run.stop()

    def _fatal_error(self) -> None:
        """Keep the report of a crash in a file: no traceback reaches a learner."""
        self.bell()
        self.crash_report = keep_report(self._exception)
        self._close_messages_no_wait()

    # Size, language, theme

    def on_resize(self, event: events.Resize) -> None:
        """Say so while the terminal is too small for what is shown."""
        small = isinstance(self.screen, TooSmallScreen)
        if is_too_small(event.size) and not small:
            self.push_screen(TooSmallScreen())
        elif small and not is_too_small(event.size):
            self.pop_screen()

    def choose(self, name: str, value: str) -> None:
        """Change a setting, at once and for the next time."""
        changed = settings_file.changed(self.settings, name, value)
        if isinstance(changed, Notice):
            self.tell(changed)
            return
        self.settings = changed
        notice = settings_file.save(changed)
        if notice is not None:
            self.tell(notice)
        if name == "language":
            self.language = value
        self.theme = THEMES[changed.theme]
        for screen in self.screen_stack:
            if isinstance(screen, SpokenScreen):
                screen.set_language(self.language)

    def action_next_language(self) -> None:
        """The other language, at once."""
        self.choose("language", "zh" if self.language == "en" else "en")

    def action_next_theme(self) -> None:
        """Dark or light."""
        self.choose("theme", "light" if self.settings.theme == "dark" else "dark")

    def action_next_glyphs(self) -> None:
        """Unicode signs or plain ascii."""
        self.choose("glyphs", "ascii" if self.settings.glyphs == "unicode" else "unicode")

    # Help

    def action_help_quit(self) -> None:
        """Say which key quits: Ctrl+C is too easily pressed by those who want to copy."""
        self.notify(self.say("screen.how-to-quit"), markup=False)

    def action_help(self) -> None:
        """All keys of what is focused."""
        from tutor.tui.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen, self.language))

    def action_command_palette(self) -> None:
        """All commands, searched by name."""
        from tutor.tui.palette import palette

        self.push_screen(palette(self))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands that every screen has."""
        for name, action in (
            ("language", self.action_next_language),
            ("theme", self.action_next_theme),
            ("glyphs", self.action_next_glyphs),
            ("help", self.action_help),
            ("quit", self.action_quit),
        ):
            yield SystemCommand(
                self.say(f"screen.command-{name}"), self.say(f"screen.about-{name}"), action
            )
