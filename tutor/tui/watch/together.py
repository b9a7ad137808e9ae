"""Ranks that train together, started for the screen on which they are watched."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual import events, on

from tutor.tui.watch.screen import WatchApp, WatchScreen
from tutor.watching.points import Remark

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from typing import Any

    from tutor.learner.notice import Notice
    from tutor.learner.settings import Settings
    from tutor.training.parallel_run import ParallelRun
    from tutor.watching.watcher import Watcher

LEAVING_SECONDS = 1.0
"""For the ranks to end after their step; those that take longer end by themselves."""


class TogetherApp(WatchApp):
    """Watches the run that it has started, and ends it."""

    def __init__(
        self,
        watcher: Watcher,
        settings: Settings,
        language: str,
        notices: Iterable[Notice],
        starting: Coroutine[Any, Any, ParallelRun],
    ) -> None:
        """`starting` is awaited once the screen is there."""
        super().__init__(watcher, settings, language, notices)
        self._starting = starting
        self._run_of_ranks: ParallelRun | None = None
        self._end: asyncio.Task[None] | None = None

    @on(events.Mount)
    async def start_ranks(self) -> None:
        """Start the ranks."""
        self._run_of_ranks = await self._starting
        self._end = asyncio.create_task(self._await_end(self._run_of_ranks))

    async def _await_end(self, run: ParallelRun) -> None:
        await run.wait()
        if run.trouble is None:
            return
        details = {name: str(value) for name, value in run.trouble.details.items()}
        # None is left where the ranks ended because the screen did.
        for screen in self.screen_stack[:1]:
            if isinstance(screen, WatchScreen):
                screen.show_failure(Remark(run.trouble.code, details))

    @on(events.Unmount)
    async def end_ranks(self) -> None:
        """Ask the ranks to end."""
        if self._run_of_ranks is not None:
            self._run_of_ranks.stop()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._run_of_ranks.wait(), LEAVING_SECONDS)
