"""A lesson on the screen: answers, verdicts, hints, the solution, steps, fresh numbers."""

import pytest

from tests.tui.tutor_app import WIDE, Tutor, tutor
from tutor.messages import LANGUAGES, say
from tutor.telling import Telling
from tutor.tui.confirm import ConfirmScreen
from tutor.tui.home import HomeScreen
from tutor.tui.step import StepPane

pytestmark = pytest.mark.usefixtures("course")

MEAN = "2.333"
CENTRED = ("-1.333", "-0.333", "1.667")


def go_on(language: str = "en") -> str:
    return say("screen.enter-goes-on", language)


async def at_step(lesson: Tutor, step: str) -> None:
    """Go to a step by no key."""
    await lesson.lesson._go_to(step)
    await lesson.settle()


async def answer(lesson: Tutor, *cells: str) -> None:
    for cell in cells:
        await lesson.press(f"type:{cell}", "enter")


# Answers


async def test_a_right_answer_is_said_to_be_right_and_enter_goes_on():
    async with tutor("kinds") as lesson:
        await answer(lesson, MEAN)
        assert lesson.progress.solved
        assert "✓ Right." in lesson.text
        assert "The mean lies between" in lesson.text
        assert lesson.footer().startswith("Enter Go on")
        await lesson.press("enter")
        assert lesson.lesson.step.id == "vector"
        assert lesson.footer().startswith("Enter Check")


@pytest.mark.parametrize(
    ("typed", "overall", "sign"),
    [("2.34", "wrong", "✗"), ("2.3", "too-coarse", "~"), ("2,333", "unreadable", "?")],
)
async def test_what_is_not_right_yet_stays_to_be_corrected(typed, overall, sign):
    async with tutor("kinds") as lesson:
        await answer(lesson, typed)
        assert lesson.progress.overall == overall
        assert lesson.answer.texts == (typed,)
        assert f"{typed} " in lesson.text
        assert any(line.startswith(f" {sign} ") for line in lesson.lines())
        assert go_on() not in lesson.text
        await answer(lesson, MEAN)
        assert lesson.progress.solved


async def test_after_a_check_the_cursor_stands_at_the_first_cell_that_is_not_right():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "matrix")
        await answer(lesson, "0.333", "0", "-0.333", "0.67", "0.167", "7")
        assert lesson.progress.marks == (*["right"] * 3, "too-coarse", "right", "wrong")
        assert lesson.answer.current == 3
        assert "row second, column cat: 0.67, not wrong, but too few decimals" in lesson.text
        await answer(lesson, "0.667", "1")
        assert lesson.answer.current == 5


async def test_an_answer_that_follows_from_an_earlier_slip_counts_and_says_so():
    async with tutor("kinds") as lesson:
        await answer(lesson, "2.5")
        await lesson.press("f8")
        assert "m A number: 2.5" in lesson.text
        await answer(lesson, "-1.5", "-0.5", "1.5")
        assert lesson.progress.overall == "follows"
        assert "↳" in lesson.text
        assert lesson.progress.solved


async def test_enter_on_an_empty_cell_says_that_it_is_empty():
    async with tutor("kinds") as lesson:
        await lesson.press("enter")
        assert say("grid.still-blank", "en") in lesson.text
        assert lesson.progress.attempts == 0
        await lesson.press("type:2")
        await lesson.press("backspace", "type:3", "enter")
        assert say("grid.still-blank", "en") not in lesson.text


async def test_what_was_read_is_shown_before_it_is_judged():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "vector")
        await lesson.press("type:15.4%", "enter", "up", "left")
        assert "column cat: 15.4%; read as 0.154" in lesson.text


async def test_a_verdict_is_written_down_before_it_is_shown(monkeypatch):
    written = []

    def show_marks(pane: StepPane) -> None:
        journal, key = pane.app.journal, pane.screen.bookmark.key
        written.extend(journal.events(key, journal.latest_round(key))[-1:])

    monkeypatch.setattr(StepPane, "show_marks", show_marks)
    async with tutor("kinds") as lesson:
        await answer(lesson, "2.5")
    (event,) = written
    assert event["kind"] == "answered"
    assert event["payload"]["overall"] == "wrong"


