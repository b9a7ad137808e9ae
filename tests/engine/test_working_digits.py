"""How many digits of a number are written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.formulas import precisions
from tutor.engine.precision import Precision
from tutor.engine.working import digits

THREE = Precision(decimals=3)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"), (0.24243, "0.242"), (0.99996, "1.000"), (-2.0, "-2"), (0.0, "0"),
        (-0.0, "0"), (1e-5, "1e-5"), (0.00041234, "0.000412"), (0.0005, "0.001"), (0.125, "0.125"),
        (math.inf, "inf"), (-math.inf, "-inf"), (12345.0, "12345"), (2.5e14, "2.5e14"),
        (1 / 3, "0.333"),
    ],
)  # fmt: skip
def test_a_result(value, text):
    assert digits.result(value, THREE) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0625, "0.0625"), (1 / 3, "0.333"), (0.1 + 0.2, "0.3"), (1e-8, "1e-8"), (1000.0, "1000"),
        (-0.5, "-0.5"), (784.0, "784"), (0.00012, "0.00012"), (math.pi, "3.142"),
    ],
)  # fmt: skip
def test_a_given_number_keeps_its_digits(value, text):
    assert digits.given(value, THREE) == text


def test_figures():
    four = Precision(figures=4)
    assert digits.result(0.000123456, four) == "0.0001235"
    assert digits.result(0.00025, four) == "0.00025"
    assert digits.result(123456.0, four) == "123456"
    assert digits.result(123456.7, four) == "123500"


@given(st.floats(-1e6, 1e6), precisions)
def test_what_is_written_is_as_near_as_asked(value, precision):
    text = digits.result(value, precision)
    assert abs(float(text) - value) <= float(precision.half_unit(value)) * 1.001 + 1e-12


@given(st.floats(-1e300, 1e300) | st.sampled_from([math.inf, -math.inf]), precisions)
def test_every_number_can_be_written(value, precision):
    for text in (digits.result(value, precision), digits.given(value, precision)):
        assert text == "inf" or text == "-inf" or math.isfinite(float(text))
        assert len(text) <= 26
