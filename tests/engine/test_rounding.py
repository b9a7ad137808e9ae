from random import Random

import numpy as np
import pytest

from tests.engine.honest import work
from tutor.engine.formula import parse
from tutor.engine.precision import Precision
from tutor.engine.rounding import bounded
from tutor.engine.spread import Bounded

THREE = Precision(decimals=3)


def slack(text, precision=THREE, **names):
    """The radii of a formula over givens, which are exact, and over what is bounded already."""
    known = {
        name: one if isinstance(one, Bounded) else Bounded.exactly(np.asarray(one, float))
        for name, one in names.items()
    }
    return bounded(parse(text, names), known, precision).radius


def interval(text, precision=THREE, **names):
    """The ends of a formula over exact givens."""
    known = {name: Bounded.exactly(np.asarray(one, float)) for name, one in names.items()}
    bound = bounded(parse(text, names), known, precision)
    return [bound.low, bound.high]


def off(value, radius):
    """A number that may be off by as much as a radius."""
    value = np.asarray(value, float)
    return Bounded.within(value, np.full(value.shape, float(radius)))


@pytest.mark.parametrize("precision", [THREE, Precision(figures=3)])
@pytest.mark.parametrize(
    "text",
    [
        "x + x * 3 - 2**5",
        "x @ x",
        "sum(x * x) / 2",
        "prod(x)",
        "cumsum(x)",
        "mean([x, x + 1, x + 2], axis=0)",
        "outer(x, x)",
        "conv2d(outer(x, x), [[1, -1], [0, 2]], padding=1)",
        "maximum(r, 0) * (r < 0)",
        "relu(r - 1) * 0.5",
        "where(x > 1, x, -inf)",
        "causal_mask(3)",
        "one_hot(1, 3)",
        "argmax(exp(r))",
        "floor(r * 1.23456) + round(r * 0.345)",
        "ceil(exp(r))",
        "exp(r) > 1",
        "softmax(r) > 0.2",
        "max(sign(r * 1.23))",
        "r[argmax(exp(r))]",
        "size(exp(r)) + rows([r]) + cols([r])",
        "xlogy(0 * x, 0 * x)",
        "exp(0 * x) + ln(1 + 0 * x)",
    ],
)
def test_what_is_exact_stays_exact(text, precision):
    assert not slack(text, precision, x=[1, 2, 3], r=[-0.5, -0.25, -2]).any()


def test_what_is_masked_is_exact_and_the_rest_of_its_row_is_not():
    radius = slack("softmax(z + causal_mask(2))", z=[[0.3, 0.2], [0.1, 0.7]])
    assert radius[0, 1] == 0
    assert (radius[1] > 0).all()


def test_the_dead_side_of_relu_is_exact():
    radius = slack("relu(tanh(x))", x=[-0.5, 0.5])
    assert radius[0] == 0
    assert radius[1] == pytest.approx(abs(0.462 - np.tanh(0.5)))


def test_the_last_rounding_is_not_counted():
    assert slack("exp(x)", x=0.5) == 0
    assert slack("1.23456 * x", x=1) == 0


def test_an_intermediate_result_counts_by_what_rounding_it_takes_away():
    assert slack("2 * exp(x)", x=0.5) == pytest.approx(2 * abs(1.649 - np.exp(0.5)))
    assert slack("2 * (x * 1.5)", x=0.333) == pytest.approx(2 * 0.0005)
    assert slack("2 * (x * 1.5)", x=0.5) == 0


def test_of_a_result_that_is_not_exact_the_ends_are_rounded_when_it_is_written_down():
    assert slack("2 * (x * 3)", x=off(0.5, 0.001)) == pytest.approx(2 * 0.003)
    assert slack("2 * (x * 3)", x=off(0.5, 0.0011)) == pytest.approx(2 * 0.0033)
    assert slack("2 * (x * 3)", x=off(0.5, 0.0012)) == pytest.approx(2 * 0.004)
    assert slack("2 * (x * 3)", x=off(0.5, 0.0035 / 3)) == pytest.approx(2 * 0.004)


