"""Models of sequences: a recurrent layer, attention, a Transformer block."""

import math

import torch
from torch import Tensor
from torch.nn import functional

from tutor.course.experiment import Activation
from tutor.training.models.model import Layers, Model

SMALL = 0.3
"""Spread of embeddings: so that every token is first looked at alike; a sharp start gets stuck."""


class CharacterRNN(Model):
    """One tanh layer over characters, and a linear layer at each of them."""

    def __init__(self, layers: Layers, characters: int, width: int) -> None:
        """Both weights of the layer have one bias, as on paper."""
        self._from_input, self._bias = layers.linear("input", width, characters)
        self._from_state = layers.matrix("state", width, width)
        self._last = layers.linear("output", characters, width)
        super().__init__(layers)

    def scores(self, inputs: Tensor) -> Tensor:
        """Codes (n, length) -> (n, characters, length): of each character the next one's."""
        # A product with a one-hot vector is a column of the weight.
        arriving = self._from_input.T[inputs] + self._bias
        state = arriving.new_zeros(len(inputs), arriving.shape[2])
        states = []
        for place in range(inputs.shape[1]):
            state = torch.tanh(arriving[:, place] + state @ self._from_state.T)
            states.append(state)
        return functional.linear(torch.stack(states, dim=1), *self._last).transpose(1, 2)


class Attention(Model):
    """One layer of self-attention over tokens; the last token's output is classified."""

    def __init__(
        self, layers: Layers, tokens: int, classes: int, width: int, *, scaled: bool = True
    ) -> None:
        """With first weights."""
        self._embedding = layers.table("embedding", tokens, width, SMALL)
        self._query = layers.matrix("query", width, width)
        self._key = layers.matrix("key", width, width)
        self._value = layers.matrix("value", width, width)
        self._last = layers.linear("output", classes, width)
        super().__init__(layers)
        self._divisor = math.sqrt(width) if scaled else 1.0

    def scores(self, inputs: Tensor) -> Tensor:
        """Tokens (n, length) -> (n, classes)."""
        embedded = self._embedding[inputs]
        mixed = self._weights(embedded) @ (embedded @ self._value.T)
        return functional.linear(mixed[:, -1], *self._last)

    def _weights(self, embedded: Tensor) -> Tensor:
        queries, keys = embedded @ self._query.T, embedded @ self._key.T
        return torch.softmax(queries @ keys.transpose(1, 2) / self._divisor, dim=2)

    def attended(self, inputs: Tensor) -> Tensor:
        """(n, 1, length, length)."""
        return self._weights(self._embedding[inputs])[:, None]


class Transformer(Model):
    """One block: attention and a feed-forward part, each behind a layer norm and with a way round.

    With `each` it tells scores at each place, else at the last one.
    """

    def __init__(
        self,
        layers: Layers,
        tokens: int,
        length: int,
        classes: int,
        width: int,
        heads: int,
        *,
        scaled: bool,
        positions: bool,
        causal: bool,
        activation: Activation,
        each: bool,
    ) -> None:
        """With first weights; the feed-forward part is four times as wide."""
        self._embedding = layers.table("embedding", tokens, width, SMALL)
        self._positions = layers.table("positions", length, width, SMALL) if positions else None
        self._norm_1 = layers.given("norm1", torch.ones(width), torch.zeros(width))
        self._query = layers.matrix("query", width, width)
        self._key = layers.matrix("key", width, width)
        self._value = layers.matrix("value", width, width)
        self._mix = layers.linear("mix", width, width)
        self._norm_2 = layers.given("norm2", torch.ones(width), torch.zeros(width))
        self._wide = layers.linear("wide", 4 * width, width)
        self._narrow = layers.linear("narrow", width, 4 * width)
        self._last = layers.linear("output", classes, width)
        super().__init__(layers, activation)
        self.activated = (layers.names.index("wide"),)
        self._width, self._heads, self._each = width, heads, each
        self._divisor = math.sqrt(width // heads) if scaled else 1.0
        later = torch.ones(length, length).triu(1).bool()
        self._hidden = later if causal else torch.zeros_like(later)

    def scores(self, inputs: Tensor) -> Tensor:
        """Tokens (n, length) -> (n, classes), or (n, classes, length) with `each`."""
        stream = self._embedded(inputs)
        normed = self._normed(stream, self._norm_1)
        mixed = (self._weights(normed) @ self._split(normed @ self._value.T)).transpose(1, 2)
        stream = stream + functional.linear(mixed.flatten(2), *self._mix)
        normed = self._normed(stream, self._norm_2)
        wide = self.activate(functional.linear(normed, *self._wide))
        stream = stream + functional.linear(wide, *self._narrow)
        if self._each:
            return functional.linear(stream, *self._last).transpose(1, 2)
        return functional.linear(stream[:, -1], *self._last)

    def _embedded(self, inputs: Tensor) -> Tensor:
        embedded = self._embedding[inputs]
        return embedded if self._positions is None else embedded + self._positions

    def _normed(self, stream: Tensor, norm: tuple[Tensor, ...]) -> Tensor:
        return functional.layer_norm(stream, (self._width,), norm[0], norm[1])

    def _split(self, values: Tensor) -> Tensor:
        """(n, length, width) -> (n, heads, length, width of a head)."""
        return values.reshape(*values.shape[:2], self._heads, -1).transpose(1, 2)

    def _weights(self, normed: Tensor) -> Tensor:
        queries, keys = self._split(normed @ self._query.T), self._split(normed @ self._key.T)
        scores = queries @ keys.transpose(2, 3) / self._divisor
        return torch.softmax(scores.masked_fill(self._hidden, -math.inf), dim=3)

    def attended(self, inputs: Tensor) -> Tensor:
        """(n, heads, length, length)."""
        return self._weights(self._normed(self._embedded(inputs), self._norm_1))
