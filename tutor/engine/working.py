"""How a formula is written, with its names or with the numbers that they stand for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Array
from tutor.engine.primitives import TABLE, Primitive
from tutor.engine.tree import Apply, Call, Constant, Name, Node, Slice

LONGEST = 12
"""Cells of an array that is still written out within a line."""

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


def with_numbers(formula: Formula, names: Mapping[str, Array]) -> str:
    """The last line of a formula with the numbers in place of the names, where they fit."""

    def shown(name: str) -> str:
        values = names.get(name)
        return name if values is None or values.size > LONGEST else array(values)

    return _Writer(shown, {node: name for name, node in formula.lines}).write(formula.root)


class _Writer:
    def __init__(self, shown: object, local: Mapping[Node, str]) -> None:
        self.shown = shown
        self.local = local

    def write(self, node: Node, tighter_than: int = 0) -> str:
        text, precedence = self._written(node)
        return f"({text})" if precedence < tighter_than else text

    def _written(self, node: Node) -> tuple[str, int]:
        if node in self.local:
            return self.local[node], TIGHTEST
        match node:
            case Constant(text=text):
                return text, 6 if text.startswith("-") else TIGHTEST
            case Name(name=name):
                assert callable(self.shown)
                text = self.shown(name)
                return text, 6 if text.startswith("-") else TIGHTEST
            case Slice(start=start, stop=stop, step=step):
                ends = [self.write(end) if end is not None else "" for end in (start, stop)]
                return ":".join(ends) + (f":{self.write(step)}" if step is not None else ""), 0
            case Call(function=function, arguments=arguments):
                return self._call(function, tuple(value for _, value in arguments), ()), TIGHTEST
            case Apply():
                return self._applied(node, TABLE[node.primitive])

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
        if entry.name == "stack" and not node.options:
            return "[" + ", ".join(self.write(part) for part in node.operands) + "]", TIGHTEST
        return self._call(entry.name, node.operands, node.options), TIGHTEST

    def _call(
        self, name: str, operands: tuple[Node, ...], options: tuple[tuple[str, Node], ...]
    ) -> str:
        parts = [self.write(operand) for operand in operands]
        parts += [f"{option}={self.write(value)}" for option, value in options]
        return f"{name}({', '.join(parts)})"
