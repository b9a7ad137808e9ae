"""What the learner has done, as events that are only ever appended.

The lesson never stops for the disk. An event that cannot be written waits in memory, `notice`
says why, and the next append tries again. One Journal belongs to one thread.

Several tutors may be open at once. `begin_round` gives each a round of its own. Those that resume
the same round append to the same round: its events are read in the order in which they were
written, whoever wrote them.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self, TypedDict

from tutor.learner import erased
from tutor.learner.disk import Disk
from tutor.learner.journal_file import transaction
from tutor.learner.notice import Notice, shown

Standing = tuple[str, int, int]
"""How a round stands: a word for its state, steps done, steps in all."""


class Event(TypedDict):
    """One thing that happened in a round."""

    id: int
    """Grows with every event; 0 while the event is not on disk."""
    at: str
    lesson: str
    round: int
    kind: str
    payload: dict[str, Any]


class Progress(NamedTuple):
    """How a lesson stands, from the last event that said so."""

    lesson: str
    round: int
    state: str
    done: int
    total: int
    at: str
    finished: int
    """How many rounds have all their steps done."""


class Erased(NamedTuple):
    """What an erasing took away, and the file in which it is kept."""

    events: int
    kept: Path | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event on its way to the disk; a round below zero has no number there yet."""

    at: str
    lesson: str
    round: int
    kind: str
    payload: str
    progress: Standing | None

    def row(self) -> tuple[str, str, int, str, str]:
        """What of it stands in the table of events."""
        return self.at, self.lesson, self.round, self.kind, self.payload


def now() -> datetime:
    """The time of this system."""
    return datetime.now(UTC)


class Journal:
    """The events of every lesson and round, in one file."""

    def __init__(self, disk: Disk) -> None:
        """Keep events on a disk; `Journal.open` is the way to get a journal."""
        self._disk = disk
        self._waiting: list[Entry] = []
        self._begun = 0
        self._places: dict[int, int] = {}

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime] = now) -> Self:
        """Open the journal of a file, which need not exist; `notice` tells what went wrong."""
        journal = cls(Disk(path, clock))
        journal._disk.write(nothing_written)
        return journal

    def __enter__(self) -> Self:
        """The journal itself, closed when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @property
    def path(self) -> Path:
        """The file that is written; another one than was opened when a later version's is left."""
        return self._disk.path

    @property
    def notice(self) -> Notice | None:
        """What the learner should be told: first what is wrong now, then what happened."""
        return self._disk.trouble or self._disk.news

    @property
    def waiting(self) -> int:
        """How many events are in memory only."""
        return len(self._waiting)

    def begin_round(
        self,
        lesson: str,
        kind: str = "begun",
        payload: Mapping[str, Any] | None = None,
        *,
        progress: Standing | None = None,
    ) -> int:
        """Begin a round with its first event, and give its number, which no other tutor gets.

        A number below zero says that the event is not on disk yet. It stays a name of the round
        for as long as this journal is open, also when the round has got its number: so whatever a
        round is made of, such as a seed, belongs into the payload and never comes of the number.
        """
        self._begun += 1
        self._enter(lesson, -self._begun, kind, payload or {}, progress)
        return self._places.get(-self._begun, -self._begun)

    def append(
        self,
        lesson: str,
        round: int,
        kind: str,
        payload: Mapping[str, Any],
        *,
        progress: Standing | None = None,
    ) -> bool:
        """Write an event and, with it, how its round stands now: whether both are on disk."""
        return self._enter(lesson, round, kind, payload, progress)

    def rounds(self, lesson: str) -> list[int]:
        """The numbers of a lesson's rounds, the latest last."""
        query = "SELECT DISTINCT round FROM events WHERE lesson = ? ORDER BY round"
        rows = self._disk.read(query, (storable(lesson),))
        waiting = [entry.round for entry in self._waiting if entry.lesson == storable(lesson)]
        return list(dict.fromkeys([number for (number,) in rows] + waiting))

    def latest_round(self, lesson: str) -> int | None:
        """The number of a lesson's latest round; None when there is none."""
        return next(reversed(self.rounds(lesson)), None)

    def events(self, lesson: str, round: int) -> list[Event]:
        """What happened in a round, in the order in which it was written."""
        lesson, round = storable(lesson), self._places.get(round, round)
        rows = self._disk.read(
            "SELECT id, at, lesson, round, kind, payload FROM events"
            " WHERE lesson = ? AND round = ? ORDER BY id",
            (lesson, round),
        )
        for entry in self._waiting:
            if (entry.lesson, entry.round) == (lesson, round):
                rows.append((0, *entry.row()))
        return [found for row in rows if (found := event(*row))]

    def latest_events(self, lesson: str) -> list[Event]:
        """What happened in a lesson's latest round."""
        latest = self.latest_round(lesson)
        return [] if latest is None else self.events(lesson, latest)

    def summary(self) -> list[Progress]:
        """How every lesson stands that was ever begun, in one query."""
        # SQLite takes the other columns from the row in which max() found its value.
        rows = self._disk.read(
            "SELECT lesson, round, state, done, total, at,"
            " sum(total > 0 AND done >= total), max(event) FROM progress GROUP BY lesson"
        )
        standings = {row[0]: Progress(*row[:7]) for row in rows}
        for entry in self._waiting:
            if entry.progress:
                _, done, total = entry.progress
                before = standings.get(entry.lesson)
                finished = max(before.finished if before else 0, int(done >= total > 0))
                standings[entry.lesson] = Progress(
                    entry.lesson, entry.round, *entry.progress, entry.at, finished
                )
        return list(standings.values())

    def erase(self, *lessons: str) -> Erased | None:
        """Move the events of some lessons, or all, into a file beside the journal.

        None when the disk did not let us, which `notice` explains; then nothing is erased.
        """
        if not self._flush():
            return None
        names = [storable(lesson) for lesson in lessons]
        moment = self._disk.clock()
        result = self._disk.write(lambda to: erased.erase(to, self.path, names, moment))
        return None if result is None else Erased(*result)

    def restore_erased(self) -> int:
        """Undo the last erasing that was not undone: how many events came back."""
        copies = erased.kept_copies(self.path)
        if not copies:
            return 0
        try:
            return self._disk.write(lambda to: erased.restore(to, copies[-1])) or 0
        except erased.AlreadyThere:
            self._disk.news = Notice("learner.restore-conflict", {"kept": shown(copies[-1])})
            return 0

    def close(self) -> None:
        """Try a last time to write what waits, and let go of the file."""
        self._flush()
        self._disk.close()

    def _enter(
        self,
        lesson: str,
        round: int,
        kind: str,
        payload: Mapping[str, Any],
        progress: Standing | None,
    ) -> bool:
        # Other characters than ASCII are escaped: a half of a surrogate pair is no UTF-8.
        text = json.dumps(payload, allow_nan=False, separators=(",", ":"))
        at = self._disk.clock().astimezone(UTC).isoformat(timespec="milliseconds")
        round = self._places.get(round, round)
        at = at.replace("+00:00", "Z")
        self._waiting.append(Entry(at, storable(lesson), round, kind, text, progress))
        return self._flush()

    def _flush(self) -> bool:
        """Write all that waits, in one transaction, or none of it."""
        if not self._waiting:
            return True
        places = self._disk.write(lambda to: written(to, self._waiting))
        if places is None:
            return False
        self._places |= places
        self._waiting.clear()
        return True


