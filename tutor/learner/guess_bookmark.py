"""What the learner has said of runs before they began, and what the runs said, in the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tutor.learner.journal import Journal

Answer = float | int | str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to one question."""

    answer: Answer | None = None
    """None where it was passed over."""
    score: dict[str, Any] | None = None
    """What the run said to it."""


def guess_key(lesson: str) -> str:
    """The name in the journal of the guesses of a lesson, or of an experiment without one."""
    return f"{lesson}#lab"


class GuessBookmark:
    """The guesses of one lesson in a journal, under a name of their own beside its rounds."""

    def __init__(self, journal: Journal, lesson: str) -> None:
        """Look into a journal; `lesson` is the lesson's name, or the experiment's."""
        self.journal = journal
        self.key = guess_key(lesson)

    def said(self) -> dict[str, Said]:
        """What was said and found so far, by the marks of the questions."""
        found: dict[str, Said] = {}
        for event in self.journal.latest_events(self.key):
            payload = event["payload"]
            mark, kind = payload.get("mark"), payload.get("type")
            if not isinstance(mark, str):
                continue
            if kind in ("guessed", "passed"):
                answer = payload.get("answer")
                known = isinstance(answer, float | int | str) and not isinstance(answer, bool)
                found[mark] = Said(answer if known else None)
            elif kind == "scored" and mark in found and isinstance(payload.get("score"), dict):
                found[mark] = replace(found[mark], score=payload["score"])
        return found

    def guessed(self, mark: str, answer: Answer) -> None:
        """Write down what the learner says, before the run says anything."""
        self._write({"type": "guessed", "mark": mark, "answer": answer})

    def passed(self, mark: str) -> None:
        """Write down that the learner does not want to be asked this."""
        self._write({"type": "passed", "mark": mark})

    def scored(self, mark: str, score: dict[str, Any]) -> None:
        """Write down what the run said."""
        self._write({"type": "scored", "mark": mark, "score": score})

    def _write(self, payload: dict[str, Any]) -> None:
        number = self.journal.latest_round(self.key)
        if number is None:
            self.journal.begin_round(self.key, payload["type"], payload)
        else:
            self.journal.append(self.key, number, payload["type"], payload)
