"""A lesson worked in a terminal: typed, pasted, checked, resized, left and taken up again."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tutor.messages import say

LESSON = Path(__file__).parent / "lessons" / "doubling.yaml"
FIRST, SECOND = "Double every number.", "Double every cell."
RIGHT = say("verdict.all-right", "en")


@pytest.fixture
def open_lesson(start):
    """The short lesson of these tests, where it was left."""

    def opened(prompt: str = FIRST, **more):
        terminal = start("run", str(LESSON), **more)
        terminal.until_shown(prompt)
        return terminal

    return opened


def remembered(home: Path, kind: str) -> list[str]:
    """The payloads of a kind of event in the journal, in their order."""
    journal = home / "journal.sqlite"
    with closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as connection:
        query = "SELECT payload FROM events WHERE kind = ? ORDER BY id"
        return [payload for (payload,) in connection.execute(query, (kind,))]


def too_small(columns: int, lines: int) -> str:
    """The beginning of what is said of a small window, which a frame may break."""
    sentence = say(
        "screen.too-small", "en", width=columns, height=lines, least_width=80, least_height=24
    )
    return " ".join(sentence.split()[:8])


def test_numbers_are_typed_and_pasted_and_checked(open_lesson):
    terminal = open_lesson()
    terminal.press("6", "enter", "5", "enter", "1", "enter")
    terminal.until_shown(say("verdict.all-wrong", "en", wrong=1, count=3))
    assert not terminal.shows(RIGHT)
    terminal.press("home", "right", "-2", "enter")
    terminal.until_shown(RIGHT)

    terminal.press("f8")
    terminal.until_shown(SECOND)
    terminal.until_gone(RIGHT)
    terminal.paste("2\t4\n")
    terminal.until_shown("2 4")
    terminal.press("home", "down")
    terminal.paste("6, 8")
    terminal.until_shown("6 8")
    terminal.press("enter")
    terminal.until_shown(RIGHT)
    terminal.press("ctrl+q")
    assert terminal.status() == 0
    assert terminal.left_over() == []


def test_the_screen_follows_the_window(open_lesson):
    # Variables that tell of another size must not be believed.
    terminal = open_lesson(COLUMNS="200", LINES="50")
    terminal.press("6", "enter")
    terminal.until_shown("[ 6 ")
    terminal.until(lambda: "F1" in terminal.lines[23], "the keys on the last line")

    terminal.resize(120, 40)
    terminal.until(lambda: "F1" in terminal.lines[39], "the keys on the last line")
    terminal.until_shown(FIRST, "[ 6 ")

    terminal.resize(60, 20)
    terminal.until_shown(too_small(60, 20))
    terminal.resize(70, 20)
    terminal.until_shown(too_small(70, 20))

    terminal.resize(80, 24)
    terminal.until(lambda: "F1" in terminal.lines[23], "the keys on the last line")
    terminal.until_gone(too_small(70, 20))
    terminal.until_shown(FIRST, "[ 6 ")
    # What is typed goes where it went before.
    terminal.press("-2", "enter", "1", "enter")
    terminal.until_shown(RIGHT)


def test_a_killed_tutor_goes_on_where_it_was(open_lesson, own_home):
    terminal = open_lesson()
    terminal.press("6", "enter", "-2", "enter", "1", "enter")
    terminal.until_shown(RIGHT)
    terminal.press("f8")
    terminal.until_shown(SECOND)
    terminal.press("2", "enter", "4", "enter", "6", "enter")
    terminal.until_shown("2 4", "6 __")
    terminal.press("77")
    terminal.until_shown("2 4", "6 77")
    terminal.signal(signal.SIGKILL)
    assert terminal.status() == -signal.SIGKILL
    # Nothing could tidy up: so what finds nothing left over elsewhere does look.
    assert len(terminal.left_over()) > 5

    again = open_lesson(SECOND)
    again.until_shown("2 4", "6 __")
    again.press("end", "down", "8", "enter")
    again.until_shown(RIGHT)
    again.press("f7")
    again.until_shown(FIRST, RIGHT)
    assert len(remembered(own_home, "answered")) == 2


@pytest.mark.parametrize("way", ["key", "signal"])
def test_a_tutor_that_quits_keeps_the_cell_that_is_being_typed(open_lesson, way):
    terminal = open_lesson()
    terminal.press("6", "enter", "77")
    terminal.until_shown("6 77")
    if way == "key":
        terminal.press("ctrl+q")
    else:
        terminal.signal(signal.SIGTERM)
    terminal.status()
    open_lesson().until_shown("6 77")


def test_two_tutors_work_side_by_side(open_lesson, own_home):
    one, other = open_lesson(), open_lesson()
    one.press("6", "enter", "-2", "enter", "1", "enter")
    one.until_shown(RIGHT)
    other.press("7", "enter", "-2", "enter", "1", "enter")
    other.until_shown(say("verdict.all-wrong", "en", wrong=1, count=3))
    for terminal in (one, other):
        terminal.press("ctrl+q")
        assert terminal.status() == 0
    assert len(remembered(own_home, "answered")) == 2


def test_a_home_that_cannot_be_used_stops_nobody(open_lesson, own_home):
    own_home.rmdir()
    own_home.write_text("a file, where a folder should be")
    terminal = open_lesson(size=(120, 30))
    terminal.until_shown("Go on: your answers are kept in memory")
    terminal.press("6", "enter", "-2", "enter", "1", "enter")
    terminal.until_shown(RIGHT)
    terminal.press("ctrl+q")
    assert terminal.status() == 0


def test_a_damaged_journal_is_kept_aside_and_said(open_lesson, own_home):
    (own_home / "journal.sqlite").write_bytes(b"not a journal at all" * 500)
    terminal = open_lesson(size=(120, 30))
    terminal.until_shown("The file of your progress was damaged.")
    terminal.press("6", "enter", "-2", "enter", "1", "enter")
    terminal.until_shown(RIGHT)
    terminal.press("ctrl+q")
    assert terminal.status() == 0
    (kept,) = own_home.glob("journal.broken-*")
    assert kept.read_bytes().startswith(b"not a journal")
    assert len(remembered(own_home, "answered")) == 1
