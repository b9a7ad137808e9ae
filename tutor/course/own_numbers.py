"""A learner's own numbers for a lesson ("my W and x are these"): a YAML file, names to numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from tutor.course.check import RANKS
from tutor.course.convert import FAILED, Converter, plain
from tutor.course.fresh import stated_for
from tutor.course.lesson import Given, Lesson, Step, Value, shape
from tutor.course.numbers import has_usable_truth, numbers_of
from tutor.course.problem import Detail, LessonError, Problem, clipped
from tutor.course.rules import MOST_CELLS, ragged
from tutor.course.source import read_source
from tutor.course.worksheet import Worksheet
from tutor.course.yaml_tree import Fields, Node, Places, Scalar, read_tree
from tutor.engine.formula import FormulaError

Numbers = Mapping[str, Value]


def own_numbers(path: Path | str, lesson: Lesson, seed: int | None = None) -> dict[str, Value]:
    """Read own numbers from a file, and prove that every step can be worked with them.

    What the file leaves out stays as it is (with a seed: as it was drawn). LessonError holds
    every mistake with its place.
    """
    places, problems = _read(Path(path), lesson)
    root = places.root
    assert isinstance(root, Fields)
    numbers: dict[str, Value] = {}
    converter = Converter(places, problems)
    for name, node in root.values.items():
        refused = _refused(name, lesson, places)
        if refused is not None:
            problems.append(refused)
            continue
        value = _value(name, node, converter)
        if value is not FAILED:
            numbers[name] = value
            problems += _shape_problems(name, value, places)
    if not problems:
        problems = list(_step_problems(lesson, numbers, seed, places))
    if problems:
        raise LessonError(tuple(problems))
    return numbers


def _read(path: Path, lesson: Lesson) -> tuple[Places, list[Problem]]:
    """The file's mapping, and the mistakes of writing in it."""
    known = clipped(", ".join(_stated(lesson)), 80)
    try:
        source = read_source(path)
        root, problems = read_tree(source)
    except LessonError as error:
        (first, *_) = error.problems
        if first.code != "lesson.empty-file":
            raise
        raise LessonError(
            (Problem("own.not-a-mapping", first.file, 1, 1, {"known": known}),)
        ) from None
    places = Places(source, root)
    if not isinstance(root, Fields) or not root.values:
        raise LessonError((places.problem("own.not-a-mapping", (), known=known),))
    return places, problems


def _stated(lesson: Lesson) -> list[str]:
    return [name for name, given in lesson.givens.items() if given.formula is None]


def _refused(name: str, lesson: Lesson, places: Places) -> Problem | None:
    """Why a name is none that may have other numbers."""
    line, column = places.key(name)
    given: Given | None = lesson.givens.get(name)
    if given is None:
        known = _stated(lesson)
        near = get_close_matches(name[:60], known, n=1)
        details: dict[str, Detail] = {"found": clipped(name)}
        details["near" if near else "known"] = near[0] if near else clipped(", ".join(known), 80)
        code = "own.unknown-near" if near else "own.unknown"
        return Problem(code, places.file, line, column, details)
    if given.formula is not None:
        details = {"found": name, "formula": clipped(given.formula)}
        return Problem("own.derived", places.file, line, column, details)
    return None


def _value(name: str, node: Node, converter: Converter) -> Any:
    """Numbers as a lesson's value holds them, or FAILED with the mistakes collected."""
    # A given may be called like a field of texts (`rows`), where 1 would be read as a text.
    if not isinstance(node, Scalar) or node.plain:
        try:
            return msgspec.convert(plain(node), Value)
        except msgspec.ValidationError:
            pass
    return converter.convert(node, Value, (name,))


def _shape_problems(name: str, value: Value, places: Places) -> Iterator[Problem]:
    form = shape(value)
    if form is None:
        yield from ragged(places, value, (name,))
    elif int(np.prod(form)) > MOST_CELLS:
        yield places.problem("lesson.too-many-cells", (name,), limit=MOST_CELLS)


def _step_problems(
    lesson: Lesson, numbers: Numbers, seed: int | None, places: Places
) -> Iterator[Problem]:
    """The first step that cannot be worked with the numbers, and why."""
    stated = Worksheet(lesson)
    try:
        own = {name: np.asarray(value, dtype=np.float64) for name, value in numbers.items()}
        sheet = Worksheet(lesson, {**numbers_of(lesson, seed).givens, **own})
    except FormulaError as error:
        yield from _failing("own.given", {}, error, places, next(iter(numbers)))
        return
    for step in lesson.steps:
        uses = sheet.formula(step).uses if step.formula is not None else frozenset()
        blamed = stated_for(sheet, uses)
        name = next((one for one in numbers if one in blamed), next(iter(numbers)))
        details: dict[str, Detail] = {"step": step.id}
        try:
            code = _unfit(sheet, step)
        except FormulaError as error:
            yield from _failing("own.step", details, error, places, name)
            return
        if code:
            got, was = (str(one.result(step).shape) for one in (sheet, stated))
            yield places.problem(code, (name,), **details, got=got, was=was)
            return
        try:
            for text in step.texts():
                for language in ("en", "zh"):
                    sheet.words(text, language, step)
        except FormulaError as error:
            yield from _failing("own.text", details, error, places, name)
            return


def _unfit(sheet: Worksheet, step: Step) -> str:
    """Why the answer of a step cannot be asked for; nothing if it can. Raises FormulaError."""
    value = sheet.truth(step).value
    if value.ndim != RANKS[step.kind]:
        return "own.other-kind"
    if not has_usable_truth(sheet, step.id):
        return "own.unusable"
    if step.kind == "choice" and not 0 <= float(value) < len(step.options):
        return "own.no-option"
    if step.kind == "choices" and value.shape != (len(step.options),):
        return "own.no-option"
    return ""


def _failing(
    code: str, details: dict[str, Detail], error: FormulaError, places: Places, name: str
) -> Iterator[Problem]:
    """How a formula fails, and which, both at the numbers that it fails with."""
    reason = {
        key: value if isinstance(value, str | int | float) else str(value)
        for key, value in error.details.items()
    }
    yield places.problem(error.code, (name,), **reason)
    yield places.problem(code, (name,), **details)
