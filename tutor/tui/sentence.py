"""A screen with a text to read, and a key to go back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from tutor.tui.bindings import SpokenScreen
from tutor.tui.key_footer import KeyFooter
from tutor.tui.key_names import explained
from tutor.tui.prose import Prose


class SentenceScreen(SpokenScreen[None]):
    """Says something at length."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("escape,enter,q", "dismiss", "back"),
    ]

    def __init__(self, text: str) -> None:
        """Show a text as it is."""
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The text, scrolled where it is long."""
        self.language = getattr(self.app, "language", "en")
        with VerticalScroll(id="sentence"):
            yield Prose(self.text)
        yield KeyFooter()
