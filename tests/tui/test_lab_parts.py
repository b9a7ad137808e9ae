"""What the pane is made of: lines of words, the knobs, the axis, the points of a curve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from tests.training.labs import SOFTMAX
from tutor.training.curves import Bin
from tutor.training.protocol import Evaluation, Metrics, Ready, State
from tutor.training.snapshot import MOST_EVALUATIONS, Mark, Snapshot, begun, heard
from tutor.tui.lab.curve import columns, length, measured, plot_data, run_names
from tutor.tui.lab.knobs import rung, turned_pace, turned_rate
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


def test_the_evaluations_of_a_long_run_are_thinned_and_begin_anew_with_another():
    ready = Ready(1, "x", 4, 2, 9, 3, 1, 1, 0, 0.7)
    shot = heard(Snapshot(run=1), ready)
    for step in range(5000):
        loss = 1 / (step + 1)
        shot = heard(shot, Evaluation(1, step, loss, None, loss, None))
    assert len(shot.evaluations) <= MOST_EVALUATIONS
    assert (shot.evaluations[0].step, shot.evaluations[-1].step) == (0, 4999)
    points = measured(shot.evaluations, 10, 5000)
    assert points[-1] == (1 / 5000,) * 3
    assert heard(shot, replace(ready, run=2)).evaluations == ()


def test_a_curve_of_nothing_is_no_error():
    data = plot_data(Snapshot(), 38, log=True, language="zh")
    assert [series.last for series in data.series] == [None]


def test_runs_are_named_by_what_differs():
    shots = []
    for run, (seed, rate) in enumerate([(0, 0.5), (0, 0.05), (7, 0.05)]):
        shot = begun(Snapshot(), SOFTMAX, run)
        shot = heard(shot, Ready(run, "x", 4, 2, 9, 3, 1, 1, seed, 0.7))
        shots.append(shot.changed(knobs={**shot.knobs, "learning_rate": rate}))
    names = ["rate 0.5 seed 0", "rate 0.05 seed 0", "rate 0.05 seed 7"]
    assert run_names(shots, "en") == names
    data = plot_data(shots[-1], 38, kept=shots[:-1], language="en")
    assert [series.name for series in data.series] == [names[2], names[1], names[0]]


def test_a_fork_begins_where_it_was_taken():
    shot = heard(Snapshot(run=1), Ready(1, "x", 4, 2, 9, 3, 1, 1, 0, 0.7, step=10))
    shot = heard(shot, Metrics(1, 12, 1.0, 0.5, losses=(0.6, 0.5)))
    drawn = columns(shot, 20, 20)
    assert drawn[:10] == [None] * 10
    assert [one[2] for one in drawn[10:12]] == [0.6, 0.5]
    assert shot.curve.at(1) == (1, Bin(0.5, 0.5, 0.5, 1, 0))
    with pytest.raises(IndexError):
        shot.curve.at(2)


def test_a_knob_that_is_turned_is_marked_where_it_acts():
    shot = heard(Snapshot(run=1), Ready(1, "x", 4, 2, 9, 3, 1, 1, 0, 0.7))
    knobs = {"learning_rate": 0.5, "batch": 4}
    shot = heard(shot, State(1, "training", 0, 9, knobs, 0.0))
    assert shot.marks == ()
    shot = heard(shot, State(1, "training", 5, 9, {**knobs, "batch": 8}, 0.0))
    assert shot.marks == (Mark(5, "batch", 8),)
    assert shot.learning_rate == 0.5
    assert plot_data(shot, 38, language="en").marks == (5,)
