"""The learner's own answers beside torch's numbers."""

from tests.tui.lab_app import (
    OWN,
    WIDE,
    FakeRun,
    lesson_with,
    pane,
    press,
    said,
    shown,
    torch_numbers,
)
from tutor.training.snapshot import Trouble


async def answered(app, pilot, run, answers, rate=0.1):
    """The lesson's own model after its first step, and some answers checked."""
    run.shows("paused", ready=OWN, numbers=(torch_numbers(rate),), knobs={"learning_rate": rate})
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
            "failed", ready=OWN, numbers=(torch_numbers(),), knobs={"learning_rate": 0.1},
            trouble=Trouble("lab.silent", {"seconds": 10.0}),
        )  # fmt: skip
        pane(app).look()
        await pilot.pause()
        assert "按 f 全部显示" in said(app)
        pane(app).focus()
        await press(app, pilot, "f")
        assert "1.063" in said(app)
