"""The models against the same mathematics written again, and what they reach."""

import math
from itertools import pairwise

import msgspec
import numpy as np
import pytest
import torch
from torch import nn

from tests.training.labs import ATTENTION, LENET, SOFTMAX, WALK
from tutor.course.experiment import Data, Model, Optimiser
from tutor.training.data.dataset import Batches
from tutor.training.data.images import digits
from tutor.training.experiments import Experiment, varied
from tutor.training.models.build import build
from tutor.training.models.model import Layers
from tutor.training.refusal import ExperimentError


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


NAMES = ["softmax", "lenet", "attention"]


def losses(made: Experiment, steps: int) -> list[float]:
    trainee = build(made)
    return [trainee.step() for _ in range(steps)]


def small(kind: str, data: str, rate: float = 0.1, **fields: object) -> Experiment:
    """An experiment of few steps; fields of its model and of itself."""
    model = {name: fields.pop(name) for name in list(fields) if name in Model.__struct_fields__}
    return Experiment(kind, Model(kind, **model), Data(data), rate, **fields)


# The lesson's own model


def test_the_walk_gives_the_lessons_losses():
    run = losses(WALK, 1001)
    assert [round(run[step], 4) for step in (0, 1, 3, 10, 100, 1000)] == [
        1.2307, 1.0630, 0.8026, 0.3696, 0.0340, 0.0032,
    ]  # fmt: skip


def test_the_walk_gives_the_lessons_numbers():
    trainee = build(WALK)
    trainee.step()
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
        assert trainee.step() == pytest.approx(-np.log(p[1]), abs=1e-12)
        numbers = trainee.numbers()
        np.testing.assert_allclose(numbers["z"], z, rtol=0, atol=1e-12)
        np.testing.assert_allclose(numbers["dW"], np.outer(at_z, x), rtol=0, atol=1e-12)
        np.testing.assert_allclose(numbers["W"], weight, rtol=0, atol=1e-12)
        np.testing.assert_allclose(numbers["b"], bias, rtol=0, atol=1e-12)


# The others


def test_softmax_regression_agrees_with_a_plain_loop():
    made = msgspec.structs.replace(SOFTMAX, seed=3)
    data, layer = digits(made.data), nn.Linear(64, 10)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    plain = []
    for _, (images, labels) in zip(range(200), Batches(data, 32, 3).walk(), strict=False):
        layer.zero_grad()
        loss = nn.functional.cross_entropy(layer(images.reshape(-1, 64)), labels)
        loss.backward()
        for parameter in layer.parameters():
            parameter.data -= made.learning_rate * parameter.grad
        plain.append(loss.item())
    assert losses(made, 200) == pytest.approx(plain, abs=1e-5)


def copied(model, layers: nn.Module) -> nn.Module:
    """Layers of torch with the weights of one of our models, in the same order."""
    for ours, theirs in zip(model.parameters, layers.parameters(), strict=True):
        theirs.data.copy_(ours.data)
    return layers


def lenet_of_torch(first: nn.Conv2d, second: nn.Conv2d, *sizes: int) -> nn.Sequential:
    linears = [nn.Linear(*pair) for pair in pairwise(sizes)]
    between = [part for linear in linears[:-1] for part in (linear, nn.ReLU())]
    return nn.Sequential(
        first, nn.ReLU(), nn.MaxPool2d(2), second, nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), *between, linears[-1],
    )  # fmt: skip


def test_the_small_lenet_agrees_with_the_layers_of_torch():
    trainee = build(LENET)
    first, second = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 16, 3, padding=1)
    layers = copied(trainee.model, lenet_of_torch(first, second, 64, 32, 10))
    images = trainee.data.inputs[:50]
    torch.testing.assert_close(trainee.model.scores(images), layers(images[:, None]))


