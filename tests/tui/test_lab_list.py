"""All experiments on one screen: found by a search, opened by Enter."""

import pytest

from tests.tui.lab_app import NARROW, FakeRun, pane, until
from tutor.learner.settings import Settings
from tutor.messages import say
from tutor.training.catalog import every
from tutor.tui.app import TutorApp
from tutor.tui.lab.experiments import LabListScreen
from tutor.tui.lab.screen import BenchScreen


def text(app: TutorApp) -> str:
    """The words on the screen."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_experiment_is_found_and_opened_by_keys(language):
    app = TutorApp(Settings(), language, warms_lab=False)
    app._run = FakeRun()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, LabListScreen))
        await until(pilot, lambda: bool(app.screen.found))
        assert [one.name for one in app.screen.found] == [one.name for one in every()]
        await pilot.press(*"nosuchthing")
        await pilot.pause()
        assert say("lab.experiments-none", language) in text(app)
        await pilot.press(*["backspace"] * 11, *"batches")
        await pilot.pause()
        title = {"en": "Batches of 1 to all", "zh": "批量大小：从 1 到全部"}[language]
        assert title in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BenchScreen))
        await until(pilot, lambda: bool(app.screen.query("LabPane")))
        assert pane(app).watched.lab.id == "batches"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, BenchScreen))


async def test_the_command_without_a_name_begins_with_the_list():
    app = TutorApp(Settings(), "en", warms_lab=False, experiments=True)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LabListScreen))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, LabListScreen))
