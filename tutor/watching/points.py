"""What readers make of bytes: points of tags, and what had to be passed over."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from tutor.training.curves import Bin

STEP_NAMES = (
    "step", "global_step", "_step", "iteration", "iter", "steps", "batch", "batches", "update",
    "updates", "epoch", "epochs",
)  # fmt: skip
"""Columns or fields that count the steps, the likeliest first."""


LONGEST_NAME = 300


def printable(text: str) -> str:
    """A name as it can be shown: of bounded length, nothing in it that commands a terminal."""
    text = text[:LONGEST_NAME]
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else "?" for one in text)


class Point(NamedTuple):
    """A value of a tag at a step."""

    tag: str
    step: float
    value: float
    time: float | None = None
    """When it was written, in seconds since 1970, where the file says so."""
    held: Bin | None = None
    """The consecutive values of which `value` is the last, where the file has no single ones."""


class Begun(NamedTuple):
    """A run begins anew, or goes on from a step: what was measured after it is no longer so."""

    after: float = -math.inf


Item = Point | Begun


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said: a key of the messages, and what belongs into its sentence."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the one who watches chose."""

    x: str | None = None
    """The field or column that counts the steps."""
    tags: tuple[str, ...] = ()
    """The only tags to be read; all, when none is named."""


class Reader(Protocol):
    """Makes points of bytes, fed in pieces of any size."""

    format: str
    """A word for the kind of file: a part of the keys of messages."""
    state: str
    """How the run stands, where the file says so: a word of the lab's states, else empty."""

    @property
    def waiting(self) -> int:
        """Bytes of a last record or line whose rest is not there yet."""

    def feed(self, data: bytes) -> Sequence[Item]:
        """What these bytes complete; nothing raises, whatever they are."""

    def finish(self) -> Sequence[Item]:
        """What is left when nothing more will come: a last line without its newline."""

    def remarks(self) -> Sequence[Remark]:
        """What was passed over, counted, with where it began."""


class Passed:
    """Counts what was passed over of one kind, and remembers where the first was."""

    def __init__(self, code: str) -> None:
        """Nothing yet; `code` is the key of the sentence, with `count` and `at`."""
        self.code = code
        self.count = 0
        self.first = 0

    def note(self, at: int, count: int = 1) -> None:
        """Something was passed over, at a line or byte."""
        if not self.count:
            self.first = at
        self.count += count

    def remarks(self) -> list[Remark]:
        """The sentence about them; none when there was none."""
        return [Remark(self.code, {"count": self.count, "at": self.first})] if self.count else []
