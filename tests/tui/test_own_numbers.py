"""A learner's own numbers: typed on a page of the lesson, or given with a file."""

import os
import shutil
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.tui.lab_app import FakeRun
from tests.tui.tutor_app import NARROW, WIDE, Tutor, tutor
from tutor.course.catalog import find
from tutor.course.lesson import Value
from tutor.course.load import load
from tutor.course.own_numbers import own_numbers
from tutor.messages import LANGUAGES, say
from tutor.tui.confirm import ConfirmScreen
from tutor.tui.lesson import LessonScreen
from tutor.tui.own.screen import OwnNumbersScreen

FILE = """W: [[0.1, 0.2, 0, 0.1], [0.5, -0.1, 0.1, 0], [0, 0.1, 0.1, 0.2]]
x: [1, 2, -1, 0.5]
"""
REGRESSION = find("softmax-regression")
WIDER = "0.1\t0.2\t0\t0.1\n0.5\t-0.1\t0.1\t0\n0\t0.1\t0.1\t0.2"


def numbers(folder: Path) -> tuple[Path, dict[str, Value]]:
    path = folder / "mine.yaml"
    path.write_text(FILE, encoding="utf-8")
    return REGRESSION, own_numbers(path, load(REGRESSION).lesson)


@asynccontextmanager
async def page(lesson: Path = REGRESSION, **more):
    """The page of own numbers over a lesson."""
    async with tutor(lesson, **more) as running:
        await running.press("ctrl+g")
        assert isinstance(running.app.screen, OwnNumbersScreen)
        yield running


def own(running: Tutor) -> OwnNumbersScreen:
    screen = running.app.screen
    assert isinstance(screen, OwnNumbersScreen)
    return screen


# With a file


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


# On the page


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_shows_every_given_with_its_shape_and_its_numbers(language):
    async with page(size=WIDE, language=language) as running:
        lesson = own(running).lesson
        for given in lesson.givens.values():
            assert given.title.in_language(language) in running.text
        assert "3 x 3" in running.text
        assert "one_hot(k, 3)" in running.text
        assert "0.7 0.8 0.9" in running.text
        assert say("own.unchanged", language) in running.text


async def test_nothing_changed_leaves_without_a_question_and_without_a_trace():
    async with page() as running:
        await running.press("escape")
        assert isinstance(running.app.screen, LessonScreen)
        assert running.app.journal.rounds("softmax-regression") == []
        assert running.app.journal.rounds("softmax-regression#own") == []


async def test_numbers_typed_over_begin_a_new_round_that_the_journal_knows_at_once():
    async with page() as running:
        await running.press("type:0.5", "enter", "type:0.6", "enter", "type:-0.7", "enter")
        assert say("own.fits", "en") in running.text
        await running.press("f5")
        assert running.lesson.round.sheet.givens["W"][0].tolist() == [0.5, 0.6, -0.7]
        assert "0.5 0.6 -0.7" in running.text
        assert say("own.source", "en") in running.text
        assert running.replayed() == running.lesson.round.state
        given = running.lesson.round.state.given
    async with tutor(REGRESSION) as again:
        assert list(given) == ["W"]
        assert again.lesson.round.state.given == given
        assert say("own.source", "en") in again.text


async def test_a_lesson_without_givens_has_nothing_to_be_changed(tmp_path):
    text = "{en: a, zh: b}"
    path = tmp_path / "small.yaml"
    path.write_text(
        f"id: small\norder: 1\ntitle: {text}\nsummary: {text}\nstory: {text}\nsteps:\n"
        f"  - {{id: a, title: {text}, prompt: {text}, kind: number, formula: 2 * 3}}\n",
        encoding="utf-8",
    )
    async with page(path) as running:
        assert say("own.no-givens", "en") in running.text
        await running.press("f3", "f6", "f8", "f5", "tab", "ctrl+z", "enter", "type:3", "escape")
        assert isinstance(running.app.screen, LessonScreen)


async def test_enter_goes_from_the_last_cell_to_the_next_given():
    async with page() as running:
        await running.press("ctrl+end", "enter")
        assert own(running).given_of(own(running).focused) == "b"
        await running.press(*["tab"] * 3, "enter")
        assert own(running).given_of(own(running).focused) == "lr"
        assert say("own.last-cell", "en") in running.text


async def test_columns_and_rows_are_added_and_taken_away_by_keys():
    async with page() as running:
        await running.press("right", "right", "f8", "type:1", "enter")
        assert "3 x 4" in running.text
        assert say("own.blank", "en") in running.text
        await running.press("f5")
        assert isinstance(running.app.screen, OwnNumbersScreen)
        assert own(running).grid.current == 7
        await running.press("type:1", "down", "type:1", "tab", "tab", "f8", "type:2")
        await running.press("enter")
        assert say("own.fits", "en") in running.text
        await running.press("f5")
        assert running.lesson.round.sheet.givens["W"].shape == (3, 4)
        await running.press("ctrl+g", "f9", "tab", "tab", "f9")
        assert say("own.fits", "en") in running.text
        await running.press("tab", "tab", "f6", "f8", "f9")
        assert "(yours)" not in own(running).block("lr").heading.text


