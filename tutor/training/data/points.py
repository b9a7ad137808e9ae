"""Numbers and points in the plane: a line, blobs, moons, XOR, a lesson's own."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from tutor.course.experiment import Data
from tutor.training.data.dataset import DATA_SEED, Dataset, numbered, split
from tutor.training.own_model import Numeric

VALIDATION = 200
"""Points kept apart."""


def line(data: Data) -> Dataset:
    """y = 2x at points from 0 to 3, (n,) in double precision; with 3 examples x = 1, 2, 3."""
    count = data.examples or 3
    x = torch.arange(1, count + 1, dtype=torch.float64) * 3 / count
    noise = torch.randn(count, generator=_generator(), dtype=torch.float64) * (data.noise or 0)
    return split(x * data.scale, 2 * x + noise, 0)


def blobs(data: Data) -> Dataset:
    """Clouds around points of a circle of radius 2: (n, 2), one class a cloud."""
    classes, generator = data.classes or 3, _generator()
    count = (data.examples or 300) + VALIDATION
    labels = torch.arange(count) % classes
    angle = labels * (2 * math.pi / classes) + math.pi / 2
    centres = 2 * torch.stack([angle.cos(), angle.sin()], dim=1)
    noise = _or(data.noise, 0.7)
    points = centres + torch.randn(count, 2, generator=generator) * noise
    return _shuffled(points * data.scale, labels, classes, generator)


def moons(data: Data) -> Dataset:
    """Two half circles that reach into each other: (n, 2)."""
    generator = _generator()
    count = (data.examples or 300) + VALIDATION
    labels = torch.arange(count) % 2
    angle = torch.rand(count, generator=generator) * math.pi
    upper = torch.stack([angle.cos(), angle.sin()], dim=1)
    lower = torch.stack([1 - angle.cos(), 0.5 - angle.sin()], dim=1)
    points = torch.where(labels[:, None] == 0, upper, lower)
    points = points + torch.randn(count, 2, generator=generator) * _or(data.noise, 0.1)
    return _shuffled(points * data.scale, labels, 2, generator)


def xor(data: Data) -> Dataset:
    """The four points whose class is 1 where the coordinates differ: (4, 2)."""
    points = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return split(points * data.scale, torch.tensor([0, 1, 1, 0]), 0, numbered(2))


def own_samples(own: Mapping[str, Numeric]) -> Dataset:
    """The samples of a lesson's own softmax regression: (n, features), in double precision."""
    inputs = torch.tensor(own["x"], dtype=torch.float64)
    labels = torch.tensor(own["label"]).long().reshape(-1)
    classes = torch.tensor(own["b"]).numel()
    return split(inputs.reshape(len(labels), -1), labels, 0, numbered(classes))


def own_line(own: Mapping[str, Numeric]) -> Dataset:
    """The samples of a lesson's own linear regression: (n,) or (n, features)."""
    inputs = torch.tensor(own["x"], dtype=torch.float64)
    return split(inputs, torch.tensor(own["y"], dtype=torch.float64), 0)


def nothing() -> Dataset:
    """One step a batch, and nothing in it."""
    return split(torch.zeros(1), torch.zeros(1), 0)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _generator() -> torch.Generator:
    return torch.Generator().manual_seed(DATA_SEED)


def _shuffled(points: Tensor, labels: Tensor, classes: int, generator: torch.Generator) -> Dataset:
    order = torch.randperm(len(labels), generator=generator)
    return split(points[order], labels[order], VALIDATION, numbered(classes))
