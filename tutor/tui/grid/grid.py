"""The answer grid: one widget and one tab stop for a matrix, a vector, channels or a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from unicodedata import normalize

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tutor.messages import say
from tutor.tui.glyphs import UNICODE, Glyphs
from tutor.tui.grid.draft import CELL_LIMIT, Change, Draft, clean
from tutor.tui.grid.paste import PASTE_LIMIT, ReadBlock, fill, split_block
from tutor.tui.grid.view import GridView

SEVERAL = re.compile(r"[\s;\[]")
"""What stands between or before numbers that were typed one after another."""


class MatrixGrid(GridView, can_focus=True):
    """Cells to type numbers into, drawn as a matrix with brackets and labels.

    Arrows move, also from one channel to the next. Typing replaces the cell, and then an arrow ends
    the edit and moves on, as in a spreadsheet; F2 edits the text that is there, and then Left,
    Right, Home and End walk through it. A single number is one field: its arrows always walk.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "grid.key-next", tooltip="grid.about-next", id="grid.next"),
        Binding("f2", "edit", "grid.key-edit", show=False, id="grid.edit"),
        Binding("delete", "clear(0)", "grid.key-clear", show=False, id="grid.clear"),
        Binding("backspace", "clear(-1)", "grid.key-clear", show=False, id="grid.rub-out"),
        Binding("ctrl+z", "undo", "grid.key-undo", show=False, id="grid.undo"),
        Binding("ctrl+y", "redo", "grid.key-redo", show=False, id="grid.redo"),
        Binding("escape", "cancel", "grid.key-cancel", show=False, id="grid.cancel"),
        Binding("up", "go(-1, 0)", "grid.key-move", show=False, id="grid.up"),
        Binding("down", "go(1, 0)", "grid.key-move", show=False, id="grid.down"),
        Binding("left", "go(0, -1)", "grid.key-move", show=False, id="grid.left"),
        Binding("right", "go(0, 1)", "grid.key-move", show=False, id="grid.right"),
        Binding("home", "edge(-1)", "grid.key-edge", show=False, id="grid.home"),
        Binding("end", "edge(1)", "grid.key-edge", show=False, id="grid.end"),
        Binding("ctrl+home", "corner(-1)", "grid.key-corner", show=False, id="grid.first"),
        Binding("ctrl+end", "corner(1)", "grid.key-corner", show=False, id="grid.last"),
        Binding("pageup", "page(-1)", "grid.key-page", show=False, id="grid.page-up"),
        Binding("pagedown", "page(1)", "grid.key-page", show=False, id="grid.page-down"),
    ]

    @dataclass
    class Changed(Message):
        """A cell has been given another text: typed, pasted, cleared or undone."""

        grid: "MatrixGrid"
        cell: int
        """Row-major."""
        text: str

        @property
        def control(self) -> "MatrixGrid":
            """The grid."""
            return self.grid

    @dataclass
    class Submitted(Message):
        """Enter was pressed, and every cell is filled."""

        grid: "MatrixGrid"

        @property
        def control(self) -> "MatrixGrid":
            """The grid."""
            return self.grid

    @dataclass
    class Moved(Message):
        """Another cell is the current one."""

        grid: "MatrixGrid"
        cell: int

        @property
        def control(self) -> "MatrixGrid":
            """The grid."""
            return self.grid

    @dataclass
    class Refused(Message):
        """Something could not be done, and nothing has changed; the sentence says why."""

        grid: "MatrixGrid"
        sentence: str

        @property
        def control(self) -> "MatrixGrid":
            """The grid."""
            return self.grid

    def __init__(
        self,
        shape: tuple[int, ...],
        *,
        row_labels: Sequence[str] = (),
        column_labels: Sequence[str] = (),
        texts: Sequence[str] = (),
        read_block: ReadBlock = split_block,
        language: str = "en",
        glyphs: Glyphs = UNICODE,
        passes_on: str = "=?",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Draw cells for an array of a shape, with the texts that they hold so far (row-major).

        `passes_on` are characters that are never typed into a cell, so that they can be keys.
        """
        super().__init__(
            shape,
            row_labels=row_labels,
            column_labels=column_labels,
            texts=texts,
            language=language,
            glyphs=glyphs,
            id=id,
            classes=classes,
        )
        self.read_block = read_block
        self.passes_on = passes_on
        self._in_key = False

    # For the screen

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of all cells (row-major), without an edit that is still open."""
        return tuple(self.draft.texts)

    @property
    def current(self) -> int:
        """The current cell (row-major)."""
        return self.draft.current

    @property
    def editing(self) -> bool:
        """Whether an edit is open."""
        return self.draft.edit is not None

    @property
    def complete(self) -> bool:
        """Whether every cell is filled."""
        return self.draft.complete

    def set_texts(self, texts: Sequence[str]) -> None:
        """Begin anew with other texts: no marks, nothing to undo, and no message."""
        current = self.draft.current
        self.draft = Draft(len(self.marks), texts)
        self.draft.current = current
        self.marks = [""] * len(self.marks)
        self.redraw_all()

    def commit(self) -> None:
        """Close an open edit and keep its text: several numbers fill the cells from here on."""
        edit = self.draft.edit
        if edit is not None and len(self.marks) > 1 and SEVERAL.search(edit.text.strip()):
            block = self.read_block(edit.text)
            if isinstance(block, list) and sum(map(len, block)) > 1:
                texts = fill(block, self.shape, self.draft.current, self.language)
                if not isinstance(texts, str):
                    self.draft.cancel()
                    self._apply(self.draft.put(texts))
                    return
        self._apply(self.draft.commit())

    def move_to(self, cell: int) -> None:
        """Close an open edit and make a cell the current one."""
        self.commit()
        before = self.draft.current
        self.draft.current = cell
        self.redraw_cells(before, cell)
        self.show_cursor()
        if cell != before:
            self.post_message(self.Moved(self, cell))

    def paste(self, text: str) -> None:
        """Fill cells from the current one on with a block, or put a single number into the edit."""
        if len(text) > PASTE_LIMIT:
            self._refuse("grid.paste-too-long", length=len(text), most=PASTE_LIMIT)
            return
        block = self.read_block(text) if len(self.marks) > 1 else None
        if isinstance(block, str):
            self.post_message(self.Refused(self, block))
        elif block and (len(block) > 1 or len(block[0]) > 1):
            self._paste_block(block)
        elif line := clean(block[0][0] if block else text):
            self._type(line)
        else:
            self._refuse("grid.nothing-to-paste")

    # What changes

    def _apply(self, changes: tuple[Change, ...]) -> None:
        """Draw and tell what has changed in the draft."""
        for change in changes:
            self.marks[change.cell] = ""
            self.post_message(self.Changed(self, change.cell, change.after))
        self.redraw_cells(self.draft.current, *(change.cell for change in changes))
        self.show_cursor()

    def _refuse(self, key: str, **values: object) -> None:
        self.post_message(self.Refused(self, say(key, self.language, **values)))

    def _type(self, text: str) -> None:
        """Put characters at the caret; without an open edit they replace what the cell holds."""
        opened = self.draft.edit is None
        if opened:
            self.draft.begin("", inside=len(self.marks) == 1)
        if not self.draft.insert(text):
            if opened:
                self.draft.cancel()
            self._refuse("grid.cell-too-long", most=CELL_LIMIT)
        self._show_edit()

    def _show_edit(self) -> None:
        self.redraw_cells(self.draft.current)
        self.show_cursor()

    def _paste_block(self, rows: list[list[str]]) -> None:
        texts = fill(rows, self.shape, self.draft.current, self.language)
        if isinstance(texts, str):
            self.post_message(self.Refused(self, texts))
            return
        self.commit()
        self._apply(self.draft.put(texts))

    # Keys

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is a character to be typed, and so no key of the screen's.

        An input method may give the wide form of a key: it must not wipe a number out either.
        """
        if character is None or not character.isprintable():
            return False
        return normalize("NFKC", character) not in self.passes_on

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Escape to the screen while no edit is open.

        Asked by the app, it stays the screen's: the edit may have been opened after the key.
        """
        return self._in_key and self.editing if action == "cancel" else True

    async def on_key(self, event: events.Key) -> None:
        """Type a character, or do at once what a key of the grid's is bound to.

        Textual looks for bindings only after a key has bubbled up to the app, and there the
        characters typed after it overtake it: of a quick `0.1 Enter 0.2` one cell would get all.
        """
        character = event.character
        if character is not None and self.check_consume_key(event.key, character):
            # A blank does not begin an edit, so that it cannot wipe a number out.
            if self.editing or not character.isspace():
                self._type(character)
        else:
            self._in_key = True
            try:
                active = self.screen.active_bindings.get(event.key)
                if active is None or active.node is not self:
                    return
                await self.run_action(active.binding.action)
            finally:
                self._in_key = False
        event.stop()
        event.prevent_default()

    def action_go(self, down: int, right: int) -> None:
        """Go to a neighbouring cell, or walk through the text being edited."""
        edit = self.draft.edit
        if right and len(self.marks) == 1 and not edit:
            self.action_edit()
        elif right and edit and edit.inside:
            self.draft.move_caret(right)
            self._show_edit()
        else:
            self.move_to(self.sheet.neighbour(self.draft.current, down, right))

    def action_edge(self, way: int) -> None:
        """Go to the first or last column, or to the beginning or end of the text being edited."""
        edit = self.draft.edit
        if edit and edit.inside:
            self.draft.move_caret(way * len(edit.text))
            self._show_edit()
            return
        columns = self.sheet.columns
        start = self.draft.current - self.draft.current % columns
        self.move_to(start if way < 0 else start + columns - 1)

    def action_corner(self, way: int) -> None:
        """Go to the very first or last cell."""
        self.move_to(0 if way < 0 else len(self.marks) - 1)

    def action_page(self, way: int) -> None:
        """Go to the same place of the next channel; in a matrix, as far down as is in view."""
        sheet = self.sheet
        if sheet.pages > 1:
            step = way * sheet.rows * sheet.columns
        else:
            step = way * max(self.content_size.height - 1, 1) * sheet.columns
        column = self.draft.current % sheet.columns
        last = len(self.marks) - sheet.columns + column
        target = self.draft.current + step
        if 0 <= target < len(self.marks) or sheet.pages == 1:
            self.move_to(min(max(target, column), last))

    def action_next(self) -> None:
        """Keep the edit and go to the next empty cell; with none left, submit."""
        self.commit()
        empty = self.draft.next_empty()
        if empty is None:
            self.post_message(self.Submitted(self))
        elif empty == self.draft.current:
            self._refuse("grid.still-blank")
        else:
            self.move_to(empty)

    def action_edit(self) -> None:
        """Edit the text of the current cell, the caret at its end."""
        if self.draft.edit:
            self.draft.edit.inside = True
        else:
            self.draft.begin(self.draft.texts[self.draft.current], inside=True)
        self._show_edit()

    def action_clear(self, offset: int) -> None:
        """Clear the cell, or delete the character before (-1) or after (0) the caret."""
        if self.draft.edit:
            self.draft.delete(offset)
            self._show_edit()
        else:
            self._apply(self.draft.put({self.draft.current: ""}))

    def action_cancel(self) -> None:
        """Drop the edit; the cell keeps its text."""
        self.draft.cancel()
        self._show_edit()

    def action_undo(self) -> None:
        """Drop the edit, or take the latest change back."""
        if self.editing:
            self.action_cancel()
        else:
            self._step(self.draft.undo(), "grid.nothing-to-undo")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.commit()
        self._step(self.draft.redo(), "grid.nothing-to-redo")

    def _step(self, changes: tuple[Change, ...], otherwise: str) -> None:
        if changes:
            self.redraw_all()
            self._apply(changes)
            self.post_message(self.Moved(self, self.draft.current))
        else:
            self._refuse(otherwise)

    # Mouse and focus

    def on_paste(self, event: events.Paste) -> None:
        """Take what the terminal pastes."""
        event.stop()
        self.paste(event.text)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to the cell under the mouse."""
        cell = self.cell_under(event.offset)
        if cell is not None and not (self.editing and cell == self.draft.current):
            self.move_to(cell)

    def on_click(self, event: events.Click) -> None:
        """Edit the cell under a double click."""
        if event.chain == 2 and self.cell_under(event.offset) == self.draft.current:
            self.action_edit()

    def on_focus(self) -> None:
        """Show the cursor, also the terminal's own."""
        self.redraw_cells(self.draft.current)
        self.app.cursor_position = self.cursor_screen_offset

    def on_blur(self) -> None:
        """Keep what is being typed, unless it is the terminal that lost the focus."""
        if self.app.app_focus:
            self.commit()
        self.redraw_cells(self.draft.current)
