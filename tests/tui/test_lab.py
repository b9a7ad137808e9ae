"""The lab's pane as it is used: what it says in each state, and what its keys ask of the run."""

import asyncio
import re

import pytest
from rich.cells import cell_len
from textual.widgets import Footer

from tests.tui.lab_app import (
    NARROW,
    OWN,
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
    torch_numbers,
    until,
)
from tutor.course.numbers import fresh_worksheet
from tutor.learner.settings import Settings
from tutor.messages import say
from tutor.training.experiments import ExperimentError
from tutor.training.protocol import Done
from tutor.training.snapshot import Trouble
from tutor.tui.app import TutorApp
from tutor.tui.home import HomeScreen
from tutor.tui.lab import LabPane, LabScreen
from tutor.tui.plot import Plot

# What it says


async def test_it_opens_with_the_lesson_and_trains_at_once():
    run = FakeRun()
    async with lesson_with(run, "convolution", whole=True) as (app, _):
        assert [one.name for one in run.started] == ["digits-lenet"]
        assert said(app).startswith("A small LeNet on handwritten digits starting PyTorch is being")


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
        "8.1e+04", "learning rate 20", "Lower the learning rate and start again.",
    ),
    "failed": ("failed", "ended from outside, by signal SIGKILL", "then t"),
    "missing-torch": ("PyTorch is missing", "python -m pip install torch", "then t"),
    "stopped": ("stopped", "then t"),
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
                await look(app, pilot, run, state, pace=40.0, learning_rate=0.5)
                for word in words:
                    assert word in said(app), (state, word, shown(app))
                room = pane(app).content_region
                assert all(cell_len(line) <= room.width for line in shown(app))
                parts = [part.region for part in pane(app).children if part.display]
                assert all(room.contains_region(region) for region in parts), state


async def test_a_narrow_pane_as_it_looks():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training", pace=40.0, learning_rate=0.5, bad_lines=3)
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
    def refuse(*_):
        raise ExperimentError("lab.unknown-experiment", name="mnist", known="digits-softmax")

    monkeypatch.setattr("tutor.tui.lab_watch.experiment", refuse)
    run = FakeRun()
    async with lesson_with(None) as (app, pilot):
        app._run = run
        await until(pilot, lambda: "mnist" in said(app))
        assert "There is no experiment mnist. Write one of: digits-softmax." in said(app)
        pane(app).focus()
        await pilot.pause()
        assert footer(app) == {"f": "Full"}
        assert not run.started


async def test_what_was_trained_before_is_never_shown():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training")
        assert "91.2" in said(app)
        run.slow = asyncio.Event()
        pane(app).show_sheet(pane(app).sheet)
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


# Keys

ALL_DONE = Done(1000, 0)
KEYS = [
    ("training", "space", ("pause",)),
    ("paused", "space", ("resume",)),
    ("finished", "space", ("resume",)),
    ("training", "s", ("step",)),
    ("paused", "s", ("step",)),
    ("training", "r", ("reset", True)),
    ("diverged", "r", ("reset", True)),
    ("training", "plus", ("set_learning_rate", 1.0)),
    ("paused", "minus", ("set_learning_rate", 0.2)),
    ("diverged", "minus", ("set_learning_rate", 0.2)),
    ("training", "greater_than_sign", ("set_pace", 50.0)),
    ("training", "less_than_sign", ("set_pace", 20.0)),
    ("failed", "t", ("restart",)),
    ("missing-torch", "t", ("restart",)),
    ("stopped", "t", ("restart",)),
]


async def test_a_key_asks_the_run_for_what_the_footer_says():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        pane(app).focus()
        for state, key, call in KEYS:
            await look(app, pilot, run, state, pace=40.0, learning_rate=0.5, acknowledged=ALL_DONE)
            assert key in footer(app), (state, key)
            await press(app, pilot, key)
            assert run.calls[-1] == call, (state, key)


OFFERED = {
    "starting": {"f"},
    "training": {"space", "s", "r", "plus", "minus", "greater_than_sign", "less_than_sign"},
    "paused": {"space", "s", "r", "plus", "minus", "greater_than_sign", "less_than_sign"},
    "finished": {"space", "s", "r", "plus", "minus", "greater_than_sign", "less_than_sign"},
    "diverged": {"r", "plus", "minus"},
    "failed": {"t"},
    "missing-torch": {"t"},
}


async def test_no_key_is_offered_that_can_do_nothing():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        pane(app).focus()
        await pilot.pause()
        for state, keys in OFFERED.items():
            if state != "starting":
                await look(app, pilot, run, state, pace=40.0, learning_rate=0.5)
            offered = keys | ({"f", "l"} if state != "starting" else set())
            assert set(footer(app)) == offered, state
            before = list(run.calls)
            await press(app, pilot, *{"space", "s", "r", "plus", "minus", "t"} - offered)
            assert run.calls == before, state


