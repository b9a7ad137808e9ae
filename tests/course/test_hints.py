"""The ladder of hints that a step has without its author writing any."""

import json
from pathlib import Path

import pytest

from tutor.course.hints import rungs
from tutor.course.load import load
from tutor.course.round import Round
from tutor.course.worksheet import Worksheet

GIVENS = {
    "z": {"title": {"en": "scores", "zh": "得分"}, "value": [2, 1, 0.1]},
    "T": {"title": {"en": "temperature", "zh": "温度"}, "value": 2},
}


def asked(identity, formula, kind="vector", **more):
    words = {"en": identity, "zh": identity}
    step = {"id": identity, "title": words, "prompt": words, "kind": kind, "formula": formula}
    return step | more


@pytest.fixture
def lesson(tmp_path: Path):
    def made(*steps):
        path = tmp_path / "made.yaml"
        words = {"en": "made", "zh": "made"}
        content = {
            "id": "made", "order": 1, "title": words, "summary": words, "story": words,
            "givens": GIVENS, "steps": list(steps),
        }  # fmt: skip
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return load(path).lesson

    return made


def ladder(lesson, index=0):
    made = rungs(Worksheet(lesson), lesson.steps[index])
    return [(rung.kind, rung.formula or rung.names) for rung in made]


def test_quantities_formula_numbers_and_a_start(lesson):
    made = lesson(asked("softmax", "exp(z / T) / sum(exp(z / T))", name="p"))
    assert ladder(made) == [
        ("quantities", ("z", "T")),
        ("formula", "exp(z / T) / sum(exp(z / T))"),
        ("numbers", "p[0] = e^(2 / 2) / (e^(2 / 2) + e^(1 / 2) + e^(0.1 / 2))"),
        ("first", "[e^(2 / 2), e^(1 / 2), e^(0.1 / 2)] = [2.718, 1.649, 1.051]"),
    ]


def test_written_hints_come_instead_of_the_quantities(lesson):
    made = lesson(asked("sum", "sum(z)", "number", hints=[{"en": "Add.", "zh": "相加。"}]))
    assert [kind for kind, _ in ladder(made)] == ["words", "formula", "numbers"]


def test_a_prelude_function_is_opened_in_the_numbers(lesson):
    made = lesson(asked("loss", "cross_entropy(z, 1)", "number"))
    assert ladder(made)[2:] == [
        ("numbers", "-ln(e^1 / (e^2 + e^1 + e^0.1))"),
        ("first", "exponentials = [e^2, e^1, e^0.1] = [7.389, 2.718, 1.105]"),
    ]


def test_a_single_line_starts_with_one_cell_of_several(lesson):
    made = lesson(asked("exponentials", "exp(z)", name="E"), asked("total", "sum(E)", "number"))
    assert ladder(made)[-1] == ("first", "E[0] = e^2 = 7.389")
    assert ladder(made, 1)[-1] == ("numbers", "7.389 + 2.718 + 1.105")


def test_what_is_counted_is_not_solved(lesson):
    made = lesson(asked("size", "[size(z) - 1, size(z) + 1]", "shape"))
    assert ladder(made)[1:] == [
        ("formula", "[size(z) - 1, size(z) + 1]"),
        ("numbers", "[0]: 3 - 1"),
    ]


def test_a_formula_that_only_copies_has_no_numbers(lesson):
    made = lesson(asked("copy", "z[::-1]"))
    assert [kind for kind, _ in ladder(made)] == ["quantities", "formula"]


def test_a_choice_has_its_own_words_only(lesson):
    options = [{"en": "a", "zh": "a"}, {"en": "b", "zh": "b"}]
    hint = {"en": "Look.", "zh": "看。"}
    made = lesson(asked("largest", "argmax([0, 1])", "choice", options=options, hints=[hint]))
    assert [kind for kind, _ in ladder(made)] == ["words"]


def in_round(lesson):
    return Round(lesson, [], lambda event, state: None)


def kinds(round, step):
    return [rung.kind for rung in round.rungs(step)]


def test_hints_do_not_give_an_earlier_answer_away(lesson):
    made = lesson(asked("exponentials", "exp(z)", name="E"), asked("double", "E * 2"))
    round = in_round(made)
    first, second = made.steps
    (numbers,) = [rung for rung in round.rungs(second) if rung.kind == "numbers"]
    assert numbers.formula == "[0]: E[0]*2"
    assert "first" not in kinds(round, second)
    round.reveal(first)
    assert [rung.formula for rung in round.rungs(second)[-2:]] == [
        "[0]: 7.389*2",
        "[0]: 7.389*2 = 14.778",
    ]


def test_hints_have_the_learners_own_earlier_numbers(lesson):
    made = lesson(asked("exponentials", "exp(z)", name="E"), asked("double", "E * 2"))
    round = in_round(made)
    first, second = made.steps
    round.check(first, ("7.3", "2.718", "1.105"))
    assert [rung.formula for rung in round.rungs(second)[-2:]] == [
        "[0]: 7.3*2",
        "[0]: 7.3*2 = 14.6",
    ]


def test_own_numbers_that_cannot_be_worked_on_have_no_start(lesson):
    made = lesson(asked("a", "z - 0.05", name="a"), asked("b", "ln(a)", name="b"))
    round = in_round(made)
    round.check(made.steps[0], ("-1", "1", "1"))
    assert kinds(round, made.steps[1]) == ["quantities", "formula", "numbers"]
    assert round.rungs(made.steps[1])[-1].formula == "b[0] = ln(-1)"
