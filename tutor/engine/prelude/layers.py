"""Layers of a network, the sizes of what they give, the numbers of their parameters."""

from __future__ import annotations

from tutor.engine.prelude.define import Body, both, function, ranks, says


def _convolutions(windows: str, kernels: str, sums: str, bias: str, axes: int) -> list[Body]:
    """Cross-correlation as torch does it: windows times kernels, summed, plus the bias."""
    channels = ranks(input=(axes + 1, axes + 2), weight=axes + 2)
    summed = f"sum({windows} * {kernels}, axis={sums})"
    return [
        (summed, both(channels, says(bias=None))),
        (f"{summed} + {bias}", both(channels, says(bias=...))),
    ]


_ONE_MAP = ranks(input=2, weight=2)
_ONE_KERNEL = "sum(windows(pad(input, padding), shape(weight), stride) * weight, axis=(-2, -1))"


def _pooled(reduction: str, padded: str) -> list[Body]:
    """Windows that do not overlap unless a stride is given."""
    return [
        (f"{reduction}(windows({padded}, kernel_size, {stride}), axis=(-2, -1))", says(stride=word))
        for stride, word in (("kernel_size", None), ("stride", ...))
    ]


LAYERS = (
    function(
        "linear(input, weight, bias=None)",
        "x W^T + b, W with one row an output",
        ("input @ T(weight)", says(bias=None)),
        ("input @ T(weight) + bias", says(bias=...)),
    ),
    function(
        "conv1d(input, weight, bias=None, stride=1, padding=0)",
        "every window of the input times the kernel, summed over places and channels",
        *_convolutions(
            "windows(pad(input, [padding]), shape(weight)[-1:], stride)[..., None, :, :, :]",
            "weight[:, :, None, :]",
            sums="(-3, -1)",
            bias="bias[:, None]",
            axes=1,
        ),
    ),
    function(
        "conv2d(input, weight, bias=None, stride=1, padding=0)",
        "every window of the input times the kernel, summed over places and channels; a single"
        " matrix with a single kernel works too",
        (_ONE_KERNEL, both(_ONE_MAP, says(bias=None))),
        (f"{_ONE_KERNEL} + bias", both(_ONE_MAP, says(bias=...))),
        *_convolutions(
            "windows(pad(input, padding), shape(weight)[-2:], stride)[..., None, :, :, :, :, :]",
            "weight[:, :, None, None, :, :]",
            sums="(-5, -2, -1)",
            bias="bias[:, None, None]",
            axes=2,
        ),
    ),
    function(
        "max_pool2d(input, kernel_size, stride=None, padding=0)",
        "the maximum of every window; the stride is the window's size unless given",
        *_pooled("max", "pad(input, padding, -inf)"),
    ),
    function(
        "avg_pool2d(input, kernel_size, stride=None, padding=0)",
        "the mean of every window, padding counted as zeros (as torch's default does)",
        *_pooled("mean", "pad(input, padding)"),
    ),
    function(
        "conv_size(n, k, stride=1, padding=0)",
        "floor((n + 2p - k) / s) + 1",
        "(n + 2 * padding - k) // stride + 1",
    ),
    function(
        "pool_size(n, k, stride=None, padding=0)",
        "floor((n + 2p - k) / s) + 1, s = k unless given",
        ("(n + 2 * padding - k) // k + 1", says(stride=None)),
        ("(n + 2 * padding - k) // stride + 1", says(stride=...)),
    ),
    function(
        "parameters_linear(inputs, outputs, bias=True)",
        "weights and one bias an output",
        ("inputs * outputs + outputs", says(bias=True)),
        ("inputs * outputs", says(bias=False)),
    ),
    function(
        "parameters_conv2d(channels, kernels, k, bias=True)",
        "K (C k^2 + 1)",
        ("kernels * (channels * k**2 + 1)", says(bias=True)),
        ("kernels * channels * k**2", says(bias=False)),
    ),
    function(
        "xavier_bound(fan_in, fan_out)", "sqrt(6 / (in + out))", "sqrt(6 / (fan_in + fan_out))"
    ),
    function("kaiming_std(fan_in)", "sqrt(2 / in)", "sqrt(2 / fan_in)"),
)
