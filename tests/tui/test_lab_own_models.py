"""Answers beside torch's numbers for every kind of model that tells them, on any numbers."""

import numpy as np
import pytest

from tutor.course.load import load
from tutor.course.round import Round
from tutor.course.session import Began
from tutor.training.experiments import experiment
from tutor.training.fits import AFTER_THE_UPDATE, QUANTITIES
from tutor.training.models.build import build
from tutor.training.protocol import Numbers
from tutor.tui.lab.beside import compared

HEAD = """
id: {name}
order: 1
title: {{en: One step, zh: 一步}}
summary: {{en: One step by hand., zh: 手算一步。}}
story: {{en: One step., zh: 一步。}}
decimals: 3
labs:
  - id: own
    title: {{en: The same, zh: 同样的一步}}
    about: {{en: Its first step., zh: 第一步。}}
    model: {{kind: {kind}}}
    data: {{kind: own}}
    {loss}
    bind: {{{bind}}}
    watch: {{{watch}}}
    learning_rate: lr
    batch: {batch}
    steps: 10
givens:
"""

LINE = HEAD.format(
    name="line", kind="linear-regression", loss="loss: mean-squared-error", batch=3,
    bind="w: w, b: b, x: x, y: y",
    watch="prediction: p, error: e, loss: loss, dw: dw, db: db, w: w_new, b: b_new,"
    " next_loss: loss_new",
)  # fmt: skip
LINE_GIVENS = {"w": "1", "b": "0.5", "x": "[1, 2, 3]", "y": "[2, 4, 6.5]", "lr": "0.05"}
LINE_STEPS = {
    "p": ("vector", "w * x + b"),
    "e": ("vector", "p - y"),
    "loss": ("number", "mean(e ** 2)"),
    "dw": ("number", "mean(2 * e * x)"),
    "db": ("number", "mean(2 * e)"),
    "w_new": ("number", "w - lr * dw"),
    "b_new": ("number", "b - lr * db"),
    "loss_new": ("number", "mean((w_new * x + b_new - y) ** 2)"),
}

VALLEY = HEAD.format(
    name="valley", kind="valley", loss="", batch=1, bind="curvatures: c, lowest: m, start: w",
    watch="w_before: before, loss: loss, dw: dw, w: w_new, next_loss: loss_new",
)  # fmt: skip
VALLEY_GIVENS = {"c": "2", "m": "3", "w": "0.5", "lr": "0.1"}
VALLEY_STEPS = {
    "before": ("number", "w"),
    "loss": ("number", "c * (w - m) ** 2 / 2"),
    "dw": ("number", "c * (w - m)"),
    "w_new": ("number", "w - lr * dw"),
    "loss_new": ("number", "c * (w_new - m) ** 2 / 2"),
}
RAVINE_GIVENS = {"c": "[1, 9]", "m": "[0, 1]", "w": "[4, -1]", "lr": "0.1"}
RAVINE_STEPS = {
    "before": ("vector", "w"),
    "loss": ("number", "sum(c * (w - m) ** 2) / 2"),
    "dw": ("vector", "c * (w - m)"),
    "w_new": ("vector", "w - lr * dw"),
    "loss_new": ("number", "sum(c * (w_new - m) ** 2) / 2"),
}


def lesson(folder, head, givens, steps):
    """A lesson with a lab of its own, from its file."""
    text = head
    for name, value in givens.items():
        text += f"  {name}:\n    title: {{en: {name}, zh: {name}}}\n    value: {value}\n"
        text += "    fresh: {low: 0.1, high: 0.9, step: 0.1}\n"
    text += "steps:\n"
    for name, (kind, formula) in steps.items():
        text += f"  - id: {name.replace('_', '-')}\n    title: {{en: {name}, zh: {name}}}\n"
        text += f"    prompt: {{en: What is {name}?, zh: {name} 是多少？}}\n"
        text += f"    kind: {kind}\n    name: {name}\n    formula: {formula}\n"
        text += "    hints:\n      - {en: Look again., zh: 再看看。}\n"
    path = folder / f"{head.split()[1]}.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path).lesson


