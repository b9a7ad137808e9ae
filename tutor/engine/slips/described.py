"""What is to be said of one slip: a code for its sentence, and the parts of the formula in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tutor.engine.formula import FormulaError
from tutor.engine.primitives import TABLE
from tutor.engine.slips.suspects import Suspect, Suspects
from tutor.engine.tree import Apply, Call, Constant, Name, Node, children, walk
from tutor.engine.working import fragment

LONGEST = 84
"""Columns that two formulas, the one worked and the one asked, may take together."""
LONGEST_TERM = 40
"""Columns of a part of a formula that is written out."""
NOISE = re.compile(r", keepdims=(True|False)|, axis=(-1|\[-1\])(?=[,)])")
"""What a formula must say, and nobody would."""
SIZES = frozenset({"rows", "cols", "size"})
"""What may be said with its number: everybody can count it."""

Told = tuple[str, Mapping[str, str]]
"""The kind of a slip among those of its name, and the values of its sentence.

Kind `instead` has only what was worked (`did`) and what is `asked`; an empty kind at most what is
`asked`. Values that begin with `made.` are keys of words. All kinds may have the function `inside`
which it happened, and the one `cell` (row-major) that is wrong.
"""


def described(one: Suspect, suspects: Suspects, cells: tuple[int, ...]) -> Told:
    """The kind and the values of a slip that is going to be said of these cells (row-major)."""
    made = _Made(one, suspects, cells)
    told = RULES[one.slip](made) if one.slip in RULES else None
    kind, details = told if told is not None else made.instead_of()
    if made.inside:
        details = {**details, "inside": made.inside}
    if one.local and suspects.right.value.ndim and len(cells) == 1:
        details = {**details, "cell": str(cells[0])}
    return kind, details


@dataclass(frozen=True)
class _Made:
    """A slip with the tree that it was made in."""

    one: Suspect
    suspects: Suspects
    cells: tuple[int, ...]

    @property
    def node(self) -> Node | None:
        return self.one.node

    @property
    def instead(self) -> Node | None:
        return self.one.instead

    @property
    def function(self) -> str:
        """The prelude function of which this is a known variant, if it is one."""
        return self.one.details.get("function", "")

    @cached_property
    def written(self) -> dict[Node, str]:
        """How opened calls are written: closed again."""
        tree = self.suspects.plan.tree
        found = {node: fragment(call) for call, node in tree.calls.items() if _is_part(node)}
        lines = self.suspects.asked.formula.lines
        found |= {tree.made[node]: name for name, node in lines if node in tree.made}
        for node in walk(tree.root):
            if isinstance(node, Apply):
                found |= self._steering(node)
            if _primitive(node) == "windows":
                found[node] = f"windows({fragment(self._unpadded(node), None, found)})"
        return found

    def _steering(self, node: Apply) -> dict[Node, str]:
        """An axis that is worked out, as the number that it is."""
        axis = dict(node.options).get("axis")
        if not isinstance(axis, Apply):
            return {}
        value = self.suspects.evaluation.options(node)["axis"]
        return {axis: str(value).replace("(", "[").replace(",)", "]").replace(")", "]")}

    def text(self, node: Node, hidden: Mapping[Node, str] | None = None) -> str:
        """A part of the formula as one writes it, in a line."""
        known = {**self.written, **(hidden or {})}
        if node is self.node and not self.function and _primitive(node) != "windows":
            known.pop(node, None)
        return NOISE.sub("", " ".join(fragment(node, None, known).split()))

    def term(self, node: Node) -> str:
        """A part of the formula, shortened by what the function that it is in is given."""
        text = self.text(node)
        return text if len(text) <= LONGEST_TERM else self.text(node, self.known_parts)

    def _unpadded(self, windows: Node) -> Node:
        """What windows slide over, without padding that adds nothing."""
        (over,) = _operands(windows)
        if isinstance(over, Apply) and _primitive(over) == "pad":
            padding = dict(over.options).get("p")
            if isinstance(padding, Constant) and padding.value == 0:
                return over.operands[0]
        return over

    def quantity(self, node: Node) -> str:
        """A part, with its number where that is a size that is not asked for."""
        text = self.term(node)
        if isinstance(node, Apply) and TABLE[node.primitive].name in SIZES:
            value = self.number(node)
            if value is not None and not np.any(self.suspects.right.value == value):
                return f"{text} = {value:g}"
        return text

    def number(self, node: Node | None) -> float | None:
        """The value of a part that is a number, or one number for every axis."""
        if node is None or (isinstance(node, Constant) and not isinstance(node.value, float)):
            return None
        try:
            value = self.suspects.evaluation.value(node)
        except FormulaError:
            return None
        numbers = set(value.ravel().tolist())
        return numbers.pop() if len(numbers) == 1 and value.ndim < 2 else None

    def rank(self, node: Node) -> int:
        return self.suspects.evaluation.value(node).ndim

    def count(self, node: Apply) -> int:
        """Over how many cells a reduction goes."""
        value = self.suspects.evaluation.value
        return value(node.operands[0]).size // max(1, value(node).size)

    @cached_property
    def call(self) -> Call | None:
        """The call of which this is a known variant."""
        calls = self.suspects.plan.tree.calls.items()
        return next(
            (call for call, node in calls if node is self.node and call.function == self.function),
            None,
        )

    def option(self, name: str) -> float | None:
        """What an argument of that call should be."""
        if self.call is None:
            return None
        return self.number(dict(self.call.arguments).get(name))

    def instead_of(self) -> Told:
        """What was worked, and what is asked, as far as there is room for both."""
        if self.node is None or not isinstance(self.node, Apply):
            return "", {}
        if self.instead is None:
            return "", {"asked": self.term(self.node)}
        room = LONGEST - len(self.inside)
        for hidden in ({}, self.known_parts, self._shared(self.node, self.instead)):
            asked, did = self.text(self.node, hidden), self.text(self.instead, hidden)
            if len(did) + len(asked) <= room and did != asked:
                return "instead", {"did": did, "asked": asked}
        return "", {"asked": self.term(self.node)}

    @cached_property
    def known_parts(self) -> dict[Node, str]:
        """What the function that the slip is in is given, or gives a name to, written short."""
        if self.around is None:
            return {}
        evaluation, made = self.suspects.evaluation, self.suspects.plan.tree.made
        root = evaluation.worked(self.around)
        lines = next(body.lines for body in evaluation.bodies(self.around) if body.root is root)
        given = [made.get(argument, argument) for _, argument in self.around.arguments]
        parts = {made[node]: name for name, node in lines if node in made}
        parts |= {node: "..." for node in given if isinstance(node, Apply)}
        return {node: name for node, name in parts.items() if node is not self.node}

    def _shared(self, asked: Node, did: Node) -> dict[Node, str]:
        """The longest part that two formulas have in common, which need not be written."""
        common = set(walk(asked)) & set(walk(did)) - {asked, did}
        longest = max(common, key=lambda node: len(self.text(node)), default=None)
        return {longest: "..."} if longest is not None else {}

    @property
    def inside(self) -> str:
        """The name of the function in whose formula the slip was made; nothing outside of all."""
        return self.around.function if self.around is not None else ""

    @cached_property
    def around(self) -> Call | None:
        """The innermost prelude function in whose formula the slip was made."""
        if self.node is None:
            return None
        regions = {
            call: region
            for call, root in self.suspects.plan.tree.calls.items()
            if not (root is self.node and call.function == self.function)
            for region in (self._region(root, call),)
            if self.node in region
        }
        return min(regions, key=lambda call: len(regions[call]), default=None)

    def _region(self, root: Node, call: Call) -> set[Node]:
        """The nodes of a call's own formula."""
        made = self.suspects.plan.tree.made
        arguments = {made.get(argument, argument) for _, argument in call.arguments}
        parts = walk(root, lambda node: (one for one in children(node) if one not in arguments))
        return set(parts) - arguments


