"""What is said of an exercise of spotting slips, in one language: on the screen and in lines."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.lesson import Label, Step
from tutor.course.reply import LETTERS
from tutor.course.spot import Said, Spot
from tutor.course.worksheet import EXACT_KINDS
from tutor.messages import say
from tutor.slip_words import answer_grid, clipped, sentence
from tutor.telling import precision_asked, titled
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.matrix_text import matrix_lines


@dataclass(frozen=True, slots=True)
class SpotWords:
    """The words for an exercise."""

    spot: Spot
    language: str

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the program."""
        return say(key, self.language, **values)

    def title(self) -> str:
        """Which exercise of which lesson it is."""
        lesson = self.spot.lesson.title.in_language(self.language)
        return self.say("spot.title", lesson=lesson, seed=self.spot.state.seed)

    def step_title(self, step: Step) -> str:
        """What a step is called."""
        return self.spot.exercise.sheet.words(step.title, self.language, step).strip()

    def page(self) -> list[str]:
        """The lines of the imaginary learner, numbered, each step under its title."""
        rows: list[str] = []
        number = 0
        for worked in self.spot.exercise.page:
            rows.append(self.step_title(worked.step))
            for line in worked.lines:
                number += 1
                first, *rest = line.split("\n")
                rows.append(f"{number:>3} {first}")
                rows += [f"    {row}" for row in rest]
        return rows

    def numbers(self, glyphs: Glyphs) -> list[str]:
        """What the page uses and does not work out, as text."""
        sheet = self.spot.exercise.sheet
        rows: list[str] = []
        for name in self.spot.exercise.names:
            given = sheet.lesson.givens.get(name)
            if given is not None:
                title = titled(name, given.title.in_language(self.language))
                values: object = sheet.givens[name].tolist()
                labels = given.rows, given.columns
            else:
                step = next(one for one in sheet.lesson.steps if one.name == name)
                title = titled(name, self.step_title(step))
                precision, result = sheet.precision(step), sheet.result(step)
                exact = step.kind in EXACT_KINDS
                values = (result if exact else precision.round(result)).tolist()
                labels = step.rows, step.columns
            rows += matrix_lines(
                values, title=title, row_labels=self._labels(labels[0]),
                column_labels=self._labels(labels[1]), glyphs=glyphs, language=self.language,
            )  # fmt: skip
        return rows

    def _labels(self, labels: tuple[Label, ...]) -> tuple[str, ...]:
        return tuple(
            one if isinstance(one, str) else one.in_language(self.language) for one in labels
        )

    def asked(self) -> str:
        """What is asked now."""
        made = self.spot.exercise
        if self.spot.stage == "correct":
            title = self.step_title(made.step)
            asked, precision = self._asked_array(), self.precision()
            return self.say("spot.ask-correct", title=title, asked=asked, precision=precision)
        line = made.first_wrong + 1
        return self.say(f"spot.ask-{self.spot.stage}", count=made.line_count, line=line)

    def _asked_array(self) -> str:
        shape = self.spot.exercise.sheet.shape(self.spot.exercise.step)
        if not shape:
            return self.say("spot.asked-number")
        count = 1
        for size in shape:
            count *= size
        example = {1: "1 2", 2: "1 2; 3 4", 3: "[[[1 2] [3 4]] [[5 6] [7 8]]]"}[len(shape)]
        return self.say(
            "spot.asked-array", count=count, shape=" x ".join(map(str, shape)), example=example
        )

    def precision(self) -> str:
        """How precisely the right answer is to be given."""
        return precision_asked(self.spot.lesson, self.spot.exercise.step, self.language)

    def choices(self) -> list[str]:
        """What may have gone wrong, a letter before each; nothing unless it is asked."""
        if self.spot.stage != "slip":
            return []
        return [
            f"  {letter}  {self.slip(one)}"
            for letter, one in zip(LETTERS, self.spot.exercise.choices, strict=False)
        ]

    def slip(self, slip: str, where: str = "") -> str:
        """The sentence of a slip, with its place if that may be said."""
        at = self.say("slip.at-formula", where=clipped(where)) if where else ""
        return self.say(f"slip.{slip}", at=at)

    def made_slip(self) -> str:
        """The slip of the page in words, as in a lesson: what was worked, with which quantities."""
        made, slip = self.spot.exercise, self.spot.explained
        if slip is None:
            return self.slip(made.slip, made.where)
        grid = answer_grid(made.sheet, made.step, self.language)
        return sentence(slip, self.language, grid, made.sheet)

    def judged(self, said: Said) -> str:
        """What is said of an answer."""
        values: dict[str, object] = {**said.details}
        if said.code in ("spot.slip-found", "spot.shown-slip"):
            values["slip"] = self.made_slip()
        elif said.code == "spot.correct-coarse":
            values["precision"] = self.precision()
        return self.say(said.code, **values)

    def right_lines(self) -> list[str]:
        """The step with the slip as it should be, row by row."""
        return [row for line in self.spot.exercise.right_lines for row in line.split("\n")]

    def hint(self) -> list[str]:
        """The formulas of the page; once the line is found only that of its step."""
        made = self.spot.exercise
        steps = [worked.step for worked in made.page]
        shown = steps if self.spot.stage == "line" else [made.step]
        rows = []
        for step in shown:
            head = f"{step.name} = " if step.name and "\n" not in (step.formula or "") else ""
            formula = (head + (step.formula or "")).replace("\n", "\n  ")
            title = self.step_title(step)
            rows.append(self.say("spot.hint", title=title, formula=formula))
        return rows
