"""Predict first: asked before the run, drawn, scored by the run, and never asked twice."""

from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.widgets import Input, OptionList

from tests.tui.lab_app import (
    NARROW,
    WIDE,
    FakeRun,
    lesson_with,
    look,
    pane,
    press,
    said,
    shown,
    until,
)
from tests.tui.test_lab_child import TORCH_SECONDS
from tutor.learner.settings import Settings
from tutor.training.catalog import Chosen, find
from tutor.training.protocol import Evaluation
from tutor.training.snapshot import knobs
from tutor.tui.app import TutorApp
from tutor.tui.lab.guess_page import GuessPage, read
from tutor.tui.lab.screen import BenchScreen, LabScreen


@asynccontextmanager
async def bench_with(run, name, size=NARROW, language="en", glyphs="unicode"):
    """The lab over the whole screen, as `tutor lab NAME` opens it."""
    found = find(name)
    app = TutorApp(
        Settings(glyphs=glyphs), language, chosen=Chosen(found, found.experiment()),
        warms_lab=False,
    )  # fmt: skip
    if run is not None:
        app._run = run
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: any(isinstance(one, BenchScreen) for one in app.screen_stack))
        await pilot.pause()
        await pilot.pause()
        yield app, pilot


def page(app):
    """The words of the page that asks, as if there were no ends of lines."""
    assert isinstance(app.screen, GuessPage)
    region = app.screen.query_one("#guess").region
    strips = app.screen._compositor.render_strips()[region.y : region.bottom]
    lines = [strip.crop(region.x + 1, region.right - 1).text for strip in strips]
    return " ".join(" ".join(lines).split())


async def answer(app, pilot, *texts):
    """Type an answer letter by letter, or press keys, then Enter."""
    for text in texts:
        for one in [text] if text in ("down", "up") else text:
            app.simulate_key(one)
        await pilot.pause()
    app.simulate_key("enter")
    await pilot.pause()
    await pilot.pause()


def began(run, **fields):
    """What a child says of the experiment that it was given, after some steps."""
    made = run.started[-1]
    known = {"step": 3, "knobs": knobs(made), "until": made.steps, "first_loss": 2.302585}
    known |= {"state": "training", **fields}
    run.shows(**known)


# Beside a lesson


async def test_beside_a_lesson_it_trains_at_once_and_offers_to_predict():
    run = FakeRun()
    async with lesson_with(run, asks=True) as (app, pilot):
        assert len(run.started) == 1
        began(run)
        pane(app).look()
        await pilot.pause()
        assert "Tab, then p: predict this run" in said(app)
        pane(app).focus()
        await until(pilot, lambda: "p: predict this run first" in said(app))
        await press(app, pilot, "p")
        assert "What is the loss before the first step, with ten classes" in page(app)
        assert run.calls[-1] == ("pause",)
        await answer(app, pilot, "2.3")
        await until(pilot, lambda: len(run.started) == 2)
        began(run, step=0)
        pane(app).look()
        await pilot.pause()
        assert "You said: 2.3. The run will show it." in said(app)
        assert "1.0986" not in said(app)
        assert "2.3026" not in said(app)
        began(run)
        pane(app).look()
        await pilot.pause()
        assert "✓ You said: 2.3. Right: 2.3026." in said(app)


async def test_a_guess_is_a_level_of_the_plot():
    run = FakeRun()
    async with lesson_with(run, asks=True, size=WIDE) as (app, pilot):
        pane(app).focus()
        await press(app, pilot, "p")
        await answer(app, pilot, "1.5")
        await until(pilot, lambda: len(run.started) == 2)
        began(run)
        await press(app, pilot, "f")
        assert "your guess 1.5" in said(app)
        assert "✗ You said: 1.5. It was: 2.3026." in said(app)


async def test_escape_goes_on_with_the_same_run_and_is_remembered():
    run = FakeRun()
    async with lesson_with(run, asks=True) as (app, pilot):
        await look(app, pilot, run, "training")
        pane(app).focus()
        await press(app, pilot, "f")
        assert isinstance(app.screen, GuessPage), "on the full screen the question comes first"
        await press(app, pilot, "escape")
        assert isinstance(app.screen, LabScreen)
        assert [call[0] for call in run.calls if call[0] in ("pause", "resume")] == [
            "pause",
            "resume",
        ]
        assert len(run.started) == 1
        await press(app, pilot, "f", "f")
        assert isinstance(app.screen, LabScreen), "nobody is asked twice"
        await press(app, pilot, "p")
        assert isinstance(app.screen, GuessPage), "but may still answer"