async def test_the_footer_follows_the_state_and_has_room_for_all_its_keys():
    for language in ("en", "zh"):
        run = FakeRun()
        async with lesson_with(run, language=language, whole=True) as (app, pilot):
            run.shows("training", pace=40.0, learning_rate=0.5)
            pane(app).focus()
            row = await footer_row(app, pilot, say("lab.key-pause", language))
            assert say("lab.key-full", language) in row
            run.shows("paused", pace=40.0, learning_rate=0.5)
            row = await footer_row(app, pilot, say("lab.key-resume", language))
            assert say("lab.key-pause", language) not in row


async def footer_row(app, pilot, word):
    """The footer as soon as it has a word."""

    def row():
        strips = app.screen._compositor.render_strips()
        return strips[app.screen.query_one(Footer).region.y].text

    await until(pilot, lambda: word in row())
    return row()


async def test_keys_are_faster_than_the_child():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("training", pace=40.0, learning_rate=0.5)
        pane(app).focus()
        await press(app, pilot, "minus", "minus", "minus")
        asked = [call[1] for call in run.calls if call[0] == "set_learning_rate"]
        assert asked == [0.2, 0.1, 0.05]
        assert "learning rate 0.05" in said(app)
        # Begun again before the child has heard of it: the lowered rate is what counts.
        await press(app, pilot, "r")
        assert run.calls[-2:] == [("reset", True), ("set_learning_rate", 0.05)]
        # Once it has answered, its own word counts.
        run.acknowledges(len(run.calls), learning_rate=0.05)
        await press(app, pilot, "plus")
        assert run.calls[-1] == ("set_learning_rate", 0.1)


