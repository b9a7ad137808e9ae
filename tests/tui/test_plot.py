"""The plot: what it shows of curves, spikes, odd numbers, and of nothing at all."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App

from tutor.tui.glyphs import ASCII, UNICODE
from tutor.tui.plot.body import AXIS
from tutor.tui.plot.lines import dots_across, plot_lines
from tutor.tui.plot.plot import Plot, PlotData, PlotSeries
from tutor.tui.plot.raster import line
from tutor.tui.plot.scale import Scale, count_text, spanning, ticks


def drawn(data, width=40, height=8, glyphs=ASCII, language="en"):
    """The lines of a plot as text."""
    parts = plot_lines(data, width, height, glyphs, language)
    return ["".join(part.text for part in one).rstrip() for one in parts]


def series(*means, name="loss", **more):
    return PlotSeries(name, [(mean, mean, mean) for mean in means], **more)


def test_a_falling_curve_in_plain_characters():
    assert drawn(PlotData((series(*range(30, -1, -1)),), 0, 30, x_name="step"), 47, 9) == [
        "*** loss 0  min 0 at 30",
        "     30+***",
        "       |   ******",
        "     20+         *******",
        "       |                ******",
        "     10+                      ******",
        "       |                            ******   v",
        "      0+                                  ****<",
        "        '0                       '20       step",
    ]


def test_empty_plots_say_so_in_the_language():
    assert drawn(PlotData(title="loss"))[0] == "loss"
    assert "nothing measured yet" in drawn(PlotData(title="loss"))[4]
    assert "还没有数据" in drawn(PlotData((PlotSeries("a", [None]),)), language="zh")[4]


def test_a_single_spike_among_thousands_of_columns_is_drawn():
    columns = [(1.0, 1.0, 1.0)] * 5000
    columns[2500] = (1.0, 9.0, 1.1)
    text = drawn(PlotData((PlotSeries("loss", columns),), 0, 5000), 80, 10, UNICODE)
    for row in text[2:7]:
        spike = [place for place, sign in enumerate(row[AXIS:]) if 0x2801 <= ord(sign) <= 0x28FF]
        assert spike == [35]


def test_the_line_bridges_columns_without_a_value():
    bridged = PlotSeries("loss", [(4, 4, 4), None, None, None, (0, 0, 0)])
    text = drawn(PlotData((bridged,), 0, 4), 30, 8)
    assert sum("*" in row[AXIS:] for row in text[1:-1]) >= 5
    body = [row[AXIS:].ljust(22) for row in text[1:-1]]
    columns = ["".join(row[place] for row in body) for place in range(21)]
    assert all(set(column) & {"*", "v"} for column in columns)


def test_what_is_not_a_number_is_a_sign_and_never_drawn():
    nan, inf = math.nan, math.inf
    columns = [(1, 1, 1), (nan, nan, nan, 3), (1, inf, inf), (2, 2, 2), (1, 1, 1, 1)]
    text = drawn(PlotData((PlotSeries("loss", columns),), 0, 4), 30, 8)
    assert text[1].count("!") == 3
    assert "loss 1 " in text[0]
    labels = [row[: AXIS - 1].strip() for row in text[1:-1]]
    assert [label for label in labels if label] == ["2.0", "1.5", "1.0"]


def test_a_log_axis_has_powers_and_says_when_it_cannot_be():
    falling = [10.0**-power for power in range(6)]
    text = drawn(PlotData((series(*falling),), 0, 5, log=True), 60, 14)
    assert "log scale" in text[0]
    labels = [row[: AXIS - 1].strip() for row in text[1:-1]]
    assert [label for label in labels if label] == ["1", "0.1", "0.01", "0.001", "0.0001", "1e-5"]
    text = drawn(PlotData((series(*falling, 0.0),), 0, 5, log=True), 70, 14)
    assert "a log scale needs values above 0: linear" in text[0]
    assert text[-2].startswith("      0+")


def test_equal_values_and_one_point_lie_in_the_middle():
    for means in ([2.5], [2.5] * 100):
        for log in (False, True):
            text = drawn(PlotData((series(*means),), 0, 0, log=log), 40, 9)
            (row,) = [at for at, one in enumerate(text[1:-1]) if "<" in one]
            assert row in (3, 4)


def test_the_second_series_and_the_guess_are_told_apart_without_colour():
    data = PlotData(
        (series(*[3] * 50, name="train"), series(*[2] * 50, name="validation", last=1.96)),
        0,
        49,
        levels=(("guess", 2.5),),
    )
    text = drawn(data, 70, 12)
    assert text[0] == "*** train 3  o o validation 1.96  min 3 at 49  guess 2.5"
    assert sum("*****" in row for row in text[1:]) == 1
    assert sum("o o o" in row for row in text[1:]) == 1
    assert sum("- - -" in row for row in text[1:]) == 1


@pytest.mark.parametrize("glyphs", [ASCII, UNICODE], ids=lambda one: one.name)
def test_four_series_are_told_apart_without_colour(glyphs):
    data = PlotData(tuple(series(*[level] * 80, name=str(level)) for level in (1, 2, 3, 4)), 0, 79)
    text = drawn(data, 60, 12, glyphs)
    strokes = {row[AXIS + 8 : AXIS + 24].strip() for row in text[1:-1]} - {""}
    assert len(strokes) == 4
    samples = text[0].split("  min")[0].split("  ")
    assert len({one[:-2] for one in samples}) == 4
    assert [one[-1] for one in samples] == ["1", "2", "3", "4"]


def test_the_cursor_is_a_dotted_vertical_at_its_step():
    data = PlotData((series(*range(40)),), 0, 39, cursor=20)
    text = drawn(data, 49, 10)
    columns = {row.index("|", AXIS) for row in text[1:-1] if "|" in row[AXIS:]}
    assert columns == {AXIS + 20}
    away = PlotData((series(*range(40)),), 0, 39, cursor=41)
    assert not any("|" in row[AXIS:] for row in drawn(away, 49, 10))


def test_a_guess_far_away_does_not_flatten_the_curve():
    data = PlotData((series(1, 2),), 0, 1, levels=(("guess", 1000.0),))
    assert "guess 1000" in drawn(data, 60)[0]
    assert drawn(data, 60)[1].startswith("    2.0+")


def test_steps_below_the_plot_are_round_and_short():
    text = drawn(PlotData((series(1, 2),), 0, 1_500_000), 60)
    assert text[-1].split() == ["'0", "'500k", "'1M", "1.5M'"]
    assert drawn(PlotData((series(1, 2),), 0, 1), 60)[-1].split() == ["'0", "'1"]
    assert [count_text(count) for count in (0, 950, 12_000, 2_500_000)] == [
        "0",
        "950",
        "12k",
        "2.5M",
    ]


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(1, 12),
)
def test_ticks_are_few_in_order_and_on_the_axis(one, other, most):
    scale = spanning([one, other])
    found = [value for value, _ in ticks(scale, most)]
    assert len(found) <= most + 1
    assert found == sorted(found)
    assert all(-1e-6 <= scale.part(value) <= 1 + 1e-6 for value in found)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=40))
def test_a_line_has_no_gaps(heights):
    columns = line(list(enumerate(heights)), len(heights))
    for height, bits in zip(heights, columns, strict=True):
        assert bits >> height & 1
    for before, bits in pairwise(columns):
        grown = before | before << 1 | before >> 1
        assert bits & grown


numbers = st.floats() | st.sampled_from([0.0, -1.0, 1e-320, 1e308, -1e308, math.nan, math.inf])
columns = st.lists(
    st.none()
    | st.tuples(numbers, numbers, numbers)
    | st.tuples(numbers, numbers, numbers, numbers),
    max_size=60,
)


@given(columns, columns, st.booleans(), st.integers(0, 90), st.integers(1, 14), numbers)
def test_any_data_in_any_size_fill_the_widget_exactly(first, second, log, width, height, level):
    data = PlotData(
        (PlotSeries("train", first), *(PlotSeries("验证", second),) * 3),
        0,
        100,
        log=log,
        title="loss",
        levels=(("guess", level),),
        cursor=level,
    )
    for glyphs in (UNICODE, ASCII):
        rows = plot_lines(data, width, height, glyphs, "zh")
        assert len(rows) == height
        for row in rows:
            assert sum(cell_len(part.text) for part in row) == width


def test_a_scale_keeps_low_and_high_on_its_dots():
    scale = Scale(0, 10)
    assert [scale.dot(value, 5) for value in (-1, 0, 4.9, 10, 11)] == [0, 0, 2, 4, 4]


class PlotApp(App[None]):
    def compose(self):
        yield Plot()


async def test_the_widget_draws_what_it_is_shown_in_as_many_dots_as_it_has():
    app = PlotApp()
    async with app.run_test(size=(50, 10)) as pilot:
        plot = app.query_one(Plot)
        await pilot.pause()
        assert plot.dots_across == dots_across(50, UNICODE) == 82
        plot.show(PlotData((series(*range(82)),), 0, 81, title="loss"))
        await pilot.pause()
        shown = [strip.text for strip in app.screen._compositor.render_strips()]
        assert shown[0].startswith("loss  ⠤⠤⠤ loss 81  min 0 at 0")
        assert shown[8].startswith("      0⢼")
        plot.set_glyphs(ASCII)
        plot.set_language("zh")
        await pilot.pause()
        shown = [strip.text for strip in app.screen._compositor.render_strips()]
        assert shown[0].startswith("loss  *** loss 80.5  最小 0.5（第 0 步）")
        assert plot.dots_across == 41


async def test_a_plot_that_cannot_be_seen_works_nothing_out(monkeypatch):
    calls = []
    monkeypatch.setattr(
        "tutor.tui.plot.plot.plot_lines", lambda *all: calls.append(1) or plot_lines(*all)
    )
    app = PlotApp()
    async with app.run_test(size=(50, 10)) as pilot:
        await pilot.pause()
        plot = app.query_one(Plot)
        plot.display = False
        await pilot.pause()
        calls.clear()
        plot.show(PlotData((series(1, 2),)))
        await pilot.pause()
        assert not calls
        plot.display = True
        await pilot.pause()
        assert len(calls) == 1
        plot.show(PlotData((series(1, 2),)))
        await pilot.pause()
        assert len(calls) == 1


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_every_theme_draws_it(theme):
    app = PlotApp()
    async with app.run_test(size=(50, 10)) as pilot:
        app.theme = theme
        app.query_one(Plot).show(PlotData((series(1, 2), series(1, 3)), 0, 1, log=True))
        await pilot.pause()
        assert "log scale" in app.screen._compositor.render_strips()[0].text
