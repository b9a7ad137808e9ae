"""What is made small: the loss of scores."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from tutor.course.experiment import LossKind

Loss = Callable[[Tensor, Tensor], Tensor]


def loss_of(kind: LossKind | None, temperature: float) -> Loss:
    """The mean loss of scores and labels; None for a model that tells its loss itself."""
    if kind is None:
        return lambda scores, labels: scores
    if kind == "mean-squared-error":
        return functional.mse_loss
    double = kind == "softmax-cross-entropy"
    if temperature == 1 and not double:
        return functional.cross_entropy

    def tempered(scores: Tensor, labels: Tensor) -> Tensor:
        scores = scores / temperature
        return functional.cross_entropy(torch.softmax(scores, 1) if double else scores, labels)

    return tempered
