"""The first reading: what is right? Evaluates a tree in float64, within bounds of size and work."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import Array
from tutor.engine.primitives import TABLE
from tutor.engine.shapes import Shape
from tutor.engine.tree import Apply, Body, Call, Constant, Name, Node, Slice, children, walk

MOST_CELLS = 100_000
"""Cells of one array."""
MOST_PRODUCTS = 1_000_000
"""Products of one matrix product; the rounding reading looks at each."""
MOST_WORK = 3_000_000
"""Multiplications and additions of one evaluation, roughly, and a hundred a node."""
FEW = 16
"""Numbers of an option by which it is remembered that a primitive may be applied."""

INFINITE = frozenset({
    "ln", "log2", "log10", "xlogy", "cross_entropy", "nll_loss", "log_softmax", "kl_div",
    "causal_mask",
})  # fmt: skip
"""Functions whose infinity is meant: minus the logarithm of a probability of 0, a mask."""


def evaluate(formula: Formula, names: Mapping[str, Array]) -> Array:
    """The value of a formula: a float64 array, 0-d for a number.

    Raises FormulaError, also where the value is no number (0 / 0) or infinite by accident
    (1 / 0, 9**9**9). Infinity that stands in the formula or its names, and ln(0), may be meant.
    """
    evaluation = Evaluation(names)
    value = evaluation.value(formula.root)
    if not np.isfinite(value).all():
        evaluation.refuse_accident(formula.root)
    return value


class Evaluation:
    """The values of the nodes of a tree, each computed once, with IEEE's infinities and NaN."""

    def __init__(self, names: Mapping[str, Array]) -> None:
        """Nothing is computed yet."""
        self.names = names
        self.known: dict[Node, Array] = {}
        self.holding: dict[Call, tuple[Body, ...]] = {}
        self.by_hand: dict[Call, Node] = {}
        self.work = 0

    def value(self, node: Node) -> Array:
        """The value of a node as an array; raises FormulaError."""
        return self.known[node] if node in self.known else self.value_through(_order(node), node)

    def value_through(self, nodes: Sequence[Node], root: Node) -> Array:
        """As `value`, where the nodes to be worked out are known, in an order that is possible."""
        known = self.known
        with np.errstate(all="ignore"):
            for node in nodes:
                if node not in known:
                    known[node] = self._compute(node)
        return known[root]

    def value_with(self, node: Node, value: Array, above: Sequence[Node], root: Node) -> Array:
        """The value of a root if a node of it had another one; raises FormulaError.

        `above` are the nodes that are made of it, in their order; what is known stays as it is.
        """
        known = self.known
        kept = {one: known[one] for one in (node, *above) if one in known}
        try:
            known[node] = value
            with np.errstate(all="ignore"):
                for one in above:
                    if isinstance(one, Apply):
                        known[one] = self.apply(one)
            return known[root]
        finally:
            known.update(kept)

    def _compute(self, node: Node) -> Array:
        # By far the most nodes are applied primitives.
        if isinstance(node, Apply):
            return self.apply(node)
        match node:
            case Constant(column=column, value=value, text=text):
                if isinstance(value, bool | float):
                    return np.asarray(value, dtype=np.float64)
                raise FormulaError("formula.not-a-number", column, what=text)
            case Name(column=column, name=name):
                if name not in self.names:
                    raise FormulaError("formula.unknown-name", column, name=name)
                return np.asarray(self.names[name], dtype=np.float64)
            case Call():
                # One function is made of others, but not of many.
                return self.value(self.bodies(node)[-1].root)
            case Slice(column=column):
                raise FormulaError("formula.not-a-number", column, what=":")

    def apply(self, node: Apply) -> Array:
        """One primitive on its operands, with its size checked before anything is made."""
        known = self.known
        operands = [known[operand] for operand in node.operands]
        entry = TABLE[node.primitive]
        try:
            options = self._checked(node, operands)
            return np.asarray(entry.compute(*operands, **options), dtype=np.float64)
        except (ValueError, IndexError, TypeError, OverflowError) as error:
            shapes = ", ".join(str(operand.shape) for operand in operands)
            raise FormulaError(
                "formula.shapes", node.column, function=entry.infix or node.primitive,
                shapes=shapes,
            ) from error  # fmt: skip

    def _checked(self, node: Apply, operands: list[Array]) -> dict[str, Any]:
        """The options of a primitive that may be applied; the same for the same shapes."""
        key: tuple[object, ...] = tuple([operand.shape for operand in operands])
        few = True
        if len(node.parts) > len(operands):
            steering = [self.known[part] for part in node.parts[len(operands) :]]
            key += tuple([(part.shape, part.tobytes()) for part in steering])
            few = all(part.size <= FEW for part in steering)
        known = node.checked.get(key)
        if known is None:
            options = self.options(node)
            known = options, _work(node, [operand.shape for operand in operands], options)
            if few:
                node.checked[key] = known
        options, work = known
        self.work += work
        if self.work > MOST_WORK:
            raise FormulaError("formula.too-much-work", node.column)
        return options

    def options(self, node: Apply) -> dict[str, Any]:
        """The options of a primitive as Python's own values: an axis, a size, a slice."""
        entry = TABLE[node.primitive]
        options: dict[str, Any] = dict(entry.options)
        for name, option in node.options:
            value = self._option(option)
            options[name] = value if node.primitive == "index" else _plain(value)
        return options

    def _option(self, node: Node) -> Any:
        """What a node says as an option; whole numbers become ints."""
        match node:
            case Constant(value=float(value)):
                return int(value) if value.is_integer() else value
            case Constant(value=value):
                return value
            case Slice(start=start, stop=stop, step=step):
                ends = (start, stop, step)
                return slice(*(None if end is None else self._option(end) for end in ends))
        array = self.value(node)
        if array.ndim == 0:
            number = float(array)
            return int(number) if number.is_integer() else number
        return array

    def worked(self, call: Call) -> Node:
        """The body by which one works a call with these numbers: the first without overflow."""
        if call not in self.by_hand:
            roots = [body.root for body in self.bodies(call)]
            safe = np.isfinite(self.value(roots[-1]))
            able = (root for root in roots if np.array_equal(np.isfinite(self.value(root)), safe))
            self.by_hand[call] = next(able)
        return self.by_hand[call]

    def bodies(self, call: Call) -> tuple[Body, ...]:
        """The ways to write a prelude call that hold for its arguments; at least one."""
        if call not in self.holding:
            arguments = {name: self._argument(argument) for name, argument in call.arguments}
            key = tuple([_told(argument) for argument in arguments.values()])
            if key not in call.checked:
                call.checked[key] = tuple(
                    body for body in call.bodies if body.when is None or body.when(arguments)
                )
            self.holding[call] = call.checked[key]
            if not self.holding[call]:
                said = ", ".join(
                    f"{name} {_described(argument)}" for name, argument in arguments.items()
                )
                raise FormulaError(
                    "formula.arguments", call.column, function=call.function, said=said
                )
        return self.holding[call]

    def _argument(self, node: Node) -> object:
        if isinstance(node, Constant) and _is_word(node):
            return node.value
        return self.value(node)

    def refuse_accident(self, root: Node) -> None:
        """Raise FormulaError where NaN, or an infinity that nobody can have meant, arises.

        Some prelude functions may give infinity: a divergence where q is 0.
        """
        nan = bool(np.isnan(self.known[root]).any())
        node: Node | None = root
        while node is not None:
            arises = node
            node = next((part for part in children(node) if self._is_bad(part, nan)), None)
        match arises:
            case Apply(primitive=name) if nan or name not in INFINITE:
                what = TABLE[name].infix or name
            case Call(function=function) if nan or function not in INFINITE:
                what = function
            case _:
                return
        code = "formula.undefined" if nan else "formula.overflow"
        raise FormulaError(code, arises.column, function=what)

    def _is_bad(self, node: Node, nan: bool) -> bool:
        if isinstance(node, Constant):
            value = np.asarray(node.value if isinstance(node.value, float) else 0.0)
        else:
            value = self.known.get(node, np.zeros(()))
        return bool(np.isnan(value).any() if nan else np.isinf(value).any())


