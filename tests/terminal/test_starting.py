"""What a person sees first, and where nothing can start."""

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.terminal.terminal import DEADLINE, ROOT
from tutor.course.catalog import heads
from tutor.messages import say

TITLES = [head.title for head in heads().heads]
COLOUR = re.compile(rb"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")


@pytest.mark.parametrize(("locale", "language"), [("en_US.UTF-8", "en"), ("zh_CN.UTF-8", "zh")])
def test_the_map_lists_the_lessons_and_leaves_the_terminal_as_it_was(start, locale, language):
    terminal = start(LANG=locale, size=(100, 30))
    titles = [title.in_language(language) for title in TITLES]
    terminal.until_shown(say("screen.home-title", language), *titles)
    terminal.press("ctrl+c")
    terminal.until_shown(say("screen.how-to-quit", language))
    assert {25, 1049, 2004} & terminal.modes == {1049, 2004}
    terminal.press("ctrl+q")
    assert terminal.status() == 0
    assert terminal.left_over() == []
    assert terminal.lines == [""] * 30


def test_without_colour_the_same_is_said(start):
    coloured, plain = start(size=(100, 40)), start(size=(100, 40), NO_COLOR="1")
    coloured.until_shown(*(title.en for title in TITLES))
    plain.until(lambda: coloured.read(0) or plain.text == coloured.text, coloured.text)
    assert COLOUR.search(coloured.written)
    assert not COLOUR.search(plain.written)
    chosen, *others = (title.en for title in TITLES)
    plain.until(lambda: chosen in plain.underlined, "a sign of what is chosen")
    assert not any(title in plain.underlined for title in others)


def test_a_lesson_opens_by_its_name_and_in_the_language_asked_for(start):
    terminal = start("--lang", "zh", "run", "softmax")
    terminal.until_shown(say("screen.asked-vector", "zh", name="E = ", precision="3 位小数"))
    terminal.press("ctrl+q")
    assert terminal.status() == 0
    assert terminal.left_over() == []


def test_a_dumb_terminal_is_told_what_else_there_is(start):
    terminal = start(TERM="dumb")
    assert terminal.status() == 2
    assert terminal.shows(say("command.no-terminal", "en"))
    assert b"\x1b" not in terminal.written


@pytest.mark.parametrize("elsewhere", [0, 1, 2], ids=["stdin", "stdout", "stderr"])
def test_nothing_starts_where_a_part_of_the_terminal_is_missing(elsewhere, tmp_path):
    # Keys come from stdin, the size of the screen from stdout, and stderr is drawn to.
    master, slave = pty.openpty()
    aside = tmp_path / "aside"
    with aside.open("w+") as file:
        places = [slave, slave, slave]
        places[elsewhere] = file.fileno()
        done = subprocess.run(
            [sys.executable, "-m", "tutor"], stdin=places[0], stdout=places[1], stderr=places[2],
            env={**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8"}, cwd=ROOT, timeout=DEADLINE,
        )  # fmt: skip
    written = os.read(master, 10_000) if elsewhere == 0 or not aside.read_text() else b""
    os.close(slave)
    os.close(master)
    assert done.returncode == 2
    said = aside.read_text() + written.decode()
    assert said.strip() == say("command.no-terminal", "en")


def test_an_interrupt_before_the_screen_says_nothing(start, shadows):
    (shadows / "sitecustomize.py").write_text(
        "import signal\n"
        "from tutor.learner import settings\n"
        "def load():\n"
        "    print('loading', flush=True)\n"
        "    signal.pause()\n"
        "settings.load = load\n"
    )
    terminal = start()
    terminal.until_shown("loading")
    terminal.press("ctrl+c")
    assert terminal.status() == 130
    assert terminal.text.replace("^C", "").split() == ["loading"]
