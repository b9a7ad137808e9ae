"""Any keys in any order: nothing crashes, and the journal tells what the screen shows."""

import random

import pytest
from textual import events

from tests.tui.tutor_app import NARROW, WIDE, Tutor, replayed, tutor
from tutor.tui.answering import typed_cells
from tutor.tui.lesson import LessonScreen

pytestmark = pytest.mark.usefixtures("course")

KEYS = (
    *"0123456789.-+*/^%()[]e,=? abcqxyz猫，１",
    *["enter"] * 8, "tab", "shift+tab", "space", "backspace", "delete", "escape",
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown",
    *(f"f{number}" for number in range(1, 13)), *["f8"] * 4, *["f3", "f4", "f5", "f9"] * 2,
    "y", "n", "slash", "equals_sign", "ctrl+a", "ctrl+c", "ctrl+d", "ctrl+l", "ctrl+p", "ctrl+t",
    *["ctrl+g"] * 2, "ctrl+v", "ctrl+x", "ctrl+y", "ctrl+z", "ctrl+home", "ctrl+end",
)  # fmt: skip
PASTES = ("1 2 4", "[[1, 2, 3], [4, 5, 6]]", "0.5", "1\t2\n3\t4", "\x1b[31m", "x" * 12_000)
SIZES = (NARROW, WIDE, (79, 24), (100, 30))


async def mash(running: Tutor, chance: random.Random, count: int) -> None:
    """Press keys, paste and resize, and compare journal and screen now and then."""
    for number in range(count):
        kind = chance.random()
        if kind < 0.02:
            running.app.post_message(events.Paste(chance.choice(PASTES)))
        elif kind < 0.03:
            await running.pilot.resize_terminal(*chance.choice(SIZES))
        else:
            running.app.simulate_key(chance.choice(KEYS))
        if chance.random() < 0.5:
            await running.pilot.pause(0)
        if number % 50 == 49:
            await running.settle()
            agree(running)


def agree(running: Tutor) -> None:
    """What the journal says is what the screen has, for every lesson that is open."""
    for screen in running.app.screen_stack:
        if isinstance(screen, LessonScreen):
            assert replayed(screen) == screen.round.state
            cells = screen.round.progress(screen.step).cells
            if cells:
                assert typed_cells(screen.answer) == cells


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("place", ["home", "kinds"])
async def test_any_keys_do_no_harm(place, seed, monkeypatch):
    monkeypatch.setattr("tutor.tui.app.TutorApp.exit", lambda *_: None)
    chance = random.Random(f"{place} {seed}")
    async with tutor(None if place == "home" else place) as running:
        await mash(running, chance, 170)
        await running.settle()
        agree(running)
