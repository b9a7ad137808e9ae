"""What a damaged journal still tells, carried over into a new one."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from tutor.learner.journal_file import decoded, transaction

COLUMNS = "id, at, lesson, round, kind, payload"

Rows = list[tuple[object, ...]]


def salvage(broken: Path, connection: sqlite3.Connection) -> int:
    """Copy what can be read of a damaged journal into a new one: the number of its events."""
    # As it lies, unless there is a log to be read with it: reading leaves nothing beside it.
    way = "mode=ro" if broken.with_name(f"{broken.name}-wal").exists() else "immutable=1"
    with closing(sqlite3.connect(f"{broken.absolute().as_uri()}?{way}", uri=True)) as old:
        old.text_factory = decoded
        events = readable_events(old)
        progress = readable(old, "SELECT * FROM progress")
    with transaction(connection):
        connection.executemany(
            f"INSERT OR IGNORE INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", events
        )
        connection.executemany(
            "INSERT OR IGNORE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)", progress
        )
        connection.execute(
            "INSERT OR REPLACE INTO rounds SELECT lesson, max(round) FROM events GROUP BY lesson"
        )
    return len(events)


def readable_events(old: sqlite3.Connection) -> Rows:
    """The events from both ends of a damaged table, each until the damage stops it."""
    query = f"SELECT {COLUMNS} FROM events ORDER BY id"
    forwards = readable(old, query)
    backwards = readable(old, f"{query} DESC")
    found = {row[0]: row for row in forwards + backwards[::-1]}
    return list(found.values())


def readable(old: sqlite3.Connection, query: str) -> Rows:
    """The rows of a query until the first that cannot be read."""
    rows: Rows = []
    with suppress(sqlite3.Error):
        rows.extend(old.execute(query))
    return rows
