"""Runs of any program on the screen: tags, curves, the cursor, several runs, and what is wrong."""

import os
from contextlib import asynccontextmanager

import pytest
from textual import events

from tests.tui.tutor_app import NARROW, WIDE, Tutor
from tests.watching.written import event
from tutor.learner.settings import Settings
from tutor.messages import LANGUAGES, say
from tutor.tui.plot.body import AXIS
from tutor.tui.plot.plot import Plot
from tutor.tui.watch.plot import SMOOTHINGS, short_names
from tutor.tui.watch.screen import WatchApp, WatchScreen
from tutor.tui.watch.tag_order import likeliest, natural
from tutor.tui.watch.walked_list import WalkedList, end_of
from tutor.tui.watch.words import age_text, size_text
from tutor.watching.points import Wishes
from tutor.watching.reading import Reading
from tutor.watching.runs import RunFiles
from tutor.watching.watcher import Watcher

ROWS = "step,loss,accuracy\n" + "".join(f"{n},{100 / (n + 1):.6g},{n / 100}\n" for n in range(50))


class Watched(Tutor):
    """A screen that watches; it reads when it is told to, and not in a thread."""

    @property
    def screen(self) -> WatchScreen:
        screen = self.app.screen
        assert isinstance(screen, WatchScreen)
        return screen

    @property
    def watcher(self) -> Watcher:
        return self.app.watcher

    @property
    def list(self) -> WalkedList:
        return self.app.screen.query_one(WalkedList)

    async def read(self) -> None:
        self.watcher._search = 0.0
        while self.watcher.poll():
            pass
        for screen in self.app.screen_stack:
            if isinstance(screen, WatchScreen):
                screen.look()
        await self.settle()

    async def add(self, path, text) -> None:
        with path.open("a") as file:
            file.write(text)
        await self.read()


@asynccontextmanager
async def watched(path, *, size=NARROW, language="en", wishes=None, glyphs="unicode"):
    watcher = Watcher(path, wishes or Wishes())
    watcher.start = lambda: None
    app = WatchApp(watcher, Settings(glyphs=glyphs), language)
    async with app.run_test(size=size) as pilot:
        running = Watched(app, pilot)
        await running.settle()
        await running.read()
        yield running


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(ROWS)
    return path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_tags_curve_values_and_standing_are_all_there(log, size, language):
    async with watched(log, size=size, language=language) as watching:
        text = watching.text
        assert watching.list.names == ["accuracy", "loss"]
        assert watching.list.marked == "loss"
        assert say("watch.title", language, path=log).replace(" ", "") in text.replace(" ", "")
        assert say("watch.last", language, value="2", step="49") in text
        assert say("watch.steps", language, step="49", points="100") in text
        assert say("watch.kind-csv", language) in text
        assert say("watch.waiting", language, age="x").partition("x")[0][:8] in text
        footer = watching.footer()
        for key in ("search", "log", "smooth", "quit"):
            assert say(f"watch.key-{key}", language) in footer
        assert say("screen.key-help", language) in footer
        assert say("watch.key-runs", language) not in footer
        assert say("watch.key-remarks", language) not in footer
        assert all(len(line) <= size[0] for line in watching.lines())


async def test_what_grows_is_drawn_and_what_is_not_whole_is_said(log):
    async with watched(log) as watching:
        await watching.add(log, "50,1.25,0.5\n51,1")
        assert "last: 1.25 at step 50" in watching.text
        assert (
            say("watch.waiting-tail", "en", bytes=4, age="x").partition(" are")[0] in watching.text
        )
        await watching.add(log, ".5,0.75\n")
        assert "last: 1.5 at step 51" in watching.text


async def test_the_list_is_searched_as_one_types(tmp_path):
    log = write(tmp_path / "a.jsonl", "")
    tags = ", ".join(f'"layer{n}.grad": {n}' for n in range(3000))
    log.write_text(f'{{"step": 1, "train loss": 2, {tags}}}\n')
    async with watched(log) as watching:
        assert say("watch.tags", "en", count=3001) in watching.text
        assert watching.list.marked == "train loss"
        await watching.press("slash", "type:layer 17 grad")
        assert watching.list.names[:2] == ["layer17.grad", "layer117.grad"]
        assert watching.list.marked == "layer17.grad"
        assert say("watch.found-tags", "en", found=len(watching.list.names), count=3001) in (
            watching.text
        )
        assert "last: 17 at step 1" in watching.text
        await watching.press("down")
        assert "last: 117 at step 1" in watching.text
        await watching.press("enter", "down")
        assert watching.list.has_focus
        assert watching.list.marked == watching.list.names[2]
        await watching.press("slash", "type:zzz")
        assert say("watch.no-tags", "en") in watching.text
        assert say("watch.nothing-yet", "en") not in watching.text
        assert say("watch.key-leave", "en") in watching.footer()
        assert say("watch.key-search", "en") not in watching.footer()
        await watching.press("escape")
        assert len(watching.list.names) == 3001
        assert watching.list.has_focus


