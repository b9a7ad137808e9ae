"""From an experiment as a lesson declares it to what a child trains."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NoReturn

import msgspec

from tutor.course.experiment import Data, Lab, LossKind, Model, Optimiser, Variant
from tutor.course.problem import clipped
from tutor.training.fits import (
    DATA,
    DATA_FIELDS,
    MODEL_FIELDS,
    losses,
    offered,
    told_by,
)
from tutor.training.own_model import Numeric, bound, check_own
from tutor.training.refusal import refuse

LARGEST_RATE = 1e6
MOST_STEPS = 10**9
MOST_STEPS_A_SECOND = 1e6
LARGEST_BATCH = 10_000
LARGEST_SEED = 2**31 - 1
LARGEST_TEMPERATURE = 1e4


class Experiment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Everything that a child needs to train, and to train the same again."""

    name: str
    """Where it is declared: `LESSON/ID`, or the name of its file."""
    model: Model
    data: Data
    learning_rate: float
    loss: LossKind = "cross-entropy"
    optimiser: Optimiser = Optimiser()
    temperature: float = 1.0
    """Scores are divided by it before the softmax of the loss."""
    batch: int = 32
    steps: int = 1_000
    """The step at which the run is finished."""
    pace: float = 40.0
    """Steps a second; 0 is as fast as it goes."""
    seed: int = 0
    """For the first weights and the order of the batches; the data are always the same."""
    own: Mapping[str, Numeric] = {}
    """A lesson's own numbers by what they are to the model."""
    folder: str | None = None
    """Of the IDX files, for the data `idx`."""


def experiment(
    lab: Lab, numbers: Mapping[str, object], variant: Variant | None = None, lesson: str = ""
) -> Experiment:
    """What a child trains for a lesson's experiment, with that lesson's numbers.

    `numbers` holds nested lists by the lesson's names; a `variant` of the experiment differs in
    some fields. Raises ExperimentError for what no child could train.
    """
    rate, own = bound(lab, numbers)
    made = Experiment(
        name=f"{lesson}/{lab.id}" if lesson else lab.id,
        model=lab.model,
        data=lab.data,
        learning_rate=rate,
        loss=lab.loss,
        optimiser=lab.optimiser,
        temperature=lab.temperature,
        batch=lab.batch,
        steps=lab.steps,
        pace=lab.pace,
        seed=lab.seed,
        own=own,
    )
    told = told_by(lab.model, lab.data)
    for quantity in lab.watch:
        if quantity not in told:
            refuse("lab.unknown-field", field=f"watch.{quantity}", known=", ".join(told) or "-")
    for knob in lab.knobs:
        if knob not in offered(lab.model, lab.data):
            known = ", ".join(offered(lab.model, lab.data))
            refuse("lab.unknown-field", field=f"knobs.{knob}", known=known)
    return checked(made) if variant is None else varied(made, variant.set)


def varied(made: Experiment, changes: Mapping[str, object]) -> Experiment:
    """An experiment with some fields changed, those of its parts by a point: `model.initial`.

    Raises ExperimentError, whose details name the field, for what no child could train.
    """
    fields: dict[str, Any] = msgspec.to_builtins(made)
    for name, value in changes.items():
        part, point, inner = name.partition(".")
        if name not in VARIABLE:
            near = [] if name in PARTS else get_close_matches(name[:60], VARIABLE, n=1)
            code = "lesson.unknown-field-near" if near else "lesson.unknown-field"
            refuse(code, field=clipped(name), near="".join(near), known=", ".join(VARIABLE))
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if point:
            fields.setdefault(part, {})[inner] = value
        else:
            fields[name] = value
        try:
            made = msgspec.convert(fields, Experiment)
        except msgspec.ValidationError as error:
            # It loads YAML, which a process that only draws does without.
            from tutor.course.explain import explained

            code, details = explained(str(error), str(value), VARIABLE[name])
            refuse(code, field=name, found=clipped(str(value)), **details)
    return checked(made)


PARTS: Mapping[str, type[msgspec.Struct]] = {"model": Model, "data": Data, "optimiser": Optimiser}
FIXED = ("name", "own", "folder", *PARTS)
VARIABLE: Mapping[str, Any] = {
    field.name: field.type for field in msgspec.structs.fields(Experiment)
    if field.name not in FIXED
} | {
    f"{part}.{field.name}": field.type
    for part, kind in PARTS.items() for field in msgspec.structs.fields(kind)
}  # fmt: skip
"""What a variant may set, by its name, and its type."""

LIMITS = (
    ("learning_rate", 0, LARGEST_RATE),
    ("batch", 1, LARGEST_BATCH),
    ("steps", 1, MOST_STEPS),
    ("pace", 0, MOST_STEPS_A_SECOND),
    ("seed", 0, LARGEST_SEED),
    ("temperature", 1e-6, LARGEST_TEMPERATURE),
)


def checked(made: Experiment) -> Experiment:
    """The experiment itself, if a child can train it; for what comes from a pipe or a lesson."""
    for field, low, high in LIMITS:
        value = getattr(made, field)
        if not low <= value <= high:
            refuse("lab.out-of-range", field=field, value=value, low=low, high=high)
    kinds = DATA[made.model.kind]
    if made.data.kind not in kinds:
        refuse(
            "lab.unfit-data",
            field="data.kind", value=made.data.kind, model=made.model.kind, known=", ".join(kinds),
        )  # fmt: skip
    _check_fields("model", made.model, made, MODEL_FIELDS[made.model.kind])
    _check_fields("data", made.data, made, DATA_FIELDS[made.data.kind])
    fitting = losses(made.model, made.data)
    if fitting and made.loss not in fitting:
        _unfit("loss", made.loss, made, fitting)
    if made.temperature != 1 and "cross-entropy" not in fitting:
        _unfit("temperature", made.temperature, made, (1,))
    _check_model(made)
    _check_own(made)
    return made


def _check_fields(
    part: str, struct: msgspec.Struct, made: Experiment, known: tuple[str, ...]
) -> None:
    """A field that a kind does not know would change nothing, and so it must be left out."""
    for field in msgspec.structs.fields(type(struct)):
        if field.name == "kind" or field.name in known:
            continue
        if getattr(struct, field.name) != field.default:
            kind = struct.kind  # type: ignore[attr-defined]
            refuse(
                "lab.field-not-needed",
                field=f"{part}.{field.name}", kind=kind, known=", ".join(known) or "-",
            )  # fmt: skip


def _check_model(made: Experiment) -> None:
    model = made.model
    if model.kind == "valley" and made.data.kind == "none":
        lengths = {len(model.curvatures), len(model.lowest), len(model.start)}
        if len(lengths) != 1 or 0 in lengths:
            refuse("lab.valley")
    if model.kind == "transformer" and model.width % model.heads:
        refuse("lab.heads", width=model.width, heads=model.heads)
    if made.data.kind == "edges" and (model.activation, model.pooling) != ("relu", "max"):
        refuse("lab.field-not-needed", field="model.pooling", kind="edges", known="initial")


def _check_own(made: Experiment) -> None:
    """A lesson's own numbers are there when they are asked for, and only then."""
    if made.data.kind == "own":
        check_own(made.model.kind, made.own, made.name)
    elif made.own:
        refuse("lab.unknown-field", field="bind", known="-")


def _unfit(field: str, value: object, made: Experiment, known: tuple[object, ...]) -> NoReturn:
    refuse(
        "lab.unfit",
        field=field,
        value=str(value),
        model=made.model.kind,
        data=made.data.kind,
        known=", ".join(map(str, known)),
    )
