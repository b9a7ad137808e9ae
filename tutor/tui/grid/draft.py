"""What a learner is writing into the cells of a matrix: texts, one open edit, and a way back."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CELL_LIMIT = 200
"""Characters in a cell, as many as a typed number may have."""
HISTORY_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that has been given another text."""

    cell: int
    before: str
    after: str


@dataclass(slots=True)
class Edit:
    """The text being typed into the current cell, with the caret before one of its characters."""

    text: str
    caret: int
    inside: bool
    """Whether Left and Right walk through the text, or end the edit and go to the next cell."""


class Draft:
    """The cells' texts as typed, the current cell, the open edit, and what can be undone."""

    def __init__(self, count: int, texts: Iterable[str] = ()) -> None:
        """Begin with the texts given; cells without one are empty."""
        self.texts = ([clean(text) for text in texts] + [""] * count)[:count]
        self.current = 0
        self.edit: Edit | None = None
        self._done: deque[tuple[Change, ...]] = deque(maxlen=HISTORY_LIMIT)
        self._undone: list[tuple[Change, ...]] = []

    @property
    def complete(self) -> bool:
        """Whether every cell has a text."""
        return all(self.texts)

    def begin(self, text: str, *, inside: bool) -> Edit:
        """Open an edit of the current cell with a text and the caret at its end."""
        self.edit = Edit(text, len(text), inside)
        return self.edit

    def insert(self, text: str) -> bool:
        """Put characters into the open edit at its caret; False when there are too many."""
        edit = self.edit
        assert edit is not None
        if len(edit.text) + len(text) > CELL_LIMIT:
            return False
        edit.text = edit.text[: edit.caret] + text + edit.text[edit.caret :]
        edit.caret += len(text)
        return True

    def delete(self, offset: int) -> None:
        """Delete the character of the open edit before (-1) or after (0) its caret."""
        edit = self.edit
        assert edit is not None
        at = edit.caret + offset
        if 0 <= at < len(edit.text):
            edit.text = edit.text[:at] + edit.text[at + 1 :]
            edit.caret = at

    def move_caret(self, step: int) -> None:
        """Move the caret of the open edit, within its text."""
        edit = self.edit
        assert edit is not None
        edit.caret = min(max(edit.caret + step, 0), len(edit.text))

    def cancel(self) -> None:
        """Close the edit and leave the cell as it was."""
        self.edit = None

    def commit(self) -> tuple[Change, ...]:
        """Close the edit and keep what it says."""
        edit, self.edit = self.edit, None
        return self.put({self.current: edit.text.strip()}) if edit else ()

    def put(self, texts: Mapping[int, str]) -> tuple[Change, ...]:
        """Give cells other texts, as one step that can be undone."""
        changes = tuple(
            Change(cell, self.texts[cell], text)
            for cell, text in texts.items()
            if self.texts[cell] != text
        )
        if changes:
            self._done.append(changes)
            self._undone.clear()
            self._write(changes)
        return changes

    def undo(self) -> tuple[Change, ...]:
        """Take the latest step back; what changed by that."""
        if not self._done:
            return ()
        step = self._done.pop()
        self._undone.append(step)
        return self._go_to(tuple(Change(one.cell, one.after, one.before) for one in step))

    def redo(self) -> tuple[Change, ...]:
        """Do the step again that was taken back last; what changed by that."""
        if not self._undone:
            return ()
        step = self._undone.pop()
        self._done.append(step)
        return self._go_to(step)

    def next_empty(self) -> int | None:
        """The next empty cell after the current one, from the start again after the last."""
        count = len(self.texts)
        after = (cell % count for cell in range(self.current + 1, self.current + count + 1))
        return next((cell for cell in after if not self.texts[cell]), None)

    def _go_to(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        self._write(changes)
        self.current = changes[0].cell
        return changes

    def _write(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            self.texts[change.cell] = change.after


def clean(text: str) -> str:
    """A text for one cell: no control characters, no outer blanks, not too long."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text[: 2 * CELL_LIMIT])
    return printable.strip()[:CELL_LIMIT]
