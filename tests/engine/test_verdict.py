import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine.answer import read_array, read_cell, read_cells
from tutor.engine.precision import Precision
from tutor.engine.spread import Bounded
from tutor.engine.verdict import ACCEPTED, Mark, Target, judge, overall

THREE = Precision(decimals=3)
FOUR_FIGURES = Precision(figures=4)


def mark(text, value, slack=0.0, precision=THREE, follows=None, exact=False):
    """What is said of one cell."""
    following = None if follows is None else Bounded.within(np.array(follows), np.array(slack))
    target = Target(
        Bounded.within(np.array(float(value)), np.array(slack)), precision, following, exact
    )
    verdict = judge(read_cells([text], ()), target)
    assert len(verdict.cells) == 1
    return verdict.cells[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.154", 0.1540063),
        (".154", 0.1540063),
        ("0.1540063", 0.1540063),
        ("15.4%", 0.1540063),
        ("1.616/10.493", 0.1540063),
        ("e^0.48", 1.6160744),
        ("-0.667", -2 / 3),
        ("−0.667", -2 / 3),
        ("-2/3", -2 / 3),
        ("2", 2.0),
        ("2", 1.9996),
        ("0.5", 0.5),
        ("0", 0.0004),
        ("0", 0.0),
        ("-0", 0.0),
        ("1e3", 1000.0),
    ],
)
def test_right(text, value):
    assert mark(text, value) == Mark.RIGHT


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.155", 0.1540063),
        ("0.1546", 0.1540063),
        ("-0.154", 0.1540063),
        ("0.846", 0.1540063),
        ("0", 0.1540063),
        ("0.0", 0.04),
        ("0.7", 0.1540063),
        ("0.66", 0.6549),
        ("15.4", 0.1540063),
        ("0.658", 0.659),
        ("1/6", 0.1540063),
        ("1e300", 1.0),
        ("inf", 1.0),
        ("1230", 1234.5),
    ],
)
def test_wrong(text, value):
    assert mark(text, value) == Mark.WRONG


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.66", 0.659),
        ("0.7", 0.659),
        ("1", 0.659),
        ("0.15", 0.1540063),
        ("15%", 0.1540063),
        ("-0.67", -2 / 3),
        ("2.5", 2.5349),
        ("0.2", 0.25),
        ("0.3", 0.25),
    ],
)
def test_too_coarse_is_the_truth_with_fewer_places(text, value):
    assert mark(text, value) == Mark.COARSE


def test_what_is_computed_is_never_too_coarse():
    assert mark("1/3", 0.3) == Mark.WRONG
    assert mark("0.3", 1 / 3) == Mark.COARSE


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("0.0004123", 0.00041226, Mark.RIGHT),
        ("4.123e-4", 0.00041226, Mark.RIGHT),
        ("0.000412", 0.00041226, Mark.COARSE),
        ("4.1e-4", 0.00041226, Mark.COARSE),
        ("0.000", 0.00041226, Mark.WRONG),
        ("0.0004124", 0.00041226, Mark.WRONG),
        ("1235", 1234.5, Mark.RIGHT),
        ("1234", 1234.5, Mark.RIGHT),
        ("1234.5", 1234.5, Mark.RIGHT),
        ("1230", 1234.5, Mark.COARSE),
        ("1000", 1234.5, Mark.COARSE),
        ("1200", 1260.0, Mark.WRONG),
        ("123500", 123456.0, Mark.RIGHT),
        ("123000", 123456.0, Mark.COARSE),
        ("123450", 123456.0, Mark.RIGHT),
        ("9.9996", 9.9996, Mark.RIGHT),
        ("10", 9.9996, Mark.RIGHT),
        ("10.00", 9.9996, Mark.RIGHT),
        ("2", 2.0, Mark.RIGHT),
        ("0", 0.0, Mark.RIGHT),
        ("0", 1e-15, Mark.RIGHT),
        ("1e-9", 0.0, Mark.WRONG),
        ("2e-9", 1e-9, Mark.WRONG),
    ],
)
def test_significant_figures(text, value, expected):
    assert mark(text, value, precision=FOUR_FIGURES) == expected


@given(step=st.integers(-5000, 5000), slack=st.sampled_from([0.0, 0.0003, 0.002]))
def test_both_neighbours_of_a_tie_are_right(step, slack):
    tie = (step + 0.5) / 1000
    for neighbour in (step / 1000, (step + 1) / 1000):
        assert mark(f"{neighbour:.3f}", tie, slack) == Mark.RIGHT


