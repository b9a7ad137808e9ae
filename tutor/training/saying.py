"""What the child says of a run, and what of it is written to disk."""

from collections import deque
from collections.abc import Callable
from pathlib import Path

from tutor.training import protocol
from tutor.training.curves import folded
from tutor.training.experiments import Experiment
from tutor.training.record import Record

LINE_SECONDS = 0.05
"""Between two lines of losses: the screen is drawn ten times a second."""

BEAT_SECONDS = 1.0

KEEP_SECONDS = 5.0
"""Between two states on disk."""


class Saying:
    """Lines to the parent, and those about a run into its folder as well."""

    def __init__(
        self, write: Callable[[protocol.Message], None], clock: Callable[[], float]
    ) -> None:
        """Nothing is recorded yet."""
        self.losses: list[float] = []
        """Of the steps since the last line of losses."""
        self._write = write
        self._clock = clock
        self._record: Record | None = None
        self._said_at = clock()
        self._kept_at = 0.0
        self._marks: deque[tuple[float, int]] = deque(maxlen=21)  # lines of about one second

    def say(self, line: protocol.Message) -> None:
        """Send a line; one about a run is written as well."""
        self._write(line)
        self._said_at = self._clock()
        if self._record is not None and hasattr(line, "run"):
            self._on_disk(lambda record: record.note(protocol.encode(line)))

    def beat(self, step: int) -> None:
        """Say that we live, if nothing was said for long."""
        if self._clock() - self._said_at >= BEAT_SECONDS:
            self.say(protocol.Beat(step))

    def goes(self, step: int) -> None:
        """Measure the speed from here on."""
        self._marks.clear()
        self._marks.append((self._clock(), step))

    def report(self, run: int, step: int) -> float | None:
        """Send the losses that have come together; the last of them, None without any."""
        if not self.losses:
            self.beat(step)
            return None
        now = self._clock()
        self._marks.append((now, step))
        then, before = self._marks[0]
        losses = tuple(self.losses)
        self.losses.clear()
        few = len(losses) <= protocol.MOST_LOSSES
        self.say(
            protocol.Metrics(
                run,
                step,
                (step - before) / (now - then) if now > then else 0.0,
                losses[-1],
                losses=losses if few else (),
                bins=() if few else binned(losses),
            )
        )
        return losses[-1]

    # On disk

    def record(self, folder: Path | None, made: Experiment, *, resumed: bool) -> None:
        """Write what is said of a run into a folder from now on, or nowhere."""
        self.end()
        if folder is None:
            return
        try:
            self._record = Record(folder, made, resumed=resumed)
        except OSError as error:
            self.say(protocol.Trouble("not-recorded", error.strerror or str(error)))
        except ValueError as error:  # a name that no file can have
            self.say(protocol.Trouble("not-recorded", str(error)))

    def end(self) -> None:
        """Write nothing more to disk."""
        if self._record is not None:
            self._record.close()
        self._record = None

    def keep(self, packed: Callable[[], bytes], *, rests: bool) -> None:
        """Write from what the run can go on, if it is time."""
        if self._record is not None and (rests or self._clock() - self._kept_at >= KEEP_SECONDS):
            self._kept_at = self._clock()
            self._on_disk(lambda record: record.keep(packed()))

    def _on_disk(self, act: Callable[[Record], None]) -> None:
        """A disk that fails ends the record, not the training."""
        record = self._record
        assert record is not None
        try:
            act(record)
        except OSError as error:
            self.end()
            self.say(protocol.Trouble("not-recorded", error.strerror or str(error)))


def binned(losses: tuple[float, ...]) -> tuple[protocol.LossBin, ...]:
    """Many losses as few enough bins for one line, each of as many steps as the next."""
    size = 2
    while len(losses) > size * protocol.MOST_BINS:
        size *= 2
    bins = (folded(losses[start : start + size]) for start in range(0, len(losses), size))
    return tuple((held.low, held.high, held.total, held.size) for held in bins)
