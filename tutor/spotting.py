"""Spotting slips as a dialogue of plain lines."""

from __future__ import annotations

import sys
from pathlib import Path

from tutor.course.load import load
from tutor.course.numbers import NumbersError
from tutor.course.problem import LessonError
from tutor.course.spot import Said, Spot
from tutor.course.spot_exercise import SpotError
from tutor.engine.formula import FormulaError
from tutor.learner import places
from tutor.learner.bookmark import journal_key
from tutor.learner.journal import Journal
from tutor.learner.spot_bookmark import Place, SpotBookmark
from tutor.messages import say
from tutor.tui.glyphs import ASCII
from tutor.tui.spot.words import SpotWords

MISTAKES = 1
INTERRUPTED = 130


def spot_slips(path: Path, language: str, seed: int | None = None) -> int:
    """Find slips in the working of a lesson until `quit` or the end of the input."""
    try:
        lesson = load(path).lesson
    except LessonError as error:
        for problem in error.problems:
            sentence = say(problem.code, language, **problem.details)
            print(f"{problem.place}: {sentence}", file=sys.stderr)
        return MISTAKES
    with Journal.open(places.journal_path()) as journal:
        bookmark = SpotBookmark(journal, lesson, journal_key(path))
        try:
            spot = bookmark.open(bookmark.latest() if seed is None else Place(seed))
            SpotDialogue(bookmark, spot, language).run()
        except (FormulaError, NumbersError, SpotError):
            print(say("spot.none", language), file=sys.stderr)
            return MISTAKES
        except KeyboardInterrupt:
            print()
            return INTERRUPTED
    return 0


class SpotDialogue:
    """One learner looking for slips, line by line."""

    def __init__(self, bookmark: SpotBookmark, spot: Spot, language: str) -> None:
        """Go on with an exercise."""
        self.bookmark = bookmark
        self.spot = spot
        self.language = language
        self.shown_notice: object = None
        self.solution_asked = False

    @property
    def words(self) -> SpotWords:
        """The words for the exercise."""
        return SpotWords(self.spot, self.language)

    def run(self) -> None:
        """Ask until nobody answers."""
        print(say("spot.practice-help", self.language))
        self.show()
        while (line := self.read()) is not None:
            text = line.strip()
            if self.means(text, "command.word-quit", "quit"):
                lost = self.bookmark.journal.waiting > 0
                print(say("command.not-kept" if lost else "command.kept", self.language))
                return
            self.take(text)

    def means(self, text: str, key: str, word: str) -> bool:
        """Whether a word was typed, in English or in the learner's language."""
        return text.lower() in (word, say(key, self.language))

    def read(self) -> str | None:
        """One line of the learner; None at the end of the input."""
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return None
        return line.rstrip("\r\n")

    def show(self) -> None:
        """The page, the numbers, and what is asked."""
        words = self.words
        print()
        print(words.title())
        print(say("spot.about", self.language))
        print("\n".join(words.page()))
        numbers = words.numbers(ASCII)
        if numbers:
            print(say("spot.given", self.language))
            print("\n".join(numbers))
        self.ask()

    def ask(self) -> None:
        """What is asked now, with the choices where there are some."""
        print(self.words.asked())
        for choice in self.words.choices():
            print(choice)

    def take(self, text: str) -> None:
        """Do what a line says."""
        asked, self.solution_asked = self.solution_asked, False
        if self.means(text, "spot.word-next", "next") or (not text and self.spot.state.done):
            self.spot = self.bookmark.open(self.bookmark.next(self.spot))
            self.show()
        elif self.means(text, "command.word-hint", "hint"):
            print("\n".join(self.words.hint()))
        elif self.means(text, "command.word-solution", "solution"):
            self.solution(sure=asked)
        elif text in ("?", "？") or self.means(text, "command.word-help", "help"):
            print(say("spot.practice-help", self.language))
        elif text:
            before = self.spot.stage
            self.tell(self.spot.answer(text), before)

    def solution(self, *, sure: bool) -> None:
        """The answer to the present question, said to be wanted twice."""
        if self.spot.state.done:
            self.tell_right()
        elif sure:
            before = self.spot.stage
            self.tell(self.spot.show(), before)
        else:
            self.solution_asked = True
            print(say("spot.solution-sure", self.language))

    def tell(self, said: Said, before: str) -> None:
        """Say what came of an answer at a stage, and what is asked next."""
        print(self.words.judged(said))
        self.tell_journal()
        if self.spot.stage != before:
            if self.spot.state.done:
                self.tell_right()
            self.ask()

    def tell_right(self) -> None:
        """How the step with the slip should have been worked."""
        print(say("spot.should-be", self.language))
        print("\n".join(f"  {row}" for row in self.words.right_lines()))

    def tell_journal(self) -> None:
        """Say once when what is done can no longer be written down."""
        notice = self.bookmark.journal.notice
        if notice is not None and notice != self.shown_notice:
            self.shown_notice = notice
            print(say(notice.code, self.language, **notice.details), file=sys.stderr)
