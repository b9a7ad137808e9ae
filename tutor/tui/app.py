"""The application: what all screens share, and how it starts, ends and survives.

The first paint waits for nothing: lessons, journal and the lab's child come after it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from tutor.learner import settings as settings_file
from tutor.learner.notice import Notice
from tutor.learner.settings import Settings
from tutor.messages import say
from tutor.tui.bindings import SpokenScreen
from tutor.tui.crash import keep_report
from tutor.tui.glyphs import Glyphs, glyphs_named
from tutor.tui.home import HomeScreen
from tutor.tui.key_names import explained, key_name
from tutor.tui.lost_terminal import end_without_terminal
from tutor.tui.scrollbars import PlainScrollBar
from tutor.tui.small import TooSmallScreen, is_too_small

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual import events

    from tutor.course.lesson import Value
    from tutor.learner.journal import Journal
    from tutor.training.catalog import Chosen
    from tutor.training.run import Run

ScrollBar.renderer = PlainScrollBar

THEMES = {"dark": "textual-dark", "light": "textual-light"}
NOTICE_SECONDS = 15
"""How long a notice about the disk stays; it may be long, and it is said once."""


class TutorApp(App[int]):
    """The tutor on a screen; exits with a status for the shell."""

    CSS_PATH = Path(__file__).with_name("tutor.tcss")
    TITLE = "handgrad"
    # Ours has no words that only exist in English, and its commands are the keys' own.
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        explained("f1,question_mark", "help", "help"),
        explained("ctrl+p", "commands", "commands", show=False),
        explained("ctrl+l", "next_language", "language", show=False),
        explained("ctrl+t", "next_theme", "theme", show=False),
        explained("ctrl+q", "quit", "quit", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        settings: Settings,
        language: str,
        *,
        lesson: Path | None = None,
        seed: int | None = None,
        given: Mapping[str, Value] | None = None,
        chosen: Chosen | None = None,
        experiments: bool = False,
        notices: Iterable[Notice] = (),
        warms_lab: bool = True,
    ) -> None:
        """Show the map of lessons, or begin with one lesson (with a seed's numbers, or own ones).

        What is `chosen` is the experiment to begin with; `experiments` begins with all of them.

        Without `warms_lab` no child is started before a lesson trains.
        """
        # For NO_COLOR Textual writes shades of grey, which are colours too, but for this argument.
        super().__init__(ansi_color="NO_COLOR" in os.environ or None)
        self.settings = settings
        self.language = language
        self.first_lesson = lesson
        self.seed = seed
        self.given = given
        self.chosen = chosen
        self.lists_experiments = experiments
        self.notices = list(notices)
        self.told: list[Notice] = []
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
        """Say once what the learner should know about what is remembered."""
        if notice not in self.told:
            self.told.append(notice)
            sentence = self.say(notice.code, **notice.details)
            self.notify(sentence, markup=False, severity="warning", timeout=NOTICE_SECONDS)

    def tell_journal(self) -> None:
        """Say once when what is done can no longer be written down, or was not."""
        if self.journal.notice is not None:
            self.tell(self.journal.notice)

    # Beginning and ending

    def get_default_screen(self) -> Screen[None]:
        """The map of lessons."""
        return HomeScreen()

    def on_load(self) -> None:
        """Answer the signals that end a program, before anything is done to the terminal."""
        # The loops of Windows know no signals, and its terminals send none.
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, self.exit, 128 + number)
            if not self.is_headless:
                gone = partial(loop.call_soon_threadsafe, self.exit, 128 + signal.SIGHUP)
                end_without_terminal(gone)

    def on_mount(self) -> None:
        """Leave what takes time until after the first paint."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        for notice in self.notices:
            self.tell(notice)
        self._open_first_lesson()

    def _open_first_lesson(self) -> None:
        """Open the lesson that the command named, once there is room for it."""
        lesson = self.first_lesson
        if lesson is not None and not isinstance(self.screen, TooSmallScreen):
            self.first_lesson = None
            self.open_lesson(lesson, self.seed, self.given)
        chosen = self.chosen
        if chosen is not None and not isinstance(self.screen, TooSmallScreen):
            from tutor.tui.lab.bench import bench_of
            from tutor.tui.lab.screen import BenchScreen

            self.chosen = None
            self.push_screen(BenchScreen(bench_of(chosen)))
        if self.lists_experiments and not isinstance(self.screen, TooSmallScreen):
            self.lists_experiments = False
            self.action_experiments()

    def action_experiments(self) -> None:
        """All experiments of the course."""
        from tutor.tui.lab.experiments import LabListScreen

        self.push_screen(LabListScreen())

    def open_lesson(
        self, path: Path, seed: int | None = None, given: Mapping[str, Value] | None = None
    ) -> None:
        """Go to a lesson, where it was left, or with the numbers of a seed or one's own."""
        from tutor.tui.open_lesson import opened

        self.push_screen(opened(self, path, seed, given))

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End, by key or by signal, after writing down what is being typed."""
        for screen in self.screen_stack:
            if isinstance(screen, SpokenScreen):
                screen.keep()
        super().exit(result, return_code, message)

    async def on_unmount(self) -> None:
        """Let go of the journal and of the child, without waiting for it."""
        if self._journal is not None:
            self._journal.close()
        if self._run is not None:
            self._run.kill()
            await self._run.stop()

    def _fatal_error(self) -> None:
        """Keep the report of a crash in a file: no traceback reaches a learner."""
        self.bell()
        if self.crash_report is None:
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
            self.call_later(self._open_first_lesson)

    def choose(self, name: str, value: str) -> None:
        """Change a setting, at once and for the next time."""
        changed = settings_file.changed(self.settings, name, value)
        if isinstance(changed, Notice):
            self.tell(changed)
            return
        self.settings = changed
        if name == "language":
            self.language = value
        self.theme = THEMES[changed.theme]
        notice = settings_file.save(changed)
        if notice is not None:
            self.tell(notice)
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

    def get_key_display(self, binding: Binding) -> str:
        """What a key is called."""
        return key_name(binding, self.language)

    def action_help_quit(self) -> None:
        """Say which key quits: Ctrl+C is too easily pressed by those who want to copy."""
        self.notify(self.say("screen.how-to-quit"), markup=False)

    def action_help(self) -> None:
        """All keys of what is focused."""
        from tutor.tui.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_commands(self) -> None:
        """All commands, searched by name."""
        from tutor.tui.palette import PaletteScreen

        self.push_screen(PaletteScreen(self.screen))
