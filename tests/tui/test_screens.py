"""Screens as text, in both sizes and languages, compared with those that are kept."""

import unicodedata

import pytest

from tests.tui.tutor_app import NARROW, WIDE, Tutor, same_as_kept, tutor
from tutor.course.catalog import entries
from tutor.course.lesson import CHOICE_KINDS
from tutor.course.reply import cell_count
from tutor.learner.settings import Settings
from tutor.messages import LANGUAGES
from tutor.tui.prose import Prose

TOUR = (
    ("map", ()),
    ("search", ("slash", "type:every")),
    ("number", ("enter",)),
    ("too-coarse", ("type:2.3", "enter")),
    ("right", ("type:2.333", "enter")),
    ("vector", ("enter", "type:-1.3333333", "enter", "type:15.4%", "enter", "type:1/0")),
    ("unreadable", ("enter",)),
    ("matrix", ("f8", "type:0.333", "enter", "type:0", "enter", "type:7", "enter", "f3", "f3")),
    ("question", ("f5",)),
    ("channels", ("escape", "f8", "type:1", "pagedown")),
    ("calculator", ("equals_sign", "type:exp(0.48)", "enter", "type:ans / 2")),
    ("shape", ("escape", "f8", "type:2", "enter", "type:3", "enter")),
    ("option", ("f8", "f8", "a", "enter")),
    ("long", ("b", "enter")),
    ("scrolled", ("pagedown",)),
    ("options", ("enter", "a", "c")),
    ("order", ("f8", "b", "f4")),
    ("shown", ("f4",)),
    ("help", ("f1",)),
    ("commands", ("escape", "ctrl+p")),
    ("map-after", ("escape", "escape")),
)
"""Screens by name, and the keys that lead from each to the next."""


async def walk(running: Tutor) -> dict[str, list[str]]:
    """The screens of the tour."""
    screens = {}
    for name, keys in TOUR:
        await running.press(*keys)
        screens[name] = running.lines()
    return screens


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_every_screen_looks_as_it_did(size, language, monkeypatch):
    """With colours in one language and without in the other: the text is the same."""
    if language == "zh":
        monkeypatch.setenv("NO_COLOR", "1")
    async with tutor(size=size, language=language) as running:
        assert running.app.no_color == (language == "zh")
        screens = await walk(running)
    for name, lines in screens.items():
        # What takes two cells in one terminal and one in another would bend every table.
        wide = {sign for sign in "".join(lines) if unicodedata.east_asian_width(sign) == "A"}
        assert not wide, name
        same_as_kept(f"{name}-{size[0]}x{size[1]}-{language}", lines)


@pytest.mark.usefixtures("course")
async def test_plain_signs_are_ascii():
    async with tutor(settings=Settings(glyphs="ascii")) as running:
        for name, lines in (await walk(running)).items():
            text = "\n".join(lines).replace("中文", "")
            assert text.isascii(), (name, [sign for sign in text if not sign.isascii()])


@pytest.mark.parametrize(
    ("path", "language"), [(path, LANGUAGES[at % 2]) for at, path in enumerate(entries())]
)
async def test_everything_that_a_step_needs_is_in_view(path, language):
    """In the smallest window, for every step of the course: what is asked, and the verdict."""
    async with tutor(path, language=language) as running:
        screen = running.lesson
        screen.story = False
        pane = screen.pane
        for step in screen.round.lesson.steps:
            await screen._go_to(step.id)
            await running.settle(2)
            view = pane.region
            for name in ("prompt", "asked"):
                line = pane.query_one(f"#step-{name}", Prose)
                assert view.contains_region(line.region), f"{step.id}: {name}"
            assert view.contains_region(running.answer.region), step.id
            texts = ("99",) * cell_count(screen.round.sheet, step)
            if step.kind in CHOICE_KINDS:
                continue
            screen.answer.set_texts(texts)
            screen.answer.action_next()
            await running.settle(2)
            said = pane.query_one("#step-said", Prose)
            assert said.text
            # What is said may be long, once the slip is found: it begins in view.
            assert view.contains_point(said.region.offset), step.id
            assert view.contains_region(running.answer.region), step.id
