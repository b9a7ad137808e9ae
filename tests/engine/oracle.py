"""Torch as the oracle: the same function of the same numbers, in float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tests.examples import times
from tutor.engine.formula import parse
from tutor.engine.precision import Array
from tutor.engine.value import evaluate

some = settings(max_examples=times(40))
"""Examples of one run; each run draws others."""

EXTREME = [0.0, 1000.0, -1000.0, 1e-9, -1e-9, 40.0, -40.0, 1.0]


def numbers(shape: Any, low: float = -5, high: float = 5, extreme: bool = True) -> Any:
    """Arrays of a shape (or of shapes from a strategy), some of their numbers extreme."""
    usual = st.floats(low, high, allow_subnormal=False)
    return arrays(
        np.float64, shape, elements=usual | st.sampled_from(EXTREME) if extreme else usual
    )


def shapes(low: int = 0, high: int = 3, side: int = 4) -> Any:
    """Shapes with `low` to `high` axes."""
    return array_shapes(min_dims=low, max_dims=high, max_side=side)


def tensor(numbers: Any) -> torch.Tensor:
    return torch.tensor(np.asarray(numbers), dtype=torch.float64)


def whole(numbers: Any) -> torch.Tensor:
    return torch.tensor(np.asarray(numbers), dtype=torch.int64)


def value(text: str, **names: Any) -> Array:
    """What our formula gives."""
    return evaluate(parse(text, names), {name: np.asarray(one) for name, one in names.items()})


def agree(ours: Array, theirs: torch.Tensor, absolute: float = 1e-12) -> None:
    """The same shape, and the same numbers up to float noise."""
    expected = theirs.detach().numpy()
    assert ours.shape == expected.shape
    np.testing.assert_allclose(ours, expected, rtol=1e-10, atol=absolute)
