"""The knobs of the lab: which value the next turn gives."""

from __future__ import annotations

import math

LEAST_RATE, MOST_RATE = 1e-5, 1000.0
LEAST_PACE, MOST_PACE = 1.0, 1000.0
FULL_SPEED = 0.0
"""The pace that a run takes for: as fast as it goes."""


def spelled(field: str) -> str:
    """A field of an experiment as the keys of the messages write it: model-initial."""
    return field.replace("_", "-").replace(".", "-")


def rung(value: float, way: int) -> float:
    """The nearest of 1, 2 and 5 times a power of ten, above a value or below it."""
    exponent = math.floor(math.log10(value))
    # Read from text, so that 0.1 is the 0.1 that a lesson says.
    ladder = [
        float(f"{factor}e{power}")
        for power in range(exponent - 1, exponent + 2)
        for factor in (1, 2, 5)
    ]
    if way > 0:
        return min(one for one in ladder if one > value * (1 + 1e-9))
    return max(one for one in ladder if one < value * (1 - 1e-9))


def turned_rate(value: float, way: int) -> float | None:
    """The next learning rate up or down; None at the end."""
    if value <= 0:
        return LEAST_RATE if way > 0 else None
    following = rung(value, way)
    return following if LEAST_RATE <= following <= MOST_RATE else None


def turned_pace(value: float, way: int) -> float | None:
    """The next pace in steps a second, full speed above the highest; None at the end."""
    if value == FULL_SPEED:
        return MOST_PACE if way < 0 else None
    following = rung(value, way)
    if following > MOST_PACE:
        return FULL_SPEED
    return following if following >= LEAST_PACE else None
