"""The keys of the lab's pane: what they ask of the run, its full screen, its footer."""

import pytest
from textual.widgets import Footer

from tests.tui.lab_app import (
    WIDE,
    FakeRun,
    footer,
    lesson_with,
    look,
    pane,
    press,
    said,
    until,
)
from tutor.messages import say
from tutor.training.protocol import Done
from tutor.tui.lab.screen import LabScreen

ALL_DONE = Done(1000, 0)
KEYS = [
    ("training", "space", ("pause",)),
    ("paused", "space", ("resume",)),
    ("finished", "space", ("resume",)),
    ("training", "s", ("step",)),
    ("paused", "s", ("step",)),
    ("training", "r", ("reset",)),
    ("diverged", "r", ("reset",)),
    ("training", "plus", ("set", "learning_rate", 1.0)),
    ("paused", "minus", ("set", "learning_rate", 0.2)),
    ("diverged", "minus", ("set", "learning_rate", 0.2)),
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
            await look(
                app,
                pilot,
                run,
                state,
                pace=40.0,
                knobs={"learning_rate": 0.5},
                acknowledged=ALL_DONE,
            )
            assert key in footer(app), (state, key)
            await press(app, pilot, key)
            assert run.calls[-1] == call, (state, key)


KNOBS = {"r", "plus", "minus", "k", "g"}
MOVES = {"space", "s", "greater_than_sign", "less_than_sign"}
OFFERED = {
    "starting": {"f"},
    "training": KNOBS | MOVES,
    "paused": KNOBS | MOVES,
    "finished": KNOBS | MOVES,
    "diverged": KNOBS,
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
                await look(app, pilot, run, state, pace=40.0, knobs={"learning_rate": 0.5})
            offered = keys | {"e"} | ({"f", "l"} if state != "starting" else set())
            assert set(footer(app)) == offered, state
            before = list(run.calls)
            await press(app, pilot, *{"space", "s", "r", "plus", "minus", "t"} - offered)
            assert run.calls == before, state


async def test_the_footer_follows_the_state_and_has_room_for_all_its_keys():
    for language in ("en", "zh"):
        run = FakeRun()
        async with lesson_with(run, language=language, whole=True) as (app, pilot):
            run.shows("training", pace=40.0, knobs={"learning_rate": 0.5})
            pane(app).focus()
            row = await footer_row(app, pilot, say("lab.key-pause", language))
            assert say("lab.key-full", language) in row
            run.shows("paused", pace=40.0, knobs={"learning_rate": 0.5})
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
        run.shows("training", pace=40.0, knobs={"learning_rate": 0.5})
        pane(app).focus()
        await press(app, pilot, "minus", "minus", "minus")
        asked = [call[2] for call in run.calls if call[0] == "set"]
        assert asked == [0.2, 0.1, 0.05]
        assert "learning rate 0.05" in said(app)
        # Begun again before the child has heard of it: the lowered rate is what counts.
        await press(app, pilot, "r")
        assert run.calls[-2:] == [("set", "learning_rate", 0.05), ("reset",)]
        # Once it has answered, its own word counts.
        run.acknowledges(len(run.calls), knobs={"learning_rate": 0.05})
        await press(app, pilot, "plus")
        assert run.calls[-1] == ("set", "learning_rate", 0.1)


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


async def test_how_to_start_it_again_depends_on_where_one_is():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "failed")
        assert "To start it again: Tab to this pane, then t." in said(app)
        pane(app).focus()
        await until(pilot, lambda: "To start it again: t." in said(app))
