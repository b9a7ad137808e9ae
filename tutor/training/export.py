"""A run's events as a table: CSV, or JSON lines with the same names, a row for each loss.

Where the child told many losses as one bin, the row is that bin: how many steps it covers, their
mean, their least and their largest, so that no spike is lost.
"""

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO, TypeAlias

from tutor.training import protocol
from tutor.training.experiments import Experiment
from tutor.training.script import script
from tutor.training.store import EVENTS

MEASURED = ("train_loss", "validation_loss", "train_accuracy", "validation_accuracy")

KNOBS = ("learning_rate", "momentum", "weight_decay", "temperature", "batch", "optimiser")

COLUMNS = ("run", "step", "steps", "loss", "loss_min", "loss_max", *MEASURED, *KNOBS)
"""`step` is the last of the `steps` that a row stands for; `loss` is their mean.

A loss is that of its step's batch before the update; what is measured on all examples, after it.
The knobs are those with which the step was taken.
"""

Row: TypeAlias = dict[str, Any]
Measured: TypeAlias = protocol.Metrics | protocol.Evaluation | protocol.State


class Exported(NamedTuple):
    """What was written."""

    rows: int
    """Rows of a table, or lines of a script."""
    unread: int
    """Lines of the events that could not be read, and are missing."""


class Events:
    """The events of a run, line by line, however long it is."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Nothing read yet."""
        self._lines = lines
        self.unread = 0
        """Lines so far that could not be read."""

    def rows(self) -> Iterator[Row]:
        """Each loss or bin of losses, with what was measured at its step."""
        table = _Table()
        for line in self._lines:
            message = protocol.read_message(line)
            if message is None:
                self.unread += bool(line.strip())
            else:
                yield from table.after(message)
        yield from table.rest()


class _Table:
    """Rows as the messages come; the last one waits for what is measured at its step."""

    def __init__(self) -> None:
        self._run = 0
        self._knobs: Row = {}
        self._waiting: Row | None = None

    def after(self, message: protocol.AnyMessage) -> Iterator[Row]:
        match message:
            case protocol.Ready():
                # The ids of a run that was taken up again begin anew.
                self._run += 1
            case protocol.Metrics():
                for row in self._losses(message):
                    yield from self._put(row)
            case protocol.Evaluation():
                row = self._row(message)
                if self._waiting is not None and _place(self._waiting) == _place(row):
                    row = self._waiting
                else:
                    yield from self._put(row)
                row |= {name: getattr(message, name) for name in MEASURED}
            case protocol.State():
                if message.state == "diverged":
                    yield from self._put(self._row(message, 1, *[math.nan] * 3))
                knobs = {name: _whole(name, message.knobs.get(name)) for name in KNOBS}
                if not self._knobs and self._waiting is not None:
                    # Measured before the first step, and so before anything was said of knobs.
                    self._waiting |= knobs
                self._knobs = knobs

    def rest(self) -> Iterator[Row]:
        if self._waiting is not None:
            yield self._waiting
            self._waiting = None

    def _put(self, row: Row) -> Iterator[Row]:
        yield from self.rest()
        self._waiting = row

    def _losses(self, message: protocol.Metrics) -> Iterator[Row]:
        step = message.step - len(message.losses) - sum(one[3] for one in message.bins)
        for loss in message.losses:
            step += 1
            yield self._row(message, 1, loss, loss, loss) | {"step": step}
        for low, high, total, count in message.bins:
            step += count
            # Rounding must not put the mean outside of its bin.
            mean = min(max(total / count, low), high)
            yield self._row(message, count, mean, low, high) | {"step": step}

    def _row(self, message: Measured, steps: int = 0, *losses: float) -> Row:
        row: Row = dict.fromkeys(COLUMNS)
        row |= {"run": self._run, "step": message.step, "steps": steps} | self._knobs
        return row | dict(zip(("loss", "loss_min", "loss_max"), losses, strict=False))


def _whole(knob: str, value: float | str | None) -> float | str | None:
    """The size of a batch is counted."""
    return int(value) if knob == "batch" and isinstance(value, float) else value


def _place(row: Row) -> tuple[int, int]:
    return row["run"], row["step"]


def write_csv(folder: Path, stream: TextIO) -> Exported:
    """The rows of a run as CSV; a loss that was no number is written `nan`."""
    with (folder / EVENTS).open("rb") as lines:
        events = Events(lines)
        table = csv.DictWriter(stream, COLUMNS, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        count = 0
        for row in events.rows():
            table.writerow(row)
            count += 1
        return Exported(count, events.unread)


def write_jsonl(folder: Path, stream: TextIO) -> Exported:
    """The rows of a run as JSON lines; a loss that was no number is written `null`."""
    with (folder / EVENTS).open("rb") as lines:
        events = Events(lines)
        count = 0
        for row in events.rows():
            told = {name: _finite(row[name]) for name in COLUMNS}
            stream.write(json.dumps(told, allow_nan=False) + "\n")
            count += 1
        return Exported(count, events.unread)


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write_script(experiment: Experiment, stream: TextIO) -> Exported:
    """An experiment as a script of plain PyTorch that prints the same losses."""
    text = script(experiment)
    stream.write(text)
    return Exported(text.count("\n"), 0)


def export_csv(folder: Path, path: Path) -> Exported:
    """Write a run to a CSV file; OSError where the disk refuses, and no half file is left."""
    return to_file(path, lambda stream: write_csv(folder, stream))


def export_jsonl(folder: Path, path: Path) -> Exported:
    """Write a run to a file of JSON lines; errors as of `export_csv`."""
    return to_file(path, lambda stream: write_jsonl(folder, stream))


def export_script(experiment: Experiment, path: Path) -> Exported:
    """Write an experiment to a file of Python; errors as of `export_csv`."""
    return to_file(path, lambda stream: write_script(experiment, stream))


def to_file(path: Path, write: Callable[[TextIO], Exported]) -> Exported:
    """Write aside, then put it in its place."""
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="") as stream:
            exported = write(stream)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return exported
