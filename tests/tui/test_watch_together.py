"""Ranks that are started for the screen on which they are watched, and end with it."""

import asyncio

import pytest

from tutor.learner.settings import Settings
from tutor.messages import LANGUAGES, say
from tutor.training.snapshot import Trouble
from tutor.tui.lab.lines import LabLines
from tutor.tui.prose import Prose
from tutor.tui.watch.together import TogetherApp
from tutor.watching.watcher import Watcher


class Made:
    """Ranks that end a moment after they were asked to."""

    def __init__(self, trouble=None):
        self.asked = asyncio.Event()
        self.ended = False
        self.trouble = trouble

    def stop(self):
        self.asked.set()

    async def wait(self):
        await self.asked.wait()
        self.ended = True
        return 0


async def test_the_ranks_begin_and_end_with_the_screen(tmp_path):
    made = Made()

    async def starting():
        return made

    app = TogetherApp(Watcher(tmp_path), Settings(), "en", (), starting())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not made.asked.is_set()
    assert made.asked.is_set()
    assert made.ended


@pytest.mark.parametrize("language", LANGUAGES)
async def test_ranks_that_cannot_begin_are_told(tmp_path, language):
    made = Made(Trouble("lab.missing-torch", {"reason": "No module named 'torch'"}))
    made.asked.set()

    async def starting():
        return made

    app = TogetherApp(Watcher(tmp_path), Settings(), language, (), starting())
    told = say("lab.missing-torch", language, **made.trouble.details)
    async with app.run_test(size=(80, 24)) as pilot:
        async with asyncio.timeout(10):
            while told not in app.screen.query_one("#watch-remarks", Prose).text:
                await pilot.pause()
        head = app.screen.query_one("#watch-head", LabLines)
        assert say("watch.no-run-yet", language) not in str(head.shown)
