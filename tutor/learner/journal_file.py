"""The journal's file: its tables, how it is opened, and what is done with a damaged one.

It is SQLite in WAL mode with synchronous=NORMAL: a transaction that was committed is in the
system's hands and outlives kill -9 of the program. Only a power cut can take the last seconds, and
even that leaves a whole file. FULL would wait for the disk (0.2 ms here, 50 on an old one) at
every answer.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

APPLICATION = 0x68677264
"""What SQLite's application_id says of a file of ours: "hgrd"."""

VERSION = 1
"""Of the tables; a file says its own in user_version."""

PATIENCE = 2.0
"""Seconds to wait for another tutor's write, which takes less than a millisecond."""

TABLES = """
CREATE TABLE events (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    lesson  TEXT NOT NULL,
    round   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX events_of_round ON events (lesson, round);
CREATE TABLE progress (
    lesson  TEXT NOT NULL,
    round   INTEGER NOT NULL,
    state   TEXT NOT NULL,
    done    INTEGER NOT NULL,
    total   INTEGER NOT NULL,
    at      TEXT NOT NULL,
    event   INTEGER NOT NULL,
    PRIMARY KEY (lesson, round)
);
CREATE TABLE rounds (
    lesson  TEXT PRIMARY KEY,
    begun   INTEGER NOT NULL
);
"""
"""`progress.event` is the id of the event that it was written with. `rounds.begun` never goes
back, so that no round gets the number of an erased one."""

NAMES = {"events", "progress", "rounds"}


class NotAJournal(sqlite3.DatabaseError):
    """The file is a database, but not one of ours."""


class NewerJournal(sqlite3.DatabaseError):
    """The file was written by a later version, with tables that this one does not know."""


def code(error: Exception) -> int:
    """SQLite's number of what went wrong, without its subdivision; 0 for an error of ours."""
    number: int = getattr(error, "sqlite_errorcode", 0)
    return number & 0xFF


def is_damage(error: Exception) -> bool:
    """Whether an error means that the file itself is no good."""
    damaged = code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return damaged or isinstance(error, NotAJournal)


def decoded(stored: bytes) -> str:
    """A text of the file; one flipped bit in it does not make the rest unreadable."""
    return stored.decode("utf-8", "replace")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is on disk afterwards, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def connect(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open a journal for writing; a new file gets its tables. Raises OSError, sqlite3.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    connection.text_factory = decoded
    with ExitStack() as unless_whole:
        unless_whole.callback(connection.close)
        if version(connection) == 0:
            begin(connection, patience)
        connection.execute("PRAGMA synchronous = NORMAL")
        unless_whole.pop_all()
    return connection


def version(connection: sqlite3.Connection) -> int:
    """The version of a journal's tables, 0 for a new file; raises for a file that is no journal."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not names and number == 0:
        return 0
    if application != APPLICATION or number < 1:
        raise NotAJournal("some other program's database")
    if number > VERSION:
        raise NewerJournal(f"version {number}")
    if not names >= NAMES:
        raise NotAJournal("a table is missing")
    return number


def begin(connection: sqlite3.Connection, patience: float) -> None:
    """Give a new file its tables, also when two tutors begin at the same moment."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            # SQLite itself does not wait for the other one here.
            if code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    with transaction(connection):
        if version(connection) == 0:
            for statement in TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


def connect_to_read(path: Path) -> sqlite3.Connection | None:
    """Open a journal that cannot be written; None when it cannot be read either."""
    for way in ("mode=ro", "immutable=1"):
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{way}", uri=True, isolation_level=None
            )
        except sqlite3.Error:
            continue
        connection.text_factory = decoded
        try:
            if version(connection) > 0:
                return connection
        except sqlite3.Error:
            pass
        connection.close()
    return None


def free_name(path: Path, word: str, moment: datetime) -> Path:
    """A name beside a journal that no file has: journal.broken-20261122-173138-000000.sqlite."""
    while True:
        name = path.with_name(f"{path.stem}.{word}-{moment:%Y%m%d-%H%M%S-%f}{path.suffix}")
        if not name.exists():
            return name
        moment += timedelta(microseconds=1)


def set_aside(path: Path, moment: datetime) -> Path:
    """Rename a damaged journal with what SQLite keeps beside it; nothing of it is lost."""
    kept = free_name(path, "broken", moment)
    # The log goes first: one that stayed behind would be played into the file that comes next.
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            os.replace(part, kept.with_name(kept.name + ending))
    return kept
