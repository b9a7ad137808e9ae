"""Slips of whole arrays: products, places, shapes, and the windows of a convolution."""

from __future__ import annotations

from tutor.engine.slips.change import Found, Values, apply, constant
from tutor.engine.slips.reductions import with_options
from tutor.engine.tree import Apply, Constant, Node, Slice


def matmul(node: Apply, values: Values) -> Found:
    """A matrix product: one of them transposed, turned round, cell by cell."""
    a, b = node.operands
    shapes = values(a).shape, values(b).shape
    if len(shapes[0]) == 2:
        yield "transposed", apply(node.primitive, apply("transpose", a), b), 1.0
    if len(shapes[1]) == 2:
        yield "transposed", apply(node.primitive, a, apply("transpose", b)), 1.0
    yield "swapped-operands", apply(node.primitive, b, a), 0.7
    if isinstance(b, Apply) and b.primitive in ("transpose", "T"):
        turned = apply("transpose", a)
        yield "transposed", Apply(-1, node.primitive, (turned, b.operands[0]), ()), 0.6
    if isinstance(a, Apply) and a.primitive in ("transpose", "T"):
        turned = apply("transpose", b)
        yield "transposed", Apply(-1, node.primitive, (a.operands[0], turned), ()), 0.6
    if len(shapes[0]) == len(shapes[1]) == 2:
        yield "swapped-operands", apply("transpose", apply(node.primitive, a, b)), 0.4
    if shapes[0] == shapes[1]:
        yield "wrong-operation", apply("multiply", a, b), 0.5
    yield "mean-for-sum", apply("divide", node, constant(float(shapes[0][-1]))), 0.3
    if len(shapes[0]) == len(shapes[1]) == 1:
        yield "left-out-function", apply("multiply", a, b), 0.2


def transpose(node: Apply, values: Values) -> Found:
    """A transposed matrix: as it is."""
    yield "transposed", node.operands[0], 1.0


def outer(node: Apply, values: Values) -> Found:
    """All products of two vectors: turned round, cell by cell, their sum."""
    a, b = node.operands
    yield "transposed", apply("outer", b, a), 1.0
    yield "wrong-operation", apply("multiply", a, b), 0.3
    yield "wrong-operation", apply("dot", a, b), 0.2


def index(node: Apply, values: Values) -> Found:
    """A place: another one."""
    (x,) = node.operands
    shape = values(x).shape
    for place, (name, slot) in enumerate(node.options):
        if not isinstance(slot, Constant | Apply) and not hasattr(slot, "name"):
            continue
        if isinstance(slot, Constant) and not isinstance(slot.value, float):
            continue
        if values(slot).ndim > 0 or place >= len(shape):
            continue
        here = int(values(slot)) % shape[place]
        for other in range(shape[place]):
            if other == here:
                continue
            options = {**dict(node.options), name: constant(other)}
            changed = Apply(-1, "index", node.operands, tuple(options.items()))
            yield "wrong-index", changed, 0.5


def reshaped(node: Apply, values: Values) -> Found:
    """Another shape: filled column by column."""
    (x,) = node.operands
    if values(x).ndim == 2:
        yield "transposed", Apply(-1, node.primitive, (apply("transpose", x),), node.options), 0.6


def joined(node: Apply, values: Values) -> Found:
    """Arrays behind each other: in the other order."""
    if len(node.operands) > 1:
        turned = Apply(-1, node.primitive, node.operands[::-1], node.options)
        yield "swapped-operands", turned, 0.5


def arange(node: Apply, values: Values) -> Found:
    """Counted numbers: from 1."""
    yield "size-off-by-one", apply("add", node, constant(1.0)), 0.5


def one_hot(node: Apply, values: Values) -> Found:
    """A class as a row: the next one, or the one before."""
    (k,) = node.operands
    for off in (-1.0, 1.0):
        moved = apply("add", k, constant(off))
        yield "wrong-index", Apply(-1, "one_hot", (moved,), node.options), 1.0


def pad(node: Apply, values: Values) -> Found:
    """A padding: none, one more or less."""
    yield "wrong-padding", node.operands[0], 1.0
    padding = dict(node.options).get("p")
    if padding is not None:
        for off in (1.0, -1.0):
            yield "wrong-padding", with_options(node, p=apply("add", padding, constant(off))), 0.4


def windows(node: Apply, values: Values) -> Found:
    """Windows that move on: by another stride."""
    for stride in (1, 2, 3):
        yield "wrong-stride", with_options(node, stride=constant(stride)), 0.8
    size = dict(node.options).get("k")
    if size is not None:
        yield "wrong-stride", with_options(node, stride=size), 0.5


def kernel(node: Apply, values: Values) -> Found:
    """Windows times a kernel: the kernel flipped, as in mathematics' convolution, or transposed."""
    for place, (image, kernel) in enumerate((node.operands, node.operands[::-1])):
        if not _is_windows(image) or values(kernel).ndim < 2:
            continue
        flipped = _flipped(kernel)
        operands = (image, flipped) if place == 0 else (flipped, image)
        yield "flipped-kernel", apply("multiply", *operands), 1.0
        if values(kernel).shape[-1] == values(kernel).shape[-2] and values(kernel).ndim == 2:
            turned = apply("transpose", kernel)
            yield "transposed", apply("multiply", image, turned), 0.7


def _is_windows(node: Node) -> bool:
    while isinstance(node, Apply) and node.primitive == "index":
        node = node.operands[0]
    return isinstance(node, Apply) and node.primitive == "windows"


def _flipped(kernel: Node) -> Node:
    back = Slice(-1, None, None, constant(-1.0))
    dots = Constant(-1, ..., "...")
    return Apply(-1, "index", (kernel,), (("0", dots), ("1", back), ("2", back)))
