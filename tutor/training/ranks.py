"""What the files of several ranks tell together: their mean and band, who lags, who is lost.

Pure: bytes and the time come in from the one who reads the files, and memory is bounded.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from statistics import fmean, median
from typing import Literal, NamedTuple

from tutor.training import protocol
from tutor.training.curves import Bin
from tutor.training.parallel_lines import (
    AnyLine,
    Doing,
    Lives,
    Lost,
    Rank,
    Shared,
    Weights,
    read_line,
)

PATIENCE = 3.0
"""Seconds without a line after which a rank counts as lost while others speak; it says one each."""

STARTING = 60.0
"""The same for a rank whose run has not begun: to import torch may take long."""

MOST_RANKS = 1024
MOST_PENDING = 2048
"""Lines of losses that wait for those of the other ranks, per rank; the oldest go."""

RECENT_LINES = 40
"""By which a straggler is told: two seconds of a run that is watched live."""
ENOUGH_STEPS = 5
SLOWER = 1.25
"""A straggler computes at least so many times as long as the others do."""
WAITED_SHARE = 0.15
"""And the others wait longer than it does, by at least this share of the whole step."""


class Joined(NamedTuple):
    """Consecutive steps of which every rank has told."""

    step: int
    """The first of them."""
    held: Bin
    """The losses of the joint batches; low and high are those of the ranks' own samples."""


class RankStanding(NamedTuple):
    """How one rank stands."""

    rank: int
    step: int
    state: protocol.TrainingState | None
    """None until it has said."""
    doing: Doing
    silent: float
    """Seconds since its last line."""
    computing: float | None
    """Seconds a step lately, on its own samples; None before the first."""
    waiting: float | None
    """Seconds a step lately in the all-reduce."""


class Straggler(NamedTuple):
    """The rank for which the others wait, and the evidence, in seconds."""

    rank: int
    computing: float
    """What it computes a step."""
    others: float
    """What the others do, the median of them."""
    waited: float
    """What the others waited a step, their mean."""
    steps: int
    """Over how many steps that was measured."""


class LostRank(NamedTuple):
    """A rank without which no step can be taken."""

    rank: int
    how: Literal["closed", "silent"]
    """Its connection ended, or nothing came from it."""
    seconds: float
    """How long it was waited for: by the ranks that tell it, else since its last line."""
    told_by: tuple[int, ...]
    """Ranks that say so in their files; empty when its silence alone tells."""


class _One:
    """What is remembered of one rank."""

    def __init__(self, now: float) -> None:
        self.splitter = protocol.LineSplitter()
        self.heard = now
        self.step = 0
        self.state: protocol.TrainingState | None = None
        self.doing: Doing = "computing"
        self.lost: Lost | None = None
        self.digest: tuple[int, str] | None = None
        self.metrics: deque[protocol.Metrics] = deque(maxlen=MOST_PENDING)
        self.shared: deque[Shared] = deque(maxlen=MOST_PENDING)
        self.recent: deque[Shared] = deque(maxlen=RECENT_LINES)

    @property
    def resting(self) -> bool:
        """Whether it has said its last word."""
        return self.lost is not None or self.state in ("finished", "paused", "diverged")

    def seconds_a_step(self) -> tuple[float, float] | None:
        """Lately, computing and waiting."""
        steps = sum(line.steps for line in self.recent)
        if not steps:
            return None
        computing = sum(line.computing for line in self.recent)
        return computing / steps, sum(line.waiting for line in self.recent) / steps


