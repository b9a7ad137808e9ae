from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine.precision import MOST_PLACES, Precision

numbers = st.floats(-1e6, 1e6) | st.integers(-99999, 99999).map(lambda n: n / 1000)
places = st.integers(0, MOST_PLACES)
figures = st.integers(1, MOST_PLACES)


def by_decimal(value, unit):
    """What the decimal module rounds to; repr is the number as a person wrote it."""
    return float(Decimal(repr(value)).quantize(unit, rounding=ROUND_HALF_UP))


@given(value=numbers, count=places)
def test_rounding_to_decimals_is_that_of_paper(value, count):
    expected = by_decimal(value, Decimal(1).scaleb(-count))
    assert float(Precision(decimals=count).round(value)) == expected


@given(value=numbers.filter(lambda value: abs(value) > 1e-6), count=figures)
def test_rounding_to_figures_is_that_of_paper(value, count):
    exponent = Decimal(repr(value)).adjusted()
    expected = by_decimal(value, Decimal(1).scaleb(exponent - count + 1))
    assert float(Precision(figures=count).round(value)) == pytest.approx(expected, rel=1e-15)


@given(value=numbers, count=places)
def test_rounding_again_changes_nothing_and_moves_by_half_a_unit_at_most(value, count):
    for precision in (Precision(decimals=count), Precision(figures=max(1, count))):
        rounded = float(precision.round(value))
        assert float(precision.round(rounded)) == rounded
        assert abs(rounded - value) <= float(precision.half_unit(value)) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("precision", "value", "text"),
    [
        (Precision(decimals=3), 0.1540063, "0.154"),
        (Precision(decimals=3), 2.0, "2.000"),
        (Precision(decimals=3), -0.0004, "0.000"),
        (Precision(decimals=3), 0.0125, "0.013"),
        (Precision(decimals=2), 1.005, "1.01"),
        (Precision(decimals=0), 2.5, "3"),
        (Precision(decimals=0), -2.5, "-3"),
        (Precision(decimals=2), 123456789.125, "123456789.13"),
        (Precision(decimals=5), 1e300, f"{1e300:.5f}"),
        (Precision(figures=3), 0.000412345, "0.000412"),
        (Precision(figures=3), 9.996, "10.0"),
        (Precision(figures=3), 0.9996, "1.00"),
        (Precision(figures=3), 1234.5, "1230"),
        (Precision(figures=4), 1000.0, "1000"),
        (Precision(figures=4), 0.001, "0.001000"),
        (Precision(figures=4), 0.0, "0"),
        (Precision(decimals=3), -np.inf, "-inf"),
        (Precision(figures=3), np.inf, "inf"),
    ],
)
def test_a_number_is_written_with_the_places_asked(precision, value, text):
    assert precision.text(value) == text


def test_half_a_unit():
    np.testing.assert_allclose(Precision(decimals=2).half_unit([0, 5, 1e9]), 0.005)
    np.testing.assert_allclose(
        Precision(figures=3).half_unit([0, 5, 9.99, 10, 1e9, -0.002]),
        [0, 0.005, 0.005, 0.05, 5e6, 5e-6],
    )


@pytest.mark.parametrize("precision", [Precision(decimals=3), Precision(figures=3)])
@pytest.mark.parametrize("value", [0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, 1.7e308, -1e-310])
def test_the_ends_of_the_floats_are_kept(precision, value):
    rounded = float(precision.round(value))
    assert rounded == pytest.approx(value, abs=0.001, nan_ok=True)
    assert precision.half_unit(value) >= 0
    assert precision.text(value)


@pytest.mark.parametrize(
    "asked",
    [{}, {"decimals": 3, "figures": 3}, {"decimals": -1}, {"decimals": 9}, {"figures": 0}],
)
def test_a_precision_is_decimals_or_figures_within_what_floats_keep(asked):
    with pytest.raises(ValueError, match=r"decimals|figures"):
        Precision(**asked)


def test_lowered_and_raised_take_the_number_or_what_it_is_rounded_to():
    values = np.array([0.3679, 0.1357, -0.3679, 0.0125, 0.5, 1e300, np.inf, -np.inf])
    low, high = (getattr(Precision(decimals=3), to)(values) for to in ("lowered", "raised"))
    np.testing.assert_allclose(low[:5], [0.3679, 0.1357, -0.368, 0.012, 0.5], rtol=1e-12)
    np.testing.assert_allclose(high[:5], [0.368, 0.136, -0.3679, 0.013, 0.5], rtol=1e-12)
    np.testing.assert_allclose(low[5:], values[5:], rtol=1e-15)
    np.testing.assert_allclose(high[5:], values[5:], rtol=1e-15)
    values = np.array([12345.0, 0.0, -9.9995, 1235.0])
    low, high = (getattr(Precision(figures=3), to)(values) for to in ("lowered", "raised"))
    np.testing.assert_allclose(low, [12300, 0, -10, 1230])
    np.testing.assert_allclose(high, [12345, 0, -9.9995, 1240])


@given(
    value=st.floats(-1e6, 1e6),
    precision=st.sampled_from([Precision(decimals=2), Precision(figures=3)]),
)
def test_what_is_rounded_lies_between_lowered_and_raised(value, precision):
    array = np.array(value)
    low, high = precision.lowered(array), precision.raised(array)
    noise = precision.noise(array)
    assert low - noise <= precision.round(array) <= high + noise
    assert precision.lowered(low) >= low - noise
    assert precision.raised(high) <= high + noise
