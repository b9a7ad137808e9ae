"""Layers, pictures and samples in the place of the curve; asked for only while they are seen."""

import msgspec
import pytest
from rich.cells import cell_len

from tests.tui.lab_app import (
    DIGITS,
    NARROW,
    WIDE,
    FakeRun,
    lesson_with,
    look,
    pane,
    press,
    said,
    shown,
    until,
)
from tests.tui.test_lab_child import TORCH_SECONDS
from tutor.training.protocol import Board, Layers, Picture, Sample
from tutor.training.snapshot import Snapshot
from tutor.tui.glyphs import ASCII, UNICODE
from tutor.tui.grid.matrix import Matrix
from tutor.tui.lab.screen import LabScreen
from tutor.tui.lab.view import Viewing
from tutor.tui.lab.view_board import board_lines, drawing
from tutor.tui.lab.view_layers import layer_lines
from tutor.tui.lab.view_page import PicturePage
from tutor.tui.lab.view_pictures import form_of, picture_lines

NAMES = ("hidden 1", "hidden 2", "scores")
LAYERS = Layers(
    1, 412, NAMES, (3.1e-7, 0.02, 0.52), (2.1, 1.4, 0.9), (2e-9, 0.004, 0.21), (0.75, 0.0, None)
)
PICTURES = ("weights:hidden 1", "weights:scores", "confusion")
READY = msgspec.structs.replace(DIGITS, layers=NAMES, pictures=PICTURES)
WEIGHTS = Picture(1, 412, "weights:scores", ((0.25, -0.5, 0.0), (None, 0.125, -0.7512)))
COUNTS = Picture(1, 412, "confusion", ((31.0, 2.0), (0.0, 17.0)), ("cat", "dog"), ("cat", "dog"))
DIGIT = tuple(tuple(float(x == y) for x in range(8)) for y in range(8))
SAMPLES = (
    Sample(DIGIT, "7", "7", 0.98, "7"),
    Sample(DIGIT, "4", "9", 0.61, "4"),
    Sample(DIGIT, "1", "1", 0.5, "2"),
    Sample(DIGIT, "0", "0", None),
)
BOARD = Board(1, 412, SAMPLES)
SEEN = {"ready": READY, "layers": LAYERS, "picture": WEIGHTS, "board": BOARD}


def text(lines):
    return ["".join(part.text for part in line).rstrip() for line in lines]


def looks(run):
    """What was asked to be measured, call by call."""
    return [call[1:] for call in run.calls if call[0] == "look"]


# Keys, and what is asked for


async def test_a_key_goes_round_all_views_and_another_goes_back():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training", **SEEN)
        pane(app).focus()
        views = []
        for key in ("w", "w", "w", "w", "W"):
            await press(app, pilot, key)
            views.append(pane(app).watched.viewing.view)
        assert views == ["layers", "pictures", "board", "curve", "board"]


async def test_only_what_is_seen_is_asked_for():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training", **SEEN)
        pane(app).focus()
        await press(app, pilot, "l")
        assert looks(run) == [], "the curve costs nothing"
        await press(app, pilot, "w")
        assert looks(run) == [(True, False, None)]
        await press(app, pilot, "w")
        assert looks(run)[-1] == (False, False, "confusion"), "what tells most comes first"
        await press(app, pilot, "down")
        assert looks(run)[-1] == (False, False, "weights:hidden 1")
        await press(app, pilot, "w")
        assert looks(run)[-1] == (False, True, None)
        await press(app, pilot, "l", "l")
        assert len(looks(run)) == 4, "and only once"
        await press(app, pilot, "w")
        assert looks(run)[-1] == (False, False, None)


async def test_the_full_screen_takes_the_view_over_and_gives_it_back():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training", **SEEN)
        pane(app).focus()
        await press(app, pilot, "w", "f")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        await until(pilot, lambda: "hidden 2" in said(app))
        await until(pilot, lambda: looks(run)[-1] == (True, False, None))
        await press(app, pilot, "w")
        assert looks(run)[-1] == (False, False, "confusion")
        await press(app, pilot, "W", "f")
        await until(pilot, lambda: looks(run)[-1] == (True, False, None))
        assert pane(app).watched.viewing.view == "layers"


