"""Our own events: the lines that the lab's child says, as docs/lab-protocol.md has them.

They are read field by field and not as the messages of the protocol, since files of every version
are to be watched: what a line lacks, or says of something else, is passed over.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from tutor.training.curves import Bin
from tutor.watching.json_lines import decoded
from tutor.watching.lines import Lines
from tutor.watching.points import Begun, Item, Passed, Point, Remark

LOSS = "loss"
"""The tag of the loss of each step's batch."""
MEASURED = ("train_loss", "validation_loss", "train_accuracy", "validation_accuracy")
LAYERS = {
    "gradient_norms": "gradient_norm", "weight_norms": "weight_norm",
    "update_ratios": "update_ratio", "dead": "dead",
}  # fmt: skip
"""What is said of each layer, and how its tags begin."""
LAST_STEP = 2**53


class LabReader:
    """Points of `events.jsonl`: the loss of each step, and what else is measured now and then."""

    format = "lab"

    def __init__(self) -> None:
        """At the beginning of a file."""
        self.state = ""
        self._lines = Lines()
        self._unread = Passed("watch.bad-lines")
        self._run: object = None

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
        return self._unread.remarks() + self._lines.remarks()

    def _items(self, lines: Iterable[tuple[int, bytes]]) -> list[Item]:
        items: list[Item] = []
        for number, line in lines:
            if not line.strip():
                continue
            said = decoded(line)
            try:
                items += self._told(said) if isinstance(said, dict) else _unreadable()
            except (ValueError, OverflowError):
                self._unread.note(number)
        return items

    def _told(self, said: dict[str, Any]) -> list[Item]:
        """What a line says; ValueError where a field is not of its type."""
        kind, run = said.get("kind"), said.get("run")
        if kind == "ready":
            self._run, self.state = run, ""
            # A run that was rewound, or taken up again, goes on from a step of the one before it.
            step = said.get("step")
            return [Begun(_step(step)) if step else Begun()]
        if run != self._run or kind not in ("metrics", "evaluation", "state", "layers"):
            return []
        step = _step(said.get("step"))
        if kind == "metrics":
            speed = _points({"steps_per_second": said.get("steps_per_second")}, step)
            return [*_losses(said, step), *speed]
        if kind == "evaluation":
            return list(_points({tag: said.get(tag) for tag in MEASURED}, step))
        return list(self._state(said, step) if kind == "state" else _layers(said, step))

    def _state(self, said: dict[str, Any], step: int) -> Iterator[Item]:
        self.state = str(said.get("state", ""))
        knobs = said.get("knobs", {})
        if not isinstance(knobs, dict):
            raise ValueError
        turned = {"learning_rate": said.get("learning_rate"), **knobs}
        yield from _points({f"knob/{name}": value for name, value in turned.items()}, step)
        if self.state == "diverged":
            yield Point(LOSS, step, math.nan)


def _unreadable() -> list[Item]:
    raise ValueError


def _step(step: object) -> int:
    if not isinstance(step, int) or not 0 <= step <= LAST_STEP:
        raise ValueError
    return step


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _points(values: dict[str, Any], step: int) -> Iterator[Item]:
    """The numbers among some values; what is null or a word is passed over."""
    for tag, value in values.items():
        if _is_number(value):
            yield Point(tag, step, float(value))


def _layers(said: dict[str, Any], step: int) -> Iterator[Item]:
    names = said.get("names")
    if not isinstance(names, list):
        raise ValueError
    for field, tag in LAYERS.items():
        values = said.get(field, [])
        if not isinstance(values, list):
            raise ValueError
        yield from _points(
            {f"{tag}/{name}": value for name, value in zip(names, values, strict=False)}, step
        )


def _losses(said: dict[str, Any], last: int) -> list[Item]:
    """The losses that a line carries: the last of them is that of its step."""
    losses, held_losses = said.get("losses", []), said.get("bins", [])
    if not isinstance(losses, list) or not all(map(_is_number, losses)):
        raise ValueError
    if not isinstance(held_losses, list):
        raise ValueError
    bins = [_bin(held) for held in held_losses]
    step = last - len(losses) - sum(held.size for held in bins) + 1
    items: list[Item] = []
    for value in losses:
        items.append(Point(LOSS, step, float(value)))
        step += 1
    for held in bins:
        items.append(Point(LOSS, step, held.total / held.size, held=held))
        step += held.size
    return items


def _bin(held: object) -> Bin:
    """The least, the largest, the sum and the number of some consecutive losses."""
    if not isinstance(held, list) or len(held) != 4 or not all(map(_is_number, held)):
        raise ValueError
    low, high, total, size = held
    if not isinstance(size, int) or not 1 <= size <= LAST_STEP:
        raise ValueError
    return Bin(float(low), float(high), float(total), size, 0)
