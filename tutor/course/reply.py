"""What was typed for a step, as a reading; and a right answer as one would type it.

Numbers have a text a cell. Choices have one text: letters of the options as they are shown,
`b`, `a c`, or `c a b` for an order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.worksheet import EXACT_KINDS, Worksheet
from tutor.engine.answer import Cell, Problem, Reading, as_shape, read_array, read_cells, read_shape
from tutor.engine.precision import Array

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def cell_count(sheet: Worksheet, step: Step) -> int:
    """How many texts an answer to a step is made of."""
    return 1 if step.kind in CHOICE_KINDS else sheet.truth(step).value.size


def read_reply(sheet: Worksheet, step: Step, texts: Sequence[str]) -> Reading:
    """The reading of an answer given as a text a cell (one text of letters for choices)."""
    if step.kind in CHOICE_KINDS:
        return _read_letters(step, texts[0])
    return read_cells(texts, sheet.shape(step))


def split_line(sheet: Worksheet, step: Step, line: str) -> tuple[str, ...] | Problem:
    """The texts of an answer typed as one line (or several): for the plain dialogue."""
    if step.kind in CHOICE_KINDS:
        return (line.strip(),)
    reading = read_shape(line) if step.kind == "shape" else read_array(line)
    if isinstance(reading, Reading):
        reading = as_shape(reading, sheet.shape(step))
    if isinstance(reading, Problem):
        return reading
    return tuple(cell.text for cell in reading.cells)


def typed(sheet: Worksheet, step: Step, value: Array) -> tuple[str, ...]:
    """A value as one would type it at the precision asked."""
    cells = [float(cell) for cell in value.ravel()]
    if step.kind == "choices":
        return (" ".join(LETTERS[place] for place, chosen in enumerate(cells) if chosen),)
    if step.kind in CHOICE_KINDS:
        return (" ".join(LETTERS[int(cell)] for cell in cells),)
    if step.kind in EXACT_KINDS:
        return tuple(str(int(cell)) for cell in cells)
    precision = sheet.precision(step)
    return tuple(precision.text(cell) for cell in cells)


def _read_letters(step: Step, text: str) -> Reading:
    count = len(step.options)
    letters = [letter for letter in text.lower() if letter not in " ,;，；、"]
    if not letters:
        return _blank(step)
    for letter in letters:
        if letter not in LETTERS[:count]:
            return _unreadable(step, text, "verdict.no-such-option", text.lower().index(letter))
    places = [LETTERS.index(letter) for letter in letters]
    if len(set(places)) < len(places):
        return _unreadable(step, text, "verdict.option-twice", len(text) - 1)
    if step.kind == "choices":
        return _reading(text, [float(place in places) for place in range(count)])
    asked = 1 if step.kind == "choice" else count
    if len(places) != asked:
        return _unreadable(step, text, f"verdict.{step.kind}-count", len(text) - 1)
    reading = _reading(text, [float(place) for place in places])
    return Reading((), reading.cells) if step.kind == "choice" else reading


def _reading(text: str, values: Sequence[float]) -> Reading:
    cells = tuple(Cell(text, value, 0, None) for value in values)
    return Reading((len(cells),), cells)


def _shape(step: Step) -> tuple[int, ...]:
    return () if step.kind == "choice" else (len(step.options),)


def _blank(step: Step) -> Reading:
    shape = _shape(step)
    return Reading(shape, (Cell("", None, None, None),) * int(np.prod(shape)))


def _unreadable(step: Step, text: str, code: str, at: int) -> Reading:
    last = LETTERS[len(step.options) - 1]
    problem = Problem(code, at, {"last": last, "count": len(step.options)})
    shape = _shape(step)
    return Reading(shape, (Cell(text, None, None, problem),) * int(np.prod(shape)))
