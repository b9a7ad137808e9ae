import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.oracle import agree, numbers, shapes, some, tensor, value
from tutor.engine.formula import FormulaError

small = st.integers(1, 3)


@some
@given(data=st.data(), before=shapes(0, 2, 3), inputs=small, outputs=small, biased=st.booleans())
def test_linear(data, before, inputs, outputs, biased):
    x = data.draw(numbers((*before, inputs)))
    w, b = data.draw(numbers((outputs, inputs))), data.draw(numbers((outputs,)))
    theirs = F.linear(tensor(x), tensor(w), tensor(b) if biased else None)
    agree(value("linear(x, w, b)" if biased else "linear(x, w)", x=x, w=w, b=b), theirs, 1e-9)


@st.composite
def convolved(draw, axes):
    """An input of one sample or several, kernels that fit, a bias, a stride and a padding."""
    kernel = [draw(small) for _ in range(axes)]
    padding = [draw(st.integers(0, 2)) for _ in range(axes)]
    stride = [draw(small) for _ in range(axes)]
    sides = [
        draw(st.integers(max(1, size - 2 * around), 5))
        for size, around in zip(kernel, padding, strict=True)
    ]
    samples, channels, kernels = draw(st.none() | small), draw(small), draw(small)
    x = draw(numbers((*(() if samples is None else (samples,)), channels, *sides)))
    w = draw(numbers((kernels, channels, *kernel)))
    b = draw(numbers((kernels,)))
    return x, w, b, stride, padding


@some
@given(case=convolved(1), biased=st.booleans())
def test_conv1d(case, biased):
    x, w, b, (stride,), (padding,) = case
    theirs = F.conv1d(tensor(x), tensor(w), tensor(b) if biased else None, stride, padding)
    text = f"conv1d(x, w, {'b' if biased else 'None'}, {stride}, {padding})"
    agree(value(text, x=x, w=w, b=b), theirs, 1e-9)


@some
@given(case=convolved(2), biased=st.booleans())
def test_conv2d(case, biased):
    x, w, b, stride, padding = case
    theirs = F.conv2d(tensor(x), tensor(w), tensor(b) if biased else None, stride, padding)
    text = f"conv2d(x, w, {'b' if biased else 'None'}, stride={stride}, padding={padding})"
    agree(value(text, x=x, w=w, b=b), theirs, 1e-9)


@some
@given(case=convolved(2))
def test_conv2d_of_one_map_and_one_kernel(case):
    x, w, b, stride, padding = case
    x, w, b = x.reshape(-1, *x.shape[-2:])[0], w[0, 0], b[0]
    theirs = F.conv2d(tensor(x[None]), tensor(w[None, None]), tensor([b]), stride, padding)[0]
    text = f"conv2d(x, w, b, {stride}, {padding})"
    agree(value(text, x=x, w=w, b=b), theirs, 1e-9)


