"""Makes the pictures of the README: the real screen in the middle of a lesson, in each language.

    .venv/bin/python scripts/picture.py

Keys are pressed in the running app, and what it draws is exported by Textual. The lab's child
really trains, as many steps as are said here and no more, so that every call draws the same; only
the word for its state and its speed are put back to what they were on the way there.
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from tutor.course.catalog import find
from tutor.course.reply import typed
from tutor.learner.settings import Settings
from tutor.training.run import Run
from tutor.training.snapshot import Snapshot
from tutor.tui.app import TutorApp
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.lab.pane import LabPane
from tutor.tui.lesson import LessonScreen

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = {"en": DOCS / "picture.svg", "zh": DOCS / "picture.zh.svg"}
SIZE = (116, 32)
LESSON = "softmax-regression"
STEP = "weight-gradient"
ANSWER = ("0.077", "-0.354", "0.277", "0.092", "-0.425", "0.332", "0.108", "-0.496", "0.388")
"""The right numbers, transposed."""
SECONDS = 15
"""How long the lab's run seems to have lasted."""
PATIENCE = 120.0
"""Seconds for a child to import torch and take its steps, on any machine."""


class StillRun(Run):
    """A run that is looked at in the middle: at rest, but shown as it trained."""

    still = False

    @property
    def snapshot(self) -> Snapshot:
        """How the run stands."""
        seen = self._seen
        return seen.changed(state="training", steps_per_second=seen.pace) if self.still else seen

    @snapshot.setter
    def snapshot(self, value: Snapshot) -> None:
        self._seen = value


async def until(pilot: Pilot[int], true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await pilot.pause(0.02)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys one by one, as a person does."""
    for key in keys:
        pilot.app.simulate_key(key)
        await pilot.pause()


async def answer(pilot: Pilot[int], screen: LessonScreen, cells: tuple[str, ...]) -> None:
    """Type an answer, or pick it, and have it checked by the last Enter."""
    if isinstance(screen.answer, MatrixGrid):
        for cell in cells:
            await press(pilot, *cell, "enter")
    else:
        await press(pilot, *cells[0].split(), "enter")


async def work(pilot: Pilot[int], screen: LessonScreen) -> None:
    """Answer every step rightly up to the one of the picture, and that as the picture has it."""
    sheet = screen.round.sheet
    while screen.step.id != STEP:
        step = screen.step
        await answer(pilot, screen, typed(sheet, step, sheet.truth(step).value))
        assert screen.round.progress(step).solved, step.id
        before = screen.answer
        await press(pilot, "enter")
        await until(pilot, lambda before=before: screen.answer is not before)
        await until(pilot, lambda: screen.answer.has_focus)
    await answer(pilot, screen, ANSWER)


async def train(pilot: Pilot[int], run: Run, pane: LabPane) -> None:
    """Have the lab train for some seconds, evaluated once in each, as it does by itself."""
    await until(pilot, lambda: run.snapshot.state == "training")
    run.pause()
    await until(pilot, lambda: run.snapshot.state == "paused")
    pace = run.snapshot.pace
    run.set_pace(0)
    run.reset()
    await until(pilot, lambda: run.snapshot.step == 0)
    for second in range(1, SECONDS + 1):
        run.step(round(pace))
        step = round(pace) * second
        await until(pilot, lambda step=step: run.snapshot.evaluated_step == step)
        pane.look()
    done = run.set_pace(pace)
    await until(pilot, lambda: getattr(run.snapshot.acknowledged, "command", 0) == done)


async def picture(language: str) -> str:
    """The screen in a language, as SVG."""
    run = StillRun()
    app = TutorApp(Settings(), language, lesson=find(LESSON))
    app._run = run
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: bool(app.screen.query("MatrixGrid, OptionAnswer")))
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        pane = screen.query_one(LabPane)
        await train(pilot, run, pane)
        await work(pilot, screen)
        await until(pilot, lambda: not any(one.group == "slips" for one in app.workers))
        run.still = True
        pane.look()
        await pilot.pause()
        return without_fonts(app.export_screenshot(title="tutor"))


def without_fonts(svg: str) -> str:
    """The picture without fonts from the net: the reader's own draw it as well."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    lines = [line.rstrip() for line in svg.splitlines()]
    return "\n".join(line for line in lines if line) + "\n"


def main() -> None:
    """Write the picture of every language."""
    with tempfile.TemporaryDirectory() as home:
        for language, path in PICTURES.items():
            os.environ["TUTOR_HOME"] = str(Path(home) / language)
            path.write_text(asyncio.run(picture(language)), encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main()
