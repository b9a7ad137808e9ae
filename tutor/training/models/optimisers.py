"""How weights move, written out as torch.optim has it: gradient descent, momentum, Adam.

Weight decay is added to the gradient, as torch.optim does where it does not say "decoupled".
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from tutor.course.experiment import OptimiserKind

BETA_1, BETA_2 = 0.9, 0.999
EPSILON = 1e-8
"""Of Adam, as in torch.optim."""


class Descent:
    """weight - rate * gradient; the others differ in what they make of the gradient."""

    kind: OptimiserKind = "sgd"

    def __init__(
        self, weights: Sequence[Tensor], rate: float, momentum: float, weight_decay: float
    ) -> None:
        """Weights without the record of operations: updating these needs no torch.no_grad()."""
        self.weights = weights
        self.rate = rate
        self.momentum = momentum
        self.weight_decay = weight_decay

    def update(self, gradients: Sequence[Tensor]) -> None:
        """Move the weights."""
        # Every microsecond here is one in a hundred of the smallest model's step.
        rate = self.rate
        if self.weight_decay:
            gradients = self.decayed(gradients)
        for weight, gradient in zip(self.weights, gradients, strict=True):
            weight.sub_(gradient, alpha=rate)

    def decayed(self, gradients: Sequence[Tensor]) -> Sequence[Tensor]:
        """The gradients of the loss with 1/2 decay |weights|^2 added to it."""
        return [
            gradient.add(weight, alpha=self.weight_decay)
            for weight, gradient in zip(self.weights, gradients, strict=True)
        ]

    def moved(self, gradients: Sequence[Tensor]) -> list[Tensor]:
        """By how much the last update moved each weight, given its gradients."""
        if not self.weight_decay:
            return [self.rate * gradient for gradient in gradients]
        # From the new weight back to the old one: new = old - rate (gradient + decay old).
        kept = 1 - self.rate * self.weight_decay
        return [
            (weight + self.rate * gradient) / kept - weight
            for weight, gradient in zip(self.weights, gradients, strict=True)
        ]

    def state(self) -> dict[str, Any]:
        """What it remembers of earlier gradients."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Remember what it once did."""


class Momentum(Descent):
    """velocity = momentum * velocity + gradient; weight - rate * velocity."""

    kind: OptimiserKind = "momentum"

    def __init__(
        self, weights: Sequence[Tensor], rate: float, momentum: float, weight_decay: float
    ) -> None:
        """At rest."""
        super().__init__(weights, rate, momentum, weight_decay)
        self._velocities = [torch.zeros_like(weight) for weight in weights]

    def update(self, gradients: Sequence[Tensor]) -> None:
        """Move the weights."""
        if self.weight_decay:
            gradients = self.decayed(gradients)
        for weight, velocity, gradient in zip(
            self.weights, self._velocities, gradients, strict=True
        ):
            weight.sub_(velocity.mul_(self.momentum).add_(gradient), alpha=self.rate)

    def moved(self, gradients: Sequence[Tensor]) -> list[Tensor]:
        """By how much the last update moved each weight."""
        return [self.rate * velocity for velocity in self._velocities]

    def state(self) -> dict[str, Any]:
        """The velocities."""
        return {"velocities": [velocity.clone() for velocity in self._velocities]}

    def restore(self, state: Mapping[str, Any]) -> None:
        """As fast as it once was."""
        for velocity, kept in zip(self._velocities, state["velocities"], strict=True):
            velocity.copy_(kept)


class Adam(Descent):
    """weight - rate * mean / (root of mean square + epsilon), both without their bias to 0."""

    kind: OptimiserKind = "adam"

    def __init__(
        self, weights: Sequence[Tensor], rate: float, momentum: float, weight_decay: float
    ) -> None:
        """With nothing seen."""
        super().__init__(weights, rate, momentum, weight_decay)
        self._taken = 0
        self._means = [torch.zeros_like(weight) for weight in weights]
        self._squares = [torch.zeros_like(weight) for weight in weights]

    def update(self, gradients: Sequence[Tensor]) -> None:
        """Move the weights."""
        if self.weight_decay:
            gradients = self.decayed(gradients)
        self._taken += 1
        rate, root = self._corrected()
        for weight, mean, square, gradient in zip(
            self.weights, self._means, self._squares, gradients, strict=True
        ):
            mean.lerp_(gradient, 1 - BETA_1)
            square.mul_(BETA_2).addcmul_(gradient, gradient, value=1 - BETA_2)
            weight.addcdiv_(mean, (square.sqrt() / root).add_(EPSILON), value=-rate)

    def _corrected(self) -> tuple[float, float]:
        """The rate by the bias of the means, and the root of the bias of the squares."""
        return self.rate / (1 - BETA_1**self._taken), math.sqrt(1 - BETA_2**self._taken)

    def moved(self, gradients: Sequence[Tensor]) -> list[Tensor]:
        """By how much the last update moved each weight."""
        rate, root = self._corrected()
        return [
            rate * mean / (square.sqrt() / root + EPSILON)
            for mean, square in zip(self._means, self._squares, strict=True)
        ]

    def state(self) -> dict[str, Any]:
        """Means, squares and how many steps they have seen."""
        return {
            "taken": self._taken,
            "means": [mean.clone() for mean in self._means],
            "squares": [square.clone() for square in self._squares],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """As it once was."""
        self._taken = state["taken"]
        for ours, kept in ((self._means, state["means"]), (self._squares, state["squares"])):
            for one, value in zip(ours, kept, strict=True):
                one.copy_(value)


OPTIMISERS: Mapping[str, type[Descent]] = {one.kind: one for one in (Descent, Momentum, Adam)}
