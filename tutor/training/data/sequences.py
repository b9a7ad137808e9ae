"""Sequences: look-ups of a value by its key, and characters of a text."""

import torch
from torch import Tensor

from tutor.course.experiment import Data
from tutor.training.data.dataset import DATA_SEED, Dataset, numbered, split

KEYS, VALUES = 6, 4
"""How many different keys, and how many values a key can have."""

VOCABULARY = KEYS * VALUES + KEYS
"""Tokens: every pair of a key and its value, then every key that can be asked for."""

VALIDATION = 500

WINDOW = 16
"""Characters that are seen at once."""

TEXT = "hello world "


def look_ups(data: Data) -> Dataset:
    """Six pairs of a key and a value in any order, then a key; its value is the class.

    Tokens (n, 7): `key * VALUES + value` for a pair, `KEYS * VALUES + key` for the question.
    """
    generator = torch.Generator().manual_seed(DATA_SEED)
    count = (data.examples or 2000) + VALIDATION
    keys = torch.rand(count, KEYS, generator=generator).argsort(1)
    values = torch.randint(VALUES, (count, KEYS), generator=generator)
    asked = torch.randint(KEYS, (count, 1), generator=generator)
    tokens = torch.cat([keys * VALUES + values, KEYS * VALUES + keys.gather(1, asked)], dim=1)
    labels = values.gather(1, asked).squeeze(1)
    return split(tokens, labels, VALIDATION, numbered(VALUES), tokens_text)


def token_names(tokens: Tensor) -> tuple[str, ...]:
    """Pairs as `b2`, the question as `b?`."""
    names = []
    for token in tokens.tolist():
        pair = token < KEYS * VALUES
        key = token // VALUES if pair else token - KEYS * VALUES
        names.append("abcdef"[key] + (str(token % VALUES) if pair else "?"))
    return tuple(names)


def tokens_text(tokens: Tensor) -> str:
    """A whole look-up in a line."""
    return " ".join(token_names(tokens))


def text(data: Data) -> Dataset:
    """Each place of a text that goes on from its beginning: (n, 16), and the next characters.

    Nothing is kept apart: where a text is repeated, there is nothing that was not seen.
    """
    words = data.text or TEXT
    alphabet = "".join(sorted(set(words)))
    codes = torch.tensor([alphabet.index(character) for character in words])
    places = torch.arange(len(words))[:, None] + torch.arange(WINDOW + 1)
    windows = codes[places % len(words)]

    def shown(tokens: Tensor) -> str:
        return "".join(alphabet[code] for code in tokens.tolist())

    return split(windows[:, :-1], windows[:, 1:], 0, tuple(alphabet), shown)
