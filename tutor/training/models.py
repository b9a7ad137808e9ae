"""The small models of the lab, and how one is trained: a batch, its loss, its gradient, the update.

The update is written out as the lessons write it: torch.optim takes a second and 70 MiB to import.
"""

import math
from collections.abc import Callable, Mapping
from math import isfinite
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from tutor.training.data import VOCABULARY, Dataset, batches, digits, own_sample, sequences
from tutor.training.experiments import Experiment, checked
from tutor.training.own_model import Numeric
from tutor.training.refusal import refuse
from tutor.training.trainee import Evaluated, Facts


class Model(NamedTuple):
    """Parameters, and the scores (logits) that they give inputs."""

    parameters: tuple[Tensor, ...]
    scores: Callable[[Tensor], Tensor]


def softmax_regression(features: int, classes: int) -> Model:
    """One linear layer from zero, so that the first loss is ln(classes)."""
    weight, bias = torch.zeros(classes, features), torch.zeros(classes)

    def scores(inputs: Tensor) -> Tensor:
        return functional.linear(inputs.flatten(1), weight, bias)

    return _trained(scores, weight, bias)


def own_softmax_regression(own: Mapping[str, Numeric]) -> Model:
    """The lesson's own W and b, in double precision: z = W x + b."""
    weight = torch.tensor(own["W"], dtype=torch.float64)
    bias = torch.tensor(own["b"], dtype=torch.float64)
    return _trained(lambda inputs: functional.linear(inputs, weight, bias), weight, bias)


def lenet(classes: int, generator: torch.Generator) -> Model:
    """LeNet for 8x8 images: 8@8x8, pooled 8@4x4, 16@4x4, pooled 16@2x2, 32, classes."""
    kernels_1, bias_1 = _layer(generator, 8, 1, 3, 3)
    kernels_2, bias_2 = _layer(generator, 16, 8, 3, 3)
    weight_3, bias_3 = _layer(generator, 32, 64)
    weight_4, bias_4 = _layer(generator, classes, 32)

    def scores(images: Tensor) -> Tensor:
        maps = functional.conv2d(images.unsqueeze(1), kernels_1, bias_1, padding=1)
        maps = functional.max_pool2d(functional.relu(maps), 2)
        maps = functional.conv2d(maps, kernels_2, bias_2, padding=1)
        maps = functional.max_pool2d(functional.relu(maps), 2)
        hidden = functional.relu(functional.linear(maps.flatten(1), weight_3, bias_3))
        return functional.linear(hidden, weight_4, bias_4)

    return _trained(
        scores, kernels_1, bias_1, kernels_2, bias_2, weight_3, bias_3, weight_4, bias_4
    )


def attention(classes: int, generator: torch.Generator, width: int = 16) -> Model:
    """One layer of self-attention over tokens; the last token's output is classified."""
    # Small, so that every token is first looked at alike: a sharp start gets stuck at 9 in 10.
    embedding = torch.randn(VOCABULARY, width, generator=generator) * 0.3
    to_query, _ = _layer(generator, width, width)
    to_key, _ = _layer(generator, width, width)
    to_value, _ = _layer(generator, width, width)
    weight, bias = _layer(generator, classes, width)

    def scores(tokens: Tensor) -> Tensor:
        embedded = embedding[tokens]
        queries, keys, values = (embedded @ to.T for to in (to_query, to_key, to_value))
        weights = torch.softmax(queries @ keys.transpose(1, 2) / math.sqrt(width), dim=2)
        return functional.linear((weights @ values)[:, -1], weight, bias)

    return _trained(scores, embedding, to_query, to_key, to_value, weight, bias)


def _layer(generator: torch.Generator, *shape: int) -> tuple[Tensor, Tensor]:
    """A weight of which each output sums its inputs at variance 1, and a bias of zeros."""
    inputs = math.prod(shape[1:])
    return torch.randn(*shape, generator=generator) / math.sqrt(inputs), torch.zeros(shape[0])


def _trained(scores: Callable[[Tensor], Tensor], *parameters: Tensor) -> Model:
    for parameter in parameters:
        parameter.requires_grad_()
    return Model(parameters, scores)


