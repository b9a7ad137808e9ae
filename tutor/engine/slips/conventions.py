"""Calls of prelude functions worked by one of their known variants, or with a part moved out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tutor.engine.formula import FormulaError
from tutor.engine.reader import Reader
from tutor.engine.slips.change import Change
from tutor.engine.slips.opening import Opened
from tutor.engine.slips.variants import VARIANTS
from tutor.engine.tree import Apply, Call, Constant, Node
from tutor.engine.value import Evaluation


def conventional(tree: Opened, evaluation: Evaluation) -> Iterator[Change]:
    """The variants of every call that was opened, where they fit its arguments."""
    for call, node in tree.calls.items():
        arguments = {name: tree.made.get(value, value) for name, value in call.arguments}
        for slip, text, weight in VARIANTS.get(call.function, ()):
            filled = _filled(text, arguments)
            yield from _changed(
                slip, node, filled, KNOWN * weight, call.function, arguments, evaluation
            )
        yield from _moved_out(call, node, arguments, evaluation)


KNOWN = 1.5
"""How much likelier a mistake that has a name is than one of the same kind that has none."""


def _filled(text: str, arguments: Mapping[str, Node]) -> str:
    """A variant with what the call has besides: the mask of attention, a scale and a shift."""
    given = {name for name, one in arguments.items() if not _is_off(one)}
    mask = " + causal_mask(rows(query))" if "is_causal" in given else ""
    mask = " + attn_mask" if "attn_mask" in given else mask
    affine = "".join(
        f" {sign} {name}" for sign, name in (("*", "weight"), ("+", "bias")) if name in given
    )
    return text.replace("{mask}", mask).replace("{affine}", affine)


def _is_off(node: Node) -> bool:
    return isinstance(node, Constant) and node.value in (None, False)


def _moved_out(
    call: Call, node: Node, arguments: Mapping[str, Node], evaluation: Evaluation
) -> Iterator[Change]:
    """f(a / b) worked as f(a) / b, as with a temperature or a mask after the softmax."""
    first, *others = arguments
    inner = arguments[first]
    sign = MOVED.get(inner.primitive) if isinstance(inner, Apply) else None
    if sign is None or not isinstance(inner, Apply):
        return
    for head, tail in (inner.operands, inner.operands[::-1]):
        masks = sign == "+" and bool(np.isneginf(evaluation.value(tail)).any())
        if head is inner.operands[1] and not masks:
            continue
        after = "* (tail == 0)" if masks else f"{sign} tail"
        moved = {**arguments, "head": head, "tail": tail}
        text = f"{call.function}({', '.join(['head', *others])}) {after}"
        weight = 1.0 if masks else 0.5
        yield from _changed("misplaced-term", node, text, weight, call.function, moved, evaluation)


MOVED = {"divide": "/", "multiply": "*", "add": "+", "subtract": "-"}


def _changed(
    slip: str, node: Node, text: str, weight: float, function: str,
    known: Mapping[str, Node], evaluation: Evaluation,
) -> Iterator[Change]:  # fmt: skip
    try:
        instead = Reader(text, dict(known), node.column).read()
    except FormulaError:
        return
    yield Change(slip, node, instead, weight, {"function": function}, habit=(slip, function, text))
