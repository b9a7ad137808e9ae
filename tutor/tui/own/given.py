"""One given on the page of own numbers: its title and shape, and its cells to be typed into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tutor.course.own_draft import Written
from tutor.engine.answer import Reading, read_array
from tutor.tui.answering import block_rows
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.draft import Draft
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.grid.paste import PASTE_LIMIT
from tutor.tui.prose import Prose


def key(keys: str, action: str, name: str, *, show: bool = True, priority: bool = False) -> Binding:
    """A binding with a word and a sentence of this room."""
    return Binding(
        keys, action, f"own.key-{name}", tooltip=f"own.about-{name}", show=show,
        priority=priority, id=f"own.{name}",
    )  # fmt: skip


class OwnGrid(MatrixGrid):
    """The answer grid for numbers that are given: all its cells are full from the beginning.

    So Enter goes to the next cell, empty or not; and what is pasted may have another shape.
    """

    # Of so many grids, only that in which one types shows a current cell.
    DEFAULT_CSS = """
    OwnGrid > .grid--current { text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "next", "next-cell")]

    @dataclass
    class Pasted(Message):
        """Rows were pasted that stand for the whole given."""

        grid: OwnGrid
        text: str

    @dataclass
    class Passed(Message):
        """Enter was pressed in the last cell."""

        grid: OwnGrid

    @dataclass
    class TakenBack(Message):
        """The latest step, of whichever given, is to be undone (-1) or done again (1)."""

        grid: OwnGrid
        way: int

    def __init__(self, written: Written, rows: Sequence[str], columns: Sequence[str],
                 language: str, glyphs: Glyphs) -> None:  # fmt: skip
        """Draw what is written of a given."""
        super().__init__(
            written.shape, row_labels=rows, column_labels=columns, texts=written.texts,
            read_block=lambda text: block_rows(text, self.language), language=language,
            glyphs=glyphs,
        )  # fmt: skip

    def show(self, written: Written, rows: Sequence[str], columns: Sequence[str]) -> None:
        """Show other texts, perhaps in another shape; the cursor stays as near as it can."""
        before = self.draft.current
        at = self.sheet.split(before)
        self.shape, self.row_labels, self.column_labels = written.shape, tuple(rows), tuple(columns)
        self.draft = Draft(len(written.texts), written.texts)
        self.marks = [""] * len(written.texts)
        sheet = self._plan(0, 0)
        page, row, column = (
            min(place, count - 1)
            for place, count in zip(at, (sheet.pages, sheet.rows, sheet.columns), strict=True)
        )
        self.draft.current = (page * sheet.rows + row) * sheet.columns + column
        self._sheet = sheet
        self.refresh(layout=True)
        self.redraw_all()

    def place_of(self, cell: int) -> str:
        """The place of a cell (row-major) in words; nothing of a single number."""
        return self._place_in_words(cell)

    def paste(self, text: str) -> None:
        """Rows stand for the whole given; one row of a matrix, or a number, for what it fills."""
        reading = read_array(text) if len(text) <= PASTE_LIMIT else None
        axes = len(self.shape)
        if isinstance(reading, Reading) and axes and len(reading.shape) >= min(axes, 2):
            self.draft.cancel()
            self.post_message(self.Pasted(self, text))
        else:
            super().paste(text)

    def action_next(self) -> None:
        """Keep the edit and go to the next cell, and from the last one to the next given."""
        self.commit()
        if self.draft.current + 1 < len(self.marks):
            self.move_to(self.draft.current + 1)
        else:
            self.post_message(self.Passed(self))

    def action_undo(self) -> None:
        """Drop the edit, or take the latest step back: of all givens, with their shapes."""
        if self.editing:
            self.action_cancel()
        else:
            self.post_message(self.TakenBack(self, -1))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.commit()
        self.post_message(self.TakenBack(self, 1))


class OwnGiven(Vertical):
    """A given: its heading, and its cells."""

    DEFAULT_CSS = "OwnGiven { height: auto; margin-bottom: 1; }"

    def __init__(self, name: str, grid: OwnGrid) -> None:
        """The heading is said later."""
        super().__init__(id=f"own-given-{name}")
        self.given = name
        self.heading = Prose()
        self.grid = grid

    def compose(self) -> ComposeResult:
        """One above the other."""
        yield self.heading
        yield self.grid


class OwnLine(Input):
    """A given as one line of text; rows that are pasted are taken at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "submit", "take-line"),
        key("escape", "close", "close-line"),
    ]

    @dataclass
    class Taken(Message):
        """Rows were pasted."""

        line: OwnLine
        text: str

    @dataclass
    class Closed(Message):
        """The line is left as it is."""

        line: OwnLine

    def __init__(self, *, id: str | None = None) -> None:
        """Not shown until it is opened."""
        super().__init__(id=id, compact=True, max_length=PASTE_LIMIT)
        self.display = False
        self.given = ""

    def open(self, given: str, text: str) -> None:
        """Show the text of a given, all of it selected, so that typing takes its place."""
        self.given, self.value = given, text
        self.display = True
        self.focus()
        self.select_all()

    def action_close(self) -> None:
        """Leave what was typed."""
        self.post_message(self.Closed(self))

    def on_paste(self, event: events.Paste) -> None:
        """The toolkit would keep only the first of several rows."""
        if "\n" in event.text.strip() or "\t" in event.text:
            event.stop()
            event.prevent_default()
            self.post_message(self.Taken(self, event.text))
