"""One kernel, a small LeNet, and LeNet-5."""

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from tutor.course.experiment import Activation
from tutor.training.models.model import Layers, Model

Pooling = Literal["max", "average"]


def pool(pooling: Pooling) -> Callable[[Tensor], Tensor]:
    """Windows of 2x2 that do not overlap."""
    if pooling == "max":
        return lambda maps: functional.max_pool2d(maps, 2)
    return lambda maps: functional.avg_pool2d(maps, 2)


class Kernel(Model):
    """One 3x3 kernel without bias, that learns what was done to images."""

    def __init__(self, layers: Layers) -> None:
        """With first weights."""
        kernels, _ = layers.first(1, 1, 3, 3)
        (self._kernels,) = layers.given("conv1", kernels)
        super().__init__(layers)

    def scores(self, inputs: Tensor) -> Tensor:
        """Images (n, 1, 8, 8) -> maps (n, 1, 6, 6)."""
        return functional.conv2d(inputs, self._kernels)


class PooledKernel(Model):
    """One 3x3 kernel, the activation, one number for the whole map, and a linear layer."""

    def __init__(
        self, layers: Layers, classes: int, activation: Activation, pooling: Pooling
    ) -> None:
        """With first weights."""
        self._kernels, self._bias = layers.convolution("conv1", 1, 1, 3)
        self._last = layers.linear("linear", classes, 1)
        super().__init__(layers, activation)
        self.activated = (0,)
        self._pool = torch.amax if pooling == "max" else torch.mean

    def scores(self, inputs: Tensor) -> Tensor:
        """Images (n, 8, 8) -> (n, classes)."""
        maps = functional.conv2d(inputs[:, None], self._kernels, self._bias, padding=1)
        return functional.linear(self._pool(self.activate(maps), dim=(2, 3)), *self._last)


class LeNet(Model):
    """Two convolutions, each with activation and pooling, then linear layers."""

    def __init__(
        self,
        layers: Layers,
        kernels: tuple[int, int],
        sides: tuple[int, int],
        paddings: tuple[int, int],
        sizes: tuple[int, ...],
        activation: Activation,
        pooling: Pooling,
    ) -> None:
        """How many kernels of which side, and sizes of the linear layers from their inputs on."""
        self._kernels_1, self._bias_1 = layers.convolution("conv1", kernels[0], 1, sides[0])
        self._kernels_2, self._bias_2 = layers.convolution(
            "conv2", kernels[1], kernels[0], sides[1]
        )
        *self._hidden, self._last = (
            layers.linear(f"linear{place}", outputs, inputs)
            for place, (inputs, outputs) in enumerate(pairwise(sizes), start=1)
        )
        super().__init__(layers, activation)
        self.activated = tuple(range(2 + len(self._hidden)))
        self._padding_1, self._padding_2 = paddings
        self._pool = pool(pooling)

    def scores(self, inputs: Tensor) -> Tensor:
        """Images (n, side, side) -> (n, classes)."""
        maps = functional.conv2d(
            inputs.unsqueeze(1), self._kernels_1, self._bias_1, padding=self._padding_1
        )
        maps = self._pool(self.activate(maps))
        maps = functional.conv2d(maps, self._kernels_2, self._bias_2, padding=self._padding_2)
        hidden = self._pool(self.activate(maps)).flatten(1)
        for weight, bias in self._hidden:
            hidden = self.activate(functional.linear(hidden, weight, bias))
        return functional.linear(hidden, *self._last)


def small_lenet(layers: Layers, classes: int, activation: Activation, pooling: Pooling) -> LeNet:
    """For 8x8 images: 8@8x8, pooled 8@4x4, 16@4x4, pooled 16@2x2, 32, classes."""
    return LeNet(layers, (8, 16), (3, 3), (1, 1), (64, 32, classes), activation, pooling)


def lenet_5(layers: Layers, classes: int, activation: Activation, pooling: Pooling) -> LeNet:
    """For 28x28 images: 6@28x28, 6@14x14, 16@10x10, 16@5x5, 120, 84, classes.

    With 10 classes it has 61,706 parameters: every map of the second layer sees all of the first.
    """
    sizes = (400, 120, 84, classes)
    return LeNet(layers, (6, 16), (5, 5), (2, 0), sizes, activation, pooling)
