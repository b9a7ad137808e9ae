"""The written-out updates against those of torch.optim, step by step."""

import pytest
import torch

from tutor.training.models.optimisers import OPTIMISERS

THEIRS = {
    "sgd": lambda weights, momentum, decay: torch.optim.SGD(weights, 0.05, weight_decay=decay),
    "momentum": lambda weights, momentum, decay: torch.optim.SGD(
        weights, 0.05, momentum=momentum, weight_decay=decay
    ),
    "adam": lambda weights, momentum, decay: torch.optim.Adam(weights, 0.05, weight_decay=decay),
}


def weights() -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    return [
        torch.randn(*shape, generator=generator, dtype=torch.float64) for shape in ((3, 2), (3,))
    ]


def gradients(step: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(step)
    return [torch.randn(one.shape, generator=generator, dtype=torch.float64) for one in weights()]


@pytest.mark.parametrize("decay", [0.0, 0.25])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("kind", THEIRS)
def test_every_step_is_that_of_torch(kind, momentum, decay):
    ours, theirs = weights(), [torch.nn.Parameter(one) for one in weights()]
    optimiser = OPTIMISERS[kind](ours, 0.05, momentum, decay)
    reference = THEIRS[kind](theirs, momentum, decay)
    for step in range(12):
        before = [one.clone() for one in ours]
        optimiser.update(gradients(step))
        for one, gradient in zip(theirs, gradients(step), strict=True):
            one.grad = gradient
        reference.step()
        for one, other in zip(ours, theirs, strict=True):
            torch.testing.assert_close(one, other.data, rtol=1e-12, atol=1e-12)
        for old, new, moved in zip(before, ours, optimiser.moved(gradients(step)), strict=True):
            torch.testing.assert_close(old - new, moved, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kind", THEIRS)
def test_a_state_is_gone_on_from_exactly(kind):
    ours = weights()
    optimiser = OPTIMISERS[kind](ours, 0.05, 0.9, 0.1)
    for step in range(3):
        optimiser.update(gradients(step))
    state, there = optimiser.state(), [one.clone() for one in ours]
    optimiser.update(gradients(3))
    other = OPTIMISERS[kind](there, 0.05, 0.9, 0.1)
    other.restore(state)
    other.update(gradients(3))
    assert all(torch.equal(one, two) for one, two in zip(ours, there, strict=True))
