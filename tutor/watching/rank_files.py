"""The files of a data-parallel run, `rank-0.jsonl` and so on, read as one run.

The loss is that of the joint batches, with the band of the ranks' own losses around it; a rank
that holds the others up and one that is lost are told in remarks.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator

from tutor.training import protocol
from tutor.training.curves import Bin
from tutor.training.parallel_lines import AnyLine, Shared, read_line
from tutor.training.ranks import Joined, LostRank, Ranks, Straggler
from tutor.watching.lab_lines import LOSS, MEASURED
from tutor.watching.lines import Lines
from tutor.watching.points import Item, Passed, Point, Remark

NAMED = re.compile(r"rank-(\d{1,4})\.jsonl")


def rank_of(name: str) -> int | None:
    """The rank that writes a file of this name; None for other files."""
    found = NAMED.fullmatch(name)
    return int(found[1]) if found else None


class RankReader:
    """Points of the file of one rank, and of what it completes of all of them."""

    format = "lab"

    def __init__(
        self, ranks: Ranks, rank: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """At the beginning of a file; the readers of a run share its `ranks`."""
        ranks.forget(rank)
        self.state = ""
        self._ranks = ranks
        self._rank = rank
        self._clock = clock
        self._lines = Lines()
        self._unread = Passed("watch.bad-lines")

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
        """Lines that were passed over; the first rank tells of all of them."""
        found = self._unread.remarks() + self._lines.remarks()
        if self._rank != self._ranks.first:
            return found
        told = remarks_of_ranks(self._ranks, self._clock())
        if self._ranks.alike() is False:
            told.append(Remark("ranks.apart"))
        return [*told, *found]

    def _items(self, lines: Iterable[tuple[int, bytes]]) -> list[Item]:
        items: list[Item] = []
        for number, line in lines:
            said = read_line(line)
            if said is None:
                if line.strip():
                    self._unread.note(number)
                continue
            if isinstance(said, protocol.State):
                self.state = said.state
            items += self._told(said)
            items += map(_joint, self._ranks.hear(self._rank, said, self._clock()))
        return items

    def _told(self, said: AnyLine) -> Iterator[Item]:
        """What a line says of this rank; what all say alike is taken from the first one."""
        name, alike = f"rank {self._rank}", self._rank == 0
        match said:
            case protocol.Metrics(step=step, losses=losses, bins=bins):
                yield from _losses(f"{name}/loss", step, losses, bins)
                if alike:
                    yield Point("steps_per_second", step, said.steps_per_second)
            case Shared(step=step, steps=steps):
                yield Point(f"{name}/computing_ms", step, 1000 * said.computing / steps)
                yield Point(f"{name}/waiting_ms", step, 1000 * said.waiting / steps)
                if alike and said.gradient_norm is not None:
                    yield Point("gradient_norm", step, said.gradient_norm)
            case protocol.Evaluation(step=step) if alike:
                for tag in MEASURED:
                    value = getattr(said, tag)
                    if value is not None:
                        yield Point(tag, step, value)


def remarks_of_ranks(ranks: Ranks, now: float) -> list[Remark]:
    """Who is lost; and while all are there, who holds the others up."""
    lost = ranks.lost(now)
    straggler = None if lost else ranks.straggler()
    return [*map(_lost, lost), *([_straggler(straggler)] if straggler else ())]


def _losses(
    tag: str, last: int, losses: protocol.Vector, bins: tuple[protocol.LossBin, ...]
) -> Iterator[Item]:
    step = last + 1 - len(losses) - sum(held[3] for held in bins)
    for value in losses:
        yield Point(tag, step, value)
        step += 1
    for low, high, total, size in bins:
        yield Point(tag, step, total / size, held=Bin(low, high, total, size, 0))
        step += size


def _joint(joined: Joined) -> Item:
    held = joined.held
    return Point(LOSS, joined.step, held.total / held.size, held=held)


def _lost(lost: LostRank) -> Remark:
    by = ", ".join(map(str, lost.told_by))
    code = f"ranks.lost-{lost.how}" if by else "ranks.silent"
    return Remark(code, {"rank": lost.rank, "by": by, "seconds": f"{lost.seconds:.1f}"})


def _straggler(found: Straggler) -> Remark:
    seconds = {"computing": found.computing, "others": found.others, "waited": found.waited}
    details = {name: f"{1000 * one:.1f}" for name, one in seconds.items()}
    return Remark("ranks.straggler", {"rank": found.rank, **details})
