import numpy as np
import pytest

from tests.engine.oracle import value
from tutor.engine.formula import FormulaError, parse
from tutor.engine.precision import Precision
from tutor.engine.primitives import TABLE
from tutor.engine.rounding import bounded
from tutor.engine.spread import Bounded
from tutor.engine.tree import Call
from tutor.engine.value import Evaluation, evaluate


def refusal(text, **names):
    with pytest.raises(FormulaError) as caught:
        value(text, **names)
    return caught.value


@pytest.mark.parametrize("text", ["3", "[1, 2]", "x", "x > 1", "size(x)", "True", "one_hot(0, 2)"])
def test_everything_is_an_array_of_floats(text):
    result = value(text, x=np.array([1, 2]))
    assert isinstance(result, np.ndarray)
    assert result.dtype == np.float64


def test_a_node_is_computed_once(monkeypatch):
    calls = []

    def counted(node):
        calls.append(node.primitive)
        return Evaluation.apply(evaluation, node)

    formula = parse("a = exp(x)\nb = a + a\nc = b * b\nc - c / c", ["x"])
    evaluation = Evaluation({"x": np.array(1.0)})
    monkeypatch.setattr(evaluation, "apply", counted)
    evaluation.value(formula.root)
    evaluation.value(formula.root)
    assert sorted(calls) == ["add", "divide", "exp", "multiply", "subtract"]


def test_a_name_without_a_value_is_unknown():
    with pytest.raises(FormulaError) as caught:
        evaluate(parse("1 + x", ["x"]), {})
    assert (caught.value.code, caught.value.column) == ("formula.unknown-name", 4)


@pytest.mark.parametrize(
    "text", ["0 / 0", "ln(-1)", "sqrt(-1)", "inf - inf", "(-8) ** (1 / 3)", "0 * inf", "5 % 0"]
)
def test_what_has_no_value_is_refused_where_it_arises(text):
    error = refusal(f"1 + 2 * ({text})")
    assert error.code == "formula.undefined"
    assert error.column == len("1 + 2 * (")


@pytest.mark.parametrize("text", ["1 / 0", "9**9**9**9", "exp(1000)", "0 ** -1", "1e300 * 1e300"])
def test_what_becomes_infinite_by_accident_is_refused(text):
    assert refusal(f"[1, {text}]").code == "formula.overflow"


def test_infinity_that_is_meant_is_a_value():
    assert value("-ln(0)") == np.inf
    assert value("max([1, inf])") == np.inf
    np.testing.assert_array_equal(value("x + causal_mask(2)", x=1), [[1, -np.inf], [1, 1]])
    assert value("kl_div([0.5, 0.5], [1, 0])") == np.inf
    assert value("x + 1", x=np.inf) == np.inf


def test_what_is_infinite_on_the_way_may_vanish():
    assert value("1 / exp(1000)") == 0
    assert value("where(x == 0, 0, 1 / x)", x=0) == 0


def test_an_undefined_prelude_function_is_named():
    error = refusal("1 + entropy(p)", p=[-0.5, 1.5])
    assert (error.code, error.column) == ("formula.undefined", 4)
    assert error.details == {"function": "entropy"}


def test_what_goes_wrong_in_a_prelude_function_is_placed_at_its_call():
    assert refusal("[1, 2] + softmax(x, 7)", x=[1.0]).column == 9


def test_the_bodies_of_a_call_are_those_that_hold():
    formula = parse('mse_loss(x, y, reduction="sum")', ["x", "y"])
    assert isinstance(formula.root, Call)
    evaluation = Evaluation({"x": np.array([1.0, 2.0]), "y": np.array([0.0, 0.0])})
    (body,) = evaluation.bodies(formula.root)
    assert evaluation.value(body.root) == 5


def test_all_bodies_agree_where_both_can_be_worked():
    for text in ("softmax(z)", "log_softmax(z)", "logsumexp(z)", "cross_entropy(z, 1)"):
        call = parse(text, ["z"]).root
        assert isinstance(call, Call)
        evaluation = Evaluation({"z": np.array([0.5, -1.0, 2.0])})
        ways = [evaluation.value(body.root) for body in evaluation.bodies(call)]
        assert len(ways) > 1
        for way in ways[1:]:
            np.testing.assert_allclose(way, ways[0])


def test_bounded_gives_the_same_value():
    x = np.array([0.5, 0.25])
    formula = parse("softmax(x) * x", ["x"])
    names = {"x": Bounded.exactly(x)}
    result = bounded(formula, names, Precision(decimals=3))
    np.testing.assert_array_equal(result.value, evaluate(formula, {"x": x}))


def test_an_option_may_be_computed():
    np.testing.assert_array_equal(value("x[n - 1:]", x=[1, 2, 3], n=2), [2, 3])
    np.testing.assert_array_equal(value("one_hot(k, n + 1)", k=1, n=2), [0, 1, 0])
    np.testing.assert_array_equal(value("sum(x, axis=n)", x=[[1, 2]], n=0), [1, 2])
    assert value("n = 1\nm = n + 1\nsum(windows(x, m))", x=[1, 2, 3]) == 8


def test_every_entry_is_under_its_own_name():
    for name, entry in TABLE.items():
        assert TABLE[entry.name] is entry
        assert name == entry.name or name in ("log", "T")
