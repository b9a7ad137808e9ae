"""Help: the keys of what is focused and of the screen, from the same bindings as the footer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from tutor.messages import say
from tutor.tui.glyphs import Glyphs
from tutor.tui.key_names import key_name
from tutor.tui.page import Page
from tutor.tui.wrapping import wrapped

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

COLUMN, WIDTH = 18, 72
"""Cells for the names of keys, and for a whole line."""

HELP = "screen.help-answers"
"""What is said below the keys, unless the screen has a `help_key` of its own."""
SIGNS = ("right", "follows", "coarse", "wrong", "blank", "unreadable")


class HelpScreen(Page[None]):
    """A page about the screen below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q,question_mark", "dismiss", show=False),
    ]

    app: TutorApp

    def __init__(self, screen: Screen[object]) -> None:
        """Explain the keys that a screen has."""
        super().__init__()
        self.below = screen
        self.keys: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        """The keys, the signs, and a word on how answers are typed."""
        language = self.language = self.app.language
        self.keys = key_words(self.below.active_bindings, language)
        with VerticalScroll(id="help") as page:
            page.border_subtitle = say("screen.help-close", language)
            yield Static(say("screen.help-title", language), id="help-title", markup=False)
            yield Static("\n".join(key_line(*one) for one in self.keys), markup=False)
            about = getattr(self.below, "help_key", HELP)
            if about == HELP:
                yield Static(signs(self.app.glyphs, language), markup=False, id="help-signs")
            yield Static(say(about, language), markup=False, id="help-answers")


def key_words(active: Mapping[str, ActiveBinding], language: str) -> list[tuple[str, str]]:
    """The keys of each action, and what they do.

    A binding without an id is one of the toolkit's own, which has no words in our languages.
    """
    keys: dict[str, list[str]] = {}
    for one in active.values():
        binding = one.binding
        if binding.id and binding.description and one.enabled:
            what = one.tooltip or binding.description
            keys.setdefault(what, []).append(key_name(binding, language))
    return [(" ".join(dict.fromkeys(names)), what) for what, names in keys.items()]


def key_line(names: str, what: str) -> str:
    """Keys on the left, what they do on the right."""
    first, *more = wrapped(what, WIDTH - COLUMN)
    names += " " * max(COLUMN - cell_len(names), 2)
    return "\n".join([names + first, *(" " * COLUMN + line for line in more)])


def signs(glyphs: Glyphs, language: str) -> str:
    """What the signs at cells mean."""
    return "   ".join(f"{glyphs.mark(sign)} {say(f'grid.mark-{sign}', language)}" for sign in SIGNS)
