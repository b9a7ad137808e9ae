"""Runs under a path, followed live by a thread, so that nobody who draws ever waits for a disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from pathlib import Path

from tutor.watching.points import Wishes
from tutor.watching.reading import Reading
from tutor.watching.runs import RunFiles, WatchError, runs_of

SLICE = 32 * 1024
"""Bytes between two looks at what else is to be done: some 10 ms of reading."""
BREATH, REST = 0.001, 0.2
"""Seconds between two slices, for those who draw; and between two looks for something new."""
SEARCH = 2.0
"""Seconds between two looks for other runs, and 20 times what such a look takes at least."""
MOST_SHOWN = 4


class Watcher:
    """Follows the runs that were chosen; hold `lock` while looking at their curves."""

    def __init__(self, path: Path, wishes: Wishes | None = None) -> None:
        """The run of a path that was written last is chosen.

        Raises:
            WatchError: the path cannot be watched.
        """
        self.path = path
        self.lock = threading.Lock()
        self.readings: tuple[Reading, ...] = ()
        """The chosen runs, at most MOST_SHOWN."""
        self.runs: tuple[RunFiles, ...] = tuple(runs_of(path))
        self.lost: WatchError | None = None
        """Why the path cannot be looked into any more."""
        self.failure: Exception | None = None
        """The error in the program that ended the thread."""
        self.wishes = wishes or Wishes()
        self._is_folder = path.is_dir()
        self._search = 0.0
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self.choose([run.name for run in self.runs[:1]])

    def start(self) -> None:
        """Follow in a thread, until `stop`."""
        self._thread = threading.Thread(target=self._follow, name="watching", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Follow no longer; does not wait for the thread."""
        self._ended.set()

    def _follow(self) -> None:
        try:
            while not self._ended.is_set():
                self._ended.wait(BREATH if self.poll() else REST)
        except Exception as error:
            # The end of a thread, which nobody would see: who draws is to end with it.
            self.failure = error

    def choose(self, names: Iterable[str]) -> None:
        """Show these runs; those that were shown already go on where they are."""
        wanted = set(list(dict.fromkeys(names))[:MOST_SHOWN])
        known = {one.name: one for one in self.readings}
        chosen = [run for run in self.runs if run.name in wanted]
        self.readings = tuple(known.get(run.name) or Reading(run, self.wishes) for run in chosen)

    def poll(self) -> bool:
        """Read a slice of each run, and look for other runs now and then; True if there is more."""
        if self._is_folder and time.monotonic() >= self._search:
            self._look_for_runs()
        read = 0
        for reading in self.readings:
            items, size = reading.poll(SLICE)
            if items or size:
                with self.lock:
                    reading.add(items)
            read += size
        return read > 0

    def _look_for_runs(self) -> None:
        began = time.monotonic()
        try:
            found = runs_of(self.path)
        except WatchError as error:
            self.lost = error
        else:
            self.lost = None
            with self.lock:
                self._take(found)
        now = time.monotonic()
        self._search = now + max(SEARCH, 20 * (now - began))

    def _take(self, found: list[RunFiles]) -> None:
        if not self.runs:
            self.runs = tuple(found)
            self.choose([run.name for run in found[:1]])
        shown = {one.name: one for one in self.readings}
        for run in found:
            if run.name in shown:
                shown[run.name].take(run)
        self.runs = tuple(found)
