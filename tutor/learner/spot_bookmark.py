"""Which exercise of spotting slips a learner is at: taken up from the journal, or the next one."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course import spot
from tutor.course.lesson import Lesson
from tutor.course.spot import Spot, SpotBegan, SpotEvent
from tutor.learner.journal import Journal

FIRST = 1
"""The seed of the first exercise."""


def spot_key(key: str) -> str:
    """The name in the journal of the exercises of the lesson that has a name in it."""
    return f"{key}#spot"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a learner is: an exercise, what was done in it, and its round in the journal."""

    seed: int
    events: tuple[SpotEvent, ...] = ()
    number: int | None = None


class SpotBookmark:
    """The exercises of one lesson in a journal, under a name of their own beside its rounds.

    An exercise enters the journal with its first answer: only to look at it leaves no trace.
    """

    def __init__(self, journal: Journal, lesson: Lesson, key: str) -> None:
        """Look into a journal; `key` is the name of the lesson in it."""
        self.journal = journal
        self.lesson = lesson
        self.key = spot_key(key)

    def latest(self) -> Place:
        """The latest exercise as the journal knows it, or the one after it if it was finished."""
        number = self.journal.latest_round(self.key)
        if number is None:
            return Place(FIRST)
        payloads = [event["payload"] for event in self.journal.events(self.key, number)]
        events = [event for one in payloads if (event := spot.from_payload(one)) is not None]
        state = spot.replayed(events)
        if state is None:
            return Place(FIRST)
        return Place(state.seed + 1) if state.done else Place(state.seed, tuple(events), number)

    def next(self, before: Spot) -> Place:
        """The exercise after another one."""
        return Place(before.state.seed + 1)

    def open(self, place: Place) -> Spot:
        """The exercise of a place; it may be made in another thread: the journal is not touched.

        Raises SpotError, NumbersError and FormulaError.
        """
        events = place.events or (SpotBegan(place.seed),)
        at = place.number

        def record(event: SpotEvent) -> None:
            nonlocal at
            if at is None:
                first = spot.to_payload(events[0])
                at = self.journal.begin_round(self.key, first["type"], first)
            payload = spot.to_payload(event)
            self.journal.append(self.key, at, payload["type"], payload)

        return Spot(self.lesson, place.seed, events, record)
