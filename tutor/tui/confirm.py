"""A question before something that cannot easily be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from tutor.tui.page import Page

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


class ConfirmScreen(Page[bool]):
    """Yes or no; Escape is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", show=False),
        Binding("y", "answer(True)", show=False),
        Binding("left,right,up,down", "app.focus_next", show=False),
    ]

    app: TutorApp

    def __init__(self, question: str, values: Mapping[str, object]) -> None:
        """Ask a question of the messages, with its values."""
        super().__init__()
        self.question = question
        self.values = values

    def compose(self) -> ComposeResult:
        """The question and two buttons; no is where Enter would go."""
        with Vertical(id="confirm"):
            yield Static(self.app.say(self.question, **self.values), markup=False)
            with Horizontal():
                yield Button(self.app.say("screen.no"), id="no", variant="primary", compact=True)
                yield Button(self.app.say("screen.yes"), id="yes", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button says it."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, sure: bool) -> None:
        """The key says it."""
        self.dismiss(sure)
