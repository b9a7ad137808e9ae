"""How the lessons of the course stand, for the map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.course.lesson import Head
    from tutor.learner.journal import Progress


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson: what its file says, or that it cannot be read, and how it stands."""

    path: Path
    head: Head | None
    progress: Progress | None

    @property
    def id(self) -> str:
        """The lesson's name, also when its file is broken."""
        return self.path.stem

    @property
    def state(self) -> str:
        """done, in_progress or open: names of signs."""
        if self.progress is None:
            return "open"
        return "done" if self.progress.finished else "in_progress"

    @property
    def searched(self) -> str:
        """The words by which the lesson is found, in all languages."""
        head = self.head
        if head is None:
            return self.id
        texts = (head.title.en, head.title.zh, head.summary.en, head.summary.zh)
        return " ".join((self.id, *texts))


def read_map(progress: dict[str, Progress]) -> list[Entry]:
    """All lessons in the order of the course; broken files at the end."""
    from tutor.course.catalog import heads, lesson_folder

    shelf = heads()
    folder = lesson_folder()
    found = [Entry(folder / f"{head.id}.yaml", head, progress.get(head.id)) for head in shelf.heads]
    broken = [Path(error.problems[0].file) for error in shelf.broken]
    return found + [Entry(path, None, progress.get(path.stem)) for path in broken]


def begin_with(entries: list[Entry]) -> Entry:
    """The lesson to go on with: the one worked at last, else the first that is not done."""
    begun = [one for one in entries if one.progress is not None and one.state == "in_progress"]
    if begun:
        return max(begun, key=lambda one: one.progress.at if one.progress is not None else "")
    return next((one for one in entries if one.state == "open" and one.head), entries[0])
