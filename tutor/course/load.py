"""A lesson file becomes a lesson, or a list of all its mistakes."""

from pathlib import Path
from typing import Any, NamedTuple

from tutor.course.convert import Converter
from tutor.course.experiment import Lab
from tutor.course.lab_rules import labs_rules
from tutor.course.lesson import Condition, Given, Head, Lesson, Step
from tutor.course.problem import LessonError, Problem
from tutor.course.rules import Draft, broken_rules
from tutor.course.source import read_source
from tutor.course.yaml_tree import Fields, Items, Node, Places, read_tree

__all__ = ["Head", "LessonError", "Loaded", "Places", "Problem", "load", "load_head"]


class Loaded(NamedTuple):
    """A lesson, and where each of its parts stands in its file."""

    lesson: Lesson
    places: Places


def load(path: Path | str) -> Loaded:
    """Read a lesson file; LessonError holds every mistake that was found."""
    path = Path(path)
    source = read_source(path)
    root, problems = read_tree(source)
    places = Places(source, root)
    if not isinstance(root, Fields):
        raise LessonError((places.problem("lesson.not-a-lesson", ()),))
    converter = Converter(places, problems)
    values = converter.struct(root, Lesson, ())
    draft = Draft(
        stem=path.stem,
        places=places,
        values=values,
        givens=parts(converter, root, values, "givens", Given),
        conditions=parts(converter, root, values, "conditions", Condition),
        steps=parts(converter, root, values, "steps", Step),
        labs=parts(converter, root, values, "labs", Lab),
    )
    problems += [*broken_rules(draft), *labs_rules(draft)]
    if problems:
        raise LessonError(tuple(problems))
    return Loaded(Lesson(**values), places)


def parts(
    converter: Converter, root: Fields, values: dict[str, Any], name: str, part: type[Any]
) -> dict[Any, Any]:
    """The readable parts of a field by key or index, so that one mistake does not hide others."""
    if name in values:
        value = values[name]
        return dict(value) if hasattr(value, "items") else dict(enumerate(value))
    node: Node | None = root.values.get(name)
    if isinstance(node, Fields):
        return converter.readable(node.values.items(), part)
    if isinstance(node, Items):
        return converter.readable(enumerate(node.items), part)
    return {}


def load_head(path: Path | str) -> Head:
    """What the home screen shows of a lesson."""
    lesson = load(path).lesson
    return Head(
        lesson.id, lesson.order, lesson.title, lesson.summary, lesson.needs, len(lesson.steps)
    )
