"""The lines of a run on disk, made fewer without losing its course."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tutor.training import protocol
from tutor.training.curves import Bin, Series

MOST_BINS = 2048
"""Of all losses of a run."""

MOST_LINES = 400
"""Of each other kind: evaluations and states."""

MOST_RUNS = 12
"""Resets and rewinds of one record; the oldest go."""


@dataclass
class _Told:
    """What was told of one run."""

    losses: Series = field(default_factory=lambda: Series(MOST_BINS))
    last: protocol.Metrics | None = None
    others: dict[type, list[protocol.AnyMessage]] = field(default_factory=dict)

    def take(self, line: protocol.AnyMessage) -> None:
        if isinstance(line, protocol.Metrics):
            self.losses.extend(line.losses)
            for low, high, total, size in line.bins:
                self.losses.add(Bin(low, high, total, size, 0))
            self.last = line
            return
        same = self.others.setdefault(type(line), [])
        if isinstance(line, protocol.Layers | protocol.Picture | protocol.Board):
            same.clear()
        same.append(line)
        if len(same) > MOST_LINES:
            # The first and the last of a run tell most.
            del same[1:-1:2]

    def lines(self) -> list[protocol.Message]:
        """In the order of their steps; a reader counts losses on from the first step."""
        told: list[tuple[int, int, protocol.Message]] = [
            (getattr(line, "step", 0), place, line)
            for place, line in enumerate(
                line for kind in ORDER for line in self.others.get(kind, ())
            )
        ]
        told += [(line.step, -1, line) for line in self._metrics()]
        told.sort(key=lambda one: (not isinstance(one[2], protocol.Ready), one[0], one[1]))
        return [line for _, _, line in told]

    def _metrics(self) -> list[protocol.Metrics]:
        if self.last is None:
            return []
        last, lines = self.last, []
        step = last.step - self.losses.count
        for part in self._parts(step):
            step += sum(held.size for held in part)
            mean = part[-1].total / part[-1].size
            lines.append(
                protocol.Metrics(
                    last.run,
                    step,
                    last.steps_per_second,
                    last.last if step == last.step else mean,
                    bins=tuple((held.low, held.high, held.total, held.size) for held in part),
                )
            )
        return lines

    def _parts(self, step: int) -> Iterator[list[Bin]]:
        """The bins from a step on, a few to a line; none goes on over a change of knobs."""
        changes = sorted({getattr(line, "step", 0) for line in self.others.get(protocol.State, ())})
        part: list[Bin] = []
        for held in self.losses.bins:
            next_change = bisect_left(changes, step)
            changed = next_change < len(changes) and changes[next_change] < step + held.size
            if part and (changed or len(part) == protocol.MOST_BINS):
                yield part
                part = []
            part.append(held)
            step += held.size
        yield part


ORDER = (
    protocol.Ready,
    protocol.Numbers,
    protocol.Evaluation,
    protocol.State,
    protocol.Layers,
    protocol.Picture,
    protocol.Board,
)


def folded_events(lines: Iterable[bytes]) -> list[bytes]:
    """The lines of a record, its runs in order, with losses in wider bins and fewer others."""
    runs: list[_Told] = []
    for line in lines:
        message = protocol.read_message(line.rstrip(b"\n"))
        if isinstance(message, protocol.Ready):
            # A run that was taken up again may have the number of an earlier one.
            runs.append(_Told())
        if runs and message is not None and hasattr(message, "run"):
            runs[-1].take(message)
    return [protocol.encode(line) for told in runs[-MOST_RUNS:] for line in told.lines()]
