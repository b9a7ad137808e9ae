"""One rank's share of a step: its own samples, their gradient, and the update that all take."""

import hashlib
import math
import time
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from tutor.training.data.dataset import Batches
from tutor.training.experiments import Experiment
from tutor.training.models.build import build
from tutor.training.parallel_group import Group
from tutor.training.parallel_loop import Taken
from tutor.training.trainee import Evaluated


class Share:
    """A model that every rank holds, and the rows of each batch that are this rank's."""

    def __init__(self, experiment: Experiment, group: Group, slow: float = 0.0) -> None:
        """The untrained model of an experiment: from the same seed, so the same on every rank.

        `slow` are seconds by which this rank's own work is drawn out, to see what that does.
        """
        self._trainee = build(experiment)
        self._group = group
        self._slow = slow
        self._batches = Batches(self._trainee.data, experiment.batch, experiment.seed).walk()
        self._parameters, self._scores = self._trainee.model.parameters, self._trainee.model.scores
        self._weights = tuple(parameter.detach() for parameter in self._parameters)
        self._sizes = [weight.numel() for weight in self._weights]
        self.facts = self._trainee.facts
        self.gradient = torch.zeros(0)
        """The averaged one of the last step, all parameters in one row."""

    def step(
        self, learning_rate: float, wishes: tuple[bool, ...], waits: Callable[[], None]
    ) -> Taken:
        """Take the next batch with all ranks; the weights move unless the loss is not finite.

        `waits` is called when the own work is done. Raises RankLostError.
        """
        began = time.perf_counter()
        inputs, labels = next(self._batches)
        mine = slice(self._group.rank, None, self._group.ranks)
        weight = len(labels[mine]) / len(labels)
        own, gradients = self._own(inputs[mine], labels[mine])
        parts = [gradient.reshape(-1) * weight for gradient in gradients]
        told = torch.tensor([own * weight, *map(float, wishes)], dtype=parts[0].dtype)
        numbers = torch.cat([*parts, told])
        if self._slow:
            time.sleep(self._slow)
        waits()
        computed = time.perf_counter()
        self._group.add_up(numbers)
        waited = time.perf_counter()
        self.gradient, (joint, *wished) = numbers[: -len(told)], numbers[-len(told) :].tolist()
        if math.isfinite(joint):
            self._update(learning_rate)
        return Taken(
            own if weight else joint, joint, computed - began, waited - computed,
            tuple(one > 0 for one in wished),
        )  # fmt: skip

    def _own(self, inputs: Tensor, labels: Tensor) -> tuple[float, tuple[Tensor, ...]]:
        """Loss and gradients of this rank's samples; zeros where it has none."""
        if not len(labels):
            return 0.0, tuple(torch.zeros_like(weight) for weight in self._weights)
        loss = functional.cross_entropy(self._scores(inputs), labels)
        return loss.item(), torch.autograd.grad(loss, self._parameters)

    def _update(self, learning_rate: float) -> None:
        pieces = torch.split(self.gradient, self._sizes)
        for weight, piece in zip(self._weights, pieces, strict=True):
            weight.sub_(piece.view_as(weight), alpha=learning_rate)

    def gradient_norm(self) -> float:
        """Of the averaged gradient."""
        return math.sqrt(self.gradient.double().square().sum().item())

    def evaluate(self) -> Evaluated:
        """How the model does on all examples."""
        return self._trainee.evaluate()

    def digest(self) -> str:
        """Of all weights, to the last bit."""
        held = hashlib.sha256()
        for weight in self._weights:
            held.update(weight.contiguous().numpy().tobytes())
        return held.hexdigest()[:16]
