"""A formula worked out in the shell: what is done with which numbers, line by line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len

from tutor.course.given_file import given_numbers
from tutor.course.problem import LessonError
from tutor.engine.formula import FormulaError, parse
from tutor.engine.precision import Precision
from tutor.engine.working import lines
from tutor.messages import say

MISTAKES = 1
"""The status when the formula or the file of numbers has mistakes."""


def explain(
    formula: Sequence[str],
    language: str,
    precision: Precision,
    given: Path | None = None,
    *,
    unfolded: bool = False,
) -> int:
    """Print the working of a formula of one or more lines; the status of the command."""
    text = "\n".join(formula)
    try:
        numbers = {} if given is None else given_numbers(given)
        worked = lines(parse(text, tuple(numbers)), numbers, precision)
    except LessonError as error:
        for problem in error.problems:
            sentence = say(problem.code, language, **problem.details)
            print(f"{problem.place}: {sentence}", file=sys.stderr)
        return MISTAKES
    except FormulaError as error:
        print(pointed_out(text, error, language), file=sys.stderr)
        return MISTAKES
    for line in worked:
        print(line.unfolded if unfolded else line.text)
    return 0


def pointed_out(text: str, error: FormulaError, language: str) -> str:
    """The line of the formula where something is wrong, a caret below it, and what it is."""
    at = min(max(error.column, 0), len(text))
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin:].partition("\n")[0].replace("\t", " ")
    caret = " " * cell_len(line[: at - begin]) + "^"
    return f"{line}\n{caret}\n{say(error.code, language, **error.details)}"
