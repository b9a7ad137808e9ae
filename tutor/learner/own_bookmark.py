"""Own numbers that a learner has not finished writing: kept in the journal, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from tutor.course.own_draft import Written
from tutor.learner.journal import Journal

DRAFTED, CLOSED = "own-drafted", "own-closed"


def own_key(key: str) -> str:
    """The name in the journal of own numbers for the lesson that has a name in it."""
    return f"{key}#own"


class Kept(Struct, frozen=True):
    """What differs from the numbers of the round (a seed's, or the lesson's) in which it was."""

    seed: int | None
    written: Mapping[str, Written]


class OwnBookmark:
    """What is being written for one lesson, under a name of its own beside the lesson's rounds."""

    def __init__(self, journal: Journal, key: str) -> None:
        """Look into a journal; `key` is the name of the lesson in it."""
        self.journal = journal
        self.key = own_key(key)
        self._number: int | None = None

    def unfinished(self, seed: int | None) -> Mapping[str, Written]:
        """What was being written when the tutor ended; only beside numbers of the same seed."""
        events = self.journal.latest_events(self.key)
        if not events or events[-1]["kind"] != DRAFTED:
            return {}
        try:
            kept = msgspec.convert(events[-1]["payload"], Kept)
        except msgspec.ValidationError:
            return {}
        if kept.seed != seed:
            return {}
        self._number = events[-1]["round"]
        return {name: one for name, one in kept.written.items() if one.sound}

    def draft(self, seed: int | None, changes: Mapping[str, Written]) -> None:
        """Keep what is written so far."""
        if not changes and self._number is None:
            return
        payload = msgspec.to_builtins(Kept(seed, changes))
        if self._number is None:
            self._number = self.journal.begin_round(self.key, DRAFTED, payload)
        else:
            self.journal.append(self.key, self._number, DRAFTED, payload)

    def close(self) -> None:
        """It has become a round, or was dropped: nothing is left to go on with."""
        if self._number is not None:
            self.journal.append(self.key, self._number, CLOSED, {})
            self._number = None