async def test_a_pane_that_cannot_be_seen_asks_for_nothing():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training", **SEEN)
        beside = pane(app)
        beside.focus()
        await press(app, pilot, "w")
        assert looks(run)[-1] == (True, False, None)
        from tutor.tui.sentence import SentenceScreen

        app.push_screen(SentenceScreen("words"))
        await pilot.pause()
        beside.look()
        assert looks(run)[-1] == (False, False, None)
        app.pop_screen()
        await pilot.pause()
        beside.look()
        assert looks(run)[-1] == (True, False, None)


def test_what_is_seen_is_asked_of_each_run_again():
    run = FakeRun()
    viewing = Viewing(run)
    first = Snapshot(run=1, ready=READY, state="training")
    viewing.seen_by("pane", first)
    assert looks(run) == []
    viewing.turn(1, first)
    viewing.seen_by("pane", first)
    viewing.seen_by("pane", first)
    viewing.seen_by("pane", Snapshot(run=2, state="starting"))
    assert looks(run) == [(True, False, None)]
    viewing.seen_by("pane", Snapshot(run=2, ready=READY, state="training"))
    assert looks(run) == [(True, False, None)] * 2
    viewing.unseen_by("another pane", first)
    assert len(looks(run)) == 2


def test_a_view_that_a_model_has_not_is_passed_over():
    plain = Snapshot(ready=msgspec.structs.replace(DIGITS, classes=0, layers=("line",)))
    viewing = Viewing(FakeRun())
    assert viewing.views(plain) == ("curve", "layers")
    viewing.view = "board"
    assert viewing.shown(plain) == "curve"
    viewing.turn(1, plain)
    assert viewing.view == "layers"


# Layers


def test_layers_are_told_in_numbers_bars_and_a_word():
    lines = text(layer_lines(LAYERS, 78, 12, UNICODE, "en"))
    assert lines[0].split() == ["layer", "gradient", "weights", "update", "dead"]
    first, second, third = (line.split() for line in lines[1:4])
    assert first[:2] == ["hidden", "1"]
    assert first[2] == "3.1e-7"
    assert first[-4:] == ["2e-9", "75%", "dead", "units"]
    assert second[-3:] == ["0.004", "0%", "healthy"]
    assert third[-4:] == ["0.21", "-", "large", "steps"]
    bars = [sum(sign == "⣿" for sign in line) for line in lines[1:4]]
    assert bars[0] < bars[1] < bars[2] == 8
    assert "healthy" in " ".join(lines[4:])


def test_columns_stay_where_they_are_while_numbers_change():
    calm = text(layer_lines(LAYERS, 78, 12, UNICODE, "en"))
    wild = msgspec.structs.replace(LAYERS, gradient_norms=(1234.5, None, 1e-12))
    moved = text(layer_lines(wild, 78, 12, UNICODE, "en"))
    for before, after in zip(calm[1:4], moved[1:4], strict=True):
        assert before.index("  ", 12) >= 0
        assert before.rindex(before.split()[-1]) == after.rindex(after.split()[-1])


def test_more_layers_than_lines_are_counted():
    many = tuple(f"hidden {place}" for place in range(12))
    deep = Layers(1, 1, many, (0.1,) * 12, (1.0,) * 12, (0.01,) * 12, (None,) * 12)
    lines = text(layer_lines(deep, 40, 8, UNICODE, "en"))
    assert len(lines) == 8
    assert lines[-1] == "6 more layers have no room"


# Pictures


def test_numbers_have_signs_and_only_repeat_them_in_shades():
    lines = picture_lines(WEIGHTS, "weights:scores", PICTURES, 60, 12, UNICODE, "en")
    assert text(lines)[:3] == [
        "weights of scores (2 of 3; up, down)",
        " +0.25 -0.50 +0.00",
        "     ? +0.12 -0.75",
    ]
    kinds = {part.text.strip(): part.kind for line in lines[1:3] for part in line}
    assert kinds == {
        "+0.25": "more1", "-0.50": "less2", "+0.00": "figure", "?": "figure", "+0.12": "more1",
        "-0.75": "less3",
    }  # fmt: skip


