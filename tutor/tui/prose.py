"""Words to be read, on lines that break where each language breaks them."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tutor.tui.wrapping import wrapped


class Prose(Widget):
    """A text; without one it takes no room."""

    DEFAULT_CSS = "Prose { width: 1fr; height: auto; }"

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        """Show a text."""
        super().__init__(id=id)
        self.text = text
        self.display = bool(text)

    def say(self, text: str) -> None:
        """Show another text; the screen is laid out anew only where it takes other room."""
        if text != self.text:
            width, height = self.content_size
            self.text = text
            self.display = bool(text)
            self.refresh(layout=not width or len(lines(text, width)) != height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the text takes."""
        return len(lines(self.text, width))

    def render(self) -> Content:
        """The text, wrapped."""
        return Content("\n".join(lines(self.text, self.content_size.width)))


def lines(text: str, width: int) -> list[str]:
    """A text in a width; what is indented stays so, also where it goes on."""
    found = []
    for paragraph in text.split("\n"):
        indent = " " * min(len(paragraph) - len(paragraph.lstrip(" ")), max(width - 8, 0))
        rows = wrapped(paragraph, max(width - cell_len(indent), 1)) or [""]
        found += [indent + row for row in rows]
    return found