async def test_a_solved_answer_that_is_changed_is_checked_again():
    async with tutor("kinds") as lesson:
        await answer(lesson, MEAN, "9")
        assert lesson.progress.overall == "wrong"
        assert lesson.progress.solved, "what was solved once stays solved"
        assert lesson.footer().startswith("Enter Check")
        assert go_on() not in lesson.text


async def test_a_slip_that_is_known_is_named_and_stays_with_hints_and_in_the_other_language():
    async with tutor("kinds") as lesson:
        await answer(lesson, "7")
        for keys, language in ((), "en"), (("f3",), "en"), (("ctrl+l",), "zh"):
            await lesson.press(*keys)
            (slip, *_) = Telling(lesson.lesson.round, language).slips(lesson.lesson.step)
            assert "".join(slip.split()) in lesson.text.replace(" ", "")
        await answer(lesson, MEAN)
        assert "".join(slip.split()) not in lesson.text.replace(" ", "")


async def test_a_pasted_matrix_fills_the_cells_and_undo_empties_them():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "matrix")
        await lesson.paste("[[0.333, 0, -0.333], [0.667, 0.167, 1]]")
        assert lesson.answer.complete
        await lesson.press("ctrl+z")
        assert not any(lesson.answer.texts)
        await lesson.press("ctrl+y", "enter")
        assert lesson.progress.solved


async def test_a_paste_that_does_not_fit_says_why_and_changes_nothing():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "vector")
        await lesson.paste("1 2\n3 4")
        assert "do not fit" in lesson.text
        assert not any(lesson.answer.texts)
        await lesson.press("type:1")
        await lesson.press("enter")
        assert "do not fit" not in lesson.text


async def test_every_cell_of_every_channel_is_answered():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "channels")
        await lesson.paste("[[[1,0,-1],[2,.5,3]],[[2,0,-2],[4,1,6]]]")
        await lesson.press("enter")
        assert lesson.progress.solved


@pytest.mark.parametrize(("step", "cells"), [("shape", ("2", "3")), ("whole", ("6",))])
async def test_shapes_and_whole_numbers_are_exact(step, cells):
    async with tutor("kinds") as lesson:
        await at_step(lesson, step)
        await answer(lesson, *cells)
        assert lesson.progress.overall == "right"


# Choices


async def test_one_option_is_picked_and_checked_by_enter():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "choice")
        await lesson.press("enter")
        assert lesson.progress.overall == "wrong"
        assert "✗ (*) a" in lesson.text
        assert "That is 1." in lesson.text
        await lesson.press("b")
        assert lesson.progress.overall == "", "a letter picks, Enter checks"
        await lesson.press("enter")
        assert lesson.progress.overall == "right"
        assert "✓ (*) b" in lesson.text
        await lesson.press("enter")
        assert lesson.lesson.step.id == "choices"


async def test_several_options_are_picked_by_space_and_letters():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "choices")
        await lesson.press("enter")
        assert say("screen.nothing-picked", "en") in lesson.text
        await lesson.press("space", "down", "down", "c", "a", "a")
        assert "[x] a Two [ ] b Three [x] c Four" in lesson.text
        await lesson.press("enter")
        assert lesson.progress.overall == "right"


async def test_options_get_their_places_and_give_them_back():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "order")
        shown = lesson.answer.texts
        await lesson.press("a", "b")
        assert lesson.answer.answer == "a b"
        await lesson.press("backspace", "backspace")
        assert lesson.answer.answer == ""
        for word in ("One", "Two", "Three"):
            await lesson.press("abc"[shown.index(word)])
        await lesson.press("enter")
        assert lesson.progress.overall == "right"


async def test_a_click_picks_and_the_footer_checks():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "choice")
        await lesson.click("Four")
        assert lesson.answer.answer == "c"
        assert lesson.progress.overall == ""
        await lesson.click("Two")
        await lesson.click("Enter Check")
        assert lesson.progress.overall == "right"


async def test_a_click_goes_to_a_cell():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "vector")
        (y,) = (y for y, line in enumerate(lesson.lines()) if "______" in line)
        await lesson.pilot.click(offset=(lesson.lines()[y].rindex("______"), y))
        await lesson.press("type:7", "enter")
        assert lesson.answer.texts == ("", "", "7")


