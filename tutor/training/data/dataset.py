"""Examples with their labels, and the order in which they are shown."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

import torch
from torch import Tensor

DATA_SEED = 1998
"""Of the split and of what is generated, so that runs with different seeds share their data."""

Shown: TypeAlias = str | tuple[float | tuple[float, ...], ...]
"""An example as it is shown: a text, a point, or an image by rows."""


def as_numbers(example: Tensor) -> Shown:
    """A point or an image, to four places."""
    rounded = example.double().mul(1e4).round().div(1e4).tolist()
    return tuple(tuple(part) if isinstance(part, list) else part for part in rounded)


class Dataset(NamedTuple):
    """Inputs and what is right for them; the validation part may be empty."""

    inputs: Tensor
    labels: Tensor
    """Indices of classes; for a regression the numbers themselves."""
    validation_inputs: Tensor
    validation_labels: Tensor
    names: tuple[str, ...] = ()
    """Of the classes; none for a regression."""
    shown: Callable[[Tensor], Shown] = as_numbers
    """One input as it is shown."""

    @property
    def classes(self) -> int:
        """How many there are to tell apart; 0 for a regression."""
        return len(self.names)


def split(
    inputs: Tensor,
    labels: Tensor,
    validation: int,
    names: tuple[str, ...] = (),
    shown: Callable[[Tensor], Shown] = as_numbers,
) -> Dataset:
    """The last examples kept apart."""
    train = len(labels) - validation
    return Dataset(inputs[:train], labels[:train], inputs[train:], labels[train:], names, shown)


def numbered(classes: int) -> tuple[str, ...]:
    """Classes that are called by their indices."""
    return tuple(map(str, range(classes)))


MOST_LOOKED_AT = 2_000
"""Examples of each part that an evaluation looks at."""

MOST_VALUES = 400_000
"""In all of them together, so that a run of large images begins as soon as one of small ones."""


def few(inputs: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """The first examples, no more than can be looked at in a moment."""
    values = max(1, inputs[0].numel()) if len(inputs) else 1
    most = min(MOST_LOOKED_AT, MOST_VALUES // values)
    return inputs[:most], labels[:most]


class Batches:
    """The training examples batch by batch without end, in a new order each epoch.

    Where a batch takes all examples, they come in their own order. The order can be taken up
    again anywhere, and the size may change within an epoch.
    """

    def __init__(self, data: Dataset, size: int, seed: int) -> None:
        """At the beginning of the first epoch."""
        self.size = size
        self._data = data
        self._generator = torch.Generator().manual_seed(seed)
        self._drawn = self._generator.get_state()
        self._position = 0
        """Examples of this epoch that were shown."""
        self._inputs: Tensor | None = None
        self._labels = data.labels

    def walk(self) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches from where we are; a change needs another walk."""
        data = self._data
        while True:
            if self._position >= len(data.labels):
                self._end_epoch()
            if self.size >= len(data.labels):
                self._end_epoch()
                yield data.inputs, data.labels
                continue
            if self._inputs is None:
                self._shuffle()
            assert self._inputs is not None
            for inputs, labels in zip(
                torch.split(self._inputs[self._position :], self.size),
                torch.split(self._labels[self._position :], self.size),
                strict=True,
            ):
                self._position += len(labels)
                yield inputs, labels

    def _shuffle(self) -> None:
        self._drawn = self._generator.get_state()
        order = torch.randperm(len(self._data.labels), generator=self._generator)
        self._inputs, self._labels = self._data.inputs[order], self._data.labels[order]

    def _end_epoch(self) -> None:
        if self._inputs is not None:
            self._inputs, self._position = None, 0
            self._drawn = self._generator.get_state()

    def state(self) -> dict[str, Any]:
        """What is needed to stand here again."""
        shuffled = self._inputs is not None
        return {
            "drawn": self._drawn, "position": self._position, "size": self.size,
            "shuffled": shuffled,
        }  # fmt: skip

    def restore(self, state: dict[str, Any]) -> None:
        """Stand where a state was taken."""
        self._generator.set_state(state["drawn"])
        self._drawn, self._inputs = state["drawn"], None
        self.size = state["size"]
        if state["shuffled"]:
            self._shuffle()
        self._position = state["position"]
