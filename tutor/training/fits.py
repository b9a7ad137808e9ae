"""Which model is trained on which data by which loss, and what can be said about each."""

from collections.abc import Mapping

from tutor.course.experiment import Data, Knob, LossKind, Model

TABLES = ("blobs", "xor", "moons", "own", "idx")
IMAGES = ("digits", "glyphs", "bright-pixel")

DATA: Mapping[str, tuple[str, ...]] = {
    "valley": ("none", "own"),
    "linear-regression": ("line", "own"),
    "softmax-regression": ("digits", "digits-28", "glyphs", "bright-pixel", *TABLES),
    "multilayer-perceptron": ("digits", "digits-28", "glyphs", "bright-pixel", "blobs", "xor",
                              "moons", "idx"),
    "convolution": ("edges", "bright-pixel"),
    "lenet": IMAGES,
    "lenet-5": ("digits-28", "idx"),
    "character-rnn": ("text",),
    "attention": ("look-ups",),
    "transformer": ("look-ups", "text"),
}  # fmt: skip
"""The data that a kind of model can be trained on."""

MODEL_FIELDS: Mapping[str, tuple[str, ...]] = {
    "valley": ("curvatures", "lowest", "start"),
    "linear-regression": ("initial",),
    "softmax-regression": ("initial",),
    "multilayer-perceptron": ("hidden", "activation", "initial"),
    "convolution": ("initial", "activation", "pooling"),
    "lenet": ("activation", "initial", "pooling"),
    "lenet-5": ("activation", "initial", "pooling"),
    "character-rnn": ("width", "initial"),
    "attention": ("width", "scaled", "initial"),
    "transformer": ("width", "heads", "scaled", "positions", "causal", "activation", "initial"),
}
"""What a kind of model lets one choose; the other fields must be left out."""

DATA_FIELDS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "own": (),
    "line": ("examples", "noise", "scale"),
    "digits": ("examples", "scale"),
    "digits-28": ("examples", "scale"),
    "blobs": ("examples", "classes", "noise", "scale"),
    "xor": ("scale",),
    "moons": ("examples", "noise", "scale"),
    "glyphs": ("examples", "classes", "noise", "scale"),
    "edges": ("examples", "noise", "scale"),
    "bright-pixel": ("examples", "noise", "scale"),
    "look-ups": ("examples",),
    "text": ("text",),
    "idx": ("examples", "scale"),
}

SIDES: Mapping[str, int] = {"lenet-5": 28}
"""Of the images that a model takes, where it does not take any."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "valley": ("curvatures", "lowest", "start"),
    "linear-regression": ("w", "b", "x", "y"),
    "softmax-regression": ("W", "b", "x", "label"),
}
"""For the data `own`: which of a lesson's numbers a model is made of."""

QUANTITIES: Mapping[str, tuple[str, ...]] = {
    "valley": ("w_before", "loss", "dw", "w", "next_loss"),
    "linear-regression": ("prediction", "error", "loss", "dw", "db", "w", "b", "next_loss"),
    "softmax-regression": ("z", "p", "loss", "dz", "db", "dW", "b", "W", "next_loss"),
}
"""What a model of few numbers tells of a step, in the order in which it is computed."""


def told_by(model: Model, data: Data) -> tuple[str, ...]:
    """What a run tells of each of its first steps; nothing where there are too many numbers."""
    return QUANTITIES.get(model.kind, ()) if data.kind in ("own", "none", "line") else ()


AFTER_THE_UPDATE = frozenset({"w", "b", "W", "next_loss"})
"""What depends on the learning rate."""


def losses(model: Model, data: Data) -> tuple[LossKind, ...]:
    """The losses that fit; of a valley none, since it is its own loss."""
    if model.kind == "valley":
        return ()
    if model.kind == "linear-regression" or data.kind == "edges":
        return ("mean-squared-error",)
    if data.kind == "own":
        return ("cross-entropy",)
    return ("cross-entropy", "softmax-cross-entropy")


def offered(model: Model, data: Data) -> tuple[Knob, ...]:
    """The knobs that change something for a model on some data."""
    begins: tuple[Knob, ...] = ("activation", "initial")
    again = tuple(knob for knob in begins if knob in MODEL_FIELDS[model.kind])
    tempered = "cross-entropy" in losses(model, data)
    live = tuple(knob for knob in LIVE if tempered or knob != "temperature")
    return (*live, *again, "seed")


LIVE: tuple[Knob, ...] = (
    "learning_rate", "momentum", "weight_decay", "temperature", "batch", "optimiser",
)  # fmt: skip
"""Knobs that act at the next step; the others begin the run again."""
