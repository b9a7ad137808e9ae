"""How runs that are watched stand, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.messages import say
from tutor.messages.lab import TEXTS as LAB
from tutor.tui.scale import count_text
from tutor.watching.points import Remark, printable
from tutor.watching.reading import Reading

ENDED = ("finished", "diverged", "paused")
"""States of a run of the lab after which nothing has to come."""
SIZES = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
AGES = ((86_400, "days"), (3600, "hours"), (60, "minutes"))


def size_text(size: int) -> str:
    """A number of bytes: 12.5 MB."""
    for limit, name in SIZES:
        if size >= limit:
            return f"{size / limit:.3g} {name}"
    return f"{size} B"


def age_text(seconds: float, language: str) -> str:
    """How long ago: 12 s, 3 min, 5 h, 2 days."""
    seconds = max(seconds, 0)
    for length, name in AGES:
        if seconds >= length:
            return say(f"watch.{name}", language, count=int(seconds // length))
    return say("watch.seconds", language, count=int(seconds))


def standing(reading: Reading, now: float, language: str) -> str:
    """Where a run is, and whether it goes on."""
    parts = (_place(reading, language), _going(reading, now, language))
    return "  ".join(part for part in parts if part)


def _place(reading: Reading, language: str) -> str:
    step = reading.step
    if step is None:
        return ""
    return say("watch.steps", language, step=count_text(step), points=count_text(reading.points))


def _going(reading: Reading, now: float, language: str) -> str:
    size, behind = reading.size, reading.behind
    if behind:
        percent = int(100 * reading.offset / size) if size else 0
        return say("watch.reading", language, percent=percent, size=size_text(size))
    if reading.changed is None:
        return ""
    age = age_text(now - reading.changed, language)
    if reading.waiting:
        return say("watch.waiting-tail", language, bytes=reading.waiting, age=age)
    key = f"lab.state-{reading.state}"
    if reading.state in ENDED and key in LAB:
        return say("watch.ended", language, state=say(key, language), age=age)
    return say("watch.waiting", language, age=age)


def said(remark: Remark, language: str) -> str:
    """A remark as a sentence."""
    details = {
        name: printable(value) if isinstance(value, str) else value
        for name, value in remark.details.items()
    }
    return say(remark.code, language, **details)


def remarks_of(readings: Sequence[Reading], names: Sequence[str], language: str) -> list[str]:
    """All remarks about runs, each after the name of its run where there are several."""
    return [
        f"{name}: {said(one, language)}" if len(readings) > 1 else said(one, language)
        for name, reading in zip(names, readings, strict=True)
        for one in reading.remarks()
    ]
