"""Lines of words that change often: drawn anew alone, and laid out only when there are more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tutor.tui.plot.body import Part

KINDS = ("title", "figure", "label", "note", "mean", "second", "third", "fourth", "right", "wrong")


class LabLines(Widget):
    """Shows lines of parts, each with a look of its own; as high as there are lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lab--{kind}" for kind in KINDS}
    DEFAULT_CSS = """
    LabLines {
        width: 1fr;
        height: 0;
        &> .lab--title { text-style: bold; }
        &> .lab--label { color: $text-muted; }
        &> .lab--note { color: $text-warning; text-style: bold; }
        &> .lab--mean { color: $text-primary; text-style: bold; }
        &> .lab--second { color: $text-warning; }
        &> .lab--third { color: $text-accent; }
        &> .lab--fourth { color: $foreground; }
        &> .lab--right { color: $text-primary; }
        &> .lab--wrong { color: $text-warning; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """No lines."""
        super().__init__(id=id)
        self.shown: Sequence[tuple[Part, ...]] = ()

    def show(self, lines: Sequence[tuple[Part, ...]]) -> None:
        """Show these lines; the same lines again cost nothing."""
        if lines == self.shown:
            return
        if len(lines) != len(self.shown):
            self.styles.height = len(lines)
        self.shown = lines
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base = self.content_size.width, self.rich_style
        if y >= len(self.shown):
            return Strip.blank(width, base)
        segments = [
            Segment(
                part.text,
                base
                if part.kind == "space"
                else self.get_component_rich_style(f"lab--{part.kind}"),
            )
            for part in self.shown[y]
        ]
        return Strip(segments).adjust_cell_length(width, base)
