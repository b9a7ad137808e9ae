"""The softmax-regression lesson against torch's own step, and against figures worked out apart."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from tests.drawn import drawn
from tutor.course.load import load
from tutor.course.worksheet import Worksheet
from tutor.engine.verdict import within

FILE = Path(__file__).parents[2] / "lessons" / "softmax-regression.yaml"
LESSON = load(FILE).lesson
FIRST = Worksheet(LESSON)
FRESH = range(25)


def answer(sheet, step):
    return sheet.truth(sheet.step(step)).value


def accepted(sheet, step, values):
    """Whether numbers would pass as the answer to a step, cell by cell."""
    target = sheet.target(sheet.step(step), {})
    truth = target.truth
    aims = zip(*(part.ravel() for part in (truth.value, *truth.ends)), strict=True)
    pairs = zip(np.ravel(values), aims, strict=True)
    return all(within(typed, aim, target) for typed, aim in pairs)


def trained(W, b, x, k, lr):
    """One step of torch: the loss, both gradients, the new parameters and the loss after it."""
    W, b, x = (torch.tensor(one, dtype=torch.float64) for one in (W, b, x))
    W.requires_grad_()
    b.requires_grad_()
    z = W @ x + b
    loss = cross_entropy(z, torch.tensor(int(k)))
    loss.backward()
    with torch.no_grad():
        W_new, b_new = W - float(lr) * W.grad, b - float(lr) * b.grad
        z_new = W_new @ x + b_new
        loss_new = cross_entropy(z_new, torch.tensor(int(k)))
    return {
        "scores": z.detach(),
        "probabilities": z.detach().softmax(0),
        "loss": loss.detach(),
        "delta": b.grad,
        "bias-gradient": b.grad,
        "weight-gradient": W.grad,
        "new-biases": b_new,
        "new-weights": W_new,
        "new-scores": z_new,
        "new-probabilities": z_new.softmax(0),
        "new-loss": loss_new,
    }


def givens(sheet):
    return {name: sheet.givens[name] for name in ("W", "b", "x", "k", "lr")}


@pytest.mark.parametrize(
    ("step", "figures"),
    {
        "scores": [0.48, 1.12, 1.76],
        "exponentials": [1.6161, 3.0649, 5.8124],
        "sum": 10.49337,
        "probabilities": [0.15401, 0.29208, 0.55392],
        "prediction": 2,
        "loss": 1.2307,
        "delta": [0.154, -0.7079, 0.5539],
        "bias-gradient": [0.154, -0.7079, 0.5539],
        "gradient-shape": [10, 784],
        "new-biases": [0.0846, 0.2708, 0.2446],
        "new-weights": [
            [0.0923, 0.1908, 0.2892],
            [0.4354, 0.5425, 0.6496],
            [0.6723, 0.7668, 0.8612],
        ],
        "new-scores": [0.4477, 1.2687, 1.6437],
        "new-probabilities": [0.1520, 0.3454, 0.5026],
        "new-loss": 1.0630,
    }.items(),
)
def test_the_first_round_has_the_figures_of_the_notes(step, figures):
    np.testing.assert_allclose(answer(FIRST, step), figures, atol=6e-5)


def test_the_gradient_of_the_first_round_is_that_of_the_notes():
    notes = [[0.077, 0.092, 0.108], [-0.354, -0.425, -0.496], [0.277, 0.332, 0.388]]
    assert answer(FIRST, "weight-gradient").round(3).tolist() == notes


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_every_round_is_the_step_that_torch_takes(sheet):
    for step, expected in trained(**givens(sheet)).items():
        np.testing.assert_allclose(
            answer(sheet, step), expected, rtol=1e-9, atol=1e-12, err_msg=step
        )


@pytest.mark.parametrize("sheet", FRESH, indirect=True)
def test_every_round_begins_with_a_wrong_guess_and_gains_by_the_step(sheet):
    assert int(answer(sheet, "prediction")) != int(sheet.givens["k"])
    assert answer(sheet, "new-loss") < answer(sheet, "loss")


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_the_usual_slips_are_told_apart(sheet):
    W, b, x, lr = (sheet.givens[name] for name in ("W", "b", "x", "lr"))
    k, p, delta = int(sheet.givens["k"]), answer(sheet, "probabilities"), answer(sheet, "delta")
    dW = answer(sheet, "weight-gradient")
    assert not accepted(sheet, "scores", W.T @ x + b)
    assert not accepted(sheet, "scores", W @ x)
    assert not accepted(sheet, "loss", -np.log10(p[k]))
    assert not accepted(sheet, "loss", -np.log(p.max()))
    assert not accepted(sheet, "delta", -delta)
    assert not accepted(sheet, "weight-gradient", dW.T)
    assert not accepted(sheet, "new-biases", b + lr * delta)
    assert not accepted(sheet, "new-biases", b - delta)
    assert not accepted(sheet, "new-weights", W + lr * dW)
    assert not accepted(sheet, "new-weights", W - dW)
    only_the_true_class = np.where(np.arange(3)[:, None] == k, W - lr * dW, W)
    assert not accepted(sheet, "new-weights", only_the_true_class)
    assert not accepted(sheet, "new-scores", answer(sheet, "scores"))
    assert not accepted(sheet, "new-scores", answer(sheet, "new-weights") @ x + b)
    assert not accepted(sheet, "new-loss", answer(sheet, "loss"))


@pytest.mark.parametrize(
    ("step", "words"),
    {
        "prediction": "pig (class 2)",
        "sign": "Its score should rise",
        "law": "Only where the input is positive",
    }.items(),
)
def test_the_right_options(step, words):
    assert FIRST.step(step).options[int(answer(FIRST, step))].en == words


def test_weights_of_the_right_class_fall_where_the_input_is_negative():
    numbers = givens(FIRST) | {"x": np.array([-0.5, 0.6, 0.7])}
    moved = trained(**numbers)["new-weights"].numpy() - numbers["W"]
    assert np.sign(moved[1]).tolist() == [-1, 1, 1]
    assert np.sign(moved[0]).tolist() == [1, -1, -1]


def test_fresh_rounds_have_negative_inputs_too():
    assert any(
        (sheet.givens["x"] < 0).any() for sheet in (drawn(LESSON.id, seed) for seed in FRESH)
    )
