import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.oracle import agree, numbers, shapes, some, tensor, value
from tutor.engine.formula import FormulaError

POINTWISE = {
    "sigmoid(x)": torch.sigmoid,
    "relu(x)": F.relu,
    "leaky_relu(x)": F.leaky_relu,
    "leaky_relu(x, 0.2)": lambda x: F.leaky_relu(x, 0.2),
    "elu(x)": F.elu,
    "elu(x, alpha=0.5)": lambda x: F.elu(x, alpha=0.5),
    "gelu(x)": F.gelu,
    'gelu(x, approximate="tanh")': lambda x: F.gelu(x, approximate="tanh"),
    "silu(x)": F.silu,
    "softplus(x)": F.softplus,
    "softplus(x, beta=2, threshold=5)": lambda x: F.softplus(x, beta=2, threshold=5),
}


@pytest.mark.parametrize("text", POINTWISE)
@some
@given(x=numbers(shapes()))
def test_pointwise_functions_are_torchs(text, x):
    agree(value(text, x=x), POINTWISE[text](tensor(x)))


ALONG_AN_AXIS = {
    "softmax": torch.softmax,
    "log_softmax": torch.log_softmax,
    "logsumexp": torch.logsumexp,
}


@pytest.mark.parametrize("name", ALONG_AN_AXIS)
@some
@given(x=numbers(shapes(1, 4)), data=st.data())
def test_softmax_and_its_logarithms_are_torchs_along_every_axis(name, x, data):
    axis = data.draw(st.integers(-x.ndim, x.ndim - 1))
    theirs = ALONG_AN_AXIS[name](tensor(x), axis)
    agree(value(f"{name}(x, {axis})", x=x), theirs)
    agree(value(f"{name}(x, dim={axis})", x=x), theirs)
    agree(value(f"{name}(x, axis={axis})", x=x), theirs)


@some
@given(x=numbers(shapes(1, 3)))
def test_softmax_runs_along_the_last_axis_unless_told(x):
    agree(value("softmax(x)", x=x), torch.softmax(tensor(x), -1))
    agree(value("log_softmax(x)", x=x), torch.log_softmax(tensor(x), -1))
    agree(value("logsumexp(x)", x=x), torch.logsumexp(tensor(x), -1))
    agree(value("logsumexp(x, keepdim=True)", x=x), torch.logsumexp(tensor(x), -1, keepdim=True))


@some
@given(x=numbers((3, 4)), hidden=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2))))
def test_what_is_masked_with_minus_infinity_has_probability_0(x, hidden):
    for place in hidden:
        x[place] = -np.inf
    ours = value("softmax(x)", x=x)
    agree(ours, torch.softmax(tensor(x), -1))
    assert all(ours[place] == 0 for place in hidden)


def test_large_logits_do_not_overflow():
    agree(value("softmax(x)", x=[1000, 1001, 1002]), torch.softmax(tensor([0, 1, 2]), -1))
    agree(value("log_softmax(x)", x=[0, -800]), tensor([0, -800]))
    agree(value("logsumexp(x)", x=[1000, 1001, 1002]), tensor(1002.4076059644), 1e-9)


@some
@given(x=numbers(shapes(1, 2), extreme=False), shift=st.floats(-50, 50))
def test_softmax_forgets_what_is_added_to_all_logits(x, shift):
    np.testing.assert_allclose(value("softmax(x + c)", x=x, c=shift), value("softmax(x)", x=x))


def test_an_unknown_word_is_refused():
    with pytest.raises(FormulaError) as caught:
        value('gelu(x, approximate="erf")', x=1)
    assert caught.value.code == "formula.arguments"
    assert "approximate erf" in caught.value.details["said"]