def test_what_rounding_raises_is_not_lowered_and_the_other_way_round():
    ends = interval("2 * exp(x)", x=[-1.0, -2.0])
    true = 2 * np.exp([-1.0, -2.0])
    np.testing.assert_allclose(ends, [[true[0], 2 * 0.135], [2 * 0.368, true[1]]])
    # 1 + 0.36788 + 0.14957 is 1.51745; it may become 1.518, and 1.517.
    ends = interval("1 * sum(exp(x))", x=[0, -1.0, -1.9])
    np.testing.assert_allclose(ends, [1.517, 1.518])


def test_what_is_only_picked_moved_or_added_is_not_rounded_again():
    rounded = slack("3 * exp(x)", x=[0.5, 0.7])[0]
    for text in ("-3 * exp(x)[0]", "3 * flatten([exp(x)])[0]", "3 * max(exp(x)[:1])"):
        assert slack(text, x=[0.5, 0.7]) == pytest.approx(rounded)
    written = slack("exp(x) + 0", x=[0.5, 0.7]).sum()
    assert slack("2 * sum(exp(x))", x=[0.5, 0.7]) == pytest.approx(2 * written)


def test_partial_sums_of_givens_may_be_written_down():
    # With whole numbers: 0.4 + 0.4 -> 1, + 0.4 -> 1, + 0.4 -> 1, and the sum is 1.4 for 2.
    assert slack("sum(x)", Precision(decimals=0), x=[0.4] * 5) >= 2 - 1.4 - 1e-12
    assert slack("sum(x)", Precision(decimals=0), x=[0.4] * 2) == 0
    assert slack("sum(x)", Precision(decimals=1), x=[0.4] * 5) == 0
    # With one figure: 20 + 3 -> 20, + 3 -> 20.
    assert slack("sum(x)", Precision(figures=1), x=[20, 3, 3]) >= 3
    assert slack("cumsum(x)", Precision(figures=1), x=[20, 3, 3])[2] >= 3
    assert slack("sum(x)", Precision(figures=2), x=[20, 3, 3]) == 0


def test_the_sum_below_a_mean_may_be_written_down():
    assert slack("mean(x)", Precision(decimals=0), x=[0.2, 0.2]) == pytest.approx(0.2)
    assert slack("mean(x)", Precision(figures=1), x=[11, 13]) >= 2
    assert slack("mean(x)", Precision(figures=2), x=[11, 13]) == 0


def test_products_in_a_matrix_product_may_be_written_down():
    # 0.4 * 1 -> 0, three times.
    assert slack("x @ y", Precision(decimals=0), x=[0.4] * 3, y=[1, 1, 1]) == pytest.approx(1.2)
    assert slack("dot(x, y)", Precision(figures=1), x=[12, 5], y=[1, 1]) >= 2


def test_partial_products_may_be_written_down():
    # 1.5 * 1.5 -> 2, * 2 -> 4 for 4.5.
    assert slack("prod(x)", Precision(decimals=0), x=[1.5, 1.5, 2]) >= 0.5
    assert slack("prod(x)", x=off([2, 3], 0.1)) == pytest.approx(2.1 * 3.1 - 6)


def test_a_remainder_may_turn_over():
    assert slack("x % 1", x=off(0.9, 0.05)) == pytest.approx(0.05)
    assert slack("x % 1", x=off(0.99, 0.05)) >= 0.9
    assert slack("5 % x", x=off(2, 0.05)) == np.inf
    assert slack("x % 1", x=0.9) == 0


def test_nobody_takes_the_root_of_what_is_below_0():
    assert slack("sqrt(p)", p=off(0.0004, 0.0005)) == pytest.approx(0.02)
    assert slack("sqrt(p)", p=off(0.0004, 0.0003)) == pytest.approx(0.01)
    assert slack("sqrt(p)", p=off(0.0, 0.0004)) == pytest.approx(0.02)


def test_where_no_bound_exists_the_slack_is_infinite():
    tiny = off(0.0004, 0.0005)
    for text in ("ln(p)", "1 / p", "p**-1", "xlogy(1, p)", "log2(p)"):
        assert slack(text, p=tiny) == np.inf
    assert slack("-ln(softmax(z))[1]", z=[9, 0]) == np.inf
    assert np.isfinite(slack("sqrt(p)", p=tiny))
    assert np.isfinite(slack("p**2", p=tiny))


