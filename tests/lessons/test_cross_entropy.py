"""The cross-entropy lesson against torch, and against figures worked out apart from it."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from tutor.course.load import load
from tutor.course.worksheet import Worksheet
from tutor.engine.verdict import within

FILE = Path(__file__).parents[2] / "lessons" / "cross-entropy.yaml"
LESSON = load(FILE).lesson
FIRST = Worksheet(LESSON)
FRESH = range(25)
SHOWN = 6e-4
"""How far a loss may move because the lesson shows e^Z with three decimals."""


def answer(sheet, step):
    return sheet.truth(sheet.step(step)).value


def accepted(sheet, step, values):
    """Whether numbers would pass as the answer to a step, cell by cell."""
    target = sheet.target(sheet.step(step), {})
    truth = target.truth
    aims = zip(*(part.ravel() for part in (truth.value, *truth.ends)), strict=True)
    pairs = zip(np.ravel(values), aims, strict=True)
    return all(within(typed, aim, target) for typed, aim in pairs)


def given(sheet, name):
    """A given as torch takes it: class indices as whole numbers."""
    values = torch.tensor(sheet.givens[name])
    return values.long() if name.startswith("k") else values


@pytest.mark.parametrize(
    ("step", "figures"),
    {
        "one-hot": [0, 0, 1, 0],
        "loss": 0.5108,
        "confidence": [0.9163, 4.6052],
        "sums": [15.361, 17.471, 29.251],
        "true-probabilities": [0.5316, 0.6973, 0.7589],
        "batch-losses": [0.6318, 0.3606, 0.2759],
        "batch-sum": 1.2683,
        "batch-mean": 0.4228,
        "from-logits": [0.6590, 0.2424, 0.0986],
        "loss-from-logits": 0.4170,
        "loss-twice": 0.8021,
        "floor": 0.5514,
        "first-loss": 2.3026,
    }.items(),
)
def test_the_first_round_has_the_figures_of_the_notes(step, figures):
    np.testing.assert_allclose(answer(FIRST, step), figures, atol=1e-4)


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_every_round_agrees_with_torch(sheet):
    q, k = given(sheet, "q"), given(sheet, "k")
    np.testing.assert_allclose(answer(sheet, "one-hot"), torch.eye(4)[k])
    np.testing.assert_allclose(answer(sheet, "loss"), cross_entropy(q.log(), k))
    batch = given(sheet, "Z"), given(sheet, "k_batch")
    each = cross_entropy(*batch, reduction="none")
    np.testing.assert_allclose(answer(sheet, "batch-losses"), each, atol=SHOWN)
    total = cross_entropy(*batch, reduction="sum")
    np.testing.assert_allclose(answer(sheet, "batch-sum"), total, atol=3 * SHOWN)
    np.testing.assert_allclose(answer(sheet, "batch-mean"), cross_entropy(*batch), atol=SHOWN)
    z, last = given(sheet, "z"), given(sheet, "k_last")
    np.testing.assert_allclose(answer(sheet, "loss-from-logits"), cross_entropy(z, last))
    twice = cross_entropy(z.softmax(0), last)
    np.testing.assert_allclose(answer(sheet, "loss-twice"), twice)


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_the_usual_slips_are_told_apart(sheet):
    q, z, k = sheet.givens["q"], sheet.givens["z"], int(sheet.givens["k"])
    p, last = answer(sheet, "from-logits"), int(sheet.givens["k_last"])
    losses = answer(sheet, "batch-losses")
    assert not accepted(sheet, "one-hot", np.roll(answer(sheet, "one-hot"), -1))
    assert not accepted(sheet, "loss", -np.log10(q[k]))
    assert not accepted(sheet, "loss", -np.log(q).sum())
    assert not accepted(sheet, "loss", 1 - q[k])
    assert not accepted(sheet, "batch-losses", -losses)
    assert not accepted(sheet, "batch-mean", losses.sum() / 4)
    assert not accepted(sheet, "batch-mean", losses.sum())
    assert not accepted(sheet, "loss-from-logits", -np.log10(p[last]))
    assert not accepted(sheet, "loss-from-logits", -np.log(p[(last + 1) % 3]))
    assert not accepted(sheet, "loss-from-logits", -z[last])
    assert not accepted(sheet, "softmax-twice", p)
    assert not accepted(sheet, "first-loss", 1)


@pytest.mark.parametrize(
    ("step", "words"),
    {
        "what-counts": "It stays the same",
        "right-but-costly": "The loss asks how sure, not who won",
        "other-logarithm": "log10 was used instead of ln",
        "what-to-pass": "the logits, without softmax",
    }.items(),
)
def test_the_right_options(step, words):
    assert FIRST.step(step).options[int(answer(FIRST, step))].en == words


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_the_friends_number_fits_log10_and_no_other_option(sheet):
    p, last = answer(sheet, "from-logits"), int(sheet.givens["k_last"])
    step = sheet.step("other-logarithm")
    friend = -np.log10(p[last])
    assert f"{friend:.3f}" in sheet.words(step.prompt, "en", step)
    others = [np.log(p[last]), *-np.log(p), -np.log(p).sum()]
    assert min(abs(friend - other) for other in others) > 0.01


def test_the_floor_of_softmax_done_twice():
    for classes, floor in ((3, 0.551), (10, 1.461)):
        best = torch.eye(classes, dtype=torch.float64)[0]
        assert float(cross_entropy(best, torch.tensor(0))) == pytest.approx(floor, abs=5e-4)
