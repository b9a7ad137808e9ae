"""The data-parallel lesson against torch's gradients, worker by worker and of the joint batch."""

from pathlib import Path

import numpy as np
import pytest
import torch

from tutor.course.load import load
from tutor.course.worksheet import Worksheet
from tutor.engine.verdict import within

FILE = Path(__file__).parents[2] / "lessons" / "data-parallel.yaml"
LESSON = load(FILE).lesson
FIRST = Worksheet(LESSON)
FRESH = range(10)


def answer(sheet, step):
    return sheet.truth(sheet.step(step)).value


def accepted(sheet, step, values):
    """Whether numbers would pass as the answer to a step, cell by cell."""
    target = sheet.target(sheet.step(step), {})
    truth = target.truth
    aims = zip(*(part.ravel() for part in (truth.value, *truth.ends)), strict=True)
    pairs = zip(np.ravel(values), aims, strict=True)
    return all(within(typed, aim, target) for typed, aim in pairs)


class Line:
    """A worker of torch: w x + b with mean of e^2 / 2 as its loss."""

    def __init__(self, w, b):
        self.w, self.b = (torch.tensor(float(one), dtype=torch.float64) for one in (w, b))
        self.w.requires_grad_()
        self.b.requires_grad_()

    def loss(self, x, y):
        errors = self.w * torch.as_tensor(x) + self.b - torch.as_tensor(y)
        return errors.square().mean() / 2

    def gradients(self, x, y):
        """Those of w and of b, from the samples given."""
        return np.array(torch.autograd.grad(self.loss(x, y), (self.w, self.b)))


def givens(sheet):
    return tuple(sheet.givens[name] for name in ("w", "b", "X", "Y", "lr"))


@pytest.mark.parametrize(
    ("step", "figures"),
    {
        "predictions": [[2.5, 2], [3.5, 3]],
        "errors": [[2.5, -3], [-4.5, -4]],
        "weight-gradients": [0.75, -19.25],
        "bias-gradients": [-0.25, -4.25],
        "average": [-9.25, -2.25],
        "update": [1.425, 1.225],
        "joint": [-9.25, -2.25],
        "summed": 2.35,
        "unequal": [-7, -16],
        "plain-average": -11.5,
        "weighted-average": -9.25,
        "traffic": 650,
    }.items(),
)
def test_the_first_round_has_the_figures_worked_out_on_paper(step, figures):
    np.testing.assert_allclose(answer(FIRST, step), figures)


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_every_round_is_the_step_that_torch_takes(sheet):
    w, b, X, Y, lr = givens(sheet)
    line = Line(w, b)
    of_workers = np.array([line.gradients(x, y) for x, y in zip(X, Y, strict=True)])
    joint = line.gradients(X.ravel(), Y.ravel())
    near = np.testing.assert_allclose
    near(answer(sheet, "weight-gradients"), of_workers[:, 0])
    near(answer(sheet, "bias-gradients"), of_workers[:, 1])
    near(answer(sheet, "average"), joint)
    near(answer(sheet, "joint"), joint)
    near(answer(sheet, "update"), np.array([w, b]) - lr * joint, atol=1e-12)
    near(answer(sheet, "summed"), w - 2 * lr * joint[0], atol=1e-12)


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_unequal_parts_need_weights(sheet):
    w, b, X, Y, _ = givens(sheet)
    line = Line(w, b)
    x, y = X.ravel(), Y.ravel()
    parts = np.array([line.gradients(x[:3], y[:3])[0], line.gradients(x[3:], y[3:])[0]])
    np.testing.assert_allclose(answer(sheet, "unequal"), parts)
    np.testing.assert_allclose(answer(sheet, "plain-average"), parts.mean())
    np.testing.assert_allclose(answer(sheet, "weighted-average"), line.gradients(x, y)[0])
    assert not accepted(sheet, "weighted-average", parts.mean())
    assert not accepted(sheet, "plain-average", line.gradients(x, y)[0])


@pytest.mark.parametrize("sheet", FRESH, indirect=True)
def test_the_averaged_step_makes_the_loss_smaller(sheet):
    w, b, X, Y, _ = givens(sheet)
    with torch.no_grad():
        assert Line(*answer(sheet, "update")).loss(X, Y) < Line(w, b).loss(X, Y)


def test_the_losses_that_the_text_tells_are_those_of_torch():
    w, b, X, Y, lr = givens(FIRST)
    line = Line(w, b)
    gradients = sum(line.gradients(x, y) for x, y in zip(X, Y, strict=True))
    lines = (line, Line(*answer(FIRST, "update")), Line(*(np.array([w, b]) - lr * gradients)))
    losses = [f"{one.loss(X, Y).item():.2f}" for one in lines]
    assert losses == ["6.44", "3.90", "14.43"]
    step = FIRST.step("summed")
    for language in ("en", "zh"):
        text = FIRST.words(step.after, language, step)
        assert all(loss in text for loss in losses)


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_the_usual_slips_are_told_apart(sheet):
    w, b, X, _, lr = givens(sheet)
    E, dw, db, g = (
        answer(sheet, step) for step in ("errors", "weight-gradients", "bias-gradients", "average")
    )
    assert not accepted(sheet, "errors", -E)
    assert not accepted(sheet, "weight-gradients", (E * X).sum(axis=1))
    assert not accepted(sheet, "weight-gradients", (E * X).mean(axis=0))
    assert not accepted(sheet, "weight-gradients", dw[::-1])
    assert not accepted(sheet, "bias-gradients", E.sum(axis=1))
    assert not accepted(sheet, "average", [dw.sum(), db.sum()])
    assert not accepted(sheet, "average", [dw[0], db[0]])
    assert not accepted(sheet, "average", g[::-1])
    assert not accepted(sheet, "update", np.array([w, b]) + lr * g)
    assert not accepted(sheet, "joint", 4 * g)
    assert not accepted(sheet, "summed", answer(sheet, "update")[0])


@pytest.mark.parametrize(
    ("step", "words"),
    {"what-travels": "its gradients", "same-weights": "the same ones"}.items(),
)
def test_the_right_options(step, words):
    assert FIRST.step(step).options[int(answer(FIRST, step))].en == words


def test_what_travels_is_counted_by_torch():
    parameters = torch.nn.Linear(64, 10).parameters()
    assert answer(FIRST, "traffic") == sum(one.numel() for one in parameters)
