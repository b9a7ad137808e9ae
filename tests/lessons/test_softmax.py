"""The softmax lesson against torch, and against figures worked out apart from it."""

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.drawn import drawn
from tutor.course.load import load
from tutor.course.worksheet import Worksheet
from tutor.engine.verdict import within

FILE = Path(__file__).parents[2] / "lessons" / "softmax.yaml"
LESSON = load(FILE).lesson
FIRST = Worksheet(LESSON)
FRESH = range(25)
NOTES = [2.3, 0.1, -1.2, 5.7, -0.5, 0.3, 1.1, -2.2, 3.2, -0.9]


def answer(sheet, step):
    return sheet.truth(sheet.step(step)).value


def accepted(sheet, step, values):
    """Whether numbers would pass as the answer to a step, cell by cell."""
    target = sheet.target(sheet.step(step), {})
    truth = target.truth
    aims = zip(*(part.ravel() for part in (truth.value, *truth.ends)), strict=True)
    pairs = zip(np.ravel(values), aims, strict=True)
    return all(within(typed, aim, target) for typed, aim in pairs)


def chosen(sheet, step):
    """The English words of the right option."""
    return sheet.step(step).options[int(answer(sheet, step))].en


def softmax(scores):
    return torch.softmax(torch.tensor(scores, dtype=torch.float64), 0).numpy()


@pytest.mark.parametrize(
    ("step", "figures"),
    {
        "exponentials": [7.3891, 2.7183, 1.1052],
        "sum": 11.2125,
        "probabilities": [0.6590, 0.2424, 0.0986],
        "check": 1,
        "ratio": 2.7183,
        "warm-scores": [1, 0.5, 0.05],
        "warm-probabilities": [0.5017, 0.3043, 0.1940],
        "cold-probabilities": [0.8638, 0.1169, 0.0193],
        "shift": [-2, -1, 0],
        "stable-probabilities": [0.0900, 0.2447, 0.6652],
    }.items(),
)
def test_the_first_round_has_the_figures_of_the_notes_put_right(step, figures):
    np.testing.assert_allclose(answer(FIRST, step), figures, atol=6e-5)


@pytest.mark.parametrize("sheet", FRESH, indirect=True)
def test_fresh_rounds_agree_with_torch(sheet):
    z, u = sheet.givens["z"], sheet.givens["u"]
    np.testing.assert_allclose(answer(sheet, "probabilities"), softmax(z))
    high, low = sheet.givens["T_high"], sheet.givens["T_low"]
    np.testing.assert_allclose(answer(sheet, "warm-probabilities"), softmax(z / high))
    np.testing.assert_allclose(answer(sheet, "cold-probabilities"), softmax(z / low))
    np.testing.assert_allclose(answer(sheet, "stable-probabilities"), softmax(u))
    np.testing.assert_allclose(answer(sheet, "ratio"), softmax(z)[0] / softmax(z)[1])


@pytest.mark.parametrize("sheet", [None, *FRESH], indirect=True)
def test_the_usual_slips_are_told_apart(sheet):
    z, u = sheet.givens["z"], sheet.givens["u"]
    high, low = sheet.givens["T_high"], sheet.givens["T_low"]
    assert not accepted(sheet, "probabilities", z / z.sum())
    assert not accepted(sheet, "exponentials", 2**z)
    assert not accepted(sheet, "ratio", z[0] / z[1])
    assert not accepted(sheet, "warm-scores", z * high)
    assert not accepted(sheet, "warm-probabilities", answer(sheet, "probabilities") / high)
    assert not accepted(sheet, "cold-probabilities", softmax(z * low))
    assert not accepted(sheet, "shift", u - u.min())
    assert not accepted(sheet, "stable-probabilities", softmax(u)[::-1])


def test_rounded_probabilities_may_miss_1_by_a_digit():
    sums = {}
    for sheet in (drawn(LESSON.id, seed) for seed in (None, *FRESH)):
        total = round(answer(sheet, "probabilities").round(3).sum(), 3)
        sums[total] = sheet
        assert accepted(sheet, "check", total)
        assert not accepted(sheet, "check", 0.99)
    assert {1.0, 1.001} <= set(sums)
    assert not accepted(FIRST, "check", 0.999)


@pytest.mark.parametrize(
    ("step", "words"),
    {
        "early-rounding": "They rounded e^z too early",
        "without-exponentials": "Negative scores give negative shares",
        "ratio-law": "The first is e^2.2 times the second",
        "constant": "Nothing, e^100 cancels",
        "divided": "Divide both by e^m",
    }.items(),
)
def test_the_right_options(step, words):
    assert chosen(FIRST, step) == words


def test_what_is_true_of_a_higher_temperature():
    options = FIRST.step("temperature").options
    marked = zip(options, answer(FIRST, "temperature"), strict=True)
    right = [option.en for option, fits in marked if fits]
    assert right == ["The probabilities draw closer together", "The winner stays the same"]
    for sheet in (drawn(LESSON.id, seed) for seed in FRESH):
        plain, warm, cold = (
            answer(sheet, f"{which}probabilities") for which in ("", "warm-", "cold-")
        )
        assert np.ptp(warm) < np.ptp(plain) < np.ptp(cold)
        assert warm.argmax() == plain.argmax() == cold.argmax()


def test_the_wrong_digits_of_the_notes_come_from_early_rounding():
    early = np.array([7.39, 2.72, 1.10])
    assert (early / early.sum()).round(3).tolist() == [0.659, 0.243, 0.098]
    assert answer(FIRST, "probabilities").round(3).tolist() == [0.659, 0.242, 0.099]
    assert round(2**2 / (2**2 + 2**1 + 2**0.1), 2) == 0.57


def test_the_ratio_law_refutes_the_probabilities_of_the_notes():
    p = softmax(NOTES)
    assert p[:2].round(4).tolist() == [0.0293, 0.0032]
    assert p[0] / p[1] == pytest.approx(np.exp(2.2)) == pytest.approx(9, abs=0.05)