def test_counts_have_their_names():
    lines = text(picture_lines(COUNTS, "confusion", PICTURES, 40, 12, UNICODE, "en"))
    assert lines[0].startswith("confusion: by rows what it is")
    assert [line.split() for line in lines if "31" in line or "17" in line] == [
        ["cat", "31", "2"],
        ["dog", "0", "17"],
    ]


def test_a_wide_matrix_is_told_in_digits_of_the_largest():
    wide = tuple(tuple((-1) ** x * x / 63 for x in range(64)) for _ in range(10))
    picture = Picture(1, 1, "weights:scores", wide)
    lines = text(picture_lines(picture, "weights:scores", PICTURES, 78, 20, UNICODE, "en"))
    assert lines[1] == "9 stands for 1, the largest"
    assert lines[2].startswith(" 0 0 0 0+1-1")
    assert "10 of 10 rows, 39 of 64 columns; Enter shows all" in lines[-1]
    assert form_of(wide, 130).text(-1.0) == "-9"


def test_numbers_of_any_size_fit():
    for size in (1e-30, 1e-6, 0.006, 0.04, 1.0, 99.0, 12345.0, 1e30):
        form = form_of(((size, -size / 3), (0.1 * size, 0.0)), 60)
        widths = {len(form.text(cell)) for cell in (size, -size / 3, 0.1 * size, 0.0, None)}
        assert widths == {form.width}, size
        assert form.text(size).strip().startswith("+") or form.whole
        assert form.text(-size).strip().startswith("-")


def test_another_picture_than_is_asked_for_is_not_shown():
    lines = text(picture_lines(WEIGHTS, "confusion", PICTURES, 60, 12, UNICODE, "en"))
    assert "0.25" not in " ".join(lines)
    assert "This is measured when the next step is." in lines


async def test_a_picture_opens_as_the_matrix_of_the_lessons():
    run = FakeRun()
    async with lesson_with(run) as (app, pilot):
        await look(app, pilot, run, "training", **SEEN)
        pane(app).focus()
        await press(app, pilot, "w", "w", "down", "down", "enter")
        assert isinstance(app.screen, PicturePage)
        matrix = app.screen.query_one(Matrix)
        assert (matrix.row_labels, matrix.column_labels) == (("0", "1"), ("0", "1", "2"))

        def words():
            strips = app.screen._compositor.render_strips()
            return " ".join(" ".join(strip.text for strip in strips).split())

        await until(pilot, lambda: "row 0, column 0: 0.25" in words())
        for key in ("down", "right", "right", "right"):
            app.simulate_key(key)
            await pilot.pause()
        assert "row 1, column 2: -0.7512" in words()
        assert matrix.lit == {5}
        run.snapshot = run.snapshot.changed(picture=None)
        assert "-0.7512" in words(), "it stays as it was"
        app.simulate_key("escape")
        await pilot.pause()
        assert not isinstance(app.screen, PicturePage)


async def test_the_cursor_of_a_large_matrix_stays_in_view():
    rows = tuple(tuple((y * 64 + x) / 4096 for x in range(64)) for y in range(64))
    large = Picture(1, 1, "weights:scores", rows)
    run = FakeRun()
    async with lesson_with(run, size=NARROW) as (app, pilot):
        await look(app, pilot, run, "paused", **SEEN)
        app.push_screen(PicturePage(large))
        await pilot.pause()
        page = app.screen
        for key in ["pagedown"] * 9 + ["right"] * 30:
            app.simulate_key(key)
        await pilot.pause()
        await pilot.pause()
        place = page.query_one(Matrix).region_of(63 * 64 + 30)
        scroll = page.query_one("#picture")
        assert scroll.scroll_y <= place.y < scroll.scroll_y + scroll.size.height


# Samples


def test_images_stand_beside_each_other_with_what_is_said_of_them():
    lines = text(board_lines(BOARD, 0, 78, 14, UNICODE, "en"))
    assert lines[0] == "samples 1 to 4 of 4; 3 right"
    assert lines[1].split() == ["⣿"] * 4
    said_of = " ".join(lines[-3].split())
    assert said_of == "✓ says 7 98% ✗ says 9 61% ✓ says 1 50% ✓ says 0 -%"
    assert "it is 4" in lines[-2]
    assert "▴ was 4" in lines[-1]
    assert "▴ was 2" in lines[-1]
    assert lines[-1].count("was") == 2, "only what has changed"


