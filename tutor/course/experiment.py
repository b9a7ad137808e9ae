"""What an experiment of the lab is made of: immutable values, as a lesson file declares them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from tutor.course.wording import FormulaText, Text

Count: TypeAlias = Annotated[int, Meta(ge=1, le=10_000)]
Size: TypeAlias = Annotated[int, Meta(ge=1, le=512)]
Rate: TypeAlias = Annotated[float, Meta(ge=0, le=1e6)]
Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=60)]

Activation: TypeAlias = Literal["identity", "relu", "leaky-relu", "tanh", "sigmoid", "gelu"]
Initial: TypeAlias = Literal["default", "zero", "constant", "xavier", "kaiming"]
OptimiserKind: TypeAlias = Literal["sgd", "momentum", "adam"]
LossKind: TypeAlias = Literal["cross-entropy", "softmax-cross-entropy", "mean-squared-error"]
"""`softmax-cross-entropy` is the mistake of a softmax before the loss that has one of its own."""

Knob: TypeAlias = Literal[
    "learning_rate", "momentum", "weight_decay", "batch", "temperature",
    "optimiser", "activation", "initial", "seed",
]  # fmt: skip
"""What a learner may turn; the last three begin the run again, the others act at the next step."""


class Model(Struct, frozen=True, forbid_unknown_fields=True):
    """Which model is trained; fields that a kind does not know must be left out."""

    kind: Literal[
        "valley", "linear-regression", "softmax-regression", "multilayer-perceptron", "convolution",
        "lenet", "lenet-5", "character-rnn", "attention", "transformer",
    ]  # fmt: skip
    hidden: Annotated[tuple[Size, ...], Meta(max_length=20)] = ()
    """Widths of the hidden layers."""
    activation: Activation = "relu"
    initial: Initial = "default"
    pooling: Literal["max", "average"] = "max"
    width: Size = 16
    """Of embeddings and hidden states."""
    heads: Annotated[int, Meta(ge=1, le=16)] = 1
    scaled: bool = True
    """Whether attention divides its scores by the root of the width of a head."""
    positions: bool = True
    causal: bool = True
    curvatures: Annotated[tuple[float, ...], Meta(max_length=2)] = ()
    """Of a valley: its loss is the sum of 1/2 c (w - lowest)^2."""
    lowest: Annotated[tuple[float, ...], Meta(max_length=2)] = ()
    start: Annotated[tuple[float, ...], Meta(max_length=2)] = ()


class Data(Struct, frozen=True, forbid_unknown_fields=True):
    """What it is trained on: shipped, generated, the lesson's own numbers, or a folder of IDX."""

    kind: Literal[
        "none", "line", "digits", "digits-28", "blobs", "xor", "moons", "glyphs", "edges",
        "bright-pixel", "look-ups", "text", "own", "idx",
    ]  # fmt: skip
    examples: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    classes: Annotated[int, Meta(ge=2, le=100)] | None = None
    noise: Annotated[float, Meta(ge=0, le=100)] | None = None
    text: Annotated[str, Meta(min_length=2, max_length=10_000)] | None = None
    scale: Annotated[float, Meta(gt=0, le=1e6)] = 1.0
    """All inputs are multiplied by it."""


class Optimiser(Struct, frozen=True, forbid_unknown_fields=True):
    """How the weights move."""

    kind: OptimiserKind = "sgd"
    momentum: Annotated[float, Meta(ge=0, le=0.9999)] = 0.9
    """Of `momentum`; Adam has beta1 = 0.9 and beta2 = 0.999."""
    weight_decay: Rate = 0.0


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the runs that are laid over each other, by what is different in it."""

    title: Text
    set: Annotated[Mapping[str, float | str | bool], Meta(min_length=1, max_length=9)]
    """Fields of the experiment by name, those of its parts with a point: `model.initial: zero`."""

    def __post_init__(self) -> None:
        """Keep the mapping from being changed."""
        force_setattr(self, "set", MappingProxyType(dict(self.set)))


Outcome: TypeAlias = Literal["diverges", "rises", "stays", "falls"]
"""How a run ends: not a number; above 1.1, within, or below 0.9 of its first loss."""


class Guess(Struct, frozen=True, forbid_unknown_fields=True):
    """What the learner commits to before the run; scored against the run itself.

    `first-loss`, `last-loss`: a number, right within `margin` of what the run has.
    `lowest`, `highest`: which of the variants ends with the lowest (highest) loss.
    `outcome`: how the run, or the variant of that number, ends.
    """

    ask: Text
    kind: Literal["first-loss", "last-loss", "lowest", "highest", "outcome"]
    variant: Annotated[int, Meta(ge=0, le=3)] = 0
    margin: Annotated[float, Meta(gt=0, le=100)] = 0.05
    """For a number: the distance that counts as right."""
    exactly: FormulaText | None = None
    """The loss where it is known by arithmetic, as a formula of the givens: ln(3)."""
    after: Text | None = None
    """What there is to understand, once it is scored."""


class Lab(Struct, frozen=True, forbid_unknown_fields=True):
    """One experiment: what trains beside the lesson, and what it takes from the lesson."""

    id: Name
    title: Text
    about: Text
    """What to watch for."""
    model: Model
    data: Data
    learning_rate: Annotated[float, Meta(gt=0, le=1e6)] | Name
    """A number, or the name of a given."""
    loss: LossKind = "cross-entropy"
    optimiser: Optimiser = Optimiser()
    temperature: Annotated[float, Meta(gt=0, le=1e4)] = 1.0
    batch: Count = 32
    steps: Annotated[int, Meta(ge=1, le=10**9)] = 1_000
    pace: Annotated[float, Meta(ge=0, le=1e6)] = 40
    """Steps a second; 0 is as fast as it goes."""
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    bind: Annotated[Mapping[str, str], Meta(max_length=50)] = {}
    """For the data `own`: which given is which of the model's numbers."""
    watch: Annotated[Mapping[str, str], Meta(max_length=50)] = {}
    """Which of torch's numbers stands beside which answer, by the answer's name."""
    knobs: Annotated[tuple[Knob, ...], Meta(max_length=9)] = ("learning_rate", "seed")
    variants: Annotated[tuple[Variant, ...], Meta(max_length=4)] = ()
    guesses: Annotated[tuple[Guess, ...], Meta(max_length=5)] = ()

    def __post_init__(self) -> None:
        """Keep the mappings from being changed."""
        force_setattr(self, "bind", MappingProxyType(dict(self.bind)))
        force_setattr(self, "watch", MappingProxyType(dict(self.watch)))

    def texts(self) -> tuple[Text, ...]:
        """Every text of the experiment that is shown with the lesson's values."""
        after = tuple(one.after for one in self.guesses if one.after is not None)
        return (self.about, *(one.ask for one in self.guesses), *after)
