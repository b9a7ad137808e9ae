import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.training.curves import Bin, Series, folded

losses = st.floats(-1e6, 1e6) | st.sampled_from([math.nan, math.inf, -math.inf])
whole = st.integers(-1000, 1000).map(float)


def pieces(values, cuts):
    edges = [0, *sorted(cut % (len(values) + 1) for cut in cuts), len(values)]
    return [values[a:b] for a, b in itertools.pairwise(edges)]


@given(st.lists(losses), st.integers(2, 9))
def test_no_spike_and_no_value_is_lost(values, capacity):
    series = Series(capacity)
    series.extend(values)
    finite = [value for value in values if math.isfinite(value)]
    assert len(series.bins) <= capacity
    assert series.count == len(values) == sum(held.size for held in series.bins)
    assert sum(held.lost for held in series.bins) == len(values) - len(finite)
    assert series.low == min(finite, default=None)
    assert series.high == max(finite, default=None)
    assert math.isclose(sum(held.total for held in series.bins), sum(finite), abs_tol=1e-3)


@given(st.lists(losses, min_size=1), st.integers(2, 9))
def test_every_bin_holds_what_its_own_values_say(values, capacity):
    series = Series(capacity)
    series.extend(values)
    start = 0
    for held in series.bins:
        expected = folded(values[start : start + held.size])
        assert held.low == expected.low
        assert held.high == expected.high
        assert held.lost == expected.lost
        assert math.isclose(held.total, expected.total, abs_tol=1e-3)
        start += held.size


@given(st.lists(whole), st.lists(st.integers(0, 10**6)), st.integers(2, 9))
def test_bins_do_not_depend_on_how_the_values_came(values, cuts, capacity):
    at_once, in_pieces, one_by_one = Series(capacity), Series(capacity), Series(capacity)
    at_once.extend(values)
    for piece in pieces(values, cuts):
        in_pieces.extend(piece)
    for value in values:
        one_by_one.append(value)
    assert at_once.bins == in_pieces.bins == one_by_one.bins
    assert at_once.last == in_pieces.last == one_by_one.last


@given(st.lists(whole, min_size=1), st.integers(2, 9))
def test_the_past_changes_only_by_merging_neighbours(values, capacity):
    series = Series(capacity)
    for value in values:
        before = series.bins
        series.append(value)
        edges, start = set(), 0
        for held in series.bins:
            start += held.size
            edges.add(start)
        # All bins but the one that was still being filled end where a bin ended before.
        old, start = {series.count}, 0
        for held in before:
            start += held.size
            old.add(start)
        assert edges <= old


made_elsewhere = st.lists(st.lists(whole, min_size=1, max_size=20), max_size=40)


@given(made_elsewhere, st.integers(2, 9))
def test_bins_made_elsewhere_count_like_the_values_in_them(groups, capacity):
    series = Series(capacity)
    for group in groups:
        series.add(folded(group))
    values = [value for group in groups for value in group]
    assert len(series.bins) <= capacity
    assert series.count == len(values)
    assert series.low == min(values, default=None)
    assert series.high == max(values, default=None)
    assert sum(held.total for held in series.bins) == sum(values)


@given(st.lists(losses), st.integers(2, 9), st.integers(1, 40), st.integers(0, 100))
def test_columns_show_every_bin_once(values, capacity, width, span):
    series = Series(capacity)
    series.extend(values)
    columns = series.columns(width, span)
    assert len(columns) == width
    drawn = [column for column in columns if column is not None]
    finite = [column for column in drawn if not math.isnan(column.low)]
    assert sum(column.lost for column in drawn) == sum(held.lost for held in series.bins)
    assert min((column.low for column in finite), default=None) == series.low
    assert max((column.high for column in finite), default=None) == series.high
    for column in finite:
        assert column.low <= column.mean <= column.high


def test_a_spike_is_drawn_in_the_column_of_its_step():
    series = Series(64)
    values = [1.0] * 1000
    values[730] = 99.0
    series.extend(values)
    columns = series.columns(10)
    assert [column.high for column in columns] == [1.0] * 7 + [99.0] + [1.0] * 2


def test_fewer_values_than_columns_leave_columns_to_be_bridged():
    series = Series()
    series.extend([3.0, 2.0])
    assert [column and column.mean for column in series.columns(4)] == [3.0, None, 2.0, None]
    assert [column and column.mean for column in series.columns(4, 4)] == [3.0, 2.0, None, None]


def test_a_column_of_nothing_finite_is_not_a_gap():
    series = Series()
    series.extend([1.0, math.nan])
    column = series.columns(2)[1]
    assert column is not None
    assert math.isnan(column.mean)
    assert column.lost == 1


def test_ten_million_values_fit_in_the_capacity():
    series = Series()
    chunk = [0.5] * 10_000
    for _ in range(1000):
        series.extend(chunk)
    assert series.count == 10_000_000
    assert 1024 <= len(series.bins) <= 2048
    assert sum(held.total for held in series.bins) == 5_000_000


def test_a_hole_is_counted_and_never_drawn_as_a_loss():
    series = Series()
    series.append(2.0)
    series.add(Bin(math.inf, -math.inf, 0.0, 5, 5))
    assert series.count == 6
    assert (series.low, series.high) == (2.0, 2.0)


def test_a_series_needs_two_bins():
    with pytest.raises(ValueError, match="two bins"):
        Series(1)
