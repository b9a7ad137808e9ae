"""An axis: which values it spans, where they lie on it, and the round numbers written beside it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

LARGEST = 1e300
"""Beyond, the span of an axis would overflow."""
SMALLEST = 1e-300
"""Below, numbers lose their digits, and a span its parts."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear or logarithmic axis from a low value to a high one."""

    low: float
    high: float
    log: bool = False

    def part(self, value: float) -> float:
        """How far along the axis a value lies: 0 at its low end, 1 at its high end."""
        if self.log:
            value = max(value, SMALLEST)
            span = math.log10(self.high) - math.log10(self.low)
            return (math.log10(value) - math.log10(self.low)) / span
        return (value - self.low) / (self.high - self.low)

    def dot(self, value: float, dots: int) -> int:
        """The dot of a value, counted from the low end; the last one for what lies beyond."""
        return self.dots([value], dots)[0]

    def dots(self, values: Iterable[float], dots: int) -> list[int]:
        """The dots of values, each counted from the low end; the last one for what lies beyond."""
        low, high, top = self.low, self.high, dots - 1
        if self.log:
            low, high = math.log10(low), math.log10(high)
            values = [math.log10(max(value, SMALLEST)) for value in values]
        factor = top / (high - low)
        return [
            0 if value < low else top if value > high else int((value - low) * factor + 0.5)
            for value in values
        ]


def within_reach(value: float) -> float:
    """The value, or the largest that can be drawn."""
    return value if -LARGEST < value < LARGEST else math.copysign(LARGEST, value)


def spanning(values: Iterable[float], *, log: bool = False) -> Scale | None:
    """An axis for values, with round ends; None when no value is finite.

    A log axis is for values above 0: whoever asks for one has looked.
    """
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return None
    low, high = within_reach(min(finite)), within_reach(max(finite))
    if log:
        low, high = max(low, SMALLEST), max(high, SMALLEST)
        spread = high > low * (1 + 1e-9)
        return Scale(low, high, log=True) if spread else Scale(low / 2, high * 2, log=True)
    if high - low <= max(1e-9 * max(abs(low), abs(high)), SMALLEST):
        room = abs(low) / 10 if abs(low) > SMALLEST else 0.5
        return Scale(low - room, high + room)
    half = round_step((high - low) / 4) / 2
    return Scale(math.floor(low / half) * half, math.ceil(high / half) * half)


def round_step(step: float) -> float:
    """The next step of 1, 2 or 5 times a power of ten."""
    if step <= 0:
        return 1.0
    power = float(10.0 ** math.floor(math.log10(step)))
    if power == 0:
        return step
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * 0.999)


def ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    """Round values on an axis, at most so many, and how they are written."""
    return (log_ticks(scale, most) if scale.log else []) or linear_ticks(scale, most)


def linear_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    """Multiples of a round step."""
    step = round_step((scale.high - scale.low) / max(most, 1))
    while True:
        first = math.ceil(scale.low / step - 1e-9)
        last = math.floor(scale.high / step + 1e-9)
        if last - first < max(most, 1):
            break
        step = round_step(step * 1.5)
    return [(count * step, tick_text(count * step, step)) for count in range(first, last + 1)]


def log_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    """Powers of ten, or 1, 2 and 5 times them; nothing when there are not two in the span."""
    first, last = math.log10(scale.low), math.log10(scale.high)
    powers = range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1)
    values = [10.0**power for power in powers[:: -(-len(powers) // max(most, 1)) or 1]]
    if len(powers) < 3:
        finer = [
            factor * 10.0**power
            for power in range(math.floor(first), math.floor(last) + 1)
            for factor in (1, 2, 5)
            if first - 1e-9 <= math.log10(factor) + power <= last + 1e-9
        ]
        values = finer if len(finer) <= most else values
    return [(value, tick_text(value, value)) for value in values] if len(values) > 1 else []


def tick_text(value: float, step: float) -> str:
    """A value on an axis with the decimals that its step needs, or short: 2.50, 1e6, 3e-7."""
    if abs(value) < step / 1000:
        return "0"
    if abs(value) >= 1e5 or step < 1e-4:
        return short(value)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{decimals}f}"


def short(value: float, digits: int = 3) -> str:
    """A number in a few digits: 0.312, 12500, 1.5e6, 3e-7."""
    text = f"{value:.{digits}g}"
    if "e" in text and 1 <= abs(value) < 1e5:
        return f"{value:.0f}"
    digits_part, e, exponent = text.partition("e")
    return f"{digits_part}{e}{int(exponent)}" if e else text


def count_text(value: float) -> str:
    """A number of steps: 900, 12k, 1.5M."""
    for limit, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= limit:
            return f"{value / (1000 if sign == 'k' else limit):.4g}{sign}"
    return f"{value:.6g}"
