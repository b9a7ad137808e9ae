"""Scroll bars of whole cells: the toolkit's finer ones end in signs of ambiguous width."""

from typing import ClassVar

from textual.scrollbar import ScrollBarRender


class PlainScrollBar(ScrollBarRender):
    """The thumb is reversed, so that it is seen without colours too."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]
