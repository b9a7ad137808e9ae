"""The command palette in the learner's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandPalette

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


def palette(app: TutorApp) -> CommandPalette:
    """All commands, to be searched by name."""
    return CommandPalette(placeholder=app.say("screen.palette"), id="--command-palette")
