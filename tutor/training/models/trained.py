"""A model with its data: batch, loss, gradient, update, and what there is to know of it."""

import io
import math
import pickle
from collections.abc import Iterator, Mapping, Sized
from math import isfinite
from typing import Any

import torch
from torch import Tensor

from tutor.training.data.dataset import Batches, Dataset, few
from tutor.training.experiments import Experiment
from tutor.training.fits import losses
from tutor.training.models import pictures
from tutor.training.models.losses import Loss, loss_of
from tutor.training.models.model import Model
from tutor.training.models.optimisers import OPTIMISERS, Descent
from tutor.training.own_model import Numeric
from tutor.training.protocol import Sample
from tutor.training.trainee import Drawn, Evaluated, Facts, Moved

ARCHIVE = b"PK\x03\x04"
"""How the file of a state begins."""

LOOKED_AT = 256
"""Training examples that have to leave a unit dead for it to count as dead."""


class Trained:
    """A model at some step of its training."""

    def __init__(self, made: Experiment, model: Model, data: Dataset) -> None:
        """The untrained model of an experiment."""
        self.model = model
        self.data = data
        self._loss_kind = made.loss if losses(made.model, made.data) else None
        self._temperature = made.temperature
        self._loss = self._chosen_loss()
        self._order = Batches(data, made.batch, made.seed)
        self._batches = self._walk()
        self._parameters = model.parameters
        self._scores = model.scores
        # The same memory without the record of operations: updating these needs no torch.no_grad(),
        # which costs 5 microseconds a step.
        self._weights = tuple(parameter.detach() for parameter in model.parameters)
        self._gradients: tuple[Tensor, ...] = ()
        optimiser = made.optimiser
        self._optimiser = OPTIMISERS[optimiser.kind](
            self._weights, made.learning_rate, optimiser.momentum, optimiser.weight_decay
        )
        self.layers = model.names
        self.pictures = pictures.names(model, data)
        self.facts = Facts(
            parameters=sum(parameter.numel() for parameter in model.parameters),
            classes=data.classes,
            train=len(data.labels),
            validation=len(data.validation_labels),
            batches_per_epoch=math.ceil(len(data.labels) / made.batch),
        )

    def _walk(self) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches from here on."""
        return self._order.walk()

    def _chosen_loss(self) -> Loss:
        return loss_of(self._loss_kind, self._temperature)

    def step(self) -> float:
        """The loss of the next batch; if it is finite the weights have moved, else it is NaN."""
        losses: list[float] = []
        return losses[0] if self.steps(1, losses, -math.inf, ()) else math.nan

    def steps(self, most: int, losses: list[float], low: float, waiting: Sized) -> bool:
        """Take up to so many steps, until a loss is low enough or something waits.

        Each loss is added to `losses`; False for one that is not finite: then nothing has moved.
        """
        # Every microsecond here is one in a hundred of the smallest model's step.
        batches, scores, loss_of, parameters = (
            self._batches, self._scores, self._loss, self._parameters,
        )  # fmt: skip
        gradient_of, update = torch.autograd.grad, self._optimiser.update
        for _ in range(most):
            inputs, labels = next(batches)
            loss = loss_of(scores(inputs), labels)
            value = loss.item()
            if not isfinite(value):
                return False
            gradients = self._gradients = gradient_of(loss, parameters)
            update(gradients)
            losses.append(value)
            if value <= low or waiting:
                break
        return True

    # The same in parts, for ranks that average their gradients in between

    def batch(self) -> tuple[Tensor, Tensor]:
        """The next batch: inputs and labels."""
        return next(self._batches)

    def gradients(self, inputs: Tensor, labels: Tensor) -> tuple[float, tuple[Tensor, ...]]:
        """The loss of some examples, and its gradient at each parameter."""
        loss = self._loss(self._scores(inputs), labels)
        return loss.item(), torch.autograd.grad(loss, self._parameters)

    def update(self, gradients: tuple[Tensor, ...]) -> None:
        """Move the weights by gradients, in the order of the parameters."""
        self._gradients = gradients
        self._optimiser.update(gradients)

    def turn(self, knob: str, value: float | str) -> None:
        """Turn a knob for the next step."""
        match knob, value:
            case "optimiser", str():
                self._optimiser = self._another(OPTIMISERS[value])
            case "batch", float():
                self._order.size = int(value)
                self._batches = self._walk()
            case "temperature", float():
                self._temperature = value
                self._loss = self._chosen_loss()
            case "learning_rate", float():
                self._optimiser.rate = value
            case "momentum", float():
                self._optimiser.momentum = value
            case "weight_decay", float():
                self._optimiser.weight_decay = value

    def _another(self, kind: type[Descent]) -> Descent:
        """Another optimiser with the same knobs; the same one goes on as it is."""
        before = self._optimiser
        if type(before) is kind:
            return before
        return kind(self._weights, before.rate, before.momentum, before.weight_decay)

    # What there is to know

    def gradient_norm(self) -> float:
        """Of the gradient by which the weights last moved."""
        squares = sum(gradient.double().square().sum().item() for gradient in self._gradients)
        return math.sqrt(squares)

    @torch.no_grad()
    def evaluate(self) -> Evaluated:
        """How the model does on the examples as it is."""
        data = self.data
        return Evaluated(
            *self._measure(data.inputs, data.labels),
            *self._measure(data.validation_inputs, data.validation_labels),
        )

    def _measure(self, inputs: Tensor, labels: Tensor) -> tuple[float | None, float | None]:
        inputs, labels = few(inputs, labels)
        if not len(labels):
            return None, None
        scores = self.model.scores(inputs)
        loss = self._loss(scores, labels).item()
        accuracy = None
        if self.data.classes:
            accuracy = (scores.argmax(1) == labels).double().mean().item()
        return (loss if isfinite(loss) else None), accuracy

    def numbers(self) -> Mapping[str, Numeric] | None:
        """Nothing: most models have too many."""
        return None

    @torch.no_grad()
    def moved(self) -> Moved:
        """How the last step moved each layer."""
        count = len(self.layers)
        weights = self._norms(self._weights)
        if not self._gradients:
            nothing = (None,) * count
            return Moved(nothing, weights, nothing, self._dead())
        updates = self._norms(self._optimiser.moved(self._gradients))
        ratios = (
            update / weight if update is not None and weight else None
            for update, weight in zip(updates, weights, strict=True)
        )
        return Moved(self._norms(self._gradients), weights, tuple(ratios), self._dead())

    def _norms(self, values: Any) -> tuple[float | None, ...]:
        """One norm a layer."""
        squares = [0.0] * len(self.layers)
        for layer, value in zip(self.model.layer_of, values, strict=True):
            squares[layer] += value.double().square().sum().item()
        return tuple(math.sqrt(one) if isfinite(one) else None for one in squares)

    def _dead(self) -> tuple[float | None, ...]:
        """The share of ReLU units behind each layer that are 0 for every example looked at."""
        shares: list[float | None] = [None] * len(self.layers)
        if self.model.rectifies and self.model.activated:
            outputs = self.model.seen(self.data.inputs[:LOOKED_AT])
            for layer, output in zip(self.model.activated, outputs, strict=True):
                # Units are the maps of a convolution; else the last axis.
                units = output.movedim(1 if output.ndim == 4 else -1, 0).flatten(1)
                shares[layer] = (units == 0).all(dim=1).double().mean().item()
        return tuple(shares)

    @torch.no_grad()
    def picture(self, name: str) -> Drawn:
        """One of `pictures` as it is now."""
        return pictures.drawn(name, self.model, self.data)

    @torch.no_grad()
    def board(self) -> tuple[Sample, ...]:
        """What is said of a few examples."""
        return pictures.board(self.model, self.data, self._temperature)

    # Standing where it once stood

    def state(self) -> dict[str, Any]:
        """Weights, what the optimiser remembers, and the order of the examples."""
        return {
            "weights": [weight.clone() for weight in self._weights],
            "optimiser": self._optimiser.kind,
            "remembered": self._optimiser.state(),
            "order": self._order.state(),
        }

    def restore(self, state: Any) -> None:
        """Stand where a state was taken."""
        for weight, kept in zip(self._weights, state["weights"], strict=True):
            if weight.shape != kept.shape:
                raise ValueError("the state of another model")
            weight.copy_(kept)
        self._gradients = ()
        self._optimiser = self._another(OPTIMISERS[state["optimiser"]])
        self._optimiser.restore(state["remembered"])
        self._order.restore(state["order"])
        self._batches = self._walk()

    def packed(self, state: object, told: Mapping[str, object]) -> bytes:
        """A state for a file, with what the loop wants to keep beside it."""
        file = io.BytesIO()
        torch.save({"state": state, "told": dict(told)}, file)
        return file.getvalue()

    def unpacked(self, data: bytes) -> tuple[object, Mapping[str, object]]:
        """What `packed` was given; it runs no code that a file might hold."""
        # What is no archive would be read in an older form, which fails in any way there is.
        if not data.startswith(ARCHIVE):
            raise ValueError("no state of a run")
        try:
            held = torch.load(io.BytesIO(data), weights_only=True)
            return held["state"], held["told"]
        except (
            pickle.UnpicklingError, RuntimeError, EOFError, LookupError, TypeError, AttributeError,
            AssertionError,
        ) as error:  # fmt: skip
            raise ValueError(str(error)[:200]) from error
