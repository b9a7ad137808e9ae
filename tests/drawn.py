"""The lessons of the course with drawn numbers: drawn once, however many tests look at them."""

from functools import cache

from tutor.course.catalog import find
from tutor.course.lesson import Lesson
from tutor.course.load import load
from tutor.course.numbers import fresh_worksheet
from tutor.course.worksheet import Worksheet


@cache
def lesson(name: str) -> Lesson:
    return load(find(name)).lesson


@cache
def drawn(name: str, seed: int | None) -> Worksheet:
    """The lesson with the numbers of a seed; with its own for None."""
    return Worksheet(lesson(name)) if seed is None else fresh_worksheet(lesson(name), seed)
