"""A step or a loss to go to: on to a later one, back to an earlier one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tutor.training.experiments import MOST_STEPS
from tutor.tui.lab.watched import Watch
from tutor.tui.page import Page

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


def read(text: str) -> tuple[str, float] | None:
    """`step` or `loss` with its number: a whole number is a step, `<0.3` or `0.3` a loss."""
    bare = text.strip().replace(",", ".")
    below = bare.startswith("<")
    try:
        value = float(bare.lstrip("<= "))
    except ValueError:
        return None
    if not math.isfinite(value) or value < 0:
        return None
    if below or "." in bare:
        return ("loss", value)
    return ("step", value) if value.is_integer() and value <= MOST_STEPS else None


class GoToPage(Page[None]):
    """One line to type into."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    app: TutorApp

    def __init__(self, watched: Watch) -> None:
        """Move a run."""
        super().__init__()
        self.watched = watched

    def compose(self) -> ComposeResult:
        """What may be typed, the line, and what was wrong with it."""
        self.language = self.app.language
        step = self.watched.snapshot.step
        with Vertical(id="go-to"):
            yield Static(self.app.say("lab.go-to-about", step=step), markup=False)
            yield Input(compact=True, max_length=20, id="go-to-line")
            yield Static("", id="go-to-said", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go there, or say what to type."""
        wanted = read(event.value)
        if wanted is None:
            self.query_one("#go-to-said", Static).update(self.app.say("lab.go-to-unreadable"))
            return
        kind, value = wanted
        if kind == "loss":
            self.watched.run_to_loss(value)
        else:
            self.watched.run_to(int(value))
        self.dismiss()
