"""The pages of the lab: knobs, going to a step, files; the cursor and the variants."""

import os

import pytest

from tests.tui.lab_app import WIDE, FakeRun, lesson_with, look, pane, press, until
from tutor.messages import say
from tutor.training.snapshot import Snapshot

KNOBS = {
    "learning_rate": 0.5, "momentum": 0.9, "weight_decay": 0.0, "temperature": 1.0, "batch": 32,
    "optimiser": "sgd",
}  # fmt: skip


def words(app) -> str:
    """All that the screen says, as if there were no ends of lines."""
    strips = app.screen._compositor.render_strips()
    return " ".join(" ".join(strip.text for strip in strips).split())


async def trained(app, pilot, run) -> None:
    """A run that has come far, with the keys at the pane."""
    pane(app).focus()
    await look(app, pilot, run, "training", pace=40.0, knobs=KNOBS)


async def test_knobs_are_turned_and_typed_and_limits_are_said():
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        await trained(app, pilot, run)
        await pilot.press("k")
        await pilot.pause()
        assert say("lab.knobs-title", "en") in words(app)
        await pilot.press("up")
        await pilot.pause()
        assert run.calls[-1] == ("set", "learning_rate", 1.0)
        assert say("lab.knob-set", "en", knob="learning rate", value=1) in words(app)
        await pilot.press("tab", *["backspace"] * 2, *"6,5", "enter")
        await pilot.pause()
        calls = len(run.calls)
        assert say("lab.knob-whole-range", "en", low=1, high=10_000) in words(app)
        await pilot.press(*["backspace"] * 3, *"64", "enter")
        await pilot.pause()
        assert run.calls[calls:] == [("set", "batch", 64)]
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query("LabPane")


async def test_a_knob_that_makes_another_model_begins_another_run_over_this_one():
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        await trained(app, pilot, run)
        await pane(app).watched.set_knob("initial", "xavier")
        assert run.started[-1].model.initial == "xavier"
        assert pane(app).watched.knob("initial") == "xavier"
        await pane(app).watched.set_knob("seed", 3)
        assert run.calls[-1] == ("reset", 3)


@pytest.mark.parametrize(
    ("typed", "call"),
    [
        ("900", ("run_to", 900)),
        ("100", ("rewind", 100)),
        ("<0.3", ("run_to", 0.3)),
        ("0,25", ("run_to", 0.25)),
    ],
)
async def test_going_to_a_step_or_a_loss(typed, call):
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        await trained(app, pilot, run)
        await pilot.press("g")
        await pilot.pause()
        await pilot.press(*"soon", "enter")
        await pilot.pause()
        assert say("lab.go-to-unreadable", "en") in words(app)
        await pilot.press(*["backspace"] * 4, *typed, "enter")
        await pilot.pause()
        assert run.calls[-1] == call
        assert app.screen.query("LabPane")


async def test_the_cursor_reads_the_curve_and_goes_back_to_its_step():
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        await trained(app, pilot, run)
        await press(app, pilot, "left")
        bins = run.snapshot.curve.bins
        assert say("lab.at-step", "en", step=412, loss=f"{bins[411].total:.6g}") in words(app)
        await press(app, pilot, "shift+left", "left", "right")
        step = pane(app).watched.cursor
        assert 1 <= step < 412
        assert f"{bins[step - 1].total:.6g}" in words(app)
        await press(app, pilot, "b")
        assert run.calls[-1] == ("rewind", step)
        await press(app, pilot, "left", "c")
        assert pane(app).watched.cursor is None


async def test_other_seeds_variants_and_experiments_and_what_lies_under_them():
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        await trained(app, pilot, run)
        await press(app, pilot, "n")
        assert run.calls[-1] == ("reset", 1)
        await press(app, pilot, "e")
        await until(pilot, lambda: len(run.started) == 2)
        assert run.started[-1].name == "softmax/blobs"
        await trained(app, pilot, run)
        await press(app, pilot, "v")
        await until(pilot, lambda: len(run.started) == 3)
        run.kept = (run.snapshot, Snapshot(experiment=run.started[-1]))
        await press(app, pilot, "o")
        assert run.calls[-1] == ("forget_kept",)


async def test_a_run_is_written_to_files_and_a_folder_that_refuses_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        await trained(app, pilot, run)
        for number in (1, 2):
            await pilot.press("x")
            await pilot.pause()
            await pilot.press("end", "up", "enter")
            suffix = "" if number == 1 else "-2"
            script = tmp_path / f"handgrad-softmax-digits{suffix}.py"
            await until(pilot, script.exists)
            assert "torch" in script.read_text("utf-8")
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("end", "enter")
        picture = tmp_path / "handgrad-softmax-digits.svg"
        await until(pilot, picture.exists)
        assert "<svg" in picture.read_text("utf-8")

        def refuse(*_):
            raise PermissionError(13, os.strerror(13))

        monkeypatch.setattr("tutor.tui.lab.export.export_script", refuse)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("end", "up", "enter")
        said = app._notifications
        await until(pilot, lambda: any(os.strerror(13) in one.message for one in said))
