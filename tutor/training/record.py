"""A run on disk, as the child writes it: its experiment, its lines, its last state."""

import contextlib
import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from tutor.training.events import folded_events
from tutor.training.experiments import Experiment

EXPERIMENT, EVENTS, STATE = "experiment.json", "events.jsonl", "state.pt"

MOST_BYTES = 8 * 2**20
"""Of the lines; above it they are folded."""


class Record:
    """The files of one run; every method raises OSError where the disk does not let it."""

    def __init__(self, folder: Path, made: Experiment, *, resumed: bool) -> None:
        """Begin a record, or go on with one whose last line may be cut off."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._written = 0
        self._most = MOST_BYTES
        replace(folder / EXPERIMENT, msgspec.json.encode(made) + b"\n")
        if resumed:
            self._cut_off()
        else:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(folder / STATE)
        self._file: BinaryIO = (folder / EVENTS).open("ab" if resumed else "wb")
        self._written = self._file.tell()

    def _cut_off(self) -> None:
        """A line that was not finished when the child before died is no line."""
        with contextlib.suppress(FileNotFoundError), (self._folder / EVENTS).open("r+b") as file:
            whole = file.read()
            file.truncate(whole.rfind(b"\n") + 1)

    def note(self, line: bytes) -> None:
        """Write a line, seen by others at once."""
        self._file.write(line)
        self._file.flush()
        self._written += len(line)
        if self._written > self._most:
            self._fold()

    def keep(self, state: bytes) -> None:
        """Write from what the run can go on."""
        replace(self._folder / STATE, state)

    def close(self) -> None:
        """Write nothing more."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _fold(self) -> None:
        self._file.close()
        path = self._folder / EVENTS
        with path.open("rb") as file:
            folded = b"".join(folded_events(file))
        replace(path, folded)
        self._file = path.open("ab")
        self._written = len(folded)
        # Many runs in one record may fold to more: not again with each line.
        self._most = max(MOST_BYTES, 2 * len(folded))


def kept_state(folder: Path) -> bytes:
    """From what a run can go on; raises OSError where there is nothing."""
    return (folder / STATE).read_bytes()


def replace(path: Path, data: bytes) -> None:
    """Write a file so that it is the old one or the new one, whatever happens."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(data)
        os.replace(aside, path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
