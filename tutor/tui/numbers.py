"""The numbers that a step is computed from: givens and the learner's own earlier results."""

from __future__ import annotations

from textual.containers import ItemGrid
from textual.widget import Widget

from tutor.course.lesson import Label, Step
from tutor.course.reply import typed
from tutor.course.round import Round
from tutor.tui.answering import labels
from tutor.tui.glyphs import Glyphs
from tutor.tui.matrix import Matrix


class NumbersShown(ItemGrid):
    """Matrices side by side, as many as fit, of what the formula of a step uses."""

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until a step is shown."""
        super().__init__(id=id, min_column_width=20, stretch_height=False)

    def show(self, round: Round, step: Step, language: str, glyphs: Glyphs) -> None:
        """Show what a step uses; on the first step and on choices, all givens."""
        self.remove_children()
        self.mount_all(matrices(round, step, language, glyphs))


def matrices(round: Round, step: Step, language: str, glyphs: Glyphs) -> list[Widget]:
    """One matrix a name: givens as they are, earlier answers as the learner has them."""
    sheet = round.sheet
    uses = sheet.formula(step).uses if step.formula is not None else frozenset()
    shown: list[Widget] = []
    for name, given in sheet.lesson.givens.items():
        if name in uses or not uses:
            title = f"{name}  {given.title.in_language(language)}"
            shown.append(
                _matrix(title, sheet.givens[name], given.rows, given.columns, language, glyphs)
            )
    for name, earlier in sheet.named_before(step).items():
        if name in uses:
            title = f"{name}  {sheet.words(earlier.title, language, earlier)}"
            values = own_result(round, earlier)
            shown.append(_matrix(title, values, earlier.rows, earlier.columns, language, glyphs))
    return shown


def own_result(round: Round, step: Step) -> object:
    """An earlier result: as the learner answered it, or the solution where it was shown.

    What was not answered yet is shown as blanks: later steps must not give it away.
    """
    progress = round.progress(step)
    truth = round.sheet.truth(step).value
    if progress.overall and progress.cells:
        cells = list(progress.cells)
    elif progress.revealed:
        cells = list(typed(round.sheet, step, truth))
    else:
        cells = ["?"] * truth.size
    return nested(cells, truth.shape)


def nested(cells: list[str], shape: tuple[int, ...]) -> object:
    """Texts in the shape of an array."""
    if not shape:
        return cells[0]
    size = len(cells) // shape[0]
    return [nested(cells[at * size : (at + 1) * size], shape[1:]) for at in range(shape[0])]


def _matrix(
    title: str,
    values: object,
    rows: tuple[Label, ...],
    columns: tuple[Label, ...],
    language: str,
    glyphs: Glyphs,
) -> Matrix:
    return Matrix(
        values,
        title=title,
        row_labels=labels(rows, language),
        column_labels=labels(columns, language),
        glyphs=glyphs,
        language=language,
    )