@some
@given(data=st.data(), before=shapes(0, 2, 2), each=st.booleans())
def test_pooling(data, before, each):
    kernel = [data.draw(small), data.draw(small)]
    stride = data.draw(st.none() | st.tuples(small, small).map(list))
    padding = [data.draw(st.integers(0, size // 2)) for size in kernel]
    if each:
        kernel, stride, padding = kernel[0], stride and stride[0], padding[0]
    sizes = np.broadcast_to(kernel, 2)
    x = data.draw(numbers((*before, *(data.draw(st.integers(int(k), 5)) for k in sizes))))
    batch = tensor(x).reshape(1, -1, *x.shape[-2:])
    names = {"x": x}
    for ours, theirs in (("max_pool2d", F.max_pool2d), ("avg_pool2d", F.avg_pool2d)):
        expected = theirs(batch, kernel, stride, padding)
        expected = expected.reshape(*x.shape[:-2], *expected.shape[-2:])
        agree(value(f"{ours}(x, {kernel}, {stride}, {padding})", **names), expected)


@some
@given(n=st.integers(1, 40), k=st.integers(1, 7), s=st.integers(1, 4), p=st.integers(0, 3))
def test_sizes_are_those_of_what_torch_makes(n, k, s, p):
    if n + 2 * p < k:
        return
    made = F.conv1d(torch.zeros(1, 1, n), torch.zeros(1, 1, k), stride=s, padding=p).shape[-1]
    assert value(f"conv_size({n}, {k}, {s}, {p})") == made
    assert value(f"conv_size(n={n}, k={k}, padding={p}, stride={s})") == made
    assert value(f"pool_size({n}, {k}, {s}, {p})") == made
    assert value(f"pool_size({n}, {k})") == n // k


@some
@given(a=small, b=small, k=small, biased=st.booleans())
def test_numbers_of_parameters(a, b, k, biased):
    linear = torch.nn.Linear(a, b, bias=biased)
    conv = torch.nn.Conv2d(a, b, k, bias=biased)
    for ours, theirs in ((f"linear({a}, {b}", linear), (f"conv2d({a}, {b}, {k}", conv)):
        count = sum(one.numel() for one in theirs.parameters())
        assert value(f"parameters_{ours}, bias={biased})") == count


def test_initial_scales():
    weight = torch.empty(30, 20)
    torch.nn.init.xavier_uniform_(weight, generator=torch.Generator().manual_seed(0))
    bound = float(value("xavier_bound(20, 30)"))
    assert 0.98 * bound < float(weight.abs().max()) <= bound
    gain = torch.nn.init.calculate_gain("relu")
    assert value("kaiming_std(20)") == pytest.approx(gain / 20**0.5)


@some
@given(x=numbers(shapes(1, 3)), data=st.data(), weighted=st.booleans(), biased=st.booleans())
def test_layer_norm(x, data, weighted, biased):
    axes = data.draw(st.integers(1, x.ndim))
    shape = list(x.shape[-axes:])
    w, b = (data.draw(numbers(tuple(shape), extreme=False)) for _ in range(2))
    theirs = F.layer_norm(
        tensor(x), shape, tensor(w) if weighted else None, tensor(b) if biased else None, 1e-3
    )
    weights = f"{'w' if weighted else None}, {'b' if biased else None}"
    agree(value(f"layer_norm(x, {shape}, {weights}, eps=1e-3)", x=x, w=w, b=b), theirs, 1e-8)


def test_layer_norm_of_a_vector_takes_its_length():
    agree(value("layer_norm(x, 4)", x=[1, 2, 3, 6]), F.layer_norm(tensor([1, 2, 3, 6]), [4]))


@some
@given(
    x=numbers(shapes(2, 4, 3)), weighted=st.booleans(), biased=st.booleans(), training=st.booleans()
)
def test_batch_norm(x, weighted, biased, training):
    if training and x.size == x.shape[1]:
        return  # torch refuses to train on one number a channel
    channels = np.arange(x.shape[1])
    m, v, w, b = channels * 0.5, channels + 0.5, 2.0 - channels, channels * 0.1
    theirs = F.batch_norm(
        tensor(x), tensor(m), tensor(v), tensor(w) if weighted else None,
        tensor(b) if biased else None, training, 0.1, 1e-3,
    )  # fmt: skip
    weights = f"{'w' if weighted else None}, {'b' if biased else None}"
    text = f"batch_norm(x, m, v, {weights}, {training}, 0.1, 1e-3)"
    agree(value(text, x=x, m=m, v=v, w=w, b=b), theirs, 1e-8)


@some
@given(x=numbers(shapes(1, 3)), data=st.data(), ddof=st.integers(0, 1), kept=st.booleans())
def test_variance(x, data, ddof, kept):
    axis = data.draw(st.none() | st.integers(-x.ndim, x.ndim - 1))
    if (x.size if axis is None else x.shape[axis]) <= ddof:
        return
    theirs = torch.var(tensor(x), axis, correction=ddof, keepdim=kept)
    agree(value(f"var(x, {axis}, {ddof}, keepdims={kept})", x=x), theirs, 1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "conv2d(x, w)",
        "linear(x, [1, 2, 3, 4])",
        "batch_norm(x, x, x)",
        "layer_norm(x, [1, 1, 1])",
        "max_pool2d(x, 3)",
        "max_pool2d(x, 0)",
        "avg_pool2d(x, 2, 0)",
        "avg_pool2d(x, 2, 1, -1)",
    ],
)
def test_shapes_that_do_not_fit_are_refused(text):
    with pytest.raises(FormulaError) as caught:
        value(text, x=np.ones((2, 2)), w=np.ones((1, 1, 2, 2)))
    assert caught.value.code in ("formula.shapes", "formula.arguments")
