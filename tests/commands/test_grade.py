"""Grading without a screen: a JSON line out for each line in, in order, whatever comes in."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.examples import times
from tutor.grade import grade, graded

Z = {"z": [2, 1, 0.1]}
SOFTMAX = {"formula": "softmax(z)", "given": Z}


def result(language: str = "en", /, **request: Any) -> dict[str, Any]:
    return graded(json.dumps({"id": 1, **request}), language)


@pytest.mark.parametrize("answer", ["0.659 nats", "p = 0.659", "about 0.7", ["0.6", "x", "y", "z"]])
def test_what_has_words_beside_its_numbers_is_unreadable_and_not_of_another_shape(
    answer: object,
) -> None:
    out = result(formula="max(softmax(z))", given=Z, answer=answer)
    assert (out["verdict"], out["slips"]) == ("unreadable", [])
    assert out["error"]["message"]


@pytest.mark.parametrize(
    ("formula", "answer", "verdict"),
    [
        ("softmax(z)", [[0.659], [0.242], [0.099]], "right"),
        ("softmax(z)", [[0.659, 0.242, 0.099]], "right"),
        ("z[None, :]", [2, 1, 0.1], "right"),
        ("z[:, None]", "2 1 0.1", "right"),
        ("max(z)", "tensor([2.])", "right"),
        ("max(z)", [[2]], "right"),
        ("[max(z)]", 2, "right"),
        ("z[:, None]", [[2, 1, 0.1]], "wrong"),
        ("max(z)", [2, 2], "wrong"),
    ],
)
def test_axes_of_one_cell_make_nothing_wrong_but_a_row_is_no_column(
    formula: str, answer: object, verdict: str
) -> None:
    out = result(formula=formula, given=Z, answer=answer)
    assert out["verdict"] == verdict


def test_nothing_depends_on_the_order_of_the_fields() -> None:
    fields = {
        "given": {"d": 512, "t": 1000, "w": 4000},
        "formula": "d**-0.5 * minimum(t**-0.5, t * w**-1.5)",
        "figures": 4,
        "answer": 0.001398,
    }
    turned = dict(reversed(fields.items())) | {"given": {"w": 4000, "t": 1000, "d": 512}}
    assert result(**fields) == result(**turned)


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    line = "\ufeff" + json.dumps({**SOFTMAX, "answer": "0.659 0.242 0.099"})
    assert [fine for _, fine in grade([line], "en")] == [True]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The square root was left out: b @ b was used as it is."
               " The same at each of the 2 such places."),
        ("zh", "漏了开平方：直接用了 b @ b。这样的 2 处都是如此。"),
    ],
)  # fmt: skip
def test_a_slip_that_was_made_wherever_it_can_be_says_so(language: str, said: str) -> None:
    """Who puts right the one place that is named would still be wrong."""
    given = {"a": [1, 2, 3], "b": [2, -1, 4]}
    out = result(
        language, formula="a@b/sqrt(a@a)/sqrt(b@b)", given=given, answer=0.0408, decimals=4
    )
    assert out["slips"][0]["say"] == said


@pytest.mark.parametrize(
    ("answer", "verdict", "cells"),
    [
        ("0.659 0.242 0.099", "right", ["right"] * 3),
        ([0.659, 0.242, 0.099], "right", ["right"] * 3),
        ("[0.66, 0.24, 0.10]", "too-coarse", ["too-coarse"] * 3),
        ([0.659, None, 0.099], "incomplete", ["right", "blank", "right"]),
        ([0.659, 0.5, 0.099], "wrong", ["right", "wrong", "right"]),
        (["0.659", "0.2.4", "0.099"], "unreadable", ["right", "unreadable", "right"]),
        ("0.659 0.242", "wrong", []),
    ],
)
def test_verdicts(answer: object, verdict: str, cells: list[str]) -> None:
    out = result(**SOFTMAX, answer=answer)
    assert (out["id"], out["verdict"], out["cells"]) == (1, verdict, cells)
    assert out["value"] == pytest.approx([0.65900, 0.24243, 0.09857], abs=1e-5)


def test_a_slip_is_named_placed_and_said_in_both_languages() -> None:
    for language, word in (("en", "function"), ("zh", "函数")):
        out = result(language, **SOFTMAX, answer=[0.645, 0.323, 0.032])
        slip = out["slips"][0]
        assert slip["slip"] == "left-out-function"
        assert slip["where"] == "softmax(z)"
        assert word in slip["say"]
        assert slip["gives"] == pytest.approx([0.645, 0.323, 0.032], abs=1e-3)


def test_in_a_lesson_it_is_said_in_the_words_of_the_lesson() -> None:
    asked = {"lesson": "softmax-regression", "step": "scores", "answer": "0.38 0.92 1.46"}
    for language, said in ("en", "b (biases) was left out: it has to be added."), (
        "zh", "漏加了 b（偏置）。"
    ):  # fmt: skip
        slip = result(language, **asked)["slips"][0]
        assert (slip["where"], slip["say"]) == ("W @ x + b", said)
    bare = {"formula": "x + b", "given": {"x": [3.25, 4.125], "b": [0.53, 0.71]}}
    assert (
        result(**bare, answer=[3.25, 4.125])["slips"][0]["say"]
        == "b was left out: it has to be added."
    )
    out = result(lesson="softmax", step="probabilities", answer="0.659 2.42 0.099")
    assert out["slips"][0]["say"].startswith("dog: ")


def test_precision_is_asked_in_decimals_or_figures() -> None:
    four = result(**SOFTMAX, decimals=4, answer="0.659 0.242 0.099")
    assert four["verdict"] == "too-coarse"
    assert result(**SOFTMAX, decimals=4, answer="0.6590 0.2424 0.0986")["verdict"] == "right"
    small = {"formula": "x / 7", "given": {"x": 0.003}}
    assert result(**small, figures=3, answer="0.000429")["verdict"] == "right"
    assert result(**small, figures=3, answer="0.0004")["verdict"] == "too-coarse"


def test_what_follows_from_an_earlier_answer_follows() -> None:
    request = {"formula": "e / S", "given": {"e": [7.389, 2.718, 1.105], "S": 11.212}}
    answer = [0.605, 0.223, 0.090]
    assert result(**request, answer=answer)["verdict"] == "wrong"
    assert result(**request, earlier={"S": 12.212}, answer=answer)["verdict"] == "follows"


def test_a_transposed_answer_is_called_so() -> None:
    request = {"formula": "outer(a, b)", "given": {"a": [1, 2], "b": [3, 4, 5]}}
    out = result(**request, answer=[[3, 6], [4, 8], [5, 10]])
    assert (out["verdict"], out["slips"][0]["slip"]) == ("wrong", "transposed")


def test_steps_of_lessons_are_graded_with_own_or_drawn_or_given_numbers() -> None:
    step = {"lesson": "softmax", "step": "exponentials"}
    assert result(**step, answer="7.389 2.718 1.105")["verdict"] == "right"
    drawn = result(**step, seed=3, answer="7.389 2.718 1.105")
    assert drawn["verdict"] == "wrong"
    assert result(**step, seed=3, answer=drawn["value"])["verdict"] == "right"
    assert result(**step, given={"z": [0, 0, 0.5]}, answer="1 1 1.649")["verdict"] == "right"
    assert result(lesson="softmax", step="E", answer="4 2 1.07")["slips"][0]["slip"]


def test_choices_are_answered_with_letters() -> None:
    out = result(lesson="softmax-regression", step="prediction", answer="c")
    assert out["verdict"] == "right"
    assert result(lesson="softmax-regression", step="prediction", answer="a")["verdict"] == "wrong"


def test_the_notes_own_wrong_numbers_are_called_wrong() -> None:
    """CURRICULUM 2a: wrong totals and probabilities that the source notes print."""
    image = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    conv = {"formula": "conv2d(X, K)[0, 0]", "given": {"X": image, "K": [[1, 0, -1]] * 3}}
    out = result(**conv, answer=-3)
    assert out["verdict"] == "wrong"
    assert out["slips"][0]["slip"] in ("wrong-index", "one-product")
    assert result(**SOFTMAX, answer=[0.659, 0.243, 0.098])["verdict"] == "wrong"
    ten = [2.3, 0.1, -1.2, 5.7, -0.5, 0.3, 1.1, -2.2, 3.2, -0.9]
    four = {"formula": "softmax(z)[:4]", "given": {"z": ten}}
    assert result(**four, answer=[0.02, 0.01, 0.001, 0.93])["verdict"] == "wrong"
    grad = {"formula": "2 * x * (x * w - t)", "given": {"x": 2, "w": 3, "t": 10}}
    assert result(**grad, answer=0)["verdict"] == "wrong"
    assert result(formula="g1 + g2", given={"g1": 2, "g2": 5}, answer=5)["verdict"] == "wrong"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("not json", 0),
        ("[1, 2]", None),
        ('{"id": 1}', "answer"),
        ('{"id": 1, "answer": 2}', "formula"),
        ('{"id": 1, "formula": "softmx(z)", "given": {"z": [1, 2]}, "answer": 1}', 0),
        ('{"id": 1, "formula": "1 + q", "answer": 1}', 4),
        ('{"id": 1, "formula": "1", "decimals": "x", "answer": 1}', "decimals"),
        ('{"id": 1, "formula": "z", "given": {"z": [[1], [1, 2]]}, "answer": 1}', "given.z"),
        ('{"id": 1, "formula": "z", "given": {"z": 1}, "answer": {"a": 1}}', "answer"),
        ('{"id": 1, "lesson": "softmacs", "step": "p", "answer": 1}', None),
        ('{"id": 1, "lesson": "softmax", "step": "zzz", "answer": 1}', "step"),
        (
            '{"id": 1, "lesson": "softmax", "step": "exponentials", "seed": 1.5, "answer": 1}',
            "seed",
        ),
        ('{"id": 1, "formula": "arange(10**9)", "answer": 1}', 0),
        ('{"id": 1, "formula": "1 + 9**9**9", "answer": 1}', 4),
        ('{"id": 1, "formula": "1 + exp(x)", "given": {"x": 1000}, "answer": 1}', 4),
        ('{"id": 1, "formula": "0 / x", "given": {"x": 0}, "answer": 1}', 0),
        ('{"id": 1, "formula": "ln(x)", "given": {"x": -1}, "answer": 1}', 0),
        ('{"id": 1, "formula": "softmax(x)", "given": {"x": [1e999, 1]}, "answer": 1}', 0),
        ('{"id": 1, "formula": "conv_size(5, 3, 0)", "answer": 1}', 0),
        ('{"id": 1, "formula": "x[5:]", "given": {"x": [1, 2]}, "answer": []}', 0),
        ('{"id": 1, "formula": "x", "given": {"x": []}, "answer": []}', "given.x"),
        ('{"id": 1, "formula": "x", "given": {"x": NaN}, "answer": 1}', "given.x"),
        ('{"id": 1, "formula": "x", "given": {"x": 1}, "decimals": 9, "answer": 1}', "decimals"),
        (f'{{"id": 1, "formula": "{"(" * 90}1{")" * 90}", "answer": 1}}', 40),
        (
            '{"id": 1, "lesson": "softmax", "step": "probabilities", "answer": "1 0 0",'
            ' "given": {"z": [1000, 1, 2]}}',
            "given",
        ),
    ],
)
def test_what_cannot_be_graded_says_why_and_where(line: str, at: object) -> None:
    for language in ("en", "zh"):
        out = graded(line, language)
        assert "verdict" not in out
        assert out["error"]["message"]
        assert out["error"]["at"] == at


def test_an_infinity_that_is_meant_is_an_answer() -> None:
    assert result(formula="kl_div(p, q)", given={"p": [1, 0], "q": [0, 1]}, answer="inf") == {
        "id": 1, "verdict": "right", "read": "inf", "cells": "right", "value": "inf", "slips": [],
    }  # fmt: skip
    assert result(formula="-ln(0)", answer="inf")["verdict"] == "right"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["formula", "given", "answer", "z", "lesson"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=times(80))
@given(
    st.dictionaries(
        st.sampled_from(
            ["id", "formula", "given", "answer", "lesson", "step", "seed", "decimals", "earlier"]
        ),
        json_values | st.sampled_from(["softmax(z)", "softmax", "exponentials", {"z": [1, 2]}]),
    )
)
def test_whatever_comes_in_one_line_of_json_comes_out(request: dict[str, Any]) -> None:
    ((line, fine),) = grade([json.dumps(request)], "en")
    out = json.loads(line)
    assert fine == ("verdict" in out)
    assert fine or out["error"]["message"]


def test_the_stream_goes_on_after_a_bad_line_and_the_status_tells(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, **SOFTMAX, "answer": "0.659 0.242 0.099"}) for n in (1, 2)]
    typed = "\n".join([lines[0], "not json", "", lines[1]]) + "\n"
    root = Path(tutor.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "--lang", "zh", "grade"], input=typed, text=True,
        capture_output=True, timeout=60, cwd=root,
        env={**os.environ, "TUTOR_HOME": str(tmp_path)},
    )  # fmt: skip
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one.get("verdict") for one in out] == ["right", None, "right"]
    assert [one["id"] for one in out] == [1, None, 2]
    assert "JSON" in out[1]["error"]["message"]
    assert (done.returncode, done.stderr) == (1, "")


def test_a_misspelt_field_is_named_and_one_of_the_teachers_own_is_passed_over() -> None:
    asked = {"formula": "1/3", "answer": "0.33", "student": "Ann", "class": 3}
    assert result(**asked, decimals=2)["verdict"] == "right"
    wrong = result(**asked, decimal=2)
    assert "decimals" in wrong["error"]["message"]
    assert wrong["error"]["at"] == "decimal"
