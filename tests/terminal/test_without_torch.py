"""Where torch is not installed, all but the live training works."""

from tests.terminal.terminal import Terminal, unbroken
from tutor.messages import say

MISSING = say("lab.state-missing-torch", "en")


def lab_of(terminal: Terminal) -> str:
    """What stands in the pane of the lab, which is where the lines of its state begin."""
    for line in terminal.lines:
        if MISSING in line:
            return unbroken("".join(each[line.index(MISSING) :] for each in terminal.lines))
    return ""


def test_the_lab_says_what_to_install_and_the_lesson_goes_on(start):
    terminal = start("run", "softmax", size=(120, 30))
    advice = unbroken("To install it: python -m pip install torch")
    terminal.until(lambda: advice in lab_of(terminal), "the advice")

    terminal.press("7.389", "enter", "2.718", "enter", "1.105", "enter")
    terminal.until_shown(say("verdict.all-right", "en"))
    terminal.press("ctrl+q")
    assert terminal.status() == 0
