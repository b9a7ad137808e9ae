"""What is said of a round of a lesson, in one language: the same words on screen and in lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from tutor.cells import Grid, labelled
from tutor.course.hints import Rung
from tutor.course.lesson import CHOICE_KINDS, Label, Lesson, Step
from tutor.course.reply import read_reply, typed
from tutor.course.round import Round
from tutor.course.wording import Text
from tutor.course.worked import Worked
from tutor.course.worksheet import EXACT_KINDS
from tutor.engine.answer import Cell
from tutor.engine.working import Line
from tutor.messages import say
from tutor.slip_words import answer_grid, sentence, title_of


@dataclass(frozen=True, slots=True)
class Shown:
    """Numbers to be shown: their name, a title, nested lists of numbers or texts, and labels."""

    name: str
    title: str
    values: object
    rows: tuple[str, ...]
    columns: tuple[str, ...]


def precision_asked(lesson: Lesson, step: Step, language: str) -> str:
    """How precisely a step of a lesson is to be answered."""
    if step.kind in EXACT_KINDS:
        return say("verdict.exactly", language)
    ((unit, count),) = lesson.precision(step).items()
    return say(f"verdict.one-{unit}" if count == 1 else f"verdict.{unit}", language, count=count)


@dataclass(frozen=True, slots=True)
class Telling:
    """The words for a round, in a language."""

    round: Round
    language: str

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the program."""
        return say(key, self.language, **values)

    def words(self, text: Text, step: Step | None = None) -> str:
        """A text of the lesson, with its values."""
        return self.round.sheet.words(text, self.language, step).strip()

    def labels(self, labels: tuple[Label, ...]) -> tuple[str, ...]:
        """The names of rows or columns."""
        return labelled(labels, self.language)

    def precision(self, step: Step) -> str:
        """How precisely a step is to be answered."""
        return precision_asked(self.round.lesson, step, self.language)

    def asked(self, step: Step) -> str:
        """What kind of answer a step wants."""
        if step.kind in CHOICE_KINDS:
            return self.say(f"screen.asked-{step.kind}")
        name = f"{step.name} = " if step.name else ""
        return self.say(f"screen.asked-{step.kind}", name=name, precision=self.precision(step))

    def options(self, step: Step) -> list[str]:
        """The options of a choice in the order in which they are shown."""
        return [
            self.words(step.options[place], step) for place in self.round.sheet.shown_order(step)
        ]

    def numbers(self, step: Step) -> list[Shown]:
        """What the formula of a step uses: givens, and earlier results as the learner has them.

        Where a formula uses none, all givens.
        """
        sheet = self.round.sheet
        uses = sheet.formula(step).uses if step.formula is not None else frozenset()
        shown = []
        for name, given in sheet.lesson.givens.items():
            if name in uses or not uses:
                title = self.title(name)
                rows, columns = self.labels(given.rows), self.labels(given.columns)
                shown.append(Shown(name, title, sheet.givens[name].tolist(), rows, columns))
        for name, earlier in sheet.named_before(step).items():
            if name in uses:
                title = self.title(name)
                rows, columns = self.labels(earlier.rows), self.labels(earlier.columns)
                shown.append(Shown(name, title, self.own_result(earlier), rows, columns))
        return shown

    def title(self, name: str) -> str:
        """The title of a given or of an earlier answer, with its name."""
        return titled(name, title_of(self.round.sheet, name, self.language))

    def grid(self, name: str) -> Grid:
        """The shape and the labels of a given or of an earlier answer."""
        sheet = self.round.sheet
        if name not in sheet.givens:
            step = next(one for one in sheet.lesson.steps if one.name == name)
            return answer_grid(sheet, step, self.language)
        given = sheet.lesson.givens[name]
        return Grid(sheet.givens[name].shape, self.labels(given.rows), self.labels(given.columns))

    def sources(self, step: Step, cell: int) -> list[str]:
        """Where a cell (row-major) of an answer comes from, a line for each name."""
        lines = []
        for name, cells in self.round.sources(step, cell).items():
            where = self.grid(name).words(cells, self.language)
            key = "source.cells" if where else "source.number"
            lines.append(self.say(key, name=name, where=where))
        return lines or [self.say("source.no-cells")]

    def own_result(self, step: Step) -> object:
        """An earlier result: as the learner answered it, or the solution where it was shown.

        What was not answered yet is shown as question marks: later steps must not give it away.
        """
        progress = self.round.progress(step)
        truth = self.round.sheet.truth(step).value
        if progress.overall and progress.cells:
            cells = list(progress.cells)
        elif progress.revealed:
            cells = list(typed(self.round.sheet, step, truth))
        else:
            cells = ["?"] * truth.size
        return nested(cells, truth.shape)

    def hints(self, step: Step) -> list[str]:
        """The hints of a step that were shown so far."""
        if not self.round.progress(step).hints:
            return []
        rungs = self.round.rungs(step)
        lines = []
        for number, rung in enumerate(rungs[: self.round.progress(step).hints], 1):
            words = self._rung(rung, step)
            lines.append(self.say("screen.hint", number=number, total=len(rungs), words=words))
        return lines

    def _rung(self, rung: Rung, step: Step) -> str:
        """One hint: the lesson's words, the quantities that are needed, or a formula."""
        if rung.words is not None:
            return self.words(rung.words, step)
        if rung.names:
            titles = self.say("screen.list-join").join(self.title(name) for name in rung.names)
            return self.say(f"screen.hint-{rung.kind}", quantities=titles)
        formula = rung.formula.replace("\n", "\n  ")
        return self.say(f"screen.hint-{rung.kind}", formula=formula)

    def working(self, step: Step) -> list[str]:
        """How a step is worked out, once it is done; with the learner's own where they part."""
        return self._worked(step, self.round.worked(step))

    def cell_working(self, step: Step, cell: int) -> list[str]:
        """How one cell (row-major) of a step is worked out."""
        return self._worked(step, self.round.worked(step, cell))

    def _worked(self, step: Step, worked: Worked) -> list[str]:
        rows: list[str] = []
        first = worked.parting.line if worked.parting is not None else len(worked.lines)
        for at, right in enumerate(worked.lines):
            rows += right.rows()
            own = worked.own.get(at, ())
            if at == first and worked.rests_on:
                rows.append(self.say("screen.working-rests", name=worked.rests_on))
            elif at == first and own and worked.parting is not None:
                parts = own[0].cell(worked.parting.place)
                rows.append(self.say("screen.working-parts", line=parts))
                own = own[1:]
            for line in own:
                rows += [self.say("screen.working-own", line=row) for row in line.rows()]
        if worked.parting is None and worked.lines:
            rows += self._wrong_answer(step, worked.lines[-1])
        return rows

    def _wrong_answer(self, step: Step, last: Line) -> list[str]:
        """The first cell that the learner's own last answer has wrong, if it has any."""
        progress = self.round.progress(step)
        wrong = [
            place
            for place, mark in enumerate(progress.marks)
            if mark == "wrong" and place in last.places
        ]
        own = [last.where(place) + progress.cells[place] for place in wrong[:1]]
        return [self.say("screen.working-parts", line=line) for line in own]

    def standing(self, step: Step) -> str:
        """What can be said of a step when one comes to it; nothing of one that is untouched."""
        progress = self.round.progress(step)
        if progress.solved:
            return self.say("screen.step-solved")
        if progress.revealed:
            return self.solution(step)
        if progress.overall:
            return self.judged(step)
        return ""

    def solution(self, step: Step) -> str:
        """The right answer, as one would type it."""
        sheet = self.round.sheet
        truth = sheet.truth(step).value
        cells = list(typed(sheet, step, truth))
        answer = cells[0] if step.kind in CHOICE_KINDS else flat(nested(cells, truth.shape))
        return self.say("screen.step-revealed", answer=answer)

    def point(self, step: Step) -> str:
        """What there is to notice once a step is done."""
        return self.words(step.after, step) if step.after is not None else ""

    def judged(self, step: Step) -> str:
        """What is said of the last answer as a whole."""
        progress = self.round.progress(step)
        overall, marks = progress.overall, progress.marks
        if overall == "unreadable":
            problem = read_reply(self.round.sheet, step, progress.cells).problem
            return say(problem.code, self.language, **problem.details) if problem else ""
        several = len(marks) > 1 and step.kind not in CHOICE_KINDS
        key = "one-wrong" if overall == "wrong" and not several else f"all-{overall}"
        said = self.say(
            f"verdict.{key}", asked=self.precision(step), blank=marks.count("blank"),
            wrong=marks.count("wrong"), count=len(marks),
        )  # fmt: skip
        note = self.chosen_note(step) if overall == "wrong" else ""
        return f"{said}\n{note}" if note else said

    def slips(self, step: Step) -> list[str]:
        """What may have gone wrong in the last answer: the likeliest slip, and one other."""
        sheet = self.round.sheet
        grid = answer_grid(sheet, step, self.language)
        said: list[str] = []
        for slip in self.round.slips(step)[:2]:
            words = sentence(slip, self.language, grid, sheet)
            joined = "slip.and" if slip.together else "slip.or"
            said.append(self.say(joined, said=words) if said else words)
        return said

    def chosen_note(self, step: Step) -> str:
        """What the lesson says to those who chose an option wrongly."""
        cells = self.round.progress(step).cells
        if step.kind not in ("choice", "choices") or not cells:
            return ""
        chosen = np.atleast_1d(read_reply(self.round.sheet, step, cells).value)
        right = np.atleast_1d(self.round.sheet.truth(step).value)
        places = chosen if step.kind == "choice" else np.flatnonzero(chosen > right)
        notes = [step.options[int(place)].note for place in places]
        return "\n".join(self.words(note, step) for note in notes if note is not None)

    def read_as(self, step: Step, cell: Cell) -> str:
        """How a cell is read, or what is wrong with it; nothing of a blank one."""
        if cell.problem is not None:
            return say(cell.problem.code, self.language, **cell.problem.details)
        if cell.value is None:
            return ""
        places = self.round.sheet.precision(step).places(cell.value) + 1
        exact = cell.places is not None
        value = f"{cell.value:.12g}" if exact else f"{cell.value:.{places}f}"
        return self.say("verdict.read-as", value=value)


def titled(name: str, title: str) -> str:
    """A title with the name that formulas use, unless it holds that name already."""
    return title if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", title) else f"{name}  {title}"


def nested(cells: list[str], shape: tuple[int, ...]) -> object:
    """Texts in the shape of an array."""
    if not shape:
        return cells[0]
    size = len(cells) // shape[0]
    return [nested(cells[at * size : (at + 1) * size], shape[1:]) for at in range(shape[0])]


def flat(values: object) -> str:
    """Nested texts on one line, as one could type them."""
    if isinstance(values, list):
        return "[" + ", ".join(flat(value) for value in values) + "]"
    return str(values)
