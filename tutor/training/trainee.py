"""What the loop asks of whatever it trains."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from tutor.training.own_model import Numeric


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


class Trainee(Protocol):
    """A model with its data, at some step of its training."""

    facts: Facts

    def step(self, learning_rate: float) -> float:
        """The loss of the next batch; if it is finite the weights have moved, else nothing has."""

    def gradient_norm(self) -> float:
        """Of the gradient by which the weights last moved."""

    def evaluate(self) -> Evaluated:
        """How the model does as it is."""

    def numbers(self) -> Mapping[str, Numeric] | None:
        """The last step in all its numbers, if they are few."""
