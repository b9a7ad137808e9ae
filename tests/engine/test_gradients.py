"""The gradients that the lessons ask for, written as lessons write them, against autograd."""

import numpy as np
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.oracle import agree, numbers, some, tensor, value, whole

small = st.integers(1, 4)


def gradients(loss, *inputs):
    return torch.autograd.grad(loss, inputs)


def leaf(array):
    return tensor(array).requires_grad_()


@some
@given(z=numbers((4,)), y=st.integers(0, 3))
def test_softmax_with_cross_entropy(z, y):
    logits = leaf(z)
    (theirs,) = gradients(F.cross_entropy(logits, whole(y)), logits)
    agree(value("softmax(z) - one_hot(y, 4)", z=z, y=y), theirs)
    agree(value("p = softmax(z)\np - one_hot(y, size(z))", z=z, y=y), theirs)


@some
@given(data=st.data(), samples=small)
def test_the_mean_over_a_batch_divides_once(data, samples):
    z = data.draw(numbers((samples, 3)))
    y = np.arange(samples) % 3
    logits = leaf(z)
    (theirs,) = gradients(F.cross_entropy(logits, whole(y)), logits)
    agree(value("(softmax(z) - one_hot(y, 3)) / rows(z)", z=z, y=y), theirs)


@some
@given(data=st.data(), inputs=small, outputs=small)
def test_softmax_regression(data, inputs, outputs):
    W, x, b = (data.draw(numbers(shape)) for shape in ((outputs, inputs), (inputs,), (outputs,)))
    y = data.draw(st.integers(0, outputs - 1))
    leaves = leaf(W), leaf(x), leaf(b)
    loss = F.cross_entropy(leaves[0] @ leaves[1] + leaves[2], whole(y))
    dW, dx, db = gradients(loss, *leaves)
    names = {"W": W, "x": x, "b": b, "y": y}
    delta = f"delta = softmax(W @ x + b) - one_hot(y, {outputs})\n"
    agree(value(delta + "outer(delta, x)", **names), dW, 1e-9)
    agree(value(delta + "delta", **names), db, 1e-9)
    agree(value(delta + "T(W) @ delta", **names), dx, 1e-9)
    agree(value(delta + "delta @ W", **names), dx, 1e-9)


@st.composite
def pooled(draw):
    """A map whose windows of 2x2 have one largest number each, and what arrives from above."""
    rows, columns = draw(small), draw(small)
    order = draw(st.permutations(range(4 * rows * columns)))
    x = np.array(order, dtype=float).reshape(2 * rows, 2 * columns)
    return x, draw(numbers((rows, columns)))


@some
@given(case=pooled())
def test_the_gradient_of_max_pooling_goes_to_the_largest(case):
    x, g = case
    data = leaf(x)
    (theirs,) = gradients((F.max_pool2d(data[None], 2)[0] * tensor(g)).sum(), data)
    spread = (
        "i = arange(rows(x)) // 2\nj = arange(cols(x)) // 2\n"
        "largest = max_pool2d(x, 2)\nwhere(x == largest[i][:, j], g[i][:, j], 0)"
    )
    agree(value(spread, x=x, g=g), theirs)


@some
@given(case=pooled())
def test_the_gradient_of_average_pooling_is_shared(case):
    x, g = case
    data = leaf(x)
    (theirs,) = gradients((F.avg_pool2d(data[None], 2)[0] * tensor(g)).sum(), data)
    spread = "i = arange(rows(x)) // 2\nj = arange(cols(x)) // 2\ng[i][:, j] / 4"
    agree(value(spread, x=x, g=g), theirs)


@some
@given(data=st.data(), k=st.integers(1, 2))
def test_the_gradient_of_a_convolution(data, k):
    x, w = data.draw(numbers((3, 3))), data.draw(numbers((k, k)))
    g = data.draw(numbers((4 - k, 4 - k)))
    leaves = leaf(x), leaf(w)
    made = F.conv2d(leaves[0][None, None], leaves[1][None, None])[0, 0]
    dx, dw = gradients((made * tensor(g)).sum(), *leaves)
    names = {"x": x, "w": w, "g": g}
    agree(value("conv2d(x, g)", **names), dw, 1e-9)
    agree(value("conv2d(g, w[::-1, ::-1], padding=rows(w) - 1)", **names), dx, 1e-9)


@some
@given(x=numbers((5,)), g=numbers((5,)))
def test_activations(x, g):
    written = {
        "g * where(x > 0, 1, 0)": F.relu,
        "s = sigmoid(x)\ng * s * (1 - s)": torch.sigmoid,
        "g * (1 - tanh(x) ** 2)": torch.tanh,
        "p = softmax(x)\np * (g - sum(p * g))": lambda x: torch.softmax(x, -1),
    }
    for text, function in written.items():
        data = leaf(x)
        (theirs,) = gradients((function(data) * tensor(g)).sum(), data)
        agree(value(text, x=x, g=g), theirs, 1e-9)


@some
@given(x=numbers((4,)), y=numbers((4,)))
def test_mean_squared_error(x, y):
    data = leaf(x)
    (theirs,) = gradients(F.mse_loss(data, tensor(y)), data)
    agree(value("2 * (x - y) / size(x)", x=x, y=y), theirs)


@some
@given(w=numbers((3,)), lr=st.floats(0, 1))
def test_a_step_goes_against_the_gradient(w, lr):
    data = leaf(w)
    (gradient,) = gradients((data**2).sum(), data)
    agree(value("sgd(w, 2 * w, lr)", w=w, lr=lr), data - lr * gradient)
