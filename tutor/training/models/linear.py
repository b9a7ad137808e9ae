"""Valleys, linear and softmax regression, and layers of them."""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional

from tutor.course.experiment import Activation
from tutor.training.models.model import Layers, Model


class Valley(Model):
    """One or two weights and nothing else: the loss is the sum of 1/2 c (w - lowest)^2."""

    def __init__(self, layers: Layers, curvatures: Tensor, lowest: Tensor, start: Tensor) -> None:
        """At its start."""
        (self.weight,) = layers.given("w", start)
        super().__init__(layers)
        self._half_curvatures, self._lowest = curvatures / 2, lowest

    def scores(self, inputs: Tensor) -> Tensor:
        """The loss itself."""
        return (self._half_curvatures * (self.weight - self._lowest).square()).sum()


class LinearRegression(Model):
    """w x + b for each x, or the product of a row of x with w."""

    def __init__(self, layers: Layers, weight: Tensor, bias: Tensor) -> None:
        """With first values that are known."""
        self.weight, self.bias = layers.given("line", weight, bias)
        super().__init__(layers)

    def scores(self, inputs: Tensor) -> Tensor:
        """One number a sample, (n,)."""
        if self.weight.ndim:
            return inputs @ self.weight + self.bias
        return inputs * self.weight + self.bias


class Perceptron(Model):
    """Linear layers with an activation between; without hidden ones, softmax regression."""

    def __init__(
        self, layers: Layers, sizes: Sequence[int], activation: Activation = "identity"
    ) -> None:
        """Sizes: of the inputs, of the hidden layers, and of the scores."""
        pairs = list(pairwise(sizes))
        *self._hidden, self._last = (
            layers.linear(f"linear{place}" if len(pairs) > 1 else "linear", outputs, inputs)
            for place, (inputs, outputs) in enumerate(pairs, start=1)
        )
        super().__init__(layers, activation)
        self.activated = tuple(range(len(self._hidden)))

    def scores(self, inputs: Tensor) -> Tensor:
        """A row of scores for each input, (n, classes)."""
        hidden = inputs.flatten(1)
        for weight, bias in self._hidden:
            hidden = self.activate(functional.linear(hidden, weight, bias))
        return functional.linear(hidden, *self._last)


class OwnSoftmaxRegression(Model):
    """The lesson's own W and b, in double precision: z = W x + b."""

    def __init__(self, layers: Layers, weight: Tensor, bias: Tensor) -> None:
        """With first values that are known."""
        self.weight, self.bias = layers.given("linear", weight, bias)
        super().__init__(layers)

    def scores(self, inputs: Tensor) -> Tensor:
        """A row of scores for each sample, (n, classes)."""
        return functional.linear(inputs, self.weight, self.bias)


def numbers(value: object) -> Tensor:
    """A lesson's own numbers as a tensor."""
    return torch.tensor(value, dtype=torch.float64)