def first_numbers(lab, givens, turned=None):
    """What torch tells of the first step, as a child would."""
    made = experiment(lab, {name: one.tolist() for name, one in givens.items()})
    trainee = build(made)
    for knob, value in (turned or {}).items():
        trainee.turn(knob, value)
    trainee.step()
    rate = (turned or {}).get("learning_rate", made.learning_rate)
    return Numbers(1, 1, rate, trainee.numbers()), made.learning_rate


def answered(round, *, but=()):
    """Check the true answer of every step, rounded as asked; something else for some."""
    for step in round.lesson.steps:
        precision = round.sheet.precision(step)
        value = np.ravel(round.sheet.result(step)) + (1.0 if step.name in but else 0.0)
        round.check(step, tuple(precision.text(cell) for cell in value))
    return round


def plain(lesson, events=()):
    return Round(lesson, events, lambda *_: None)


MODELS = [
    ("linear-regression", LINE, LINE_GIVENS, LINE_STEPS),
    ("valley", VALLEY, VALLEY_GIVENS, VALLEY_STEPS),
    ("valley", VALLEY, RAVINE_GIVENS, RAVINE_STEPS),
]
IDS = ["line", "valley", "ravine"]


@pytest.mark.parametrize(("kind", "head", "givens", "steps"), MODELS, ids=IDS)
def test_every_quantity_of_a_model_stands_beside_the_answer(tmp_path, kind, head, givens, steps):
    one = lesson(tmp_path, head, givens, steps)
    round = answered(plain(one))
    numbers, rate = first_numbers(one.labs[0], round.sheet.givens)
    assert tuple(numbers.values) == QUANTITIES[kind]
    beside = compared(round, numbers, one.labs[0].watch, rate)
    assert [each.name for each in beside] == list(steps)
    assert all(each.agreeing == len(each.own) == len(each.torch) for each in beside)


@pytest.mark.parametrize(("kind", "head", "givens", "steps"), MODELS, ids=IDS)
def test_so_it_does_with_fresh_numbers_and_with_the_learners_own(
    tmp_path, kind, head, givens, steps
):
    one = lesson(tmp_path, head, givens, steps)
    own = {name: [2.5] * 3 if name in ("x", "y") else 0.25 for name in givens}
    own |= {name: [0.25, 0.5] for name in givens if givens is RAVINE_GIVENS and name != "lr"}
    for began in (Began(7), Began(None, own)):
        round = answered(plain(one, [began]))
        sheet = round.sheet
        assert not np.array_equal(sheet.givens["w"], one.givens["w"].value)
        numbers, rate = first_numbers(one.labs[0], sheet.givens)
        beside = compared(round, numbers, one.labs[0].watch, rate)
        assert len(beside) == len(steps)
        assert all(each.agreeing == len(each.own) for each in beside)


@pytest.mark.parametrize(("kind", "head", "givens", "steps"), MODELS, ids=IDS)
def test_a_wrong_answer_parts_from_torchs_number(tmp_path, kind, head, givens, steps):
    one = lesson(tmp_path, head, givens, steps)
    round = answered(plain(one), but=("dw",))
    numbers, rate = first_numbers(one.labs[0], round.sheet.givens)
    beside = {each.name: each for each in compared(round, numbers, one.labs[0].watch, rate)}
    assert beside["dw"].agreeing == 0
    assert beside["dw"].torch == (), "and torch's is not given away"
    assert beside["loss"].agreeing == 1


@pytest.mark.parametrize(("kind", "head", "givens", "steps"), MODELS, ids=IDS)
def test_after_another_update_nothing_is_said_of_the_new_weights(
    tmp_path, kind, head, givens, steps
):
    one = lesson(tmp_path, head, givens, steps)
    round = answered(plain(one))
    faster, rate = first_numbers(one.labs[0], round.sheet.givens, {"learning_rate": 0.01})
    adam, _ = first_numbers(one.labs[0], round.sheet.givens, {"optimiser": "adam"})
    new = {one.labs[0].watch[name] for name in AFTER_THE_UPDATE & set(one.labs[0].watch)}
    for numbers, said in ((faster, rate), (adam, None)):
        beside = compared(round, numbers, one.labs[0].watch, said)
        assert {each.name for each in beside} == set(steps) - new
        assert all(each.agreeing == len(each.own) for each in beside)
