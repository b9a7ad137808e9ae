"""The calculator: a line of arithmetic beside the answer."""

import pytest

from tests.tui.tutor_app import Tutor, tutor
from tutor.messages import say
from tutor.tui.calculator import Calculator
from tutor.tui.grid.grid import MatrixGrid

pytestmark = pytest.mark.usefixtures("course")


async def calculate(lesson: Tutor, *typed: str) -> None:
    for line in typed:
        await lesson.press(f"type:{line}", "enter")


async def test_a_result_is_shown_and_goes_into_the_cell():
    async with tutor("kinds") as lesson:
        await lesson.press("equals_sign")
        await calculate(lesson, "1+2+4", "ans/3")
        assert "ans/3 = 2.333333" in lesson.text
        await lesson.press("f2")
        assert lesson.answer.texts == ("2.333333",)
        assert lesson.answer.has_focus
        assert not lesson.lesson.query_one(Calculator).display
        await lesson.press("enter")
        assert lesson.progress.solved


async def test_a_line_that_was_not_entered_is_calculated_when_it_is_used():
    async with tutor("kinds") as lesson:
        await lesson.press("equals_sign", "type:exp(0.48)", "f2")
        assert lesson.answer.texts == ("1.616074",)


async def test_an_equals_sign_opens_it_also_from_an_open_edit_which_stays():
    async with tutor("kinds") as lesson:
        await lesson.lesson._go_to("vector")
        await lesson.settle()
        await lesson.press("type:7", "equals_sign", "escape")
        assert lesson.answer.texts == ("7", "", "")
        assert lesson.answer.has_focus


async def test_what_cannot_be_calculated_is_said_in_both_languages_and_stays_in_the_line():
    async with tutor("kinds") as lesson:
        await lesson.press("equals_sign")
        await calculate(lesson, "2 + softmax(3)")
        line = lesson.lesson.query_one(Calculator).line
        assert line.value == "2 + softmax(3)"
        assert line.cursor_position == 4
        assert '"softmax"' in lesson.text
        await lesson.press("ctrl+l")
        assert "「softmax」" in lesson.text
        await lesson.press("f2")
        assert lesson.answer.texts == ("",)


async def test_earlier_lines_come_back():
    async with tutor("kinds") as lesson:
        await lesson.press("equals_sign")
        await calculate(lesson, "1+1", "2+2")
        line = lesson.lesson.query_one(Calculator).line
        for key, value in (("up", "2+2"), ("up", "1+1"), ("up", "1+1"), ("down", "2+2")):
            await lesson.press(key)
            assert line.value == value
        await lesson.press("down", "escape", "equals_sign", "up")
        assert line.value == "2+2", "the history outlives the closing"


async def test_the_result_goes_nowhere_where_nothing_can_be_typed():
    async with tutor("kinds") as lesson:
        await lesson.lesson._go_to("choice")
        await lesson.settle()
        await lesson.press("equals_sign")
        assert "F2" not in lesson.footer()
        await calculate(lesson, "1+1")
        await lesson.press("f2")
        assert not isinstance(lesson.answer, MatrixGrid)
        assert lesson.lesson.query_one(Calculator).line.has_focus


@pytest.mark.parametrize(
    ("language", "footer"),
    [
        ("en", "Enter Calculate  F2 Into the answer  Esc Close  F1 Help"),
        ("zh", "Enter 计算  F2 填入答案  Esc 关闭  F1 帮助"),
    ],
)
async def test_its_keys_are_in_the_footer(language, footer):
    async with tutor("kinds", language=language) as lesson:
        await lesson.press("equals_sign")
        assert lesson.footer() == footer
        assert say("screen.calculator-about", language) in " ".join(lesson.lines())
        await lesson.press("f3")
        assert "1/" in lesson.text or "1 of" in lesson.text, "the keys of the lesson go on working"
