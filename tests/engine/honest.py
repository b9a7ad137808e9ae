"""An honest learner: works a formula out on paper, rounding some of what is written down."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Array, Precision
from tutor.engine.primitives import TABLE
from tutor.engine.tree import Apply, Call, Constant, Name, Node, resolve
from tutor.engine.value import Evaluation


def work(
    formula: Formula, names: Mapping[str, Array], precision: Precision, random: Random
) -> Array:
    """What an honest learner types: the formula worked out from the names as they have them.

    Every intermediate number is rounded half up, half to even or not at all, at random; so are
    the products and the partial sums within a matrix product, and the answer. Of the bodies of
    a prelude function any may be followed.
    """
    learner = _Learner(names, precision, random)
    return learner.written(learner.result(formula.root))


class _Learner:
    def __init__(self, names: Mapping[str, Array], precision: Precision, random: Random) -> None:
        self.names = names
        self.precision = precision
        self.random = random
        self.plan = Evaluation(names)
        self.chosen: dict[Call, Node] = {}
        self.known: dict[Node, Array] = {}

    def result(self, node: Node) -> Array:
        self.plan.value(node)
        return resolve(node, self.known, self._needs, self._work)

    def written(self, numbers: Array) -> Array:
        """The numbers as they stand on paper: each rounded in one of three ways."""
        match self.random.randrange(5):
            case 0:
                return numbers
            case 1:
                return self.precision.round(numbers)
            case 2:
                return half_even(numbers, self.precision)
        ways = (numbers, self.precision.round(numbers), half_even(numbers, self.precision))
        chosen = self.random.choices(range(3), k=numbers.size)
        return np.choose(np.reshape(chosen, numbers.shape), ways)

    def _needs(self, node: Node) -> tuple[Node, ...]:
        match node:
            case Apply(operands=operands):
                return operands
            case Call():
                return (self._body(node),)
            case _:
                return ()

    def _body(self, call: Call) -> Node:
        """The way that is gone; who meets an overflow takes another."""
        if call not in self.chosen:
            truth = self.plan.value(call)
            roots = [body.root for body in self.plan.bodies(call)]
            fit = [root for root in roots if self._is_possible(root, truth)]
            self.chosen[call] = self.random.choice(fit or roots[-1:])
        return self.chosen[call]

    def _is_possible(self, root: Node, truth: Array) -> bool:
        return bool((np.isfinite(self.plan.value(root)) >= np.isfinite(truth)).all())

    def _work(self, node: Node) -> Array:
        match node:
            case Name(name=name):
                return np.asarray(self.names[name], dtype=np.float64)
            case Constant(text=text):
                value = self.plan.value(node)
                return self.written(value) if text in ("pi", "e") else value
            case Call():
                return self.known[self._body(node)]
            case Apply():
                operands = [self.known[operand] for operand in node.operands]
                with np.errstate(all="ignore"):
                    return self.written(self._apply(node, operands))
        raise AssertionError(node)

    def _apply(self, node: Apply, operands: list[Array]) -> Array:
        """A primitive, with what one writes down within it."""
        options = self.plan.options(node)
        match node.primitive:
            case "matmul" | "dot":
                return self._matmul(*operands)
            case "sum" | "mean":
                parts, kept = _gathered(operands[0], **options)
                sums = self._summed(parts)
                if node.primitive == "mean":
                    sums = self.written(sums) / parts.shape[-1]
                return sums.reshape(kept)
            case "cumsum":
                return self._cumulated(operands[0], options["axis"])
            case "prod":
                parts, kept = _gathered(operands[0], **options)
                return self._multiplied(parts).reshape(kept)
            case "xlogy":
                x, y = np.broadcast_arrays(*operands)
                logarithm = self.written(np.log(np.where(x == 0, 1.0, y)))
                return np.where(x == 0, 0.0, x * logarithm)
        return np.asarray(TABLE[node.primitive].compute(*operands, **options), dtype=np.float64)

    def _matmul(self, a: Array, b: Array) -> Array:
        left = a[None, :] if a.ndim == 1 else a
        right = b[:, None] if b.ndim == 1 else b
        products = self.written(left[..., :, None, :] * np.swapaxes(right, -1, -2)[..., None, :, :])
        return self._summed(products).reshape(np.matmul(a, b).shape)

    def _summed(self, parts: Array) -> Array:
        """The sum over the last axis, with partial sums written down."""
        if parts.shape[-1] == 0:
            return np.zeros(parts.shape[:-1])
        so_far = parts[..., 0]
        for place in range(1, parts.shape[-1]):
            so_far = (so_far if place == 1 else self.written(so_far)) + parts[..., place]
        return so_far

    def _multiplied(self, parts: Array) -> Array:
        if parts.shape[-1] == 0:
            return np.ones(parts.shape[:-1])
        so_far = parts[..., 0]
        for place in range(1, parts.shape[-1]):
            so_far = (so_far if place == 1 else self.written(so_far)) * parts[..., place]
        return so_far

    def _cumulated(self, numbers: Array, axis: int | None) -> Array:
        parts = numbers.ravel() if axis is None else np.moveaxis(numbers, axis, -1)
        sums = np.array(parts)
        for place in range(1, parts.shape[-1]):
            before = sums[..., place - 1]
            sums[..., place] = (before if place == 1 else self.written(before)) + parts[..., place]
        return sums if axis is None else np.moveaxis(sums, -1, axis)


def _gathered(
    numbers: Array, axis: int | tuple[int, ...] | None, keepdims: bool
) -> tuple[Array, tuple[int, ...]]:
    """The axes that are summed as one last axis, and the shape of the result."""
    kept = np.sum(numbers, axis=axis, keepdims=keepdims).shape
    axes = range(numbers.ndim) if axis is None else np.atleast_1d(axis) % max(1, numbers.ndim)
    last = sorted(int(one) for one in axes)
    others = [one for one in range(numbers.ndim) if one not in last]
    moved = np.transpose(numbers, [*others, *last])
    return moved.reshape(*moved.shape[: len(others)], -1 if numbers.size else 0), kept


def half_even(numbers: Array, precision: Precision) -> Array:
    """The numbers rounded, ties to the even last digit."""
    unit = 2 * precision.half_unit(numbers)
    fit = np.isfinite(numbers) & (unit > 0)
    scale = np.where(fit, 1 / np.where(fit, unit, 1.0), 1.0)
    scale = np.where(scale > 1, np.rint(scale), scale)
    steps = np.where(fit, numbers, 0.0) * scale
    near_tie = np.abs(steps - np.floor(steps) - 0.5) < 1e-9
    whole = np.where(near_tie, 2 * np.rint(np.floor(steps) / 2 + 0.25), np.rint(steps))
    return np.where(fit, whole / scale, numbers)