def test_lenet_5_agrees_with_the_layers_of_torch_and_has_its_parameters():
    trainee = build(small("lenet-5", "digits-28"))
    first, second = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
    layers = copied(trainee.model, lenet_of_torch(first, second, 400, 120, 84, 10))
    images = trainee.data.inputs[:8]
    torch.testing.assert_close(trainee.model.scores(images), layers(images[:, None]))
    assert trainee.facts.parameters == 61_706


@pytest.mark.parametrize("scaled", [True, False])
def test_attention_agrees_with_the_function_of_torch(scaled):
    trainee = build(small("attention", "look-ups", width=8, scaled=scaled))
    embedding, to_query, to_key, to_value, weight, bias = trainee.model.parameters
    tokens = trainee.data.inputs[:50]
    embedded = embedding[tokens]
    output = nn.functional.scaled_dot_product_attention(
        embedded @ to_query.T, embedded @ to_key.T, embedded @ to_value.T,
        scale=None if scaled else 1.0,
    )  # fmt: skip
    torch.testing.assert_close(trainee.model.scores(tokens), output[:, -1] @ weight.T + bias)
    assert trainee.model.attended(tokens).sum(3).detach() == pytest.approx(1.0, abs=1e-5)


def test_the_character_rnn_agrees_with_the_one_of_torch():
    trainee = build(small("character-rnn", "text", width=8))
    rnn, output = nn.RNN(8, 8, batch_first=True), nn.Linear(8, 8)
    weight, bias, state, last, last_bias = trainee.model.parameters
    pairs = (
        (rnn.weight_ih_l0, weight), (rnn.bias_ih_l0, bias), (rnn.weight_hh_l0, state),
        (rnn.bias_hh_l0, torch.zeros(8)), (output.weight, last), (output.bias, last_bias),
    )  # fmt: skip
    for theirs, ours in pairs:
        theirs.data.copy_(ours.data)
    one_hot = nn.functional.one_hot(trainee.data.inputs, 8).float()
    scores = output(rnn(one_hot)[0]).transpose(1, 2)
    torch.testing.assert_close(trainee.model.scores(trainee.data.inputs), scores)


@pytest.mark.parametrize(("heads", "causal"), [(1, True), (2, True), (2, False)])
def test_the_transformer_agrees_with_the_layer_of_torch(heads, causal):
    made = small("transformer", "text", heads=heads, causal=causal, width=8, activation="gelu")
    trainee = build(made)
    layer = nn.TransformerEncoderLayer(
        8, heads, 32, dropout=0.0, activation="gelu", batch_first=True, norm_first=True
    )
    ours = dict(zip(trainee.layers, layered(trainee.model), strict=True))
    attend = layer.self_attn
    attend.in_proj_weight.data.copy_(
        torch.cat([ours[name][0].data for name in ("query", "key", "value")])
    )
    attend.in_proj_bias.data.zero_()
    parts = {
        "norm1": layer.norm1, "norm2": layer.norm2, "mix": attend.out_proj,
        "wide": layer.linear1, "narrow": layer.linear2,
    }  # fmt: skip
    for name, part in parts.items():
        for theirs, values in zip(part.parameters(), ours[name], strict=True):
            theirs.data.copy_(values.data)
    tokens = trainee.data.inputs
    stream = ours["embedding"][0][tokens] + ours["positions"][0]
    mask = nn.Transformer.generate_square_subsequent_mask(16) if causal else None
    mixed = layer(stream, src_mask=mask)
    scores = nn.functional.linear(mixed, *ours["output"]).transpose(1, 2)
    torch.testing.assert_close(trainee.model.scores(tokens), scores, atol=1e-5, rtol=1e-5)


def layered(model) -> list[list[torch.Tensor]]:
    """The parameters of each layer."""
    pairs = list(zip(model.parameters, model.layer_of, strict=True))
    return [[one for one, of in pairs if of == layer] for layer in range(len(model.names))]


