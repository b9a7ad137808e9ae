"""The numbers that a step is computed from, as matrices side by side."""

from __future__ import annotations

from collections.abc import Mapping

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tutor.telling import Shown
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.matrix import Matrix

GAP = 3
"""Cells between matrices."""


class Flow(Layout):
    """Widgets as wide as they are, as many side by side as fit, then the next line."""

    name = "flow"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Place the widgets like words."""
        viewport = parent.app.viewport_size
        placements: list[WidgetPlacement] = []
        x = y = below = 0
        for child in children:
            width = min(child.get_content_width(size, viewport), size.width)
            height = child.get_content_height(size, viewport, width)
            if x and x + width > size.width:
                x, y = 0, below
            region = Region(x, y, width, height)
            placements.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child))
            x, below = x + width + GAP, max(below, y + height)
        return placements


FLOW = Flow()


class NumbersShown(Widget):
    """Matrices, as many side by side as fit."""

    DEFAULT_CSS = "NumbersShown { width: 1fr; height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until something is shown."""
        super().__init__(id=id)
        self.display = False
        self.names: list[str] = []

    @property
    def layout(self) -> Layout:
        """Side by side; the toolkit's style sheets know only its own layouts."""
        return FLOW

    async def show(self, numbers: list[Shown], language: str, glyphs: Glyphs) -> None:
        """Show these and no others."""
        self.display = bool(numbers)
        self.names = [one.name for one in numbers]
        await self.remove_children()
        await self.mount_all(
            Matrix(
                one.values, title=one.title, row_labels=one.rows, column_labels=one.columns,
                glyphs=glyphs, language=language,
            )
            for one in numbers
        )  # fmt: skip

    def light(self, sources: Mapping[str, tuple[int, ...]]) -> None:
        """Highlight these cells (row-major, by name) and no others."""
        for name, matrix in zip(self.names, self.query(Matrix), strict=False):
            matrix.light(sources.get(name, ()))
