"""Grading without a screen: JSON lines in, one JSON line out for each, in order and at once.

Nothing is kept from line to line but the lessons and formulas that were read, so that a stack of
any height is graded in constant memory.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import numpy as np

from tutor.cells import Grid
from tutor.course.catalog import CatalogError, find
from tutor.course.lesson import CHOICE_KINDS, Lesson, Step
from tutor.course.load import load
from tutor.course.numbers import NumbersError, fresh_worksheet
from tutor.course.problem import LessonError
from tutor.course.reply import read_reply, split_line
from tutor.course.worksheet import Worksheet, as_typed, bearable, exactly, read
from tutor.engine.answer import Problem, Reading, as_shape, read_array, read_cells
from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import MOST_PLACES, Array, Precision
from tutor.engine.rounding import bounded
from tutor.engine.slips.matching import typed
from tutor.engine.slips.search import Slip
from tutor.engine.slips.search import find as find_slips
from tutor.engine.slips.suspects import Asked
from tutor.engine.spread import Bounded
from tutor.engine.value import MOST_CELLS, evaluate
from tutor.engine.verdict import Mark, Target, Verdict, judge
from tutor.messages import say
from tutor.slip_words import answer_grid, sentence

LONGEST = 1_000_000
"""Characters of a line."""
MOST_AXES = 8
"""Axes of an array in a line."""


class GradeError(Exception):
    """A line that cannot be graded: the key of a sentence, its values, and where."""

    def __init__(self, code: str, at: object = None, **details: object) -> None:
        """Keep what is to be said."""
        super().__init__(code)
        self.code = code
        self.at = at
        self.details = details


@dataclass(frozen=True, slots=True)
class Work:
    """One answer to be graded: what is asked, what was typed, and where slips are searched."""

    target: Target
    reading: Reading | Problem
    workings: tuple[tuple[Formula, Mapping[str, Bounded]], ...]
    others: Mapping[str, Array]
    lesson: tuple[Worksheet, Step] | None = None
    """Where it is asked; None of a bare formula."""


def grade(lines: Iterable[str], language: str) -> Iterator[tuple[str, bool]]:
    """The graded lines, and for each whether it could be graded."""
    for line in lines:
        # Files of some editors begin with a mark of their byte order, which JSON knows nothing of.
        line = line.removeprefix("\ufeff")
        if line.strip():
            result = graded(line, language)
            yield json.dumps(result, ensure_ascii=False, allow_nan=False), "verdict" in result


def grade_stream(language: str) -> bool:
    """Grade standard input to standard output; True when every line could be graded."""
    good = True
    for line, fine in grade(sys.stdin, language):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        good = good and fine
    return good


def graded(line: str, language: str) -> dict[str, Any]:
    """One line graded, or with the error that says why it could not be."""
    identity = None
    details: Mapping[str, object] = {}
    try:
        request = _request(line)
        identity = _identity(request)
        return {"id": identity, **_result(_work(request), language)}
    except GradeError as error:
        code, at, details = error.code, error.at, error.details
    except FormulaError as error:
        code, at, details = error.code, error.column, error.details
    except (LessonError, NumbersError):
        code, at = "command.grade-lesson", None
    except CatalogError as error:
        code, at, details = error.code, None, error.details
    return {"id": identity, "error": {"message": say(code, language, **details), "at": at}}


def _request(line: str) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise GradeError("command.grade-long", LONGEST, limit=LONGEST)
    try:
        request = json.loads(line)
    except ValueError as error:
        raise GradeError("command.grade-json", getattr(error, "pos", 0)) from None
    except RecursionError:
        raise GradeError("command.grade-json", 0) from None
    if not isinstance(request, dict):
        raise GradeError("command.grade-object")
    return request


def _identity(request: dict[str, Any]) -> Any:
    """What the line calls itself; nothing where that is no JSON of our own (Infinity, NaN)."""
    try:
        json.dumps(request.get("id"), allow_nan=False)
    except ValueError:
        return None
    return request.get("id")


FIELDS = (
    "id", "formula", "given", "decimals", "figures", "lesson", "step", "seed", "answer", "earlier",
)  # fmt: skip


def _refuse_misspelt(request: Mapping[str, Any]) -> None:
    """A field of the teacher's own is passed over, but not one of ours written otherwise."""
    for name in request:
        near = get_close_matches(name, FIELDS, n=1, cutoff=0.8) if name not in FIELDS else []
        if near and near[0] not in request:
            raise GradeError("command.grade-field", name, field=name[:60], near=near[0])


def _work(request: dict[str, Any]) -> Work:
    _refuse_misspelt(request)
    if "answer" not in request:
        raise GradeError("command.grade-missing", "answer", field="answer")
    if "lesson" in request:
        return _lesson_work(request)
    if "formula" in request:
        return _formula_work(request)
    raise GradeError("command.grade-missing", "formula", field="formula")


# A formula with its numbers


