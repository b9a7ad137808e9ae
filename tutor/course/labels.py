"""The labels of rows and columns, where numbers of another shape have taken the lesson's place."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from tutor.course.lesson import CHOICE_KINDS, Given, Lesson, Step
from tutor.course.worksheet import Worksheet

Part = TypeVar("Part", Given, Step)


def fitting_labels(sheet: Worksheet) -> Lesson:
    """The lesson of a worksheet without the labels that do not count its rows and columns."""
    lesson = sheet.lesson
    givens = {
        name: with_labels_for(given, sheet.givens[name].shape)
        for name, given in lesson.givens.items()
    }
    steps = tuple(
        step if step.kind in CHOICE_KINDS else with_labels_for(step, sheet.result(step).shape)
        for step in lesson.steps
    )
    return replace(lesson, givens=givens, steps=steps)


def with_labels_for(part: Part, shape: tuple[int, ...]) -> Part:
    """A given or a step, its rows and columns named only where there is a name for each."""
    row_count = shape[-2] if len(shape) > 1 else 1
    column_count = shape[-1] if shape else 1
    if len(part.rows) not in (0, row_count):
        part = replace(part, rows=())
    if len(part.columns) not in (0, column_count):
        part = replace(part, columns=())
    return part