@pytest.mark.parametrize("initial", ["default", "zero", "constant", "xavier", "kaiming"])
def test_first_weights_are_those_of_torch(initial):
    layers = Layers(initial, seed=0)
    weight, bias = (one.detach() for one in layers.linear("linear", 200, 50))
    bounds = {
        "default": 1 / math.sqrt(50), "xavier": math.sqrt(6 / 250), "kaiming": math.sqrt(6 / 50),
        "zero": 0.0, "constant": 0.5,
    }  # fmt: skip
    bound = bounds[initial]
    assert weight.abs().max() == pytest.approx(bound, rel=0.01)
    assert weight.abs().max() <= bound + 1e-6
    if initial in ("default", "xavier", "kaiming"):
        assert weight.std() == pytest.approx(bound / math.sqrt(3), rel=0.02)
        assert weight.mean() == pytest.approx(0, abs=0.01)
    assert bias.abs().max() <= (bound if initial == "default" else 0)
    kernels, _ = layers.convolution("convolution", 64, 4, 3)
    fans = {"xavier": 36 + 576, "kaiming": 36}
    if initial in fans:
        assert kernels.detach().abs().max() == pytest.approx(math.sqrt(6 / fans[initial]), rel=0.01)


@pytest.mark.parametrize("made", [SOFTMAX, LENET, ATTENTION], ids=NAMES)
def test_one_update_is_against_the_gradient(made):
    trainee = build(made)
    before = [parameter.detach().clone() for parameter in trainee.model.parameters]
    trainee.turn("learning_rate", 0.125)
    trainee.step()
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
        trainee.step()
    assert trainee.evaluate().validation_accuracy >= accuracy


ZERO = [
    (SOFTMAX, math.log(10)),
    (varied(LENET, {"model.initial": "zero"}), math.log(10)),
    (varied(ATTENTION, {"model.initial": "zero"}), math.log(4)),
    (small("multilayer-perceptron", "xor", hidden=(4,), initial="zero"), math.log(2)),
    (small("softmax-regression", "blobs", initial="zero", temperature=5.0), math.log(3)),
    (
        small("softmax-regression", "blobs", initial="zero", loss="softmax-cross-entropy"),
        math.log(3),
    ),
    (small("character-rnn", "text", initial="zero"), math.log(8)),
    (small("transformer", "text", initial="zero"), math.log(8)),
]


@pytest.mark.parametrize(("made", "loss"), ZERO, ids=lambda one: getattr(one, "name", None))
def test_the_first_loss_of_a_model_of_zeros_is_known(made, loss):
    assert losses(made, 1)[0] == pytest.approx(loss, abs=1e-6)
    assert build(made).evaluate().train_loss == pytest.approx(loss, abs=1e-6)


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0, 1.1])
def test_a_valley_is_walked_as_it_is_on_paper(rate):
    made = small("valley", "none", rate, curvatures=(2,), lowest=(3,), start=(0,))
    walked = [(3 * (1 - 2 * rate) ** step) ** 2 for step in range(20)]
    assert losses(made, 20) == pytest.approx(walked, abs=1e-12, rel=1e-12)


def test_a_valley_of_two_weights_goes_down_each_by_its_own_curvature():
    made = small("valley", "none", 0.03, curvatures=(1, 50), lowest=(0, 0), start=(10, 1))
    walked = [0.5 * ((10 * 0.97**step) ** 2 + 50 * ((1 - 1.5) ** step) ** 2) for step in range(30)]
    assert losses(made, 30) == pytest.approx(walked, rel=1e-12)


@pytest.mark.parametrize("decay", [0, 0.5, 2, 10])
def test_a_decayed_weight_rests_where_it_should(decay):
    made = small(
        "valley", "none", 0.05, curvatures=(2,), lowest=(3,), start=(0,),
        optimiser=Optimiser(weight_decay=decay),
    )  # fmt: skip
    trainee = build(made)
    for _ in range(400):
        trainee.step()
    assert trainee.numbers()["w"] == pytest.approx(6 / (2 + decay), abs=1e-9)


