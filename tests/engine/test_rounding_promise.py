"""The first promise: nobody who rounds at the asked precision is ever called wrong.

Each test lets honest learners work formulas out and looks whether any is refused.
"""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.formulas import ROWS, Asked, asked, precisions, texts
from tests.engine.honest import work
from tests.examples import times
from tutor.engine.formula import parse
from tutor.engine.prelude import PRELUDE
from tutor.engine.rounding import bounded
from tutor.engine.spread import Bounded


def exactly(names):
    return {name: Bounded.exactly(value) for name, value in names.items()}


def allowed(typed, bound, precision):
    """Whether each cell lies between the ends, give or take its last rounding."""
    noise = np.where(np.isfinite(bound.value), precision.noise(bound.value), 0.0)
    least = bound.low - precision.half_unit(bound.low) - noise
    most = bound.high + precision.half_unit(bound.high) + noise
    return ((least <= typed) & (typed <= most)) | (typed == bound.value)


def refused(case, learners, seed):
    """The answers of honest learners that lie beyond the ends."""
    formula = parse(case.text, case.names)
    bound = bounded(formula, exactly(case.names), case.precision)
    assert ((bound.low <= bound.value) & (bound.value <= bound.high)).all()
    answers = (
        work(formula, case.names, case.precision, Random(seed + learner))
        for learner in range(learners)
    )
    return [typed for typed in answers if not allowed(typed, bound, case.precision).all()]


@settings(max_examples=times(150))
@given(case=asked(), seed=st.integers(0, 10**6))
def test_no_honest_learner_is_refused(case, seed):
    assert not refused(case, learners=20, seed=seed)


def rows(low, high, *shape):
    return lambda random: np.round(random.uniform(low, high, shape), 2)


def classes(count, *shape):
    return lambda random: random.integers(0, count, shape).astype(float)


def distributions(*shape):
    def draw(random):
        raw = random.uniform(0.2, 1, shape)
        return np.round(raw / raw.sum(axis=-1, keepdims=True), 2)

    return draw


X, Z, MAP, WEIGHT = rows(-2, 2, 4), rows(-2, 2, 2, 3), rows(-2, 2, 4, 4), rows(-1, 1, 3, 2)
SHARE = rows(0.1, 0.9, 3)
STATE = {"x": rows(-2, 2, 2), "h": rows(-1, 1, 1), "c": rows(-1, 1, 1)}


def gates(count):
    sizes = {"wi": (count, 2), "wh": (count, 1), "bi": (count,), "bh": (count,)}
    return STATE | {name: rows(-1, 1, *size) for name, size in sizes.items()}


WALK = {name: rows(-1, 1, 2) for name in ("w", "g", "m")} | {"v": rows(0.1, 0.5, 2)}
QKV = {name: rows(-1.5, 1.5, 3, 2) for name in "qkv"}

