"""A lesson's own numbers as a model: what `bind` names, in the shapes that fit together."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from tutor.course.experiment import Lab
from tutor.training.fits import ROLES
from tutor.training.refusal import refuse

LARGEST_SIDE = 32
"""Rows or columns; more is not computed by hand, and must fit in a line."""

Numeric: TypeAlias = float | tuple[float | tuple[float, ...], ...]
"""A number, a vector, or a matrix by rows."""


def bound(lab: Lab, numbers: Mapping[str, object]) -> tuple[float, dict[str, Numeric]]:
    """The learning rate, and the model's numbers by their roles, as `bind` names them."""
    rate: object = lab.learning_rate
    if isinstance(rate, str):
        rate = _named("learning_rate", rate, numbers)
    if isinstance(rate, bool) or not isinstance(rate, int | float):
        refuse("lab.not-a-number", field="learning_rate", value=str(rate)[:80])
    roles = ROLES.get(lab.model.kind, ()) if lab.data.kind == "own" else ()
    for role in lab.bind:
        if role not in roles:
            refuse("lab.unknown-field", field=f"bind.{role}", known=", ".join(roles) or "-")
    own = {
        role: _numeric(role, _named(f"bind.{role}", given, numbers))
        for role, given in lab.bind.items()
    }
    if "label" in own and "b" in own:
        own["label"] = _labels(own["label"], own.get("x", ()), own["b"])
    return float(rate), own


def check_own(kind: str, own: Mapping[str, Numeric], name: str) -> None:
    """Refuse numbers that are missing, not finite, too many, or do not fit together."""
    for role in ROLES[kind]:
        if role not in own:
            refuse("lab.unbound", field=role, experiment=name)
    for role, value in own.items():
        if not all(map(math.isfinite, _cells(value))):
            refuse("lab.not-a-number", field=role, value="nan, inf")
        if max(_shape(role, value), default=0) > LARGEST_SIDE or 0 in _shape(role, value):
            largest = max(_shape(role, value))
            refuse("lab.out-of-range", field=role, value=largest, low=1, high=LARGEST_SIDE)
    SHAPES[kind]({role: _shape(role, own[role]) for role in ROLES[kind]}, own)


Shape = tuple[int, ...]


def _check_softmax(shapes: Mapping[str, Shape], own: Mapping[str, Numeric]) -> None:
    x, b, label = shapes["x"], shapes["b"], shapes["label"]
    if not x or len(x) > 2:
        _wrong("x", x, "n")
    if len(b) != 1:
        _wrong("b", b, "n")
    if shapes["W"] != (b[0], x[-1]):
        _wrong("W", shapes["W"], f"{b[0]} x {x[-1]}")
    if label != x[:-1]:
        _wrong("label", label, " x ".join(map(str, x[:-1])) or "1")
    for index in _cells(own["label"]):
        if index != int(index):
            refuse("lab.not-whole", field="label", value=index)
        if not 0 <= index < b[0]:
            refuse("lab.out-of-range", field="label", value=index, low=0, high=b[0] - 1)


def _check_line(shapes: Mapping[str, Shape], own: Mapping[str, Numeric]) -> None:
    x, y = shapes["x"], shapes["y"]
    if len(y) != 1:
        _wrong("y", y, "n")
    if shapes["b"]:
        _wrong("b", shapes["b"], "1")
    if x != (y[0], *shapes["w"]) or len(x) > 2:
        _wrong("x", x, " x ".join(map(str, (y[0], *shapes["w"]))))


def _check_valley(shapes: Mapping[str, Shape], own: Mapping[str, Numeric]) -> None:
    start = shapes["start"]
    if start not in ((), (1,), (2,)):
        _wrong("start", start, "1 / 2")
    for role in ("curvatures", "lowest"):
        if shapes[role] != start:
            _wrong(role, shapes[role], " x ".join(map(str, start)) or "1")


SHAPES: Mapping[str, Callable[[Mapping[str, Shape], Mapping[str, Numeric]], None]] = {
    "softmax-regression": _check_softmax,
    "linear-regression": _check_line,
    "valley": _check_valley,
}


def _wrong(role: str, found: Shape, expected: str) -> None:
    shape = " x ".join(map(str, found)) or "1"
    refuse("lab.wrong-shape", field=role, found=shape, expected=expected)


def _named(field: str, name: str, numbers: Mapping[str, object]) -> object:
    if name not in numbers:
        refuse("lab.unknown-number", field=field, name=name[:80])
    return numbers[name]


def _numeric(role: str, value: object, depth: int = 0) -> Numeric:
    """Nested lists as tuples of floats, at most two deep."""
    if isinstance(value, Sequence) and not isinstance(value, str) and depth < 2:
        return tuple(_numeric(role, part, depth + 1) for part in value)  # type: ignore[misc]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        refuse("lab.not-a-number", field=role, value=str(value)[:80])
    return float(value)


def _cells(value: Numeric) -> list[float]:
    if not isinstance(value, tuple):
        return [value]
    return [cell for part in value for cell in _cells(part)]


def _shape(role: str, value: Numeric) -> Shape:
    if not isinstance(value, tuple):
        return ()
    inner = {_shape(role, part) for part in value}
    if len(inner) > 1:
        lengths = "/".join(str(len(part)) for part in value if isinstance(part, tuple))
        refuse("lab.wrong-shape", field=role, found=f"{len(value)} x {lengths}", expected="m x n")
    return (len(value), *(inner.pop() if inner else ()))


def _labels(value: Numeric, x: Numeric, b: Numeric) -> Numeric:
    """Indices of the right classes, from themselves or from one-hot vectors."""
    classes = len(b) if isinstance(b, tuple) else 0
    samples = len(_shape("x", x)) - 1
    if not isinstance(value, tuple) or len(_shape("label", value)) == samples:
        return value
    return (
        _index(value, classes)
        if samples == 0
        else tuple(float(_index(row, classes)) for row in value)
    )


def _index(cells: Numeric, classes: int) -> float:
    """The place of the single 1."""
    if not isinstance(cells, tuple) or sorted(_cells(cells)) != [0.0] * (classes - 1) + [1.0]:
        refuse("lab.bad-label", value=str(cells)[:80], classes=classes)
    return float(_cells(cells).index(1.0))
