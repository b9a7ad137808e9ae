"""One rank's share of a step: its own samples, their gradient, and the update that all take."""

import hashlib
import math
import time
from collections.abc import Callable

import torch
from torch import Tensor

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
        self._parameters = self._trainee.model.parameters
        self._sizes = [parameter.numel() for parameter in self._parameters]
        self.facts = self._trainee.facts

    def step(self, wishes: tuple[bool, ...], waits: Callable[[], None]) -> Taken:
        """Take the next batch with all ranks; the weights move unless the loss is not finite.

        `waits` is called when the own work is done. Raises RankLostError.
        """
        began = time.perf_counter()
        # Every rank draws the same batch, and takes its own samples of it: rank, rank + ranks ...
        inputs, labels = self._trainee.batch()
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
        joint, *wished = numbers[-len(told) :].tolist()
        if math.isfinite(joint):
            self._update(numbers[: -len(told)])
        return Taken(
            own if weight else joint, joint, computed - began, waited - computed,
            tuple(one > 0 for one in wished),
        )  # fmt: skip

    def _own(self, inputs: Tensor, labels: Tensor) -> tuple[float, tuple[Tensor, ...]]:
        """Loss and gradients of this rank's samples; zeros where it has none."""
        if not len(labels):
            return 0.0, tuple(torch.zeros_like(one) for one in self._parameters)
        return self._trainee.gradients(inputs, labels)

    def _update(self, gradient: Tensor) -> None:
        """Move the weights by the averaged gradient, all parameters in one row."""
        pieces = zip(torch.split(gradient, self._sizes), self._parameters, strict=True)
        self._trainee.update(tuple(piece.view_as(parameter) for piece, parameter in pieces))

    def gradient_norm(self) -> float:
        """Of the averaged gradient."""
        return self._trainee.gradient_norm()

    def evaluate(self) -> Evaluated:
        """How the model does on all examples."""
        return self._trainee.evaluate()

    def digest(self) -> str:
        """Of all weights, to the last bit."""
        held = hashlib.sha256()
        for parameter in self._parameters:
            held.update(parameter.detach().contiguous().numpy().tobytes())
        return held.hexdigest()[:16]
