"""Scripts of plain PyTorch give the losses that the lab gives."""

import contextlib
import io
import math

import msgspec
import numpy as np
import pytest

from tests.training import labs
from tests.training.test_idx import NAMES, written
from tutor.course.experiment import Data, Model, Optimiser
from tutor.course.worksheet import Worksheet
from tutor.engine.formula import parse
from tutor.engine.value import evaluate
from tutor.training.catalog import every
from tutor.training.experiments import Experiment
from tutor.training.models.build import build
from tutor.training.script import script

STEPS = 8


def made(model, data, *, steps=STEPS, rate=0.05, **more):
    return Experiment("lesson/some-experiment", model, data, rate, steps=steps, **more)


def printed(text):
    """The losses that a script prints when it is run."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(text, "script", "exec"), {"__name__": "__main__"})
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert [int(step) for step, _ in lines] == list(range(1, len(lines) + 1))
    return [float(loss) for _, loss in lines]


def trained(experiment):
    """The losses that the lab gives."""
    trainee = build(experiment)
    losses = []
    while len(losses) < experiment.steps and all(map(math.isfinite, losses)):
        losses.append(trainee.step())
    return losses


LINEAR = Model("softmax-regression")
REGRESSION = {"loss": "mean-squared-error"}

EXPERIMENTS = {
    "softmax regression from zero": made(
        Model("softmax-regression", initial="zero"), Data("digits")
    ),
    "LeNet": made(Model("lenet", initial="kaiming"), Data("digits", examples=300), seed=3),
    "LeNet, average": made(Model("lenet", activation="tanh", pooling="average"), Data("digits")),
    "LeNet-5": made(Model("lenet-5", initial="xavier"), Data("digits-28", examples=60), batch=20),
    "layers, momentum": made(
        Model("multilayer-perceptron", hidden=(8, 6), activation="gelu"), Data("blobs", classes=4),
        optimiser=Optimiser("momentum", momentum=0.8, weight_decay=0.01), temperature=2.0,
    ),
    "layers from a constant": made(
        Model("multilayer-perceptron", hidden=(4,), activation="leaky-relu", initial="constant"),
        Data("blobs"), batch=1000,
    ),
    "exclusive or": made(
        Model("multilayer-perceptron", hidden=(4,), activation="tanh"), Data("xor"), batch=4
    ),
    "two moons, Adam": made(
        Model("multilayer-perceptron", hidden=(8,), activation="sigmoid"),
        Data("moons", examples=70, noise=0.2, scale=3.0),
        optimiser=Optimiser("adam", weight_decay=0.1),
    ),
    "a softmax too many": made(LINEAR, Data("glyphs", classes=5), loss="softmax-cross-entropy"),
    "a kernel": made(Model("convolution", initial="zero"), Data("edges"), **REGRESSION),
    "a kernel, all at once": made(
        Model("convolution"), Data("edges", examples=30, noise=0.1), batch=30, **REGRESSION
    ),
    "a bright pixel": made(Model("convolution", activation="identity"), Data("bright-pixel")),
    "a bright pixel, mean": made(
        Model("convolution", pooling="average", initial="xavier"), Data("bright-pixel")
    ),
    "characters": made(
        Model("character-rnn", width=9), Data("text", text="to be or not to be "), batch=4
    ),
    "attention": made(Model("attention", width=8), Data("look-ups", examples=100)),
    "attention, unscaled": made(
        Model("attention", width=8, scaled=False, initial="xavier"), Data("look-ups", examples=64)
    ),
    "Transformer": made(
        Model("transformer", width=8, heads=2, activation="gelu"), Data("look-ups", examples=64)
    ),
    "Transformer of a text": made(
        Model("transformer", width=8, heads=4, causal=False, positions=False, scaled=False,
              initial="kaiming"),
        Data("text"), batch=5,
    ),
    "a line": made(Model("linear-regression"), Data("line"), **REGRESSION),
    "a noisy line": made(
        Model("linear-regression", initial="zero"), Data("line", examples=20, noise=0.5, scale=0.5),
        batch=6, **REGRESSION,
    ),
    "own line": made(
        Model("linear-regression"), Data("own"), **REGRESSION,
        own={"w": (0.5, -1.0), "b": 0.25, "x": ((1.0, 2.0), (3.0, 4.0)), "y": (1.0, -1.0)},
    ),
    "the walk of the lesson": labs.WALK,
    "own samples": made(
        LINEAR, Data("own"), batch=1,
        own={"W": ((0.1, 0.2), (0.3, -0.4)), "b": (0.0, 0.5), "x": ((1.0, 2.0), (3.0, 4.0)),
             "label": (1.0, 0.0)},
    ),
    "a valley": made(
        Model("valley", curvatures=(1.0, 10.0), lowest=(0.5, 0.0), start=(4.0, 1.0)), Data("none"),
        optimiser=Optimiser("momentum"),
    ),
    "a valley of one's own": made(
        Model("valley"), Data("own"), own={"curvatures": 2.0, "lowest": 3.0, "start": 0.0}
    ),
    "a run that diverges": made(
        Model("valley", curvatures=(2.0,), lowest=(3.0,), start=(0.0,)), Data("none"), rate=1e6,
        steps=100,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_script_gives_the_losses_of_the_lab(name):
    experiment = EXPERIMENTS[name]
    ours, theirs = trained(experiment), printed(script(experiment))
    assert len(theirs) == len(ours)
    finite = [loss for loss in ours if math.isfinite(loss)]
    assert theirs[: len(finite)] == pytest.approx(finite, rel=1e-6, abs=1e-6)
    assert not any(map(math.isfinite, theirs[len(finite) :]))
    if name != "a run that diverges":
        assert len(finite) == experiment.steps and len(set(finite)) > 1


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_script_can_be_read(name):
    text = script(EXPERIMENTS[name])
    assert all(len(line) <= 100 for line in text.splitlines())
    assert len(text.splitlines()) <= 70
    assert "tutor" not in text.replace('files("tutor.training")', "")
    assert text.startswith('"""') and text.endswith("\n") and "\n\n\n\n" not in text