async def test_the_list_is_walked_by_keys_and_mouse(tmp_path):
    tags = [f"tag{n}" for n in range(40)]
    log = write(tmp_path / "a.csv", f"step,{','.join(tags)}\n1,{','.join(map(str, range(40)))}\n")
    async with watched(log) as watching:
        assert watching.list.names == tags
        await watching.press("down", "down", "up")
        assert watching.list.marked == "tag1"
        await watching.press("end")
        assert watching.list.marked == "tag39"
        assert "tag39" in watching.text
        await watching.press("down", "pageup", "home", "pagedown")
        height = watching.list.content_size.height
        assert watching.list.marked == f"tag{height - 1}"
        await watching.click("tag3 ")
        assert watching.list.marked == "tag3"
        watching.list.post_message(
            events.MouseScrollDown(watching.list, 1, 1, 0, 0, 0, False, False, False)
        )
        await watching.settle()
        assert watching.list.marked == "tag4"


async def test_the_cursor_reads_exact_values(log):
    async with watched(log, size=WIDE) as watching:
        await watching.press("left")
        assert "step 49: 2" in watching.text
        await watching.press("less_than_sign")
        assert "step 48: 2.04082" in watching.text
        await watching.press("less_than_sign", "less_than_sign", "greater_than_sign")
        assert "step 47: 2.08333" in watching.text
        before = watching.screen.cursor
        await watching.press(*["left"] * 3)
        assert watching.screen.cursor < before
        watching.screen.cursor = 1.0
        await watching.press("less_than_sign")
        assert "step 0: 100" in watching.text
        await watching.press("less_than_sign", "right")
        assert watching.screen.cursor == 1
        await watching.press("escape")
        assert watching.screen.cursor is None
        assert "last: 2 at step 49" in watching.text


