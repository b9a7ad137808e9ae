"""What the pane is made of: lines of words, the knobs, the axis, the points of a curve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tutor.training.snapshot import Snapshot
from tutor.tui.lab_curve import MOST_POINTS, Points, length, plot_data
from tutor.tui.lab_knobs import rung, turned_pace, turned_rate
from tutor.tui.lab_words import loss_text, part_text, speed_text
from tutor.tui.wrapping import CLOSING, OPENING, Item, flow, wrapped

WORDS = st.text(st.sampled_from("ab 0.-（）损失是，。"), max_size=60)


@given(WORDS, st.integers(4, 40))
def test_wrapped_lines_fit_and_hold_every_letter(text, width):
    lines = wrapped(text, width)
    assert all(0 < cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.floats(0.001, 1e4).map("{:.4g}".format), max_size=12), st.integers(12, 40))
def test_a_number_is_never_parted(numbers, width):
    text = "，梯度是".join(numbers)
    # At most a comma before it and one behind.
    lines = wrapped(text, width)
    assert all(any(number in line for line in lines) for number in numbers)


def test_chinese_breaks_anywhere_but_before_a_full_stop_and_after_an_opening_bracket():
    text = "请调低学习率（0.1），重新开始。"
    for width in range(6, 40):
        lines = wrapped(text, width)
        assert not any(line[0] in CLOSING for line in lines if width > 8)
        assert not any(line[-1] in OPENING for line in lines if width > 8)


def test_items_are_kept_whole_and_have_their_room():
    items = [Item("training"), Item("step 7", 12), Item("epoch 3")]
    assert flow(items, 40) == ["training  step 7        epoch 3"]
    assert flow(items, 22) == ["training  step 7", "epoch 3"]
    assert flow(items, 10) == ["training", "step 7", "epoch 3"]
    # The same lines whatever the number of steps is at the moment.
    for step in ("step 7", "step 77", "step 777777"):
        lines = flow([items[0], Item(step, 12), items[2]], 40)
        assert len(lines) == 1
        assert lines[0].index("epoch") == 24


def test_the_ladder_of_rates_goes_by_1_2_and_5_and_back():
    rate, up = 0.1, []
    while (following := turned_rate(rate, 1)) is not None:
        rate = following
        up.append(rate)
    assert up[:6] == [0.2, 0.5, 1.0, 2.0, 5.0, 10.0]
    assert up[-1] == 1000.0
    down = []
    while (following := turned_rate(rate, -1)) is not None:
        rate = following
        down.append(rate)
    assert 0.1 in down
    assert down[-1] == 1e-5
    assert turned_rate(0.3, 1) == 0.5
    assert turned_rate(0.3, -1) == 0.2
    assert turned_rate(0.0, 1) == 1e-5
    assert turned_rate(0.0, -1) is None


@given(st.floats(1e-9, 1e9), st.sampled_from([1, -1]))
def test_a_rung_is_the_next_and_not_far(value, way):
    following = rung(value, way)
    assert way * following > way * value
    assert following / value <= 2.6 if way > 0 else value / following <= 2.6


def test_the_speed_goes_from_one_step_a_second_to_full_speed_and_back():
    assert turned_pace(40.0, 1) == 50.0
    assert turned_pace(1000.0, 1) == 0.0
    assert turned_pace(0.0, 1) is None
    assert turned_pace(0.0, -1) == 1000.0
    assert turned_pace(1.0, -1) is None


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_the_axis_holds_the_run_and_moves_rarely(step, until):
    steps = length(step, until)
    assert step <= steps
    assert steps == until or str(steps).rstrip("0") in ("1", "2", "5")
    assert steps <= max(20, 2.5 * step, until if step <= until else 0)


def test_the_points_of_a_long_run_are_thinned_and_begin_anew_with_it():
    points = Points()
    for step in range(5000):
        points.add(step, 1 / (step + 1))
    assert len(points.known) <= MOST_POINTS
    assert points.known[0] == (0, 1.0)
    points.add(5001, None)
    assert points.known[-1][0] < 5001
    points.add(3, 0.5)
    assert points.known == [(3, 0.5)]
    points.add(3, 0.4)
    assert points.known == [(3, 0.5)]
    assert points.columns(10, 20)[1] == (0.5, 0.5, 0.5)


def test_a_curve_of_nothing_is_no_error():
    data = plot_data(Snapshot(), Points(), 38, log=True, language="zh")
    assert data.series[0].last is None
    assert data.x_last == 20


@pytest.mark.parametrize(
    ("loss", "text"),
    [(None, "-"), (0.0, "0"), (0.31234, "0.312"), (108.3611, "108.361"), (5e21, "5e21"),
     (0.00012345, "0.00012"), (0.0000123, "1.2e-5"), (999.9999, "1000"), (12345.6, "12346")],
)  # fmt: skip
def test_losses_are_short(loss, text):
    assert loss_text(loss) == text
    assert len(text) <= 7


def test_shares_and_speeds():
    assert part_text(0.912) == "91.2 %"
    assert part_text(1) == "100.0 %"
    assert part_text(None) == "-"
    assert [speed_text(steps) for steps in (0, 3.94, 39.7, 123456)] == ["0", "3.9", "40", "123.5k"]