def written(connection: sqlite3.Connection, entries: list[Entry]) -> dict[int, int]:
    """Write entries; the numbers that rounds got which had none."""
    places: dict[int, int] = {}
    with transaction(connection):
        for entry in entries:
            if entry.round < 0 and entry.round not in places:
                places[entry.round] = next_round(connection, entry.lesson)
            entry = replace(entry, round=places.get(entry.round, entry.round))
            cursor = connection.execute(
                "INSERT INTO events (at, lesson, round, kind, payload) VALUES (?, ?, ?, ?, ?)",
                entry.row(),
            )
            if entry.progress:
                connection.execute(
                    "INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (entry.lesson, entry.round, *entry.progress, entry.at, cursor.lastrowid),
                )
    return places


def nothing_written(connection: sqlite3.Connection) -> None:
    """Write nothing, which fails where something could not be written either."""
    with transaction(connection):
        pass


def next_round(connection: sqlite3.Connection, lesson: str) -> int:
    """A number that no round of a lesson had before; inside a transaction."""
    connection.execute(
        "INSERT INTO rounds VALUES (?, 1) ON CONFLICT (lesson) DO UPDATE SET begun = begun + 1",
        (lesson,),
    )
    query = "SELECT begun FROM rounds WHERE lesson = ?"
    number: int = connection.execute(query, (lesson,)).fetchone()[0]
    return number


def event(number: int, at: str, lesson: str, round: int, kind: str, payload: str) -> Event | None:
    """A row as an event; None for one that a damaged disk has made unreadable."""
    try:
        read = json.loads(payload)
    except ValueError:
        return None
    if not isinstance(read, dict):
        return None
    return Event(id=number, at=at, lesson=lesson, round=round, kind=kind, payload=read)


def storable(lesson: str) -> str:
    """A lesson's name as it can be stored: a file's name may hold bytes that are no text."""
    return lesson.encode("utf-8", "backslashreplace").decode("utf-8")