async def test_rows_from_a_spreadsheet_and_text_take_the_place_of_a_given():
    async with page() as running:
        await running.paste(WIDER)
        said = " ".join(running.text.split())
        assert "3 x 4" in said
        assert "(3, 4), (3,)" in said
        assert "W 3 x 4, b 3, x 3" in said
        await running.press("tab", "tab", "f3")
        assert own(running).query_one("#own-line").value == "[0.5, 0.6, 0.7]"
        await running.press("type:1 2 -1 0.5", "enter")
        assert own(running).given_of(own(running).focused) == "x"
        await running.press("f5")
        lesson = load(REGRESSION).lesson
        assert {"W", "x"} == set(running.lesson.round.state.given)
        assert running.lesson.round.sheet.givens["x"].tolist() == [1, 2, -1, 0.5]
        assert running.lesson.round.sheet.result(lesson.steps[0]) == pytest.approx([0.65, 0.4, 0.5])


async def test_pasted_rows_are_taken_from_the_line_too_and_escape_leaves_it():
    async with page() as running:
        await running.press("f3")
        await running.paste("1\t2\t3\n4\t5\t6\n7\t8\t9")
        assert own(running).draft.written["W"].texts == tuple("123456789")
        await running.press("f3", "type:nonsense", "escape")
        assert own(running).grid is not None
        assert own(running).draft.written["W"].texts == tuple("123456789")


async def test_what_cannot_be_pasted_is_said_and_changes_nothing():
    async with page() as running:
        for text, said in (
            ("[[1, 2], [3]]", "row 2"),
            ("[[[1, 2]], [[3, 4]]]", "lists within lists"),
            ("[[0,1 0,2]]", "0,1"),
            ("x" * 12_000, "10000"),
        ):
            await running.paste(text)
            assert not own(running).draft.changed
            assert said in own(running).noted


UNFIT = (
    ("W", "x", "a number is missing"),
    ("W", "nan", "weights W"),
    ("W", "inf", "no finite number"),
    ("x", "9e99", "The probabilities"),
    ("k", "7", "A class is a whole number"),
    ("k", "1.5", "other givens cannot be computed"),
    ("k", "-1", "k true class"),
)
"""A given, what is typed into its first cell, and what is said of it."""


async def test_numbers_that_cannot_be_worked_are_said_with_their_place_and_begin_nothing():
    async with page() as running:
        for name, text, said in UNFIT:
            own(running).block(name).grid.focus()
            await running.press(f"type:{text}", "enter")
            assert own(running).faults, text
            await running.press("f5")
            assert own(running).given_of(own(running).focused) == name
            assert said in running.text
            await running.press("ctrl+z")
            assert not own(running).faults
            assert not own(running).draft.changed
        assert running.app.journal.rounds("softmax-regression") == []


async def test_numbers_that_hide_a_slip_are_allowed_with_a_word():
    async with page(size=WIDE) as running:
        await running.paste("1 2 3\n2 1 4\n3 4 1")
        assert "would hide a slip: Something is transposed" in running.text
        assert "rows and columns of W give different scores" in running.text
        await running.press("f5")
        assert running.lesson.round.sheet.givens["W"][0].tolist() == [1, 2, 3]


async def test_what_was_answered_stays_in_the_journal_and_is_asked_about():
    async with tutor(REGRESSION) as running:
        await running.press("type:1", "ctrl+g", "type:9", "f5")
        assert isinstance(running.app.screen, ConfirmScreen)
        assert "0 of 18" in running.text
        await running.press("escape")
        assert isinstance(running.app.screen, OwnNumbersScreen)
        await running.press("f5", "y")
        assert running.lesson.round.state.given["W"][0][0] == 9
        assert not any(running.progress.cells)
        first, second = running.app.journal.rounds("softmax-regression")
        kinds = [one["kind"] for one in running.app.journal.events("softmax-regression", first)]
        assert kinds == ["began", "drafted"]
        assert len(running.app.journal.events("softmax-regression", second)) == 1


async def test_the_same_numbers_begin_nothing():
    async with page() as running:
        await running.press("f5")
        assert say("own.nothing-changed", "en") in running.text
        await running.press("type:1/10", "f5")
        assert say("own.nothing-changed", "en") in running.text


async def test_leaving_asks_only_when_something_would_be_lost():
    async with page() as running:
        await running.press("type:9", "enter", "type:7", "escape", "escape")
        assert isinstance(running.app.screen, ConfirmScreen)
        await running.press("n")
        assert own(running).draft.changed
        await running.press("escape", "y")
        assert running.lesson.round.state.given is None
        await running.press("ctrl+g")
        assert not own(running).draft.changed


