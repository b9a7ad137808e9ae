"""Slips of what runs along axes: sums, means, maxima, and the counts that they are divided by."""

from __future__ import annotations

from tutor.engine.slips.change import Found, Values, apply, constant
from tutor.engine.slips.derivatives import is_square
from tutor.engine.tree import Apply, Constant, Node

ELEMENTWISE = ("exp", "ln", "log", "log2", "log10", "sqrt", "abs", "tanh")


def otherwise(node: Apply, primitive: str) -> Apply:
    """Another primitive of the same operands."""
    return Apply(-1, primitive, node.operands, node.options)


def with_options(node: Apply, **options: Node) -> Apply:
    """The same primitive with some options other ones."""
    changed = {**dict(node.options), **options}
    return Apply(-1, node.primitive, node.operands, tuple(changed.items()))


def total(node: Apply, values: Values) -> Found:
    """A sum: the mean, another axis, no sum at all."""
    yield "mean-for-sum", otherwise(node, "mean"), 0.7
    yield from axes(node, values)
    yield from _other_order(node)
    if node.operands and values(node.operands[0]).ndim:
        yield "left-out-function", node.operands[-1], 0.1
        yield "wrong-operation", otherwise(node, "max"), 0.1


def mean(node: Apply, values: Values) -> Found:
    """A mean: the sum, the maximum, another axis, another count."""
    yield "sum-for-mean", otherwise(node, "sum"), 1.0
    yield "max-for-mean", otherwise(node, "max"), 0.4
    yield from axes(node, values)
    yield from _other_order(node)
    of = values(node.operands[0])
    count = of.size // max(1, values(node).size)
    if count > 1:
        squares = is_square(node.operands[0])
        yield _shared(node, "sample-variance" if squares else "wrong-scale", count - 1,
                      0.8 if squares else 0.1)  # fmt: skip
        yield "wrong-scale", apply("divide", node, constant(count)), 0.3
        for size in {*of.shape} - {count, 1, count - 1}:
            yield _shared(node, "wrong-scale", size, 0.5)
    yield "left-out-function", node.operands[0], 0.1


def _shared(node: Apply, slip: str, count: int, weight: float) -> tuple[str, Node, float]:
    return slip, apply("divide", otherwise(node, "sum"), constant(float(count))), weight


def largest(node: Apply, values: Values) -> Found:
    """A maximum or minimum: the other, the mean, the sum, another axis."""
    other = "min" if node.primitive == "max" else "max"
    yield "wrong-operation", otherwise(node, other), 0.3
    yield "mean-for-max", otherwise(node, "mean"), 1.0
    yield "wrong-operation", otherwise(node, "sum"), 0.3
    yield from axes(node, values)


def multiplied(node: Apply, values: Values) -> Found:
    """A product along an axis: the sum or the mean."""
    yield "wrong-operation", otherwise(node, "sum"), 0.6
    yield "wrong-operation", otherwise(node, "mean"), 0.2
    yield from axes(node, values)


def argmax(node: Apply, values: Values) -> Found:
    """The place of the maximum: counted from 1, of the minimum, the maximum itself."""
    yield "size-off-by-one", apply("add", node, constant(1.0)), 1.0
    yield "wrong-operation", apply("argmax", apply("negative", *node.operands)), 0.2
    yield "wrong-operation", Apply(-1, "max", node.operands, node.options), 0.4
    yield from axes(node, values)


def axes(node: Apply, values: Values) -> Found:
    """The other axes of a reduction, and with one axis none (all cells)."""
    rank = values(node.operands[0]).ndim
    options = dict(node.options)
    stated = options.get("axis")
    if rank < 2 or rank > 3 or not isinstance(stated, Constant | Apply):
        if rank >= 2 and stated is None:
            for axis in range(rank):
                yield "wrong-axis", with_options(node, axis=constant(axis)), 0.5
        return
    if isinstance(stated, Constant) and not isinstance(stated.value, float):
        return
    at = values(stated)
    if at.ndim:
        return
    for axis in range(rank):
        if axis != int(at) % rank:
            yield "wrong-axis", with_options(node, axis=constant(axis)), 1.0
    if node.primitive != "argmax":
        kept = with_options(node, axis=constant(None), keepdims=constant(True))
        yield "wrong-axis", kept, 0.5
        # Without keepdims, what follows needs the axis: as one writes it with NumPy.
        if values(node).ndim < rank:
            for axis in range(rank):
                if axis != int(at) % rank:
                    turned = with_options(node, axis=constant(axis), keepdims=constant(True))
                    yield "wrong-axis", turned, 0.7


def _other_order(node: Apply) -> Found:
    """f summed worked as the sum of f, and a mean of squares as the square of the mean."""
    (of,) = node.operands
    if isinstance(of, Apply) and of.primitive in ELEMENTWISE and len(of.operands) == 1:
        inner = Apply(-1, node.primitive, of.operands, node.options)
        yield "misplaced-term", apply(of.primitive, inner), 0.4
    if is_square(of):
        assert isinstance(of, Apply)
        inner = Apply(-1, node.primitive, of.operands[:1], node.options)
        yield "misplaced-term", apply("power", inner, of.operands[1]), 0.5


def inside(node: Apply, values: Values) -> Found:
    """The function of a sum worked as the sum of the function: the root of each, then added."""
    (of,) = node.operands
    if isinstance(of, Apply) and of.primitive in ("sum", "mean"):
        each = Apply(-1, node.primitive, of.operands, ())
        yield "misplaced-term", Apply(-1, of.primitive, (each,), of.options), 0.4


def counted(node: Apply, values: Values) -> Found:
    """A number of rows or columns: that of another axis, or one off."""
    (of,) = node.operands
    here = float(values(node))
    sizes = {float(size) for size in values(of).shape} | {float(values(of).size)}
    for size in sizes - {here}:
        yield "wrong-scale", constant(size), 0.5
    if here > 1:
        yield "wrong-scale", constant(here - 1), 0.25


def divided_by_count(node: Apply, values: Values) -> Found:
    """A sum divided by how many there are: not divided."""
    above, below = node.operands
    if isinstance(below, Apply) and below.primitive in ("rows", "cols", "size"):
        yield "sum-for-mean", above, 0.8
