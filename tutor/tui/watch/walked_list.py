"""A list of any length, drawn by itself: ten thousand lines cost no more than those in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tutor.tui.glyphs import UNICODE, Glyphs
from tutor.tui.grid.sheet import clipped, to_left, to_right

VALUE = 9
"""Cells for what stands on the right of a line."""


def key(keys: str, action: str, name: str, *, show: bool = False) -> Binding:
    """A key of the screen on which runs are watched."""
    return Binding(
        keys, action, f"watch.key-{name}", tooltip=f"watch.about-{name}", show=show,
        id=f"watch.{name}",
    )  # fmt: skip


class WalkedList(Widget, can_focus=True):
    """Names, one of which is marked; the marked one stays marked when other names are shown.

    A Textual OptionList lays ten thousand lines out anew for 220 ms at every letter of a search.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"walked--marked", "walked--value"}
    DEFAULT_CSS = """
    WalkedList {
        width: 1fr;
        height: 1fr;
        &> .walked--marked { text-style: bold; color: $text-primary; }
        &> .walked--value { color: $text-muted; }
        &:focus > .walked--marked { text-style: bold reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "cursor_up", "up"),
        key("down", "cursor_down", "down"),
        key("pageup", "page_up", "page-up"),
        key("pagedown", "page_down", "page-down"),
        key("home", "first", "first"),
        key("end", "last", "last"),
    ]

    @dataclass
    class Marked(Message):
        """Another name is marked; None when there is none."""

        list: WalkedList
        name: str | None

        @property
        def control(self) -> WalkedList:
            """The list, for handlers that name one."""
            return self.list

    @dataclass
    class Taken(Message):
        """The marked name was taken by a key or a click."""

        list: WalkedList
        name: str

        @property
        def control(self) -> WalkedList:
            """The list, for handlers that name one."""
            return self.list

    def __init__(
        self,
        *,
        value_of: Callable[[str], str] = lambda name: "",
        sign_of: Callable[[str], str] = lambda name: "",
        id: str | None = None,
    ) -> None:
        """No names; beside each stand its sign on the left, and its value on the right."""
        super().__init__(id=id)
        self.names: Sequence[str] = ()
        self.glyphs: Glyphs = UNICODE
        self._value_of, self._sign_of = value_of, sign_of
        self._at = 0
        self._top = 0
        self._drawn: list[tuple[str, str, str]] = []

    @property
    def marked(self) -> str | None:
        """The marked name."""
        return self.names[self._at] if self.names else None

    @property
    def option_count(self) -> int:
        """How many names are shown."""
        return len(self.names)

    def show(self, names: Sequence[str], marked: str | None = None) -> None:
        """Show other names; the marked one stays so where it is still there."""
        before, wanted = self.marked, marked or self.marked
        self.names = names
        self._at = names.index(wanted) if wanted in names else 0
        self._scroll()
        if self.marked != before:
            self.post_message(self.Marked(self, self.marked))
        self.refresh()

    def look_again(self) -> None:
        """Draw anew where the signs or values of the lines in view have changed."""
        if self._lines() != self._drawn:
            self.refresh()

    def _move(self, to: int) -> None:
        at = min(max(to, 0), max(len(self.names) - 1, 0))
        if at != self._at:
            self._at = at
            self._scroll()
            self.post_message(self.Marked(self, self.marked))
            self.refresh()

    def _scroll(self) -> None:
        """The marked line is in view, and no room is left below the last one."""
        height = max(self.content_size.height, 1)
        most = max(len(self.names) - height, 0)
        self._top = min(max(self._top, self._at - height + 1), self._at, most)

    # Keys and mouse

    def action_cursor_up(self) -> None:
        """One up."""
        self._move(self._at - 1)

    def action_cursor_down(self) -> None:
        """One down."""
        self._move(self._at + 1)

    def action_page_up(self) -> None:
        """A page up."""
        self._move(self._at - max(self.content_size.height - 1, 1))

    def action_page_down(self) -> None:
        """A page down."""
        self._move(self._at + max(self.content_size.height - 1, 1))

    def action_first(self) -> None:
        """The first."""
        self._move(0)

    def action_last(self) -> None:
        """The last."""
        self._move(len(self.names) - 1)

    def action_select(self) -> None:
        """Take the marked name."""
        if self.marked is not None:
            self.post_message(self.Taken(self, self.marked))

    def on_click(self, event: events.Click) -> None:
        """Mark the line, and take it."""
        place = self._top + event.y
        if place < len(self.names):
            self._move(place)
            self.action_select()

    def on_mouse_scroll_down(self) -> None:
        """Walk down."""
        self._move(self._at + 1)

    def on_mouse_scroll_up(self) -> None:
        """Walk up."""
        self._move(self._at - 1)

    def on_resize(self) -> None:
        """Keep the marked line in view."""
        self._scroll()

    # Drawing

    def _lines(self) -> list[tuple[str, str, str]]:
        shown = self.names[self._top : self._top + self.content_size.height]
        return [(self._sign_of(name), name, self._value_of(name)) for name in shown]

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base = self.content_size.width, self.rich_style
        if y == 0:
            self._drawn = self._lines()
        if y >= len(self._drawn):
            return Strip.blank(width, base)
        sign, name, value = self._drawn[y]
        here = self._top + y == self._at
        style = self.get_component_rich_style("walked--marked") if here else base
        mark = (self.glyphs.cursor if here else " ") + (f"{sign} " if sign else "")
        room = max(width - cell_len(mark) - (VALUE if value else 0), 0)
        text = to_left(mark + end_of(name, room, self.glyphs.cut), cell_len(mark) + room)
        dim = style if here else self.get_component_rich_style("walked--value")
        shown = to_right(clipped(value, VALUE - 1, self.glyphs.cut), VALUE) if value else ""
        segments = [Segment(text, style), Segment(shown, dim)]
        return Strip(segments).adjust_cell_length(width, base)


def end_of(text: str, width: int, cut: str) -> str:
    """The text, or the sign of a cut and its end: names of tags differ at their ends."""
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) > width - 1:
        text = text[max((cell_len(text) - width) // 2, 1) :]
    return (cut + text)[:width]
