"""The lab's pane as it is used: what it says in each state, and what its keys ask of the run."""

import asyncio
import re

import pytest
from rich.cells import cell_len

from tests.tui.lab_app import (
    NARROW,
    WIDE,
    FakeRun,
    footer,
    lesson_with,
    look,
    pane,
    path_of,
    press,
    said,
    shown,
    until,
)
from tutor.course.numbers import fresh_worksheet
from tutor.learner.settings import Settings
from tutor.training.protocol import Done
from tutor.training.refusal import ExperimentError
from tutor.tui.app import TutorApp
from tutor.tui.home import HomeScreen
from tutor.tui.lab.pane import LabPane
from tutor.tui.plot.plot import Plot

# What it says


async def test_it_opens_with_the_lesson_and_trains_at_once():
    run = FakeRun()
    async with lesson_with(run, "convolution", whole=True) as (app, _):
        assert [one.name for one in run.started] == ["convolution/edges"]
        assert said(app).startswith("A kernel learns to find edges starting PyTorch is being")


WORDS = {
    "training": (
        "training", "step 412 of 900", "epoch 9", "learning rate 0.5", "40 steps/s (limit 40)",
        "batch 0.248", "lowest 0.150", "0.321", "0.340", "loss", "91.2 %", "90.3 %", "accuracy",
        "train", "validation",
    ),
    "paused": ("paused", "step 412 of 900", "0 steps/s", "91.2 %"),
    "finished": ("finished", "step 412 of 900", "91.2 %"),
    "diverged": (
        "diverged", "At step 412 the loss is no longer a number", "312.5", "gradient of norm",
        "8.1e+04", "learning rate 20", "Halve the rate (-), and begin again (r) or go back (g).",
    ),
    "failed": ("failed", "ended from outside, by signal SIGKILL", "To start it again:"),
    "missing-torch": ("PyTorch is missing", "python -m pip install torch", "To start it again:"),
    "stopped": ("stopped", "To start it again:"),
}  # fmt: skip

ZH_WORDS = {
    "training": (
        "训练中", "第 412 / 900 步", "轮次 9", "学习率 0.5", "40 步/秒（上限 40）", "本批 0.248",
        "最低 0.150", "0.321", "0.340", "损失", "91.2 %", "90.3 %", "准确率", "训练", "验证",
    ),
    "paused": ("已暂停", "第 412 / 900 步"),
    "finished": ("训练结束", "91.2 %"),
    "diverged": ("已发散", "412", "312.5", "8.1e+04", "20"),
    "failed": ("出错", "SIGKILL"),
    "missing-torch": ("缺少 PyTorch", "pip install"),
    "stopped": ("已停止",),
}  # fmt: skip


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_state_is_said_in_words_and_figures_that_have_room(size, language):
    run = FakeRun()
    async with lesson_with(run, size=size, language=language) as (app, pilot):
        for full in (False, True):
            if full:
                pane(app).focus()
                await press(app, pilot, "f")
            for state, words in (WORDS if language == "en" else ZH_WORDS).items():
                await look(app, pilot, run, state, pace=40.0, knobs={"learning_rate": 0.5})
                for word in words:
                    assert word in said(app), (state, word, shown(app))
                room = pane(app).content_region
                assert all(cell_len(line) <= room.width for line in shown(app))
                parts = [part.region for part in pane(app).children if part.display]
                assert all(room.contains_region(region) for region in parts), state


async def test_a_narrow_pane_as_it_looks():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(
            app, pilot, run, "training", pace=40.0, knobs={"learning_rate": 0.5}, bad_lines=3
        )
        lines = shown(app)
        assert lines[:8] == [
            "Softmax regression on",
            "handwritten digits",
            "training  step 412 of 900",
            "epoch 9  learning rate 0.5",
            "40 steps/s (limit 40)",
            "3 lines of the training",
            "process could not be read",
            "and were passed over.",
        ]
        assert lines[8].startswith("loss  ")
        assert lines[-4:] == [
            "batch 0.248  lowest 0.150",
            "⠤⠤⠤ train  ⠤ ⠤ validation",
            "0.321      0.340   loss",
            "91.2 %     90.3 %  accuracy",
        ]


async def test_a_divergence_is_explained_and_not_drawn():
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        run.shows("diverged")
        run.snapshot.curve.append(float("nan"))
        pane(app).look()
        await pilot.pause()
        assert "nan" not in said(app).lower()
        assert "one step before it was 312.5" in said(app).lower()
        # The finite losses before it stay, with a sign at the place.
        assert any("!" in line for line in shown(app))


async def test_with_a_refusal_the_reason_is_told():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("paused", acknowledged=Done(7, 0, "bad-value"))
        pane(app).look()
        await pilot.pause()
        assert "the old one stays." in said(app)


