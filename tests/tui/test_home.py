"""The map of lessons: how they stand, the search, and the way into a lesson and back."""

import pytest
from textual.widgets import OptionList

from tests.tui.tutor_app import Tutor, tutor
from tutor.messages import LANGUAGES, say
from tutor.tui.home import HomeScreen
from tutor.tui.lesson import LessonScreen
from tutor.tui.search import SearchLine
from tutor.tui.sentence import SentenceScreen

pytestmark = pytest.mark.usefixtures("course")


def listed(home: Tutor) -> list[str | None]:
    return [option.id for option in home.app.screen.query_one(OptionList).options]


def marked(home: Tutor) -> str | None:
    option = home.app.screen.query_one(OptionList).highlighted_option
    return option.id if option is not None else None


async def test_lessons_stand_in_their_order_and_broken_files_at_the_end():
    async with tutor() as home:
        assert listed(home) == ["doubling", "kinds", "unreadable"]
        assert marked(home) == "doubling"
        assert say("screen.broken-lesson", "en") in home.text


async def test_the_map_says_what_a_lesson_needs_and_whether_that_is_done():
    async with tutor() as home:
        assert "after ◦ Doubling (not done yet)" in home.text
        await home.press("enter", "type:2.5", "enter", "escape")
        assert "after ▸ Doubling (in progress)" in home.text
        assert "1 of 2 steps" in home.text
        await home.press("enter", "enter", "type:5", "enter", "escape")
        assert "after ✓ Doubling (done)" in home.text
        assert "1 of 3 lessons done" in home.text


async def test_the_lesson_worked_last_is_marked_and_enter_goes_on_with_it():
    async with tutor() as home:
        await home.press("down", "enter", "type:2", "enter", "f8", "escape")
    async with tutor() as home:
        assert marked(home) == "kinds"
        await home.press("enter")
        assert home.lesson.step.id == "vector"


async def test_a_click_opens_a_lesson():
    async with tutor() as home:
        await home.click("Every kind")
        assert home.lesson.round.lesson.id == "kinds"


async def test_the_summary_of_the_marked_lesson_is_shown():
    async with tutor() as home:
        assert "Twice a number, and twice again" in home.text
        await home.press("down")
        assert "Twice a number, and twice again" not in home.text
        assert "from a number to an order of options" in home.text


async def test_a_file_with_mistakes_says_them_and_lets_one_go_back():
    async with tutor() as home:
        await home.press("end", "enter")
        assert isinstance(home.app.screen, SentenceScreen)
        assert "unreadable.yaml:2" in home.text
        await home.press("escape")
        assert isinstance(home.app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kind", ["kinds"]),
        ("every EVERY", ["kinds"]),
        ("各种", ["kinds"]),
        ("twice", ["doubling"]),
        ("kind double", []),
        ("unread", ["unreadable"]),
    ],
)
async def test_a_search_finds_the_lessons_with_all_its_words(typed, found):
    async with tutor() as home:
        await home.press("slash", f"type:{typed}")
        assert listed(home) == found
        assert (say("screen.nothing-found", "en") in home.text) == (not found)
        await home.press("escape")
        assert listed(home) == ["doubling", "kinds", "unreadable"]


async def test_enter_in_the_search_opens_the_first_match():
    async with tutor() as home:
        await home.press("slash", "type:every", "enter")
        assert home.lesson.round.lesson.id == "kinds"


async def test_enter_with_nothing_found_opens_nothing():
    async with tutor() as home:
        await home.press("slash", "type:zzz", "enter", "down", "enter")
        assert isinstance(home.app.screen, HomeScreen)


async def test_the_arrows_move_through_what_the_search_found():
    async with tutor() as home:
        await home.press("slash", "type:e", "down", "down")
        assert marked(home) == "unreadable"
        await home.press("up")
        assert marked(home) == "kinds"
        assert isinstance(home.app.focused, SearchLine)
        await home.press("enter")
        assert home.lesson.round.lesson.id == "kinds"


async def test_letters_are_typed_into_the_search_and_do_nothing_else():
    async with tutor() as home:
        await home.press("slash", "type:q/?q")
        assert home.app.screen.query_one(SearchLine).value == "q/?q"
        assert "q Quit" not in home.footer()


async def test_another_language_is_spoken_at_once_and_kept():
    async with tutor() as home:
        await home.press("down", "ctrl+l")
        assert "先学 ◦ 加倍（还没学）" in home.text
        assert home.footer() == "Enter 打开  / 搜索  l 实验  Ctrl+L English  q 退出  F1 帮助"
        assert marked(home) == "kinds"
    assert home.app.settings.language == "zh"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_lesson_can_be_left_and_taken_up_again(language):
    async with tutor(language=language) as home:
        for _ in range(2):
            await home.press("enter")
            assert isinstance(home.app.screen, LessonScreen)
            await home.press("escape")
            assert isinstance(home.app.screen, HomeScreen)


async def test_to_look_at_a_lesson_leaves_no_trace():
    async with tutor() as home:
        await home.press("enter", "f6", "escape")
        assert home.app.journal.summary() == []
        assert "0 in progress" in home.text