@lru_cache(maxsize=1024)
def _order(root: Node) -> tuple[Node, ...]:
    """The nodes that have to be worked out for a root, in their order."""
    return tuple(walk(root, _parts))


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Apply):
        return node.parts
    if isinstance(node, Call):
        return tuple(value for _, value in node.arguments if not _is_word(value))
    return ()


def _work(node: Apply, shapes: Sequence[Shape], options: Mapping[str, Any]) -> int:
    """How much work a primitive is on operands of these shapes; raises where it is too much."""
    cells = math.prod(TABLE[node.primitive].shape(*shapes, **options))
    if cells > MOST_CELLS:
        raise FormulaError("formula.array-too-large", node.column, limit=MOST_CELLS)
    products = cells * (shapes[0][-1] if node.primitive in ("matmul", "dot") else 1)
    if products > MOST_PRODUCTS:
        raise FormulaError("formula.too-much-work", node.column)
    return 100 + products + sum(math.prod(shape) for shape in shapes)


def _is_word(node: Node) -> bool:
    """Whether a node is a word of an option (True, None, "mean"), not a number."""
    return isinstance(node, Constant) and not isinstance(node.value, float)


def _told(argument: object) -> object:
    """What bodies ask of an argument: the shape of an array, a single number, a word."""
    if isinstance(argument, np.ndarray):
        return argument.shape or float(argument)
    return type(argument), argument


def _plain(value: Any) -> Any:
    """A vector as a tuple: sizes, axes and strides an axis."""
    if not isinstance(value, np.ndarray):
        return value
    return tuple(int(one) if float(one).is_integer() else float(one) for one in value.ravel())


def _described(argument: object) -> str:
    """An argument for a message: its shape, or the word that it is."""
    return str(argument.shape) if isinstance(argument, np.ndarray) else str(argument)
