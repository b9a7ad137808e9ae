"""The text of a lesson file, read with care: whoever wrote it cannot make the reading hang."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from tutor.course.problem import Detail, LessonError, Problem

LARGEST = 1_000_000
"""Bytes; the longest lesson that we know has 60,000."""

WHITE = {ord(character): None for character in "\t\n\u3000"}
"""What may stand in a lesson file though it cannot be seen."""


@dataclass(frozen=True, slots=True)
class Source:
    """A lesson file's name and its text, with line feeds only."""

    file: str
    text: str

    def problem(self, code: str, index: int, /, **details: Detail) -> Problem:
        """A mistake at a character of the text."""
        line = self.text.count("\n", 0, index) + 1
        column = index - (self.text.rfind("\n", 0, index) + 1) + 1
        return Problem(code, self.file, line, column, details)


def read_source(path: Path) -> Source:
    """The text of a lesson file; LessonError for what is no text of bearable size."""
    data = read_bytes(path)
    file = str(path)

    def refuse(code: str, **details: Detail) -> LessonError:
        return LessonError((Problem(code, file, 1, 1, details),))

    if len(data) > LARGEST:
        raise refuse("lesson.too-large", limit=LARGEST)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = Source(file, data[: error.start].decode())
        byte = f"0x{data[error.start]:02X}"
        raise LessonError(
            (before.problem("lesson.not-utf-8", len(before.text), byte=byte),)
        ) from None
    if text.startswith("\ufeff"):
        raise refuse("lesson.byte-order-mark")
    source = Source(file, text.replace("\r\n", "\n").replace("\r", "\n"))
    if not source.text.translate(WHITE).isprintable():
        raise LessonError((unseen(source),))
    if not source.text.strip():
        raise refuse("lesson.empty-file")
    return source


def unseen(source: Source) -> Problem:
    """The first character that cannot be seen but acts: a control, a direction, a mark."""
    for index, character in enumerate(source.text):
        if not character.isprintable() and ord(character) not in WHITE:
            name = f"U+{ord(character):04X}"
            return source.problem("lesson.unseen-character", index, character=name)
    raise AssertionError("called for a text without such characters")


def read_bytes(path: Path) -> bytes:
    """At most one byte more than the largest lesson; never waits for a pipe or a device."""

    def refuse(code: str, **details: Detail) -> LessonError:
        return LessonError((Problem(code, str(path), 1, 1, details),))

    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise refuse("lesson.no-file") from None
    except (OSError, ValueError) as error:
        reason = clip_reason(error)
        code = "lesson.link-loop" if reason == "ELOOP" else "lesson.unreadable-file"
        raise refuse(code, reason=reason) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise refuse("lesson.not-a-file")
        if found.st_size > LARGEST:
            raise refuse("lesson.too-large", limit=LARGEST)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise refuse("lesson.unreadable-file", reason=clip_reason(error)) from None
    finally:
        os.close(descriptor)


def clip_reason(error: OSError | ValueError) -> str:
    """The name of what went wrong, the same in every language: EACCES, ELOOP ..."""
    number = getattr(error, "errno", None)
    return errno.errorcode.get(number, str(number)) if number else type(error).__name__
