"""Ranks that are started for the screen on which they are watched, and end with it."""

import asyncio

from tutor.learner.settings import Settings
from tutor.tui.watch_together import TogetherApp
from tutor.watching.watcher import Watcher


class Made:
    """Ranks that end a moment after they were asked to."""

    def __init__(self):
        self.asked = asyncio.Event()
        self.ended = False

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
