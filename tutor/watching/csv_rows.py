"""Tables as text: a header, a column that counts the steps, and columns of numbers."""

import csv
import math
from collections.abc import Iterable, Sequence

from tutor.watching.lines import Lines
from tutor.watching.points import STEP_NAMES, Item, Passed, Point, Remark, Wishes, printable

SEPARATORS = ",;\t"
MOST_COLUMNS = 10_000


def separator_of(header: str) -> str:
    """What parts the columns: the sign that the header has most of, a comma when it has none."""
    return max(SEPARATORS, key=header.count)


def step_name(names: Iterable[str]) -> str | None:
    """The likeliest of some names to count the steps."""
    known = {name.strip().lower(): name for name in reversed(list(names))}
    return next((known[name] for name in STEP_NAMES if name in known), None)


class RowReader:
    """Points of a table, a row a step; without a column that counts, rows are counted from 0."""

    format = "csv"
    state = ""

    def __init__(self, wishes: Wishes) -> None:
        """At the beginning of a file."""
        self._wishes = wishes
        self._lines = Lines()
        self._ragged = Passed("watch.ragged-rows")
        self._unread = Passed("watch.bad-rows")
        self._separator = ","
        self._header: list[str] = []
        self._width = 0
        self._x: int | None = None
        self._tags: list[tuple[int, str]] = []
        self._rows = 0

    @property
    def waiting(self) -> int:
        """Bytes of a row whose end is not there yet."""
        return self._lines.waiting

    def feed(self, data: bytes) -> list[Item]:
        """What these bytes complete."""
        return self._items(self._lines.feed(data))

    def finish(self) -> list[Item]:
        """The last row, also without its newline."""
        return self._items(self._lines.finish())

    def remarks(self) -> list[Remark]:
        """Rows that were passed over, and columns that were asked for and are not there."""
        found = self._ragged.remarks() + self._unread.remarks() + self._lines.remarks()
        known = ", ".join(map(printable, self._header[:20]))
        for tag in self._wishes.tags:
            if self._header and tag not in self._header:
                found.append(Remark("watch.no-tag", {"name": printable(tag), "known": known}))
        if self._header and self._wishes.x is not None and self._x is None:
            found.append(Remark("watch.no-column", {"name": self._wishes.x, "known": known}))
        return found

    def _items(self, lines: Iterable[tuple[int, bytes]]) -> list[Item]:
        items: list[Item] = []
        for number, line in lines:
            text = line.decode("utf-8", "replace")
            if not text.strip() or (not self._header and text.startswith("#")):
                continue
            cells = self._cells(text)
            if not self._header:
                cells = self._begin(text)
            if cells and cells != self._header:
                items += self._row(number, cells)
        return items

    def _begin(self, text: str) -> list[str]:
        """Take the header; or, where the first row is numbers already, number the columns."""
        self._separator = separator_of(text)
        cells = self._cells(text)
        self._width = len(cells)
        headless = all(_number(cell, self._separator) is not None for cell in cells)
        names = [str(place + 1) for place in range(len(cells))] if headless else cells
        self._header = names
        wanted = self._wishes.x if self._wishes.x is not None else step_name(names)
        self._x = names.index(wanted) if wanted in names else None
        chosen = self._wishes.tags
        self._tags = [
            (place, name)
            for place, name in enumerate(names[:MOST_COLUMNS])
            if place != self._x and name and (not chosen or name in chosen)
        ]
        return cells if headless else []

    def _cells(self, text: str) -> list[str]:
        if '"' not in text:
            return [cell.strip() for cell in text.split(self._separator)]
        try:
            (row,) = csv.reader([text], delimiter=self._separator, skipinitialspace=True)
        except (csv.Error, ValueError):
            return [text]
        return [cell.strip() for cell in row]

    def _row(self, number: int, cells: Sequence[str]) -> list[Item]:
        if len(cells) != self._width:
            self._ragged.note(number)
            return []
        step: float | None = self._rows
        if self._x is not None:
            step = _number(cells[self._x], self._separator)
        if step is None or not math.isfinite(step):
            self._unread.note(number)
            return []
        self._rows += 1
        points: list[Item] = []
        for place, tag in self._tags:
            value = _number(cells[place], self._separator)
            if value is not None:
                points.append(Point(tag, step, value))
        if not points and any(cells[place] for place, _ in self._tags):
            self._unread.note(number)
        return points


def _number(cell: str, separator: str) -> float | None:
    """A cell as a number, also NaN and the infinities; None for words and blanks."""
    if not cell or "_" in cell:
        return None
    try:
        return float(cell.replace(",", ".") if separator == ";" else cell)
    except ValueError:
        return None
