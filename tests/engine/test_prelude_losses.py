import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.engine.oracle import agree, numbers, shapes, some, tensor, value, whole
from tutor.engine.formula import FormulaError

REDUCTIONS = st.sampled_from(["mean", "sum", "none"])
sizes = st.integers(1, 5)


@st.composite
def classified(draw):
    """Scores of one sample or of several, and their classes."""
    classes, samples = draw(sizes), draw(st.none() | sizes)
    scores = draw(numbers((classes,) if samples is None else (samples, classes)))
    target = draw(arrays(np.int64, scores.shape[:-1], elements=st.integers(0, classes - 1)))
    return scores, target


@some
@given(case=classified(), reduction=REDUCTIONS)
def test_cross_entropy_with_class_indices(case, reduction):
    z, y = case
    theirs = F.cross_entropy(tensor(z), whole(y), reduction=reduction)
    agree(value(f'cross_entropy(z, y, reduction="{reduction}")', z=z, y=y), theirs, 1e-9)


@some
@given(case=classified(), reduction=REDUCTIONS, data=st.data())
def test_cross_entropy_with_weighted_classes(case, reduction, data):
    z, y = case
    w = data.draw(numbers(z.shape[-1:], 0.1, 3, extreme=False))
    theirs = F.cross_entropy(tensor(z), whole(y), weight=tensor(w), reduction=reduction)
    agree(value(f'cross_entropy(z, y, w, "{reduction}")', z=z, y=y, w=w), theirs, 1e-9)


@some
@given(z=numbers(shapes(1, 2)), reduction=REDUCTIONS, data=st.data())
def test_cross_entropy_with_probabilities_as_targets(z, reduction, data):
    raw = data.draw(numbers(z.shape, 0.01, 1, extreme=False))
    y = raw / raw.sum(axis=-1, keepdims=True)
    theirs = F.cross_entropy(tensor(z), tensor(y), reduction=reduction)
    agree(value(f'cross_entropy(z, y, reduction="{reduction}")', z=z, y=y), theirs, 1e-9)


def test_one_hot_targets_are_probabilities_too():
    z = [[0.5, -1.0, 2.0], [1.0, 0.0, 0.0]]
    np.testing.assert_allclose(
        value("cross_entropy(z, one_hot(y, 3))", z=z, y=[2, 0]),
        value("cross_entropy(z, y)", z=z, y=[2, 0]),
    )


@some
@given(case=classified(), reduction=REDUCTIONS, weighted=st.booleans())
def test_nll_loss(case, reduction, weighted):
    z, y = case
    w = np.linspace(0.5, 2, z.shape[-1])
    theirs = F.nll_loss(
        tensor(z), whole(y), weight=tensor(w) if weighted else None, reduction=reduction
    )
    text = f'nll_loss(z, y, {"w" if weighted else "None"}, "{reduction}")'
    agree(value(text, z=z, y=y, w=w), theirs)


def test_cross_entropy_of_a_hopeless_class_is_finite():
    agree(value("cross_entropy(z, 1)", z=[1000.0, 0.0, 0.0]), tensor(1000.0))


def test_softmax_twice_is_not_cross_entropy():
    z, y = [2.0, 1.0, 0.1], 0
    agree(value("cross_entropy(softmax(z), y)", z=z, y=y), tensor(0.8021), 1e-4)
    agree(value("cross_entropy(z, y)", z=z, y=y), tensor(0.4170), 1e-4)


probabilities = st.floats(0, 1) | st.sampled_from([0.0, 1.0, 1e-40, 1e-9, 0.5])


@some
@given(data=st.data(), shape=shapes(0, 2), reduction=REDUCTIONS)
def test_binary_cross_entropy(data, shape, reduction):
    p, y = (data.draw(arrays(np.float64, shape, elements=probabilities)) for _ in range(2))
    theirs = F.binary_cross_entropy(tensor(p), tensor(y), reduction=reduction)
    agree(value(f'binary_cross_entropy(p, y, reduction="{reduction}")', p=p, y=y), theirs)


@pytest.mark.parametrize("name", ["mse_loss", "l1_loss"])
@some
@given(data=st.data(), shape=shapes(0, 3), reduction=REDUCTIONS)
def test_regression_losses(name, data, shape, reduction):
    x, y = (data.draw(numbers(shape)) for _ in range(2))
    theirs = getattr(F, name)(tensor(x), tensor(y), reduction=reduction)
    agree(value(f'{name}(x, y, reduction="{reduction}")', x=x, y=y), theirs)


@some
@given(raw=numbers((2, 4), 0.0, 1, extreme=False))
def test_entropy_and_divergence_of_distributions(raw):
    p, q = raw[0] / max(raw[0].sum(), 1e-9), (raw[1] + 0.1) / (raw[1] + 0.1).sum()
    agree(value("entropy(p)", p=p), torch.special.entr(tensor(p)).sum())
    theirs = F.kl_div(torch.log(tensor(q)), tensor(p), reduction="sum")
    agree(value("kl_div(p, q)", p=p, q=q), theirs)


def test_what_has_probability_0_adds_nothing_to_the_divergence():
    agree(value("kl_div(p, q)", p=[1, 0, 0], q=[0.7, 0.2, 0.1]), tensor(0.3566749), 1e-6)
    agree(value("kl_div(p, q)", p=[1, 0], q=[1, 0]), tensor(0.0))
    assert value("kl_div(p, q)", p=[0.5, 0.5], q=[1, 0]) == np.inf


@some
@given(loss=st.floats(0, 100))
def test_perplexity(loss):
    agree(value("perplexity(loss)", loss=loss), torch.exp(tensor(loss)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cross_entropy(z, None)", "target None"),
        ('cross_entropy(z, 0, reduction="average")', "reduction average"),
        ("cross_entropy(z, [0, 1])", "target (2,)"),
    ],
)
def test_arguments_that_fit_no_form_are_named(text, said):
    with pytest.raises(FormulaError) as caught:
        value(text, z=[[1.0, 2.0, 3.0]] if "[0" not in text else np.zeros((1, 1, 3)))
    assert caught.value.code == "formula.arguments"
    assert said in caught.value.details["said"]
