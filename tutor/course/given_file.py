"""Numbers by name from a file, for formulas that stand in no lesson."""

from pathlib import Path

import numpy as np

from tutor.course.convert import FAILED, Converter
from tutor.course.lesson import Value, shape
from tutor.course.problem import LessonError, Problem, clipped
from tutor.course.rules import is_name, ragged
from tutor.course.source import read_source
from tutor.course.yaml_tree import Fields, Places, read_tree
from tutor.engine.precision import Array


def given_numbers(path: Path) -> dict[str, Array]:
    """`W: [[1, 2], [3, 4]]`, a name a line; LessonError holds every mistake that was found."""
    source = read_source(path)
    root, problems = read_tree(source)
    places = Places(source, root)
    if not isinstance(root, Fields):
        found = clipped(source.text.strip().partition("\n")[0])
        details = {"field": path.name, "found": found}
        raise LessonError((Problem("lesson.expected-mapping", source.file, 1, 1, details),))
    converter = Converter(places, problems)
    numbers: dict[str, Array] = {}
    for name, key in root.keys.items():
        if not is_name(name):
            details = {"found": clipped(name)}
            problems.append(
                Problem("lesson.not-a-name", source.file, key.line, key.column, details)
            )
        value = converter.convert(root.values[name], Value, (name,))
        if value is FAILED:
            continue
        if shape(value) is None:
            problems.extend(ragged(places, value, (name,)))
        else:
            numbers[name] = np.asarray(value, dtype=np.float64)
    if problems:
        raise LessonError(tuple(problems))
    return numbers
