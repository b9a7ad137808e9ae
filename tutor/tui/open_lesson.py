"""Opens a lesson file for the screen: loads it, takes its round up, says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.lesson import Value
from tutor.course.load import load
from tutor.course.numbers import NumbersError
from tutor.course.problem import LessonError
from tutor.engine.formula import FormulaError
from tutor.learner.bookmark import Bookmark, journal_key
from tutor.messages import say
from tutor.tui.lesson import LessonScreen
from tutor.tui.sentence import SentenceScreen

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


def opened(
    app: TutorApp, path: Path, seed: int | None, given: Mapping[str, Value] | None
) -> LessonScreen | SentenceScreen:
    """The screen of a lesson, or one that says why it cannot be worked."""
    try:
        lesson = load(path).lesson
        bookmark = Bookmark(app.journal, lesson, journal_key(path))
        if seed is None and given is None:
            return LessonScreen(bookmark, bookmark.resume())
        return LessonScreen(bookmark, bookmark.begin(seed, given))
    except LessonError as error:
        lines = [
            f"{problem.place}: {say(problem.code, app.language, **problem.details)}"
            for problem in error.problems
        ]
    except (FormulaError, NumbersError):
        lines = [str(path)]
    heading = say("screen.lesson-unusable", app.language)
    advice = say("screen.lesson-check-advice", app.language, path=path)
    return SentenceScreen("\n".join([heading, "", *lines, "", advice]))
