"""A lesson on the screen with the learner's own numbers, of another shape than the lesson's."""

from pathlib import Path

from tests.tui.tutor_app import NARROW, WIDE, tutor
from tutor.course.catalog import find
from tutor.course.lesson import Value
from tutor.course.load import load
from tutor.course.own_numbers import own_numbers
from tutor.messages import say

FILE = """W: [[0.1, 0.2, 0, 0.1], [0.5, -0.1, 0.1, 0], [0, 0.1, 0.1, 0.2]]
x: [1, 2, -1, 0.5]
"""


def numbers(folder: Path) -> tuple[Path, dict[str, Value]]:
    path = folder / "mine.yaml"
    path.write_text(FILE, encoding="utf-8")
    lesson = find("softmax-regression")
    return lesson, own_numbers(path, load(lesson).lesson)


async def test_own_numbers_are_shown_worked_and_kept(tmp_path: Path) -> None:
    lesson, given = numbers(tmp_path)
    async with tutor(lesson, given=given, size=NARROW) as running:
        assert "0.1 0.2 0 0.1" in running.text
        for cell in ("0.65", "0.4", "0.5"):
            await running.press(f"type:{cell}", "enter")
        assert running.progress.solved
        state = running.replayed()
        assert state.steps["scores"].solved
        assert state.given == given
    async with tutor(lesson, size=NARROW) as again:
        assert again.lesson.round.state.given == given


async def test_every_step_can_be_shown_with_own_numbers(tmp_path: Path) -> None:
    lesson, given = numbers(tmp_path)
    async with tutor(lesson, given=given, size=WIDE) as running:
        for step in running.lesson.round.lesson.steps:
            await running.lesson._go_to(step.id)
            await running.settle()
            assert running.lesson.step.id == step.id
            assert say("screen.lesson-unusable", "en") not in running.text