def _formula_work(request: dict[str, Any]) -> Work:
    # Sorted, so that nothing that is said depends on the order of the names in a line.
    given = dict(sorted(_arrays(request.get("given", {}), "given").items()))
    formula = read(_text(request, "formula"), tuple(given))
    precision = _precision(request)
    names = {name: exactly(value) for name, value in given.items()}
    truth = bounded(formula, names, precision)
    if not np.isfinite(truth.value).all():
        evaluate(formula, given)
    if not truth.value.size:
        raise FormulaError("formula.no-cells", 0)
    workings: list[tuple[Formula, Mapping[str, Bounded]]] = [(formula, names)]
    following = None
    earlier = _arrays(request.get("earlier", {}), "earlier")
    own = {
        name: as_typed(value, precision)
        for name, value in earlier.items()
        if name in given and bearable(value, given[name])
    }
    if own:
        following = _followed(formula, {**names, **own}, precision, truth.value)
        workings.append((formula, {**names, **own}))
    reading = _reading(request["answer"], truth.value.shape)
    return Work(Target(truth, precision, following), reading, tuple(workings), {})


def _followed(
    formula: Formula, names: Mapping[str, Bounded], precision: Precision, truth: Array
) -> Bounded | None:
    try:
        result = bounded(formula, names, precision)
    except FormulaError:
        return None
    usable = result.value.shape == truth.shape and np.isfinite(result.value).all()
    return result if usable else None


def _precision(request: dict[str, Any]) -> Precision:
    for field, least in (("decimals", 0), ("figures", 1)):
        if field in request:
            asked = request[field]
            whole = isinstance(asked, int) and not isinstance(asked, bool)
            if not whole or not least <= asked <= MOST_PLACES:
                raise GradeError("command.grade-precision", field, field=field, most=MOST_PLACES)
            return Precision(**{field: asked})
    return Precision(decimals=3)


def _text(request: dict[str, Any], field: str) -> str:
    value = request.get(field)
    if not isinstance(value, str):
        raise GradeError("command.grade-text", field, field=field)
    return value


def _arrays(given: object, field: str) -> dict[str, Array]:
    if not isinstance(given, dict):
        raise GradeError("command.grade-given", field, field=field)
    return {name: _array(value, f"{field}.{name}") for name, value in given.items()}


