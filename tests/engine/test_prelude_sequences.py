import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.engine.oracle import agree, numbers, shapes, some, tensor, value

small = st.integers(1, 4)


@st.composite
def attended(draw):
    """Queries, keys and values, in a batch or in heads or alone."""
    before = draw(shapes(0, 2, 2))
    queries, keys, width, out = draw(small), draw(small), draw(small), draw(small)
    return tuple(
        draw(numbers((*before, *shape))) for shape in ((queries, width), (keys, width), (keys, out))
    )


@some
@given(case=attended(), scale=st.none() | st.floats(0.1, 2))
def test_attention(case, scale):
    q, k, v = case
    theirs = F.scaled_dot_product_attention(*map(tensor, case), scale=scale)
    text = f"scaled_dot_product_attention(q, k, v, scale={scale})"
    agree(value(text, q=q, k=k, v=v), theirs, 1e-9)


@some
@given(case=attended(), data=st.data())
def test_attention_with_a_mask_that_is_added(case, data):
    q, k, v = case
    hidden = data.draw(arrays(bool, (q.shape[-2], k.shape[-2])))
    hidden[:, 0] = False
    mask = np.where(hidden, -np.inf, 0.5)
    theirs = F.scaled_dot_product_attention(*map(tensor, case), attn_mask=tensor(mask))
    text = "scaled_dot_product_attention(q, k, v, mask)"
    agree(value(text, q=q, k=k, v=v, mask=mask), theirs, 1e-9)


@some
@given(case=attended())
def test_causal_attention(case):
    q, k, v = case
    rows = min(q.shape[-2], k.shape[-2])
    q, k, v = (one[..., :rows, :] for one in (q, k, v))
    theirs = F.scaled_dot_product_attention(*map(tensor, (q, k, v)), is_causal=True)
    text = "scaled_dot_product_attention(q, k, v, None, 0.0, True)"
    agree(value(text, q=q, k=k, v=v), theirs, 1e-9)
    text = "softmax(q @ swapped / sqrt(cols(q)) + causal_mask(rows(q))) @ v"
    agree(value(text, q=q, v=v, swapped=np.swapaxes(k, -1, -2)), theirs, 1e-9)


@some
@given(n=st.integers(0, 5))
def test_causal_mask(n):
    agree(value(f"causal_mask({n})"), torch.full((n, n), -torch.inf).triu(1).double())


