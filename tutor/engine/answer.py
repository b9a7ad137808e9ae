"""What a person types as an answer: one number, a whole array, a shape, a calculation.

Forms that two people would read in two ways are never guessed: the reading is then a question
back, a problem with its code and its place.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tutor.engine.array_rows import shape_text
from tutor.engine.array_text import read_layout
from tutor.engine.number_text import CELL_LIMIT, read_number
from tutor.engine.number_tokens import tokens
from tutor.engine.printouts import without_printing
from tutor.engine.shape_text import read_sizes
from tutor.engine.typed import Cell, Problem, Reading, Unreadable
from tutor.engine.typed_characters import DIGITS, plain_text

__all__ = [
    "ARRAY_LIMIT",
    "CELL_LIMIT",
    "Cell",
    "Problem",
    "Reading",
    "as_shape",
    "calculate",
    "read_array",
    "read_as",
    "read_cell",
    "read_cells",
    "read_shape",
]

ARRAY_LIMIT = 10_000
"""How many characters an array may have."""


def read_cell(text: str) -> Cell:
    """One number of at most 200 characters, as people type it; blank text is a blank cell.

    Accepted: `0.154 .154 5. -2 +3 1e-3 1.2*10^-3 1.2 x 10^-3 15.4% 1/3 -2^2 (1+2)/3 2*pi
    e^0.48 e**0.48 exp(0.48) -ln 0.154 sqrt(2) log10(2) log2(8) tanh sin cos abs inf -inf`; the
    same in full-width characters, with `−`, `×`, `÷`, `π`, `√`, `∞`; `tensor(0.154)` and
    `\\frac{1}{2}` as pasted.

    Asked about: `12 3`, `1 -2`, `0,154`, `1,234`, `1'000`, `2(3)`, `2pi`, `ln 2/3`, `1/3%`,
    `log(2)`, `e-3`, `2--3`. Refused: `nan`, and what has no finite value.
    """
    return _number(text, None)


def calculate(text: str, ans: float | None = None) -> Cell:
    """One line of the calculator: the grammar of a cell, with `ans` for the last result."""
    return _number(text, ans)


def read_cells(texts: Sequence[str], shape: Sequence[int]) -> Reading:
    """The cells of a grid of a shape, row by row, each read by itself."""
    if len(texts) != math.prod(shape):
        raise ValueError(f"{len(texts)} texts for the shape {tuple(shape)}")
    return Reading(tuple(shape), tuple(map(read_cell, texts)))


def read_array(text: str) -> Reading | Problem:
    """A number, vector, matrix or deeper array of at most 10,000 characters, shaped as written.

    Accepted, with cells as in `read_cell`: `7` (), `[7]` (1,), `1 2`, `1, 2`, `[1, 2]`, `(1, 2)`
    (2,), `1; 2` (2, 1), `[[1 2], [3 4]]`, `[1 2; 3 4]`, `(1, 2), (3, 4)`, rows on lines (2, 2),
    such rows with empty lines between blocks (3-D), tables with tabs (an empty field is a blank
    cell, as in `1,, 2`), what NumPy and torch print, `pmatrix bmatrix matrix array` of TeX.
    Between blanks `1 -2` is two cells and `1/3 2/3` too. Blank text is one blank cell.

    A cell that cannot be read keeps its problem, placed in the whole text. The array is a
    problem where its layout is unclear: `0,1`, `0,1 0,2`, `1 - 2`, a short line broken within
    brackets, rows by lines and by semicolons, ragged rows, `...` of a shortened printout.
    """
    if len(text) > ARRAY_LIMIT:
        return _too_long(text, ARRAY_LIMIT)
    try:
        return read_layout(text, without_printing(plain_text(text)))
    except Unreadable as unreadable:
        return unreadable.problem


def read_shape(text: str) -> Reading | Problem:
    """A shape as a vector of its sizes: whole numbers, 0 or more.

    Accepted: `(3, 3)`, `[3,3]`, `3x3`, `3 × 3`, `3*3`, `3 3`, `3 by 3`, `3乘3`, `(3,)`,
    `torch.Size([3, 3])`; `()` has no sizes. Blank text is one blank cell.
    """
    if len(text) > CELL_LIMIT:
        return _too_long(text, CELL_LIMIT)
    try:
        return read_sizes(text, without_printing(plain_text(text)))
    except Unreadable as unreadable:
        return unreadable.problem


def as_shape(reading: Reading, shape: Sequence[int]) -> Reading | Problem:
    """The reading in the shape that is asked, where that takes no guessing.

    Axes of one cell may be left out or be too many, as in a row `(1, n)` or a column `(n, 1)` for
    a vector of n numbers, and blank text stands for blank cells of any shape; nothing else changes
    its shape. A row is no column.
    """
    asked = tuple(shape)
    if reading.shape == asked:
        return reading
    if len(reading.cells) == 1 and reading.cells[0].blank:
        return Reading(asked, reading.cells * math.prod(asked))
    if len(asked) != len(reading.shape) and _longer(asked) == _longer(reading.shape):
        return replace(reading, shape=asked)
    if not asked:
        return Problem("answer.one-number-asked", 0, {"count": len(reading.cells)})
    if not reading.shape:
        return Problem("answer.one-number-typed", 0, {"asked": shape_text(asked)})
    details = {"typed": shape_text(reading.shape), "asked": shape_text(asked)}
    return Problem("answer.shape", 0, details)


def _longer(shape: Sequence[int]) -> list[int]:
    """The axes of a shape that have more than one cell."""
    return [size for size in shape if size != 1]


def read_as(cell: Cell) -> float | None:
    """The value to show as what was read; None where the text itself shows it, as in `0.154`."""
    if cell.value is None or _is_plain_decimal(cell.text.strip()):
        return None
    return cell.value


def _number(text: str, last_result: float | None) -> Cell:
    if len(text) > CELL_LIMIT:
        return Cell(text, problem=_too_long(text, CELL_LIMIT))
    return _short_number(text, last_result)


# Earlier answers are read again at every check that follows from them: 0.6 ms for 64 cells.
@lru_cache(maxsize=2048)
def _short_number(text: str, last_result: float | None) -> Cell:
    return read_number(text, tokens(without_printing(plain_text(text))), last_result)


def _too_long(text: str, limit: int) -> Problem:
    return Problem("answer.too-long", limit, {"limit": limit, "length": len(text)})


def _is_plain_decimal(text: str) -> bool:
    """Whether a text is digits with a point, perhaps after a minus: nothing to explain."""
    digits = text.removeprefix("-").replace(".", "", 1)
    return bool(digits) and all(character in DIGITS for character in digits)
