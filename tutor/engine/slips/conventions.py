"""Known variants of prelude functions: other conventions, and mistakes that have a name.

Each is a formula of the function's own parameters, so that it can stand where the call stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.engine.formula import FormulaError
from tutor.engine.reader import Reader
from tutor.engine.slips.change import Change
from tutor.engine.slips.opening import Opened, opened
from tutor.engine.tree import Apply, Call, Node
from tutor.engine.value import Evaluation

Variant = tuple[str, str, float]
"""A slip, the formula that it makes of the function, and its weight."""

VARIANTS: Mapping[str, tuple[Variant, ...]] = {
    "softmax": (
        ("left-out-function", "input / sum(input, axis=dim, keepdims=True)", 1.0),
        ("applied-twice", "softmax(softmax(input, dim), dim)", 0.4),
        ("wrong-operation", "sigmoid(input)", 0.3),
        ("left-out-function", "exp(input) / sum(input, axis=dim, keepdims=True)", 0.2),
        ("wrong-operation", "log_softmax(input, dim)", 0.2),
        ("wrong-operation", "one_hot(argmax(input), size(input))", 0.2),
    ),
    "log_softmax": (
        ("left-out-function", "softmax(input, dim)", 0.7),
        ("left-out-function", "ln(input)", 0.3),
    ),
    "logsumexp": (
        ("left-out-function", "sum(exp(input), axis=dim, keepdims=keepdim)", 0.7),
        ("wrong-operation", "sum(input, axis=dim, keepdims=keepdim)", 0.3),
        ("wrong-operation", "max(input, axis=dim, keepdims=keepdim)", 0.3),
    ),
    "cross_entropy": (
        ("applied-twice", "cross_entropy(softmax(input, -1), target, weight, reduction)", 1.0),
        ("left-out-function", "nll_loss(ln(input), target, weight, reduction)", 0.6),
        ("left-out-function", "nll_loss(input, target, weight, reduction)", 0.4),
        ("left-out-factor", "-sum(log_softmax(input, -1))", 0.4),
        ("wrong-scale", "mean(cross_entropy(input, target, weight, 'none'))", 0.4),
        ("left-out-factor", "cross_entropy(input, target, None, reduction)", 0.5),
    ),
    "nll_loss": (
        ("sign", "-nll_loss(input, target, weight, reduction)", 0.7),
        ("left-out-function", "nll_loss(log_softmax(input, -1), target, weight, reduction)", 0.4),
        ("wrong-scale", "mean(nll_loss(input, target, weight, 'none'))", 0.4),
    ),
    "binary_cross_entropy": (
        ("left-out-term", "mean(-target * ln(input))", 0.7),
        ("swapped-operands", "binary_cross_entropy(1 - input, target, reduction)", 0.5),
        ("left-out-function", "mean((input - target) ** 2)", 0.2),
    ),
    "kl_div": (
        ("swapped-operands", "kl_div(q, p)", 1.0),
        ("left-out-term", "-sum(xlogy(p, q))", 0.5),
        ("left-out-term", "-sum(xlogy(p, p))", 0.2),
        ("left-out-factor", "sum(ln(p / q))", 0.3),
        ("wrong-log-base", "kl_div(p, q) / ln(2)", 0.7),
        ("wrong-log-base", "kl_div(p, q) / ln(10)", 0.5),
    ),
    "entropy": (
        ("wrong-log-base", "entropy(p) / ln(2)", 1.0),
        ("wrong-log-base", "entropy(p) / ln(10)", 0.5),
        ("left-out-factor", "-sum(ln(p))", 0.4),
    ),
    "mse_loss": (
        ("extra-factor", "mean((input - target) ** 2) / 2", 0.5),
        ("extra-function", "sqrt(mean((input - target) ** 2))", 0.6),
        ("not-squared", "mean(input - target)", 0.3),
    ),
    "perplexity": (
        ("wrong-operation", "2 ** loss", 1.0),
        ("sign", "exp(-loss)", 0.5),
    ),
    "linear": (
        ("left-out-term", "linear(input, weight)", 1.0),
        ("transposed", "input @ weight", 0.7),
    ),
    "conv2d": (
        ("flipped-kernel", "conv2d(input, weight[..., ::-1, ::-1], bias, stride, padding)", 1.0),
        ("wrong-padding", "conv2d(input, weight, bias, stride, 0)", 0.5),
        ("wrong-padding", "conv2d(input, weight, bias, stride, 1)", 0.3),
        ("wrong-stride", "conv2d(input, weight, bias, 1, padding)", 0.5),
        ("wrong-stride", "conv2d(input, weight, bias, 2, padding)", 0.3),
        ("left-out-term", "conv2d(input, weight, None, stride, padding)", 0.7),
    ),
    "conv1d": (
        ("flipped-kernel", "conv1d(input, weight[..., ::-1], bias, stride, padding)", 1.0),
        ("left-out-term", "conv1d(input, weight, None, stride, padding)", 0.7),
    ),
    "max_pool2d": (
        ("mean-for-max", "avg_pool2d(input, kernel_size, stride, padding)", 1.0),
        ("wrong-stride", "max_pool2d(input, kernel_size, 1, padding)", 0.7),
        ("wrong-stride", "max_pool2d(input, kernel_size, kernel_size, padding)", 0.5),
    ),
    "avg_pool2d": (
        ("max-for-mean", "max_pool2d(input, kernel_size, stride, padding)", 1.0),
        ("wrong-stride", "avg_pool2d(input, kernel_size, 1, padding)", 0.7),
        ("wrong-stride", "avg_pool2d(input, kernel_size, kernel_size, padding)", 0.5),
    ),
    "conv_size": (
        ("floor-for-ceil", "ceil((n + 2 * padding - k) / stride) + 1", 1.0),
        ("size-off-by-one", "(n + 2 * padding - k) // stride", 1.0),
        ("wrong-padding", "(n + padding - k) // stride + 1", 1.0),
        ("wrong-padding", "(n - k) // stride + 1", 1.0),
        ("wrong-stride", "n + 2 * padding - k + 1", 1.0),
        ("size-off-by-one", "(n + 2 * padding - k + 1) // stride", 0.6),
        ("wrong-padding", "n", 0.3),
    ),
    "pool_size": (
        ("floor-for-ceil", "ceil((n - k) / k) + 1", 1.0),
        ("size-off-by-one", "(n - k) // k", 0.7),
        ("wrong-stride", "n - k + 1", 1.0),
    ),
    "parameters_linear": (
        ("left-out-term", "inputs * outputs", 1.0),
        ("wrong-operation", "inputs * outputs + inputs", 0.5),
        ("size-off-by-one", "inputs * outputs + 1", 0.6),
    ),
    "parameters_conv2d": (
        ("left-out-term", "kernels * channels * k**2", 1.0),
        ("left-out-factor", "kernels * (k**2 + 1)", 1.0),
        ("size-off-by-one", "kernels * channels * k**2 + 1", 0.7),
        ("not-squared", "kernels * (channels * k + 1)", 0.5),
        ("left-out-factor", "channels * k**2 + 1", 0.4),
        ("left-out-factor", "kernels * k**2", 0.3),
        ("misplaced-term", "kernels * channels * (k**2 + 1)", 0.4),
    ),
    "layer_norm": (
        ("sample-variance", "(input - mean(input, axis=-1, keepdims=True))"
         " / sqrt(var(input, axis=-1, ddof=1, keepdims=True) + eps)", 1.0),
        ("wrong-axis", "(input - mean(input, axis=0, keepdims=True))"
         " / sqrt(var(input, axis=0, keepdims=True) + eps)", 1.0),
        ("not-rooted", "(input - mean(input, axis=-1, keepdims=True))"
         " / var(input, axis=-1, keepdims=True)", 0.6),
        ("left-out-factor", "input - mean(input, axis=-1, keepdims=True)", 0.4),
    ),
    "batch_norm": (
        ("sample-variance", "(input - mean(input, axis=0, keepdims=True))"
         " / sqrt(var(input, axis=0, ddof=1, keepdims=True) + eps)", 1.0),
        ("wrong-axis", "(input - mean(input, axis=-1, keepdims=True))"
         " / sqrt(var(input, axis=-1, keepdims=True) + eps)", 1.0),
    ),
    "var": (
        ("sample-variance", "var(x, axis, 1, keepdims)", 1.0),
        ("extra-function", "sqrt(var(x, axis, ddof, keepdims))", 0.7),
    ),
    "scaled_dot_product_attention": (
        ("wrong-scale", "softmax(query @ T(key), -1) @ value", 1.0),
        ("not-rooted", "softmax(query @ T(key) / cols(query), -1) @ value", 1.0),
        ("wrong-axis", "softmax(query @ T(key) / sqrt(cols(query)), 0) @ value", 1.0),
        ("wrong-scale", "softmax(query @ T(key) / sqrt(rows(key)), -1) @ value", 0.4),
        ("left-out-function", "query @ T(key) / sqrt(cols(query)) @ value", 0.4),
        ("unmasked", "softmax(query @ T(key) / sqrt(cols(query)), -1) @ value", 1.0),
        ("misplaced-term", "(softmax(query @ T(key) / sqrt(cols(query)), -1)"
         " * (causal_mask(rows(query)) == 0)) @ value", 0.6),
        ("misplaced-term", "softmax(query @ T(key), -1) / sqrt(cols(query)) @ value", 0.4),
    ),
    "sigmoid": (
        ("sign", "1 / (1 + exp(input))", 1.0),
        ("wrong-operation", "tanh(input)", 0.5),
        ("wrong-derivative", "sigmoid(input) * (1 - sigmoid(input))", 0.5),
        ("complement", "1 - sigmoid(input)", 0.3),
    ),
    "relu": (
        ("left-out-function", "input", 1.0),
        ("wrong-operation", "abs(input)", 0.5),
        ("wrong-derivative", "where(input > 0, 1, 0)", 0.3),
        ("variant", "leaky_relu(input)", 0.2),
    ),
    "leaky_relu": (("left-out-factor", "relu(input)", 1.0),),
    "gelu": (
        ("variant", "gelu(input, 'tanh')", 1.0),
        ("variant", "gelu(input)", 0.5),
        ("variant", "input * sigmoid(1.702 * input)", 0.7),
        ("wrong-operation", "silu(input)", 0.4),
    ),
    "silu": (("wrong-operation", "sigmoid(input)", 0.7), ("wrong-operation", "gelu(input)", 0.3)),
    "softplus": (("left-out-function", "1 + exp(beta * input)", 0.5),),
    "gru_cell": (
        ("variant", "d = cols(hidden)\ni = linear(input, w_ih, b_ih)\n"
         "k = linear(hidden, w_hh, b_hh)\nr = sigmoid(i[..., :d] + k[..., :d])\n"
         "z = sigmoid(i[..., d:2*d] + k[..., d:2*d])\n"
         "n = tanh(i[..., 2*d:] + r * k[..., 2*d:])\nz * n + (1 - z) * hidden", 1.0),
        ("variant", "d = cols(hidden)\ni = linear(input, w_ih, b_ih)\n"
         "k = linear(hidden, w_hh, b_hh)\nr = sigmoid(i[..., :d] + k[..., :d])\n"
         "z = sigmoid(i[..., d:2*d] + k[..., d:2*d])\n"
         "n = tanh(i[..., 2*d:] + (r * hidden) @ T(w_hh[2*d:]))\n(1 - z) * n + z * hidden", 0.8),
    ),
    "momentum_v": (
        ("variant", "mu * v + (1 - mu) * g", 1.0),
        ("left-out-term", "g", 0.3),
    ),
    "momentum": (
        ("variant", "w - lr * (mu * v + (1 - mu) * g)", 1.0),
        ("variant", "w - (mu * v + lr * g)", 0.8),
        ("stale-value", "w - lr * v", 0.3),
        ("left-out-term", "w - lr * g", 0.6),
    ),
    "adam_step": (
        ("left-out-factor", "w - lr * m / (sqrt(v) + eps)", 1.0),
        ("variant", "w - lr * m / (1 - beta1**t) / sqrt(v / (1 - beta2**t) + eps)", 0.4),
        ("sign", "w + lr * m / (1 - beta1**t) / (sqrt(v / (1 - beta2**t)) + eps)", 0.5),
    ),
    "adam_m": (
        ("variant", "beta1 * m + g", 0.7),
        ("swapped-operands", "(1 - beta1) * m + beta1 * g", 0.7),
    ),
    "adam_v": (
        ("not-squared", "beta2 * v + (1 - beta2) * g", 1.0),
        ("swapped-operands", "(1 - beta2) * v + beta2 * g**2", 0.7),
    ),
    "sgd": (
        ("sign", "w + lr * g", 1.0),
        ("left-out-factor", "w - g", 1.0),
        ("left-out-term", "lr * g", 0.5),
    ),
    "positional_encoding": (
        ("variant", "half = arange(d // 2)[None, :]\nangle = arange(n)[:, None]"
         " / base ** (2 * half / d)\nconcat([sin(angle), cos(angle)], axis=1)", 1.0),
        ("wrong-index", "place = arange(d)[None, :]\nangle = arange(n)[:, None] / base **"
         " (place / d)\nwhere(place % 2 == 0, sin(angle), cos(angle))", 0.8),
        ("size-off-by-one", "place = arange(d)[None, :]\nangle = (arange(n)[:, None] + 1) / base"
         " ** ((place - place % 2) / d)\nwhere(place % 2 == 0, sin(angle), cos(angle))", 0.6),
    ),
    "clip_grad_norm": (
        ("left-out-factor", "g / sqrt(sum(g**2))", 0.5),
        ("left-out-function", "clip(g, -max_norm, max_norm)", 1.0),
    ),
    "xavier_bound": (
        ("left-out-term", "sqrt(6 / fan_in)", 1.0),
        ("variant", "sqrt(2 / (fan_in + fan_out))", 1.0),
    ),
    "kaiming_std": (("variant", "sqrt(6 / fan_in)", 1.0), ("variant", "1 / sqrt(fan_in)", 0.8)),
}  # fmt: skip


def conventional(tree: Opened, evaluation: Evaluation) -> Iterator[Change]:
    """The variants of every call that was opened, where they fit its arguments."""
    for call, node in tree.calls.items():
        arguments = {name: tree.made.get(value, value) for name, value in call.arguments}
        for slip, text, weight in VARIANTS.get(call.function, ()):
            yield from _changed(slip, node, text, weight, call.function, arguments, evaluation)
        yield from _moved_out(call, node, arguments, evaluation)


def _moved_out(
    call: Call, node: Node, arguments: Mapping[str, Node], evaluation: Evaluation
) -> Iterator[Change]:
    """f(a / b) worked as f(a) / b, as with a temperature after the softmax."""
    first, *others = arguments
    inner = arguments[first]
    sign = MOVED.get(inner.primitive) if isinstance(inner, Apply) else None
    if sign is not None and isinstance(inner, Apply):
        moved = {**arguments, "head": inner.operands[0], "tail": inner.operands[1]}
        text = f"{call.function}({', '.join(['head', *others])}) {sign} tail"
        yield from _changed("misplaced-term", node, text, 0.5, call.function, moved, evaluation)


MOVED = {"divide": "/", "multiply": "*", "add": "+", "subtract": "-"}


def _changed(
    slip: str, node: Node, text: str, weight: float, function: str,
    known: Mapping[str, Node], evaluation: Evaluation,
) -> Iterator[Change]:  # fmt: skip
    try:
        closed = Reader(text, dict(known), node.column).read()
        instead = opened(closed, evaluation).root
    except FormulaError:
        return
    yield Change(slip, node, instead, weight, {"function": function}, closed)