def test_a_line_tells_the_lessons_numbers():
    own = {"x": (1.0, 2.0, 3.0), "y": (2.0, 4.0, 6.0), "w": 1.0, "b": 0.0}
    made = msgspec.structs.replace(
        small("linear-regression", "own", 0.01, loss="mean-squared-error"), own=own
    )
    trainee = build(made)
    assert trainee.step() == pytest.approx(14 / 3)
    told = trainee.numbers()
    assert told["prediction"] == (1, 2, 3) and told["error"] == (-1, -2, -3)
    assert (told["dw"], told["db"]) == pytest.approx((-28 / 3, -4))
    assert (told["w"], told["b"]) == pytest.approx((1 + 0.28 / 3, 0.04))
    assert trainee.step() == pytest.approx(told["next_loss"])


@pytest.mark.parametrize(("rate", "falls"), [(0.18, True), (0.181, False)])
def test_the_line_of_three_points_has_the_limit_that_is_known(rate, falls):
    made = small("linear-regression", "line", rate, loss="mean-squared-error", initial="zero")
    run = losses(made, 400)
    assert (run[-1] < run[-100]) is falls


def test_several_own_samples_are_averaged():
    own = {**WALK.own, "x": ((0.5, 0.6, 0.7), (1.0, 0.0, -1.0)), "label": (1.0, 2.0)}
    trainee = build(msgspec.structs.replace(WALK, own=own, batch=2))
    loss = trainee.step()
    told = trainee.numbers()
    x, W, b = (np.array(own[name]) for name in ("x", "W", "b"))
    z = x @ W.T + b
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    dz = (p - np.eye(3)[[1, 2]]) / 2
    assert loss == pytest.approx(-np.log(p[[0, 1], [1, 2]]).mean())
    np.testing.assert_allclose(told["dz"], dz, atol=1e-12)
    np.testing.assert_allclose(told["dW"], dz.T @ x, atol=1e-12)
    np.testing.assert_allclose(told["b"], b - 0.1 * dz.sum(axis=0), atol=1e-12)


def test_a_kernel_learns_the_edges():
    made = small("convolution", "edges", 0.3, loss="mean-squared-error")
    trainee = build(made)
    for _ in range(150):
        trainee.step()
    assert np.array(trainee.picture("filters:conv1").values) == pytest.approx(
        np.array([[1, 0, -1]] * 3), abs=0.05
    )


def test_double_softmax_cannot_fall_below_its_floor():
    made = small("softmax-regression", "xor", 20.0, loss="softmax-cross-entropy", batch=4)
    one = msgspec.structs.replace(made, data=Data("blobs", noise=0.01), steps=400, batch=300)
    assert losses(one, 400)[-1] == pytest.approx(-math.log(math.e / (math.e + 2)), abs=0.01)


@pytest.mark.parametrize("made", [SOFTMAX, LENET, ATTENTION, WALK], ids=[*NAMES, "walk"])
def test_the_same_seed_gives_the_same_run(made):
    assert losses(made, 30) == losses(made, 30)


def test_another_seed_gives_another_run():
    made = LENET
    assert losses(made, 3) != losses(msgspec.structs.replace(made, seed=1), 3)


def test_a_loss_that_is_no_number_moves_nothing():
    trainee = build(msgspec.structs.replace(ATTENTION, learning_rate=1000.0))
    steps = 1
    while math.isfinite(trainee.step()):
        steps += 1
        assert steps < 100
        before = [parameter.detach().clone() for parameter in trainee.model.parameters]
    for parameter, old in zip(trainee.model.parameters, before, strict=True):
        torch.testing.assert_close(parameter.detach(), old, rtol=0, atol=0, equal_nan=True)


def test_a_bad_experiment_builds_nothing():
    with pytest.raises(ExperimentError):
        build(msgspec.structs.replace(SOFTMAX, batch=0))


def test_facts_count_every_parameter():
    assert build(WALK).facts == (12, 3, 1, 0, 1)
    assert build(SOFTMAX).facts == (650, 10, 1437, 360, 45)
    assert build(LENET).facts.parameters == 80 + 1168 + 2080 + 330
