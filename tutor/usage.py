"""Runs the commands, with what their library says of their use in the learner's language."""

from __future__ import annotations

import io
import re
import shutil
import sys
from contextlib import nullcontext, redirect_stdout

import typer
from rich.cells import cell_len
from typer._click.exceptions import ClickException
from typer.main import get_command

from tutor.messages import Text, room
from tutor.tui.wrapping import wrapped

HELP = {"-h", "--help"}
UNBROKEN = {"terminal_width": 10_000}
"""For the library, which breaks Chinese lines as if they were of single width, and cuts others."""
WIDEST, NARROWEST = 78, 20
"""Cells of a row of the help, and of its last column."""


def run(app: typer.Typer, arguments: list[str], language: str) -> None:
    """Run a command; exits with its status.

    Typer has the words of its vendored click only in English, and no place for others.
    """
    said = io.StringIO()
    try:
        with redirect_stdout(said) if HELP & set(arguments) else nullcontext():
            status = get_command(app).main(arguments, prog_name="tutor", standalone_mode=False)
    except ClickException as error:
        error.show(said)
        print(spoken(said.getvalue(), language), file=sys.stderr, end="")
        sys.exit(error.exit_code)
    print(spoken(said.getvalue(), language), end="")
    sys.exit(status)


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
