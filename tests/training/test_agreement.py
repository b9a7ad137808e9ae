"""The lab against the lesson's own formulas: one arithmetic, worked out twice."""

import numpy as np
import pytest
import torch

from tests.training.stage import Stage
from tutor.course.catalog import lesson_folder
from tutor.course.experiment import Data, Model
from tutor.course.load import load
from tutor.course.numbers import fresh_worksheet
from tutor.course.worksheet import Worksheet
from tutor.engine.formula import parse
from tutor.engine.value import evaluate
from tutor.training.experiments import Experiment, experiment, varied
from tutor.training.models.build import build
from tutor.training.protocol import Metrics, Numbers, Ready, Start


class Real(Stage):
    """A stage with torch on it."""

    trainee = staticmethod(lambda stage, made: build(made))


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch):
    """A loop at rest says so at once."""
    monkeypatch.setattr("tutor.training.loop.BEAT_SECONDS", 0.001)


LESSON = load(lesson_folder() / "softmax-regression.yaml").lesson
SHEETS = {"own": Worksheet(LESSON), **{seed: fresh_worksheet(LESSON, seed) for seed in (3, 14)}}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=map(str, SHEETS))
def test_the_first_step_is_the_lessons(sheet):
    (lab,) = [one for one in LESSON.labs if one.data.kind == "own"][:1]
    numbers = {name: one.tolist() for name, one in sheet.givens.items()}
    made = varied(experiment(lab, numbers), {"pace": 0, "steps": 2})
    stage = Real().play(Start(1, made))
    told = stage.of(Numbers)[0].values
    steps = {step.name: step for step in LESSON.steps}
    assert set(lab.watch) == set(told)
    for quantity, name in lab.watch.items():
        truth = sheet.result(steps[name])
        np.testing.assert_allclose(told[quantity], truth, rtol=0, atol=1e-9, err_msg=quantity)
    losses = [loss for line in stage.of(Metrics) for loss in line.losses]
    assert losses == pytest.approx([told["loss"], told["next_loss"]], abs=1e-12)


ZEROS = Model("softmax-regression", initial="zero")
VALLEY = Model("valley", curvatures=(2,), lowest=(3,), start=(0.5,))
LINE = Model("linear-regression", initial="zero")
KNOWN = {
    "ln(10)": (Experiment("a", ZEROS, Data("digits"), 0.5), "log(10)"),
    "ln(3)": (Experiment("b", ZEROS, Data("blobs", examples=30), 0.5), "log(3)"),
    "ln(2)": (Experiment("c", ZEROS, Data("xor"), 0.5), "log(2)"),
    "(w-3)^2": (Experiment("d", VALLEY, Data("none"), 0.1), "(0.5 - 3)**2"),
    "a line": (
        Experiment("e", LINE, Data("line"), 0.1, loss="mean-squared-error"),
        "(2**2 + 4**2 + 6**2) / 3",
    ),
}


@pytest.mark.parametrize(("made", "formula"), KNOWN.values(), ids=KNOWN)
def test_a_first_loss_that_is_known_is_that_of_the_engine(made, formula):
    stage = Real().play(Start(1, varied(made, {"pace": 0, "steps": 1})))
    known = float(evaluate(parse(formula, ()), {}))
    assert stage.of(Ready)[0].loss == pytest.approx(known, abs=1e-6)
    assert stage.told() == pytest.approx([known], abs=1e-6)


def test_three_loops_walk_alike():
    """The child's, torch's own layers and optimiser, and the formulas of the engine."""
    made = varied(KNOWN["ln(2)"][0], {"pace": 0, "steps": 8, "data.scale": 2})
    points = torch.tensor([[0.0, 0], [0, 2], [2, 0], [2, 2]])
    labels = torch.tensor([0, 1, 1, 0])
    layer = torch.nn.Linear(2, 2)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=0.5)
    names = {"X": points.double().numpy(), "Y": np.eye(2)[labels.numpy()], "W": np.zeros((2, 2))}
    names["b"] = np.zeros(2)
    p = "softmax(X @ T(W) + b, axis=1)"
    formulas = {
        "loss": f"-sum(Y * log({p})) / 4",
        "W": f"W - 0.5 * T({p} - Y) @ X / 4",
        "b": f"b - 0.5 * sum({p} - Y, axis=0) / 4",
    }
    theirs, engines = [], []
    for _ in range(8):
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(layer(points), labels)
        loss.backward()
        optimiser.step()
        theirs.append(loss.item())
        values = {
            name: evaluate(parse(text, tuple(names)), names) for name, text in formulas.items()
        }
        engines.append(float(values.pop("loss")))
        names |= values
    ours = Real().play(Start(1, made)).told()
    assert ours == pytest.approx(theirs, abs=1e-6)
    assert ours == pytest.approx(engines, abs=1e-6)
