"""The experiments as data: from a lesson's `lab:` and its numbers to what a child trains."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import msgspec

LARGEST_SIDE = 32
"""Rows or columns of a lesson's own W; more is not computed by hand, and must fit in a line."""

LARGEST_RATE = 1e6
MOST_STEPS = 10**9
MOST_STEPS_A_SECOND = 1e6


class ExperimentError(ValueError):
    """Why a mapping is no experiment: a code, and what belongs into its sentence."""

    def __init__(self, code: str, /, **details: str | int | float) -> None:
        """Keep what the front needs to say it."""
        super().__init__(f"{code} {details}")
        self.code = code
        self.details: Mapping[str, str | int | float] = details


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson's own softmax regression: its numbers are the model and the one sample."""

    W: tuple[tuple[float, ...], ...]
    b: tuple[float, ...]
    x: tuple[float, ...]
    label: int
    """The index of the right class, counted from 0."""


class Experiment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a child needs to train, and to train the same again."""

    name: str
    learning_rate: float
    batch: int
    steps: int
    """The step at which the run is finished."""
    pace: float
    """Steps a second; 0 is as fast as it goes."""
    seed: int = 0
    """For the first weights and the order of the batches; the data are always the same."""
    own: Own | None = None


DEFAULTS: Mapping[str, Experiment] = {
    experiment.name: experiment
    for experiment in (
        Experiment("digits-softmax", learning_rate=0.5, batch=32, steps=900, pace=40),
        Experiment("digits-lenet", learning_rate=0.1, batch=32, steps=900, pace=30),
        Experiment("sequences-attention", learning_rate=0.2, batch=32, steps=750, pace=30),
        Experiment("own-softmax-regression", learning_rate=0.1, batch=1, steps=100, pace=4),
    )
}
"""Every experiment by its name, as it runs when the lesson says nothing else."""

NAMES = tuple(DEFAULTS)

OWN = "own-softmax-regression"

OWN_NUMBERS = ("W", "x", "b", "label")

FIELDS = ("experiment", "learning_rate", "batch", "steps", "pace", "seed", "bind")
"""What a lesson's `lab:` may say; all but `experiment` may be left out."""


def experiment(lab: Mapping[str, object], numbers: Mapping[str, object]) -> Experiment:
    """The experiment of a lesson's `lab:` mapping with that lesson's numbers.

    `numbers` holds nested lists by the lesson's names. `bind` says which of them is the model's
    `W`, `x`, `b`, `label` (an index or a one-hot vector), and which, if any, the `learning_rate`.
    """
    for field in lab:
        if field not in FIELDS:
            _refuse("lab.unknown-field", field=field, known=", ".join(FIELDS))
    name = lab.get("experiment")
    if not isinstance(name, str) or name not in DEFAULTS:
        _refuse("lab.unknown-experiment", name=str(name), known=", ".join(NAMES))
    default = DEFAULTS[name]
    said: dict[str, Any] = {
        field: lab[field] for field in FIELDS[1:-1] if lab.get(field) is not None
    }
    bound = _bound(name, lab.get("bind"), numbers)
    if "learning_rate" in bound:
        said["learning_rate"] = bound["learning_rate"]
    own = _own(bound) if name == OWN else None
    for field, value in said.items():
        said[field] = _number(field, value, whole=field in ("batch", "steps", "seed"))
    return checked(msgspec.structs.replace(default, own=own, **said))


def checked(experiment: Experiment) -> Experiment:
    """The experiment itself, if a child can train it; for what comes from a pipe or a lesson."""
    if experiment.name not in DEFAULTS:
        _refuse("lab.unknown-experiment", name=experiment.name, known=", ".join(NAMES))
    for field, value, low, high in (
        ("learning_rate", experiment.learning_rate, 0, LARGEST_RATE),
        ("batch", experiment.batch, 1, 10_000),
        ("steps", experiment.steps, 1, MOST_STEPS),
        ("pace", experiment.pace, 0, MOST_STEPS_A_SECOND),
        ("seed", experiment.seed, 0, 2**31 - 1),
    ):
        if not low <= value <= high:
            _refuse("lab.out-of-range", field=field, value=value, low=low, high=high)
    if (experiment.name == OWN) != (experiment.own is not None):
        _refuse("lab.unbound", field=OWN_NUMBERS[0], experiment=experiment.name)
    if experiment.own is not None:
        _check_own(experiment.own)
    return experiment


def _bound(name: str, bind: object, numbers: Mapping[str, object]) -> dict[str, object]:
    """The numbers that `bind` names, by what they are to the model."""
    bind = {} if bind is None else bind
    if not isinstance(bind, Mapping):
        _refuse("lab.bad-bind", value=str(bind)[:80])
    allowed = (*OWN_NUMBERS, "learning_rate") if name == OWN else ("learning_rate",)
    for role, given in bind.items():
        if role not in allowed:
            _refuse("lab.unknown-field", field=f"bind.{role}", known=", ".join(allowed))
        if not isinstance(given, str) or given not in numbers:
            _refuse("lab.unknown-number", field=f"bind.{role}", name=str(given)[:80])
    if name == OWN:
        for role in OWN_NUMBERS:
            if role not in bind:
                _refuse("lab.unbound", field=role, experiment=name)
    return {role: numbers[given] for role, given in bind.items()}


def _own(bound: Mapping[str, object]) -> Own:
    bias = _vector("b", bound["b"])
    return Own(
        W=tuple(_vector("W", row) for row in _rows("W", bound["W"])),
        x=_vector("x", bound["x"]),
        b=bias,
        label=_label(bound["label"], len(bias)),
    )


def _check_own(own: Own) -> None:
    rows, columns = len(own.b), len(own.x)
    if not (1 <= rows <= LARGEST_SIDE and 1 <= columns <= LARGEST_SIDE):
        _refuse("lab.out-of-range", field="W", value=max(rows, columns), low=1, high=LARGEST_SIDE)
    if len(own.W) != rows or any(len(row) != columns for row in own.W):
        lengths = sorted({len(row) for row in own.W})
        found = f"{len(own.W)} x {'/'.join(map(str, lengths))}"
        _refuse("lab.wrong-shape", field="W", found=found, expected=f"{rows} x {columns}")
    if not 0 <= own.label < rows:
        _refuse("lab.out-of-range", field="label", value=own.label, low=0, high=rows - 1)
    numbers = (*own.b, *own.x, *(value for row in own.W for value in row))
    if not all(map(math.isfinite, numbers)):
        _refuse("lab.not-a-number", field="W, b, x", value="nan, inf")


def _rows(field: str, value: object) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        _refuse("lab.not-a-number", field=field, value=str(value)[:80])
    return value


def _vector(field: str, value: object) -> tuple[float, ...]:
    return tuple(float(_number(field, cell)) for cell in _rows(field, value))


def _label(value: object, classes: int) -> int:
    """The index of the right class, from itself or from a one-hot vector."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        cells = _vector("label", value)
        if sorted(cells) != [0.0] * (classes - 1) + [1.0]:
            _refuse("lab.bad-label", value=str(value)[:80], classes=classes)
        return cells.index(1.0)
    return int(_number("label", value, whole=True))


def _number(field: str, value: object, *, whole: bool = False) -> float:
    """A finite number; a whole one as int. A one-element or 0-d value is what a lesson has."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        _refuse("lab.not-a-number", field=field, value=str(value)[:80])
    if whole and value != int(value):
        _refuse("lab.not-whole", field=field, value=value)
    return int(value) if whole else value


def _refuse(code: str, /, **details: str | int | float) -> NoReturn:
    raise ExperimentError(code, **details)