async def test_where_nothing_can_run_nothing_is_asked():
    run = FakeRun()
    async with lesson_with(run, asks=True) as (app, pilot):
        await look(app, pilot, run, "failed")
        pane(app).focus()
        await press(app, pilot, "f")
        assert isinstance(app.screen, LabScreen)
        await press(app, pilot, "p")
        assert isinstance(app.screen, LabScreen)


async def test_with_fresh_numbers_of_the_lesson_itself_it_is_another_question():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression", asks=True) as (app, pilot):
        pane(app).focus()
        await press(app, pilot, "p")
        assert "What happens to the loss of this sample" in page(app)
        await answer(app, pilot)
        await until(pilot, lambda: len(run.started) == 2)
        assert "You said: the loss falls." in said(app)
        from tutor.course.numbers import fresh_worksheet

        pane(app).show_sheet(fresh_worksheet(app.screen.round.lesson, 7))
        await until(pilot, lambda: len(run.started) == 3)
        await press(app, pilot)
        assert "You said" not in said(app)
        assert "predict this run" in said(app)


# An experiment by its name


async def test_the_question_comes_before_anything_is_trained():
    run = FakeRun()
    async with bench_with(run, "softmax/blobs") as (app, pilot):
        assert run.started == []
        assert ("warm",) in run.calls
        text = page(app)
        assert "Predict first (1 of 2)" in text
        assert "Three clouds of points, four learning rates" in text
        assert "Points of three classes in the plane" in text
        assert "Within 0.05 counts as right." in text
        await answer(app, pilot, "x")
        assert "That is no number." in page(app)
        assert run.started == []
        app.screen.query_one(Input).value = ""
        await answer(app, pilot, "ln(3)")
        assert "Predict first (2 of 2)" in page(app)
        assert app.screen.query_one(OptionList).option_count == 4
        await answer(app, pilot, "down")
        await until(pilot, lambda: len(run.started) == 1)
        await press(app, pilot)
        assert "Three clouds of points, four learning rates: rate 0.01" in said(app)
        assert "You said: 1.0986. rate 0.01 will show it." in said(app)
        assert "You said: rate 0.1. a runs all variants." in said(app)


async def test_what_was_said_is_shown_again_and_not_asked_again():
    run = FakeRun()
    async with bench_with(run, "valley") as (app, pilot):
        await answer(app, pilot, "down")
        await answer(app, pilot, "down")
    run = FakeRun()
    async with bench_with(run, "valley") as (app, pilot):
        await until(pilot, lambda: len(run.started) == 1)
        await press(app, pilot)
        assert isinstance(app.screen, BenchScreen)
        assert "You said: the loss stays about the same." in said(app)
        assert "You said: rate 0.5." in said(app)


async def test_a_score_is_remembered_with_the_run_it_came_from():
    run = FakeRun()
    async with bench_with(run, "softmax/digits") as (app, pilot):
        await answer(app, pilot, "2.3")
        await until(pilot, lambda: bool(run.started))
        began(run)
        await press(app, pilot)
        assert "Right: 2.3026." in said(app)
        assert find("softmax/digits").lab.guesses[0].after.en[:40] in said(app)
    run = FakeRun()
    async with bench_with(run, "softmax/digits") as (app, pilot):
        await until(pilot, lambda: bool(run.started))
        await press(app, pilot)
        assert "You said: 2.3. Right: 2.3026." in said(app), "before this run has said anything"


async def test_a_turned_knob_answers_nothing():
    run = FakeRun()
    async with bench_with(run, "softmax/digits") as (app, pilot):
        await answer(app, pilot, "2.3")
        await until(pilot, lambda: bool(run.started))
        began(run, knobs={**knobs(run.started[-1]), "temperature": 5.0})
        await press(app, pilot)
        assert "The run will show it." in said(app)


def ended(run, loss):
    """The run that was begun last, at its end."""
    made = run.started[-1]
    done = Evaluation(1, made.steps, loss, 0.9, loss, 0.9)
    began(
        run, state="finished", step=made.steps, evaluated_step=made.steps, train_loss=loss,
        evaluations=(done,), first_loss=1.0986,
    )  # fmt: skip


