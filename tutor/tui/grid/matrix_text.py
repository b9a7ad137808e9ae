"""Given matrices as lines of text, for the screen and for the plain dialogue; needs no Textual."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len

from tutor.messages import say
from tutor.tui.glyphs import UNICODE, Glyphs
from tutor.tui.grid.sheet import (
    PAGE_GAP,
    Piece,
    Sheet,
    folded,
    labels_of,
    page_names,
    to_left,
    to_right,
)

GAP = 2
"""Blanks between two columns."""
WHOLE = re.compile(r"-?\d+")


def number_text(value: object) -> str:
    """A number as one would write it: 0.1, 12, 1e-7, -inf; at most six digits."""
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    if math.isfinite(number) and number == int(number) and abs(number) < 1e12:
        return str(int(number))
    digits, e, exponent = f"{number:.6g}".partition("e")
    return f"{digits}{e}{int(exponent)}" if e else digits


def unnested(values: object) -> tuple[tuple[int, ...], list[str]]:
    """The shape of nested sequences of numbers or texts, and their texts in row-major order."""
    try:
        parts = None if isinstance(values, str) else [unnested(one) for one in iter(values)]  # type: ignore[call-overload]
    except TypeError:
        parts = None
    if parts is None:
        return (), [number_text(values)]
    shapes = {shape for shape, _ in parts}
    if len(shapes) > 1:
        raise ValueError("rows of different lengths")
    return (len(parts), *shapes.pop()) if shapes else (0,), [
        text for _, texts in parts for text in texts
    ]


def aligned(texts: Sequence[str]) -> list[str]:
    """The texts of one column, equally wide, with their decimal points below each other."""
    halves = [split_at_point(text) for text in texts]
    before = max(cell_len(whole) for whole, _ in halves)
    after = max(cell_len(rest) for _, rest in halves)
    return [to_right(whole, before) + to_left(rest, after) for whole, rest in halves]


def split_at_point(text: str) -> tuple[str, str]:
    """A number's digits before its decimal point or exponent, and the rest."""
    whole = WHOLE.match(text)
    end = whole.end() if whole else len(text)
    return text[:end], text[end:]


class Layout:
    """A matrix set in lines: blocks of columns, as many side by side as there is room for."""

    def __init__(
        self,
        values: object,
        row_labels: Iterable[str],
        column_labels: Iterable[str],
        glyphs: Glyphs,
        language: str,
        width: int | None,
    ) -> None:
        """Lay the values out in a number of cells across; None for as many as they need."""
        shape, texts = unnested(values)
        if 0 in shape:
            shape, texts = (1,), [""]
        pages, rows, columns = folded(shape)
        self.single = shape == ()
        self.language = language
        labels = labels_of(column_labels, columns, glyphs.cut)
        self.texts = [""] * len(texts)
        widths = []
        for column in range(columns):
            label = cell_len(labels[column]) if labels else 0
            places = range(column, len(texts), columns)
            for place, text in zip(places, aligned([texts[i] for i in places]), strict=True):
                self.texts[place] = to_right(text, label)
            widths.append(cell_len(self.texts[column]))
        whole = Sheet(
            pages,
            rows,
            columns,
            tuple(widths),
            slot=GAP,
            tail=1,
            glyphs=glyphs,
            row_labels=labels_of(row_labels, rows, glyphs.cut),
            column_labels=labels,
            page_labels=page_names(shape, language),
        )
        self.sheets = blocks(whole, width)

    def lines(self) -> Iterator[list[Piece]]:
        """The pieces of every line, cells with their texts."""
        if self.single:
            yield [Piece("cell", self.texts[0].strip(), len(self.texts[0]), 0)]
            return
        for sheet in self.sheets:
            if len(self.sheets) > 1:
                first, last = sheet.window[0], sheet.window[-1]
                label = say("grid.columns", self.language, first=first, last=last)
                yield [Piece("label", label, cell_len(label))]
            for y in range(sheet.height):
                yield [self._filled(piece) for piece in sheet.line(y)]

    def _filled(self, piece: Piece) -> Piece:
        return piece._replace(text=self.texts[piece.cell]) if piece.kind == "cell" else piece


def blocks(sheet: Sheet, width: int | None) -> list[Sheet]:
    """The sheet with its pages side by side where they fit, or cut into blocks of columns."""
    if width is None or sheet.page_width <= width:
        room = sheet.pages if width is None else (width + PAGE_GAP) // (sheet.page_width + PAGE_GAP)
        return [replace(sheet, across=min(sheet.pages, room))]
    found = []
    first = 0
    while first < sheet.columns:
        block = replace(sheet, first=first, shown=1)
        while block.window.stop < sheet.columns:
            wider = replace(block, shown=block.shown + 1)
            if wider.page_width > width:
                break
            block = wider
        found.append(block)
        first = block.window.stop
    return found


def matrix_lines(
    values: object,
    *,
    row_labels: Iterable[str] = (),
    column_labels: Iterable[str] = (),
    title: str = "",
    glyphs: Glyphs = UNICODE,
    language: str = "en",
    width: int | None = None,
) -> list[str]:
    """A number, vector, matrix or pages of them as lines of text, no wider than asked if possible.

    Values are nested sequences (or an array) of numbers or of texts, which stay as they are.
    """
    layout = Layout(values, row_labels, column_labels, glyphs, language, width)
    lines = ["".join(piece.text for piece in line).rstrip() for line in layout.lines()]
    if title and layout.single:
        return [f"{title}: {lines[0]}"]
    return [title, *lines] if title else lines
