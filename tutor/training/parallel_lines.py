"""What the file of a rank holds: the lab's lines, and what only ranks have to say.

A rank is one of the processes that train one model together. docs/data-parallel.md tells of the
files; `tutor.training.protocol` has the lines that a rank shares with the lab's child.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tutor.training import protocol

Seconds = Annotated[float, Meta(ge=0)]
Doing = Literal["computing", "waiting"]


class Rank(protocol.Message, frozen=True):
    """Which of how many ranks writes this file, and on which machine."""

    rank: protocol.Count
    ranks: Annotated[int, Meta(ge=1)]
    host: str = ""


class Shared(protocol.Message, frozen=True):
    """What the ranks have in common of some consecutive steps, and how long this one took.

    Comes after each `metrics`, which has the losses of this rank's own samples in those steps.
    """

    run: int
    step: protocol.Count
    """The last of them."""
    steps: Annotated[int, Meta(ge=1)]
    """How many they are."""
    computing: Seconds
    """On its own samples, forward and backward, all these steps together."""
    waiting: Seconds
    """In the all-reduce, for the other ranks and for the numbers to travel."""
    gradient_norm: float | None
    """Of the averaged gradient of the last step; None if it was not finite."""
    losses: Annotated[protocol.Vector, Meta(max_length=protocol.MOST_LOSSES)] = ()
    """Of the joint batches, all samples alike; or, where they are too many, as bins."""
    bins: Annotated[tuple[protocol.LossBin, ...], Meta(max_length=protocol.MOST_BINS)] = ()


class Weights(protocol.Message, frozen=True):
    """A digest of all weights: ranks that hold the same weights say the same."""

    run: int
    step: protocol.Count
    digest: str


class Lives(protocol.Message, frozen=True):
    """Once a second: this rank lives, and what it is at, also when that takes long."""

    step: protocol.Count
    """Steps that are done."""
    doing: Doing
    seconds: Seconds
    """For how long it has been at it."""


class Lost(protocol.Message, frozen=True):
    """Other ranks are gone, so that no step can be taken any more; the last line of a file."""

    run: int
    step: protocol.Count
    ranks: tuple[protocol.Count, ...]
    """Those that did not answer; empty when that could not be found out."""
    how: Literal["closed", "silent"]
    """Their connection ended; or nothing came from them in time."""
    seconds: Seconds
    """How long this rank had waited for them."""


class RankLostError(Exception):
    """Other ranks are gone: which, how that showed, and how long this one had waited."""

    def __init__(
        self, ranks: tuple[int, ...], how: Literal["closed", "silent"], seconds: float
    ) -> None:
        """No `ranks` where it could not be found out."""
        names = ", ".join(map(str, ranks)) or "unknown"
        super().__init__(f"lost rank {names} ({how}) after {seconds:.1f} s")
        self.ranks = ranks
        self.how = how
        self.seconds = seconds


AnyLine = protocol.AnyMessage | Rank | Shared | Weights | Lives | Lost

_lines: msgspec.json.Decoder[AnyLine] = msgspec.json.Decoder(AnyLine)


def read_line(line: bytes) -> AnyLine | None:
    """A line of a rank's file; None for what is none, also for kinds that are not known here."""
    try:
        return _lines.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