def test_a_script_on_images_of_ones_own(tmp_path):
    random = np.random.default_rng(5)
    for name in NAMES:
        shape = (40, 9, 7) if "images" in name else (40,)
        array = random.integers(256 if "images" in name else 10, size=shape, dtype=np.uint8)
        (tmp_path / f"{name}-ubyte").write_bytes(written(array))
    model = Model("multilayer-perceptron", hidden=(5,))
    folder, data = str(tmp_path), Data("idx", examples=30, scale=0.5)
    experiment = made(model, data, batch=8, folder=folder)
    assert printed(script(experiment)) == pytest.approx(trained(experiment), rel=1e-6)


@pytest.mark.parametrize("words", ['x"""\nraise SystemExit(7)\n"""', "\\", "'" * 3])
def test_no_text_of_an_experiment_becomes_code(words):
    experiment = msgspec.structs.replace(
        made(Model("character-rnn", width=3), Data("text", text=words + "ab")), name=words
    )
    assert printed(script(experiment)) == pytest.approx(trained(experiment), rel=1e-6)


COURSE = {one.name: one for one in every()}


@pytest.mark.parametrize("name", COURSE)
def test_lab_engine_and_a_plain_loop_agree_on_every_experiment_of_the_course(name):
    found = COURSE[name]
    experiment = msgspec.structs.replace(found.experiment(), steps=4)
    losses = trained(experiment)
    assert printed(script(experiment)) == pytest.approx(losses, rel=1e-6, abs=1e-6, nan_ok=True)
    givens = {} if found.lesson is None else Worksheet(found.lesson).givens
    for guess in found.lab.guesses:
        if guess.exactly is not None and guess.kind == "first-loss":
            exact = float(evaluate(parse(guess.exactly, tuple(givens)), givens))
            first = build(experiment).evaluate().train_loss
            assert first == pytest.approx(exact, rel=1e-6, abs=1e-6)
