"""Images: handwritten digits, glyphs, edges, one bright pixel."""

from importlib.resources import files

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tutor.course.experiment import Data
from tutor.training.data.dataset import DATA_SEED, Dataset, numbered, split

VALIDATION_DIGITS = 360
VALIDATION = 200
"""Generated images kept apart."""

SIDE = 8
LARGE_SIDE = 28

EDGE = ((1.0, 0.0, -1.0),) * 3
"""The kernel that `edges` are made with: it is not 0 where left and right differ."""


def digits(data: Data) -> Dataset:
    """The 8x8 handwritten digits, pixels in [0, 1]: (1437, 8, 8) to train and (360, 8, 8) apart."""
    with (files("tutor.training") / "digits.npz").open("rb") as file, np.load(file) as held:
        images = torch.from_numpy(held["images"]).float() / 16
        labels = torch.from_numpy(held["labels"]).long()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(DATA_SEED))
    whole = split(images[order] * data.scale, labels[order], VALIDATION_DIGITS, numbered(10))
    count = data.examples or len(whole.labels)
    return whole._replace(inputs=whole.inputs[:count], labels=whole.labels[:count])


def digits_28(data: Data) -> Dataset:
    """The same digits made larger: (n, 28, 28), each pixel mixed from its neighbours."""
    small = digits(data)
    return small._replace(
        inputs=_enlarged(small.inputs), validation_inputs=_enlarged(small.validation_inputs)
    )


def _enlarged(images: Tensor) -> Tensor:
    size = (LARGE_SIDE, LARGE_SIDE)
    return functional.interpolate(images[:, None], size, mode="bilinear")[:, 0]


FONT = (
    ("###", "#.#", "#.#", "#.#", "###"),
    (".#.", "##.", ".#.", ".#.", "###"),
    ("###", "..#", "###", "#..", "###"),
    ("###", "..#", ".##", "..#", "###"),
    ("#.#", "#.#", "###", "..#", "..#"),
    ("###", "#..", "###", "..#", "###"),
    ("###", "#..", "###", "#.#", "###"),
    ("###", "..#", ".#.", ".#.", ".#."),
    ("###", "#.#", "###", "#.#", "###"),
    ("###", "#.#", "###", "..#", "###"),
)
"""The digits in 3x5 dots."""


def glyphs(data: Data) -> Dataset:
    """3x5 digits anywhere in 8x8 images, with noise: (n, 8, 8)."""
    generator = torch.Generator().manual_seed(DATA_SEED)
    classes = min(data.classes or len(FONT), len(FONT))
    font = torch.tensor([[[float(dot == "#") for dot in row] for row in one] for one in FONT])
    count = (data.examples or 1000) + VALIDATION
    labels = torch.randint(classes, (count,), generator=generator)
    top = torch.randint(SIDE - 4, (count,), generator=generator)
    left = torch.randint(SIDE - 2, (count,), generator=generator)
    images = torch.randn(count, SIDE, SIDE, generator=generator) * _or(data.noise, 0.1)
    places = zip(labels.tolist(), top.tolist(), left.tolist(), strict=True)
    for image, (label, row, column) in zip(images, places, strict=True):
        image[row : row + 5, column : column + 3] += font[label]
    return split(images * data.scale, labels, VALIDATION, numbered(classes))


def edges(data: Data) -> Dataset:
    """Images of dots, (n, 1, 8, 8), and what the kernel makes of them, (n, 1, 6, 6)."""
    generator = torch.Generator().manual_seed(DATA_SEED)
    count = (data.examples or 200) + VALIDATION
    images = (torch.rand(count, 1, SIDE, SIDE, generator=generator) < 0.5).float()
    kernel = torch.tensor(EDGE)[None, None]
    wanted = functional.conv2d(images, kernel)
    wanted = wanted + torch.randn(wanted.shape, generator=generator) * _or(data.noise, 0.0)
    return split(images * data.scale, wanted, VALIDATION)


def bright_pixel(data: Data) -> Dataset:
    """Noisy images, every second with one pixel brighter by 1: (n, 8, 8); the class says which."""
    generator = torch.Generator().manual_seed(DATA_SEED)
    count = (data.examples or 400) + VALIDATION
    images = torch.randn(count, SIDE, SIDE, generator=generator) * _or(data.noise, 0.1)
    labels = torch.randint(2, (count,), generator=generator)
    places = torch.randint(SIDE * SIDE, (count,), generator=generator)
    images.flatten(1)[torch.arange(count), places] += labels
    return split(images * data.scale, labels, VALIDATION, numbered(2))


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
