"""A page over the screen below it: help, a question, a search for commands."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, ScreenResultType

from tutor.tui.bindings import SpokenScreen


class Page(SpokenScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A page in the learner's language, in which the keys of the application work too."""

    # Textual asks the application for no key while a modal screen is shown.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "app.help_quit", show=False, system=True),
        Binding("ctrl+l", "app.next_language", show=False),
        Binding("ctrl+t", "app.next_theme", show=False),
    ]

    def set_language(self, language: str) -> None:
        """Say the page in another language."""
        super().set_language(language)
        if self.is_mounted:
            self.call_later(self.recompose)
