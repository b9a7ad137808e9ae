"""A learner's own numbers for a lesson ("my W and x are these"): a YAML file, names to numbers."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from tutor.course.convert import FAILED, Converter, plain
from tutor.course.lesson import Given, Lesson, Value, shape
from tutor.course.own_check import Numbers, misfits
from tutor.course.problem import Detail, LessonError, Problem, clipped
from tutor.course.rules import MOST_CELLS, ragged
from tutor.course.source import read_source
from tutor.course.yaml_tree import Fields, Node, Places, Scalar, read_tree


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
        problems = [
            places.problem(one.code, (one.name,), **one.details)
            for one in misfits(lesson, numbers, seed)
        ]
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


def written(numbers: Numbers) -> str:
    """Numbers as the text of a file that can be read again, a line for each name."""
    lines = (f"{name}: {_listed(value)}" for name, value in numbers.items())
    return "".join(f"{line}\n" for line in lines)


def save(numbers: Numbers, folder: Path, name: str) -> Path:
    """Write numbers into a file of a folder, never over another one. Raises OSError."""
    count = 1
    while True:
        path = folder / (f"{name}.yaml" if count == 1 else f"{name}-{count}.yaml")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(written(numbers))
            return path
        except FileExistsError:
            count += 1


def _listed(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_listed, value)) + "]"
    return repr(value).removesuffix(".0")