def test_the_slack_is_never_nan():
    for text in ("x - x", "x * 0", "0 * (1 / x)", "x / x", "maximum(x, -x)", "xlogy(x, x)"):
        for value in (np.inf, -np.inf, 0.0, np.nan, 1e308):
            assert not np.isnan(slack(text, x=off([value], 0.001))).any()
            assert not np.isnan(slack(text, x=off([value], np.inf))).any()


def test_infinity_and_nan_are_not_moved_by_writing_them_down():
    values = np.array([np.inf, -np.inf, np.nan, 1.23456, 1.23456])
    low = np.array([np.inf, -np.inf, np.nan, 1.13456, -np.inf])
    for precision, ends in ((THREE, [1.13456, 1.335]), (Precision(figures=3), [1.13, 1.33456])):
        bound = Bounded(values, low, np.array([np.inf, -np.inf, np.nan, 1.33456, np.inf]))
        moved = bound.written(precision)
        np.testing.assert_allclose(moved.low, [np.inf, -np.inf, np.nan, ends[0], -np.inf])
        np.testing.assert_allclose(moved.high, [np.inf, -np.inf, np.nan, ends[1], np.inf])


def test_an_earlier_answer_that_was_written_down_is_not_rounded_again():
    plain = off([0.6590011], 0.0007)
    finer = plain.written(Precision(decimals=4))
    assert slack("2 * p[0]", p=plain) == pytest.approx(2 * 0.0010011)
    assert slack("2 * p[0]", p=plain.written(THREE)) == pytest.approx(2 * 0.0010011)
    assert slack("2 * p", p=finer) == pytest.approx(2 * 0.0007011)
    assert slack("2 * p[0]", p=finer) == pytest.approx(2 * 0.0010011)


def test_pi_has_to_be_rounded_and_a_decimal_number_has_not():
    assert slack("pi * x", x=100) == pytest.approx(100 * abs(3.142 - np.pi))
    assert slack("e * x", x=100) == pytest.approx(100 * abs(2.718 - np.e))
    assert slack("3.14159 * x", x=100) == 0


def test_every_body_of_a_prelude_function_is_an_honest_way():
    z = [3.0, 1.0, 0.5]
    opened = [
        "exponentials = exp(z)\nexponentials / sum(exponentials)",
        "exponentials = exp(z - max(z))\nexponentials / sum(exponentials)",
    ]
    ways = [slack(text, z=z) for text in opened]
    np.testing.assert_allclose(slack("softmax(z)", z=z), np.maximum(*ways))
    assert np.isfinite(slack("softmax(z)", z=[1000, 999, 0])).all()


TYPICAL = {
    "softmax(z)": {"z": (3,)},
    "cross_entropy(z, 0)": {"z": (3,)},
    "a @ b": {"a": (4,), "b": (4,)},
    "W @ x + b": {"W": (3, 3), "x": (3,), "b": (3,)},
    "conv2d(X, K)": {"X": (4, 4), "K": (2, 2)},
    "layer_norm(x, 4)": {"x": (4,)},
    "softmax(Q @ T(K) / sqrt(cols(K))) @ V": {"Q": (3, 2), "K": (3, 2), "V": (3, 2)},
}


@pytest.mark.parametrize("text", TYPICAL)
def test_the_slack_is_not_many_times_what_honest_learners_need(text):
    formula = parse(text, TYPICAL[text])
    nearest = np.inf
    for seed in range(10):
        random = np.random.default_rng(seed)
        names = {
            name: np.round(random.uniform(-2, 2, shape), 2) for name, shape in TYPICAL[text].items()
        }
        bound = bounded(formula, {name: Bounded.exactly(one) for name, one in names.items()}, THREE)
        answers = [work(formula, names, THREE, Random(learner)) for learner in range(30)]
        farthest = np.max([np.abs(answer - bound.value) for answer in answers], axis=0)
        nearest = min(nearest, ((bound.radius + 0.0005) / np.maximum(farthest, 1e-9)).min())
    assert 1 <= nearest < 5


def test_a_formula_of_many_lines_is_no_deeper_than_one():
    lines = ["a0 = x / 3", *(f"a{n} = -a{n - 1}" for n in range(1, 150)), "a149"]
    assert slack("\n".join(lines), x=1) == pytest.approx(abs(1 / 3 - 0.333))