async def test_where_values_share_a_bin_the_cursor_says_so(tmp_path):
    rows = "step,loss\n" + "".join(f"{n},{n}\n" for n in range(5000)) + "5000,nan\n"
    async with watched(write(tmp_path / "a.csv", rows)) as watching:
        await watching.press("left", *["less_than_sign"] * 3)
        step = watching.screen.cursor
        words = say(
            "watch.at-steps", "en", step=f"{step:g}", low=f"{step:g}", high=f"{step + 3:g}",
            mean=f"{step + 1.5:g}", count=4,
        )  # fmt: skip
        assert words in watching.text
        await watching.press("greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert "1 not finite" in watching.text or "NaN" in watching.text


async def test_the_scale_and_the_smoothing_are_said(log):
    async with watched(log) as watching:
        plot = watching.screen.query_one(Plot)
        await watching.press("l")
        assert "log scale" in watching.text
        raw = plot.data.series[0].columns
        for weight in SMOOTHINGS[1:]:
            await watching.press("w")
            assert say("watch.smoothed", "en", weight=f"{weight:g}").partition(";")[0] in (
                watching.text
            )
            smooth = plot.data.series[0].columns
            assert [one and one[:2] for one in smooth] == [one and one[:2] for one in raw]
            assert smooth != raw
        await watching.press("w", "l")
        assert say("watch.raw", "en") in watching.text
        assert "log scale" not in watching.text


async def test_several_runs_are_chosen_and_told_apart(tmp_path):
    for name in "abcde":
        path = write(tmp_path / name / "log.csv", ROWS)
        os.utime(path, (1000 - ord(name),) * 2)
    write(tmp_path / "d" / "log.csv", ROWS.replace("loss", "other"))
    os.utime(tmp_path / "d" / "log.csv", (1000 - ord("d"),) * 2)
    async with watched(tmp_path, size=WIDE) as watching:
        assert say("watch.key-runs", "en") in watching.footer()
        assert [one.name for one in watching.watcher.readings] == ["a/log"]
        await watching.press("r")
        await watching.press("down", "enter", "down", "enter", "down", "enter", "down", "enter")
        assert say("watch.runs-most", "en", most=4) in watching.text
        await watching.press("type:e", "escape")
        await watching.read()
        assert len(watching.watcher.readings) == 4
        assert "d/log not measured" in watching.text
        (curves,) = {len(watching.screen.query_one(Plot).data.series)}
        assert curves == 3
        for sample, name in (("⠤⠤⠤", "a"), ("⠤ ⠤", "b"), ("⠄⠄⠄", "c")):
            assert any(sample in line and f"{name}/log" in line for line in watching.lines())
        await watching.press("r", "enter", "escape")
        assert [one.name for one in watching.watcher.readings] == ["b/log", "c/log", "d/log"]
        await watching.press("r")
        write(tmp_path / "new" / "log.csv", ROWS)
        await watching.read()
        watching.app.screen._show()
        assert watching.list.names[0] == "new/log"


async def test_what_is_wrong_is_said_in_words(log):
    async with watched(log) as watching:
        await watching.add(log, "nonsense\n60\n61,x,y\n")
        assert say("watch.ragged-rows", "en", count=2, at=52) in watching.text
        assert say("watch.more-remarks", "en", count=1) in watching.text
        await watching.press("i")
        assert say("watch.bad-rows", "en", count=1, at=54) in watching.text
        await watching.press("escape")
        log.unlink()
        await watching.read()
        assert say("watch.gone", "en", name="log.csv") in watching.text
        assert "last: 2 at step 49" in watching.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_that_cannot_be_read_says_why(tmp_path, language):
    path = tmp_path / "model.pt"
    path.write_bytes(b"PK\x03\x04" + bytes(5000))
    async with watched(path, language=language) as watching:
        text = watching.text.replace(" ", "")
        assert say("watch.compressed", language, name="model.pt").replace(" ", "") in text
        assert say("watch.nothing-yet", language).replace(" ", "") in text
        assert say("watch.waiting", language, age="").split(";")[0].split("；")[0] not in text


async def test_an_empty_folder_waits_for_its_first_run(tmp_path):
    async with watched(tmp_path) as watching:
        assert say("watch.no-run-yet", "en") in watching.text
        write(tmp_path / "a" / "log.csv", ROWS)
        await watching.read()
        await watching.read()
        assert "last: 2 at step 49" in watching.text


async def test_names_that_command_a_terminal_are_made_harmless(tmp_path):
    path = tmp_path / "events.out.tfevents.1"
    path.write_bytes(event("\x1b[2Jloss\n[/]", 1, 2.0))
    async with watched(path) as watching:
        assert watching.list.names == ["?[2Jloss?[/]"]
        assert "\x1b" not in watching.text


async def test_the_language_and_the_signs_change_at_once(log):
    async with watched(log, glyphs="ascii") as watching:
        assert "***" in watching.text
        await watching.press("left", "ctrl+l")
        assert say("watch.at-step", "zh", step="49", value="2") in watching.text
        assert say("watch.key-log", "zh") in watching.footer()
        assert say("watch.search", "zh") in watching.text
        cursor = {
            line.index("|", 30 + AXIS) for line in watching.lines() if "|" in line[30 + AXIS :]
        }
        assert cursor


async def test_the_help_is_about_watching(log):
    async with watched(log) as watching:
        await watching.press("f1")
        assert say("watch.about-smooth", "en") in watching.text
        await watching.press("end")
        assert say("watch.help", "en")[:40] in watching.text
        assert say("screen.help-answers", "en")[:20] not in watching.text


async def test_nothing_changed_draws_nothing(log, monkeypatch):
    async with watched(log) as watching:
        await watching.read()
        watching.screen.look()
        calls = []
        monkeypatch.setattr(
            "tutor.tui.watch.screen.plot_data", lambda *all, **more: calls.append(1)
        )
        for _ in range(5):
            watching.screen.look()
        assert not calls


async def test_an_error_in_the_thread_ends_the_program_with_a_report(log, monkeypatch, own_home):
    watcher = Watcher(log)
    monkeypatch.setattr(watcher, "poll", lambda: 1 / 0)
    app = WatchApp(watcher, Settings(), "en")

    async def until_it_ends():
        async with app.run_test(size=NARROW) as pilot:
            while app.is_running:
                await pilot.pause(0)

    with pytest.raises(ZeroDivisionError):
        await until_it_ends()
    assert app.crash_report is not None
    assert "ZeroDivisionError" in app.crash_report.read_text("utf-8")


async def test_the_axis_is_named_by_the_column_that_was_chosen(log):
    async with watched(log, wishes=Wishes(x="accuracy")) as watching:
        assert watching.screen.query_one(Plot).data.x_name == "accuracy"


async def test_quitting_ends_the_reading(log):
    async with watched(log) as watching:
        await watching.press("q")
    assert watching.watcher._ended.is_set()
    assert watching.app.return_value is None


def test_runs_are_named_without_the_folders_that_they_share():
    def shown(*names):
        return short_names([Reading(RunFiles(name, (), 0), Wishes()) for name in names])

    assert shown("a/b/c") == ["a/b/c"]
    assert shown("a/b/c", "a/b/d") == ["c", "d"]
    assert shown("a", "a/b", "a/b/c") == ["a", "a/b", "a/b/c"]
    assert shown("a/log", "b/log") == ["a/log", "b/log"]
    assert shown() == []


def test_small_words():
    assert [size_text(size) for size in (12, 12_300, 5_000_000, 3.2e9)] == [
        "12 B", "12.3 kB", "5 MB", "3.2 GB",
    ]  # fmt: skip
    ages = [age_text(age, "en") for age in (-5, 12.9, 61, 7300, 200_000)]
    assert ages == ["0 s", "12 s", "1 min", "2 h", "2 days"]
    assert sorted(["a10", "a9", "b", "a"], key=natural) == ["a", "a9", "a10", "b"]
    assert likeliest(["accuracy", "val/Loss"]) == "val/Loss"
    assert likeliest([]) is None
    assert end_of("layers.12.norm", 8, "~") == "~12.norm"
    assert end_of("损失损失", 5, "~") == "~损失"
