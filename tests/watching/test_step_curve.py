"""The curve of a tag: bounded, with every spike, whatever the steps are."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.training.curves import Bin
from tutor.watching.step_curve import StepCurve

CAPACITY = 8

rising = st.lists(
    st.tuples(st.integers(0, 1000), st.floats(-1e6, 1e6) | st.sampled_from([math.nan, math.inf])),
    min_size=1, max_size=200,
).map(lambda found: sorted(found, key=lambda one: one[0]))  # fmt: skip


def curve(values, capacity=CAPACITY):
    made = StepCurve()
    for step, value in values:
        made.append(step, value, capacity)
    return made


@given(rising, st.integers(1, 40))
def test_whatever_comes_it_is_bounded_and_no_value_is_lost(values, width):
    made = curve(values)
    finite = [value for _, value in values if math.isfinite(value)]
    assert len(made) <= CAPACITY
    assert made.count == len(values)
    assert (made.low, made.high) == (min(finite, default=None), max(finite, default=None))
    assert made.last_step == values[-1][0]
    columns = [one for one in made.columns(width, values[0][0], values[-1][0]) if one]
    assert sum(one.lost for one in columns) == len(values) - len(finite)
    lows = [one.low for one in columns if math.isfinite(one.mean)]
    assert min(lows, default=None) == made.low
    highs = [one.high for one in columns if math.isfinite(one.mean)]
    assert max(highs, default=None) == made.high


def test_few_values_stand_where_their_steps_are():
    made = curve([(0, 3.0), (50, 2.0), (100, 1.0)])
    columns = made.columns(11, 0, 100)
    assert [at for at, one in enumerate(columns) if one] == [0, 5, 10]
    assert [one.mean for one in columns if one] == [3, 2, 1]
    assert made.columns(4, 40, 60)[2].mean == 2
    assert made.columns(0, 0, 1) == []


def test_a_single_spike_of_a_million_values_is_kept():
    made = curve(((step, 9.0 if step == 777 else 1.0) for step in range(20_000)), 64)
    peak = [at for at, one in enumerate(made.columns(100, 0, 19_999)) if one and one.high == 9]
    assert peak in ([3], [2])
    assert made.high == 9


def test_the_past_does_not_change_but_by_merging():
    made = StepCurve()
    for step in range(1000):
        made.append(step, float(step), CAPACITY)
        place, held = made.around(0)
        assert place == 0
        assert held.low == 0
        assert held.high == held.size - 1


def test_a_step_back_drops_what_was_measured_after_it():
    made = curve([(step, 1.0) for step in range(6)], 100)
    made.append(3, 7.0, 100)
    assert made.went_back == 1
    assert made.count == 4
    assert [one.mean for one in made.columns(4, 0, 3)] == [1, 1, 1, 7]
    made.append(3, 8.0, 100)
    assert (made.went_back, made.count, made.last) == (1, 5, 8.0)


def test_what_was_last_before_a_drop_is_known_where_it_stands_alone():
    made = curve([(step, step / 2) for step in range(0, 60, 10)], 100)
    made.drop_after(25)
    assert (made.count, made.last_step, made.last, made.went_back) == (3, 20, 10.0, 0)
    made.drop_after(25)
    assert made.last == 10.0
    merged = curve([(step, 1.0) for step in range(16)], 4)
    merged.drop_after(9)
    assert (merged.last, merged.last_step) == (None, 9)


@given(rising, rising)
def test_any_step_back_keeps_the_steps_in_order(values, more):
    made = curve([*values, *more])
    steps = list(made._steps)
    assert steps == sorted(steps)
    assert len(made) <= CAPACITY
    assert made.count == sum(made._sizes)


def test_values_of_consecutive_steps_come_as_bins():
    made = StepCurve()
    made.add(1, 100, Bin(1.0, 5.0, 200.0, 100, 0), 2.0, 16)
    made.append(101, 3.0, 16)
    assert (made.count, made.last_step, made.last) == (101, 101, 3.0)
    assert made.around(50) == (1, Bin(1.0, 5.0, 200.0, 100, 0))
    assert made.around(101)[0] == 101


def test_smoothing_is_the_average_without_bias_and_leaves_the_band():
    values = [4.0, 2.0, 8.0, 6.0]
    made = curve(enumerate(values), 100)
    total = known = 0.0
    for value, column in zip(values, made.columns(4, 0, 3, smoothing=0.9), strict=True):
        total, known = 0.9 * total + 0.1 * value, 0.9 * known + 0.1
        assert column.mean == pytest.approx(total / known)
        assert column.low == column.high == value


def test_smoothing_passes_over_what_is_not_finite():
    made = curve([(0, math.nan), (1, 2.0), (2, math.inf), (3, 2.0)], 100)
    means = [one.mean for one in made.columns(4, 0, 3, smoothing=0.5)]
    assert math.isnan(means[0])
    assert means[1:] == [2, 2, 2]


def test_fewer_bins_can_be_asked_for_later():
    made = curve(enumerate(range(100)), 100)
    made.shrink(10)
    assert len(made) <= 10
    assert made.count == 100
