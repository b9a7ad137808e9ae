"""Models of few numbers, that tell each step in all of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor

from tutor.training.data.dataset import Dataset
from tutor.training.experiments import Experiment
from tutor.training.models.linear import LinearRegression, OwnSoftmaxRegression, Valley
from tutor.training.models.model import Model
from tutor.training.models.trained import Trained
from tutor.training.own_model import LARGEST_SIDE, Numeric


class Told(Trained, ABC):
    """Keeps what a step was computed from, so that it can be told."""

    def __init__(self, made: Experiment, model: Model, data: Dataset) -> None:
        """The untrained model."""
        super().__init__(made, model, data)
        self._scores = self._kept_scores
        self._batch = (data.inputs, data.labels)
        self._last_scores: Tensor | None = None

    def _walk(self) -> Iterator[tuple[Tensor, Tensor]]:
        for batch in super()._walk():
            self._batch = batch
            yield batch

    def _kept_scores(self, inputs: Tensor) -> Tensor:
        scores = self._last_scores = self.model.scores(inputs)
        return scores

    def numbers(self) -> Mapping[str, Numeric] | None:
        """The last step as torch computed it; None where it is too long or a number not finite."""
        if self._last_scores is None or not self._gradients:
            return None
        inputs, labels = self._batch
        if len(labels) > LARGEST_SIDE:
            return None
        with torch.no_grad():
            told = self._told(inputs, labels, self._last_scores.detach())
            told["next_loss"] = self._loss(self.model.scores(inputs), labels)
        if not all(value.isfinite().all() for value in told.values()):
            return None
        return {name: _numeric(value) for name, value in told.items()}

    @abstractmethod
    def _told(self, inputs: Tensor, labels: Tensor, scores: Tensor) -> dict[str, Tensor]:
        """All but the next loss, in the order in which it is computed."""


class ToldSoftmaxRegression(Told):
    """The whole walk of the lesson, from z to the new W."""

    model: OwnSoftmaxRegression

    def _told(self, inputs: Tensor, labels: Tensor, scores: Tensor) -> dict[str, Tensor]:
        by_weight, by_bias = self._gradients
        p = torch.softmax(scores, dim=1)
        dz = (p - torch.nn.functional.one_hot(labels, p.shape[1])) / len(labels)
        if len(labels) == 1:
            # Each bias is added to its score, and there is one sample: one gradient for both.
            scores, p, dz = scores[0], p[0], by_bias
        return {
            "z": scores, "p": p, "loss": self._loss(scores.reshape(len(labels), -1), labels),
            "dz": dz, "db": by_bias, "dW": by_weight,
            "b": self.model.bias.detach(), "W": self.model.weight.detach(),
        }  # fmt: skip


class ToldLinearRegression(Told):
    """From the prediction to the new w."""

    model: LinearRegression

    def _told(self, inputs: Tensor, labels: Tensor, scores: Tensor) -> dict[str, Tensor]:
        by_weight, by_bias = self._gradients
        return {
            "prediction": scores, "error": scores - labels, "loss": self._loss(scores, labels),
            "dw": by_weight, "db": by_bias,
            "w": self.model.weight.detach(), "b": self.model.bias.detach(),
        }  # fmt: skip


class ToldValley(Told):
    """Where the weight was, the slope there, and where it is now."""

    model: Valley

    def _kept_scores(self, inputs: Tensor) -> Tensor:
        self._before = self.model.weight.detach().clone()
        return super()._kept_scores(inputs)

    def _told(self, inputs: Tensor, labels: Tensor, scores: Tensor) -> dict[str, Tensor]:
        return {
            "w_before": self._before, "loss": scores, "dw": self._gradients[0],
            "w": self.model.weight.detach(),
        }  # fmt: skip


def _numeric(value: Tensor) -> Numeric:
    numbers = value.tolist()
    if not isinstance(numbers, list):
        return float(numbers)
    return tuple(tuple(part) if isinstance(part, list) else part for part in numbers)
