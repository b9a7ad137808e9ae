"""What is to be said of one slip: a code for its sentence, and the parts of the formula in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from tutor.engine.slips.made import SIZES, Made, Told, operands, primitive
from tutor.engine.slips.suspects import Suspect, Suspects
from tutor.engine.tree import Apply, Call, Name, Node

MOST_NAMED = 3
"""Cells that are named where a slip was made in some only."""


def described(
    one: Suspect, suspects: Suspects, cells: tuple[int, ...], *, everywhere: bool = True
) -> Told:
    """The kind and the values of a slip that is going to be said of these cells (row-major).

    `everywhere` is False where the other cells are as if it had not been made.
    """
    made = Made(one, suspects, cells)
    told = RULES[one.slip](made) if one.slip in RULES else None
    kind, details = told if told is not None else made.instead_of()
    if made.inside:
        details = {**details, "inside": made.inside}
    alone = len(cells) == 1 if everywhere and one.local else len(cells) <= MOST_NAMED
    if (one.local or not everywhere) and suspects.right.value.ndim and alone:
        details = {**details, "cell": " ".join(map(str, cells))}
    if len(one.places) > 1 and one.slip != "swapped-operands":
        details = {**details, "everywhere": str(len(one.places))}
    return kind, details


def _other(made: Made) -> Node | None:
    """The operand of two that was left out."""
    parts = operands(made.node)
    if len(parts) != 2 or made.instead not in parts:
        return None
    return parts[1] if made.instead is parts[0] else parts[0]


def _sign(made: Made) -> Told | None:
    if made.node is None:
        many = made.suspects.right.value.size > 1 and not made.one.local
        return "all" if many else "one", {}
    done = primitive(made.node), primitive(made.instead)
    if done == ("add", "subtract"):
        return "subtracted", {"term": made.term(operands(made.instead)[1])}
    if done == ("subtract", "add"):
        return "added", {"term": made.term(operands(made.node)[1])}
    if done[0] == "negative" and made.instead is operands(made.node)[0]:
        return "minus", {"term": made.term(operands(made.node)[0])}
    if done[1] == "negative" and operands(made.instead)[0] is made.node:
        return "turned", {"term": made.term(made.node)}
    return None


def _swapped(made: Made) -> Told | None:
    """Two names that stand for each other; of operands, what was worked is said."""
    details = made.one.details
    return ("names", dict(details)) if {"name", "other"} == set(details) else None


def _left_out_term(made: Made) -> Told | None:
    other = _other(made)
    if other is None or primitive(made.node) not in ("add", "subtract"):
        return None
    return f"{primitive(made.node)}", {"term": made.term(other)}


def _left_out_factor(made: Made) -> Told | None:
    other = _other(made)
    if other is None or primitive(made.node) not in ("multiply", "divide"):
        return None
    return f"{primitive(made.node)}", {"term": made.quantity(other)}


def _left_out_function(made: Made) -> Told | None:
    name = made.function or primitive(made.node)
    parts = tuple(dict(made.call.arguments).values()) if made.call else operands(made.node)
    made_of = {made.suspects.plan.tree.made.get(part, part) for part in parts}
    if made.instead in made_of and (made.function or len(made_of) == 1):
        return "function", {"function": name, "term": made.term(made.instead)}
    return None


def _applied_twice(made: Made) -> Told | None:
    parts = operands(made.instead)
    if made.function or not parts or parts[0] is not made.node:
        return None
    if len(parts) == 1:
        return "function", {"function": primitive(made.node)}
    kinds = {"add": "term", "multiply": "factor", "divide": "divisor"}
    kind = kinds.get(primitive(made.instead))
    return (kind, {"term": made.term(parts[1])}) if kind else None


BASES = {"log2": "2", "log10": "10"}


def _log_base(made: Made) -> Told | None:
    did, asked = BASES.get(primitive(made.instead)), BASES.get(primitive(made.node))
    if did is None and primitive(made.instead) == "divide":
        by = made.suspects.evaluation.value(operands(made.instead)[1])
        did = next((base for base in ("2", "10") if np.allclose(by, np.log(float(base)))), None)
    if asked:
        return "asked", {"base": did or "e", "asked": asked}
    return ("base", {"base": did}) if did else None


def _axis(made: Made) -> Told | None:
    node, instead = made.node, made.instead
    if not isinstance(node, Apply) or not isinstance(instead, Apply) or made.function:
        return None
    if not node.operands or made.rank(node.operands[0]) != 2:
        return None
    options = made.suspects.evaluation.options
    axes = [options(one).get("axis") for one in (instead, node)]
    did, asked = (AXES.get(None if axis is None else int(axis) % 2) for axis in axes)
    operation = f"made.operation-{primitive(node)}"
    if did == asked or did is None or asked is None or primitive(node) not in OPERATIONS:
        return None
    return "taken", {"operation": operation, "did": did, "asked": asked}


AXES = {0: "made.axis-columns", 1: "made.axis-rows", None: "made.axis-all"}
OPERATIONS = ("sum", "mean", "max", "min")


def _transposed(made: Made) -> Told | None:
    if made.node is None:
        return "answer", {}
    if primitive(made.node) == "transpose":
        return "as-is", {"term": made.term(operands(made.node)[0])}
    for part, before in zip(operands(made.instead), operands(made.node), strict=False):
        if primitive(part) == "transpose" and operands(part)[0] is before:
            if primitive(before) == "transpose":
                return "as-is", {"term": made.term(operands(before)[0])}
            return "turned", {"term": made.term(before)}
    return None


def _index(made: Made) -> Told | None:
    if made.function:
        return None
    if primitive(made.node) == "power":
        return "exponent", {"term": made.term(operands(made.node)[0])}
    if primitive(made.node) == "one_hot":
        return "one-hot", {}
    kind, details = made.instead_of()
    return ("entry", details) if kind else None


def _wrong_cell(made: Made) -> Told | None:
    """The cell whose number this is: `results` moved all of them along an axis."""
    shape, details = made.suspects.right.value.shape, made.one.details
    at = [int(one) for one in np.unravel_index(made.cells[0], shape)]
    axis = int(details["axis"])
    at[axis] = (at[axis] - int(details["step"])) % shape[axis]
    place = int(np.ravel_multi_index(at, shape))
    return "cell", _place(place, shape)


def _place(place: int, shape: tuple[int, ...]) -> dict[str, str]:
    """A cell (row-major) of an array of that shape."""
    return {"place": str(place), "shape": " ".join(map(str, shape))}


def _permuted(made: Made) -> Told | None:
    return made.one.details["how"], {}


def _kernel(made: Made) -> Told | None:
    if made.call is not None:
        return "kernel", {"term": made.term(dict(made.call.arguments)["weight"])}
    for before, after in zip(operands(made.node), operands(made.instead), strict=False):
        if before is not after:
            return "kernel", {"term": made.term(before)}
    return None


def _padding(made: Made) -> Told | None:
    return _steered(made, "p", "padding", 0.0)


def _stride(made: Made) -> Told | None:
    return _steered(made, "stride", "stride", 1.0)


def _steered(made: Made, option: str, argument: str, plain: float) -> Told | None:
    """A number that steers a window: what it was, and what it should be."""
    if made.function:
        asked = made.option(argument)
        if not isinstance(made.instead, Call) or made.instead.function != made.function:
            return None
        did = made.number(dict(made.instead.arguments).get(argument))
    else:
        asked, did = (
            made.number(dict(one.options).get(option)) if isinstance(one, Apply) else None
            for one in (made.node, made.instead)
        )
        did = plain if did is None else did
    if asked is None or did is None or asked == did:
        return None
    return "number", {"did": f"{did:g}", "asked": f"{asked:g}"}


def _off_by_one(made: Made) -> Told | None:
    return ("counted", {}) if primitive(made.node) == "argmax" else None


def _rounded_whole(made: Made) -> Told | None:
    down = {"floor_divide": True, "floor": True, "round": True, "ceil": False}
    if primitive(made.node) not in down or made.function:
        return None
    if primitive(made.instead) not in down:
        return "not", {}
    return "up" if down[primitive(made.node)] else "down", {}


def _of_many(made: Made) -> Told | None:
    """A reduction taken for another one."""
    node = made.node
    if made.function or not isinstance(node, Apply) or primitive(node) not in OPERATIONS:
        return None
    return "many", {"term": made.term(node.operands[0]), "count": str(made.count(node))}


def _scale(made: Made) -> Told | None:
    if primitive(made.node) in SIZES and made.node is not None and made.instead is not None:
        return "size", {"did": made.term(made.instead), "asked": made.term(made.node)}
    return _divided_by_fewer(made)


def _divided_by_fewer(made: Made) -> Told | None:
    node = made.node
    if made.function or not isinstance(node, Apply) or primitive(node) != "mean":
        return None
    count = made.count(node)
    return "fewer", {"count": str(count), "fewer": str(count - 1)}


def _of_one(made: Made) -> Told | None:
    """A square or a square root that was left out."""
    if made.function or made.instead not in operands(made.node) or made.instead is None:
        return None
    return "term", {"term": made.quantity(made.instead)}


def _stale(made: Made) -> Told | None:
    if made.node is None:
        return "copied", dict(made.one.details)
    if isinstance(made.node, Name) and isinstance(made.instead, Name):
        return "name", {"name": made.node.name, "other": made.instead.name}
    return None


def _one_product(made: Made) -> Told | None:
    node, details = made.node, made.one.details
    if not isinstance(node, Apply):
        return None
    value = made.suspects.evaluation.value
    same = _same_products(made)
    if len({one.node for one in same}) > 1 or len({one.details["how"] for one in same}) > 1:
        return "any", {}
    how = details["how"]
    some = "some-" if len(same) > 1 else ""
    if primitive(node) == "sum":
        axis = made.suspects.evaluation.options(node)["axis"]
        inside = value(node.operands[0])
        axes = range(inside.ndim) if axis is None else sorted(np.atleast_1d(axis) % inside.ndim)
        shape = tuple(inside.shape[int(one)] for one in axes)
        if len(shape) > 1:
            if some:
                return f"window-some-{how}", {}
            return f"window-{how}", _place(int(details["number"]) - 1, shape)
        count = shape[0]
    else:
        count = value(node.operands[0]).shape[-1]
    values = {"term": made.term(node), "count": str(count)}
    return f"{some}{how}", values if some else {**values, "number": details["number"]}


def _same_products(made: Made) -> list[Suspect]:
    """The slips in one product that give the same in these cells."""
    cells = list(made.cells)
    gives = made.one.gives.ravel()[cells]
    return [
        one
        for one in made.suspects.all
        if one.slip == "one-product" and np.allclose(one.gives.ravel()[cells], gives, 1e-9, 1e-9)
    ]


def _rounded_early(made: Made) -> Told | None:
    assert made.node is not None
    details = made.one.details
    return details["unit"], {"term": made.term(made.node), "count": details["count"]}


def _decimal_shift(made: Made) -> Told | None:
    kinds = {"10": "right", "0.1": "left", "0.01": "left-two"}
    return kinds[made.one.details["factor"]], {}


def _complement(made: Made) -> Told | None:
    if made.node is None:
        return "answer", {}
    if primitive(made.node) in ("ln", "log") and primitive(made.instead) == "subtract":
        kind, details = made.instead_of()
        return ("logarithm", details) if kind else None
    return None


def _extra_function(made: Made) -> Told | None:
    if made.node is not None:
        return None
    name = made.one.details["function"]
    return (name, {}) if name in ("square", "sqrt") else ("function", {"function": name})


def _extra_factor(made: Made) -> Told | None:
    if made.node is None:
        return "double" if made.one.details["factor"] == "2" else "half", {}
    return None


RULES: Mapping[str, Callable[[Made], Told | None]] = {
    "sign": _sign,
    "swapped-operands": _swapped,
    "left-out-term": _left_out_term,
    "left-out-factor": _left_out_factor,
    "left-out-function": _left_out_function,
    "applied-twice": _applied_twice,
    "wrong-log-base": _log_base,
    "wrong-axis": _axis,
    "transposed": _transposed,
    "wrong-index": _index,
    "wrong-cell": _wrong_cell,
    "permuted": _permuted,
    "flipped-kernel": _kernel,
    "wrong-padding": _padding,
    "wrong-stride": _stride,
    "size-off-by-one": _off_by_one,
    "floor-for-ceil": _rounded_whole,
    "sum-for-mean": _of_many,
    "mean-for-sum": _of_many,
    "max-for-mean": _of_many,
    "mean-for-max": _of_many,
    "sample-variance": _divided_by_fewer,
    "wrong-scale": _scale,
    "not-squared": _of_one,
    "not-rooted": _of_one,
    "stale-value": _stale,
    "one-product": _one_product,
    "rounded-early": _rounded_early,
    "decimal-shift": _decimal_shift,
    "complement": _complement,
    "extra-function": _extra_function,
    "extra-factor": _extra_factor,
}
"""What tells slips of one name apart; of the others, what was worked and what is asked."""
