"""Softmax, cross-entropy, convolution, attention ...: formulas of primitives.

Names, argument order and defaults are those of torch.nn.functional where it has the function.
A function may have several bodies: the first that holds is how one writes it on paper, the last
that holds is how it is computed without overflow, and a learner may honestly work by any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from tutor.engine.formula import Function

When = Callable[[Mapping[str, object]], bool]

PRELUDE: dict[str, Function] = {}


def _define(signature: str, about: str, *bodies: str | tuple[str, When]) -> None:
    name, _, rest = signature.rstrip(")").partition("(")
    parameters = []
    for one in rest.split(", "):
        parameter, has_default, default = one.partition("=")
        parameters.append((parameter, default if has_default else None))
    written = tuple((body, None) if isinstance(body, str) else body for body in bodies)
    PRELUDE[name] = Function(name, tuple(parameters), written, about)


def _ranks(**ranks: int | tuple[int, ...]) -> When:
    """Holds when the arguments have these numbers of axes."""

    def holds(arguments: Mapping[str, object]) -> bool:
        return all(
            np.ndim(arguments[name]) in (rank if isinstance(rank, tuple) else (rank,))  # type: ignore[arg-type]
            for name, rank in ranks.items()
        )

    return holds


def _says(**words: object) -> When:
    """Holds when the options are these words; `...` stands for any array or number."""

    def holds(arguments: Mapping[str, object]) -> bool:
        return all(
            arguments[name] is not None if word is ... else _same(arguments[name], word)
            for name, word in words.items()
        )

    return holds


def _same(argument: object, word: object) -> bool:
    if isinstance(argument, np.ndarray):
        return isinstance(word, int | float) and argument.ndim == 0 and float(argument) == word
    return argument == word


def _all(*conditions: When) -> When:
    return lambda arguments: all(condition(arguments) for condition in conditions)


# Activations

_define("sigmoid(input)", "1 / (1 + e^-x)", "1 / (1 + exp(-input))")
_define("relu(input)", "max(x, 0)", "maximum(input, 0)")
_define(
    "leaky_relu(input, negative_slope=0.01)", "x, or a small slope times x below 0",
    "where(input > 0, input, negative_slope * input)",
)  # fmt: skip
_define(
    "elu(input, alpha=1.0)", "x, or alpha (e^x - 1) below 0",
    "where(input > 0, input, alpha * (exp(input) - 1))",
)  # fmt: skip
_define(
    'gelu(input, approximate="none")', "x times the normal distribution function of x",
    ("0.5 * input * (1 + erf(input / sqrt(2)))", _says(approximate="none")),
    (
        "0.5 * input * (1 + tanh(sqrt(2 / pi) * (input + 0.044715 * input**3)))",
        _says(approximate="tanh"),
    ),
)  # fmt: skip
_define("silu(input)", "x sigmoid(x)", "input * sigmoid(input)")
_define(
    "softplus(input, beta=1.0, threshold=20.0)", "ln(1 + e^x), x itself where it is large",
    "where(beta * input > threshold, input, ln(1 + exp(beta * input)) / beta)",
)  # fmt: skip

# Softmax and its logarithm

_define(
    "softmax(input, dim=-1)", "e^z over the sum of e^z",
    "exponentials = exp(input)\nexponentials / sum(exponentials, axis=dim, keepdims=True)",
    "exponentials = exp(input - max(input, axis=dim, keepdims=True))\n"
    "exponentials / sum(exponentials, axis=dim, keepdims=True)",
)  # fmt: skip
_define(
    "logsumexp(input, dim=-1, keepdim=False)", "ln of the sum of e^z",
    "ln(sum(exp(input), axis=dim, keepdims=keepdim))",
    "largest = max(input, axis=dim, keepdims=True)\n"
    "max(input, axis=dim, keepdims=keepdim)"
    " + ln(sum(exp(input - largest), axis=dim, keepdims=keepdim))",
)  # fmt: skip
_define(
    "log_softmax(input, dim=-1)", "ln of softmax, z - ln of the sum of e^z",
    "ln(softmax(input, dim))",
    "input - logsumexp(input, dim, True)",
)  # fmt: skip

# Losses; `reduction` is "mean", "sum" or "none"

REDUCTIONS = {"mean": "mean({})", "sum": "sum({})", "none": "{}"}


def _reduced(each: str, *conditions: When) -> list[tuple[str, When]]:
    return [
        (pattern.format(each), _all(_says(reduction=word), *conditions))
        for word, pattern in REDUCTIONS.items()
    ]


def _picked(log_probabilities: str) -> list[tuple[str, When]]:
    """Minus the log-probability of the true class, over samples, classes weighted or not."""
    one, many = _ranks(input=1, target=0), _ranks(input=2, target=1)
    row = f"-{log_probabilities}[arange(rows(input)), target]"
    bodies = _reduced(f"-{log_probabilities}[target]", one, _says(weight=None))
    bodies += _reduced(row, many, _says(weight=None))
    weighted = _all(many, _says(weight=...))
    bodies += [
        (
            f"sum(weight[target] * {row}) / sum(weight[target])",
            _all(weighted, _says(reduction="mean")),
        ),
        (f"sum(weight[target] * {row})", _all(weighted, _says(reduction="sum"))),
        (f"weight[target] * {row}", _all(weighted, _says(reduction="none"))),
    ]
    return bodies


def _soft(log_probabilities: str) -> list[tuple[str, When]]:
    """Targets that are probabilities: minus the sum of y ln p, averaged over the samples."""
    each = f"-sum(where(target == 0, 0, target * {log_probabilities}), axis=-1)"
    return [
        body
        for rank in (1, 2)
        for body in _reduced(each, _ranks(input=rank, target=rank), _says(weight=None))
    ]


_define(
    'nll_loss(input, target, weight=None, reduction="mean")',
    "minus the log-probability of the true class", *_picked("input"),
)  # fmt: skip
_define(
    'cross_entropy(input, target, weight=None, reduction="mean")',
    "minus ln softmax(z) of the true class, from logits",
    *_picked("ln(softmax(input, -1))"),
    *_soft("ln(softmax(input, -1))"),
    *_picked("log_softmax(input, -1)"),
    *_soft("log_softmax(input, -1)"),
)
_define(
    'binary_cross_entropy(input, target, reduction="mean")',
    "-(y ln p + (1 - y) ln(1 - p)), each logarithm at least -100 as in torch",
    *_reduced("-(xlogy(target, input) + xlogy(1 - target, 1 - input))"),
    *_reduced("-(target * maximum(ln(input), -100) + (1 - target) * maximum(ln(1 - input), -100))"),
)
_define(
    'mse_loss(input, target, reduction="mean")', "the mean of the squared errors",
    *_reduced("(input - target) ** 2"),
)  # fmt: skip
_define(
    'l1_loss(input, target, reduction="mean")', "the mean of the absolute errors",
    *_reduced("abs(input - target)"),
)  # fmt: skip
_define("entropy(p)", "-sum p ln p, in nats", "-sum(xlogy(p, p))")
_define(
    "kl_div(p, q)", "sum p ln(p / q): the mathematician's order; torch takes (ln q, p)",
    "sum(xlogy(p, p / q))",
)  # fmt: skip
_define("perplexity(loss)", "e to the mean cross-entropy", "exp(loss)")

# Layers

_define(
    "linear(input, weight, bias=None)", "x W^T + b, W with one row an output",
    ("input @ T(weight)", _says(bias=None)),
    ("input @ T(weight) + bias", _says(bias=...)),
)  # fmt: skip


def _convolutions(product: str, sums: str, bias: str, axes: int) -> list[tuple[str, When]]:
    """Cross-correlation as torch does it: windows times kernels, summed, plus the bias."""
    channels = _ranks(input=(axes + 1, axes + 2), weight=axes + 2)
    added = f"sum({product}, axis={sums})"
    return [
        (added, _all(channels, _says(bias=None))),
        (f"{added} + {bias}", _all(channels, _says(bias=...))),
    ]


_define(
    "conv1d(input, weight, bias=None, stride=1, padding=0)",
    "every window of the input times the kernel, summed over places and channels",
    *_convolutions(
        "windows(pad(input, [padding]), shape(weight)[-1:], stride)[..., None, :, :, :]"
        " * weight[:, :, None, :]",
        "(-3, -1)", "bias[:, None]", axes=1,
    ),
)  # fmt: skip
_define(
    "conv2d(input, weight, bias=None, stride=1, padding=0)",
    "every window of the input times the kernel, summed over places and channels; a single"
    " matrix with a single kernel works too",
    ("sum(windows(pad(input, padding), shape(weight), stride) * weight, axis=(-2, -1))",
     _all(_ranks(input=2, weight=2), _says(bias=None))),
    ("sum(windows(pad(input, padding), shape(weight), stride) * weight, axis=(-2, -1)) + bias",
     _all(_ranks(input=2, weight=2), _says(bias=...))),
    *_convolutions(
        "windows(pad(input, padding), shape(weight)[-2:], stride)[..., None, :, :, :, :, :]"
        " * weight[:, :, None, None, :, :]",
        "(-5, -2, -1)", "bias[:, None, None]", axes=2,
    ),
)  # fmt: skip
_define(
    "max_pool2d(input, kernel_size, stride=None, padding=0)",
    "the maximum of every window; the stride is the window's size unless given",
    ("max(windows(pad(input, padding, -inf), kernel_size, kernel_size), axis=(-2, -1))",
     _says(stride=None)),
    ("max(windows(pad(input, padding, -inf), kernel_size, stride), axis=(-2, -1))",
     _says(stride=...)),
)  # fmt: skip
_define(
    "avg_pool2d(input, kernel_size, stride=None, padding=0)",
    "the mean of every window, padding counted as zeros (as torch's default does)",
    ("mean(windows(pad(input, padding), kernel_size, kernel_size), axis=(-2, -1))",
     _says(stride=None)),
    ("mean(windows(pad(input, padding), kernel_size, stride), axis=(-2, -1))",
     _says(stride=...)),
)  # fmt: skip
_define(
    "conv_size(n, k, stride=1, padding=0)", "floor((n + 2p - k) / s) + 1",
    "(n + 2 * padding - k) // stride + 1",
)  # fmt: skip
_define(
    "pool_size(n, k, stride=None, padding=0)", "floor((n + 2p - k) / s) + 1, s = k unless given",
    ("(n + 2 * padding - k) // k + 1", _says(stride=None)),
    ("(n + 2 * padding - k) // stride + 1", _says(stride=...)),
)  # fmt: skip
_define(
    "parameters_linear(inputs, outputs, bias=True)", "weights and one bias an output",
    ("inputs * outputs + outputs", _says(bias=True)),
    ("inputs * outputs", _says(bias=False)),
)  # fmt: skip
_define(
    "parameters_conv2d(channels, kernels, k, bias=True)", "K (C k^2 + 1)",
    ("kernels * (channels * k**2 + 1)", _says(bias=True)),
    ("kernels * channels * k**2", _says(bias=False)),
)  # fmt: skip

# Normalising

_define(
    "var(x, axis=None, ddof=0, keepdims=False)", "the mean squared deviation; n - ddof below",
    ("mean((x - mean(x, axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=keepdims)",
     _says(ddof=0)),
    ("deviations = x - mean(x, axis=axis, keepdims=True)\n"
     "count = size(x) / size(mean(x, axis=axis))\n"
     "sum(deviations**2, axis=axis, keepdims=keepdims) / (count - ddof)",
     lambda arguments: not _same(arguments["ddof"], 0)),
)  # fmt: skip


def _normalised(shape: str, axes: str, mean: str, variance: str) -> list[tuple[str, When]]:
    lines = f"centre = {mean}\nspread = {variance}\n"
    body = "(input - centre) / sqrt(spread + eps)"
    weight, bias = (f"reshape({name}, {shape})" if shape else name for name in ("weight", "bias"))
    lines = lines.replace("AXES", axes)
    return [
        (lines + body, _says(weight=None, bias=None)),
        (f"{lines}{body} * {weight}", _says(weight=..., bias=None)),
        (f"{lines}{body} * {weight} + {bias}", _says(weight=..., bias=...)),
    ]


_LAYER_AXES = "-1 - arange(size(normalized_shape))"
_define(
    "layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5)",
    "each sample less its mean, over the root of its variance (1/n)",
    *_normalised(
        "", _LAYER_AXES, "mean(input, axis=AXES, keepdims=True)",
        "mean((input - centre) ** 2, axis=AXES, keepdims=True)",
    ),
)  # fmt: skip


def _batch_bodies() -> list[tuple[str, When]]:
    bodies = []
    for rank, axes in ((2, "0"), (3, "(0, 2)"), (4, "(0, 2, 3)")):
        shape = f"[1, -1{', 1' * (rank - 2)}]"
        batch = ("mean(input, axis=AXES, keepdims=True)",
                 "mean((input - centre) ** 2, axis=AXES, keepdims=True)")  # fmt: skip
        kept = (f"reshape(running_mean, {shape})", f"reshape(running_var, {shape})")
        for training, statistics in ((True, batch), (False, kept)):
            bodies += [
                (text, _all(_ranks(input=rank), _says(training=training), when))
                for text, when in _normalised(shape, axes, *statistics)
            ]
    return bodies


_define(
    "batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False,"
    " eps=1e-5)",
    "each channel less its mean over the batch, over the root of its variance (1/n)",
    *_batch_bodies(),
)  # fmt: skip

# Attention


_MASKS = (
    (_says(attn_mask=None, is_causal=False), ""),
    (_says(attn_mask=...), " + attn_mask"),
    (_says(attn_mask=None, is_causal=True), " + causal_mask(rows(query))"),
)


def _attention_bodies() -> list[tuple[str, When]]:
    bodies = []
    for rank, keys in ((2, "T(key)"), (3, "T(key, [0, 2, 1])"), (4, "T(key, [0, 1, 3, 2])")):
        scales = {None: f"query @ {keys} / sqrt(cols(query))", ...: f"query @ {keys} * scale"}
        for scale, scaled in scales.items():
            for mask, masked in _MASKS:
                text = f"scores = {scaled}{masked}\nsoftmax(scores, -1) @ value"
                bodies.append((text, _all(_ranks(query=rank), _says(scale=scale), mask)))
    return bodies


_define(
    "causal_mask(n)", "0 where a row may look (itself and before), -inf after it; to be added",
    "where(arange(n)[None, :] > arange(n)[:, None], -inf, 0)",
)  # fmt: skip
_define(
    "scaled_dot_product_attention(query, key, value, attn_mask=None, is_causal=False, scale=None)",
    "softmax(Q K^T / sqrt(d) + mask) V, softmax over each row; the mask is added",
    *_attention_bodies(),
)
_define(
    "positional_encoding(n, d, base=10000)", "sine and cosine interleaved",
    "place = arange(d)[None, :]\nangle = arange(n)[:, None] / base ** ((place - place % 2) / d)\n"
    "where(place % 2 == 0, sin(angle), cos(angle))",
)  # fmt: skip

# Recurrent cells; gates in torch's order


_RNN = "input, hidden, w_ih, w_hh, b_ih=None, b_hh=None"
_FROM_INPUT, _FROM_HIDDEN = "linear(input, w_ih, b_ih)", "linear(hidden, w_hh, b_hh)"
_define(
    f"rnn_cell({_RNN})", "tanh(W_ih x + b_ih + W_hh h + b_hh)",
    f"tanh({_FROM_INPUT} + {_FROM_HIDDEN})",
)  # fmt: skip
_define(
    f"gru_cell({_RNN})", "(1 - z) n + z h, the reset gate after the product, as torch",
    f"i = {_FROM_INPUT}\nk = {_FROM_HIDDEN}\nd = cols(hidden)\n"
    "r = sigmoid(i[..., :d] + k[..., :d])\nz = sigmoid(i[..., d:2*d] + k[..., d:2*d])\n"
    "n = tanh(i[..., 2*d:] + r * k[..., 2*d:])\n(1 - z) * n + z * hidden",
)  # fmt: skip
_LSTM = "input, hidden, cell, w_ih, w_hh, b_ih=None, b_hh=None"
_GATES = f"""gates = {_FROM_INPUT} + {_FROM_HIDDEN}
d = cols(hidden)
c = sigmoid(gates[..., d:2*d]) * cell + sigmoid(gates[..., :d]) * tanh(gates[..., 2*d:3*d])
"""
_define(f"lstm_cell_c({_LSTM})", "the new cell state: f c + i g", _GATES + "c")
_define(
    f"lstm_cell({_LSTM})", "the new hidden state: o tanh(c)",
    _GATES + "sigmoid(gates[..., 3*d:]) * tanh(c)",
)  # fmt: skip

# Optimisers, one update each

_define("sgd(w, g, lr)", "w - lr g", "w - lr * g")
_define("momentum_v(v, g, mu=0.9)", "mu v + g, as torch", "mu * v + g")
_define("momentum(w, v, g, lr, mu=0.9)", "w - lr (mu v + g)", "w - lr * momentum_v(v, g, mu)")
_define("adam_m(m, g, beta1=0.9)", "the running mean of g", "beta1 * m + (1 - beta1) * g")
_define("adam_v(v, g, beta2=0.999)", "the running mean of g^2", "beta2 * v + (1 - beta2) * g**2")
_define(
    "adam_step(w, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8)",
    "w - lr m_hat / (sqrt(v_hat) + eps), from the m and v of this step t (counted from 1)",
    "m_hat = m / (1 - beta1**t)\nv_hat = v / (1 - beta2**t)\nw - lr * m_hat / (sqrt(v_hat) + eps)",
)  # fmt: skip
_define(
    "adam(w, g, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8)",
    "one whole update, from the m and v of the step before",
    "adam_step(w, adam_m(m, g, beta1), adam_v(v, g, beta2), t, lr, beta1, beta2, eps)",
)
_define("rmsprop_v(v, g, alpha=0.99)", "the running mean of g^2", "alpha * v + (1 - alpha) * g**2")
_define(
    "rmsprop(w, g, v, lr=0.01, alpha=0.99, eps=1e-8)", "w - lr g / (sqrt(v) + eps)",
    "w - lr * g / (sqrt(rmsprop_v(v, g, alpha)) + eps)",
)  # fmt: skip
_define(
    "clip_grad_norm(g, max_norm)", "g, shortened to the length max_norm where it is longer",
    "g * minimum(1, max_norm / (sqrt(sum(g**2)) + 1e-6))",
)  # fmt: skip
_define("xavier_bound(fan_in, fan_out)", "sqrt(6 / (in + out))", "sqrt(6 / (fan_in + fan_out))")
_define("kaiming_std(fan_in)", "sqrt(2 / in)", "sqrt(2 / fan_in)")
