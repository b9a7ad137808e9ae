"""Losses and measures of distributions; `reduction` is "mean", "sum" or "none" as in torch."""

from __future__ import annotations

from tutor.engine.prelude.define import Body, When, both, function, ranks, says

REDUCTIONS = {"mean": "mean({})", "sum": "sum({})", "none": "{}"}


def _reduced(each: str, *conditions: When) -> list[Body]:
    return [
        (pattern.format(each), both(says(reduction=word), *conditions))
        for word, pattern in REDUCTIONS.items()
    ]


def _picked(log_probabilities: str) -> list[Body]:
    """Minus the log-probability of the true class, of one sample or of many, weighted or not."""
    bodies = []
    for place, of_rank in (
        ("target", ranks(input=1, target=0)),
        ("arange(rows(input)), target", ranks(input=2, target=1)),
    ):
        each = f"-{log_probabilities}[{place}]"
        bodies += _reduced(each, of_rank, says(weight=None))
        weighted = f"weight[target] * {each}"
        for reduction, text in (
            ("mean", f"sum({weighted}) / sum(weight[target])"),
            ("sum", f"sum({weighted})"),
            ("none", weighted),
        ):
            when = both(of_rank, says(weight=..., reduction=reduction))
            bodies.append((text, when))
    return bodies


def _soft(log_probabilities: str) -> list[Body]:
    """Targets that are probabilities: minus the sum of y ln p, averaged over the samples."""
    each = f"-sum(where(target == 0, 0, target * {log_probabilities}), axis=-1)"
    return [
        body
        for rank in (1, 2)
        for body in _reduced(each, ranks(input=rank, target=rank), says(weight=None))
    ]


LOSSES = (
    function(
        'nll_loss(input, target, weight=None, reduction="mean")',
        "minus the log-probability of the true class",
        *_picked("input"),
    ),
    function(
        'cross_entropy(input, target, weight=None, reduction="mean")',
        "minus ln softmax(z) of the true class, from logits",
        *_picked("ln(softmax(input, -1))"),
        *_soft("ln(softmax(input, -1))"),
        *_picked("log_softmax(input, -1)"),
        *_soft("log_softmax(input, -1)"),
    ),
    function(
        'binary_cross_entropy(input, target, reduction="mean")',
        "-(y ln p + (1 - y) ln(1 - p)), each logarithm at least -100 as in torch",
        *_reduced("-(xlogy(target, input) + xlogy(1 - target, 1 - input))"),
        *_reduced(
            "-(target * maximum(ln(input), -100) + (1 - target) * maximum(ln(1 - input), -100))"
        ),
    ),
    function(
        'mse_loss(input, target, reduction="mean")',
        "the mean of the squared errors",
        *_reduced("(input - target) ** 2"),
    ),
    function(
        'l1_loss(input, target, reduction="mean")',
        "the mean of the absolute errors",
        *_reduced("abs(input - target)"),
    ),
    function("entropy(p)", "-sum p ln p, in nats", "-sum(xlogy(p, p))"),
    function(
        "kl_div(p, q)",
        "sum p ln(p / q): the mathematician's order; torch takes (ln q, p)",
        "sum(xlogy(p, p / q))",
    ),
    function("perplexity(loss)", "e to the mean cross-entropy", "exp(loss)"),
)
