"""The text of a lesson file, read with care: whoever wrote it cannot make the reading hang."""

import errno
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from tutor.course.problem import Detail, LessonError, Problem

LARGEST = 1_000_000
"""Bytes; the longest lesson that we know has 60,000."""

UNSEEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u200a\u2010-\u2027\u202f-\u2065\u206a-\ufefe\uff00-\U0010fffd]"
)
"""Characters that cannot be seen but act: controls, line separators, directions, marks."""


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
    unseen = UNSEEN.search(source.text)
    if unseen:
        code = f"U+{ord(unseen.group()):04X}"
        raise LessonError(
            (source.problem("lesson.unseen-character", unseen.start(), character=code),)
        )
    if not source.text.strip():
        raise refuse("lesson.empty-file")
    return source


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
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise refuse("lesson.not-a-file")
        if found.st_size > LARGEST:
            raise refuse("lesson.too-large", limit=LARGEST)
        try:
            return file.read(LARGEST + 1)
        except OSError as error:
            raise refuse("lesson.unreadable-file", reason=clip_reason(error)) from None


def clip_reason(error: OSError | ValueError) -> str:
    """The name of what went wrong, the same in every language: EACCES, ELOOP ..."""
    number = getattr(error, "errno", None)
    return errno.errorcode.get(number, str(number)) if number else type(error).__name__
