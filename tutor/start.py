"""Starts the screen, or says why it cannot start, and ends with a status for the shell."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tutor.learner import settings as settings_file
from tutor.messages import say

CRASHED = 70
"""The status after a crash (EX_SOFTWARE of sysexits.h)."""
NO_TERMINAL = 2


def start_screen(
    lesson: Path | None = None, language: str | None = None, seed: int | None = None
) -> int:
    """Show the map, or a lesson; the status for the shell."""
    settings, notices = settings_file.load()
    spoken = settings_file.language(language, settings, os.environ)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        print(say("command.no-terminal", spoken), file=sys.stderr)
        return NO_TERMINAL
    from tutor.tui.app import TutorApp

    app = TutorApp(settings, spoken, lesson=lesson, seed=seed, notices=notices)
    status = app.run()
    if app.crash_report is not None or app.return_code == 1:
        print(say("command.crashed", spoken, report=app.crash_report or "-"), file=sys.stderr)
        return CRASHED
    return status or 0