# Help with a step


async def test_hints_come_one_by_one_until_there_are_no_more():
    async with tutor("kinds") as lesson:
        total = len(lesson.lesson.round.rungs(lesson.lesson.step))
        for number in range(1, total + 1):
            await lesson.press("f3")
            assert f"Hint {number} of {total}:" in lesson.text
            assert f"Hint {number + 1} of" not in lesson.text
        await lesson.press("f3")
        assert say("screen.no-more-hints", "en") in lesson.text
        assert lesson.progress.hints == total


async def test_the_solution_takes_a_second_press():
    async with tutor("kinds") as lesson:
        await lesson.press("f4")
        assert say("screen.solution-again", "en") in lesson.text
        assert not lesson.progress.revealed
        await lesson.press("f4")
        assert "The solution: 2.333" in lesson.text
        assert lesson.progress.revealed
        assert "[1/9*]" in lesson.text
        await lesson.press("enter")
        assert lesson.lesson.step.id == "vector", "Enter goes on, though the cell is empty"


async def test_the_first_press_is_forgotten_when_one_goes_on_working():
    async with tutor("kinds") as lesson:
        await lesson.press("f4", "f8", "f7", "f4")
        assert not lesson.progress.revealed
        await answer(lesson, "1")
        await lesson.press("f4")
        assert not lesson.progress.revealed


async def test_what_is_typed_after_the_solution_is_checked():
    async with tutor("kinds") as lesson:
        await lesson.press("f4", "f4", "type:1", "enter")
        assert lesson.progress.overall == "wrong"
        await answer(lesson, MEAN)
        assert lesson.progress.solved
        assert "[1/9✓]" in lesson.text


async def test_the_story_opens_and_closes():
    async with tutor("kinds") as lesson:
        assert "Nothing in it is difficult" in lesson.text
        await lesson.press("f6")
        assert "Nothing in it is difficult" not in lesson.text
        await lesson.press("f8", "f6")
        assert "Nothing in it is difficult" in lesson.text


async def test_what_does_not_fit_is_read_with_the_page_keys():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "choice")
        await lesson.press("b", "enter")
        assert "✓ Right." in lesson.text
        assert go_on() not in lesson.text
        await lesson.press("pagedown")
        assert go_on() in lesson.text
        await lesson.press("pageup", "pageup")
        assert "Which number is the mean" in lesson.text


async def test_a_grid_with_channels_keeps_the_page_keys():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "channels")
        await lesson.press("pagedown")
        assert lesson.answer.current == 6


# Steps


async def test_steps_are_walked_in_both_directions_and_their_ends_are_said():
    async with tutor("doubling") as lesson:
        await lesson.press("f7")
        assert say("screen.first-step", "en") in lesson.text
        await lesson.press("f8", "f8")
        assert lesson.lesson.step.id == "again"
        assert say("screen.last-step", "en") in lesson.text
        await lesson.press("f7")
        assert lesson.lesson.step.id == "twice"


async def test_what_is_typed_stays_when_one_leaves_the_step_even_in_an_open_edit():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "vector")
        await lesson.press("type:1", "enter", "type:2.5", "f7", "f8")
        assert lesson.answer.texts == ("1", "2.5", "")


async def test_a_skipped_step_is_left_for_later():
    async with tutor("doubling") as lesson:
        await lesson.press("f9")
        assert lesson.lesson.step.id == "again"
        await answer(lesson, "5")
        await lesson.press("enter")
        assert lesson.lesson.step.id == "twice"
        await lesson.press("f9")
        assert say("screen.only-step", "en") in lesson.text


async def test_the_end_of_a_lesson_says_what_can_be_done_now():
    async with tutor("doubling") as lesson:
        await answer(lesson, "2.5")
        await lesson.press("enter")
        await answer(lesson, "5")
        assert say("screen.lesson-finished", "en") in lesson.text
        await lesson.press("enter")
        assert lesson.lesson.step.id == "again"
        assert lesson.lesson.round.state.finished


# Fresh numbers