async def test_a_lab_that_cannot_be_is_told_to_its_author(monkeypatch):
    def refuse(*_, **__):
        raise ExperimentError("lab.unknown-number", field="bind.W", name="weights")

    monkeypatch.setattr("tutor.tui.lab.bench.experiment", refuse)
    run = FakeRun()
    async with lesson_with(None) as (app, pilot):
        app._run = run
        await until(pilot, lambda: "weights" in said(app))
        assert "bind.W names weights, but the lesson has no number of that name." in said(app)
        pane(app).focus()
        await pilot.pause()
        assert set(footer(app)) == {"e", "f"}
        assert not run.started


async def test_what_was_trained_before_is_never_shown():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training")
        assert "91.2" in said(app)
        run.slow = asyncio.Event()
        pane(app).show_sheet(app.screen.round.sheet)
        await until(pilot, lambda: len(run.started) == 2)
        pane(app).look()
        await pilot.pause()
        assert "starting" in said(app)
        assert "91.2" not in said(app)


async def test_the_language_changes_at_once():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("paused")
        app.choose("language", "zh")
        await until(pilot, lambda: "已暂停" in said(app))
        assert "paused" not in said(app)


async def test_plain_signs_are_all_ascii():
    run = FakeRun()
    async with lesson_with(run, glyphs="ascii") as (app, pilot):
        await look(app, pilot, run, "training")
        assert "*** train  o o validation" in shown(app)
        assert all(line.isascii() for line in shown(app))


# When it draws


async def test_it_draws_only_what_is_new_and_only_when_it_can_be_seen(monkeypatch):
    run = FakeRun()
    frames = []
    show = Plot.show
    monkeypatch.setattr(Plot, "show", lambda self, data: (frames.append(data), show(self, data)))
    async with lesson_with(run) as (app, pilot):
        run.shows("training")
        beside = pane(app)
        beside.look()
        drawn = len(frames)
        assert drawn
        beside.look()
        beside.look()
        assert len(frames) == drawn
        run.shows("training", step=413)
        beside.look()
        assert len(frames) == drawn + 1
        beside.focus()
        await press(app, pilot, "f")
        drawn = len(frames)
        run.shows("training", step=414)
        beside.look()
        assert len(frames) == drawn


async def test_it_looks_by_itself():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("paused")
        await until(pilot, lambda: "paused" in said(app))


# Coming and going


async def leave(app, pilot):
    """Back to the map, until it has read the lessons."""
    app.screen.dismiss()
    await until(pilot, lambda: isinstance(app.screen, HomeScreen) and bool(app.screen.entries))


async def test_leaving_the_lesson_lets_the_child_rest():
    run = FakeRun()
    async with lesson_with(run, whole=True) as (app, pilot):
        await look(app, pilot, run, "training")
        left = pane(app)
        await leave(app, pilot)
        await until(pilot, lambda: run.calls[-1] == ("pause",))
        # A frame that was due comes too late, and is none.
        run.shows("training", step=413)
        left.look()


async def test_a_start_that_comes_after_one_has_left_does_not_train_on():
    run = FakeRun()
    run.slow = asyncio.Event()
    async with lesson_with(run, whole=True) as (app, pilot):
        await leave(app, pilot)
        run.slow.set()
        await until(pilot, lambda: ("start",) in run.calls)
        await until(pilot, lambda: run.calls[-1] == ("pause",))


async def test_fresh_numbers_begin_the_experiment_again_with_them():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression", whole=True) as (app, pilot):
        lesson = app.screen.round.lesson
        sheet = fresh_worksheet(lesson, 7)
        pane(app).show_sheet(sheet)
        await until(pilot, lambda: len(run.started) == 2)
        assert run.started[0].own["W"][0] == (0.1, 0.2, 0.3)
        assert [list(row) for row in run.started[1].own["W"]] == sheet.givens["W"].tolist()


async def test_a_lesson_without_a_lab_has_no_pane(tmp_path):
    text = path_of("softmax").read_text("utf-8")
    path = tmp_path / "softmax.yaml"
    path.write_text(re.sub(r"^labs:.*\n(?:  .*\n)*", "", text, flags=re.MULTILINE), "utf-8")
    app = TutorApp(Settings(), "en", lesson=path, warms_lab=False)
    run = app._run = FakeRun()
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: bool(app.screen.query(LabPane)))
        app.choose("language", "zh")
        await pilot.pause()
        assert not pane(app).display
        assert pane(app) not in app.screen.focus_chain
        pane(app).show_own(app.screen.round)
        pane(app).show_sheet(app.screen.round.sheet)
        await pilot.pause()
        assert not run.started
