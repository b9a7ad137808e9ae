"""Help: the keys of what is focused and of the screen, from the same bindings as the footer."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tutor.messages import say
from tutor.tui.bindings import spoken

COLUMN = 16
"""Cells for the names of keys."""


class HelpScreen(ModalScreen[None]):
    """A page about the screen below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q,question_mark", "dismiss", show=False),
    ]

    def __init__(self, screen: Screen[object], language: str) -> None:
        """Explain the keys that a screen has at this moment."""
        super().__init__()
        self.language = language
        self.keys = key_lines(dict(screen.active_bindings), language, screen)

    def compose(self) -> ComposeResult:
        """A word on how answers are typed, then the keys."""
        with VerticalScroll(id="help"):
            yield Static(say("screen.help-title", self.language), id="help-title", markup=False)
            yield Static("\n".join(self.keys), markup=False)
            yield Static(say("screen.help-answers", self.language), markup=False, id="help-answers")


def key_lines(active: dict[str, ActiveBinding], language: str, screen: Screen[object]) -> list[str]:
    """One line an action: its keys and what they do; keys that say nothing are left out."""
    keys: dict[tuple[str, str], list[str]] = {}
    for one in spoken(active, language).values():
        binding = one.binding
        if binding.description and not binding.system and one.enabled:
            display = screen.app.get_key_display(binding)
            keys.setdefault((binding.action, binding.description), []).append(display)
    return [_line(" ".join(dict.fromkeys(names)), what) for (_, what), names in keys.items()]


def _line(names: str, what: str) -> str:
    return names + " " * max(COLUMN - cell_len(names), 2) + what
