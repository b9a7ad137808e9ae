"""Slips of derivatives: of another activation, or taken at the activation, not before it."""

from __future__ import annotations

from tutor.engine.slips.change import Found, apply, constant
from tutor.engine.tree import Apply, Constant, Node


def of_tanh(node: Apply) -> Found:
    """1 - h^2 (h may be tanh(z)) taken at z, of another activation, or with tanh once more."""
    head, tail = node.operands
    if not (is_number(head, 1) and is_square(tail)):
        return
    assert isinstance(tail, Apply)
    h = tail.operands[0]
    yield "wrong-derivative", apply("multiply", h, apply("subtract", head, h)), 0.6
    if isinstance(h, Apply) and h.primitive == "tanh":
        yield "wrong-derivative", _one_less_square(h.operands[0]), 1.1
    yield "wrong-derivative", _one_less_square(apply("tanh", h)), 0.5


def of_sigmoid(node: Apply) -> Found:
    """s (1 - s), s may be sigmoid(z), with or without a factor before it."""
    before, rest = node.operands
    if is_complement_of(rest, before):
        yield from _sigmoid_at(before, ())
    elif is_complement_of(before, rest):
        yield from _sigmoid_at(rest, ())
    elif isinstance(before, Apply) and before.primitive == "multiply":
        factor, s = before.operands
        if is_complement_of(rest, s):
            yield from _sigmoid_at(s, (factor,))
        elif is_complement_of(rest, factor):
            yield from _sigmoid_at(factor, (s,))


def _sigmoid_at(s: Node, factors: tuple[Node, ...]) -> Found:
    def times(derivative: Apply) -> Apply:
        return apply("multiply", *factors, derivative) if factors else derivative

    yield "wrong-derivative", times(_one_less_square(s)), 0.6
    z = pre_activation(s)
    if z is not None:
        yield "wrong-derivative", times(_s_one_less_s(z)), 1.1
    yield "wrong-derivative", times(_s_one_less_s(sigmoid(s))), 0.6


def _one_less_square(h: Node) -> Apply:
    return apply("subtract", constant(1.0), apply("power", h, constant(2.0)))


def _s_one_less_s(s: Node) -> Apply:
    return apply("multiply", s, apply("subtract", constant(1.0), s))


def sigmoid(z: Node) -> Apply:
    """1 / (1 + exp(-z)) as a tree."""
    one = constant(1.0)
    return apply("divide", one, apply("add", one, apply("exp", apply("negative", z))))


def pre_activation(s: Node) -> Node | None:
    """The z of 1 / (1 + exp(-z)), or None for another tree."""
    if isinstance(s, Apply) and s.primitive == "divide" and is_number(s.operands[0], 1):
        total = s.operands[1]
        if (
            isinstance(total, Apply)
            and total.primitive == "add"
            and is_number(total.operands[0], 1)
        ):
            power = total.operands[1]
            if isinstance(power, Apply) and power.primitive == "exp":
                turned = power.operands[0]
                if isinstance(turned, Apply) and turned.primitive == "negative":
                    return turned.operands[0]
    return None


def is_complement_of(node: Node, s: Node) -> bool:
    """Whether a node is 1 - s."""
    return (
        isinstance(node, Apply)
        and node.primitive == "subtract"
        and is_number(node.operands[0], 1)
        and node.operands[1] is s
    )


def is_number(node: Node, value: float) -> bool:
    """Whether a node is this number, written out."""
    return isinstance(node, Constant) and node.value == value


def is_square(node: Node) -> bool:
    """Whether a node is something to the power of 2."""
    return isinstance(node, Apply) and node.primitive == "power" and is_number(node.operands[1], 2)
