"""The whole tutor, driven by keys, with lessons of its own and a lab in which nothing trains."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.widgets import Footer

from tests.tui.lab_app import FakeRun
from tutor.course import session
from tutor.course.session import Began, State
from tutor.learner.settings import Settings
from tutor.tui.app import TutorApp
from tutor.tui.lab.pane import LabPane
from tutor.tui.lesson import LessonScreen
from tutor.tui.page import Page

LESSONS = Path(__file__).parent / "lessons"
SNAPSHOTS = Path(__file__).parent / "snapshots"
NARROW, WIDE = (80, 24), (120, 40)


class Tutor:
    """A running tutor: press keys, read the screen."""

    def __init__(self, app: TutorApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self, rounds: int = 4) -> None:
        """Until everything that was asked for has happened: workers, layout, what comes after it.

        A pause of Textual's own would wait for an idle processor, which a busy machine never has.
        """
        for _ in range(rounds):
            await self.pilot.pause(0)
            await self.app.workers.wait_for_complete()
        await self.pilot.pause(0)

    async def press(self, *keys: str) -> None:
        """Press keys by their names; `type:...` types a text letter by letter, at once."""
        for key in keys:
            text = key.removeprefix("type:")
            for one in text if text != key else [key]:
                self.app.simulate_key(one)
            await self.settle()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def click(self, word: str) -> None:
        """Click on the first place where the screen shows a word."""
        for y, line in enumerate(self.lines()):
            if word in line:
                await self.pilot.click(offset=(line.index(word), y))
                await self.settle()
                return
        raise AssertionError(f"{word} is not on the screen")

    # What is seen

    def lines(self) -> list[str]:
        """The screen as text, line by line: without the lab, and of a page only itself."""
        screen = self.app.screen
        shown = screen.children[0].region if isinstance(screen, Page) else screen.region
        panes = [pane.region for pane in screen.query(LabPane) if pane.display]
        lines = []
        for y, strip in enumerate(screen._compositor.render_strips()):
            if shown.y <= y < shown.bottom:
                text = strip.crop(shown.x, shown.right).text
                for region in panes:
                    if region.y <= y < region.bottom:
                        text = strip.crop(0, region.x).text + "|"
                lines.append(text.rstrip())
        return lines

    @property
    def text(self) -> str:
        """The screen as one text, line breaks as blanks."""
        return " ".join(" ".join(self.lines()).replace("|", " ").split())

    def footer(self) -> str:
        return self.lines()[self.app.screen.query_one(Footer).region.y]

    # What is so

    @property
    def lesson(self) -> LessonScreen:
        screen = self.app.screen
        assert isinstance(screen, LessonScreen)
        return screen

    @property
    def answer(self):
        return self.lesson.answer

    @property
    def progress(self):
        """How the present step stands."""
        return self.lesson.round.progress(self.lesson.step)

    def replayed(self) -> State:
        """The state to which the journal's events of the latest round lead."""
        return replayed(self.lesson)


def replayed(screen: LessonScreen) -> State:
    """What the journal alone knows of the round on a screen; its beginning, where it has none."""
    journal, key = screen.app.journal, screen.bookmark.key
    number = journal.latest_round(key)
    found = [] if number is None else journal.events(key, number)
    happened = [session.from_payload(event["payload"]) for event in found]
    began = Began(screen.round.state.seed, screen.round.state.given)
    if not happened or happened[0] != began:
        happened = [began]
    return session.replayed(screen.round.lesson, happened)


@asynccontextmanager
async def tutor(
    lesson: str | Path | None = None,
    *,
    size: tuple[int, int] = NARROW,
    language: str = "en",
    settings: Settings | None = None,
    seed: int | None = None,
    **more,
) -> AsyncIterator[Tutor]:
    """A tutor that shows the map, or a lesson of the tests by its name."""
    path = LESSONS / f"{lesson}.yaml" if isinstance(lesson, str) else lesson
    app = TutorApp(
        settings or Settings(), language, lesson=path, seed=seed, warms_lab=False, **more
    )
    app._run = FakeRun()
    async with app.run_test(size=size) as pilot:
        running = Tutor(app, pilot)
        await running.settle()
        yield running


def same_as_kept(name: str, lines: list[str]) -> None:
    """Compare a screen with the one that is kept; UPDATE_SNAPSHOTS=1 keeps this one instead."""
    file = SNAPSHOTS / f"{name}.txt"
    shown = "\n".join(lines) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(shown, encoding="utf-8")
    assert file.exists(), f"there is no {file.name} yet: run once with UPDATE_SNAPSHOTS=1"
    assert shown == file.read_text(encoding="utf-8"), file.name


def between(lines: list[str], first: str, last: str) -> Iterator[str]:
    """The lines from one that has a word to one that has another."""
    inside = False
    for line in lines:
        inside = inside or first in line
        if inside:
            yield line
        if inside and last in line:
            return