def _is_part(node: Node) -> bool:
    return isinstance(node, Apply)


def _primitive(node: Node | None) -> str:
    return TABLE[node.primitive].name if isinstance(node, Apply) else ""


def _operands(node: Node | None) -> tuple[Node, ...]:
    return node.operands if isinstance(node, Apply) else ()


def _other(made: _Made) -> Node | None:
    """The operand of two that was left out."""
    operands = _operands(made.node)
    if len(operands) != 2 or made.instead not in operands:
        return None
    return operands[1] if made.instead is operands[0] else operands[0]


def _sign(made: _Made) -> Told | None:
    if made.node is None:
        many = made.suspects.right.value.size > 1 and not made.one.local
        return "all" if many else "one", {}
    done = _primitive(made.node), _primitive(made.instead)
    if done == ("add", "subtract"):
        return "subtracted", {"term": made.term(_operands(made.instead)[1])}
    if done == ("subtract", "add"):
        return "added", {"term": made.term(_operands(made.node)[1])}
    if done[0] == "negative" and made.instead is _operands(made.node)[0]:
        return "minus", {"term": made.term(_operands(made.node)[0])}
    if done[1] == "negative" and _operands(made.instead)[0] is made.node:
        return "turned", {"term": made.term(made.node)}
    return None


def _swapped(made: _Made) -> Told | None:
    """Two names that stand for each other; of operands, what was worked is said."""
    details = made.one.details
    return ("names", dict(details)) if {"name", "other"} == set(details) else None


