"""The widget that takes an answer, and the words for how it was read and judged."""

from __future__ import annotations

import numpy as np

from tutor.course.lesson import CHOICE_KINDS, Label, Step
from tutor.course.reply import cell_count, read_reply
from tutor.course.round import Round
from tutor.course.worksheet import EXACT_KINDS, Worksheet
from tutor.engine.answer import Cell, Problem, read_array, read_cell
from tutor.messages import say
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid import MatrixGrid
from tutor.tui.options import OptionAnswer


def labels(of: tuple[Label, ...], language: str) -> list[str]:
    """The names of rows or columns in a language."""
    return [one if isinstance(one, str) else one.in_language(language) for one in of]


def answer_widget(
    round: Round, step: Step, language: str, glyphs: Glyphs
) -> MatrixGrid | OptionAnswer:
    """What takes the answer of a step, with what was typed and marked before."""
    progress = round.progress(step)
    if step.kind in CHOICE_KINDS:
        texts = [
            round.sheet.words(step.options[place], language, step)
            for place in round.sheet.shown_order(step)
        ]
        picked = progress.cells[0] if progress.cells else ""
        options = OptionAnswer(step.kind, texts, picked, glyphs, id="answer")
        options.mark = progress.overall.removeprefix("too-")
        return options
    grid = MatrixGrid(
        round.sheet.shape(step),
        row_labels=labels(step.rows, language),
        column_labels=labels(step.columns, language),
        texts=progress.cells or ("",) * cell_count(round.sheet, step),
        read_block=lambda text: block_rows(text, language),
        language=language,
        glyphs=glyphs,
        id="answer",
    )
    if progress.marks:
        grid.marks = [mark.removeprefix("too-") for mark in progress.marks]
    return grid


def block_rows(text: str, language: str) -> list[list[str]] | str | None:
    """A pasted array as rows of texts; why it cannot be read; None for a single number."""
    reading = read_array(text)
    if isinstance(reading, Problem):
        return say(reading.code, language, **reading.details)
    if not reading.shape:
        return None
    width = reading.shape[-1]
    texts = [cell.text for cell in reading.cells]
    return [texts[at : at + width] for at in range(0, len(texts), width)]


def asked_precision(sheet: Worksheet, step: Step, language: str) -> str:
    """How precisely a step is to be answered, in words."""
    if step.kind in EXACT_KINDS:
        return say("verdict.exactly", language)
    ((unit, count),) = sheet.lesson.precision(step).items()
    return say(f"verdict.{unit}", language, count=count)


def current_mark(round: Round, step: Step, widget: MatrixGrid | OptionAnswer, language: str) -> str:
    """The current cell in words: where it is, how it is read, what the check said of it."""
    if isinstance(widget, OptionAnswer):
        return ""
    text = widget.texts[widget.current]
    if not text:
        return ""
    cell = read_cell(text)
    where = widget.describe_current() if len(widget.texts) > 1 or widget.marks[0] else ""
    return "  ".join(part for part in (where, read_as(round, step, cell, language)) if part)


def read_as(round: Round, step: Step, cell: Cell, language: str) -> str:
    """How a cell is read: its number where it is not written as one, or what is wrong with it."""
    if cell.problem is not None:
        return say(cell.problem.code, language, **cell.problem.details)
    if cell.value is None:
        return ""
    precision = round.sheet.precision(step)
    value = f"{cell.value:.{precision.places(cell.value) + 1}f}"
    return say("verdict.read-as", language, value=value if cell.places is None else cell.value)


def said_of(round: Round, step: Step, overall: str, marks: tuple[str, ...], language: str) -> str:
    """What is said of a whole answer that is not accepted."""
    progress = round.progress(step)
    if overall == "unreadable":
        problem = read_reply(round.sheet, step, progress.cells).problem
        if problem is not None:
            return say(problem.code, language, **problem.details)
    values = {
        "asked": asked_precision(round.sheet, step, language),
        "blank": marks.count("blank"),
        "wrong": marks.count("wrong"),
        "count": len(marks),
    }
    if overall == "wrong":
        note = chosen_note(round, step, progress.cells, language)
        key = "verdict.all-wrong" if len(marks) > 1 and step.kind not in CHOICE_KINDS else ""
        return "\n".join(
            part for part in (say(key or "verdict.one-wrong", language, **values), note) if part
        )
    return say(f"verdict.all-{overall}", language, **values)


def chosen_note(round: Round, step: Step, cells: tuple[str, ...], language: str) -> str:
    """What the lesson says to those who chose an option wrongly."""
    if step.kind not in ("choice", "choices") or not cells:
        return ""
    chosen = np.atleast_1d(read_reply(round.sheet, step, cells).value)
    right = np.atleast_1d(round.sheet.truth(step).value)
    places = [int(chosen[0])] if step.kind == "choice" else np.flatnonzero(chosen > right)
    notes = [step.options[int(place)].note for place in places]
    return "\n".join(
        round.sheet.words(note, language, step).strip() for note in notes if note is not None
    )
