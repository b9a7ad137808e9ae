"""The first reading: what is right? Evaluates a tree in float64, within bounds of size and work."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import Array
from tutor.engine.primitives import TABLE
from tutor.engine.tree import Apply, Body, Call, Constant, Name, Node, Slice

MOST_CELLS = 100_000
"""Cells of one array."""
MOST_WORK = 20_000_000
"""Multiplications and additions of one evaluation, roughly."""


def evaluate(formula: Formula, names: Mapping[str, Array]) -> Array:
    """The value of a formula: a float64 array, 0-d for a number. Raises FormulaError."""
    return Evaluation(names).value(formula.root)


class Evaluation:
    """The values of the nodes of a tree, each computed once."""

    def __init__(self, names: Mapping[str, Array]) -> None:
        self.names = names
        self.known: dict[Node, Array] = {}
        self.work = 0

    def value(self, node: Node) -> Array:
        """The value of a node as an array."""
        if node not in self.known:
            self.known[node] = self._compute(node)
        return self.known[node]

    def _compute(self, node: Node) -> Array:
        match node:
            case Constant(column=column, value=value, text=text):
                if isinstance(value, bool | float):
                    return np.asarray(value, dtype=np.float64)
                raise FormulaError("formula.not-a-number", column, what=text)
            case Name(column=column, name=name):
                if name not in self.names:
                    raise FormulaError("formula.unknown-name", column, name=name, near="")
                return np.asarray(self.names[name], dtype=np.float64)
            case Apply():
                operands = [self.value(operand) for operand in self.operands(node)]
                return self.apply(node, operands)
            case Call():
                return self.value(self.bodies(node)[-1].root)
            case Slice(column=column):
                raise FormulaError("formula.not-a-number", column, what=":")

    def operands(self, node: Apply) -> tuple[Node, ...]:
        """The nodes of the arrays that a primitive works on."""
        return node.operands

    def apply(self, node: Apply, operands: list[Array]) -> Array:
        """One primitive on given operands, with its size checked before anything is made."""
        entry = TABLE[node.primitive]
        options = self.options(node)
        try:
            shape = entry.shape(*(operand.shape for operand in operands), **options)
            self._allow(node, shape, operands)
            with np.errstate(all="ignore"):
                return np.asarray(entry.compute(*operands, **options), dtype=np.float64)
        except (ValueError, IndexError, TypeError) as error:
            shapes = ", ".join(str(operand.shape) for operand in operands)
            raise FormulaError(
                "formula.shapes", node.column, function=entry.infix or node.primitive,
                shapes=shapes,
            ) from error  # fmt: skip

    def _allow(self, node: Apply, shape: tuple[int, ...], operands: list[Array]) -> None:
        cells = math.prod(shape)
        if cells > MOST_CELLS:
            raise FormulaError("formula.array-too-large", node.column, limit=MOST_CELLS)
        inner = operands[0].shape[-1] if node.primitive in ("matmul", "dot") else 1
        self.work += cells * inner + sum(operand.size for operand in operands)
        if self.work > MOST_WORK:
            raise FormulaError("formula.too-much-work", node.column)

    def options(self, node: Apply) -> dict[str, Any]:
        """The options of a primitive as Python's own values: an axis, a size, a slice."""
        entry = TABLE[node.primitive]
        given = {name: self.option(option) for name, option in node.options}
        if node.primitive != "index":
            given = {name: _plain(value) for name, value in given.items()}
        return {name: default for name, default in entry.options if name not in given} | given

    def option(self, node: Node) -> Any:
        """What a node says as an option; whole numbers become ints."""
        match node:
            case Constant(value=value) if not isinstance(value, float):
                return value
            case Slice(start=start, stop=stop, step=step):
                ends = (start, stop, step)
                return slice(*(None if end is None else self.option(end) for end in ends))
        array = self.value(node)
        if array.ndim == 0:
            number = float(array)
            return int(number) if number.is_integer() else number
        return array

    def bodies(self, call: Call) -> tuple[Body, ...]:
        """The ways to write a prelude call that hold for its arguments; at least one."""
        arguments = {name: self._argument(argument) for name, argument in call.arguments}
        holding = tuple(body for body in call.bodies if body.when is None or body.when(arguments))
        if not holding:
            shapes = ", ".join(
                str(one.shape) for one in arguments.values() if isinstance(one, np.ndarray)
            )
            raise FormulaError("formula.shapes", call.column, function=call.function, shapes=shapes)
        return holding

    def _argument(self, node: Node) -> object:
        if isinstance(node, Constant) and not isinstance(node.value, float):
            return node.value
        return self.value(node)


def _plain(value: Any) -> Any:
    """A vector as a tuple: sizes, axes and strides an axis."""
    if not isinstance(value, np.ndarray):
        return value
    return tuple(int(one) if float(one).is_integer() else float(one) for one in value.ravel())