async def test_the_speed_ends_at_full_speed():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("training", pace=500.0)
        pane(app).focus()
        await press(app, pilot, "greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert [call[1] for call in run.calls if call[0] == "set_pace"] == [1000.0, 0.0]
        assert "(full speed)" in said(app)
        assert "greater_than_sign" not in footer(app)


async def test_a_logarithmic_axis_by_key():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("training")
        pane(app).focus()
        await press(app, pilot, "l")
        assert "log scale" in said(app)
        await press(app, pilot, "l")
        assert "log scale" not in said(app)


# Focus and full screen


async def test_tab_stops_once_and_the_focus_is_seen_without_colours():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("training")
        stops = [
            widget for widget in app.screen.focus_chain if pane(app) in widget.ancestors_with_self
        ]
        assert stops == [pane(app)]

        def reversed_title():
            region = pane(app).content_region
            strip = app.screen._compositor.render_strips()[region.y]
            return any(part.style and part.style.reverse for part in strip.crop(region.x))

        assert not reversed_title()
        for _ in range(len(app.screen.focus_chain)):
            if app.focused is not pane(app):
                app.simulate_key("tab")
                await pilot.pause()
        assert app.focused is pane(app)
        await until(pilot, reversed_title)


@pytest.mark.parametrize("back", ["f", "escape"])
async def test_full_screen_shows_the_same_run_and_goes_back(back):
    run = FakeRun()
    async with lesson_with(run, size=WIDE) as (app, pilot):
        run.shows("training")
        beside = pane(app)
        beside.focus()
        await press(app, pilot, "l", "f")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        await until(pilot, lambda: "log scale" in said(app))
        assert pane(app).region.width == WIDE[0]
        assert "650 parameters" in said(app)
        assert footer(app)["f"] == "Back"
        await press(app, pilot, "s")
        assert run.calls[-1] == ("step",)
        await press(app, pilot, "l")
        await press(app, pilot, back)
        assert app.focused is beside
        await until(pilot, lambda: "log scale" not in said(app))
        assert len(run.started) == 1
        assert ("pause",) not in run.calls


async def test_full_screen_changes_its_language_too():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        run.shows("paused")
        pane(app).focus()
        await press(app, pilot, "f")
        app.choose("language", "zh")
        await until(pilot, lambda: "已暂停" in said(app))
        await press(app, pilot, "f")
        await until(pilot, lambda: "已暂停" in said(app))


# Coming and going


async def test_leaving_the_lesson_lets_the_child_rest():
    run = FakeRun()
    async with lesson_with(run, whole=True) as (app, pilot):
        run.shows("training")
        app.screen.dismiss()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await until(pilot, lambda: ("pause",) in run.calls)
        assert run.calls[-1] != ("stop",)


async def test_a_start_that_comes_after_one_has_left_does_not_train_on():
    run = FakeRun()
    run.slow = asyncio.Event()
    async with lesson_with(run, whole=True) as (app, pilot):
        app.screen.dismiss()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        run.slow.set()
        await until(pilot, lambda: ("start",) in run.calls)
        await until(pilot, lambda: run.calls[-1] == ("pause",))


async def test_fresh_numbers_begin_the_experiment_again_with_them():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression", whole=True) as (app, pilot):
        lesson = pane(app).lesson
        sheet = fresh_worksheet(lesson, 7)
        pane(app).show_sheet(sheet)
        await until(pilot, lambda: len(run.started) == 2)
        assert run.started[0].own.W[0] == (0.1, 0.2, 0.3)
        assert [list(row) for row in run.started[1].own.W] == sheet.givens["W"].tolist()


async def test_a_lesson_without_a_lab_has_no_pane(tmp_path):
    text = path_of("softmax").read_text("utf-8")
    path = tmp_path / "softmax.yaml"
    path.write_text(re.sub(r"^lab:.*\n(?:  .*\n)*", "", text, flags=re.MULTILINE), "utf-8")
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


# The learner's own numbers


async def answered(app, pilot, run, answers, rate=0.1):
    """The lesson's own model after its first step, and some answers checked."""
    run.shows("paused", ready=OWN, numbers=(torch_numbers(rate),), learning_rate=rate)
    round = app.screen.round
    for step, cells in answers.items():
        round.check(round.sheet.step(step), cells)
    pane(app).show_own(round)
    pane(app).look()
    await pilot.pause()


RIGHT = {
    "scores": ("0.48", "1.12", "1.76"),
    "probabilities": ("0.154", "0.292", "0.554"),
    "loss": ("1.231",),
}


async def test_before_any_answer_it_says_what_will_stand_there():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression") as (app, pilot):
        await answered(app, pilot, run, {})
        assert "your answers will stand here beside torch's" in said(app)


async def test_answers_stand_beside_torchs_numbers():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression") as (app, pilot):
        await answered(app, pilot, run, RIGHT)
        assert shown(app)[-4:] == [
            "Step 1: yours, then torch's",
            "✓ z     3 of 3 agree",
            "✓ p     3 of 3 agree",
            "✓ loss  1.231   1.2307",
        ]
        pane(app).focus()
        await press(app, pilot, "f")
        text = said(app)
        assert "✓ z 0.480 1.120 1.760 0.4800 1.1200 1.7600" in text
        assert "✓ p 0.154 0.292 0.554 0.1540 0.2921 0.5539" in text


async def test_where_an_answer_parts_from_torch_it_is_marked_and_not_given_away():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression") as (app, pilot):
        wrong = {"probabilities": ("0.154", "0.292", "0.5"), "loss": ("1.1",)}
        await answered(app, pilot, run, RIGHT | wrong)
        assert shown(app)[-2:] == ["✗ p     2 of 3 agree", "✗ loss  1.1     differs"] or shown(app)[
            -2:
        ] == ["✗ p     2 of 3 agree", "✗ loss  1.100   differs"]
        pane(app).focus()
        await press(app, pilot, "f")
        assert "1.2307" not in said(app)
        assert "0.5539" not in said(app)


async def test_what_follows_from_a_slip_parts_from_torch_with_both_numbers():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression") as (app, pilot):
        slip = {"probabilities": ("0.2", "0.292", "0.554"), "delta": ("0.2", "-0.708", "0.554")}
        await answered(app, pilot, run, RIGHT | slip)
        round = app.screen.round
        assert round.progress(round.sheet.step("delta")).overall == "follows"
        pane(app).focus()
        await press(app, pilot, "f")
        assert "✗ delta 0.200✗ -0.708 0.554 0.1540 -0.7079 0.5539" in said(app)


async def test_a_matrix_stands_beside_torchs_row_by_row():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression", size=WIDE) as (app, pilot):
        cells = ("0.077", "0.092", "0.108", "-0.354", "-0.425", "-0.496", "0.277", "0.332", "0.388")
        await answered(app, pilot, run, {"weight-gradient": cells})
        assert "✓ dW 9 of 9 agree" in said(app)
        pane(app).focus()
        await press(app, pilot, "f")
        rows = [" ".join(line.split()) for line in shown(app)[-3:]]
        assert rows == [
            "✓ dW 0.077 0.092 0.108 0.0770 0.0924 0.1078",
            "-0.354 -0.425 -0.496 -0.3540 -0.4248 -0.4955",
            "0.277 0.332 0.388 0.2770 0.3323 0.3877",
        ]


async def test_a_step_with_another_learning_rate_says_nothing_of_the_new_weights():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression") as (app, pilot):
        answers = {"loss": ("1.231",), "new-biases": ("0.0846", "0.2708", "0.2446")}
        await answered(app, pilot, run, answers)
        assert "b_new" in said(app)
        await answered(app, pilot, run, {}, rate=5.0)
        assert "b_new" not in said(app)
        assert "1.2307" in said(app)


async def test_what_has_no_room_is_said_to_be_in_full_screen():
    run = FakeRun()
    async with lesson_with(run, "softmax-regression", language="zh") as (app, pilot):
        delta = ("0.154", "-0.708", "0.554")
        more = {"delta": delta, "bias-gradient": delta, "new-loss": ("1.063",)}
        cells = ("0.077", "0.092", "0.108", "-0.354", "-0.425", "-0.496", "0.277", "0.332", "0.388")
        new = ("0.0846", "0.2708", "0.2446")
        run.shows("diverged")
        await answered(
            app, pilot, run, RIGHT | more | {"weight-gradient": cells, "new-biases": new}
        )
        run.shows(
            "failed", ready=OWN, numbers=(torch_numbers(),), learning_rate=0.1,
            trouble=Trouble("lab.silent", {"seconds": 10.0}),
        )  # fmt: skip
        pane(app).look()
        await pilot.pause()
        assert "按 f 全部显示" in said(app)
        pane(app).focus()
        await press(app, pilot, "f")
        assert "1.063" in said(app)