async def test_all_variants_run_by_one_key_and_answer_together():
    run = FakeRun()
    async with bench_with(run, "softmax/blobs", WIDE) as (app, pilot):
        await answer(app, pilot, "1.1")
        await answer(app, pilot)
        await until(pilot, lambda: len(run.started) == 1)
        began(run)
        await press(app, pilot, "a")
        for count, loss in enumerate((0.9, 0.3, 0.1, 0.07), 2):
            await until(pilot, lambda count=count: len(run.started) == count)
            assert ("set_pace", 0.0) in run.calls
            ended(run, loss)
        assert [one.learning_rate for one in run.started] == [0.01, 0.01, 0.1, 1.0, 10.0]
        # The lines are laid out once there are more of them.
        for words in (
            "✓ You said: rate 0.01. So it was.",
            "rate 0.01 0.9, rate 0.1 0.3, rate 1 0.1, rate 10 0.07",
            find("softmax/blobs").lab.guesses[1].after.en[:40],
        ):
            await until(pilot, lambda words=words: words in said(app))


async def test_another_key_ends_the_row_of_variants():
    run = FakeRun()
    async with bench_with(run, "softmax/blobs") as (app, pilot):
        await press(app, pilot, "escape")
        await until(pilot, lambda: len(run.started) == 1)
        began(run)
        await press(app, pilot, "a")
        await until(pilot, lambda: len(run.started) == 2)
        began(run)
        await press(app, pilot, "v")
        await until(pilot, lambda: len(run.started) == 3)
        ended(run, 0.5)
        # Longer than between two looks at whether it has ended.
        for _ in range(10):
            await pilot.pause(0.02)
        assert len(run.started) == 3


async def test_the_run_that_begins_is_the_one_about_which_something_was_said():
    run = FakeRun()
    async with bench_with(run, "xor") as (app, pilot):
        await answer(app, pilot, "ln(2)")
        await until(pilot, lambda: len(run.started) == 1)
        assert run.started[0].model.activation == "identity"
        ended(run, 0.6932)
        await press(app, pilot)
        assert "XOR needs a bend: no activation" in said(app)
        assert "✓ You said: 0.6931. Right: 0.6931." in said(app)


# What it is about


async def test_what_an_experiment_is_about_can_be_read_by_key():
    run = FakeRun()
    async with bench_with(run, "valley", WIDE) as (app, pilot):
        await press(app, pilot, "escape")
        assert "The error is multiplied by 1 - 2 lr" in said(app), "above the plot, with room"
        await press(app, pilot, "i")
        strips = app.screen._compositor.render_strips()
        text = " ".join(" ".join(strip.text for strip in strips).split())
        assert "The error is multiplied by 1 - 2 lr at every step" in text
        assert "Variants: rate 0.1, rate 0.5, rate 1, rate 1.1." in text
        assert "What happens at learning rate 1?" in text
        assert "You did not predict this." in text


# Reading, and room


@pytest.mark.parametrize(
    ("text", "value"),
    [("2.3", 2.3), ("2,3", 2.3), (" 0.5 ", 0.5), ("ln(2)", 0.693147), ("-ln(1/10)", 2.302585)],
)
def test_a_loss_may_be_typed_or_worked_out(text, value):
    assert read(text) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["", "x", "1/0", "[1, 2]", "nan", "inf", "ln(", "__import__('os')"]
)
def test_what_is_no_loss(text):
    assert read(text) is None


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("name", ["softmax/blobs", "cross-entropy/floor", "valley"])
async def test_every_question_has_room_in_every_language(name, size, language):
    run = FakeRun()
    async with bench_with(run, name, size, language, glyphs="ascii") as (app, pilot):
        while isinstance(app.screen, GuessPage):
            box = app.screen.query_one("#guess")
            assert box.max_scroll_y == 0
            assert box.region.bottom <= size[1]
            await answer(app, pilot, *(["1"] if app.screen.query(Input) else []))
        await until(pilot, lambda: bool(run.started))
        began(run)
        await press(app, pilot)
        assert all(cell_len(line) <= size[0] for line in shown(app))


# With a real child


async def test_the_runs_of_a_real_child_answer_which_of_them_is_lowest():
    async with bench_with(None, "softmax-regression/ten-times", WIDE) as (app, pilot):
        await answer(app, pilot, "down")
        await until(pilot, lambda: "step" in said(app), TORCH_SECONDS)
        await press(app, pilot, "a")
        await until(pilot, lambda: "So it was" in said(app), TORCH_SECONDS)
        assert "✓ You said: rate 1. So it was." in said(app)
        assert len(app.lab.kept) == 1
