"""The widget that takes the answer of a step."""

from __future__ import annotations

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.reply import cell_count
from tutor.engine.answer import Problem, read_array, read_cell
from tutor.messages import say
from tutor.telling import Telling
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.options import OptionAnswer

AnswerWidget = MatrixGrid | OptionAnswer

SIGNS = {"too-coarse": "coarse", "incomplete": "blank"}
"""Verdicts whose sign has another name."""


def shown_mark(mark: str) -> str:
    """A verdict as the name of its sign."""
    return SIGNS.get(mark, mark)


def answer_widget(telling: Telling, step: Step, glyphs: Glyphs) -> AnswerWidget:
    """What takes the answer of a step, with what was typed and marked before."""
    progress = telling.round.progress(step)
    if step.kind in CHOICE_KINDS:
        picked = progress.cells[0] if progress.cells else ""
        options = OptionAnswer(step.kind, telling.options(step), picked, glyphs)
        options.mark = progress.overall
        return options
    sheet = telling.round.sheet
    grid = MatrixGrid(
        sheet.shape(step),
        row_labels=telling.labels(step.rows),
        column_labels=telling.labels(step.columns),
        texts=progress.cells or ("",) * cell_count(sheet, step),
        read_block=lambda text: block_rows(text, grid.language),
        language=telling.language,
        glyphs=glyphs,
    )
    if progress.marks:
        grid.marks = [shown_mark(mark) for mark in progress.marks]
    return grid


def retell_answer(widget: AnswerWidget, telling: Telling, step: Step, glyphs: Glyphs) -> None:
    """Say labels or options in another language or with other signs, and change nothing else."""
    if isinstance(widget, OptionAnswer):
        widget.retell(telling.options(step), glyphs)
        return
    widget.row_labels = telling.labels(step.rows)
    widget.column_labels = telling.labels(step.columns)
    widget.set_language(telling.language)
    widget.set_glyphs(glyphs)


def typed_cells(widget: AnswerWidget) -> tuple[str, ...]:
    """The answer as it stands: a text a cell, or the letters of what is picked."""
    return widget.texts if isinstance(widget, MatrixGrid) else (widget.answer,)


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


def current_cell(telling: Telling, step: Step, widget: AnswerWidget) -> str:
    """The current cell in words: where it is, what the check said of it, how it is read.

    Nothing is said twice: a plain number reads as itself, and a check names what is unreadable.
    """
    if isinstance(widget, OptionAnswer) or not widget.texts[widget.current]:
        return ""
    cell = read_cell(widget.texts[widget.current])
    plain = cell.value is not None and f"{cell.value:.12g}" == cell.text
    checked = cell.problem is not None and telling.round.progress(step).overall == "unreadable"
    read = "" if plain or checked else telling.read_as(step, cell)
    where = widget.describe_current() if len(widget.texts) > 1 else ""
    if where and read:
        return telling.say("screen.cell-read", cell=where, read=read)
    return where or read


def working_lines(telling: Telling, step: Step, widget: AnswerWidget) -> list[str]:
    """How the current cell of several, and the whole step, are worked out."""
    whole = [telling.say("screen.working-step"), "", *telling.working(step)]
    if isinstance(widget, OptionAnswer) or len(widget.texts) == 1:
        return whole
    cell = telling.cell_working(step, widget.current)
    return [telling.say("screen.working-cell"), "", *cell, "", *whole]