class Trainee:
    """A model with its data, at some step of its training by plain stochastic gradient descent."""

    def __init__(self, experiment: Experiment, model: Model, data: Dataset) -> None:
        """The untrained model of an experiment."""
        self.model = model
        self.data = data
        self._batches = batches(data, experiment.batch, experiment.seed)
        # The same memory without the record of operations: updating these needs no torch.no_grad(),
        # which costs 5 microseconds a step.
        self._weights = tuple(parameter.detach() for parameter in model.parameters)
        self._gradients: tuple[Tensor, ...] = ()
        self._parameters, self._scores = model
        self.facts = Facts(
            parameters=sum(parameter.numel() for parameter in model.parameters),
            classes=data.classes,
            train=len(data.labels),
            validation=len(data.validation_labels),
            batches_per_epoch=math.ceil(len(data.labels) / experiment.batch),
        )

    def step(self, learning_rate: float) -> float:
        """The loss of the next batch; if it is finite the weights have moved, else nothing has."""
        # Every microsecond here is one in a hundred of the smallest model's step.
        inputs, labels = next(self._batches)
        loss = functional.cross_entropy(self._scores(inputs), labels)
        value = loss.item()
        if isfinite(value):
            gradients = self._gradients = torch.autograd.grad(loss, self._parameters)
            for weight, gradient in zip(self._weights, gradients, strict=True):
                weight.sub_(gradient, alpha=learning_rate)
        return value

    def gradient_norm(self) -> float:
        """Of the gradient by which the weights last moved."""
        squares = sum(gradient.double().square().sum().item() for gradient in self._gradients)
        return math.sqrt(squares)

    def evaluate(self) -> Evaluated:
        """How the model does on all examples as it is."""
        data = self.data
        return Evaluated(
            *self._measure(data.inputs, data.labels),
            *self._measure(data.validation_inputs, data.validation_labels),
        )

    def numbers(self) -> Mapping[str, Numeric] | None:
        """Nothing: the models of the digits and sequences have too many."""
        return None

    @torch.no_grad()
    def _measure(self, inputs: Tensor, labels: Tensor) -> tuple[float | None, float | None]:
        if not len(labels):
            return None, None
        scores = self.model.scores(inputs)
        loss = functional.cross_entropy(scores, labels).item()
        accuracy = (scores.argmax(1) == labels).double().mean().item()
        return (loss if isfinite(loss) else None), accuracy


class OwnTrainee(Trainee):
    """A lesson's own softmax regression, which keeps each step's scores to be told."""

    def __init__(self, experiment: Experiment, own: Mapping[str, Numeric]) -> None:
        """The lesson's own weights and its one sample."""
        super().__init__(experiment, own_softmax_regression(own), own_sample(own))
        self._scores = self._kept_scores

    def _kept_scores(self, inputs: Tensor) -> Tensor:
        self._last_scores = self.model.scores(inputs)
        return self._last_scores

    def numbers(self) -> Mapping[str, Numeric] | None:
        """The last step as torch computed it: the whole walk of the lesson."""
        next_loss = self.evaluate().train_loss
        if next_loss is None:
            return None
        weight, bias = self.model.parameters
        by_weight, by_bias = self._gradients
        scores = self._last_scores.detach()
        return {
            "z": _vector(scores[0]),
            "p": _vector(torch.softmax(scores[0], dim=0)),
            "loss": functional.cross_entropy(scores, self.data.labels).item(),
            # Each bias is added to its score, and there is one sample: one gradient for both.
            "dz": _vector(by_bias),
            "dW": _matrix(by_weight),
            "db": _vector(by_bias),
            "W": _matrix(weight),
            "b": _vector(bias),
            "next_loss": next_loss,
        }


def _vector(values: Tensor) -> tuple[float, ...]:
    return tuple(values.tolist())


def _matrix(values: Tensor) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, values.tolist()))


def build(experiment: Experiment) -> Trainee:
    """What an experiment trains, at its first step; raises ExperimentError for a bad one."""
    checked(experiment)
    if experiment.own:
        return OwnTrainee(experiment, experiment.own)
    generator = torch.Generator().manual_seed(experiment.seed)
    match experiment.model.kind, experiment.data.kind:
        case "attention", _:
            data = sequences()
            return Trainee(experiment, attention(data.classes, generator), data)
        case "lenet", "digits":
            data = digits()
            return Trainee(experiment, lenet(data.classes, generator), data)
        case "softmax-regression", "digits":
            data = digits()
            return Trainee(experiment, softmax_regression(64, data.classes), data)
        case kind, _:
            refuse("lab.unfit", kind=kind)
    return None
