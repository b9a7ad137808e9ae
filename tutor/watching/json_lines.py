"""JSON lines: an object a step, whose numbers are values of tags; nested ones are named a.b."""

import json
import math
from collections.abc import Iterable
from typing import Any

import msgspec

from tutor.watching.csv_rows import step_name
from tutor.watching.lines import Lines
from tutor.watching.points import Item, Passed, Point, Remark, Wishes

DEEPEST, MOST_FIELDS = 8, 10_000
TIMES = ("_timestamp", "timestamp", "wall_time", "time", "ts")
EARLIEST_TIME = 1e8
"""Seconds since 1970: what is less was counted from the beginning of a run."""
NOT_FINITE = {"NaN": math.nan, "nan": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}

GARBAGE = (ValueError, RecursionError)
"""What readers of JSON raise on hostile bytes; all errors of msgspec are ValueErrors."""


def decoded(line: bytes) -> Any:
    """What a line says; None for garbage. Python's own reader knows NaN, which many write."""
    try:
        return msgspec.json.decode(line)
    except GARBAGE:
        pass
    try:
        return json.loads(line)
    except GARBAGE:
        return None


def numbers(found: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, float]:
    """The numbers of an object by their names, those within objects as a.b."""
    flat: dict[str, float] = {}
    for name, value in found.items():
        if isinstance(value, dict) and depth < DEEPEST:
            flat |= numbers(value, f"{before}{name}.", depth + 1)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            flat[before + name] = _float(value)
        elif isinstance(value, str) and value in NOT_FINITE:
            flat[before + name] = NOT_FINITE[value]
        if len(flat) >= MOST_FIELDS:
            break
    return flat


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value)


class ObjectReader:
    """Points of JSON lines; without a field that counts the steps, lines are counted from 0."""

    format = "jsonl"
    state = ""

    def __init__(self, wishes: Wishes) -> None:
        """At the beginning of a file."""
        self._lines = Lines()
        self._unread = Passed("watch.bad-lines")
        self._without = Passed("watch.no-field")
        self._x: str | None = wishes.x
        self._objects = 0

    @property
    def waiting(self) -> int:
        """Bytes of a line whose end is not there yet."""
        return self._lines.waiting

    def feed(self, data: bytes) -> list[Item]:
        """What these bytes complete."""
        return self._items(self._lines.feed(data))

    def finish(self) -> list[Item]:
        """The last line, also without its newline."""
        return self._items(self._lines.finish())

    def remarks(self) -> list[Remark]:
        """Lines that were passed over."""
        found = self._unread.remarks() + self._lines.remarks()
        for one in self._without.remarks():
            found.append(Remark(one.code, {**one.details, "name": self._x or ""}))
        return found

    def _items(self, lines: Iterable[tuple[int, bytes]]) -> list[Item]:
        items: list[Item] = []
        for number, line in lines:
            if not line.strip():
                continue
            found = decoded(line)
            if isinstance(found, dict):
                items += self._points(number, numbers(found))
            else:
                self._unread.note(number)
        return items

    def _points(self, number: int, values: dict[str, float]) -> list[Item]:
        if self._x is None and not self._objects:
            self._x = step_name(values)
        if not values:
            return []
        step: float = self._objects
        self._objects += 1
        if self._x is not None:
            counted = values.get(self._x, math.nan)
            if not math.isfinite(counted):
                self._without.note(number)
                return []
            step = counted
        time = next((values[name] for name in TIMES if name in values), None)
        if time is None or not EARLIEST_TIME < time < math.inf:
            time = None
        return [Point(tag, step, value, time) for tag, value in values.items() if tag != self._x]
