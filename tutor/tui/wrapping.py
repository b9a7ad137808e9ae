"""Words on lines of a width in cells: a number or word stays whole, Chinese breaks in between."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

OPENING = "（《「『【"
CLOSING = "，。：；？！、）》」』】%"


class Item(NamedTuple):
    """A stretch of a line that is never parted, and the room that it is given."""

    text: str
    room: int = 0
    """Cells; what changes all the time has room for its widest, so that nothing jumps."""

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return max(self.room, cell_len(self.text))


def flow(items: Iterable[Item], width: int, gap: int = 2) -> list[str]:
    """The items on as few lines as they need; one that is too wide alone is wrapped."""
    lines: list[str] = []
    used = 0
    for item in items:
        if used and used + gap + item.width <= width:
            lines[-1] += " " * (used + gap - cell_len(lines[-1])) + item.text
            used += gap + item.width
        else:
            lines += wrapped(item.text, width)
            used = max(item.width, 1)
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """The text on lines; a word is broken only where it alone is wider than a line."""
    lines: list[str] = []
    line, space = "", ""
    for unit, apart in units(text):
        space = " " if apart and line else ""
        if line and cell_len(line) + len(space) + cell_len(unit) > width:
            lines.append(line)
            line, space = "", ""
        *whole, unit = chop_cells(unit, max(width, 2)) or [""]
        lines += whole
        line += space + unit
    return [*lines, line] if line else lines


def units(text: str) -> Iterator[tuple[str, bool]]:
    """What must not be parted: words, and Chinese characters with their punctuation.

    Each with whether a blank stood before it.
    """
    for word in text.split():
        apart, unit = True, ""
        for letter in word:
            if unit and breaks(unit[-1], letter):
                yield unit, apart
                apart, unit = False, ""
            unit += letter
        yield unit, apart


def breaks(before: str, after: str) -> bool:
    """Whether a line may end between two letters of a word."""
    if after in CLOSING or before in OPENING:
        return False
    return cell_len(before) == 2 or cell_len(after) == 2
