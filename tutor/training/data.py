"""What the models are trained on: shipped, generated, or a lesson's own, and always the same."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from tutor.training.own_model import Numeric

DATA_SEED = 1998
"""Of the split and of what is generated, so that runs with different seeds share their data."""

VALIDATION_DIGITS = 360

KEYS, VALUES = 6, 4
"""Of the sequences: how many different keys, and how many values a key can have."""

VOCABULARY = KEYS * VALUES + KEYS
"""Tokens: every pair of a key and its value, then every key that can be asked for."""


class Dataset(NamedTuple):
    """Inputs and the indices of their classes; the validation part may be empty."""

    inputs: Tensor
    labels: Tensor
    validation_inputs: Tensor
    validation_labels: Tensor
    classes: int


def digits() -> Dataset:
    """The 8x8 handwritten digits, pixels in [0, 1]: (1437, 8, 8) to train and (360, 8, 8) apart."""
    with (files(__package__) / "digits.npz").open("rb") as file, np.load(file) as held:
        images = torch.from_numpy(held["images"]).float() / 16
        labels = torch.from_numpy(held["labels"]).long()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(DATA_SEED))
    return _split(images[order], labels[order], VALIDATION_DIGITS, 10)


def sequences(train: int = 2000, validation: int = 500) -> Dataset:
    """Look-ups: six pairs of a key and a value in any order, then a key; its value is the class.

    Tokens (n, 7): `key * VALUES + value` for a pair, `KEYS * VALUES + key` for the question.
    """
    generator = torch.Generator().manual_seed(DATA_SEED)
    count = train + validation
    keys = torch.rand(count, KEYS, generator=generator).argsort(1)
    values = torch.randint(VALUES, (count, KEYS), generator=generator)
    asked = torch.randint(KEYS, (count, 1), generator=generator)
    tokens = torch.cat([keys * VALUES + values, KEYS * VALUES + keys.gather(1, asked)], dim=1)
    return _split(tokens, values.gather(1, asked).squeeze(1), validation, VALUES)


def own_sample(own: Mapping[str, Numeric]) -> Dataset:
    """A lesson's own sample, alone: (1, features), in double precision."""
    inputs = torch.tensor([own["x"]], dtype=torch.float64)
    labels = torch.tensor([int(own["label"])])  # type: ignore[arg-type]
    return Dataset(inputs, labels, inputs[:0], labels[:0], len(own["b"]))  # type: ignore[arg-type]


def batches(data: Dataset, size: int, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
    """The training examples batch by batch without end, in a new order each epoch."""
    generator = torch.Generator().manual_seed(seed)
    while True:
        order = torch.randperm(len(data.labels), generator=generator)
        yield from zip(
            torch.split(data.inputs[order], size),
            torch.split(data.labels[order], size),
            strict=True,
        )


def _split(inputs: Tensor, labels: Tensor, validation: int, classes: int) -> Dataset:
    return Dataset(
        inputs[:-validation],
        labels[:-validation],
        inputs[-validation:],
        labels[-validation:],
        classes,
    )