def _array(value: object, field: str) -> Array:
    if isinstance(value, str):
        reading = read_array(value)
        if isinstance(reading, Problem) or np.isnan(reading.value).any():
            raise GradeError("command.grade-numbers", field, field=field)
        return reading.value
    if _has_other_than_numbers(value):
        raise GradeError("command.grade-numbers", field, field=field)
    try:
        array = np.asarray(value, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        raise GradeError("command.grade-numbers", field, field=field) from None
    if not 0 < array.size <= MOST_CELLS or array.ndim > MOST_AXES or np.isnan(array).any():
        raise GradeError("command.grade-numbers", field, field=field)
    return array


def _has_other_than_numbers(value: object, depth: int = 0) -> bool:
    if isinstance(value, list):
        return depth > MOST_AXES or any(_has_other_than_numbers(one, depth + 1) for one in value)
    return isinstance(value, bool) or not isinstance(value, int | float)


# A step of a lesson


@lru_cache(maxsize=32)
def _lesson(name: str) -> Lesson:
    return load(find(name)).lesson


@lru_cache(maxsize=64)
def _sheet(name: str, seed: int | None) -> Worksheet:
    lesson = _lesson(name)
    return Worksheet(lesson) if seed is None else fresh_worksheet(lesson, seed)


def _lesson_work(request: dict[str, Any]) -> Work:
    name = _text(request, "lesson")
    seed = request.get("seed")
    if seed is not None and (isinstance(seed, bool) or not isinstance(seed, int)):
        raise GradeError("command.grade-seed", "seed")
    sheet = _sheet(name, seed)
    if "given" in request:
        given = _arrays(request["given"], "given")
        stated = {one for one, what in sheet.lesson.givens.items() if what.formula is None}
        for one in given:
            if one not in stated:
                raise GradeError("command.grade-name", f"given.{one}", name=one)
        sheet = Worksheet(sheet.lesson, {**sheet.givens, **given})
    step = _step(sheet, _text(request, "step"))
    answers = _earlier_answers(sheet, step, request)
    reading = _reading_of_step(sheet, step, request["answer"])
    if step.kind in CHOICE_KINDS:
        return Work(sheet.target(step, answers), reading, (), {})
    workings = tuple(sheet.workings(step, answers))
    target = sheet.target(step, answers)
    if not np.isfinite(target.truth.value).all():
        _refuse_accident(sheet, step)
    return Work(target, reading, workings, sheet.other_results(step), (sheet, step))


def _refuse_accident(sheet: Worksheet, step: Step) -> None:
    """Numbers of one's own for which a step has no result."""
    try:
        evaluate(sheet.formula(step), sheet.values(step))
    except FormulaError as error:
        raise GradeError(error.code, "given", **error.details) from None


def _step(sheet: Worksheet, name: str) -> Step:
    for step in sheet.lesson.steps:
        if name in (step.id, step.name):
            return step
    known = ", ".join(step.id for step in sheet.lesson.steps)
    raise GradeError("command.grade-step", "step", name=name[:60], known=known)


def _earlier_answers(sheet: Worksheet, step: Step, request: dict[str, Any]) -> dict[str, Array]:
    earlier = _arrays(request.get("earlier", {}), "earlier")
    answers = {}
    for name, value in earlier.items():
        one = _step(sheet, name)
        answers[one.id] = value
    return answers


def _reading_of_step(sheet: Worksheet, step: Step, answer: object) -> Reading | Problem:
    if step.kind not in CHOICE_KINDS:
        if isinstance(answer, str):
            cells = split_line(sheet, step, answer)
            if not isinstance(cells, Problem):
                return read_reply(sheet, step, cells)
        return _reading(answer, sheet.shape(step))
    if isinstance(answer, str):
        return read_reply(sheet, step, (answer,))
    return _reading(answer, sheet.shape(step))


# What was typed


def _reading(answer: object, shape: tuple[int, ...]) -> Reading | Problem:
    """An answer as typed, or as nested lists of numbers and nulls, read cell by cell."""
    if isinstance(answer, str):
        reading = read_array(answer)
        if isinstance(reading, Problem):
            return reading
    else:
        reading = read_cells(*_texts(answer, 0))
    fitted = as_shape(reading, shape)
    return reading if isinstance(fitted, Problem) else fitted


def _texts(answer: object, depth: int) -> tuple[list[str], tuple[int, ...]]:
    if isinstance(answer, list) and depth < MOST_AXES:
        parts = [_texts(one, depth + 1) for one in answer]
        shapes = {shape for _, shape in parts}
        if len(shapes) != 1:
            raise GradeError("command.grade-numbers", "answer", field="answer")
        return [text for texts, _ in parts for text in texts], (len(parts), *shapes.pop())
    if answer is None:
        return [""], ()
    if isinstance(answer, str):
        return [answer], ()
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        raise GradeError("command.grade-numbers", "answer", field="answer")
    return [repr(answer)], ()


# What comes out


def _result(work: Work, language: str) -> dict[str, Any]:
    if isinstance(work.reading, Problem):
        problem = work.reading
        message = say(problem.code, language, **problem.details)
        return {
            "verdict": str(Mark.UNREADABLE), "read": None, "cells": None,
            "value": _nested(work.target.truth.value), "slips": [],
            "error": {"message": message, "at": problem.at},
        }  # fmt: skip
    verdict = judge(work.reading, work.target)
    result: dict[str, Any] = {
        "verdict": str(verdict.overall),
        "read": _nested(work.reading.value),
        "cells": _nested_marks(verdict, work.reading.shape),
        "value": _nested(work.target.truth.value),
        "slips": [_slip(slip, work, language) for slip in _slips(work, verdict)],
    }
    unread = work.reading.problem
    if unread is not None:
        message = say(unread.code, language, **unread.details)
        result["error"] = {"message": message, "at": unread.at}
    if verdict.wrong_shape and not result["slips"]:
        result["slips"] = [_wrong_shape(work, language)]
    return result


def _slips(work: Work, verdict: Verdict) -> tuple[Slip, ...]:
    if verdict.overall != Mark.WRONG:
        return ()
    assert isinstance(work.reading, Reading)
    places = [cell.places for cell in work.reading.cells]
    given = typed(work.reading.value, places, work.target.precision)
    asked = [
        Asked(formula, names, work.target.precision, work.target.exact, work.others,
              work.target.truth if place == 0 else None)
        for place, (formula, names) in enumerate(work.workings)
    ]  # fmt: skip
    return find_slips(asked, given)


def _slip(slip: Slip, work: Work, language: str) -> dict[str, Any]:
    if work.lesson is None:
        said = sentence(slip, language, Grid(work.target.truth.value.shape))
    else:
        said = sentence(slip, language, answer_grid(*work.lesson, language), work.lesson[0])
    return {
        "slip": slip.id,
        "where": slip.where,
        "say": said,
        "gives": _nested(slip.gives),
        **({"together": True} if slip.together else {}),
    }


def _wrong_shape(work: Work, language: str) -> dict[str, Any]:
    assert isinstance(work.reading, Reading)
    got, asked = work.reading.shape, work.target.truth.value.shape
    slip = "transposed" if got == asked[::-1] and len(got) > 1 else "wrong-shape"
    values = {"got": str(got), "asked": str(asked), "at": ""}
    said = say(f"slip.{slip}", language, **values)
    return {"slip": slip, "where": "", "say": said, "gives": None}


def _nested(values: Array) -> Any:
    """Nested lists with null for what is no number and words for infinities."""
    if values.ndim:
        return [_nested(part) for part in values]
    value = float(values)
    if np.isnan(value):
        return None
    return value if np.isfinite(value) else ("inf" if value > 0 else "-inf")


def _nested_marks(verdict: Verdict, shape: tuple[int, ...]) -> Any:
    if not verdict.cells:
        return []
    marks = [str(mark) for mark in verdict.cells]
    for size in reversed(shape):
        marks = [marks[at : at + size] for at in range(0, len(marks), size)]  # type: ignore[misc]
    return marks[0]
