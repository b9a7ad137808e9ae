"""Variance, and the layers that take the mean away and divide by its root."""

from __future__ import annotations

from tutor.engine.prelude.define import Body, When, both, function, ranks, says


def _normalised(statistics: str, shape: str = "") -> list[tuple[str, When]]:
    """(x - mean) / sqrt(variance + eps), scaled and shifted; `shape` lines weights up with x."""
    weight, bias = (f"reshape({name}, {shape})" if shape else name for name in ("weight", "bias"))
    body = f"{statistics}(input - centre) / sqrt(spread + eps)"
    return [
        (body, says(weight=None, bias=None)),
        (f"{body} * {weight}", says(weight=..., bias=None)),
        (f"{body} + {bias}", says(weight=None, bias=...)),
        (f"{body} * {weight} + {bias}", says(weight=..., bias=...)),
    ]


def _statistics(axes: str) -> str:
    return (
        f"centre = mean(input, axis={axes}, keepdims=True)\n"
        f"spread = mean((input - centre) ** 2, axis={axes}, keepdims=True)\n"
    )


def _batch_bodies() -> list[Body]:
    bodies: list[Body] = []
    for rank, axes in ((2, "0"), (3, "(0, 2)"), (4, "(0, 2, 3)")):
        shape = f"[1, -1{', 1' * (rank - 2)}]"
        kept = f"centre = reshape(running_mean, {shape})\nspread = reshape(running_var, {shape})\n"
        for training, statistics in ((True, _statistics(axes)), (False, kept)):
            bodies += [
                (text, both(ranks(input=rank), says(training=training), when))
                for text, when in _normalised(statistics, shape)
            ]
    return bodies


NORMALISING = (
    function(
        "var(x, axis=None, ddof=0, keepdims=False)",
        "the mean squared deviation; n - ddof below",
        (
            "mean((x - mean(x, axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=keepdims)",
            says(ddof=0),
        ),
        (
            "deviations = x - mean(x, axis=axis, keepdims=True)\n"
            "count = size(x) / size(mean(x, axis=axis))\n"
            "sum(deviations**2, axis=axis, keepdims=keepdims) / (count - ddof)",
            lambda arguments: not says(ddof=0)(arguments),
        ),
    ),
    function(
        "layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5)",
        "each sample less its mean, over the root of its variance (1/n)",
        *_normalised(_statistics("-1 - arange(size(normalized_shape))")),
    ),
    function(
        "batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False,"
        " momentum=0.1, eps=1e-5)",
        "each channel less its mean over the batch, over the root of its variance (1/n);"
        " momentum steers the running statistics only, which are not changed here",
        *_batch_bodies(),
    ),
)
