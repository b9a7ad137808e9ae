"""Known variants of prelude functions: other conventions, and mistakes that have a name.

Each is a formula of the function's own parameters, so that it can stand where the call stood;
`{mask}` and `{affine}` stand for what the call has besides.
"""

from __future__ import annotations

from collections.abc import Mapping

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
        ("misplaced-term", "max(input, axis=dim, keepdims=keepdim)"
         " + ln(sum(exp(input), axis=dim, keepdims=keepdim))", 0.7),
        ("left-out-term", "ln(sum(exp(input - max(input, axis=dim, keepdims=True)), axis=dim,"
         " keepdims=keepdim))", 1.0),
    ),
    "cross_entropy": (
        ("applied-twice", "cross_entropy(softmax(input, -1), target, weight, reduction)", 1.0),
        ("left-out-function", "nll_loss(ln(input), target, weight, reduction)", 0.6),
        ("left-out-function", "nll_loss(input, target, weight, reduction)", 0.8),
        ("left-out-factor", "-sum(log_softmax(input, -1))", 0.4),
        ("left-out-term", "mean(logsumexp(input, -1))", 0.4),
        ("wrong-scale", "mean(cross_entropy(input, target, weight, 'none'))", 0.4),
        ("left-out-factor", "cross_entropy(input, target, None, reduction)", 0.5),
        ("wrong-scale", "cross_entropy(input, target, weight, reduction) / shape(input)[-1]", 0.4),
        ("wrong-index", "cross_entropy(input, target - 1, weight, reduction)", 0.6),
        ("wrong-index", "cross_entropy(input, target + 1, weight, reduction)", 0.5),
    ),
    "nll_loss": (
        ("sign", "-nll_loss(input, target, weight, reduction)", 0.7),
        ("left-out-function", "nll_loss(log_softmax(input, -1), target, weight, reduction)", 0.4),
        ("wrong-scale", "mean(nll_loss(input, target, weight, 'none'))", 0.4),
        ("wrong-index", "nll_loss(input, target - 1, weight, reduction)", 0.6),
        ("wrong-index", "nll_loss(input, target + 1, weight, reduction)", 0.5),
    ),
    "binary_cross_entropy": (
        ("left-out-term", "mean(-target * ln(input))", 0.7),
        ("swapped-operands", "binary_cross_entropy(1 - input, target, reduction)", 0.5),
        ("left-out-function", "mean((input - target) ** 2)", 0.2),
        ("left-out-term", "mean(-(1 - target) * ln(1 - input))", 0.4),
        ("applied-twice", "binary_cross_entropy(sigmoid(input), target, reduction)", 0.5),
        ("sign", "mean(target * ln(input) - (1 - target) * ln(1 - input))", 0.3),
    ),
    "kl_div": (
        ("swapped-operands", "kl_div(q, p)", 1.0),
        ("left-out-term", "-sum(xlogy(p, q))", 0.5),
        ("left-out-term", "-sum(xlogy(p, p))", 0.2),
        ("left-out-factor", "sum(ln(p / q))", 0.3),
        ("wrong-log-base", "kl_div(p, q) / ln(2)", 0.7),
        ("wrong-log-base", "kl_div(p, q) / ln(10)", 0.5),
        ("variant", "(kl_div(p, q) + kl_div(q, p)) / 2", 0.2),
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
        ("wrong-operation", "l1_loss(input, target, reduction)", 0.5),
    ),
    "perplexity": (
        ("wrong-operation", "2 ** loss", 1.0),
        ("sign", "exp(-loss)", 0.5),
        ("left-out-function", "loss", 0.6),
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
        ("transposed", "conv2d(input, T(weight), bias, stride, padding)", 0.5),
    ),
    "conv1d": (
        ("flipped-kernel", "conv1d(input, weight[..., ::-1], bias, stride, padding)", 1.0),
        ("left-out-term", "conv1d(input, weight, None, stride, padding)", 0.7),
        ("wrong-padding", "conv1d(input, weight, bias, stride, 0)", 0.5),
        ("wrong-stride", "conv1d(input, weight, bias, 1, padding)", 0.5),
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
        ("wrong-operation", "n // stride", 0.4),
    ),
    "pool_size": (
        ("floor-for-ceil", "ceil((n - k) / k) + 1", 1.0),
        ("size-off-by-one", "(n - k) // k", 0.7),
        ("wrong-stride", "n - k + 1", 1.0),
        ("floor-for-ceil", "ceil((n + 2 * padding - k) / stride) + 1", 1.0),
        ("size-off-by-one", "(n + 2 * padding - k) // stride", 0.7),
        ("wrong-stride", "(n + 2 * padding - k) // k + 1", 0.7),
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
    "var": (
        ("sample-variance", "var(x, axis, 1, keepdims)", 1.0),
        ("extra-function", "sqrt(var(x, axis, ddof, keepdims))", 0.7),
        ("left-out-term", "mean(x**2, axis=axis, keepdims=keepdims)", 0.5),
    ),
    "sigmoid": (
        ("sign", "1 / (1 + exp(input))", 0.7),
        ("wrong-operation", "tanh(input)", 0.5),
        ("wrong-derivative", "sigmoid(input) * (1 - sigmoid(input))", 0.5),
        ("complement", "1 - sigmoid(input)", 0.3),
        ("left-out-function", "input", 1.0),
        ("applied-twice", "sigmoid(sigmoid(input))", 0.3),
        ("wrong-operation", "softmax(input)", 0.3),
    ),
    "relu": (
        ("left-out-function", "input", 1.0),
        ("wrong-operation", "abs(input)", 0.5),
        ("wrong-derivative", "where(input > 0, 1, 0)", 0.3),
        ("variant", "leaky_relu(input)", 0.2),
    ),
    "leaky_relu": (
        ("left-out-factor", "relu(input)", 1.0),
        ("left-out-function", "input", 0.5),
        ("sign", "where(input > 0, input, -negative_slope * input)", 0.4),
    ),
    "gelu": (
        ("variant", "gelu(input, 'tanh')", 1.0),
        ("variant", "gelu(input)", 0.5),
        ("variant", "input * sigmoid(1.702 * input)", 0.7),
        ("wrong-operation", "silu(input)", 0.4),
        ("wrong-operation", "relu(input)", 0.3),
    ),
    "silu": (
        ("wrong-operation", "sigmoid(input)", 0.7), ("wrong-operation", "gelu(input)", 0.3),
        ("wrong-operation", "relu(input)", 0.3),
    ),
    "softplus": (
        ("left-out-function", "1 + exp(beta * input)", 0.5),
        ("wrong-operation", "relu(input)", 0.3),
        ("left-out-term", "ln(exp(beta * input)) / beta", 0.2),
    ),
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
        ("swapped-operands", "(1 - mu) * v + mu * g", 0.4),
    ),
    "momentum": (
        ("variant", "w - lr * (mu * v + (1 - mu) * g)", 1.0),
        ("variant", "w - (mu * v + lr * g)", 0.8),
        ("stale-value", "w - lr * v", 0.3),
        ("left-out-term", "w - lr * g", 0.6),
        ("variant", "w - lr * (g + mu * (mu * v + g))", 0.8),
        ("variant", "w + mu * v - lr * g", 0.6),
    ),
    "adam_step": (
        ("left-out-factor", "w - lr * m / (sqrt(v) + eps)", 1.0),
        ("variant", "w - lr * m / (1 - beta1**t) / sqrt(v / (1 - beta2**t) + eps)", 0.4),
        ("sign", "w + lr * m / (1 - beta1**t) / (sqrt(v / (1 - beta2**t)) + eps)", 0.5),
        ("wrong-index", "adam_step(w, m, v, t - 1, lr, beta1, beta2, eps)", 0.5),
        ("wrong-index", "adam_step(w, m, v, t + 1, lr, beta1, beta2, eps)", 0.5),
        ("wrong-operation", "w - lr * m / (1 - beta1 * t)"
         " / (sqrt(v / (1 - beta2 * t)) + eps)", 0.3),
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
        ("wrong-index", "place = arange(d)[None, :]\nangle = arange(n)[:, None] / base **"
         " (2 * place / d)\nwhere(place % 2 == 0, sin(angle), cos(angle))", 0.7),
        ("swapped-operands", "place = arange(d)[None, :]\nangle = arange(n)[:, None] / base"
         " ** ((place - place % 2) / d)\nwhere(place % 2 == 0, cos(angle), sin(angle))", 0.6),
        ("left-out-factor", "place = arange(d)[None, :]\nangle = arange(n)[:, None] / base"
         " ** ((place - place % 2) / 2 / d)\nwhere(place % 2 == 0, sin(angle), cos(angle))", 0.6),
    ),
    "clip_grad_norm": (
        ("left-out-factor", "g / sqrt(sum(g**2))", 0.5),
        ("left-out-function", "clip(g, -max_norm, max_norm)", 1.0),
        ("left-out-function", "g", 0.7),
        ("wrong-scale", "g * minimum(1, max_norm / sum(abs(g)))", 0.4),
        ("not-rooted", "g * minimum(1, max_norm / sum(g**2))", 0.7),
    ),
    "xavier_bound": (
        ("left-out-term", "sqrt(6 / fan_in)", 1.0),
        ("variant", "sqrt(2 / (fan_in + fan_out))", 1.0),
    ),
    "kaiming_std": (("variant", "sqrt(6 / fan_in)", 1.0), ("variant", "1 / sqrt(fan_in)", 0.8)),
    "elu": (
        ("wrong-operation", "leaky_relu(input, alpha)", 0.3),
        ("left-out-function", "relu(input)", 0.5),
    ),
    "l1_loss": (
        ("wrong-operation", "mse_loss(input, target, reduction)", 0.7),
    ),
    "layer_norm": (
        ("sample-variance", "(input - mean(input, axis=-1, keepdims=True))"
         " / sqrt(var(input, axis=-1, ddof=1, keepdims=True) + eps){affine}", 1.0),
        ("wrong-axis", "(input - mean(input, axis=0, keepdims=True))"
         " / sqrt(var(input, axis=0, keepdims=True) + eps){affine}", 1.0),
        ("wrong-axis", "(input - mean(input)) / sqrt(var(input) + eps){affine}", 0.7),
        ("not-rooted", "(input - mean(input, axis=-1, keepdims=True))"
         " / var(input, axis=-1, keepdims=True){affine}", 0.6),
        ("left-out-term", "input / sqrt(var(input, axis=-1, keepdims=True) + eps){affine}", 0.5),
        ("left-out-term", "(input - mean(input, axis=-1, keepdims=True))"
         " / sqrt(mean(input**2, axis=-1, keepdims=True) + eps){affine}", 0.4),
        ("left-out-factor", "input - mean(input, axis=-1, keepdims=True)", 0.4),
    ),
    "batch_norm": (
        ("sample-variance", "(input - mean(input, axis=0, keepdims=True))"
         " / sqrt(var(input, axis=0, ddof=1, keepdims=True) + eps){affine}", 1.0),
        ("wrong-axis", "(input - mean(input, axis=-1, keepdims=True))"
         " / sqrt(var(input, axis=-1, keepdims=True) + eps){affine}", 1.0),
        ("wrong-axis", "(input - mean(input)) / sqrt(var(input) + eps){affine}", 0.7),
        ("not-rooted", "(input - mean(input, axis=0, keepdims=True))"
         " / var(input, axis=0, keepdims=True){affine}", 0.6),
        ("left-out-term", "input / sqrt(var(input, axis=0, keepdims=True) + eps){affine}", 0.5),
        ("left-out-term", "(input - mean(input, axis=0, keepdims=True))"
         " / sqrt(mean(input**2, axis=0, keepdims=True) + eps){affine}", 0.4),
        ("left-out-factor", "input - mean(input, axis=0, keepdims=True)", 0.4),
        ("stale-value", "(input - running_mean) / sqrt(running_var + eps){affine}", 0.6),
        ("stale-value", "(input - mean(input, axis=0)) / sqrt(var(input, axis=0) + eps){affine}",
         0.6),
    ),
    "scaled_dot_product_attention": (
        ("wrong-scale", "softmax(query @ T(key){mask}, -1) @ value", 1.0),
        ("not-rooted", "softmax(query @ T(key) / cols(query){mask}, -1) @ value", 1.0),
        ("wrong-axis", "softmax(query @ T(key) / sqrt(cols(query)){mask}, 0) @ value", 1.0),
        ("wrong-scale", "softmax(query @ T(key) / sqrt(rows(key)){mask}, -1) @ value", 0.4),
        ("left-out-function", "query @ T(key) / sqrt(cols(query)) @ value", 0.4),
        ("left-out-factor", "softmax(query @ T(key) / sqrt(cols(query)){mask}, -1)", 0.3),
        ("unmasked", "softmax(query @ T(key) / sqrt(cols(query)), -1) @ value", 1.0),
        ("swapped-operands", "softmax(key @ T(query) / sqrt(cols(query)){mask}, -1) @ value", 0.7),
        ("transposed", "softmax(query @ key / sqrt(cols(query)){mask}, -1) @ value", 0.7),
        ("misplaced-term", "(softmax(query @ T(key) / sqrt(cols(query)), -1)"
         " * (causal_mask(rows(query)) == 0)) @ value", 0.6),
        ("misplaced-term", "softmax(query @ T(key), -1) / sqrt(cols(query)) @ value", 0.4),
    ),
    "causal_mask": (
        ("transposed", "T(causal_mask(n))", 1.0),
        ("size-off-by-one", "where(arange(n)[None, :] >= arange(n)[:, None], -inf, 0)", 0.6),
    ),
    "lstm_cell_c": (
        ("swapped-operands", "gates = linear(input, w_ih, b_ih) + linear(hidden, w_hh, b_hh)\n"
         "d = cols(hidden)\n"
         "sigmoid(gates[..., :d]) * cell"
         " + sigmoid(gates[..., d:2*d]) * tanh(gates[..., 2*d:3*d])", 0.6),
        ("wrong-index", "gates = linear(input, w_ih, b_ih) + linear(hidden, w_hh, b_hh)\n"
         "d = cols(hidden)\n"
         "sigmoid(gates[..., d:2*d]) * cell"
         " + sigmoid(gates[..., :d]) * tanh(gates[..., 3*d:])", 0.6),
    ),
    "lstm_cell": (
        ("stale-value", "gates = linear(input, w_ih, b_ih) + linear(hidden, w_hh, b_hh)\n"
         "d = cols(hidden)\nsigmoid(gates[..., 3*d:]) * tanh(cell)", 0.7),
        ("wrong-index", "gates = linear(input, w_ih, b_ih) + linear(hidden, w_hh, b_hh)\n"
         "d = cols(hidden)\n"
         "c = sigmoid(gates[..., d:2*d]) * cell"
         " + sigmoid(gates[..., :d]) * tanh(gates[..., 3*d:])\n"
         "sigmoid(gates[..., 2*d:3*d]) * tanh(c)", 0.6),
        ("left-out-function", "gates = linear(input, w_ih, b_ih) + linear(hidden, w_hh, b_hh)\n"
         "d = cols(hidden)\n"
         "c = sigmoid(gates[..., d:2*d]) * cell"
         " + sigmoid(gates[..., :d]) * tanh(gates[..., 2*d:3*d])\n"
         "sigmoid(gates[..., 3*d:]) * c", 0.6),
    ),
    "adam": (
        ("stale-value", "adam_step(w, m, v, t, lr, beta1, beta2, eps)", 0.5),
    ),
    "rmsprop_v": (
        ("swapped-operands", "(1 - alpha) * v + alpha * g**2", 0.7),
        ("variant", "0.9 * v + 0.1 * g**2", 0.4),
    ),
    "rmsprop": (
        ("stale-value", "w - lr * g / (sqrt(v) + eps)", 0.6),
        ("variant", "w - lr * g / sqrt(rmsprop_v(v, g, alpha) + eps)", 0.4),
    ),
}  # fmt: skip
