"""How many digits of a number stand in a working: what is exact stays exact and is not padded."""

from __future__ import annotations

import math
from functools import lru_cache

from tutor.engine.precision import NOISE, Precision

EXACT_DIGITS = 9
"""A number that needs no more significant digits than this was not rounded by anybody."""
LARGEST = 1e12
"""From here on numbers are written with a power of ten."""


@lru_cache(maxsize=4096)
def result(value: float, precision: Precision) -> str:
    """A result that is written down: `0.48`, `0.154`, `1.000` for 0.99996, `-inf`."""
    short = _unrounded(value, precision)
    if short is not None:
        return short
    text = precision.text(value)
    # Later lines divide by it or take its logarithm: zeros would say nothing.
    return text if float(text) != 0 else _short(value, 3)


@lru_cache(maxsize=4096)
def given(value: float, precision: Precision) -> str:
    """A number that was given: with all of its digits, unless it is an endless fraction."""
    if not math.isfinite(value) or value == 0 or abs(value) >= LARGEST:
        return result(value, precision)
    short = f"{value:.{EXACT_DIGITS}g}"
    if abs(float(short) - value) > NOISE * abs(value):
        return result(value, precision)
    return _tidied(short) if abs(value) < 1e-5 else _plain(float(short))


def _unrounded(value: float, precision: Precision) -> str | None:
    """A number that the precision asked leaves as it is, without padding; else None."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    if abs(value) >= LARGEST:
        return _short(value, precision.figures or 6)
    whole = round(value)
    if abs(whole - value) <= float(precision.noise(value)):
        return str(whole)
    rounded = float(precision.round(value))
    if rounded != 0 and abs(rounded - value) <= float(precision.noise(value)):
        return _plain(rounded)
    return None


def _plain(value: float) -> str:
    places = max(0, EXACT_DIGITS + 3 - math.floor(math.log10(abs(value))))
    text = f"{value:.{min(places, 17)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(value: float, figures: int) -> str:
    return _tidied(f"{value:.{figures}g}")


def _tidied(text: str) -> str:
    """`4.1e-05` as one writes it: `4.1e-5`."""
    digits, e, exponent = text.partition("e")
    if not e:
        return text
    return f"{digits}e{int(exponent)}"
