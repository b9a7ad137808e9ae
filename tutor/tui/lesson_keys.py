"""The keys of a lesson: which there are, and when each is offered."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import ClassVar

from textual.binding import ActiveBinding, Binding, BindingType

from tutor.tui.bindings import SpokenScreen
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.key_footer import fitting
from tutor.tui.key_names import explained
from tutor.tui.lab.keys import SPARE
from tutor.tui.lab.pane import LabPane
from tutor.tui.step import StepPane


class LessonKeys(SpokenScreen[None]):
    """What the screen of a lesson offers; what the keys do is said there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("enter", "go_on", "go-on", priority=True),
        explained("f3", "hint", "hint"),
        explained("f4", "solution", "solution"),
        explained("f5", "fresh", "fresh", show=False),
        explained("f6", "story", "story", show=False),
        explained("f7", "step(-1)", "previous"),
        explained("f8", "step(1)", "next"),
        explained("f9", "skip", "skip", show=False),
        explained("ctrl+e", "working", "working", show=False),
        explained("equals_sign", "calculator", "calculator"),
        Binding(
            "ctrl+o", "spot", "spot.key-open", tooltip="spot.about-open", show=False, id="spot.open"
        ),
        Binding("ctrl+g", "own_numbers", "own.key-open", tooltip="own.about-open", id="own.open"),
        explained("escape", "leave", "map"),
        explained("pageup", "scroll_step(-1)", "scroll-up", show=False, priority=True),
        explained("pagedown", "scroll_step(1)", "scroll-down", show=False, priority=True),
        explained("tab", "app.focus_next", "focus", show=False),
    ]

    def __init__(self) -> None:
        """No step is shown yet."""
        super().__init__()
        self.pane = StepPane(id="step")

    @property
    @abstractmethod
    def settled(self) -> bool:
        """Whether the step is done and nothing was typed since: Enter goes on."""

    @property
    def ready(self) -> bool:
        """Whether a step is shown: keys may come before."""
        return self.pane.answer is not None

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Away from the answer the footer has room only for what is focused, and the way back."""
        active = super().active_bindings
        if not self.ready or self.focused is self.pane.answer:
            return fitting(active, ("own.open",), self.size.width, self.language)
        at_lab = isinstance(self.focused, LabPane)
        for key, one in active.items():
            if one.node is self:
                back = at_lab and one.binding.action == "app.focus_next"
                active[key] = one._replace(binding=replace(one.binding, show=back))
        return fitting(active, SPARE, self.size.width, self.language) if at_lab else active

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter goes on only from a settled answer; pages are the grid's where it has them."""
        if not self.ready:
            return False
        widget = self.pane.answer
        if action == "go_on":
            editing = isinstance(widget, MatrixGrid) and widget.editing
            at_answer = widget is not None and widget.has_focus
            return at_answer and self.settled and not editing
        if action == "scroll_step":
            return not (isinstance(widget, MatrixGrid) and widget.has_focus and has_pages(widget))
        return True


def has_pages(grid: MatrixGrid) -> bool:
    """Whether a grid needs PageUp and PageDown itself: for channels, or where it is cut off."""
    return grid.sheet.pages > 1 or grid.sheet.height > grid.content_size.height
