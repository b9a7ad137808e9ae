"""Starts the screen, or says why it cannot start, and ends with a status for the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.learner import settings as settings_file
from tutor.messages import say

if TYPE_CHECKING:
    from tutor.training.catalog import Chosen
    from tutor.tui.app import TutorApp

CRASHED = 70
"""The status after a crash (EX_SOFTWARE of sysexits.h)."""
NO_TERMINAL = 2


def start_screen(
    lesson: Path | None = None,
    language: str | None = None,
    seed: int | None = None,
    given: Mapping[str, Any] | None = None,
    chosen: Chosen | None = None,
    experiments: bool = False,
) -> int:
    """Show the map, a lesson, an experiment or all of them; the status for the shell."""
    settings, notices = settings_file.load()
    spoken = settings_file.language(language, settings, os.environ)
    if not has_terminal():
        print(say("command.no-terminal", spoken), file=sys.stderr)
        return NO_TERMINAL
    from tutor.tui.app import TutorApp

    app = TutorApp(
        settings, spoken, lesson=lesson, seed=seed, given=given, chosen=chosen,
        experiments=experiments, notices=notices,
    )  # fmt: skip
    return run_app(app, spoken)


def run_app(app: TutorApp, spoken: str) -> int:
    """Run an application on the screen; the status for the shell."""
    # Of a terminal of an earlier size, they would be believed more than the terminal itself.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    status = app.run()
    if app.crash_report is not None or app.return_code == 1:
        print(say("command.crashed", spoken, report=app.crash_report or "-"), file=sys.stderr)
        return CRASHED
    return status or 0


def has_terminal() -> bool:
    """Whether there is a screen to draw on.

    Textual reads keys from stdin, asks stdout for the size, and draws to stderr.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    # A stream is None where the program was started with it closed.
    whole = all(stream is not None and stream.isatty() for stream in streams)
    return whole and os.environ.get("TERM") != "dumb"
