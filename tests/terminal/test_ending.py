"""However the tutor ends, the terminal is again what it was, and no traceback is shown."""

import signal
from pathlib import Path

import pytest

from tests.terminal.terminal import DEADLINE, descendants
from tests.training.waiting import gone
from tutor.messages import say

LESSON = Path(__file__).parent / "lessons" / "doubling.yaml"


@pytest.mark.parametrize(
    ("number", "status", "arguments"),
    [
        (signal.SIGTERM, 143, ()),
        (signal.SIGHUP, 129, ("run", str(LESSON))),
        (signal.SIGINT, 130, ("run", str(LESSON))),
    ],
    ids=["SIGTERM", "SIGHUP", "SIGINT"],
)
def test_a_signal_ends_it_in_good_order(start, number, status, arguments):
    terminal = start(*arguments)
    terminal.until_shown("Double every number." if arguments else say("screen.needs-nothing", "en"))
    terminal.signal(number)
    assert terminal.status() == status
    assert terminal.left_over() == []
    assert terminal.lines == [""] * 24


def test_it_ends_with_its_window(start):
    terminal = start("run", str(LESSON))
    terminal.until_shown("Double every number.")
    terminal.close()
    # Which status it gives no shell is left to see; Python itself may say that it cannot write.
    terminal.process.wait(DEADLINE)


@pytest.mark.parametrize("home", ["whole", "a file"])
def test_a_crash_ends_with_a_sentence_and_a_report(start, shadows, own_home, tmp_path, home):
    (shadows / "sitecustomize.py").write_text(
        "from tutor.tui.help import HelpScreen\n"
        "def compose(self):\n"
        "    raise ZeroDivisionError('on purpose')\n"
        "HelpScreen.compose = compose\n"
    )
    reports = own_home
    if home == "a file":
        own_home.rmdir()
        own_home.touch()
        reports = tmp_path
    terminal = start("run", str(LESSON), size=(120, 30), TMPDIR=str(tmp_path))
    terminal.until_shown("Double every number.")
    terminal.press("f1")
    assert terminal.status() == 70
    assert terminal.left_over() == []
    (report,) = reports.glob("*crash-*.txt")
    assert "ZeroDivisionError: on purpose" in report.read_text("utf-8")
    assert terminal.shows(say("command.crashed", "en", report=report))
    assert "Traceback" not in terminal.text


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are counted in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_child_of_the_lab_ends_with_the_tutor(start, number):
    terminal = start("run", "softmax", torch=True)
    children: list[int] = []

    def born() -> bool:
        children[:] = descendants(terminal.process.pid)
        return bool(children)

    terminal.until(born, "a child")
    assert not any(map(gone, children))
    terminal.signal(number)
    terminal.status()
    terminal.until(lambda: all(map(gone, children)), "the end of the child")
