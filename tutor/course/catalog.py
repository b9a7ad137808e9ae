"""Which lessons there are, where their files stand, and what they need of one another."""

import os
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from tutor.course.lesson import Head
from tutor.course.load import Loaded, load_head
from tutor.course.problem import Detail, LessonError, Problem, clipped

SUFFIXES = (".yaml", ".yml")


class CatalogError(Exception):
    """A lesson that cannot be found; the code and the details say why in any language."""

    def __init__(self, code: str, **details: Detail) -> None:
        """Keep what is to be said."""
        super().__init__(code)
        self.code = code
        self.details = details


class Shelf(NamedTuple):
    """The lessons of a folder in their order, and the files that cannot be used."""

    heads: tuple[Head, ...]
    broken: tuple[LessonError, ...]


def lesson_folder() -> Path:
    """Where the course stands: within the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "lessons", package.parent / "lessons"):
        if folder.is_dir():
            return folder
    raise CatalogError("lesson.no-folder", folder=str(package / "lessons"))


def entries(folder: Path | None = None) -> tuple[Path, ...]:
    """The lesson files of a folder (the course's own if none is named), sorted by name."""
    folder = folder or lesson_folder()
    return tuple(sorted(path for path in folder.glob("*.yaml") if not path.name.startswith(".")))


def heads(folder: Path | None = None) -> Shelf:
    """What the home screen shows: every lesson in its order, broken files apart."""
    found: list[Head] = []
    broken: list[LessonError] = []
    for path in entries(folder):
        try:
            found.append(load_head(path))
        except LessonError as error:
            broken.append(error)
    return Shelf(tuple(sorted(found, key=lambda head: (head.order, head.id))), tuple(broken))


def find(name_or_path: str | Path, folder: Path | None = None) -> Path:
    """The file of a lesson, named by its id or by a path; CatalogError if there is none."""
    name = str(name_or_path)
    if isinstance(name_or_path, Path) or name.endswith(SUFFIXES) or has_separator(name):
        path = Path(name_or_path)
        if not os.path.lexists(path):
            raise CatalogError("lesson.unknown-file", file=clipped(name, 200))
        return path
    known = {path.stem: path for path in entries(folder)}
    if name in known:
        return known[name]
    near = get_close_matches(name.lower()[:60], known, n=1)
    if near:
        raise CatalogError("lesson.unknown-near", name=clipped(name), near=near[0])
    raise CatalogError("lesson.unknown", name=clipped(name), known=", ".join(known) or "-")


def has_separator(name: str) -> bool:
    """Whether a name is meant as a path."""
    return any(separator in name for separator in (os.sep, os.altsep) if separator)


def together(lessons: Sequence[Loaded]) -> tuple[Problem, ...]:
    """Mistakes that only show when lessons stand side by side: ids, orders and needs."""
    return tuple(
        sorted(
            (*twice(lessons), *needs(lessons)),
            key=lambda problem: (problem.file, problem.line, problem.column),
        )
    )


def twice(lessons: Sequence[Loaded]) -> Iterator[Problem]:
    """Ids and orders that two lessons share."""
    for field, code in (("id", "lesson.same-id"), ("order", "lesson.same-order")):
        first: dict[str | int, str] = {}
        for lesson, places in lessons:
            value = getattr(lesson, field)
            if value in first:
                yield places.problem(code, (field,), found=value, other=first[value])
            first.setdefault(value, lesson.id if field == "order" else places.file)


def needs(lessons: Sequence[Loaded]) -> Iterator[Problem]:
    """Needs that no lesson has, or that need each other in a circle."""
    known = {lesson.id: lesson.needs for lesson, _ in lessons}
    for lesson, places in lessons:
        for index, need in enumerate(lesson.needs):
            path = ("needs", index)
            if need not in known:
                near = get_close_matches(need, known, n=1)
                if near:
                    yield places.problem("lesson.unknown-need-near", path, found=need, near=near[0])
                else:
                    yield places.problem("lesson.unknown-need", path, found=need)
            elif lesson.id in reached(need, known):
                yield places.problem("lesson.needs-circle", path, found=need, own=lesson.id)


def reached(start: str, known: dict[str, tuple[str, ...]]) -> set[str]:
    """Everything that a lesson needs, however indirectly."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for need in known.get(waiting.pop(), ()):
            if need not in found:
                found.add(need)
                waiting.append(need)
    return found
