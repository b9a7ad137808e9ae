"""The journal's way to the disk, which may fail at any moment and never stops a lesson."""

import errno
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from tutor.learner import journal_file
from tutor.learner.notice import Notice, shown
from tutor.learner.salvage import salvage

Result = TypeVar("Result")
Rows = list[tuple[Any, ...]]

IMPATIENCE = 0.1
"""Seconds to wait for another tutor once it has kept us waiting: the learner is typing."""

OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "learner.journal-locked",
    sqlite3.SQLITE_FULL: "learner.journal-full",
    sqlite3.SQLITE_LOCKED: "learner.journal-locked",
    sqlite3.SQLITE_READONLY: "learner.journal-readonly",
}
OF_SYSTEM = {
    errno.EACCES: "learner.journal-readonly",
    errno.EDQUOT: "learner.journal-full",
    errno.ENOSPC: "learner.journal-full",
    errno.EPERM: "learner.journal-readonly",
    errno.EROFS: "learner.journal-readonly",
}


class Disk:
    """A connection to a journal that is made again when it is lost.

    `trouble` says why the last attempt failed, and is None again after one that did not; `news`
    says what else the learner should know of.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        """Prepare to use a journal's file; nothing is opened yet."""
        self.path = path
        self.clock = clock
        self.trouble: Notice | None = None
        self.news: Notice | None = None
        self._connection: sqlite3.Connection | None = None
        self._read_only = False
        self._identity: tuple[int, int] | None = None

    def write(self, action: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do something with the journal; None, and `trouble`, when the disk does not let us."""
        return self._guarded(lambda: action(self._to_write()), None)

    def read(self, query: str, values: tuple[object, ...] = ()) -> Rows:
        """The rows of a query; none, and `trouble`, when they cannot be read."""
        before = self.trouble
        nothing: Rows = []
        rows = self._guarded(lambda: self._to_read().execute(query, values).fetchall(), nothing)
        # That a file can be read does not mean that what failed to be written is there.
        self.trouble = self.trouble or before
        return rows

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _guarded(self, attempt: Callable[[], Result], otherwise: Result) -> Result:
        try:
            try:
                result = attempt()
            except sqlite3.DatabaseError as error:
                if not journal_file.is_damage(error):
                    raise
                self._begin_again()
                result = attempt()
        except sqlite3.ProgrammingError:
            raise
        except (sqlite3.Error, OSError) as error:
            self.trouble = self._explained(error)
            return otherwise
        self.trouble = None
        return result

    def _to_write(self) -> sqlite3.Connection:
        patience = IMPATIENCE if self.trouble else journal_file.PATIENCE
        if self._connection is None or self._read_only or self._moved():
            self.close()
            self._connection = self._connected(patience)
        self._connection.execute(f"PRAGMA busy_timeout = {int(1000 * patience)}")
        return self._connection

    def _to_read(self) -> sqlite3.Connection:
        if self._connection and not self._moved():
            return self._connection
        try:
            return self._to_write()
        except (sqlite3.Error, OSError) as error:
            if not journal_file.is_damage(error):
                self._connection = journal_file.connect_to_read(self.path)
                self._read_only = True
            if not self._connection:
                raise
            return self._connection

    def _connected(self, patience: float) -> sqlite3.Connection:
        self._identity = identity(self.path)
        try:
            connection = journal_file.connect(self.path, patience)
        except journal_file.NewerJournal:
            # It is whole and belongs to a later version: leave it to that, and go on beside it.
            beside = f"{self.path.stem}.version-{journal_file.VERSION}{self.path.suffix}"
            newer, self.path = self.path, self.path.with_name(beside)
            connection = journal_file.connect(self.path, patience)
            self.news = Notice(
                "learner.journal-newer", {"newer": shown(newer), "path": shown(self.path)}
            )
        self._read_only = False
        self._identity = identity(self.path)
        return connection

    def _moved(self) -> bool:
        """Whether another file stands where ours was: another tutor set it aside, or a person."""
        return identity(self.path) != self._identity

    def _begin_again(self) -> None:
        """Set a damaged file aside and go on in a new one, with what the old one still tells."""
        self.close()
        if self._moved():
            return
        kept = journal_file.set_aside(self.path, self.clock())
        self._connection = self._connected(IMPATIENCE)
        self.news = Notice("learner.journal-broken", {"kept": shown(kept), "saved": 0})
        saved = salvage(kept, self._connection)
        self.news = Notice("learner.journal-broken", {"kept": shown(kept), "saved": saved})

    def _explained(self, error: sqlite3.Error | OSError) -> Notice:
        if isinstance(error, OSError):
            code, reason = OF_SYSTEM.get(error.errno or 0), error.strerror or str(error)
        else:
            code, reason = OF_SQLITE.get(journal_file.code(error)), str(error)
        parent = self.path.parent
        if not code and parent.is_dir() and not os.access(parent, os.W_OK):
            code = "learner.journal-readonly"
        details = {"path": shown(self.path), "reason": reason}
        return Notice(code or "learner.journal-unavailable", details)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None when there is none, or none to be seen."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
