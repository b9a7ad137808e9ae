"""Keys: what the footer says of them, the help, the search for commands, and how one quits."""

import pytest
from rich.cells import cell_len

from tests.tui.tutor_app import NARROW, WIDE, Tutor, tutor
from tutor.messages import LANGUAGES, say
from tutor.tui.help import HelpScreen
from tutor.tui.home import HomeScreen
from tutor.tui.lab.pane import LabPane
from tutor.tui.lesson import LessonScreen
from tutor.tui.page import Page
from tutor.tui.palette import commands
from tutor.tui.small import TooSmallScreen

pytestmark = pytest.mark.usefixtures("course")

PLACES = {
    "home": (),
    "search": ("slash", "type:k"),
    "mistakes": ("end", "enter"),
    "number": ("down", "enter"),
    "edit": ("down", "enter", "type:2"),
    "matrix": ("down", "enter", "f8", "f8"),
    "options": ("down", "enter", *["f8"] * 6),
    "settled": ("down", "enter", "type:2.333", "enter"),
    "calculator": ("down", "enter", "equals_sign"),
    "lab": ("down", "enter", "tab"),
    "question": ("down", "enter", "type:1", "enter", "f5"),
    "own numbers": ("down", "enter", "ctrl+g", "tab"),
    "own vector": ("down", "enter", "ctrl+g"),
    "own text": ("down", "enter", "ctrl+g", "f3"),
    "help": ("down", "enter", "f1"),
    "commands": ("ctrl+p",),
}
"""Everywhere one can be, and the keys that lead there from the beginning."""


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_that_is_offered_fits_and_is_explained(place):
    async with tutor() as running:
        await running.press(*PLACES[place])
        if place == "lab":
            running.app.lab.shows("training")
            running.lesson.query_one(LabPane).look()
            await running.settle()
        for language in LANGUAGES:
            if running.app.language != language:
                await running.press("ctrl+l")
            names, offered = shown_and_offered(running)
            assert cell_len("  ".join(names)) <= NARROW[0], names
            if isinstance(running.app.screen, Page):
                continue
            assert running.footer() == "  ".join(names)
            await running.press("f1")
            said = running.app.screen.keys
            for key, what in offered:
                assert any(key in names.split(" ") and what == words for names, words in said)
            await running.press("f1")


def shown_and_offered(running: Tutor) -> tuple[list[str], list[tuple[str, str]]]:
    """What the footer should say, and all keys with what the help should say of them."""
    names: dict[str, str] = {}
    offered = []
    for one in running.app.screen.active_bindings.values():
        binding = one.binding
        if not binding.id:
            continue
        key = running.app.get_key_display(binding)
        what = one.tooltip or binding.description
        assert "." not in f"{binding.description} {what}".split()[0], f"{what} is in no language"
        offered.append((key, what))
        if binding.show:
            names.setdefault(binding.action, f"{key} {binding.description}")
    return list(names.values()), offered


async def test_help_speaks_the_other_language_at_once():
    async with tutor("kinds") as running:
        await running.press("f1")
        assert "One more hint for this step" in running.text
        await running.press("ctrl+l")
        assert "这一步再给一条提示" in running.text
        assert "One more hint" not in running.text
        await running.press("escape")
        assert say("screen.key-hint", "zh") in running.footer()


async def test_help_closes_as_one_would_expect():
    async with tutor("kinds") as running:
        for key in ("escape", "f1", "question_mark", "q", "enter"):
            await running.press("question_mark")
            assert isinstance(running.app.screen, HelpScreen)
            await running.press(key)
            assert isinstance(running.app.screen, LessonScreen), key
            assert running.answer.has_focus


# Commands


@pytest.mark.parametrize("language", LANGUAGES)
async def test_commands_are_the_keys_of_the_screen(language):
    async with tutor("kinds", language=language) as running:
        found = commands(running.app, running.app.screen)
        for action in ("hint", "solution", "fresh", "step(1)", "leave", "quit", "next_glyphs"):
            (command,) = (one for one in found if one.action == action)
            assert command.about
        await running.press("ctrl+p")
        assert say("screen.about-hint", language) in running.text


async def test_a_command_is_found_by_any_of_its_words_and_done():
    async with tutor("kinds") as running:
        await running.press("ctrl+p", "type:one more", "enter")
        assert isinstance(running.app.screen, LessonScreen)
        assert "Hint 1 of" in running.text
        await running.press("ctrl+p", "type:zzz")
        assert say("screen.no-command", "en") in running.text
        await running.press("enter", "ctrl+l")
        assert say("screen.no-command", "zh") in running.text
        assert say("screen.no-command", "en") not in running.text
        await running.press("escape")
        assert running.answer.has_focus


async def test_a_command_without_a_key():
    async with tutor() as running:
        await running.press("ctrl+p", "type:ascii", "enter")
        assert running.app.settings.glyphs == "ascii"
        assert "◦" not in running.text


# The end


@pytest.mark.parametrize(
    "place", ["home", "search", "edit", "calculator", "lab", "help", "question"]
)
async def test_ctrl_q_quits_from_everywhere(place):
    async with tutor() as running:
        await running.press(*PLACES[place])
        running.app.simulate_key("ctrl+q")
        await running.pilot.pause(0)
        assert not running.app.is_running or running.app._exit


async def test_q_quits_from_the_map():
    async with tutor() as running:
        running.app.simulate_key("q")
        await running.pilot.pause(0)
        assert running.app._exit


@pytest.mark.parametrize("place", ["home", "edit", "help"])
async def test_ctrl_c_says_how_to_quit(place):
    async with tutor(language="zh") as running:
        await running.press(*PLACES[place], "ctrl+c")
        (told,) = running.app._notifications
        assert told.message == say("screen.how-to-quit", "zh")


# The size


async def test_a_window_too_small_is_said_and_gives_way_again():
    async with tutor("kinds") as running:
        await running.press("type:2.5")
        await running.resize(79, 24)
        assert isinstance(running.app.screen, TooSmallScreen)
        assert "79 columns and 24 lines" in running.text
        await running.press("ctrl+l", "f1", "ctrl+p", "enter", "escape", "x")
        assert isinstance(running.app.screen, TooSmallScreen)
        assert "79 列 24 行" in running.text
        await running.resize(80, 23)
        assert "80 列 23 行" in running.text
        await running.resize(*WIDE)
        assert isinstance(running.app.screen, LessonScreen)
        assert running.answer.has_focus
        await running.press("enter")
        assert running.answer.texts == ("2.5",)


async def test_a_lesson_that_was_named_waits_for_a_window_that_is_large_enough():
    async with tutor("kinds", size=(60, 20)) as running:
        assert isinstance(running.app.screen, TooSmallScreen)
        await running.resize(*NARROW)
        assert isinstance(running.app.screen, LessonScreen)
        await running.press("escape")
        assert isinstance(running.app.screen, HomeScreen)