async def test_fresh_numbers_are_asked_about_while_a_round_is_under_way():
    async with tutor("doubling") as lesson:
        await answer(lesson, "2.5")
        for key in ("escape", "n", "enter"):
            await lesson.press("f5")
            assert isinstance(lesson.app.screen, ConfirmScreen)
            await lesson.press(key)
            assert lesson.lesson.round.state.seed is None
        await lesson.press("f5", "y")
        assert lesson.lesson.round.state.seed == 1
        assert lesson.lesson.step.id == "twice"
        assert "numbers 1" in lesson.text
        assert lesson.answer.texts == ("",)
        assert "the number x: 1.25" not in lesson.text


async def test_fresh_numbers_come_at_once_when_nothing_or_everything_is_done():
    async with tutor("doubling") as lesson:
        await lesson.press("f5")
        assert lesson.lesson.round.state.seed == 1
        await lesson.press("f4", "f4", "enter", "f4", "f4", "f5")
        assert lesson.lesson.round.state.seed == 2


async def test_the_question_can_be_answered_with_arrows_and_enter():
    async with tutor("doubling") as lesson:
        await answer(lesson, "2.5")
        await lesson.press("f5", "right", "enter")
        assert lesson.lesson.round.state.seed == 1


async def test_a_seed_gives_the_same_numbers_again():
    seen = []
    for _ in range(2):
        async with tutor("doubling", seed=7) as lesson:
            seen.append(lesson.lines())
    assert seen[0] == seen[1]
    assert "numbers 7" in " ".join(seen[0])


# Language and looks


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_language_changes_in_the_middle_of_an_edit(language):
    async with tutor("kinds", language=language) as lesson:
        await at_step(lesson, "vector")
        await lesson.press("type:1", "enter", "type:2.5")
        await lesson.press("ctrl+l")
        other = "zh" if language == "en" else "en"
        assert lesson.answer.editing
        assert ("猫" if other == "zh" else "cat") in lesson.text
        assert ("cat" if other == "zh" else "猫") not in lesson.text
        assert say("screen.key-hint", other) in lesson.footer()
        await lesson.press("type:7", "enter")
        assert lesson.answer.texts == ("1", "2.57", "")
        await lesson.press("ctrl+z")
        assert lesson.answer.texts == ("1", "", ""), "undo survives too"


async def test_what_was_picked_and_marked_is_said_again_in_the_other_language():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "choice")
        await lesson.press("c", "enter", "ctrl+l")
        assert "✗ (*) c 四" in lesson.text
        await lesson.press("f3")
        assert "四的一半" in lesson.text


async def test_other_signs_are_drawn_at_once_and_nothing_is_lost():
    async with tutor("kinds") as lesson:
        await answer(lesson, "2.34")
        await lesson.press("type:1")
        lesson.app.action_next_glyphs()
        await lesson.settle()
        assert lesson.answer.editing
        assert "✗" not in lesson.text
        assert "◦" not in lesson.text


async def test_dark_and_light():
    async with tutor("kinds") as lesson:
        before = lesson.app.theme
        await lesson.press("type:1", "ctrl+t")
        assert lesson.app.theme != before
        assert lesson.answer.editing


# Coming and going


async def test_escape_leaves_an_edit_first_and_then_the_lesson():
    async with tutor("kinds") as lesson:
        await lesson.press("type:2", "enter", "type:9", "escape")
        assert lesson.answer.texts == ("2",)
        await lesson.press("escape")
        assert isinstance(lesson.app.screen, HomeScreen)


async def test_a_lesson_goes_on_where_it_was_left():
    async with tutor("kinds") as lesson:
        await answer(lesson, MEAN)
        await lesson.press("enter", "type:1", "enter", "type:2.5", "ctrl+q")
    async with tutor("kinds", size=WIDE, language="zh") as lesson:
        assert lesson.lesson.step.id == "vector"
        assert lesson.answer.texts == ("1", "2.5", "")
        await lesson.press("f7")
        assert lesson.progress.solved


async def test_verdicts_are_shown_again_when_one_comes_back():
    async with tutor("kinds") as lesson:
        await at_step(lesson, "vector")
        await answer(lesson, *CENTRED[:2], "9")
        await lesson.press("f7", "f8")
        assert "-1.333✓ -0.333✓ 9✗" in lesson.text
        assert "1 of 3 cells wrong" in lesson.text