@some
@given(n=small, d=st.integers(1, 6))
def test_positional_encoding_interleaves_sine_and_cosine(n, d):
    expected = [
        [
            (math.sin if column % 2 == 0 else math.cos)(place / 10000 ** (column // 2 * 2 / d))
            for column in range(d)
        ]
        for place in range(n)
    ]
    agree(value(f"positional_encoding({n}, {d})"), tensor(expected))


@st.composite
def recurrent(draw, gates):
    """The weights of a cell, an input and a state; of one sample or of a batch."""
    inputs, hidden, batch = draw(small), draw(small), draw(st.none() | small)
    before = () if batch is None else (batch,)
    sizes = {
        "x": (*before, inputs),
        "h": (*before, hidden),
        "c": (*before, hidden),
        "w_ih": (gates * hidden, inputs),
        "w_hh": (gates * hidden, hidden),
        "b_ih": (gates * hidden,),
        "b_hh": (gates * hidden,),
    }
    return {name: draw(numbers(size, -3, 3, extreme=False)) for name, size in sizes.items()}


def cell_of(kind, names):
    """Torch's cell with the weights of a case."""
    cell = kind(names["x"].shape[-1], names["h"].shape[-1], dtype=torch.float64)
    cell.load_state_dict(
        {f"weight_{which}": tensor(names[f"w_{which}"]) for which in ("ih", "hh")}
        | {f"bias_{which}": tensor(names[f"b_{which}"]) for which in ("ih", "hh")}
    )
    return cell


@pytest.mark.parametrize(
    ("name", "kind", "gates"),
    [("rnn_cell", torch.nn.RNNCell, 1), ("gru_cell", torch.nn.GRUCell, 3)],
)
@some
@given(data=st.data())
def test_simple_and_gated_cells(name, kind, gates, data):
    case = data.draw(recurrent(gates))
    theirs = cell_of(kind, case)(tensor(case["x"]), tensor(case["h"]))
    agree(value(f"{name}(x, h, w_ih, w_hh, b_ih, b_hh)", **case), theirs)
    case["b_ih"], case["b_hh"] = 0 * case["b_ih"], 0 * case["b_hh"]
    theirs = cell_of(kind, case)(tensor(case["x"]), tensor(case["h"]))
    agree(value(f"{name}(x, h, w_ih, w_hh)", **case), theirs)


@some
@given(case=recurrent(4))
def test_lstm_cell(case):
    state = tensor(case["h"]), tensor(case["c"])
    hidden, cell = cell_of(torch.nn.LSTMCell, case)(tensor(case["x"]), state)
    agree(value("lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh)", **case), hidden)
    agree(value("lstm_cell_c(x, h, c, w_ih, w_hh, b_ih, b_hh)", **case), cell)


def walked(optimiser, gradients, **options):
    """The weights after each of torch's updates with these gradients."""
    weight = torch.zeros(len(gradients[0]), dtype=torch.float64, requires_grad=True)
    walking = optimiser([weight], **options)
    steps = []
    for gradient in gradients:
        weight.grad = tensor(gradient)
        walking.step()
        steps.append(weight.detach().clone())
    return steps


three_gradients = numbers((3, 2), -2, 2, extreme=False)


@some
@given(gradients=three_gradients)
def test_plain_descent_and_momentum(gradients):
    plain = walked(torch.optim.SGD, gradients, lr=0.1)
    heavy = walked(torch.optim.SGD, gradients, lr=0.1, momentum=0.8)
    w, u, v = np.zeros(2), np.zeros(2), np.zeros(2)
    for g, one, other in zip(gradients, plain, heavy, strict=True):
        w = value("sgd(w, g, 0.1)", w=w, g=g)
        u, v = (
            value("momentum(u, v, g, 0.1, 0.8)", u=u, v=v, g=g),
            value("momentum_v(v, g, 0.8)", v=v, g=g),
        )
        agree(w, one)
        agree(u, other)


@some
@given(gradients=three_gradients)
def test_adam(gradients):
    w, m, v = np.zeros(2), np.zeros(2), np.zeros(2)
    steps = walked(torch.optim.Adam, gradients, lr=0.1, betas=(0.8, 0.99), eps=1e-6)
    for t, (g, theirs) in enumerate(zip(gradients, steps, strict=True), start=1):
        names = {"w": w, "g": g, "m": m, "v": v, "t": t}
        agree(value("adam(w, g, m, v, t, 0.1, 0.8, 0.99, 1e-6)", **names), theirs, 1e-9)
        m, v = value("adam_m(m, g, 0.8)", **names), value("adam_v(v, g, 0.99)", **names)
        names = {"w": w, "m": m, "v": v, "t": t}
        w = value("adam_step(w, m, v, t, 0.1, 0.8, 0.99, 1e-6)", **names)
        agree(w, theirs, 1e-9)


@some
@given(gradients=three_gradients)
def test_rmsprop(gradients):
    w, v = np.zeros(2), np.zeros(2)
    for g, theirs in zip(gradients, walked(torch.optim.RMSprop, gradients, lr=0.01), strict=True):
        w, v = value("rmsprop(w, g, v)", w=w, g=g, v=v), value("rmsprop_v(v, g)", v=v, g=g)
        agree(w, theirs, 1e-9)


@some
@given(g=numbers(shapes(1, 2)), limit=st.floats(0.1, 20))
def test_clipping_a_gradient(g, limit):
    weight = torch.zeros(g.shape, dtype=torch.float64, requires_grad=True)
    weight.grad = tensor(g)
    torch.nn.utils.clip_grad_norm_([weight], limit)
    agree(value("clip_grad_norm(g, limit)", g=g, limit=limit), weight.grad)
