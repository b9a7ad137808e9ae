"""A screen with a text to read, and a key to go back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from tutor.tui.bindings import SpokenScreen


class SentenceScreen(SpokenScreen[None]):
    """Says something at length."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "app.pop_screen", "screen.key-back", id="sentence.back"),
    ]

    def __init__(self, text: str) -> None:
        """Show a text as it is."""
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The text, scrolled where it is long."""
        self.language = getattr(self.app, "language", "en")
        with VerticalScroll(id="sentence"):
            yield Static(self.text, markup=False)
        yield Footer(show_command_palette=False)