class Ranks:
    """The ranks of one run, fed from their files in turn, a slice of each."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Nothing is known yet."""
        self.expected: int | None = None
        """How many ranks there are, once one has said so."""
        self.step = 0
        """The last step of which every rank has told."""
        self.garbled = 0
        """Lines that could not be read."""
        self._patience = patience
        self._ones: dict[int, _One] = {}
        self._begun: float | None = None

    @property
    def first(self) -> int | None:
        """The lowest of the ranks that have said something."""
        return min(self._ones, default=None)

    def feed(self, rank: int, data: bytes, now: float) -> list[Joined]:
        """Take the next bytes of the file of a rank, read at `now` (seconds of a steady clock).

        What is returned are the steps of which now every rank has told; nothing raises.
        """
        if not 0 <= rank < MOST_RANKS:
            return []
        joined: list[Joined] = []
        for line in self._of(rank, now).splitter.feed(data):
            said = read_line(line)
            if said is None:
                self.garbled += 1
            else:
                joined += self.hear(rank, said, now)
        return joined

    def hear(self, rank: int, said: AnyLine, now: float) -> list[Joined]:
        """The same with a line that somebody else has read."""
        if not 0 <= rank < MOST_RANKS:
            return []
        one = self._of(rank, now)
        one.heard = now
        self._take(one, said)
        return list(self._joined()) if isinstance(said, Shared | Rank) else []

    def forget(self, rank: int) -> None:
        """The file of a rank is read from its beginning again."""
        self._ones.pop(rank, None)
        self.step = 0

    def _of(self, rank: int, now: float) -> _One:
        if self._begun is None:
            self._begun = now
        return self._ones.setdefault(rank, _One(now))

    def _take(self, one: _One, said: AnyLine) -> None:
        match said:
            case Rank(ranks=ranks):
                self.expected = min(ranks, MOST_RANKS)
            case protocol.Metrics():
                one.metrics.append(said)
                one.step = said.step
            case Shared():
                one.shared.append(said)
                one.recent.append(said)
            case Lives(step=step, doing=doing):
                one.step, one.doing = step, doing
            case Weights(step=step, digest=digest):
                one.digest = (step, digest)
            case protocol.State(state=state):
                one.state = state
            case Lost():
                one.lost = said

    # The mean and the band

    def _joined(self) -> Iterator[Joined]:
        if self.expected is None or len(self._ones) < self.expected:
            return
        ones = [self._ones[rank] for rank in sorted(self._ones)][: self.expected]
        while all(one.metrics and one.shared for one in ones):
            steps = {step for one in ones for step in (one.metrics[0].step, one.shared[0].step)}
            last = max(steps)
            if len(steps) > 1:
                # Lines that could not be read: what the others say of those steps is passed over.
                for one in ones:
                    _drop(one, last)
                continue
            band = list(_band([one.metrics[0] for one in ones], ones[0].shared[0]))
            step = last + 1 - sum(held.size for held in band)
            for held in band:
                yield Joined(step, held)
                step += held.size
            self.step = last
            for one in ones:
                one.metrics.popleft()
                one.shared.popleft()

    # How they stand

    def standings(self, now: float) -> tuple[RankStanding, ...]:
        """Every rank that has said something, in order."""
        return tuple(
            RankStanding(
                rank, one.step, one.state, one.doing, now - one.heard,
                *(one.seconds_a_step() or (None, None)),
            )
            for rank, one in sorted(self._ones.items())
        )  # fmt: skip

    def straggler(self) -> Straggler | None:
        """The rank that makes the others wait, where the seconds prove that there is one."""
        measured = {rank: one.seconds_a_step() for rank, one in self._ones.items()}
        known = {rank: seconds for rank, seconds in measured.items() if seconds is not None}
        steps = min((sum(s.steps for s in one.recent) for one in self._ones.values()), default=0)
        if len(known) < 2 or len(known) < len(measured) or steps < ENOUGH_STEPS:
            return None
        slow = max(known, key=lambda rank: known[rank][0])
        computing, waiting = known[slow]
        others = [seconds for rank, seconds in known.items() if rank != slow]
        usual, waited = median(one[0] for one in others), fmean(one[1] for one in others)
        makes_wait = waited - waiting >= WAITED_SHARE * (computing + waiting)
        if computing < SLOWER * usual or not makes_wait:
            return None
        return Straggler(slow, computing, usual, waited, steps)

    def lost(self, now: float) -> tuple[LostRank, ...]:
        """Ranks that are gone: as others tell, or since they alone are silent."""
        found: dict[int, LostRank] = {}
        for rank, one in sorted(self._ones.items()):
            for gone in one.lost.ranks if one.lost else ():
                before = found.get(gone)
                tellers = (*(before.told_by if before else ()), rank)
                assert one.lost is not None
                found[gone] = LostRank(gone, one.lost.how, one.lost.seconds, tellers)
        for rank, seconds in self._silent(now).items():
            found.setdefault(rank, LostRank(rank, "silent", seconds, ()))
        return tuple(found[rank] for rank in sorted(found))

    def _silent(self, now: float) -> Mapping[int, float]:
        """Ranks without a word for too long, while others have one."""
        if self._begun is None:
            return {}
        silent: dict[int, float] = {}
        for rank in range(self.expected or 0):
            one = self._ones.get(rank)
            if one is None or not one.resting:
                silent[rank] = now - (self._begun if one is None else one.heard)
        speaking = any(
            one.lost is None and now - one.heard <= self._patience for one in self._ones.values()
        )
        return {rank: s for rank, s in silent.items() if s > self._patience_with(rank) and speaking}

    def _patience_with(self, rank: int) -> float:
        one = self._ones.get(rank)
        begun = one is not None and one.state is not None
        return self._patience if begun else max(self._patience, STARTING)

    def alike(self) -> bool | None:
        """Whether all ranks hold the same weights; None until all have told of the same step."""
        told = [one.digest for one in self._ones.values()]
        known = [digest for digest in told if digest is not None]
        if not known or len(known) < (self.expected or 2):
            return None
        if len({step for step, _ in known}) > 1:
            return None
        return len({digest for _, digest in known}) == 1


def _drop(one: _One, before: int) -> None:
    """Forget lines of steps that not every rank can tell any more."""
    while one.metrics and one.metrics[0].step < before:
        one.metrics.popleft()
    while one.shared and one.shared[0].step < before:
        one.shared.popleft()


def _band(told: list[protocol.Metrics], shared: Shared) -> Iterator[Bin]:
    """The same steps of every rank as bins: the least, the largest, and the joint losses."""
    if shared.losses and all(len(one.losses) == len(shared.losses) for one in told):
        for joint, *own in zip(shared.losses, *(one.losses for one in told), strict=True):
            yield Bin(min(joint, *own), max(joint, *own), joint, 1, 0)
        return
    sizes = [held[3] for held in shared.bins]
    if all([held[3] for held in one.bins] == sizes for one in told):
        for joint_bin, *bins in zip(shared.bins, *(one.bins for one in told), strict=True):
            low, high, total, size = joint_bin
            lows, highs = (held[0] for held in bins), (held[1] for held in bins)
            yield Bin(min(low, *lows), max(high, *highs), total, size, 0)