@given(step=st.integers(-5000, 5000), slack=st.integers(0, 40), apart=st.integers(0, 80))
def test_right_ends_where_slack_and_half_a_unit_end(step, slack, apart):
    value, answer = step / 1000, (10 * step + apart) / 10000
    said = mark(f"{answer:.4f}", value, slack / 10000)
    assert (said == Mark.RIGHT) == (apart <= slack + 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0.098", Mark.WRONG), ("0.0981", Mark.RIGHT), ("0.0995", Mark.RIGHT), ("0.0996", Mark.WRONG)],
)
def test_each_end_of_an_interval_counts_by_itself(text, expected):
    truth = Bounded(np.array(0.0986), np.array(0.09855), np.array(0.099))
    assert judge(read_cells([text], ()), Target(truth, THREE)).cells == (expected,)


def test_half_a_unit_is_of_the_size_of_the_nearer_end():
    truth = Bounded(np.array(99.99), np.array(99.98), np.array(100.2))
    target = Target(truth, FOUR_FIGURES)
    said = [judge(read_cells([text], ()), target).overall for text in ("99.97", "100.25", "100.3")]
    assert said == [Mark.WRONG, Mark.RIGHT, Mark.WRONG]


def test_follows_from_what_the_learner_had():
    assert mark("0.4", 0.3, follows=0.4) == Mark.FOLLOWS
    assert mark("0.412", 0.3, follows=0.41209) == Mark.FOLLOWS
    assert mark("0.3", 0.3, follows=0.4) == Mark.RIGHT
    assert mark("0.41", 0.3, follows=0.41209) == Mark.COARSE
    assert mark("0.5", 0.3, follows=0.4) == Mark.WRONG
    assert mark("0.4", 0.3, follows=np.nan) == Mark.WRONG


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("3", 3.0, Mark.RIGHT),
        ("3.0", 3.0, Mark.RIGHT),
        ("3", 2.9999999999999996, Mark.RIGHT),
        ("3.0004", 3.0, Mark.WRONG),
        ("3", 3.5, Mark.WRONG),
        ("4", 3.0, Mark.WRONG),
        ("6/2", 3.0, Mark.RIGHT),
    ],
)
def test_exact_answers_have_no_slack(text, value, expected):
    assert mark(text, value, slack=0.9, exact=True) == expected


def test_blank_and_unreadable():
    for blank in ("", "   "):
        assert mark(blank, 1.0) == Mark.BLANK
    for unreadable in ("12 3", "0,154", "abc", "1e"):
        assert mark(unreadable, 1.0) == Mark.UNREADABLE


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("-inf", -np.inf, Mark.RIGHT),
        ("inf", -np.inf, Mark.WRONG),
        ("-1000000", -np.inf, Mark.WRONG),
        ("0", -np.inf, Mark.WRONG),
        ("-inf", -1e300, Mark.WRONG),
        ("0", np.nan, Mark.WRONG),
    ],
)
def test_infinity_is_met_by_infinity_only(text, value, expected):
    assert mark(text, value) == expected


def test_where_no_bound_exists_only_the_rounded_truth_is_right():
    assert mark("0.3", 0.3004, slack=np.inf) == Mark.RIGHT
    assert mark("5", 0.3004, slack=np.inf) == Mark.WRONG


ORDER = [Mark.UNREADABLE, Mark.WRONG, Mark.BLANK, Mark.COARSE, Mark.FOLLOWS, Mark.RIGHT]


@given(marks=st.lists(st.sampled_from(ORDER), min_size=1))
def test_the_worst_cell_decides_over_the_whole(marks):
    worst = min(marks, key=ORDER.index)
    assert overall(marks) == (Mark.INCOMPLETE if worst == Mark.BLANK else worst)


def target(value, **more):
    value = np.asarray(value, dtype=float)
    return Target(Bounded.exactly(value), THREE, **more)


def test_cells_are_judged_row_by_row():
    verdict = judge(
        read_cells(["1", "2.5", "", "x"], (2, 2)),
        target([[1.0, 2.0], [3.0, 4.0]]),
    )
    assert verdict.cells == (Mark.RIGHT, Mark.WRONG, Mark.BLANK, Mark.UNREADABLE)
    assert verdict.overall == Mark.UNREADABLE
    assert not verdict.accepted


def test_only_right_and_follows_are_accepted():
    assert {Mark.RIGHT, Mark.FOLLOWS} == ACCEPTED
    assert judge(read_array("[1, 2]"), target([1.0, 2.0])).accepted


@pytest.mark.parametrize("text", ["1", "[1, 2, 3]", "[[1, 2]]", "1; 2", "[[1, 2], [3, 4]]"])
def test_a_wrong_shape_is_wrong_and_has_no_cells(text):
    verdict = judge(read_array(text), target([1.0, 2.0]))
    assert (verdict.overall, verdict.cells, verdict.wrong_shape) == (Mark.WRONG, (), True)


def test_a_cell_as_typed_is_what_is_judged():
    assert read_cell("15.4%").places == 3
    assert judge(read_array("0.659 24.2% .0986"), target([0.659, 0.2424, 0.0986])).accepted
