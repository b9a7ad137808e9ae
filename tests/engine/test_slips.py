"""Which slip was made: the published mistakes of the source notes, and slips drawn at random."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine import formulas
from tests.examples import times
from tutor.engine.formula import FormulaError, parse
from tutor.engine.precision import Precision
from tutor.engine.slips.matching import typed
from tutor.engine.slips.search import Slip, find
from tutor.engine.slips.suspects import Asked, Suspects
from tutor.engine.spread import Bounded

X = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
K = [[1, 0, -1]] * 3
W = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]
WALK = {"W": W, "x": [0.5, 0.6, 0.7], "b": [0.1, 0.2, 0.3], "k": 1, "lr": 0.1}
ATTENTION = {"Q": [[1, 0], [0, 1]], "K": [[1, 0], [0, 1], [1, 1]]}
WEIGHTS = "softmax(Q @ K.T / sqrt(cols(K)), axis=1)"
LOSS = "cross_entropy(W @ x + b, k)"


def asked(formula: str, decimals: int = 3, *, exact: bool = False, **names: object) -> Asked:
    values = {name: np.asarray(value, dtype=np.float64) for name, value in names.items()}
    bounds = {name: Bounded.exactly(value) for name, value in values.items()}
    return Asked(parse(formula, tuple(values)), bounds, Precision(decimals=decimals), exact)


def named(question: Asked, answer: object) -> tuple[Slip, ...]:
    values = np.asarray(answer, dtype=np.float64)
    return find([question], typed(values, [None] * values.size, question.precision))


@pytest.mark.parametrize(
    ("formula", "names", "answer", "slip"),
    [
        ("softmax(z)", {"z": [2, 1, 0.1]}, [0.645, 0.323, 0.032], "left-out-function"),
        ("cross_entropy(z, 0)", {"z": [2, 1, 0.1]}, 0.181, "wrong-log-base"),
        ("cross_entropy(z, 0)", {"z": [2, 1, 0.1]}, 0.802, "applied-twice"),
        ("cross_entropy(z, 0)", {"z": [2, 1, 0.1]}, 1.417, "wrong-index"),
        ("cross_entropy(z, 0)", {"z": [2, 1, 0.1]}, 2.417, "left-out-term"),
        ("W @ x + b", WALK, [0.38, 0.92, 1.46], "left-out-term"),
        ("W @ x + b", WALK, [0.88, 1.16, 1.44], "transposed"),
        ("exp(W @ x + b)", WALK, [1.395, 2.173, 3.387], "wrong-operation"),
        (LOSS, WALK, 0.534, "wrong-log-base"),
        (LOSS, WALK, 0.591, "wrong-index"),
        ("one_hot(k, 3) - softmax(W @ x + b)", WALK, [0.154, -0.708, 0.554], "swapped-operands"),
        ("b - lr * (softmax(W @ x + b) - one_hot(k, 3))", WALK, [0.115, 0.129, 0.355], "sign"),
        ("conv2d(X, K)", {"X": X, "K": K}, [[2, 0, -2], [3, 2, -2], [3, 1, -2]], "flipped-kernel"),
        ("conv2d(X, K)[0, 0]", {"X": X, "K": K}, -3, "wrong-index"),
        (WEIGHTS, ATTENTION, [[0.384, 0.233, 0.384], [0.233, 0.384, 0.384]], "not-rooted"),
        (WEIGHTS, ATTENTION, [[0.422, 0.155, 0.422], [0.155, 0.422, 0.422]], "left-out-factor"),
        ("layer_norm(x, 4)", {"x": [1, 2, 3, 6]}, [-0.926, -0.463, 0, 1.389], "sample-variance"),
        ("kl_div(p, q)", {"p": [0.5, 0.3, 0.2], "q": [0.7, 0.2, 0.1]}, 0.0851, "swapped-operands"),
        ("(w - 3)**2", {"w": 5}, 2, "not-squared"),
        ("max_pool2d(X, 2)", {"X": [[1, 3], [2, 4]]}, [[2.5]], "mean-for-max"),
        ("softmax(z)", {"z": [2, 1, 0.1]}, [0.659, 0.242, 0.990], "decimal-shift"),
        ("W @ x + b", WALK, [0.48, 1.12, 1.67], "digits-swapped"),
        ("W @ x + b", WALK, [0.48, 0.82, 1.76], "one-product"),
        ("softmax(z)", {"z": [2, 1, 0.1]}, [65.9, 24.2, 9.9], "percent"),
    ],
)
def test_a_mistake_that_people_make_is_named(
    formula: str, names: dict[str, object], answer: object, slip: str
) -> None:
    found = named(asked(formula, **names), answer)
    assert found, "no slip was found"
    assert found[0].id == slip


@pytest.mark.parametrize(
    ("formula", "answer", "slip"),
    [
        ("conv_size(28, 5, 2, 1)", 14, "floor-for-ceil"),
        ("conv_size(28, 5, 1, 0)", 23, "size-off-by-one"),
        ("parameters_conv2d(3, 16, 3)", 432, "left-out-term"),
        ("parameters_linear(784, 10)", 7840, "left-out-term"),
    ],
)
def test_counted_answers_are_explained_by_their_nearest_slips(
    formula: str, answer: int, slip: str
) -> None:
    assert named(asked(formula, exact=True), answer)[0].id == slip


def test_a_right_answer_has_no_slip() -> None:
    assert named(asked("softmax(z)", z=[2, 1, 0.1]), [0.659, 0.242, 0.099]) == ()


def test_numbers_by_chance_are_met_with_silence() -> None:
    """A wrong name is worse than none: random numbers are hardly ever explained."""
    source = np.random.default_rng(1)
    question = asked("softmax(z)", z=[2, 1, 0.1])
    scalar = asked("cross_entropy(z, 0)", z=[2, 1, 0.1])
    spoken = [bool(named(question, source.random(3).round(3))) for _ in range(300)]
    spoken_of_one = [bool(named(scalar, round(source.random() * 3, 3))) for _ in range(300)]
    assert sum(spoken) == 0
    assert sum(spoken_of_one) <= 0.06 * 300


def test_a_slip_of_one_who_also_rounds_is_still_found() -> None:
    z = np.array([2, 1, 0.1])
    rounded = (2**z).round(3)
    answer = (rounded / rounded.sum().round(3)).round(3)
    assert named(asked("exp(z) / sum(exp(z))", z=z), answer)[0].id == "wrong-operation"


def test_a_slip_rounded_to_fewer_places_is_still_that_slip() -> None:
    question = asked("exp(z)", z=[2, 1, 0.1])
    given = typed(np.array([4, 2, 1.07]), [0, 0, 2], question.precision)
    assert find([question], given)[0].id == "wrong-operation"


def test_explanations_never_repeat_a_kind_and_sum_to_one() -> None:
    found = named(asked(WEIGHTS, **ATTENTION), [[0.422, 0.155, 0.422], [0.155, 0.422, 0.422]])
    assert len({slip.id for slip in found}) == len(found)
    assert all(0 < slip.likelihood <= 1 for slip in found)


vectors = st.lists(st.integers(-20, 30).map(lambda n: n / 10), min_size=3, max_size=3)


@settings(max_examples=times(40))
@given(
    z=vectors, formula=st.sampled_from(["softmax(z)", "exp(z)", "z / sum(z**2)", "ln(z**2 + 1)"])
)
def test_every_slip_that_is_made_is_named_or_has_the_same_value(
    z: list[float], formula: str
) -> None:
    """Of slips that change the answer, nearly all are named; a name with another value is none."""
    question = asked(formula, 4, z=z)
    try:
        suspects = Suspects(question)
    except ZeroDivisionError:
        return
    right = suspects.right
    for one in suspects.all:
        if one.root is None or not np.isfinite(one.gives).all():
            continue
        answer = one.gives.round(4)
        if (np.abs(answer - right.value) <= right.radius + 0.001).any():
            continue
        found = named(question, answer)
        if found:
            same = np.abs(found[0].gives - one.gives) <= suspects.slack(one) + 0.001
            assert found[0].id == one.slip or same.all()


@settings(max_examples=15)
@given(drawn=formulas.asked(), seed=st.integers(0, 10**6))
def test_no_answer_to_any_formula_makes_the_search_fail(drawn: formulas.Asked, seed: int) -> None:
    """Nor is a number said of an answer that it does not give."""
    bounds = {name: Bounded.exactly(value) for name, value in drawn.names.items()}
    try:
        question = Asked(parse(drawn.text, tuple(bounds)), bounds, drawn.precision)
        right = Suspects(question).right.value
    except FormulaError:
        return
    random = np.random.default_rng(seed)
    for answer in (random.normal(0, 3, right.shape), right + 1, -right, random.normal(0, 3, 5)):
        finite = np.where(np.isfinite(answer), answer, 7.0)
        for slip in named(question, finite.round(3)):
            assert slip.gives.shape == answer.shape
            assert len(slip.cells) > 0


def test_two_slips_at_once_are_named_together_in_the_order_of_working() -> None:
    question = asked(WEIGHTS, 4, Q=[[1, 0.5], [0.2, -1.1]], K=[[0.4, 0.9], [1.3, -0.2]])
    first, second = named(question, [[0.8532, 0.6726], [0.1468, 0.3274]])
    assert (first.id, second.id) == ("left-out-factor", "wrong-axis")
    assert first.together
    assert second.together
    assert np.array_equal(first.gives, second.gives)


def test_an_answer_of_another_shape_is_explained_by_its_numbers() -> None:
    question = asked("conv2d(X, K, padding=1)", X=X, K=K)
    answer = asked("conv2d(X, K)", X=X, K=K)
    values = Suspects(answer).right.value
    assert named(question, values)[0].id == "wrong-padding"
    assert named(question, values + np.eye(3)) == ()


def test_one_wrong_count_in_an_array_is_no_slip_of_the_whole_array() -> None:
    """The other cells show that nothing was transposed, and no point was moved."""
    question = asked("Q @ T(K)", 0, Q=[[1, 0, 2], [0, 1, 1]], K=[[1, 1, 0], [0, 2, 1], [1, 0, 1]])
    names = {one.id for one in named(question, [[1, 2, 3], [1, 3, 2]])}
    assert names <= {"one-product", "sign"}
    question = asked("A @ B", 0, A=[[3, -1], [0, -1], [-3, -1]], B=[[1, 0], [2, -1]])
    assert named(question, [[1, 1], [-2, 5], [-5, 1]]) == ()


def test_whole_numbers_are_no_percents_of_zero() -> None:
    question = asked("A @ B", 0, A=[[-3, 3], [0, 0]], B=[[3, 3, 3], [3, -3, 3]])
    assert named(question, [[5, -18, 0], [0, 0, 1]]) == ()


def test_a_slip_that_gives_the_whole_answer_leaves_no_room_for_one_that_gives_a_part() -> None:
    question = asked("maximum(0, 1 - y * s)", y=-1, s=[-1.7, 0.4, 2.2])
    assert [one.id for one in named(question, [-0.7, 1.4, 3.2])] == ["left-out-function"]
    question = asked("softmax(z) - y", z=[2, 1, 0.1], y=[0, 1, 0])
    assert [one.id for one in named(question, [0.659, 0.242, 0.099])] == ["left-out-term"]


def test_one_minus_a_probability_for_its_logarithm_is_said_as_it_was_worked() -> None:
    (slip,) = named(asked("-ln(p[k])", p=[0.05, 0.15, 0.623, 0.177], k=2), 0.377)
    assert (slip.id, slip.kind) == ("complement", "logarithm")
    assert slip.details["did"] == "p[k] - 1"


def test_a_slip_in_one_of_the_cells_is_said_of_that_cell() -> None:
    W = [[0.5, -0.2, 0.1], [0.3, 0.8, -0.6], [0.7, 0.4, 0.9]]
    question = asked("W @ x + b", W=W, x=[1.5, -2, 0.5], b=[0.1, 0.237, -0.3])
    (slip,) = named(question, [1.3, -1.45 - 0.237, 0.4])
    assert (slip.id, slip.kind, slip.details["cell"]) == ("sign", "subtracted", "1")


def test_of_slips_within_the_slack_the_one_that_gives_the_number_itself_comes_first() -> None:
    """A power of 0.999 is nearly 1: leaving the correction out, or taking the power for it."""
    names = {"w": 0.5, "lr": 0.01, "m": 0.03, "v": 0.0007, "b1": 0.9, "b2": 0.999, "t": 3}
    question = asked("w - lr * (m / (1 - b1**t)) / sqrt(v / (1 - b2**t))", 5, **names)
    assert named(question, 0.45816)[0].id == "left-out-factor"


def test_which_of_equal_products_was_left_out_is_not_said() -> None:
    question = asked("w @ x", w=[1.37, 1.37, 2.21], x=[1.1, 1.1, 0.7])
    (slip,) = named(question, 1.507 + 1.547)
    assert (slip.id, slip.kind) == ("one-product", "some-left-out")
    question = asked("w @ x", w=[1.37, 1.93, 2.21], x=[1.1, 1.1, 0.7])
    (slip,) = named(question, 1.507 + 1.547)
    assert (slip.kind, slip.details["number"]) == ("left-out", "2")


def test_a_quotient_by_a_count_is_no_mean_of_one_number() -> None:
    question = asked("(softmax(Z) - Y) / rows(Z)", Z=[[2, 1], [0, 1]], Y=[[0, 1], [0, 1]])
    said = named(question, [[0.731, -0.731], [0.269, -0.269]])
    assert all(one.details.get("count") != "1" for one in said)


def test_the_place_of_a_slip_is_written_with_the_functions_of_the_formula() -> None:
    question = asked("softmax(" + "silu(" * 20 + "x" + ")" * 21, 6, x=[3, 5, 9])
    values = Suspects(question).right.value
    powers = 2 ** np.log(values)
    (slip, *_) = named(question, powers / powers.sum())
    assert slip.where == "exp(" + "silu(" * 20 + "x" + ")" * 21


def test_a_formula_of_many_functions_one_in_the_other_is_searched_in_a_moment() -> None:
    """What is written once and used twice, thirty times over, is a billion parts."""
    question = asked("softmax(" * 30 + "z" + ")" * 30, z=[0.5, 1, 2])
    assert named(question, [0.1, 0.2, 0.3]) == ()
