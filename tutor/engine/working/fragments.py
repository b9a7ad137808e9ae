"""How a part of a formula is written, with its names or with the numbers that they stand for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tutor.engine.precision import Array
from tutor.engine.primitives import REQUIRED, TABLE, Primitive
from tutor.engine.reader import Function, functions
from tutor.engine.tree import Apply, Call, Constant, Name, Node, Slice

LARGEST = 5_000
"""Parts that are written; a node that is used twice is written twice, and that may have no end."""

TIGHTEST = 10
"""The precedence of what never needs parentheses."""


def number(value: float) -> str:
    """A number as one writes it: no more digits than it needs, six decimals at most."""
    if not np.isfinite(value):
        return str(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    if text in ("0", "-0"):
        return "0" if value == 0 else f"{value:.3g}"
    return text


def array(values: Array) -> str:
    """An array as nested lists of numbers."""
    if values.ndim == 0:
        return number(float(values))
    return "[" + ", ".join(array(part) for part in values) + "]"


def fragment(
    node: Node, shown: Mapping[str, str] | None = None, local: Mapping[Node, str] | None = None
) -> str:
    """A part of a formula as it is written.

    `shown` are texts in place of names, `local` the names of parts that have one. Dots stand for
    what comes after LARGEST parts.
    """
    return _Writer(shown or {}, local or {}).write(node)


class _Writer:
    def __init__(self, shown: Mapping[str, str], local: Mapping[Node, str]) -> None:
        self.shown = shown
        self.local = local
        self.room = LARGEST

    def write(self, node: Node, tighter_than: int = 0) -> str:
        text, precedence = self._written(node)
        return f"({text})" if precedence < tighter_than else text

    def _written(self, node: Node) -> tuple[str, int]:
        if node in self.local:
            return self.local[node], TIGHTEST
        self.room -= 1
        if self.room < 0:
            return "...", TIGHTEST
        match node:
            case Constant(text=text):
                return text, 6 if text.startswith("-") else TIGHTEST
            case Name(name=name):
                text = self.shown.get(name, name)
                return text, 6 if text.startswith("-") else TIGHTEST
            case Slice(start=start, stop=stop, step=step):
                ends = [self.write(end) if end is not None else "" for end in (start, stop)]
                return ":".join(ends) + (f":{self.write(step)}" if step is not None else ""), 0
            case Call():
                return self._called(node), TIGHTEST
            case Apply():
                return self._applied(node, TABLE[node.primitive])

    def _called(self, call: Call) -> str:
        """A prelude function, without the arguments that say what would hold anyway."""
        function = functions()[call.function]
        assert isinstance(function, Function)
        defaults = dict(function.parameters)
        parts: list[str] = []
        left_out = False
        for name, argument in call.arguments:
            text = self.write(argument)
            if text == defaults[name]:
                left_out = True
            else:
                parts.append(f"{name}={text}" if left_out else text)
        return f"{call.function}({', '.join(parts)})"

    def _applied(self, node: Apply, entry: Primitive) -> tuple[str, int]:
        if entry.name == "negative":
            return f"-{self.write(node.operands[0], entry.precedence)}", entry.precedence
        if entry.infix:
            left, right = node.operands
            rises = entry.name == "power"
            return (
                f"{self.write(left, entry.precedence + rises)} {entry.infix} "
                f"{self.write(right, entry.precedence + (not rises))}"
            ), entry.precedence
        if entry.name == "index":
            slots = ", ".join(self.write(slot) for _, slot in node.options)
            return f"{self.write(node.operands[0], TIGHTEST)}[{slots}]", TIGHTEST
        parts = [self.write(operand) for operand in node.operands]
        if entry.name == "stack" and not node.options:
            return "[" + ", ".join(parts) + "]", TIGHTEST
        if entry.variadic:
            parts = ["[" + ", ".join(parts) + "]"]
        needed = {option for option, default in entry.options if default is REQUIRED}
        for option, value in node.options:
            text = self.write(value)
            parts.append(text if option in needed else f"{option}={text}")
        name = "T" if entry.name == "transpose" and not node.options else entry.name
        return f"{name}({', '.join(parts)})", TIGHTEST
