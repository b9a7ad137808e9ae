"""A picture of the model as the matrix that the lessons use, with every number in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tutor.training.protocol import Picture
from tutor.tui.bindings import SpokenScreen
from tutor.tui.grid.matrix import Matrix
from tutor.tui.grid.matrix_text import number_text
from tutor.tui.key_footer import KeyFooter
from tutor.tui.lab.view_pictures import picture_name
from tutor.tui.prose import Prose

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

FIGURES = 4
"""Digits of a cell among others; that at the cursor is told in full."""


class PicturePage(SpokenScreen[None]):
    """The picture as it was when it was opened; arrows read its cells."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "view.key-move", tooltip="view.about-move", id="view.go-up",
                key_display="arrows"),
        Binding("down", "move(1, 0)", show=False),
        Binding("left", "move(0, -1)", show=False),
        Binding("right", "move(0, 1)", show=False),
        Binding("pageup", "move(-8, 0)", show=False),
        Binding("pagedown", "move(8, 0)", show=False),
        Binding("escape,enter,q", "dismiss", "view.key-back", tooltip="view.about-back",
                id="view.back"),
    ]  # fmt: skip

    app: TutorApp

    def __init__(self, picture: Picture) -> None:
        """Show a picture."""
        super().__init__()
        self.picture = picture
        self.row = self.column = 0

    def compose(self) -> ComposeResult:
        """What it is, the matrix, and the cell at the cursor."""
        self.language = self.app.language
        picture = self.picture
        rows = picture.rows or tuple(map(str, range(len(picture.values))))
        columns = picture.columns or tuple(map(str, range(len(picture.values[0]))))
        texts = [[cell_text(cell) for cell in row] for row in picture.values]
        yield Prose(picture_name(picture.name, self.language), id="picture-title")
        with VerticalScroll(id="picture", can_focus=False):
            yield Matrix(
                texts, row_labels=rows, column_labels=columns, glyphs=self.app.glyphs,
                language=self.language, id="picture-matrix",
            )  # fmt: skip
        yield Prose(id="picture-cell")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin at the first cell."""
        self._show_cell()

    def set_language(self, language: str) -> None:
        """Say everything in another language."""
        super().set_language(language)
        self.query_one("#picture-title", Prose).say(picture_name(self.picture.name, language))
        self.query_one(Matrix).set_language(language)
        self._show_cell()

    def action_move(self, down: int, right: int) -> None:
        """Read another cell."""
        values = self.picture.values
        self.row = min(max(self.row + down, 0), len(values) - 1)
        self.column = min(max(self.column + right, 0), len(values[0]) - 1)
        self._show_cell()

    def _show_cell(self) -> None:
        picture, matrix = self.picture, self.query_one(Matrix)
        cell = self.row * len(picture.values[0]) + self.column
        matrix.light({cell})
        value = picture.values[self.row][self.column]
        row = picture.rows[self.row] if picture.rows else self.row
        column = picture.columns[self.column] if picture.columns else self.column
        shown = "?" if value is None else f"{value:g}"
        words = self.app.say("view.cell", row=row, column=column, value=shown)
        self.query_one("#picture-cell", Prose).say(words)
        place = matrix.region_of(cell)
        if place is not None:
            scroll = self.query_one("#picture", VerticalScroll)
            scroll.scroll_to_region(place, animate=False, force=True)


def cell_text(value: float | None) -> str:
    """A cell in a few digits."""
    if value is None:
        return "?"
    return number_text(float(f"{value:.{FIGURES}g}"))
