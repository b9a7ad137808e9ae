"""Erasing that can be undone: what is erased is kept beside the journal.

`journal.erased-<date>.sqlite` is a journal of its own, with the erased events only. Undoing brings
the last one back and removes the copy. Who wants nothing kept removes these files by hand.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from tutor.learner.journal_file import connect, free_name, transaction

COPIED = {
    "events": "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
    "progress": "INSERT INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)",
}


class AlreadyThere(Exception):
    """What is to be brought back would fall among what is in the journal now."""


def of_lessons(lessons: Sequence[str]) -> str:
    """The condition for the rows of some lessons; all rows where none is named."""
    return f" WHERE lesson IN ({', '.join('?' * len(lessons))})" if lessons else ""


def chosen(
    connection: sqlite3.Connection, table: str, lessons: Sequence[str] = ()
) -> list[tuple[object]]:
    """The rows of a table that belong to some lessons, or all of them."""
    return connection.execute(f"SELECT * FROM {table}{of_lessons(lessons)}", lessons).fetchall()


def erase(
    connection: sqlite3.Connection, path: Path, lessons: Sequence[str], moment: datetime
) -> tuple[int, Path | None]:
    """Move the events of lessons, or all, out of the journal: how many, where they are kept."""
    # The copy is whole before anything is removed, and no other tutor writes in between.
    with transaction(connection):
        rows = {table: chosen(connection, table, lessons) for table in COPIED}
        if not any(rows.values()):
            return 0, None
        kept = free_name(path, "erased", moment)
        with ExitStack() as unless_whole:
            unless_whole.callback(kept.unlink, missing_ok=True)
            with closing(connect(kept)) as copy, transaction(copy):
                for table, statement in COPIED.items():
                    copy.executemany(statement, rows[table])
            unless_whole.pop_all()
        for table in COPIED:
            connection.execute(f"DELETE FROM {table}{of_lessons(lessons)}", lessons)
    return len(rows["events"]), kept


def kept_copies(path: Path) -> list[Path]:
    """The copies of what was erased from a journal, the oldest first."""
    return sorted(path.parent.glob(f"{path.stem}.erased-*{path.suffix}"))


def restore(connection: sqlite3.Connection, kept: Path) -> int:
    """Bring the events of a copy back under the numbers that they had; the copy is removed."""
    with closing(connect(kept)) as copy:
        rows = {table: chosen(copy, table) for table in COPIED}
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
