"""The models against the same mathematics written again, and what they reach."""

import hashlib
import math
from importlib.resources import files

import msgspec
import numpy as np
import pytest
import torch
from torch import nn

from tests.training.labs import ATTENTION, LENET, SOFTMAX, WALK
from tutor.training.data import KEYS, VALUES, Dataset, batches, digits, sequences
from tutor.training.experiments import Experiment
from tutor.training.models import Trainee, attention, build, lenet
from tutor.training.refusal import ExperimentError


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


NAMES = ["softmax", "lenet", "attention"]


def losses(made: Experiment, steps: int, rate: float | None = None) -> list[float]:
    trainee = build(made)
    return [trainee.step(made.learning_rate if rate is None else rate) for _ in range(steps)]


# The lesson's own model


def test_the_walk_gives_the_lessons_losses():
    run = losses(WALK, 1001)
    assert [round(run[step], 4) for step in (0, 1, 3, 10, 100, 1000)] == [
        1.2307, 1.0630, 0.8026, 0.3696, 0.0340, 0.0032,
    ]  # fmt: skip


def test_the_walk_gives_the_lessons_numbers():
    trainee = build(WALK)
    trainee.step(0.1)
    numbers = trainee.numbers()
    assert numbers["z"] == pytest.approx((0.48, 1.12, 1.76))
    assert numbers["p"] == pytest.approx((0.15401, 0.29208, 0.55392), abs=5e-6)
    assert numbers["dz"] == pytest.approx((0.15401, -0.70792, 0.55392), abs=5e-6)
    assert numbers["db"] == numbers["dz"]
    assert numbers["dW"][1] == pytest.approx((-0.354, -0.425, -0.496), abs=5e-4)
    assert numbers["W"][1] == pytest.approx((0.4354, 0.5425, 0.6496), abs=5e-5)
    assert numbers["b"] == pytest.approx((0.0846, 0.2708, 0.2446), abs=5e-5)
    assert numbers["next_loss"] == pytest.approx(1.0630, abs=5e-5)


def test_the_walk_agrees_with_the_same_steps_in_numpy():
    weight, bias, x = (np.array(WALK.own[name]) for name in ("W", "b", "x"))
    trainee = build(WALK)
    for _ in range(50):
        z = weight @ x + bias
        p = np.exp(z) / np.exp(z).sum()
        at_z = p - np.eye(3)[1]
        weight, bias = weight - 0.1 * np.outer(at_z, x), bias - 0.1 * at_z
        assert trainee.step(0.1) == pytest.approx(-np.log(p[1]), abs=1e-12)
        numbers = trainee.numbers()
        np.testing.assert_allclose(numbers["z"], z, rtol=0, atol=1e-12)
        np.testing.assert_allclose(numbers["dW"], np.outer(at_z, x), rtol=0, atol=1e-12)
        np.testing.assert_allclose(numbers["W"], weight, rtol=0, atol=1e-12)
        np.testing.assert_allclose(numbers["b"], bias, rtol=0, atol=1e-12)


# The others


def test_softmax_regression_agrees_with_a_plain_loop():
    made = msgspec.structs.replace(SOFTMAX, seed=3)
    data, layer = digits(), nn.Linear(64, 10)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    plain = []
    for _, (images, labels) in zip(range(200), batches(data, 32, 3), strict=False):
        layer.zero_grad()
        loss = nn.functional.cross_entropy(layer(images.reshape(-1, 64)), labels)
        loss.backward()
        for parameter in layer.parameters():
            parameter.data -= made.learning_rate * parameter.grad
        plain.append(loss.item())
    assert losses(made, 200) == pytest.approx(plain, abs=1e-5)


def test_lenet_agrees_with_the_layers_of_torch():
    model = lenet(10, torch.Generator().manual_seed(1))
    layers = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10),
    )  # fmt: skip
    for ours, theirs in zip(model.parameters, layers.parameters(), strict=True):
        theirs.data.copy_(ours.data)
    images = digits().inputs[:50]
    torch.testing.assert_close(model.scores(images), layers(images[:, None]))


def test_attention_agrees_with_the_function_of_torch():
    model = attention(VALUES, torch.Generator().manual_seed(1), width=8)
    embedding, to_query, to_key, to_value, weight, bias = model.parameters
    tokens = sequences().inputs[:50]
    embedded = embedding[tokens]
    output = nn.functional.scaled_dot_product_attention(
        embedded @ to_query.T, embedded @ to_key.T, embedded @ to_value.T
    )
    torch.testing.assert_close(model.scores(tokens), output[:, -1] @ weight.T + bias)


