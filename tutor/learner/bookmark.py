"""Where a learner is in a lesson: takes a round up from the journal, or begins another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tutor.course import session
from tutor.course.catalog import lesson_folder
from tutor.course.lesson import Lesson, Value
from tutor.course.round import Round
from tutor.course.session import Began, Event, State
from tutor.learner.journal import Journal


class Bookmark:
    """The rounds of one lesson in a journal.

    `key` is the lesson's name in the journal: its id, or its path for a file that is not one of
    the course's lessons. A round enters the journal with the first thing that is done in it:
    only to look at a lesson leaves no trace.
    """

    def __init__(self, journal: Journal, lesson: Lesson, key: str) -> None:
        """Look into a journal for a lesson; nothing is read yet."""
        self.journal = journal
        self.lesson = lesson
        self.key = key

    def resume(self) -> Round:
        """The latest round where it was left, or the first with the lesson's own numbers."""
        number = self.journal.latest_round(self.key)
        if number is None:
            return self.begin(None)
        payloads = [event["payload"] for event in self.journal.events(self.key, number)]
        events = [event for one in payloads if (event := session.from_payload(one)) is not None]
        return self._round(events, number)

    def begin(self, seed: int | None, given: Mapping[str, Value] | None = None) -> Round:
        """A new round: the lesson's own numbers (no seed), a seed's, or some of the learner's."""
        return self._round([Began(seed, given)], None)

    def begin_typed(self, seed: int | None, given: Mapping[str, Value] | None) -> Round:
        """A new round with numbers that the learner has typed: in the journal before it is seen."""
        first = Began(seed, given or None)
        # A round that cannot be worked must not become the one that is taken up.
        round = Round(self.lesson, [first], lambda event, state: None)
        payload = session.to_payload(first)
        standing = self._standing(round.state)
        number = self.journal.begin_round(self.key, "began", payload, progress=standing)
        return self._round([first], number)

    def next_seed(self, state: State) -> int:
        """The seed of the fresh numbers that come after a round."""
        return (state.seed or 0) + 1

    def _round(self, events: list[Event], number: int | None) -> Round:
        at = number

        def record(event: Event, state: State) -> None:
            nonlocal at
            standing = self._standing(state)
            if at is None:
                first = session.to_payload(events[0])
                at = self.journal.begin_round(self.key, "began", first, progress=standing)
            payload = session.to_payload(event)
            self.journal.append(self.key, at, payload["type"], payload, progress=standing)

        return Round(self.lesson, events, record)

    def _standing(self, state: State) -> tuple[str, int, int]:
        word = "finished" if state.finished else "working"
        return word, state.done, len(state.steps)


def journal_key(path: Path) -> str:
    """The name of a lesson in the journal: its id in the course, its whole path elsewhere."""
    resolved = path.resolve()
    return path.stem if resolved.parent == lesson_folder().resolve() else str(resolved)
