"""What is shown while the terminal is smaller than the lessons need."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.messages import say

WIDTH, HEIGHT = 80, 24


def is_too_small(size: Size) -> bool:
    """Whether a terminal is smaller than 80 columns and 24 lines."""
    return size.width < WIDTH or size.height < HEIGHT


class TooSmallScreen(ModalScreen[None]):
    """Asks for a larger window, and goes away by itself."""

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(id="too-small", markup=False)

    def on_resize(self) -> None:
        """Say how large the window is and how large it should be."""
        language = getattr(self.app, "language", "en")
        sentence = say(
            "screen.too-small", language, width=self.app.size.width, height=self.app.size.height,
            least_width=WIDTH, least_height=HEIGHT,
        )  # fmt: skip
        self.query_one("#too-small", Static).update(sentence)