@pytest.mark.parametrize("made", [SOFTMAX, LENET, ATTENTION], ids=NAMES)
def test_one_update_is_against_the_gradient(made):
    trainee = build(made)
    before = [parameter.detach().clone() for parameter in trainee.model.parameters]
    trainee.step(0.125)
    moved = sum(
        (parameter.detach() - old).double().square().sum().item()
        for parameter, old in zip(trainee.model.parameters, before, strict=True)
    )
    assert math.sqrt(moved) == pytest.approx(0.125 * trainee.gradient_norm(), rel=1e-4)


@pytest.mark.parametrize(
    ("made", "accuracy"), [(SOFTMAX, 0.93), (LENET, 0.94), (ATTENTION, 0.97)], ids=NAMES
)
def test_each_reaches_a_sensible_accuracy_within_its_steps(made, accuracy):
    assert made.steps / made.pace <= 60
    trainee = build(made)
    for _ in range(made.steps):
        trainee.step(made.learning_rate)
    assert trainee.evaluate().validation_accuracy >= accuracy


def test_the_first_losses_are_those_of_guessing():
    assert losses(SOFTMAX, 1)[0] == pytest.approx(math.log(10), abs=1e-6)
    assert build(ATTENTION).evaluate().train_loss == pytest.approx(math.log(4), abs=0.05)


@pytest.mark.parametrize("made", [SOFTMAX, LENET, ATTENTION, WALK], ids=[*NAMES, "walk"])
def test_the_same_seed_gives_the_same_run(made):
    assert losses(made, 30) == losses(made, 30)


def test_another_seed_gives_another_run():
    made = LENET
    assert losses(made, 3) != losses(msgspec.structs.replace(made, seed=1), 3)


def test_a_loss_that_is_no_number_moves_nothing():
    trainee = build(ATTENTION)
    steps = 1
    while math.isfinite(trainee.step(1000.0)):
        steps += 1
        assert steps < 100
        before = [parameter.detach().clone() for parameter in trainee.model.parameters]
    for parameter, old in zip(trainee.model.parameters, before, strict=True):
        torch.testing.assert_close(parameter.detach(), old, rtol=0, atol=0, equal_nan=True)


def test_a_bad_experiment_builds_nothing():
    with pytest.raises(ExperimentError):
        build(msgspec.structs.replace(SOFTMAX, batch=0))


# The data


def test_the_shipped_digits_are_the_sources():
    path = files("tutor.training") / "digits.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        images, labels = held["images"], held["labels"]
    assert images.shape == (1797, 8, 8)
    assert images.dtype == labels.dtype == np.uint8
    assert images.sum(dtype=int) == 561_718
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    stated = (files("tutor.training") / "DIGITS.md").read_text(encoding="utf-8")
    assert hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest() in stated
    assert len(path.read_bytes()) < 150_000


def test_no_digit_is_both_trained_on_and_kept_apart():
    data = digits()
    assert data.inputs.shape == (1437, 8, 8)
    assert data.validation_inputs.shape == (360, 8, 8)
    both = torch.cat([data.inputs, data.validation_inputs]).sum()
    assert both.item() * 16 == 561_718
    assert data.inputs.min() >= 0 and data.inputs.max() <= 1


def test_a_sequence_holds_every_key_once_and_its_class_is_the_value_asked_for():
    data = sequences(train=40, validation=10)
    assert len(data.labels) == 40 and len(data.validation_labels) == 10
    for tokens, label in zip(data.inputs.tolist(), data.labels.tolist(), strict=True):
        *pairs, question = tokens
        values = {pair // VALUES: pair % VALUES for pair in pairs}
        assert sorted(values) == list(range(KEYS))
        assert values[question - KEYS * VALUES] == label


def test_an_epoch_shows_every_example_once():
    inputs = torch.arange(10)
    data = Dataset(inputs, inputs * 2, inputs[:0], inputs[:0], 20)
    shown = batches(data, 4, seed=5)
    epochs = [[next(shown) for _ in range(3)] for _ in range(2)]
    orders = [torch.cat([batch for batch, _ in epoch]).tolist() for epoch in epochs]
    assert [sorted(order) for order in orders] == [list(range(10))] * 2
    assert orders[0] != orders[1]
    assert all((labels == batch * 2).all() for epoch in epochs for batch, labels in epoch)


def test_facts_count_every_parameter():
    assert build(WALK).facts == (12, 3, 1, 0, 1)
    assert build(SOFTMAX).facts == (650, 10, 1437, 360, 45)
    trainee = build(LENET)
    assert isinstance(trainee, Trainee)
    assert trainee.facts.parameters == 80 + 1168 + 2080 + 330
