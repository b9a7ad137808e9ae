"""How runs that are watched stand, in words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tutor.messages import say
from tutor.messages.lab import TEXTS as LAB
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import to_left
from tutor.tui.plot.body import LINES, Part
from tutor.tui.plot.lines import SAMPLES
from tutor.tui.plot.scale import count_text
from tutor.tui.watch.plot import read_at, short_names
from tutor.watching.points import Remark, printable
from tutor.watching.reading import Reading

ENDED = ("finished", "diverged", "paused")
"""States of a run of the lab after which nothing has to come."""
SIZES = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
SAMPLE = 6
"""Cells of a piece of a line before the name of its run."""
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


def going(reading: Reading, now: float, language: str, *, brief: bool = False) -> str:
    """Whether a run is still read, has ended, or is waited for, and since when."""
    size, behind = reading.size, reading.behind
    if behind:
        percent = int(100 * reading.offset / size) if size else 0
        return say("watch.reading", language, percent=percent, size=size_text(size))
    if reading.changed is None or reading.refused:
        return ""
    age = age_text(now - reading.changed, language)
    key = f"lab.state-{reading.state}"
    if reading.state in ENDED and key in LAB:
        return say("watch.ended", language, state=say(key, language), age=age)
    if brief:
        return say("watch.written", language, age=age)
    if reading.waiting:
        return say("watch.waiting-tail", language, bytes=reading.waiting, age=age)
    return say("watch.waiting", language, age=age)


class Foot:
    """The lines below the plot: what the curves say at the cursor, and how their runs go on."""

    def __init__(
        self, tag: str | None, cursor: float | None, now: float, language: str, glyphs: Glyphs
    ) -> None:
        """About a tag, at a cursor or at its last value."""
        self.tag, self.cursor = tag, cursor
        self.now, self.language, self.glyphs = now, language, glyphs

    def lines(self, readings: Sequence[Reading]) -> list[tuple[Part, ...]]:
        """Two lines about one run; of several a line each, which is also their legend."""
        if len(readings) == 1:
            (one,) = readings
            kind = say(f"watch.kind-{one.format}", self.language) if one.format else ""
            words = [kind, self._place(one), going(one, self.now, self.language)]
            return [
                (Part(self._value(one), "figure"),),
                (Part("  ".join(word for word in words if word), "label"),),
            ]
        names = short_names(readings)
        width = max(map(cell_len, names), default=0)
        found: list[tuple[Part, ...]] = []
        kinds = iter(LINES)
        for name, one in zip(names, readings, strict=True):
            drawn = bool(one.curves.get(self.tag or ""))
            kind = next(kinds) if drawn else "label"
            sample = SAMPLES[kind][not self.glyphs.braille] if drawn else ""
            value = self._value(one)
            if self.cursor is None:
                value += "  " + going(one, self.now, self.language, brief=True)
            label = to_left(to_left(sample, SAMPLE) + name, SAMPLE + width)
            found.append((Part(label + "  ", kind), Part(value, "figure" if drawn else "label")))
        return found

    def _value(self, reading: Reading) -> str:
        curve = reading.curves.get(self.tag or "")
        if not curve:
            return say("watch.not-here", self.language) if self.tag else ""
        return read_at(curve, self.cursor, self.language)

    def _place(self, reading: Reading) -> str:
        if reading.step is None:
            return ""
        step, points = count_text(reading.step), count_text(reading.points)
        return say("watch.steps", self.language, step=step, points=points)


def said(remark: Remark, language: str) -> str:
    """A remark as a sentence."""
    details = {
        name: printable(value) if isinstance(value, str) else value
        for name, value in remark.details.items()
    }
    return say(remark.code, language, **details)


def remarks_of(readings: Sequence[Reading], language: str) -> list[str]:
    """All remarks about runs, each after the name of its run where there are several."""
    return [
        f"{name}: {said(one, language)}" if len(readings) > 1 else said(one, language)
        for name, reading in zip(short_names(readings), readings, strict=True)
        for one in reading.remarks()
    ]
