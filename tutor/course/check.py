"""The lesson check: everything that would surprise a learner, found before one meets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tutor.course.check_numbers import drawn_problems, hiding_problems
from tutor.course.lab_texts import lab_formula_problems
from tutor.course.lesson import CHOICE_KINDS, NUMBER_KINDS, Lesson, Step
from tutor.course.load import Loaded, load
from tutor.course.numbers import has_usable_truth, holds
from tutor.course.problem import LessonError, Problem, clipped
from tutor.course.texts import Shown, pieces
from tutor.course.wording import Text
from tutor.course.worksheet import Worksheet, exactly, read
from tutor.course.yaml_tree import Places
from tutor.engine.formula import FormulaError
from tutor.engine.value import evaluate

DRAWN = 200
"""How many sets of fresh numbers are tried."""

RANKS = {"number": 0, "vector": 1, "matrix": 2, "channels": 3, "shape": 1, "whole": 0,
         "choice": 0, "choices": 1, "order": 1}  # fmt: skip
"""The number of axes that the answer of a kind has."""


def check(path: Path | str, drawn: int = DRAWN) -> tuple[Problem, ...]:
    """Every mistake in a lesson file, in the order of their places; none if it is good."""
    try:
        loaded = load(path)
    except LessonError as error:
        return error.problems
    return tuple(sorted(_problems(loaded, drawn), key=lambda one: (one.line, one.column)))


def _problems(loaded: Loaded, drawn: int) -> list[Problem]:
    lesson, places = loaded
    found = list(_given_problems(lesson, places))
    if found:
        return found
    sheet = Worksheet(lesson)
    for place, step in enumerate(lesson.steps):
        found.extend(_step_problems(sheet, step, places, place))
    if found:
        return found
    found.extend(_text_problems(sheet, places))
    found.extend(_condition_problems(sheet, places))
    return found or [
        *hiding_problems(sheet, places),
        *drawn_problems(lesson, places, drawn),
    ]


def _given_problems(lesson: Lesson, places: Places) -> Iterator[Problem]:
    known: dict[str, object] = {}
    for name, given in lesson.givens.items():
        path = ("givens", name, "formula")
        value = np.asarray(given.value if given.formula is None else 0, dtype=np.float64)
        if given.formula is not None:
            try:
                value = evaluate(read(given.formula, tuple(known)), known)  # type: ignore[arg-type]
            except FormulaError as error:
                yield _formula_problem(places, path, error)
                return
        known[name] = value
        yield from _label_problems(places, ("givens", name), given.rows, given.columns, value.shape)


def _label_problems(
    places: Places, path: tuple[str | int, ...], rows: tuple[object, ...],
    columns: tuple[object, ...], shape: tuple[int, ...],
) -> Iterator[Problem]:  # fmt: skip
    row_count = shape[-2] if len(shape) > 1 else 1
    column_count = shape[-1] if shape else 1
    for field, labels, count in (("rows", rows, row_count), ("columns", columns, column_count)):
        if labels and len(labels) != count:
            yield places.problem(
                "check.label-count", (*path, field), labels=len(labels), count=count
            )


def _step_problems(sheet: Worksheet, step: Step, places: Places, place: int) -> Iterator[Problem]:
    path = ("steps", place, "formula")
    try:
        truth = sheet.truth(step).value
    except FormulaError as error:
        yield _formula_problem(places, path, error)
        # What a broken step is worth nobody knows; later steps that use it would only repeat it.
        sheet._truths[step.id] = exactly(np.zeros(()))
        return
    if step.kind == "order":
        return
    if truth.ndim != RANKS[step.kind]:
        yield places.problem(
            "check.kind-shape", ("steps", place, "kind"), kind=step.kind, shape=str(truth.shape)
        )
        return
    if not has_usable_truth(sheet, step.id):
        code = "check.unusable-answer" if step.kind in NUMBER_KINDS else "check.not-whole"
        yield places.problem(code, path, value=clipped(str(truth.tolist())))
    yield from _option_problems(step, truth, places, place)
    yield from _label_problems(places, ("steps", place), step.rows, step.columns, truth.shape)


def _option_problems(
    step: Step, truth: np.ndarray, places: Places, place: int
) -> Iterator[Problem]:
    if step.kind not in CHOICE_KINDS:
        return
    count = len(step.options)
    if step.kind == "choice":
        fits = 0 <= float(truth) < count
    else:
        fits = truth.shape == (count,) and bool(np.isin(truth, (0, 1)).all())
    if not fits:
        yield places.problem(
            "check.no-right-option", ("steps", place, "formula"),
            value=clipped(str(truth.tolist())), count=count,
        )  # fmt: skip


def _condition_problems(sheet: Worksheet, places: Places) -> Iterator[Problem]:
    for place, condition in enumerate(sheet.lesson.conditions):
        path = ("conditions", place, "formula")
        try:
            if not holds(sheet, condition.formula):
                yield places.problem(
                    "check.condition-own", path, formula=clipped(condition.formula)
                )
        except FormulaError as error:
            yield _formula_problem(places, path, error)


def _text_problems(sheet: Worksheet, places: Places) -> Iterator[Problem]:
    lesson = sheet.lesson
    for index, lab in enumerate(lesson.labs):
        yield from lab_formula_problems(lab, places, ("labs", index), sheet.givens)
    yield from _words_problems(sheet, places, ("story",), lesson.story, None)
    for place, step in enumerate(lesson.steps):
        path = ("steps", place)
        texts: list[tuple[tuple[str | int, ...], Text]] = [((*path, "prompt"), step.prompt)]
        if step.after is not None:
            texts.append(((*path, "after"), step.after))
        texts += [((*path, "hints", at), hint) for at, hint in enumerate(step.hints)]
        for at, option in enumerate(step.options):
            texts.append(((*path, "options", at), option))
            if option.note is not None:
                texts.append(((*path, "options", at, "note"), option.note))
        for where, text in texts:
            yield from _words_problems(sheet, places, where, text, step)


def _words_problems(
    sheet: Worksheet, places: Places, path: tuple[str | int, ...], text: Text, step: Step | None
) -> Iterator[Problem]:
    names = sheet.names_known(step)
    for language in ("en", "zh"):
        for piece in pieces(text.in_language(language)):
            if isinstance(piece, Shown):
                try:
                    evaluate(read(piece.formula, tuple(names)), names)
                except FormulaError as error:
                    yield _formula_problem(places, (*path, language), error, piece.at)


def _formula_problem(
    places: Places, path: tuple[str | int, ...], error: FormulaError, offset: int = 0
) -> Problem:
    """A mistake in a formula, at its own character in the file."""
    details = {
        name: value if isinstance(value, str | int | float) else str(value)
        for name, value in error.details.items()
    }
    line, column = places.inside(path, offset + error.column)
    return Problem(error.code, places.file, line, column, details)
