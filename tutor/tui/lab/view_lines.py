"""What stands in the place of the curve: layers, a picture or samples, as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tutor.training.snapshot import Snapshot
from tutor.tui.glyphs import Glyphs
from tutor.tui.lab.lines import LabLines
from tutor.tui.lab.view import Viewing, pictures
from tutor.tui.lab.view_board import board_lines
from tutor.tui.lab.view_layers import layer_lines
from tutor.tui.lab.view_pictures import picture_lines
from tutor.tui.lab.words import Line
from tutor.tui.plot.body import Part

SHADES = ("less3", "less2", "less1", "more1", "more2", "more3")


class ViewLines(LabLines):
    """Fills the room that is left; styles are kept, since a heatmap has hundreds of stretches."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lab--{kind}" for kind in SHADES}
    DEFAULT_CSS = """
    ViewLines {
        height: 1fr;
        display: none;
        &> .lab--less3 { background: $warning 60%; }
        &> .lab--less2 { background: $warning 35%; }
        &> .lab--less1 { background: $warning 15%; }
        &> .lab--more1 { background: $primary 20%; }
        &> .lab--more2 { background: $primary 45%; }
        &> .lab--more3 { background: $primary 75%; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """No lines."""
        super().__init__(id=id)
        self._styles: dict[str, Style] = {}

    def show(self, lines: Sequence[tuple[Part, ...]]) -> None:
        """Show these lines in the room that there is."""
        if lines != self.shown:
            self.shown = lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base = self.content_size.width, self.rich_style
        if y >= len(self.shown):
            return Strip.blank(width, base)
        segments = [Segment(part.text, self._style(part.kind)) for part in self.shown[y]]
        return Strip(segments).adjust_cell_length(width, base)

    def notify_style_update(self) -> None:
        """Forget the styles when the theme changes them."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, kind: str) -> Style:
        if kind not in self._styles:
            self._styles[kind] = self.get_component_rich_style(f"lab--{kind}")
        return self._styles[kind]


def view_lines(
    viewing: Viewing, snapshot: Snapshot, width: int, height: int, glyphs: Glyphs, language: str
) -> list[Line]:
    """The lines of the view that is chosen."""
    match viewing.shown(snapshot):
        case "layers":
            return layer_lines(snapshot.layers, width, height, glyphs, language)
        case "pictures":
            names, name = pictures(snapshot), viewing.picture(snapshot)
            picture = snapshot.picture
            return picture_lines(picture, name, names, width, height, glyphs, language)
        case "board":
            board = snapshot.board
            return board_lines(board, viewing.first, width, height, glyphs, language)
        case _:
            return []