def _left_out_term(made: _Made) -> Told | None:
    other = _other(made)
    if other is None or _primitive(made.node) not in ("add", "subtract"):
        return None
    return f"{_primitive(made.node)}", {"term": made.term(other)}


def _left_out_factor(made: _Made) -> Told | None:
    other = _other(made)
    if other is None or _primitive(made.node) not in ("multiply", "divide"):
        return None
    return f"{_primitive(made.node)}", {"term": made.quantity(other)}


def _left_out_function(made: _Made) -> Told | None:
    name = made.function or _primitive(made.node)
    parts = tuple(dict(made.call.arguments).values()) if made.call else _operands(made.node)
    made_of = {made.suspects.plan.tree.made.get(part, part) for part in parts}
    if made.instead in made_of and (made.function or len(made_of) == 1):
        return "function", {"function": name, "term": made.term(made.instead)}
    return None


def _applied_twice(made: _Made) -> Told | None:
    operands = _operands(made.instead)
    if made.function or not operands or operands[0] is not made.node:
        return None
    if len(operands) == 1:
        return "function", {"function": _primitive(made.node)}
    kinds = {"add": "term", "multiply": "factor", "divide": "divisor"}
    kind = kinds.get(_primitive(made.instead))
    return (kind, {"term": made.term(operands[1])}) if kind else None


BASES = {"log2": "2", "log10": "10"}


def _log_base(made: _Made) -> Told | None:
    did, asked = BASES.get(_primitive(made.instead)), BASES.get(_primitive(made.node))
    if did is None and _primitive(made.instead) == "divide":
        by = made.suspects.evaluation.value(_operands(made.instead)[1])
        did = next((base for base in ("2", "10") if np.allclose(by, np.log(float(base)))), None)
    if asked:
        return "asked", {"base": did or "e", "asked": asked}
    return ("base", {"base": did}) if did else None


def _axis(made: _Made) -> Told | None:
    node, instead = made.node, made.instead
    if not isinstance(node, Apply) or not isinstance(instead, Apply) or made.function:
        return None
    if not node.operands or made.rank(node.operands[0]) != 2:
        return None
    options = made.suspects.evaluation.options
    axes = [options(one).get("axis") for one in (instead, node)]
    did, asked = (AXES.get(None if axis is None else int(axis) % 2) for axis in axes)
    operation = f"made.operation-{_primitive(node)}"
    if did == asked or did is None or asked is None or _primitive(node) not in OPERATIONS:
        return None
    return "taken", {"operation": operation, "did": did, "asked": asked}


AXES = {0: "made.axis-columns", 1: "made.axis-rows", None: "made.axis-all"}
OPERATIONS = ("sum", "mean", "max", "min")


def _transposed(made: _Made) -> Told | None:
    if made.node is None:
        return "answer", {}
    if _primitive(made.node) == "transpose":
        return "as-is", {"term": made.term(_operands(made.node)[0])}
    for part, before in zip(_operands(made.instead), _operands(made.node), strict=False):
        if _primitive(part) == "transpose" and _operands(part)[0] is before:
            if _primitive(before) == "transpose":
                return "as-is", {"term": made.term(_operands(before)[0])}
            return "turned", {"term": made.term(before)}
    return None


def _index(made: _Made) -> Told | None:
    if made.function:
        return None
    if _primitive(made.node) == "power":
        return "exponent", {"term": made.term(_operands(made.node)[0])}
    if _primitive(made.node) == "one_hot":
        return "one-hot", {}
    kind, details = made.instead_of()
    return ("entry", details) if kind else None


