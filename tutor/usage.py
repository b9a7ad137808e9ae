"""Runs the commands, with what their library says of their use in the learner's language."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import sys
from contextlib import nullcontext, redirect_stdout

import typer
from rich.cells import cell_len
from typer._click.exceptions import ClickException
from typer.main import get_command

from tutor.messages import Text, room, say
from tutor.tui.wrapping import wrapped

FAILED = 1
UNWRITABLE = {errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EFBIG}
"""What the system says of an output that nobody reads any more, or that has no room."""
HELP = {"-h", "--help"}
UNBROKEN = {"terminal_width": 10_000}
"""For the library, which breaks Chinese lines as if they were of single width, and cuts others."""
WIDEST, NARROWEST = 78, 20
"""Cells of a row of the help, and of its last column."""


def run(app: typer.Typer, arguments: list[str], language: str) -> None:
    """Run a command; exits with its status, also where its output can no longer be written."""
    prepare_streams()
    try:
        status = status_of(app, arguments, language)
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        # Python would try again at the end, and say so in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:
            print(say("command.unwritable", language, reason=error.strerror), file=sys.stderr)
        status = FAILED
    sys.exit(status)


def prepare_streams() -> None:
    """Let no stream fail that is closed, or that cannot hold a character."""
    if sys.stdin is None:
        sys.stdin = io.StringIO()
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def status_of(app: typer.Typer, arguments: list[str], language: str) -> int:
    """Run a command; its status.

    Typer has the words of its vendored click only in English, and no place for others.
    """
    said = io.StringIO()
    try:
        with redirect_stdout(said) if HELP & set(arguments) else nullcontext():
            status: int = get_command(app).main(arguments, prog_name="tutor", standalone_mode=False)
    except ClickException as error:
        error.show(said)
        print(spoken(said.getvalue(), language), file=sys.stderr, end="")
        return error.exit_code
    print(spoken(said.getvalue(), language), end="")
    return status


def spoken(text: str, language: str) -> str:
    """What the library said, in a language as far as we know its sentences, as rows."""
    if language != "en":
        for sentence in room("usage").values():
            text = in_language(text, sentence, language)
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return "".join(f"{row}\n" for line in text.splitlines() for row in rows(line, width))


def rows(line: str, width: int) -> list[str]:
    """A line as rows of a width in cells, all but the first under its last column."""
    head, rest = re.findall(r"^(\s*(?:\S.*?\s{2,})?)(.*)$", line)[0]
    indent = cell_len(head)
    first, *others = wrapped(rest, max(width - indent, NARROWEST)) or [""]
    return [head + first, *(" " * indent + row for row in others)]


def in_language(text: str, sentence: Text, language: str) -> str:
    """A text with one sentence in another language, wherever its lines are broken."""
    pattern = re.escape(sentence.en).replace(r"\ ", r"\s+")
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", pattern)
    # A value that is not followed by anything goes to the end of the line.
    pattern = re.sub(r"\+\?\)$", "+)", pattern)
    instead: str = getattr(sentence, language)
    return re.sub(pattern, lambda found: instead.format(**found.groupdict()), text)
