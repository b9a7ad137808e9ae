"""An experiment that belongs to no lesson: a file of its own."""

from pathlib import Path
from typing import NamedTuple

from tutor.course.convert import Converter
from tutor.course.experiment import Lab
from tutor.course.lab_rules import lab_rules
from tutor.course.problem import LessonError, Problem, clipped
from tutor.course.rules import text_rules
from tutor.course.source import read_source
from tutor.course.yaml_tree import Fields, Places, read_tree


class LoadedLab(NamedTuple):
    """An experiment, and where each of its parts stands in its file."""

    lab: Lab
    places: Places


def load_lab(path: Path) -> Lab:
    """Read an experiment's file; LessonError holds every mistake that was found."""
    return read_lab(path).lab


def stands_alone(path: Path) -> bool:
    """Whether a file is meant as an experiment rather than as a lesson; raises LessonError."""
    root, _ = read_tree(read_source(path))
    return isinstance(root, Fields) and "model" in root.keys


def read_lab(path: Path) -> LoadedLab:
    """Read an experiment's file; LessonError holds every mistake that was found."""
    source = read_source(path)
    root, problems = read_tree(source)
    places = Places(source, root)
    if not isinstance(root, Fields):
        raise LessonError((places.problem("lesson.not-a-lesson", ()),))
    values = Converter(places, problems).struct(root, Lab, ())
    problems += text_rules(places, root, ())
    if not problems:
        lab = Lab(**values)
        problems += [*lab_rules(places, lab, ()), *_alone(places, lab, path.stem)]
        if not problems:
            return LoadedLab(lab, places)
    raise LessonError(tuple(problems))


def _alone(places: Places, lab: Lab, stem: str) -> list[Problem]:
    """Its name is its file's, and it takes nothing from a lesson, as there is none."""
    found = []
    if lab.id != stem:
        details = {"found": clipped(lab.id), "stem": clipped(stem)}
        found.append(places.problem("lesson.not-file-name", ("id",), **details))
    for field in ("bind", "watch"):
        if getattr(lab, field):
            found.append(places.problem("lesson.no-lesson", (field,)))
    if isinstance(lab.learning_rate, str):
        found.append(places.problem("lesson.no-lesson", ("learning_rate",)))
    return found
