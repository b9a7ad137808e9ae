"""What is in view of an answer grid, and where the cursor stands in it, whatever moves it."""

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region, Size
from textual.screen import Screen
from textual.widget import Widget

from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.draft import Draft, Edit
from tutor.tui.grid.sheet import (
    PAGE_GAP,
    Sheet,
    clipped,
    folded,
    labels_of,
    page_names,
    to_left,
)

NARROWEST = 6
WIDEST = 12
FIELD = 28
"""The width of the one field of a single number."""
SLOT = 2
"""After each cell: the place of its mark, and a blank."""


class GridWindow(Widget):
    """The window on a draft: it fits columns to their texts and scrolls, without styles or keys."""

    def __init__(
        self,
        shape: tuple[int, ...],
        *,
        row_labels: Sequence[str],
        column_labels: Sequence[str],
        texts: Sequence[str],
        language: str,
        glyphs: Glyphs,
        id: str | None,
        classes: str | None,
    ) -> None:
        """Lay out an array of a shape, with the texts that its cells hold so far (row-major)."""
        super().__init__(id=id, classes=classes)
        self.shape = shape
        self.row_labels = tuple(row_labels)
        self.column_labels = tuple(column_labels)
        self.language = language
        self.glyphs = glyphs
        self.draft = Draft(prod(folded(shape)), texts)
        self._sheet = self._plan(0, 0)
        self._top = 0
        self._natural_width = 0

    @property
    def sheet(self) -> Sheet:
        """Where everything stands at present."""
        return self._sheet

    def _plan(self, width: int, first: int) -> Sheet:
        pages, rows, columns = folded(self.shape)
        sheet = Sheet(
            pages,
            rows,
            columns,
            self._wanted_widths(columns),
            slot=SLOT,
            tail=SLOT,
            glyphs=self.glyphs,
            row_labels=labels_of(self.row_labels, rows, self.glyphs.cut),
            column_labels=labels_of(self.column_labels, columns, self.glyphs.cut),
            page_labels=page_names(self.shape, self.language),
        )
        return fitted(sheet, width, first, self.draft.current % columns) if width else sheet

    def _wanted_widths(self, columns: int) -> tuple[int, ...]:
        texts = self.draft.texts
        if len(texts) == 1:
            return (FIELD,)
        lengths = [cell_len(text) for text in texts]
        if edit := self.draft.edit:
            current = self.draft.current
            lengths[current] = max(lengths[current], cell_len(edit.text))
        labels = [cell_len(label) for label in self.column_labels[:columns]]
        labels += [0] * (columns - len(labels))
        return tuple(
            min(max(NARROWEST, labels[column], *lengths[column::columns]), WIDEST)
            for column in range(columns)
        )

    def _plan_again(self) -> bool:
        """Fit columns to their texts and show the current cell; whether all has to be drawn."""
        before = self._sheet, self._top, self._natural_width
        width, height = self.content_size
        self._sheet = self._plan(width, self._sheet.first)
        self._top = self._wanted_top(height)
        if self.styles.width is not None and self.styles.width.is_auto:
            self._natural_width = self._plan(0, 0).width
        if (self._sheet, self._top, self._natural_width) == before:
            return False
        resized = (self._sheet.height, self._natural_width) != (before[0].height, before[2])
        self.refresh(layout=resized)
        return True

    def _wanted_top(self, height: int) -> int:
        if not height or self._sheet.height <= height:
            return 0
        y = self._sheet.place(self.draft.current)[1]
        above = y - self._sheet.head if y % self._sheet.page_height == self._sheet.head else y
        return min(max(min(self._top, above), y - height + 1), self._sheet.height - height)

    def _scroll_lines(self, lines: int) -> bool:
        """Look at other lines, with the cursor where it is; whether there were any."""
        height = self.content_size.height
        top = min(max(self._top + lines, 0), max(self._sheet.height - height, 0))
        if top == self._top:
            return False
        self._top = top
        self.refresh()
        return True

    def _scroll_columns(self, columns: int) -> bool:
        """Look at other columns, with the cursor where it is; whether there were any."""
        sheet = self._sheet
        first = min(max(sheet.first + columns, 0), sheet.columns - len(sheet.window))
        if first == sheet.first:
            return False
        self._sheet = replace(sheet, first=first)
        self.refresh()
        return True

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The width of everything."""
        return self._plan(0, 0).width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at a width."""
        return self._plan(width, self._sheet.first).height

    def cell_under(self, offset: Offset) -> int | None:
        """The cell at a place of the widget, which may have a border."""
        x, y = offset - self.styles.gutter.top_left
        return self._sheet.cell_at(x, y + self._top)

    def redraw_cells(self, *cells: int) -> None:
        """Draw cells again that are in view, with their marks."""
        if self._plan_again():
            return
        regions = [self.cell_region(cell) for cell in cells if self.in_view(cell)]
        if regions:
            self.refresh(*regions)

    def in_view(self, cell: int) -> bool:
        """Whether a cell is among the lines and columns that the grid shows."""
        y = self._sheet.place(cell)[1] - self._top
        return cell % self._sheet.columns in self._sheet.window and (
            0 <= y < self.content_size.height
        )

    def cell_region(self, cell: int) -> Region:
        """Where a cell and its mark stand in the content of the widget."""
        x, y = self._sheet.place(cell)
        return Region(x, y - self._top, self._sheet.widths[cell % self._sheet.columns] + SLOT, 1)

    def show_cursor(self) -> None:
        """Bring the current cell into view, and the terminal's own cursor to it."""
        if not self.has_focus or not self.in_view(self.draft.current):
            return
        screen = self.screen
        region = self.cell_region(self.draft.current).translate(self.content_region.offset)
        if not screen.find_widget(self).visible_region.contains_region(region):
            self.call_after_refresh(self._scroll_ancestors)
        self.app.cursor_position = self.cursor_screen_offset

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the caret, or at the beginning of the cell."""
        cell = self.draft.current
        x = self.cell_region(cell).x
        if edit := self.draft.edit:
            width = self._sheet.widths[cell % self._sheet.columns]
            x += cell_len(edit_window(edit, width + 1, self.glyphs.cut)[0])
        return self.content_region.offset + Offset(x, self.cell_region(cell).y)

    def _scroll_ancestors(self) -> None:
        """Scroll what the grid lies in, so that the current cell can be seen."""
        region = self.cell_region(self.draft.current).translate(self.styles.gutter.top_left)
        region = region.translate(self.virtual_region.offset)
        ancestor = self.parent
        while isinstance(ancestor, Widget) and not isinstance(ancestor, Screen):
            scrolled = ancestor.scroll_to_region(region, animate=False)
            offset = ancestor.virtual_region.offset + ancestor.styles.border.spacing.top_left
            region = region.translate(-scrolled).translate(offset)
            ancestor = ancestor.parent

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look at the lines below, or with shift at the columns to the right."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look at the lines above, or with shift at the columns to the left."""
        self._wheel(event, -1)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Look at the columns to the right."""
        self._wheel(event, 1, sideways=True)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Look at the columns to the left."""
        self._wheel(event, -1, sideways=True)

    def _wheel(self, event: events.MouseEvent, way: int, sideways: bool = False) -> None:
        sideways = sideways or event.shift
        if self._scroll_columns(way) if sideways else self._scroll_lines(way):
            event.stop()
            event.prevent_default()

    def on_mount(self) -> None:
        """Follow the layout: what moves the grid moves the terminal's cursor."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._on_layout_refresh)

    def _on_layout_refresh(self, screen: Screen[object]) -> None:
        before = self.app.cursor_position
        if self.has_focus and self.in_view(self.draft.current):
            self.app.cursor_position = self.cursor_screen_offset
            if before != self.app.cursor_position:
                # The frame is out already; the cursor goes to its place with the next one.
                self.refresh(self.cell_region(self.draft.current))

    def on_resize(self) -> None:
        """Fit the columns to the new width, and keep the current cell in view."""
        self.redraw_all()

    def redraw_all(self) -> None:
        """Draw everything again, with the current cell in view."""
        self.redraw_cells()
        self.refresh()
        self.show_cursor()


def fitted(sheet: Sheet, width: int, first: int, current: int) -> Sheet:
    """The sheet in a width: pages side by side, else narrower columns, else only some of them."""
    room = (width + PAGE_GAP) // (sheet.page_width + PAGE_GAP)
    if room >= 1:
        return replace(sheet, across=min(room, sheet.pages))
    widths = list(sheet.widths)
    excess = sheet.page_width - width
    while excess > 0 and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
        excess -= 1
    sheet = replace(sheet, widths=tuple(widths))
    if excess <= 0:
        return sheet
    first = min(first, current)
    while not window(sheet, width, first).stop > current:
        first += 1
    while first and window(sheet, width, first - 1).stop == sheet.columns:
        first -= 1
    return replace(sheet, first=first, shown=len(window(sheet, width, first)))


def window(sheet: Sheet, width: int, first: int) -> range:
    """The columns that fit into a width from a first one on; at least that one."""
    part = replace(sheet, first=first, shown=1)
    while part.window.stop < sheet.columns:
        wider = replace(part, shown=part.shown + 1)
        if wider.page_width > width:
            break
        part = wider
    return part.window


def edit_window(edit: Edit, width: int, cut: str) -> tuple[str, str, str]:
    """What a cell shows of an edit: before the caret, at it, and after; exactly as wide as asked.

    The end is in view while one types there.
    """
    text = edit.text
    caret = text[edit.caret : edit.caret + 1] or " "
    start = 0
    while start < edit.caret and (
        cell_len(text[start : edit.caret] + caret) + (cell_len(cut) if start else 0) > width
    ):
        start += 1
    before = (cut if start else "") + text[start : edit.caret]
    room = width - cell_len(before) - cell_len(caret)
    after = clipped(text[edit.caret + 1 :], room, cut) if room > 0 else ""
    return before, caret, to_left(after, room)
