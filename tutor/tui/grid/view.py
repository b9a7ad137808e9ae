"""How an answer grid looks, and what its current cell is in words."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tutor.messages import say
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import Piece, clipped, to_left, to_right
from tutor.tui.grid.window import GridWindow, edit_window

MARKS = ("", "right", "follows", "coarse", "wrong", "blank", "unreadable")
"""What `show_marks` understands, a mark a cell."""
LOOKS = ("label", "bracket", "cell", "empty", *MARKS[1:], "lit", "current", "edit", "caret")


class GridView(GridWindow):
    """The drawing half of the answer grid: it shows a draft and its marks, and knows no keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"grid--{look}" for look in LOOKS}
    DEFAULT_CSS = """
    GridView {
        width: 1fr;
        height: auto;
        &> .grid--label { color: $text-muted; }
        &> .grid--bracket { color: $text-muted; }
        &:focus > .grid--bracket { color: $foreground; }
        &> .grid--cell { background: $foreground 8%; }
        &> .grid--empty { background: $foreground 8%; color: $foreground 35%; }
        &> .grid--right { background: $primary-muted; color: $text-primary; }
        &> .grid--follows { background: $primary-muted; color: $text-primary; }
        &> .grid--coarse { background: $warning-muted; color: $text-warning; }
        &> .grid--wrong { background: $warning-muted; color: $text-warning; text-style: bold; }
        &> .grid--blank { background: $foreground 8%; color: $text-warning; }
        &> .grid--unreadable { background: $warning-muted; color: $text-warning; text-style: bold; }
        &> .grid--lit { text-style: bold underline; }
        &> .grid--current { text-style: underline; }
        &:focus > .grid--current {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        &> .grid--edit { background: $foreground 20%; color: $foreground; text-style: none; }
        &:focus > .grid--caret {
            background: $input-cursor-background;
            color: $input-cursor-foreground;
            text-style: $input-cursor-text-style;
        }
        &:nocolor:focus > .grid--current { text-style: bold reverse; }
        &:nocolor:focus > .grid--caret { text-style: reverse; }
        &:nocolor > .grid--wrong { text-style: bold; }
    }
    """

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
        """Show cells for an array of a shape, with the texts that they hold so far (row-major)."""
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
        self.marks = [""] * len(self.draft.texts)
        self.lit: frozenset[int] = frozenset()
        self._styles: dict[tuple[str, bool, bool], Style] = {}

    def show_marks(self, marks: Sequence[str]) -> None:
        """Show what a check found, a mark a cell; a cell loses its mark when it changes."""
        if len(marks) != len(self.marks) or not set(marks) <= set(MARKS):
            raise ValueError(f"{len(self.marks)} marks of {MARKS} are needed")
        self.marks = list(marks)
        self.refresh()

    def light(self, cells: Iterable[int]) -> None:
        """Highlight these cells (row-major) and no others."""
        before, self.lit = self.lit, frozenset(cells)
        self.redraw_cells(*(before ^ self.lit))

    def set_language(self, language: str) -> None:
        """Say channels, and what is refused, in another language."""
        self.language = language
        self.redraw_all()

    def set_glyphs(self, glyphs: Glyphs) -> None:
        """Draw with another table of signs."""
        self.glyphs = glyphs
        self.redraw_all()

    def describe_current(self) -> str:
        """The current cell in words: its place, its text, and the mark of the last check."""
        cell = self.draft.current
        text = self.draft.texts[cell] or say("grid.empty", self.language)
        if mark := self.marks[cell]:
            mark = say(f"grid.mark-{mark}", self.language)
            text = say("grid.marked", self.language, text=text, mark=mark)
        if len(self.marks) == 1:
            return text
        return say("grid.place", self.language, place=self._place_in_words(cell), what=text)

    def _place_in_words(self, cell: int) -> str:
        sheet = self.sheet
        page, row, column = sheet.split(cell)
        places = [sheet.page_labels[page]] if sheet.page_labels else []
        for kind, labels, index, count in (
            ("row", self.row_labels, row, sheet.rows),
            ("column", self.column_labels, column, sheet.columns),
        ):
            name = labels[index] if index < len(labels) else ""
            if name:
                places.append(say(f"grid.named-{kind}", self.language, name=name))
            elif count > 1:
                places.append(say(f"grid.{kind}", self.language, name=index))
        return say("grid.place-join", self.language).join(places)

    def notify_style_update(self) -> None:
        """Forget the styles when the theme or the focus changes them."""
        self._styles.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.content_size.width
        base = self._style("")
        y += self._top
        if y >= self._sheet.height:
            return Strip.blank(width, base)
        segments: list[Segment] = []
        cell = -1
        for piece in self._sheet.line(y):
            if piece.kind == "cell":
                cell = piece.cell
                segments += self._cell(piece)
            elif cell >= 0:
                if not (self.draft.edit and cell == self.draft.current):
                    mark = self.marks[cell]
                    segments.append(Segment(self.glyphs.mark(mark), self._style(mark)))
                segments.append(Segment(piece.text[1:], base))
                cell = -1
            else:
                look = "" if piece.kind == "gap" else piece.kind
                segments.append(Segment(piece.text, self._style(look)))
        return Strip(segments).adjust_cell_length(width, base)

    def _cell(self, piece: Piece) -> list[Segment]:
        cell, width = piece.cell, piece.width
        current = cell == self.draft.current
        if current and self.draft.edit:
            # An edit takes the place of the mark too, so that six digits and the caret fit.
            before, caret, after = edit_window(self.draft.edit, width + 1, self.glyphs.cut)
            style = self._style("edit")
            parts = ((before, style), (caret, self._style("caret")), (after, style))
            return [Segment(text, style) for text, style in parts if text]
        text = self.draft.texts[cell]
        look = self.marks[cell] or ("cell" if text else "empty")
        style = self._style(look, cell in self.lit, current)
        if not text:
            return [Segment(self.glyphs.field * width, style)]
        justified = to_left if len(self.marks) == 1 else to_right
        return [Segment(justified(clipped(text, width, self.glyphs.cut), width), style)]

    def _style(self, look: str, lit: bool = False, current: bool = False) -> Style:
        key = (look, lit, current)
        if key not in self._styles:
            names = [look] if look else []
            if current and self.has_focus:
                names = ["current"]
            style = self.get_component_rich_style(f"grid--{names[0]}") if names else self.rich_style
            if lit:
                style += self.get_component_styles("grid--lit").text_style
            if current:
                style += self.get_component_styles("grid--current").text_style
            self._styles[key] = style
        return self._styles[key]
