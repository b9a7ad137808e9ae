"""Where a learner's own working leaves the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Array, Precision
from tutor.engine.rounding import bounded
from tutor.engine.spread import Bounded
from tutor.engine.working.line import Line


@dataclass(frozen=True, slots=True)
class Parting:
    """The first line that differs by more than rounding, and its first cell that does."""

    line: int
    place: int


def parting(
    right: Sequence[Line], own: Sequence[Line], names: Mapping[str, Bounded], precision: Precision
) -> Parting | None:
    """Where two workings of the same formula part; None where they never do.

    `names` are those of the right working, with how far each may honestly be off.
    """
    for at, (line, other) in enumerate(zip(right, own, strict=True)):
        if line.value.shape != other.value.shape:
            return Parting(at, line.places[0])
        apart = _apart(line, other.value, names, precision)
        if apart.any():
            return Parting(at, line.places[int(np.argmax(apart))])
    return None


def _apart(
    line: Line, own: Array, names: Mapping[str, Bounded], precision: Precision
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    formula = Formula("", line.node, (), frozenset())
    radius = bounded(formula, names, precision).radius.reshape(-1)[list(line.places)]
    slack = np.where(np.isfinite(radius), radius, 0.0)
    value, other = line.value.reshape(-1), own.reshape(-1)
    half = precision.half_unit(np.where(np.isfinite(value), value, 0.0))
    with np.errstate(invalid="ignore"):
        close = np.abs(value - other) <= slack + half + precision.noise(value)
    return np.asarray(~(close | (value == other)))
