"""Erasing that can be undone: what is erased is kept beside the journal.

`journal.erased-<date>.sqlite` is a journal of its own, with the erased events only. Undoing brings
the last one back and removes the copy. Who wants nothing kept removes these files by hand.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tutor.learner.journal_file import connect, free_name, transaction

COPIED = {
    "events": "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
    "progress": "INSERT INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)",
}


class AlreadyThere(Exception):
    """What is to be brought back would fall among what is in the journal now."""


def chosen(connection: sqlite3.Connection, table: str, lesson: str | None) -> list[tuple[object]]:
    """The rows of a table that belong to a lesson, or all of them."""
    where, values = ("", ()) if lesson is None else (" WHERE lesson = ?", (lesson,))
    return connection.execute(f"SELECT * FROM {table}{where}", values).fetchall()


def erase(
    connection: sqlite3.Connection, path: Path, lesson: str | None, moment: datetime
) -> tuple[int, Path | None]:
    """Move a lesson's events, or all, out of the journal: how many, and where they are kept."""
    # The copy is whole before anything is removed, and no other tutor writes in between.
    with transaction(connection):
        rows = {table: chosen(connection, table, lesson) for table in COPIED}
        if not any(rows.values()):
            return 0, None
        kept = free_name(path, "erased", moment)
        try:
            with closing(connect(kept)) as copy, transaction(copy):
                for table, statement in COPIED.items():
                    copy.executemany(statement, rows[table])
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        for table in COPIED:
            where, values = ("", ()) if lesson is None else (" WHERE lesson = ?", (lesson,))
            connection.execute(f"DELETE FROM {table}{where}", values)
    return len(rows["events"]), kept


def kept_copies(path: Path) -> list[Path]:
    """The copies of what was erased from a journal, the oldest first."""
    return sorted(path.parent.glob(f"{path.stem}.erased-*{path.suffix}"))


def restore(connection: sqlite3.Connection, kept: Path) -> int:
    """Bring the events of a copy back under the numbers that they had; the copy is removed."""
    with closing(connect(kept)) as copy:
        rows = {table: chosen(copy, table, None) for table in COPIED}
        rounds = copy.execute("SELECT lesson, max(round) FROM events GROUP BY lesson").fetchall()
        stored = copy.execute("SELECT DISTINCT lesson, round FROM events").fetchall()
    with transaction(connection):
        for lesson, number in stored:
            query = "SELECT 1 FROM events WHERE lesson = ? AND round = ?"
            if connection.execute(query, (lesson, number)).fetchone():
                raise AlreadyThere(f"{lesson}, round {number}")
        try:
            for table, statement in COPIED.items():
                connection.executemany(statement, rows[table])
        except sqlite3.IntegrityError as error:
            raise AlreadyThere(str(error)) from error
        connection.executemany(
            "INSERT INTO rounds VALUES (?, ?)"
            " ON CONFLICT (lesson) DO UPDATE SET begun = max(begun, excluded.begun)",
            rounds,
        )
    kept.unlink()
    return len(rows["events"])
