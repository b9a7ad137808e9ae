"""A lesson with its numbers: true values, slack, and what follows from a learner's own."""

from pathlib import Path

import numpy as np
import pytest

from tutor.course.lesson import Lesson, Text
from tutor.course.load import load
from tutor.course.numbers import NumbersError, fresh_worksheet, holds
from tutor.course.worksheet import Worksheet, bearable
from tutor.engine.answer import read_cells
from tutor.engine.verdict import Mark, judge

LESSON_FILE = """
id: tiny
order: 1
title: {en: Tiny, zh: 小课}
summary: {en: Tiny, zh: 小课}
story: {en: "Scores {z}.", zh: "得分 {z}。"}
decimals: 3
givens:
  z: {title: {en: scores, zh: 得分}, value: [2, 1, 0.1], fresh: {low: -1, high: 2, step: 0.1}}
  y: {title: {en: label, zh: 标签}, formula: "one_hot(argmax(z), 3)"}
conditions:
  - {formula: "min(p) > 0.05", why: {en: ln stays finite, zh: 对数有限}}
steps:
  - {id: e, title: {en: e, zh: e}, prompt: {en: e, zh: e}, kind: vector, name: e, formula: exp(z)}
  - {id: s, title: {en: s, zh: s}, prompt: {en: s, zh: s}, kind: number, name: S, formula: sum(e)}
  - {id: p, title: {en: p, zh: p}, prompt: {en: p, zh: p}, kind: vector, name: p, formula: e / S}
  - {id: l, title: {en: l, zh: l}, prompt: {en: l, zh: l}, kind: number, formula: "-sum(y * ln(p))"}
  - id: o
    title: {en: o, zh: o}
    prompt: {en: o, zh: o}
    kind: order
    options: [{en: one, zh: 一}, {en: two, zh: 二}, {en: three, zh: 三}]
"""


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    path = tmp_path_factory.mktemp("lessons") / "tiny.yaml"
    path.write_text(LESSON_FILE, encoding="utf-8")
    return load(path).lesson


@pytest.fixture
def sheet(lesson: Lesson) -> Worksheet:
    return Worksheet(lesson)


def marks(sheet: Worksheet, step: str, texts: list[str], own: dict[str, list[float]]) -> list[Mark]:
    asked = sheet.step(step)
    answers = {name: np.asarray(values, dtype=np.float64) for name, values in own.items()}
    verdict = judge(read_cells(texts, sheet.shape(asked)), sheet.target(asked, answers))
    return [verdict.overall, *verdict.cells]


def test_true_values_come_from_the_formulas(sheet: Worksheet) -> None:
    assert sheet.truth(sheet.step("p")).value == pytest.approx(
        [0.65900, 0.24243, 0.09857], abs=1e-5
    )
    assert sheet.givens["y"].tolist() == [1, 0, 0]


def test_slack_grows_along_the_chain_of_rounded_answers(sheet: Worksheet) -> None:
    slacks = [float(sheet.truth(sheet.step(step)).radius.max()) for step in ("e", "s", "p", "l")]
    assert slacks[0] == 0
    assert 0 < slacks[1] < 0.003
    assert 0 < slacks[2] < slacks[3] < 0.01


def test_a_later_answer_follows_from_a_wrong_earlier_one(sheet: Worksheet) -> None:
    wrong_sum = {"e": [7.389, 2.718, 1.105], "s": 12.212}
    assert marks(sheet, "p", ["0.605", "0.223", "0.090"], wrong_sum)[0] == Mark.FOLLOWS
    assert marks(sheet, "p", ["0.605", "0.223", "0.090"], {})[0] == Mark.WRONG
    assert marks(sheet, "p", ["0.659", "0.242", "0.099"], wrong_sum)[0] == Mark.RIGHT


def test_a_later_answer_follows_through_a_step_that_was_not_answered(sheet: Worksheet) -> None:
    wrong = {"e": [7.389, 2.718, 2.105]}
    total = 7.389 + 2.718 + 2.105
    texts = [f"{part / total:.3f}" for part in (7.389, 2.718, 2.105)]
    assert marks(sheet, "p", texts, wrong)[0] == Mark.FOLLOWS


def test_answers_that_cannot_be_worked_on_are_not_followed() -> None:
    p = np.array([0.7, 0.2, 0.1])
    assert bearable(np.array([0.6, 0.3, 0.1]), p)
    assert not bearable(np.array([1.2, -0.1, 0.1]), p), "no distribution"
    assert not bearable(np.zeros(3), p), "all 0 makes the rest easy"
    assert not bearable(np.array([0.6, 0.4]), p), "another shape"
    assert not bearable(np.array([np.inf, 0, 0]), p)


def test_an_order_is_shown_mixed_and_always_the_same(lesson: Lesson) -> None:
    first, second = (Worksheet(lesson).shown_order(lesson.steps[-1]) for _ in range(2))
    assert first == second != sorted(first)
    assert sorted(first) == [0, 1, 2]


def test_texts_say_the_current_numbers(sheet: Worksheet) -> None:
    assert sheet.words(sheet.lesson.story, "en") == "Scores [2, 1, 0.1]."
    step = sheet.step("p")
    assert sheet.words(Text(en="{p:1} {S:2}", zh="-"), "en", step) == "[0.7, 0.2, 0.1] 11.21"


def test_the_same_seed_draws_the_same_numbers_and_conditions_hold(lesson: Lesson) -> None:
    for seed in range(30):
        sheet = fresh_worksheet(lesson, seed)
        again = fresh_worksheet(lesson, seed)
        assert sheet.givens["z"].tolist() == again.givens["z"].tolist()
        assert holds(sheet, "min(p) > 0.05")
        assert all(abs(10 * z - round(10 * z)) < 1e-9 for z in sheet.givens["z"])
    drawn = {tuple(fresh_worksheet(lesson, seed).givens["z"].tolist()) for seed in range(30)}
    assert len(drawn) > 20


def test_conditions_that_nothing_meets_are_found_out(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(LESSON_FILE.replace("min(p) > 0.05", "min(p) > 0.5"), encoding="utf-8")
    with pytest.raises(NumbersError) as caught:
        fresh_worksheet(load(path).lesson, 1)
    assert set(caught.value.broken) == {0}
