"""Mistakes in lesson files: where they are and what they are, to be said in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Detail = str | int | float
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a lesson file; lines and columns count from 1."""

    code: str
    file: str
    line: int
    column: int
    details: Mapping[str, Detail] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The place as editors understand it: file:line:column."""
        return f"{self.file}:{self.line}:{self.column}"


class LessonError(Exception):
    """A lesson file that cannot be used, with all its mistakes in the order of their places."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the mistakes, sorted by place."""
        found = sorted(problems, key=lambda p: (p.line, p.column, p.code))
        if len(found) > MOST_TOLD:
            last = found[MOST_TOLD]
            more: dict[str, Detail] = {"more": len(found) - MOST_TOLD}
            found[MOST_TOLD:] = [Problem("lesson.more", last.file, last.line, last.column, more)]
        self.problems = tuple(found)
        super().__init__("\n".join(f"{p.place}: {p.code}" for p in self.problems))


def clipped(text: str, length: int = 40) -> str:
    """Text from a file, fit to be quoted: one short line without control characters."""
    shown = "".join(c if c.isprintable() else " " for c in text[: length + 1])
    return shown if len(shown) <= length else shown[: length - 3] + "..."
