"""Where everything of a matrix stands: the one layout of answer grids, givens and plain text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from tutor.messages import say
from tutor.tui.glyphs import Glyphs

PAGE_GAP = 3
LABEL_LIMIT = 12


class Piece(NamedTuple):
    """A stretch of one line: a text, or the place of a cell for its owner to draw."""

    kind: str
    """`label`, `bracket`, `gap` or `cell`."""
    text: str
    width: int
    cell: int = -1


def folded(shape: Sequence[int]) -> tuple[int, int, int]:
    """Pages, rows and columns of an array: a vector is one row, leading sizes make pages."""
    if any(size < 1 for size in shape):
        raise ValueError(f"an array of the shape {tuple(shape)} has no cells")
    rows = shape[-2] if len(shape) > 1 else 1
    columns = shape[-1] if shape else 1
    return prod(shape[:-2]), rows, columns


def page_names(shape: Sequence[int], language: str) -> tuple[str, ...]:
    """What the pages of an array are called: channels, counted from 0, or their indices."""
    if len(shape) < 3:
        return ()
    if len(shape) == 3:
        return tuple(say("grid.channel", language, number=page) for page in range(shape[0]))
    names = [""]
    for size in shape[:-2]:
        names = [f"{name}{', ' if name else ''}{index}" for name in names for index in range(size)]
    return tuple(f"[{name}]" for name in names)


def clipped(text: str, width: int, cut: str) -> str:
    """The text, or its beginning and the sign of a cut when it is wider."""
    if cell_len(text) <= width:
        return text
    if width < 2:
        return cut[:width]
    return chop_cells(text, width - 1)[0] + cut


def to_left(text: str, width: int) -> str:
    """The text with blanks after it up to a width in cells."""
    return text + " " * (width - cell_len(text))


def to_right(text: str, width: int) -> str:
    """The text with blanks before it up to a width in cells."""
    return " " * (width - cell_len(text)) + text


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages of cells with brackets and labels, of which a window of columns may be in view."""

    pages: int
    rows: int
    columns: int
    widths: tuple[int, ...]
    """The width of the cells of each column."""
    slot: int
    """How many cells of the line follow each cell of the matrix."""
    tail: int
    """How many follow the last one of a row."""
    glyphs: Glyphs
    row_labels: tuple[str, ...] = ()
    column_labels: tuple[str, ...] = ()
    page_labels: tuple[str, ...] = ()
    across: int = 1
    """How many pages stand side by side."""
    first: int = 0
    """The first column in view."""
    shown: int = 0
    """How many columns are in view; 0 for all."""

    @property
    def window(self) -> range:
        """The columns in view."""
        return range(self.first, self.first + (self.shown or self.columns))

    @property
    def margin(self) -> int:
        """The width of the row labels, with the blank that follows them."""
        return 1 + max(map(cell_len, self.row_labels)) if any(self.row_labels) else 0

    @property
    def head(self) -> int:
        """How many lines stand above the rows of a page."""
        return bool(self.page_labels) + bool(self.column_labels)

    @property
    def page_width(self) -> int:
        """The width of one page with its labels."""
        return max(self._rows_width, *map(cell_len, self.page_labels), 0)

    @property
    def _rows_width(self) -> int:
        """The width of the rows, from their labels to the right bracket."""
        window = self.window
        cells = sum(self.widths[column] for column in window)
        return self.margin + 3 + cells + self.slot * (len(window) - 1) + self.tail

    @property
    def page_height(self) -> int:
        """The lines of one page."""
        return self.head + self.rows

    @property
    def width(self) -> int:
        """The width of all pages that stand side by side."""
        return self.across * (self.page_width + PAGE_GAP) - PAGE_GAP

    @property
    def height(self) -> int:
        """The number of lines."""
        return -(-self.pages // self.across) * self.page_height

    def line(self, y: int) -> Iterator[Piece]:
        """The pieces of a line, from left to right."""
        band, y = divmod(y, self.page_height)
        for page in range(band * self.across, min((band + 1) * self.across, self.pages)):
            if page % self.across:
                yield Piece("gap", " " * PAGE_GAP, PAGE_GAP)
            if y >= self.head:
                yield from self._row(page, y - self.head)
            elif y == 0 and self.page_labels:
                width = self.page_width
                yield Piece("label", to_left(self.page_labels[page], width), width)
                continue
            else:
                yield from self._header()
            if (rest := self.page_width - self._rows_width) > 0:
                yield Piece("gap", " " * rest, rest)

    def _header(self) -> Iterator[Piece]:
        last = self.window[-1]
        yield Piece("gap", " " * (self.margin + 2), self.margin + 2)
        for column in self.window:
            width = self.widths[column]
            label = clipped(self.column_labels[column], width, self.glyphs.cut)
            yield Piece("label", to_right(label, width), width)
            gap = self.tail + 1 if column == last else self.slot
            yield Piece("gap", " " * gap, gap)

    def _row(self, page: int, row: int) -> Iterator[Piece]:
        if margin := self.margin:
            yield Piece("label", to_left(self.row_labels[row], margin), margin)
        left, right = self._brackets(row)
        yield Piece("bracket", left + " ", 2)
        start = (page * self.rows + row) * self.columns
        last = self.window[-1]
        for column in self.window:
            yield Piece("cell", "", self.widths[column], start + column)
            gap = self.tail if column == last else self.slot
            yield Piece("gap", " " * gap, gap)
        yield Piece("bracket", right, 1)

    def _brackets(self, row: int) -> tuple[str, str]:
        part = 0 if self.rows == 1 else 1 if row == 0 else 3 if row == self.rows - 1 else 2
        hidden_left = self.first > 0
        hidden_right = self.window[-1] < self.columns - 1
        return (
            self.glyphs.more_left if hidden_left else self.glyphs.left_bracket[part],
            self.glyphs.more_right if hidden_right else self.glyphs.right_bracket[part],
        )

    def split(self, cell: int) -> tuple[int, int, int]:
        """Page, row and column of a cell."""
        page, rest = divmod(cell, self.rows * self.columns)
        return page, *divmod(rest, self.columns)

    def place(self, cell: int) -> tuple[int, int]:
        """Where a cell begins: (x, y). It must be in view."""
        page, row, column = self.split(cell)
        band, beside = divmod(page, self.across)
        x = beside * (self.page_width + PAGE_GAP) + self.margin + 2
        x += sum(self.widths[before] + self.slot for before in range(self.first, column))
        return x, band * self.page_height + self.head + row

    def cell_at(self, x: int, y: int) -> int | None:
        """The cell at a place, if there is one; what follows a cell belongs to it."""
        if not 0 <= y < self.height:
            return None
        position = 0
        cell = None
        for piece in self.line(y):
            if piece.kind == "cell":
                cell = piece.cell
            elif piece.kind != "gap":
                cell = None
            if position <= x < position + piece.width:
                return cell
            position += piece.width
        return None

    def neighbour(self, cell: int, down: int, right: int) -> int:
        """The cell next to another one, across the edges of pages; itself at the outer edge."""
        page, row, column = self.split(cell)
        band, beside = divmod(page, self.across)
        line = band * self.rows + row + down
        place = beside * self.columns + column + right
        if line < 0 or not 0 <= place < self.across * self.columns:
            return cell
        band, row = divmod(line, self.rows)
        beside, column = divmod(place, self.columns)
        page = band * self.across + beside
        if page >= self.pages:
            return cell
        return (page * self.rows + row) * self.columns + column


def labels_of(labels: Iterable[str], count: int, cut: str) -> tuple[str, ...]:
    """Exactly as many labels as asked, none too long; none at all when none was given."""
    given = [clipped(label, LABEL_LIMIT, cut) for label in labels]
    return tuple((given + [""] * count)[:count]) if any(given) else ()
