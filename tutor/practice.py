"""A lesson as a dialogue of plain lines: for screen readers, pipes and terminals without a cursor.

The same engine, the same session and the same journal as the screen; only the words are lines.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tutor.cells import Grid
from tutor.course.lesson import CHOICE_KINDS, Step, Value
from tutor.course.load import load
from tutor.course.numbers import NumbersError
from tutor.course.problem import LessonError
from tutor.course.reply import LETTERS, split_line
from tutor.course.round import Round
from tutor.course.worked import has_working
from tutor.engine.answer import Problem, calculate, read_array
from tutor.engine.formula import FormulaError
from tutor.learner import places
from tutor.learner.bookmark import Bookmark, journal_key
from tutor.learner.journal import Journal
from tutor.messages import say
from tutor.telling import Telling
from tutor.tui.glyphs import ASCII
from tutor.tui.grid.matrix_text import matrix_lines

WORDS = (
    "help", "hint", "solution", "next", "back", "skip", "story", "numbers", "sources",
    "working", "new", "quit",
)  # fmt: skip
"""What can be typed instead of an answer; each has a Chinese word too (`command.word-...`)."""


def practise(
    path: Path, language: str, seed: int | None = None, given: Mapping[str, Value] | None = None
) -> int:
    """Work a lesson line by line until it ends, `quit`, or the end of the input."""
    try:
        lesson = load(path).lesson
    except LessonError as error:
        for problem in error.problems:
            sentence = say(problem.code, language, **problem.details)
            print(f"{problem.place}: {sentence}", file=sys.stderr)
        return 1
    with Journal.open(places.journal_path()) as journal:
        bookmark = Bookmark(journal, lesson, journal_key(path))
        try:
            goes_on = seed is None and given is None
            round = bookmark.resume() if goes_on else bookmark.begin(seed, given)
        except (FormulaError, NumbersError):
            print(say("screen.lesson-check-advice", language, path=path), file=sys.stderr)
            return 1
        try:
            Dialogue(bookmark, round, language).run()
        except KeyboardInterrupt:
            print()
            return 130
    return 0


class Dialogue:
    """One learner answering line by line."""

    def __init__(self, bookmark: Bookmark, round: Round, language: str) -> None:
        """Go on with a round."""
        self.bookmark = bookmark
        self.round = round
        self.language = language
        self.shown_notice: object = None
        self.last_result: float | None = None
        self.commands: dict[str, Callable[[], bool | None]] = {}
        for word in WORDS:
            action = getattr(self, f"do_{word}")
            self.commands[word] = self.commands[self.say(f"command.word-{word}")] = action
        self.commands[self.say("command.word-working-too")] = self.do_working

    @property
    def telling(self) -> Telling:
        """The words for the round."""
        return Telling(self.round, self.language)

    @property
    def step(self) -> Step:
        """The step where the learner is."""
        return self.round.step

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the program."""
        return say(key, self.language, **values)

    def run(self) -> None:
        """Ask until there is nothing more to ask or nobody answers."""
        print(self.round.lesson.title.in_language(self.language))
        print(self.say("command.practice-help"))
        if self.round.state.given:
            print(self.say("command.own-numbers", names=", ".join(self.round.state.given)))
        self.do_story()
        self.ask()
        while (line := self.read()) is not None:
            if self.take(line):
                return

    def read(self) -> str | None:
        """One line of the learner; None at the end of the input."""
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return None
        return line.rstrip("\r\n")

    def take(self, line: str) -> bool:
        """Do what a line says; True to end."""
        text = line.strip()
        action = self.commands.get(text.lower())
        if action is not None:
            return bool(action())
        word, _, rest = text.partition(" ")
        of_cell = self.commands.get(word.lower())
        if of_cell in (self.do_sources, self.do_working):
            of_cell(rest)
            return False
        if text in ("?", "？"):
            self.do_help()
            return False
        if text.startswith(("=", "＝")):
            self.calculate(text[1:])
        elif text:
            self.answer(self.with_more_rows(text))
        elif self.round.progress(self.step).done:
            return self.go_on()
        return False

    def ask(self) -> None:
        """Say what the step asks, with its numbers, and how it stands."""
        lesson, step, telling = self.round.lesson, self.step, self.telling
        place = self.round.sheet.places[step.id] + 1
        title = telling.words(step.title, step)
        print()
        print(self.say("command.step", place=place, total=len(lesson.steps), title=title))
        print(telling.words(step.prompt, step))
        self.do_numbers()
        if step.kind in CHOICE_KINDS:
            for letter, option in zip(LETTERS, telling.options(step), strict=False):
                print(f"  {letter}  {option}")
            print(self.say(f"command.asked-{step.kind}"))
        else:
            print(telling.asked(step))
        standing = telling.standing(step)
        if standing:
            print(standing)

    def with_more_rows(self, text: str) -> str:
        """The rows of a matrix may be typed one a line: read on until they are all there."""
        if self.step.kind != "matrix":
            return text
        rows, columns = self.round.sheet.shape(self.step)
        lines = [text]
        while rows > 1 and len(lines) < rows:
            reading = read_array(lines[-1])
            if isinstance(reading, Problem) or reading.shape != (columns,):
                break
            print(self.say("command.next-row", row=len(lines) + 1, rows=rows))
            line = self.read()
            if line is None or not line.strip():
                break
            lines.append(line)
        return "\n".join(lines)

    def answer(self, text: str) -> None:
        """Check an answer and say cell by cell what is not right."""
        cells = split_line(self.round.sheet, self.step, text)
        if isinstance(cells, Problem):
            print(say(cells.code, self.language, **cells.details))
            return
        checked = self.round.check(self.step, cells)
        for place, cell in enumerate(checked.reading.cells):
            if cell.value is not None and cell.places is None:
                print(self.telling.read_as(self.step, cell))
            mark = checked.verdict.cells[place] if checked.verdict.cells else ""
            if len(cells) > 1 and mark not in ("right", ""):
                named = self.say("command.cell", place=self.cell_name(place), text=cell.text)
                print(named + self.say(f"verdict.{mark}"))
        print(self.telling.judged(self.step))
        for sentence in self.telling.slips(self.step):
            print(sentence)
        self.tell_journal()
        if self.round.progress(self.step).done:
            self.done()

    def cell_name(self, place: int) -> str:
        """Where a cell is: its labels, else its row and column, counted from 0."""
        shape = self.round.sheet.shape(self.step)
        telling = self.telling
        rows, columns = telling.labels(self.step.rows), telling.labels(self.step.columns)
        if len(shape) == 1:
            return columns[place] if columns else f"[{place}]"
        row, column = place // shape[-1], place % shape[-1]
        if rows and columns and len(shape) == 2:
            return f"{rows[row]}, {columns[column]}"
        places = [str(row % shape[-2]), str(column)]
        return "[" + ", ".join([str(row // shape[-2])] * (len(shape) > 2) + places) + "]"

    def done(self) -> None:
        """The point of a step that is done, and how to go on."""
        point = self.telling.point(self.step)
        if point:
            print(point)
        last = self.round.state.finished
        print(self.say("command.finished" if last else "command.enter-goes-on"))

    def go_on(self) -> bool:
        """To the next open step; True when there is none."""
        following = self.round.state.next_open(self.step.id)
        if following is None:
            print(self.say("command.finished"))
            return True
        self.round.move(following)
        self.ask()
        return False

    def calculate(self, text: str) -> None:
        """The calculator: `= exp(0.48)`."""
        cell = calculate(text, ans=self.last_result)
        if cell.problem is not None:
            print(say(cell.problem.code, self.language, **cell.problem.details))
        elif cell.value is not None:
            self.last_result = cell.value
            print(f"{cell.value:.7g}")

    def tell_journal(self) -> None:
        """Say once when what is done can no longer be written down."""
        notice = self.bookmark.journal.notice
        if notice is not None and notice != self.shown_notice:
            self.shown_notice = notice
            print(say(notice.code, self.language, **notice.details), file=sys.stderr)

    # The words

    def do_help(self) -> None:
        """What can be typed."""
        print(self.say("command.practice-words"))

    def do_hint(self) -> None:
        """One more hint."""
        if self.round.hint(self.step):
            print(self.telling.hints(self.step)[-1])
        else:
            print(self.say("command.no-more-hints"))

    def do_solution(self) -> None:
        """The solution, said to be wanted twice."""
        if not self.round.progress(self.step).done:
            print(self.say("command.solution-sure"))
            answer = (self.read() or "").strip().lower()
            if answer not in ("solution", self.say("command.word-solution")):
                print(self.say("command.solution-not-shown"))
                return
        self.round.reveal(self.step)
        print(self.telling.solution(self.step))
        self.done()

    def do_next(self) -> None:
        """The next step, done or not."""
        self.walk(1)

    def do_back(self) -> None:
        """The step before."""
        self.walk(-1)

    def walk(self, way: int) -> None:
        """A step further or back."""
        steps = self.round.lesson.steps
        place = self.round.sheet.places[self.step.id] + way
        if 0 <= place < len(steps):
            self.round.move(steps[place].id)
            self.ask()
        else:
            print(self.say("screen.first-step" if way < 0 else "screen.last-step"))

    def do_skip(self) -> None:
        """Leave the step for later."""
        self.round.skip(self.step)
        self.ask()

    def do_story(self) -> None:
        """The story of the lesson."""
        print(self.telling.words(self.round.lesson.story))

    def do_numbers(self) -> None:
        """The numbers that the step uses."""
        for one in self.telling.numbers(self.step):
            lines = matrix_lines(
                one.values, title=one.title, row_labels=one.rows, column_labels=one.columns,
                glyphs=ASCII, language=self.language,
            )  # fmt: skip
            print("\n".join(lines))

    def do_sources(self, text: str = "") -> None:
        """Where one cell of the answer comes from."""
        step = self.step
        if step.kind in CHOICE_KINDS:
            print(self.say("command.sources-choice"))
            return
        cell = self.meant(text, "sources")
        if cell is not None:
            has_cells = self.round.sheet.shape(step)
            named = self.cell_name(cell) if has_cells else self.say("source.this-number")
            print(self.say("source.heading", cell=named))
            for line in self.telling.sources(step, cell):
                print(f"  {line}")

    def meant(self, text: str, command: str) -> int | None:
        """The cell of the answer that is named; None, and how to name one, for another."""
        shape = self.round.sheet.shape(self.step)
        labels = self.telling.labels
        cell = Grid(shape, labels(self.step.rows), labels(self.step.columns)).meant(text)
        if cell is None:
            last = ",".join(str(size - 1) for size in shape)
            first = ",".join("0" for _ in shape)
            word = self.say(f"command.word-{command}")
            print(self.say("command.sources-which", word=word, first=first, last=last))
        return cell

    def do_working(self, text: str = "") -> None:
        """How the step, or one cell of it, is worked out."""
        if not has_working(self.step):
            print(self.say("command.working-none"))
        elif not self.round.progress(self.step).done:
            print(self.say("command.working-later"))
        elif not text.strip():
            print("\n".join(self.telling.working(self.step)))
        elif (cell := self.meant(text, "working")) is not None:
            print("\n".join(self.telling.cell_working(self.step, cell)))

    def do_new(self) -> None:
        """The same lesson with new numbers."""
        self.round = self.bookmark.begin(self.bookmark.next_seed(self.round.state))
        print(self.say("screen.seed", seed=self.round.state.seed))
        self.ask()

    def do_quit(self) -> bool:
        """End; everything is kept, as far as the disk lets us."""
        lost = self.bookmark.journal.waiting > 0
        print(self.say("command.not-kept" if lost else "command.kept"))
        return True
