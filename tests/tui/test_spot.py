"""Spotting slips on the screen, by keys, in both sizes and languages."""

from collections.abc import Callable
from time import monotonic

import pytest

from tests.tui.tutor_app import NARROW, WIDE, Tutor, tutor
from tutor.course.catalog import find
from tutor.course.reply import LETTERS
from tutor.course.spot import Spot
from tutor.messages import LANGUAGES, say
from tutor.tui.help import HelpScreen
from tutor.tui.lesson import LessonScreen
from tutor.tui.spot.screen import SpotScreen

languages = pytest.mark.parametrize("language", LANGUAGES)


def screen(running: Tutor) -> SpotScreen:
    found = running.app.screen
    assert isinstance(found, SpotScreen)
    return found


def spot(running: Tutor) -> Spot:
    found = screen(running).spot
    assert found is not None
    return found


def answers(one: Spot) -> list[str]:
    letter = LETTERS[one.exercise.choices.index(one.exercise.slip)]
    return [str(one.exercise.first_wrong + 1), letter, one.right_answer()]


async def until(running: Tutor, condition: Callable[[], bool]) -> None:
    """Wait for what comes with the next paint, on a busy machine later."""
    deadline = monotonic() + 20
    while not condition():
        assert monotonic() < deadline, running.lines()
        await running.settle()


def squeezed(text: str) -> str:
    return "".join(text.split())


def shows(running: Tutor, sentence: str) -> bool:
    """Whether a sentence is on the screen, wherever its lines are broken."""
    return squeezed(sentence) in squeezed(running.text)


@pytest.mark.parametrize(
    ("lesson", "size", "language"),
    [
        ("softmax", NARROW, "en"), ("softmax", WIDE, "zh"),
        ("attention", NARROW, "zh"), ("attention", WIDE, "en"),
    ],
)  # fmt: skip
async def test_an_exercise_from_its_first_line_to_the_next(lesson, size, language):
    async with tutor(find(lesson), size=size, language=language) as running:
        await running.press("ctrl+o")
        one = spot(running)
        assert shows(running, say("spot.ask-line", language, count=one.exercise.line_count))
        line, letter, right = answers(one)
        await running.press(f"type:{line}", "enter")
        assert one.stage == "slip"
        assert shows(running, say("spot.line-found", language, line=line))
        for choice in one.exercise.choices:
            assert shows(running, say(f"slip.{choice}", language, at=""))
        await running.press(f"type:{letter}", "enter")
        assert one.stage == "correct"
        await running.press(f"type:{right}", "enter")
        assert one.stage == "done"
        assert shows(running, say("spot.should-be", language))
        assert shows(running, say("spot.ask-done", language))
        await running.press("enter")
        assert spot(running).state.seed == 2
        await running.press("escape")
        assert isinstance(running.app.screen, LessonScreen)


async def test_a_wrong_line_is_said_to_be_and_can_be_typed_over():
    async with tutor(find("softmax")) as running:
        await running.press("ctrl+o")
        one = spot(running)
        first = one.exercise.first_wrong + 1
        assert first > 1
        await running.press("type:1", "enter")
        assert shows(running, say("spot.line-early", "en", line=1))
        assert one.stage == "line"
        await running.press(f"type:{first}", "enter")
        assert one.stage == "slip"


async def test_the_answer_to_a_question_is_shown_at_the_second_press():
    async with tutor(find("softmax")) as running:
        await running.press("ctrl+o", "f4")
        one = spot(running)
        line, _, right = answers(one)
        assert shows(running, say("spot.solution-again", "en"))
        await running.press("type:1", "enter", "f4")
        assert one.stage == "line"
        await running.press("f4")
        assert shows(running, say("spot.shown-line", "en", line=line))
        assert shows(running, say("spot.ask-slip", "en", line=line))
        assert screen(running).line.value == ""
        await running.press("f4", "f4", "f4", "f4")
        assert shows(running, say("spot.shown-correct", "en", answer=right))
        assert shows(running, say("spot.should-be", "en"))
        await running.press("f4", "enter")
        assert spot(running).state.seed == 2


async def test_the_language_changes_at_once_and_what_is_typed_stays():
    async with tutor(find("softmax")) as running:
        await running.press("ctrl+o", "type:1", "enter")
        await running.press("ctrl+l")
        assert shows(running, say("spot.line-early", "zh", line=1))
        assert shows(running, say("spot.about", "zh"))
        assert screen(running).line.value == "1"
        await until(running, lambda: say("spot.key-check", "zh") in running.footer())


async def test_the_exercise_is_kept_when_one_goes_back_to_the_lesson():
    async with tutor(find("softmax")) as running:
        await running.press("ctrl+o")
        line = answers(spot(running))[0]
        await running.press(f"type:{line}", "enter", "escape", "ctrl+o")
        assert spot(running).stage == "slip"


async def test_f3_shows_formulas_and_f5_gives_another_exercise():
    async with tutor(find("softmax")) as running:
        await running.press("ctrl+o", "f3")
        assert shows(running, spot(running).exercise.page[0].step.formula)
        await running.press("f5")
        assert spot(running).state.seed == 2
        assert not screen(running).hinted


@languages
async def test_the_key_stands_in_the_help_and_among_the_commands(language):
    async with tutor(find("softmax"), size=WIDE, language=language) as running:
        await running.press("f1")
        assert isinstance(running.app.screen, HelpScreen)
        assert "Ctrl+O" in running.text
        assert shows(running, say("spot.about-open", language))
        await running.press("escape", "ctrl+p")
        await running.press(f"type:{say('spot.key-open', language)}", "enter")
        assert isinstance(running.app.screen, SpotScreen)


@languages
async def test_at_80_columns_every_key_of_the_screen_is_in_the_footer(language):
    async with tutor(find("softmax"), language=language) as running:
        await running.press("ctrl+o")
        names = ("check", "hint", "solution", "next", "lesson")
        words = [say(f"spot.key-{name}", language) for name in names]
        await until(running, lambda: all(word in running.footer() for word in words))


async def test_nothing_of_the_lesson_is_lost_by_looking_for_slips():
    async with tutor(find("softmax")) as running:
        await running.press("type:1.5", "ctrl+o", "type:1", "enter", "escape")
        assert running.progress.cells[0] == "1.5"