ASKED = {
    "sigmoid(x)": {"x": X},
    "relu(x * 1.37)": {"x": X},
    "leaky_relu(x * 0.37, 0.2)": {"x": X},
    "elu(x * 0.37)": {"x": X},
    "gelu(x)": {"x": X},
    'gelu(x, "tanh")': {"x": X},
    "silu(x)": {"x": X},
    "softplus(x)": {"x": X},
    "softmax(z)": {"z": Z},
    "softmax(z / sqrt(2), 0)": {"z": Z},
    "logsumexp(z)": {"z": Z},
    "log_softmax(z)": {"z": Z},
    "nll_loss(ln(p), 1)": {"p": distributions(3)},
    "cross_entropy(z, y)": {"z": Z, "y": classes(3, 2)},
    'cross_entropy(z, y, w, "sum")': {"z": Z, "y": classes(3, 2), "w": SHARE},
    "cross_entropy(z, p)": {"z": Z, "p": distributions(2, 3)},
    "binary_cross_entropy(p, y)": {"p": SHARE, "y": classes(2, 3)},
    "mse_loss(x, y)": {"x": X, "y": X},
    "l1_loss(x / 3, y)": {"x": X, "y": X},
    "entropy(p)": {"p": distributions(3)},
    "kl_div(p, q)": {"p": distributions(3), "q": distributions(3)},
    "perplexity(l1_loss(x, y))": {"x": X, "y": X},
    "linear(x, w, b)": {"x": rows(-2, 2, 2), "w": WEIGHT, "b": rows(-1, 1, 3)},
    "conv1d(z, w, b, padding=1)": {"z": Z, "w": rows(-1, 1, 1, 2, 2), "b": rows(-1, 1, 1)},
    "conv2d(x, w)": {"x": MAP, "w": rows(-1, 1, 2, 2)},
    "max_pool2d(x * 1.37, 2)": {"x": MAP},
    "avg_pool2d(x, 2)": {"x": MAP},
    "conv_size(n, 3, 2, 1)": {"n": classes(20)},
    "pool_size(n, 2)": {"n": classes(20)},
    "parameters_linear(n, 3)": {"n": classes(20)},
    "parameters_conv2d(n, 3, 5)": {"n": classes(20)},
    "xavier_bound(n, 3)": {"n": classes(20)},
    "kaiming_std(n + 1)": {"n": classes(20)},
    "var(x)": {"x": X},
    "var(z, 1, 1)": {"z": Z},
    "layer_norm(x, 4, w, b)": {"x": X, "w": X, "b": X},
    "batch_norm(z, None, None, training=True)": {"z": Z},
    "causal_mask(2) + z @ T(z)": {"z": Z},
    "scaled_dot_product_attention(q, k, v)": QKV,
    "scaled_dot_product_attention(q, k, v, is_causal=True)": QKV,
    "positional_encoding(3, 4)": {},
    "rnn_cell(x, h, wi, wh, bi, bh)": gates(1),
    "gru_cell(x, h, wi, wh, bi, bh)": gates(3),
    "lstm_cell(x, h, c, wi, wh, bi, bh)": gates(4),
    "lstm_cell_c(x, h, c, wi, wh)": gates(4),
    "sgd(w, g, 0.05)": WALK,
    "momentum(w, v, g, 0.05)": WALK,
    "momentum_v(v, g)": WALK,
    "adam(w, g, m, v, 2)": WALK,
    "adam_step(w, m, v, 2)": WALK,
    "adam_m(m, g)": WALK,
    "adam_v(v, g)": WALK,
    "rmsprop(w, g, v)": WALK,
    "rmsprop_v(v, g)": WALK,
    "clip_grad_norm(g, 0.5)": WALK,
    # Primitives that stand for several steps on paper, with many parts.
    "sum(x * 1.37)": {"x": rows(-2, 2, 7)},
    "sum(x)": {"x": rows(-2, 2, 7)},
    "2 * sum(x)": {"x": rows(-2, 2, 7)},
    "cumsum(x)": {"x": rows(-2, 2, 7)},
    "3 * mean(x)": {"x": rows(-2, 2, 7)},
    "2 * prod(x)": {"x": rows(-2, 2, 6)},
    "3 * x @ y": {"x": rows(-2, 2, 7), "y": rows(-2, 2, 7)},
    "9 * pi * x": {"x": X},
}


def test_every_prelude_function_is_asked():
    assert {text.partition("(")[0] for text in ASKED} >= set(PRELUDE)


def drawn(text, seed, precision):
    random = np.random.default_rng(seed)
    return Asked(text, {name: draw(random) for name, draw in ASKED[text].items()}, precision)


@pytest.mark.parametrize("text", ASKED)
@settings(max_examples=times(8))
@given(seed=st.integers(0, 10**6), precision=precisions)
def test_no_honest_learner_is_refused_in_a_prelude_function(text, seed, precision):
    assert not refused(drawn(text, seed, precision), learners=15, seed=seed)


@settings(max_examples=times(60))
@given(text=texts((ROWS,), 3), case=asked(), before=precisions, seed=st.integers(0, 10**6))
def test_nobody_who_works_on_with_an_earlier_answer_is_refused(text, case, before, seed):
    """`u` is an earlier answer, as typed: rounded at its own precision, or with all its digits."""
    earlier, later = parse(text, case.names), parse(case.text, case.names)
    bound = bounded(earlier, exactly(case.names), before)
    known = exactly(case.names) | {"u": bound.written(before)}
    result = bounded(later, known, case.precision)
    for learner in range(12):
        random = Random(seed + learner)
        names = case.names | {"u": work(earlier, case.names, before, random)}
        typed = work(later, names, case.precision, random)
        assert allowed(typed, result, case.precision).all(), (typed, result)
