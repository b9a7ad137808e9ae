"""A given matrix on the screen, to be read; its cells can be lit."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tutor.tui.glyphs import UNICODE, Glyphs
from tutor.tui.grid.matrix_text import Layout, matrix_lines
from tutor.tui.grid.sheet import Piece, clipped

__all__ = ["Matrix", "matrix_lines"]


class Matrix(Widget):
    """A given matrix, to be read; cells can be lit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "matrix--title",
        "matrix--label",
        "matrix--bracket",
        "matrix--cell",
        "matrix--lit",
    }
    DEFAULT_CSS = """
    Matrix {
        width: auto;
        height: auto;
        &> .matrix--title { text-style: bold; }
        &> .matrix--label { color: $text-muted; }
        &> .matrix--bracket { color: $text-muted; }
        &> .matrix--lit { background: $secondary-muted; color: $text-secondary; text-style: bold; }
        &:nocolor > .matrix--lit { text-style: bold reverse; }
    }
    """

    def __init__(
        self,
        values: object,
        *,
        title: str = "",
        row_labels: Sequence[str] = (),
        column_labels: Sequence[str] = (),
        glyphs: Glyphs = UNICODE,
        language: str = "en",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show nested sequences (or an array) of numbers or texts, under a title."""
        super().__init__(id=id, classes=classes)
        self.values = values
        self.title = title
        self.row_labels = tuple(row_labels)
        self.column_labels = tuple(column_labels)
        self.glyphs = glyphs
        self.language = language
        self.lit: frozenset[int] = frozenset()
        self._lines: list[list[Piece]] = []
        self._width = -1

    def show(
        self,
        values: object,
        *,
        title: str | None = None,
        row_labels: Sequence[str] | None = None,
        column_labels: Sequence[str] | None = None,
    ) -> None:
        """Show other values; title and labels stay unless given."""
        self.values = values
        self.title = self.title if title is None else title
        self.row_labels = self.row_labels if row_labels is None else tuple(row_labels)
        self.column_labels = self.column_labels if column_labels is None else tuple(column_labels)
        self._lay_out_again()

    def light(self, cells: Iterable[int]) -> None:
        """Highlight these cells (row-major) and no others."""
        lit = frozenset(cells)
        if lit != self.lit:
            self.lit = lit
            self.refresh()

    def region_of(self, cell: int) -> Region | None:
        """Where a cell (row-major) stands; None before there is a layout."""
        for y, line in enumerate(self._lines):
            x = 0
            for piece in line:
                if piece.cell == cell:
                    return Region(x, y, piece.width, 1)
                x += piece.width
        return None

    def set_language(self, language: str) -> None:
        """Say channels and columns in another language."""
        self.language = language
        self._lay_out_again()

    def set_glyphs(self, glyphs: Glyphs) -> None:
        """Draw with another table of signs."""
        self.glyphs = glyphs
        self._lay_out_again()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The width that all lines need, within the container."""
        lines = self._set(container.width)
        return max(sum(piece.width for piece in line) for line in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at a width."""
        return len(self._set(width))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.content_size.width
        lines = self._set(width)
        base = self.rich_style
        if y >= len(lines):
            return Strip.blank(width, base)
        strip = Strip([Segment(piece.text, self._style(piece)) for piece in lines[y]])
        return strip.adjust_cell_length(width, base)

    def _style(self, piece: Piece) -> Style:
        if piece.kind == "gap":
            return self.rich_style
        kind = "lit" if piece.cell in self.lit else piece.kind
        return self.get_component_rich_style(f"matrix--{kind}")

    def _lay_out_again(self) -> None:
        self._width = -1
        self.refresh(layout=True)

    def _set(self, width: int) -> list[list[Piece]]:
        if width == self._width:
            return self._lines
        layout = Layout(
            self.values, self.row_labels, self.column_labels, self.glyphs, self.language, width
        )
        lines = list(layout.lines())
        if self.title:
            title = (
                f"{self.title}: " if layout.single else clipped(self.title, width, self.glyphs.cut)
            )
            heading = Piece("title", title, cell_len(title))
            lines = [[heading, *lines[0]]] if layout.single else [[heading], *lines]
        self._lines, self._width = lines, width
        return lines
