"""A line to calculate in, because nobody computes e^0.48 on paper; it knows no softmax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tutor.engine.answer import Problem, calculate
from tutor.messages import say
from tutor.tui.key_names import explained
from tutor.tui.prose import Prose

KEPT = 100
"""Lines of the history."""
LONGEST = 200


class CalculatorLine(Input):
    """The line, and the lines before it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("enter", "submit", "calculate"),
        explained("up", "recall(-1)", "recall", show=False),
        explained("down", "recall(1)", "recall-later", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        """An empty line without history."""
        super().__init__(id=id, compact=True, max_length=LONGEST)
        self.history: list[str] = []
        self.at = 0

    def remember(self) -> None:
        """Put the line into the history and begin another."""
        self.history = [*self.history[1 - KEPT :], self.value.strip()]
        self.at = len(self.history)
        self.value = ""

    def action_recall(self, way: int) -> None:
        """An earlier or later line of the history."""
        self.at = min(max(self.at + way, 0), len(self.history))
        self.value = self.history[self.at] if self.at < len(self.history) else ""
        self.cursor_position = len(self.value)


class Calculator(Vertical):
    """Opened by `=`; Enter calculates, F2 puts the result into the answer, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("f2", "use", "use-result"),
        explained("escape", "close", "close"),
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
        self.fills = False
        self.result: float | None = None
        self.problem: Problem | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """What was calculated, and the line."""
        yield Prose(id="calculator-said")
        yield CalculatorLine(id="calculator-line")

    @property
    def line(self) -> CalculatorLine:
        """The line to type into."""
        return self.query_one(CalculatorLine)

    def on_mount(self) -> None:
        """Say what can be typed."""
        self.set_language(getattr(self.app, "language", "en"))

    def set_language(self, language: str) -> None:
        """Say it in another language; what is typed and calculated stays."""
        self.language = language
        self.line.placeholder = say("screen.calculator", language)
        self._show()

    def _show(self) -> None:
        """Say what is wrong with the line, else the last result, else what can be typed."""
        if self.problem is not None:
            said = say(self.problem.code, self.language, **self.problem.details)
        elif self.result is not None:
            said = f"{self.line.history[-1]} = {number_text(self.result)}"
        else:
            said = say("screen.calculator-about", self.language)
        self.query_one(Prose).say(said)

    def open(self, *, fills: bool) -> None:
        """Show the line and type into it; `fills`: there is a cell that can take the result."""
        self.fills = fills
        self.display = True
        self.line.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A result can only be used where there is a cell for it."""
        return self.fills if action == "use" else True

    def action_close(self) -> None:
        """Hide the line; its history stays."""
        self.display = False
        self.post_message(self.Closed(self))

    def action_use(self) -> None:
        """Give the result to the answer; a line that is not calculated yet is calculated first."""
        if self.line.value.strip() and not self._calculate():
            return
        if self.result is not None:
            self.display = False
            self.post_message(self.Result(self, number_text(self.result)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._calculate()

    def _calculate(self) -> bool:
        """Calculate the line and make room for the next; False where it cannot be calculated."""
        cell = calculate(self.line.value, ans=self.result)
        self.problem = cell.problem
        if cell.value is None:
            self.line.cursor_position = cell.problem.at if cell.problem is not None else 0
        else:
            self.result = cell.value
            self.line.remember()
        self._show()
        return cell.value is not None


def number_text(value: float) -> str:
    """A result with seven significant digits, and no more than it needs."""
    return f"{value:.7g}"
