"""The lab's pane over a real child: it trains, obeys keys, and comes back when it was killed."""

import os
import re
import signal

from tests.tui.lab_app import WIDE, footer, lesson_with, pane, press, said, until
from tutor.tui.home import HomeScreen
from tutor.tui.lab.screen import LabScreen

TORCH_SECONDS = 120
"""Importing torch on a machine that does other work."""


def step_of(app):
    """The step that the pane says it is at."""
    found = re.search(r"step +(\d+) of", said(app))
    return int(found[1]) if found else 0


async def test_the_lessons_own_model_trains_pauses_and_steps_by_key():
    async with lesson_with(None, "softmax-regression") as (app, pilot):
        await until(pilot, lambda: step_of(app) > 2, TORCH_SECONDS)
        assert "training" in said(app)
        pane(app).focus()
        await press(app, pilot, "space")
        await until(pilot, lambda: "paused" in said(app))
        await until(pilot, lambda: "space" in footer(app) and footer(app)["space"] == "Go on")
        paused = step_of(app)
        await press(app, pilot, "s")
        await until(pilot, lambda: step_of(app) == paused + 1)
        await press(app, pilot, "r")
        await until(pilot, lambda: step_of(app) < paused)
        await press(app, pilot, "plus")
        await until(pilot, lambda: app.lab.snapshot.learning_rate == 0.2)
        assert "learning rate 0.2" in said(app)


async def test_a_killed_child_is_told_of_and_replaced_by_key():
    async with lesson_with(None, "softmax", WIDE) as (app, pilot):
        await until(pilot, lambda: step_of(app) > 2, TORCH_SECONDS)
        killed = app.lab.process_id
        os.kill(killed, signal.SIGKILL)
        await until(pilot, lambda: "SIGKILL" in said(app))
        assert "Tab to this pane, then t." in said(app)
        pane(app).focus()
        await press(app, pilot, "t")
        await until(pilot, lambda: "training" in said(app) and step_of(app) > 0, TORCH_SECONDS)
        assert app.lab.process_id not in (killed, None)
        await press(app, pilot, "f")
        # First it asks what the run will do; Escape goes on with the run.
        await press(app, pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        begun = app.lab.snapshot.run
        before = step_of(app)
        await until(pilot, lambda: step_of(app) > before)
        assert app.lab.snapshot.run == begun


async def test_behind_the_map_nothing_is_trained_and_the_child_stays_warm():
    async with lesson_with(None, "softmax", whole=True) as (app, pilot):
        await until(pilot, lambda: step_of(app) > 2, TORCH_SECONDS)
        child = app.lab.process_id
        app.screen.dismiss()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and bool(app.screen.entries))
        await until(pilot, lambda: app.lab.snapshot.state == "paused")
        assert app.lab.process_id == child
