"""What the loop asks of whatever it trains."""

from collections.abc import Mapping, Sized
from typing import NamedTuple, Protocol

from tutor.training.own_model import Numeric
from tutor.training.protocol import Sample


class Evaluated(NamedTuple):
    """Loss and accuracy on all training and all validation examples."""

    train_loss: float | None
    train_accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None


class Facts(NamedTuple):
    """What there is to know of a model and its data before the first step."""

    parameters: int
    classes: int
    train: int
    validation: int
    batches_per_epoch: int


class Moved(NamedTuple):
    """How the last step moved each layer; None where it is not finite, or there is nothing."""

    gradient_norms: tuple[float | None, ...]
    weight_norms: tuple[float | None, ...]
    update_ratios: tuple[float | None, ...]
    dead: tuple[float | None, ...]


class Drawn(NamedTuple):
    """A matrix of something, and what its rows and columns are called."""

    values: tuple[tuple[float | None, ...], ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Trainee(Protocol):
    """A model with its data and its knobs, at some step of its training."""

    facts: Facts
    layers: tuple[str, ...]
    pictures: tuple[str, ...]

    def step(self) -> float:
        """The loss of the next batch; if it is finite the weights have moved, else it is NaN."""

    def steps(self, most: int, losses: list[float], low: float, waiting: Sized) -> bool:
        """Take up to so many steps, until a loss is low enough or something waits.

        Each loss is added to `losses`; False for one that is not finite: then nothing has moved.
        """

    def turn(self, knob: str, value: float | str) -> None:
        """Turn a knob for the next step; its value has been checked."""

    def gradient_norm(self) -> float:
        """Of the gradient by which the weights last moved."""

    def evaluate(self) -> Evaluated:
        """How the model does as it is."""

    def numbers(self) -> Mapping[str, Numeric] | None:
        """The last step in all its numbers, if they are few."""

    def moved(self) -> Moved:
        """How the last step moved each layer; the knobs are those that it was taken with."""

    def picture(self, name: str) -> Drawn:
        """One of `pictures` as it is now."""

    def board(self) -> tuple[Sample, ...]:
        """What is said of a few examples, always the same ones; nothing of a regression."""

    def state(self) -> object:
        """Everything that the next steps depend on, but the knobs; it does not change any more."""

    def restore(self, state: object) -> None:
        """Stand where a state was taken."""

    def packed(self, state: object, told: Mapping[str, object]) -> bytes:
        """A state for a file, with what the loop wants to keep beside it."""

    def unpacked(self, data: bytes) -> tuple[object, Mapping[str, object]]:
        """What `packed` was given; ValueError for anything else."""
