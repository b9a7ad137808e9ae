"""What is trained: parameters in layers, and the scores that they give inputs."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

import torch
from torch import Tensor
from torch.nn import functional, init

from tutor.course.experiment import Activation, Initial

CONSTANT = 0.5
"""All weights, where they begin alike."""

ACTIVATIONS: Mapping[Activation, Callable[[Tensor], Tensor]] = {
    "identity": lambda inputs: inputs,
    "relu": torch.relu,
    "leaky-relu": functional.leaky_relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": functional.gelu,
}


class Layers:
    """Makes the parameters of a model, layer by layer, as its first weights are asked for."""

    def __init__(self, initial: Initial, seed: int) -> None:
        """No layer yet."""
        self.names: list[str] = []
        self.parameters: list[Tensor] = []
        self.layer_of: list[int] = []
        """The place of each parameter's layer among the names."""
        self._initial = initial
        self._generator = torch.Generator().manual_seed(seed)

    def linear(self, name: str, outputs: int, inputs: int) -> tuple[Tensor, Tensor]:
        """A weight (outputs, inputs) and a bias (outputs,)."""
        return self._drawn(name, outputs, inputs)

    def convolution(self, name: str, outputs: int, inputs: int, side: int) -> tuple[Tensor, Tensor]:
        """Kernels (outputs, inputs, side, side) and a bias (outputs,)."""
        return self._drawn(name, outputs, inputs, side, side)

    def matrix(self, name: str, outputs: int, inputs: int) -> Tensor:
        """A weight (outputs, inputs) alone."""
        weight, _ = self.first(outputs, inputs)
        return self.given(name, weight)[0]

    def table(self, name: str, rows: int, columns: int, spread: float) -> Tensor:
        """A vector for each of some tokens, normally distributed."""
        values = torch.randn(rows, columns, generator=self._generator) * spread
        if self._initial in ("zero", "constant"):
            values.fill_(0.0 if self._initial == "zero" else CONSTANT)
        return self.given(name, values)[0]

    def given(self, name: str, *parameters: Tensor) -> tuple[Tensor, ...]:
        """A layer with first values that are known."""
        for parameter in parameters:
            parameter.requires_grad_()
            self.parameters.append(parameter)
            self.layer_of.append(len(self.names))
        self.names.append(name)
        return parameters

    def _drawn(self, name: str, *shape: int) -> tuple[Tensor, Tensor]:
        weight, bias = self.given(name, *self.first(*shape))
        return weight, bias

    def first(self, *shape: int) -> tuple[Tensor, Tensor]:
        """First weights by the formulas of torch.nn, and first biases."""
        weight, bias, generator = torch.empty(shape), torch.zeros(shape[0]), self._generator
        match self._initial:
            case "default":
                bound = 1 / math.sqrt(math.prod(shape[1:]))
                init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)
                init.uniform_(bias, -bound, bound, generator=generator)
            case "zero":
                init.zeros_(weight)
            case "constant":
                init.constant_(weight, CONSTANT)
            case "xavier":
                init.xavier_uniform_(weight, generator=generator)
            case "kaiming":
                init.kaiming_uniform_(weight, nonlinearity="relu", generator=generator)
        return weight, bias


class Model(ABC):
    """Parameters in layers; a kind of model says what scores they give."""

    def __init__(self, layers: Layers, activation: Activation = "identity") -> None:
        """With the layers as they begin."""
        self.names = tuple(layers.names)
        self.parameters = tuple(layers.parameters)
        self.layer_of = tuple(layers.layer_of)
        self.activate = ACTIVATIONS[activation]
        self.rectifies = activation == "relu"
        self.activated: tuple[int, ...] = ()
        """The layers behind which the activation stands, in the order in which it is called."""

    @abstractmethod
    def scores(self, inputs: Tensor) -> Tensor:
        """A row of scores for each input, (n, classes), or (n, classes, length) for sequences."""

    def attended(self, inputs: Tensor) -> Tensor | None:
        """How much each place looks at each, (n, heads, length, length); None without attention."""
        return None

    def seen(self, inputs: Tensor) -> list[Tensor]:
        """What comes out of each activation for some inputs."""
        outputs: list[Tensor] = []
        activate = self.activate

        def noted(inputs: Tensor) -> Tensor:
            output = activate(inputs)
            outputs.append(output)
            return output

        self.activate = noted
        try:
            self.scores(inputs)
        finally:
            self.activate = activate
        return outputs
