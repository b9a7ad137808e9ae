"""The widget that takes the answer of a step."""

from __future__ import annotations

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.reply import cell_count
from tutor.engine.answer import Problem, read_array, read_cell
from tutor.messages import say
from tutor.telling import Telling
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid import MatrixGrid
from tutor.tui.options import OptionAnswer

AnswerWidget = MatrixGrid | OptionAnswer


def shown_marks(marks: tuple[str, ...]) -> list[str]:
    """Verdicts on cells in the words of the grid."""
    return [mark.removeprefix("too-") for mark in marks]


def answer_widget(telling: Telling, step: Step, glyphs: Glyphs) -> AnswerWidget:
    """What takes the answer of a step, with what was typed and marked before."""
    progress = telling.round.progress(step)
    if step.kind in CHOICE_KINDS:
        picked = progress.cells[0] if progress.cells else ""
        options = OptionAnswer(step.kind, telling.options(step), picked, glyphs, id="answer")
        options.mark = progress.overall
        return options
    sheet, language = telling.round.sheet, telling.language
    grid = MatrixGrid(
        sheet.shape(step),
        row_labels=telling.labels(step.rows),
        column_labels=telling.labels(step.columns),
        texts=progress.cells or ("",) * cell_count(sheet, step),
        read_block=lambda text: block_rows(text, language),
        language=language,
        glyphs=glyphs,
        id="answer",
    )
    if progress.marks:
        grid.marks = shown_marks(progress.marks)
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


def current_cell(telling: Telling, step: Step, widget: AnswerWidget) -> str:
    """The current cell in words: where it is, what the check said of it, how it is read."""
    if isinstance(widget, OptionAnswer) or not widget.texts[widget.current]:
        return ""
    cell = read_cell(widget.texts[widget.current])
    parts = [telling.read_as(step, cell)]
    if len(widget.texts) > 1 or widget.marks[0]:
        parts.insert(0, widget.describe_current())
    return "  ".join(parts)