def test_without_room_there_is_a_line_a_sample():
    lines = text(board_lines(BOARD, 0, 28, 9, ASCII, "en"))
    assert lines[1:] == [
        "v says 7  98%",
        "x says 9  61%  it is 4  ^ w$",
        "v says 1  50%  ^ was 2",
        "v says 0   -%",
    ]
    assert all(line.isascii() for line in lines)


def test_what_has_no_room_is_said_to_be_below():
    lines = text(board_lines(BOARD, 0, 60, 3, UNICODE, "en"))
    assert lines[0] == "samples 1 to 2 of 4; 3 right; down: more"
    assert len(lines) == 3


def test_later_samples_by_key():
    lines = text(board_lines(BOARD, 2, 28, 9, UNICODE, "en"))
    assert lines[0] == "samples 3 to 4 of 4; 3 right"
    assert lines[1] == "✓ says 1  50%  ▴ was 2"


def test_texts_and_points_stand_before_what_is_said():
    samples = (Sample("hello wor", "l", "l", 0.9), Sample((0.5, -1.25), "1", "0", 0.61, "1"))
    lines = text(board_lines(Board(1, 1, samples), 0, 60, 9, UNICODE, "en"))
    assert lines[1] == "hello wor     ✓ says l  90%"
    assert lines[2] == "(0.5, -1.25)  ✗ says 0  61%  it is 1  ▴ was 1"


def test_an_image_has_five_shades_in_each_table_of_signs():
    ramp = (tuple(place / 4 for place in range(5)),)
    assert drawing(ramp, ASCII) == [" .+*#"]
    assert len(set(drawing(ramp, UNICODE)[0])) == 5
    flat = ((0.5, 0.5), (0.5, 0.5))
    assert drawing(flat, ASCII) == ["  ", "  "]
    large = tuple(tuple(float(x) for x in range(28)) for _ in range(28))
    assert len(drawing(large, ASCII)) <= 8
    assert len(drawing(large, ASCII)[0]) <= 14


# Room


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("glyphs", ["unicode", "ascii"])
async def test_every_view_fits_beside_a_lesson_and_on_the_full_screen(size, language, glyphs):
    run = FakeRun()
    async with lesson_with(run, size=size, language=language, glyphs=glyphs) as (app, pilot):
        await look(app, pilot, run, "training", **SEEN)
        pane(app).focus()
        for key in ("w", "w", "down", "w", "w", "f", "w", "w", "w"):
            await press(app, pilot, key)
            width = pane(app).content_size.width
            lines = shown(app)
            assert all(cell_len(line) <= width for line in lines), key
            if glyphs == "ascii":
                assert all(ord(sign) < 128 or ord(sign) > 0x2FFF for sign in "".join(lines)), key
            foot = pane(app).query_one("#lab-foot")
            assert foot.region.bottom <= pane(app).content_region.bottom


# With a real child


async def test_a_real_child_shows_its_layers_pictures_and_samples():
    async with lesson_with(None, "softmax", WIDE) as (app, pilot):
        await until(pilot, lambda: "training" in said(app), TORCH_SECONDS)
        pane(app).focus()
        await press(app, pilot, "w")
        await until(pilot, lambda: "healthy" in said(app) or "steps" in said(app))
        await until(pilot, lambda: app.lab.snapshot.layers is not None)
        await press(app, pilot, "w")
        await until(pilot, lambda: "confusion" in said(app))
        await until(pilot, lambda: app.lab.snapshot.picture is not None)
        await press(app, pilot, "w")
        await until(pilot, lambda: "samples 1 to" in said(app))
        before = app.lab.snapshot
        await press(app, pilot, "w", "r")
        await until(pilot, lambda: app.lab.snapshot.run != before.run)
        await until(pilot, lambda: app.lab.snapshot.step > 20)
        now = app.lab.snapshot
        assert (now.layers, now.picture, now.board) == (None, None, None), "the curve is seen"
