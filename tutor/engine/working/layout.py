"""Puts cells into lists and rows that fit a line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

WIDTH = 100
"""Characters of a row; only an unfolded one may be longer."""
FOLDED_ROWS = 8
"""Rows of a matrix that is folded."""
MOST_UNFOLDED = 5000
"""Cells of an array that is written out in full."""


def nested(cells: Sequence[str], shape: tuple[int, ...]) -> str:
    """Texts as nested lists: `[[1, 2], [3, 4]]`; a number alone for no shape."""
    if not shape:
        return cells[0]
    size = len(cells) // shape[0] if shape[0] else 0
    parts = (nested(cells[at * size : (at + 1) * size], shape[1:]) for at in range(shape[0]))
    return "[" + ", ".join(parts) + "]"


def cut(text: str, room: int) -> str:
    """A text that cannot be folded any more, cut so that it fits."""
    return text if len(text) <= room else text[: max(8, room - 4)].rstrip() + " ..."


def value_rows(
    head: str, cell: Callable[[int], str], shape: tuple[int, ...], unfolded: bool
) -> tuple[str, ...]:
    """An array on one row where it fits, else with a row of its own for each of its rows."""
    size = math.prod(shape)
    if size <= WIDTH // 2:
        text = head + nested([cell(place) for place in range(size)], shape)
        if len(text) <= WIDTH or size < 2:
            return (text,)
    unfolded = unfolded and size <= MOST_UNFOLDED
    width = shape[-1]
    count = size // width
    shown = list(range(count))
    if not unfolded and count > FOLDED_ROWS:
        shown = [*range(FOLDED_ROWS - 1), count - 1]
    indent = " " * len(head)
    rows = []
    for at in shown:
        opened, closed = _brackets(at, count, shape[:-1])
        blank = " " * (len(shape) - 1 - len(opened))
        room = size * 30 if unfolded else WIDTH - len(head) - len(shape) - len(closed) - 1
        inside = _listed(cell, range(at * width, (at + 1) * width), room)
        rows.append(f"{indent if at else head}{blank}{opened}[{inside}]{closed}")
    if len(rows) < count:
        rows.insert(-1, indent + " " * (len(shape) - 1) + "...")
    return tuple(rows)


def _listed(cell: Callable[[int], str], places: range, room: int) -> str:
    """The cells of a row; where they do not fit, the first ones, three dots and the last."""
    last = cell(places[-1])
    found: list[str] = []
    used = len(last)
    for place in places[:-1]:
        text = cell(place)
        left = len(places) - len(found) - 1
        if found and used + len(text) + 2 > room - (5 if left > 1 else 0):
            return ", ".join([*found, "...", last])
        found.append(text)
        used += len(text) + 2
    return ", ".join([*found, last])


def _brackets(row: int, rows: int, outer: tuple[int, ...]) -> tuple[str, str]:
    """The brackets that open before and close behind a row of an array with outer axes."""
    opened = closed = 0
    size = 1
    for length in reversed(outer):
        size *= length
        opened += row % size == 0
        closed += (row + 1) % size == 0
    return "[" * opened, "]" * closed + ("," if row + 1 < rows else "")
