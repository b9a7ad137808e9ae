"""A line to search in, with the list of what was found below it."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual.binding import BindingType
from textual.widgets import Input

from tutor.tui.key_names import explained


class Walked(Protocol):
    """A list that is walked through from the line; it has Textual's actions of an OptionList."""

    @property
    def option_count(self) -> int:
        """How many lines there are."""

    def action_select(self) -> None:
        """Take the line that is highlighted."""


class SearchLine(Input):
    """Typing filters a list; the arrows walk through it while one types, Enter takes a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("enter", "take", "open"),
        explained("up", "walk('cursor_up')", "walk-up", show=False),
        explained("down", "walk('cursor_down')", "walk-down", show=False),
        explained("pageup", "walk('page_up')", "walk-page-up", show=False),
        explained("pagedown", "walk('page_down')", "walk-page-down", show=False),
    ]

    def __init__(self, found: Walked, *, id: str | None = None) -> None:
        """Search in what a list shows."""
        super().__init__(id=id, compact=True, max_length=100)
        self.found = found

    @property
    def words(self) -> list[str]:
        """What is searched for: every word must be found."""
        return self.value.casefold().split()

    def action_walk(self, action: str) -> None:
        """Move in the list without leaving the line."""
        if self.found.option_count:
            getattr(self.found, f"action_{action}")()

    def action_take(self) -> None:
        """Take the line of the list that is highlighted."""
        self.found.action_select()


def has_all(words: list[str], text: str) -> bool:
    """Whether every word is somewhere in a text."""
    folded = text.casefold()
    return all(word in folded for word in words)