async def test_undo_takes_shapes_and_other_givens_back_too():
    async with page() as running:
        await running.press("f8", "f6", "tab", "type:5", "enter")
        for given in ("b", "W", "W"):
            await running.press("ctrl+z")
            assert own(running).given_of(own(running).focused) == given
        assert not own(running).draft.changed
        assert own(running).grid.shape == (3, 3)
        await running.press("ctrl+z")
        assert say("grid.nothing-to-undo", "en") in running.text
        await running.press("ctrl+y")
        assert own(running).grid.shape == (3, 4)
        await running.press("type:4", "ctrl+z")
        assert own(running).grid.shape == (3, 4)


async def test_what_is_being_typed_is_kept_when_the_tutor_ends():
    async with page() as running:
        await running.press("type:4", "enter", "type:5")
        running.app.exit()
    async with page() as again:
        assert own(again).draft.written["W"].texts[:2] == ("4", "5")


async def test_what_was_typed_is_there_again_after_the_tutor_was_lost(tmp_path, monkeypatch):
    async with page() as running:
        await running.press("f8", "type:4", "enter", "type:5", "enter", "type:6")
        # What another process finds on the disk at this moment.
        shutil.copytree(os.environ["TUTOR_HOME"], tmp_path / "found")
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "found"))
    async with page() as again:
        assert own(again).draft.written["W"].shape == (3, 4)
        assert own(again).draft.written["W"].texts[1:4] == ("4", "5", "0.3")
        assert say("own.taken-up", "en") in again.text
        await again.press("escape", "y", "ctrl+g")
        assert not own(again).draft.changed


async def test_new_numbers_put_own_ones_away_after_a_question():
    async with page() as running:
        await running.press("type:9", "f5", "f5")
        assert isinstance(running.app.screen, ConfirmScreen)
        await running.press("y")
        state = running.lesson.round.state
        assert (state.seed, state.given) == (1, None)
        assert say("screen.seed", "en", seed=1) in running.text
        await running.press("ctrl+g", "type:7", "f5")
        state = running.lesson.round.state
        assert (state.seed, list(state.given)) == (1, ["W"])


async def test_the_numbers_are_saved_for_the_commands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with page(size=WIDE) as running:
        await running.press("type:9", "ctrl+s")
        name = "softmax-regression-numbers.yaml"
        assert f"tutor run softmax-regression --given {name}" in running.text
        given = own_numbers(tmp_path / name, load(REGRESSION).lesson)
        assert given["W"][0][0] == 9
        await running.press("delete", "ctrl+s")
        assert say("own.save-later", "en") in running.text
        assert [one.name for one in tmp_path.iterdir()] == [name]


async def test_a_file_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with page(size=WIDE) as running:
        await running.press("ctrl+s")
        assert own(running).noted.startswith("It could not be saved")


async def test_the_lab_begins_again_with_the_own_numbers():
    async with page() as running:
        lab = running.app.lab
        assert isinstance(lab, FakeRun)
        (first,) = lab.started
        await running.press("type:-0.9", "f5")
        assert "-0.9" not in str(first)
        assert len(lab.started) == 2
        assert "-0.9" in str(lab.started[-1])


async def test_the_language_changes_at_once_and_what_is_typed_stays():
    async with page(size=WIDE) as running:
        await running.press("type:0.9", "enter", "type:0.8", "ctrl+l")
        assert own(running).grid.editing
        assert "权重" in running.text
        assert "猫" in running.text
        await running.press("enter")
        assert own(running).draft.written["W"].texts[:2] == ("0.9", "0.8")
        assert say("own.fits", "zh") in running.text


async def test_the_cell_that_is_typed_in_stays_in_view_in_a_small_window():
    async with page(find("cross-entropy"), size=WIDE, language="zh") as running:
        await running.press(*["tab"] * 4, "ctrl+end")
        await running.resize(*NARROW)
        await running.press("type:99", "enter", "shift+tab")
        for text in ("77", "88"):
            await running.press("tab", f"type:{text}", "left")
            assert text in running.text
        await running.resize(*WIDE)
        assert "88" in running.text


async def test_a_number_that_words_of_the_lesson_show_is_the_own_one():
    async with page(find("softmax"), size=WIDE) as running:
        sheet = own(running).round.sheet
        step = next(
            one for one in sheet.lesson.steps if "{" in "".join(text.en for text in one.texts())
        )
        before = [sheet.words(text, "en", step) for text in step.texts()]
        await running.paste("[0.7, 1.9, -0.4]")
        await running.press("tab", "type:3", "tab", "type:0.25", "tab")
        await running.paste("[1003, 1001, 1002]")
        await running.press("f5")
        after = [running.lesson.round.sheet.words(text, "en", step) for text in step.texts()]
        assert before != after
