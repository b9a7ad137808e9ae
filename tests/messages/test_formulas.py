"""Every refusal of a formula has a sentence in every language, and its details fit."""

import ast
from pathlib import Path

import pytest

import tutor.engine
from tests.engine.oracle import value
from tutor.engine.formula import FormulaError
from tutor.messages import LANGUAGES, say
from tutor.messages.formulas import TEXTS

REFUSED = [
    "", "1 +", "x" * 3000, "[" * 50, "y = 1", "1\n2", "a = 1\na = 2\na", "1 < 2 < 3", "2 ^ 2",
    "1 and 2", "sum(*[1])", "lambda: 1", "1e999", "sum", "zzz", "n", "zzzzz(1)", "sofmax(1)",
    "[1][[1] > 0]", "exp()", "stack(1)", "exp(1, 2)", "exp(1, y=2)", "exp(1, x=2)", "1 + None",
    "[1, 2] + [1, 2, 3]", "cross_entropy(1, 2)", "arange(1e9)", "0 / 0", "1 / 0",
    "a = eye(300)\na @ a",
]  # fmt: skip


def refusal(text):
    with pytest.raises(FormulaError) as caught:
        value(text, name=1.0)
    return caught.value


ENGINE = Path(tutor.engine.__file__).parent


def codes(paths):
    """Every text in some code that looks like the code of a refusal."""
    return {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith("formula.")
    }


def test_every_code_has_its_sentence_and_every_sentence_its_code():
    assert codes([*ENGINE.rglob("*.py"), ENGINE.with_name("grade.py")]) == set(TEXTS)


def test_every_code_is_tried_here():
    assert {refusal(text).code for text in REFUSED} == codes(ENGINE.rglob("*.py"))


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_details_fill_the_sentence(text, language):
    error = refusal(text)
    sentence = say(error.code, language, **error.details)
    assert "{" not in sentence
    assert all(str(detail) in sentence for detail in error.details.values())
    assert len(sentence) < 300
