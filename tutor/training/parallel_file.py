"""The file of a rank, and the sign of life in it."""

import os
import time
from pathlib import Path
from threading import Event, Lock, Thread

from tutor.training import protocol
from tutor.training.parallel_lines import Doing, Lives

LIFE_SECONDS = 1.0


class File:
    """The file of this rank: whole lines, from both of its threads."""

    def __init__(self, path: Path) -> None:
        """A new file; FileExistsError where there is one of another run."""
        self._file = path.open("xb", buffering=0)
        self._lock = Lock()
        self._torn = b""
        self.said_at = time.monotonic()

    def say(self, *lines: protocol.Message) -> None:
        """Write lines, at once there for whoever follows the file; a full disk drops them."""
        with self._lock:
            if self._file.closed:
                return
            left = memoryview(self._torn + b"".join(map(protocol.encode, lines)))
            try:
                while left:
                    left = left[self._file.write(left) :]
                self._torn = b""
            except OSError:
                # The next line that can be written begins on a line of its own.
                self._torn = b"\n"
            self.said_at = time.monotonic()

    def close(self) -> None:
        """Nothing more is to be said."""
        with self._lock:
            self._file.close()


class Living:
    """Says once a second that this rank lives, and what it is at; ends with its parent."""

    def __init__(self, file: File) -> None:
        """Begin, in a thread of its own."""
        self._file = file
        self._parent = os.getppid()
        self._doing: tuple[int, Doing, float] = (0, "computing", time.monotonic())
        self._ended = Event()
        Thread(target=self._live, name="living", daemon=True).start()

    def at(self, step: int, doing: Doing) -> None:
        """From now on this rank computes, or waits, with so many steps behind it."""
        self._doing = (step, doing, time.monotonic())

    def end(self) -> None:
        """Say no more."""
        self._ended.set()

    def _live(self) -> None:
        while not self._ended.wait(LIFE_SECONDS):
            if os.getppid() != self._parent:
                os._exit(1)
            step, doing, since = self._doing
            now = time.monotonic()
            if now - self._file.said_at >= LIFE_SECONDS:
                self._file.say(Lives(step, doing, now - since))
