"""A pasted block of numbers: from text to rows, and from rows to the cells that they fill."""

import re
from collections.abc import Callable, Sequence

from tutor.messages import say
from tutor.tui.grid.draft import clean
from tutor.tui.grid.sheet import folded

PASTE_LIMIT = 10_000
"""Characters in a paste."""

ReadBlock = Callable[[str], "list[list[str]] | str | None"]
"""Reads a paste: its rows, or a sentence that says what is wrong with it, or None when the text is
no block but belongs into the cell as it is."""

ROW_END = re.compile(r"[\n\r\v\f;\]]+")
BRACKETS = re.compile(r"[\[{}]")
GAP = re.compile(r"[ ,]+")


def split_block(text: str) -> list[list[str]]:
    """Rows of texts, told apart by lines, semicolons or brackets; a tab keeps empty cells apart."""
    rows = []
    for line in ROW_END.split(text):
        line = BRACKETS.sub(" ", line)
        parts = line.split("\t") if "\t" in line else GAP.split(line.strip(" ,"))
        row = [clean(part) for part in parts]
        if any(row):
            rows.append(row)
    return rows


def fill(
    rows: Sequence[Sequence[str]], shape: Sequence[int], start: int, language: str
) -> dict[int, str] | str:
    """The text of each cell that a block fills from a cell on, or a sentence: why it does not fit.

    In a vector a row and a column are the same; whole pages, one below the other, go on in the
    next page.
    """
    first = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != first:
            return say("grid.rows-differ", language, row=number, count=len(row), first=first)
    pages, page_rows, columns = folded(shape)
    if pages == 1 and (page_rows == 1 or columns == 1) and (len(rows) == 1 or first == 1):
        values = [text for row in rows for text in row]
        rows = [values] if page_rows == 1 else [[value] for value in values]
    line, column = divmod(start, columns)
    page, row_of_page = divmod(line, page_rows)
    whole_pages = row_of_page == 0 and len(rows) % page_rows == 0
    room_rows = (pages - page) * page_rows if whole_pages else page_rows - row_of_page
    if len(rows) > room_rows or len(rows[0]) > columns - column:
        return say(
            "grid.no-room",
            language,
            rows=len(rows),
            columns=len(rows[0]),
            room_rows=room_rows,
            room_columns=columns - column,
        )
    return {
        start + down * columns + right: clean(text)
        for down, row in enumerate(rows)
        for right, text in enumerate(row)
    }
