"""A question before something that cannot easily be undone."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tutor.messages import say


class ConfirmScreen(ModalScreen[bool]):
    """Yes or no; Escape is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", show=False),
        Binding("y", "answer(True)", show=False),
        Binding("left,right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, language: str) -> None:
        """Ask a question in the learner's language."""
        super().__init__()
        self.question = question
        self.language = language

    def compose(self) -> ComposeResult:
        """The question and two buttons; no is where Enter would go."""
        with Vertical(id="confirm"):
            yield Static(self.question, markup=False)
            with Horizontal():
                yield Button(say("screen.no", self.language), id="no", variant="primary")
                yield Button(say("screen.yes", self.language), id="yes")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button says it."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, sure: bool) -> None:
        """The key says it."""
        self.dismiss(sure)
