"""A line to calculate in, because nobody computes e^0.48 on paper; it knows no softmax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tutor.engine.answer import calculate
from tutor.messages import say

KEPT = 100
"""Lines of the history."""
LONGEST = 200


class Calculator(Vertical):
    """Opened by `=`; Enter calculates, F2 puts the result into the answer, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "screen.key-close", id="calculator.close"),
        Binding("f2", "use", "screen.key-use-result", id="calculator.use"),
        Binding("up", "recall(-1)", "screen.key-recall", id="calculator.earlier"),
        Binding("down", "recall(1)", "screen.key-recall", show=False, id="calculator.later"),
    ]

    @dataclass
    class Result(Message):
        """The result is wanted in the answer."""

        calculator: Calculator
        text: str

        @property
        def control(self) -> Calculator:
            """The calculator."""
            return self.calculator

    @dataclass
    class Closed(Message):
        """The calculator was closed."""

        calculator: Calculator

        @property
        def control(self) -> Calculator:
            """The calculator."""
            return self.calculator

    def __init__(self, *, id: str | None = None) -> None:
        """Closed, without history."""
        super().__init__(id=id)
        self.language = "en"
        self.history: list[str] = []
        self.at = 0
        self.result: float | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """What was calculated, and the line."""
        yield Static(id="calculator-said", markup=False)
        yield Input(id="calculator-line", compact=True, max_length=LONGEST)

    def on_mount(self) -> None:
        """Say what can be typed."""
        self.set_language(getattr(self.app, "language", "en"))

    def set_language(self, language: str) -> None:
        """Say it in another language."""
        self.language = language
        self.query_one(Input).placeholder = say("screen.calculator", language)
        self.query_one(Static).update(say("screen.calculator-about", language))

    def open(self) -> None:
        """Show the line and type into it."""
        self.display = True
        self.query_one(Input).focus()

    def action_close(self) -> None:
        """Hide the line; its history stays."""
        self.display = False
        self.post_message(self.Closed(self))

    def action_use(self) -> None:
        """Give the result to the answer; a line that is not calculated yet is calculated first."""
        if self.query_one(Input).value.strip():
            self._calculate(self.query_one(Input).value)
        if self.result is not None and not self.query_one(Input).value.strip():
            self.display = False
            self.post_message(self.Result(self, number_text(self.result)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._calculate(event.value)

    def _calculate(self, text: str) -> None:
        cell = calculate(text, ans=self.result)
        said = self.query_one(Static)
        if cell.problem is not None:
            said.update(say(cell.problem.code, self.language, **cell.problem.details))
            self.query_one(Input).cursor_position = cell.problem.at
            return
        assert cell.value is not None
        self.result = cell.value
        self.history = [*self.history[1 - KEPT :], text]
        self.at = len(self.history)
        said.update(f"{text.strip()} = {number_text(cell.value)}")
        self.query_one(Input).value = ""

    def action_recall(self, way: int) -> None:
        """An earlier or later line of the history."""
        self.at = min(max(self.at + way, 0), len(self.history))
        line = self.query_one(Input)
        line.value = self.history[self.at] if self.at < len(self.history) else ""
        line.cursor_position = len(line.value)


def number_text(value: float) -> str:
    """A result with seven significant digits, and no more than it needs."""
    return f"{value:.7g}"