def _wrong_cell(made: _Made) -> Told | None:
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


def _permuted(made: _Made) -> Told | None:
    return made.one.details["how"], {}


def _kernel(made: _Made) -> Told | None:
    if made.call is not None:
        return "kernel", {"term": made.term(dict(made.call.arguments)["weight"])}
    for before, after in zip(_operands(made.node), _operands(made.instead), strict=False):
        if before is not after:
            return "kernel", {"term": made.term(before)}
    return None


def _padding(made: _Made) -> Told | None:
    return _steered(made, "p", "padding", 0.0)


def _stride(made: _Made) -> Told | None:
    return _steered(made, "stride", "stride", 1.0)


def _steered(made: _Made, option: str, argument: str, plain: float) -> Told | None:
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


def _off_by_one(made: _Made) -> Told | None:
    return ("counted", {}) if _primitive(made.node) == "argmax" else None


def _rounded_whole(made: _Made) -> Told | None:
    down = {"floor_divide": True, "floor": True, "round": True, "ceil": False}
    if _primitive(made.node) not in down or made.function:
        return None
    if _primitive(made.instead) not in down:
        return "not", {}
    return "up" if down[_primitive(made.node)] else "down", {}


def _of_many(made: _Made) -> Told | None:
    """A reduction taken for another one."""
    node = made.node
    if made.function or not isinstance(node, Apply) or not node.operands:
        return None
    return "many", {"term": made.term(node.operands[0]), "count": str(made.count(node))}


def _scale(made: _Made) -> Told | None:
    if _primitive(made.node) in SIZES and made.node is not None and made.instead is not None:
        return "size", {"did": made.term(made.instead), "asked": made.term(made.node)}
    return _divided_by_fewer(made)


def _divided_by_fewer(made: _Made) -> Told | None:
    node = made.node
    if made.function or not isinstance(node, Apply) or _primitive(node) != "mean":
        return None
    count = made.count(node)
    return "fewer", {"count": str(count), "fewer": str(count - 1)}


def _of_one(made: _Made) -> Told | None:
    """A square or a square root that was left out."""
    if made.function or made.instead not in _operands(made.node) or made.instead is None:
        return None
    return "term", {"term": made.quantity(made.instead)}


def _stale(made: _Made) -> Told | None:
    if made.node is None:
        return "copied", dict(made.one.details)
    if isinstance(made.node, Name) and isinstance(made.instead, Name):
        return "name", {"name": made.node.name, "other": made.instead.name}
    return None


def _one_product(made: _Made) -> Told | None:
    node, details = made.node, made.one.details
    if not isinstance(node, Apply):
        return None
    value = made.suspects.evaluation.value
    how = details["how"]
    if _primitive(node) == "sum":
        axis = made.suspects.evaluation.options(node)["axis"]
        inside = value(node.operands[0])
        axes = range(inside.ndim) if axis is None else sorted(np.atleast_1d(axis) % inside.ndim)
        shape = tuple(inside.shape[int(one)] for one in axes)
        if len(shape) > 1:
            return f"window-{how}", _place(int(details["number"]) - 1, shape)
        count = shape[0]
    else:
        count = value(node.operands[0]).shape[-1]
    return how, {"term": made.term(node), "number": details["number"], "count": str(count)}


def _rounded_early(made: _Made) -> Told | None:
    assert made.node is not None
    details = made.one.details
    return details["unit"], {"term": made.term(made.node), "count": details["count"]}


def _decimal_shift(made: _Made) -> Told | None:
    kinds = {"10": "right", "0.1": "left", "0.01": "left-two"}
    return kinds[made.one.details["factor"]], {}


def _complement(made: _Made) -> Told | None:
    if made.node is None:
        return "answer", {}
    return None


def _extra_function(made: _Made) -> Told | None:
    if made.node is None:
        name = made.one.details["function"]
        return "function", {"function": NAMED.get(name, name)}
    return None


NAMED = {"square": "made.function-square", "sqrt": "made.function-root"}


def _extra_factor(made: _Made) -> Told | None:
    if made.node is None:
        return "double" if made.one.details["factor"] == "2" else "half", {}
    return None


RULES: Mapping[str, Callable[[_Made], Told | None]] = {
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
