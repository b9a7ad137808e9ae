"""The numbers that a step is computed from, as matrices side by side."""

from __future__ import annotations

from textual.containers import ItemGrid

from tutor.telling import Shown
from tutor.tui.glyphs import Glyphs
from tutor.tui.matrix import Matrix


class NumbersShown(ItemGrid):
    """Matrices, as many side by side as fit."""

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until something is shown."""
        super().__init__(id=id, min_column_width=22, stretch_height=False)

    async def show(self, numbers: list[Shown], language: str, glyphs: Glyphs) -> None:
        """Show these and no others."""
        await self.remove_children()
        await self.mount_all(
            Matrix(
                one.values, title=one.title, row_labels=one.rows, column_labels=one.columns,
                glyphs=glyphs, language=language,
            )
            for one in numbers
        )  # fmt: skip
