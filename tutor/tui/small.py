"""What is shown while the terminal is smaller than the lessons need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from tutor.tui.page import Page

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

WIDTH, HEIGHT = 80, 24


def is_too_small(size: Size) -> bool:
    """Whether a terminal is smaller than 80 columns and 24 lines."""
    return size.width < WIDTH or size.height < HEIGHT


class TooSmallScreen(Page[None]):
    """Asks for a larger window; the application takes it away."""

    app: TutorApp

    def compose(self) -> ComposeResult:
        """One sentence."""
        size = self.app.size
        sentence = self.app.say(
            "screen.too-small", width=size.width, height=size.height,
            least_width=WIDTH, least_height=HEIGHT,
        )  # fmt: skip
        yield Static(sentence, id="too-small", markup=False)

    async def on_resize(self) -> None:
        """Say how large the window is now."""
        await self.recompose()
