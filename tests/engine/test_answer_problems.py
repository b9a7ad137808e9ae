"""Whatever is typed: no exception, a place inside the text, a sentence, and linear work."""

import ast
import math
import re
import string
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import times
from tutor import engine
from tutor.engine.answer import (
    Cell,
    Problem,
    Reading,
    as_shape,
    calculate,
    read_array,
    read_as,
    read_cell,
    read_shape,
)
from tutor.messages import LANGUAGES, room, say


def calculate_with_infinity(text):
    return calculate(text, ans=math.inf)


READERS = [read_cell, calculate, calculate_with_infinity, read_array, read_shape]
NOT_PROBLEMS = {"answer.read-as", "answer.read-as-shape", "answer.at-character"}


def shaped(shape):
    def read(text):
        reading = read_array(text)
        assert isinstance(reading, Reading)
        return as_shape(reading, shape)

    return read


EXAMPLES = {
    "character": (read_cell, "1?"),
    "comma-in-list": (read_array, "0,1 0,2"),
    "decimal-comma": (read_cell, "0,154"),
    "digit-groups": (read_cell, "1'000"),
    "division-by-zero": (read_cell, "1/0"),
    "e-or-exponent": (read_cell, "e-3"),
    "empty-line": (read_array, "1\n\n2"),
    "empty-list": (read_array, "[]"),
    "empty-row": (read_array, ";1"),
    "exponent": (read_cell, "1e"),
    "exponent-size": (read_cell, "1e-1000"),
    "function-alone": (read_cell, "ln"),
    "function-brackets": (read_cell, "ln 2/3"),
    "groups-in-list": (read_array, "1,234,567"),
    "left-out": (read_array, "[1 ... 2]"),
    "left-over": (read_cell, "1,"),
    "letter-for-digit": (read_cell, "O.5"),
    "line-in-brackets": (read_array, "[1 2\n3 4]"),
    "list-in-calculation": (read_array, "2*[1 2]"),
    "list-in-number": (read_cell, "[1]"),
    "logarithm-domain": (read_cell, "ln(-0.5)"),
    "lone-point": (read_cell, "."),
    "mismatched": (read_array, "[1)"),
    "mixed-depth": (read_array, "1 [2]"),
    "mixed-rows": (read_array, "1;2\n3;4"),
    "nan": (read_cell, "nan"),
    "no-result-yet": (calculate, "ans"),
    "no-value": (read_cell, "inf-inf"),
    "number-missing-after": (read_cell, "1+"),
    "number-missing-before": (read_cell, "*3"),
    "one-number-asked": (shaped(()), "1 2"),
    "one-number-typed": (shaped((2, 2)), "1"),
    "operator-missing": (read_cell, "2pi"),
    "power-of-negative": (read_cell, "(-8)^0.5"),
    "ragged-blocks": (read_array, "[[[1]],[[1],[2]]]"),
    "ragged-rows": (read_array, "[[1],[2,3]]"),
    "root-of-negative": (read_cell, "sqrt(-2)"),
    "shape": (shaped((2, 2)), "1 2"),
    "shape-form": (read_shape, "-3"),
    "size-missing": (read_shape, "3x"),
    "size-not-whole": (read_shape, "2.5"),
    "tex": (read_array, r"\alpha"),
    "thousands-comma": (read_cell, "1,234"),
    "too-deep": (read_cell, "(" * 60),
    "too-large": (read_cell, "9^9^9"),
    "too-long": (read_cell, "1" * 201),
    "true-or-false": (read_cell, "True"),
    "two-numbers": (read_cell, "12 3"),
    "two-points": (read_cell, "0.5.2"),
    "two-signs": (read_cell, "--5"),
    "unclear-percent": (read_cell, "1/3%"),
    "unclear-sign": (read_array, "1 - 2"),
    "unclosed": (read_cell, "(1"),
    "unopened": (read_cell, "1)"),
    "which-logarithm": (read_cell, "log 2"),
    "word": (read_cell, "abc"),
    "write-instead": (read_cell, "3²"),
}


def problem_of(read):
    return read if isinstance(read, Problem) else read.problem


def problems_of(read):
    """All the problems of what a function has read."""
    cells = read.cells if isinstance(read, Reading) else [read]
    return [problem for cell in cells if (problem := problem_of(cell)) is not None]


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_problem_has_an_example_and_says_it_in_every_language(code):
    read, text = EXAMPLES[code]
    problem = problem_of(read(text))
    assert problem is not None
    assert problem.code == f"answer.{code}"
    sentences = {say(problem.code, language, **problem.details) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    for value in problem.details.values():
        if isinstance(value, str):
            assert all(value in sentence for sentence in sentences)


def test_every_code_of_the_engine_has_an_example_and_a_sentence():
    written = set()
    for file in Path(engine.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.update(re.findall(r"^answer\.[a-z-]+$", node.value))
    assert written == {f"answer.{code}" for code in EXAMPLES}
    assert set(room("answer")) == written | NOT_PROBLEMS


FRAGMENTS = [
    *("0", "1", "12", "0.5", ".5", "5.", "1e-3", "1e", "e", "pi", "inf", "nan", "ans", "x", "O"),
    *("ln", "exp(", "sqrt", "log", "(", ")", "[", "]", "{", "}", "+", "-", "*", "/", "^", "**"),
    *("%", ",", ", ", ";", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\u2009", "\u00a0", "_", "'"),
    *(
        "−",
        "×",
        "，",
        "；",
        "、",
        "（",
        "）",
        "％",
        "０",
        "。",
        "∞",
        "√",
        "²",
        "...",
        "…",
        "&",
        "|",
    ),
    *(
        "array(",
        "tensor(",
        "np.float64(",
        ", dtype=float32",
        ", grad_fn=<X>",
        "Parameter containing:",
    ),
    *(
        r"\begin{pmatrix}",
        r"\end{pmatrix}",
        r"\\",
        r"\frac{1}{2}",
        r"\left(",
        r"\right)",
        "$",
        "\\",
    ),
]
TYPED = st.one_of(
    st.text(),
    st.text(alphabet=string.printable),
    st.lists(st.sampled_from(FRAGMENTS)).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join),
)


@settings(max_examples=times(400))
@given(TYPED, st.sampled_from(READERS))
def test_any_text_is_read_or_its_problem_said_at_a_place_inside(text, reader):
    read = reader(text)
    for problem in problems_of(read):
        assert 0 <= problem.at <= len(text)
        for language in LANGUAGES:
            assert say(problem.code, language, **problem.details)


@settings(max_examples=times(400))
@given(TYPED, st.sampled_from(READERS))
def test_a_cell_is_blank_or_a_number_or_a_problem(text, reader):
    read = reader(text)
    if isinstance(read, Problem):
        return
    if isinstance(read, Reading):
        assert len(read.cells) == math.prod(read.shape)
        assert read.value.shape == read.shape
        cells = read.cells
    else:
        assert read.text == text
        cells = (read,)
    for cell in cells:
        assert cell.value is None or cell.problem is None
        assert cell.value is None or not math.isnan(cell.value)
        assert cell.places is None or (cell.value is not None and cell.places >= 0)
        assert cell.text in text
        assert read_as(cell) in (None, cell.value)
        if cell.blank:
            assert read_cell(cell.text).blank


@settings(max_examples=times(400))
@given(TYPED)
def test_a_cell_of_an_array_says_the_same_by_itself(text):
    reading = read_array(text)
    if isinstance(reading, Problem):
        return
    for cell in reading.cells:
        again = read_cell(cell.text)
        assert (again.value, again.places) == (cell.value, cell.places)
        assert (again.problem is None) == (cell.problem is None)


@settings(max_examples=times(400))
@given(TYPED)
def test_one_number_is_the_same_as_a_cell_and_as_an_array(text):
    """What is read as a number in a cell may be several in an array, but never another number."""
    cell, reading = read_cell(text), read_array(text)
    if isinstance(reading, Reading) and reading.shape == () and cell.value is not None:
        assert (reading.cells[0].value, reading.cells[0].places) == (cell.value, cell.places)


HARD = [
    *("(", "[", ")", "((", "([", "-", "- ", "1", "1.", ".", "1e", "1e5", "e-", "x", "^2", "2^"),
    *("1 ", "1, ", "1,", "0,1 ", ",", ", ", ";", "1;", "1\n", "\n", "\t", "1\t", "1 -2 ", "1 - 2 "),
    *(
        "1.0\u2009",
        "1\u2009",
        "1_",
        "1'",
        " ",
        "a",
        "ln ",
        "exp(",
        "sqrt 2 ",
        "...",
        "…",
        "%",
        "1% ",
    ),
    *(
        "[1] ",
        "[1,",
        "(1 ",
        "(1)",
        "[[1 2]\n",
        "array(",
        "tensor",
        ", dtype=",
        ", dtype=<",
        ", dtype='",
    ),
    *(
        ", size=(1",
        r"\begin{pmatrix}",
        r"\end{pmatrix}",
        r"\frac{1}{",
        "\\",
        r"\\ ",
        r"\left(",
        "$ ",
    ),
    *("np.", "Parameter", "1,234,", "0,-1,", "，", "1，2；", "0。", "1\r\n", "1\n\n"),
]
PAIRED = {"(": ")", "[": "]", "([": "])", "[1,": "2]", "(1 ": ")", "exp(": ")", "[[1 2]\n": "]"}


def lines_run(function, text):
    """How many lines of the engine a call runs: a count of its work without a clock."""
    count = 0
    folder = str(Path(engine.__file__).parent)

    def trace(frame, event, _):
        nonlocal count
        if not frame.f_code.co_filename.startswith(folder):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", HARD)
def test_the_work_grows_with_the_length_and_no_faster(piece):
    def text(length):
        times = length // len(piece)
        return piece * times + PAIRED.get(piece, "") * times

    short, long = (lines_run(read_array, text(length)) for length in (200, 2000))
    assert long <= 10 * 1.15 * short + 200


def test_the_work_for_a_text_that_is_too_long_is_that_of_none():
    for reader in READERS:
        assert lines_run(reader, "1" * 10_000_000) < 30


def test_a_problem_and_a_cell_are_values():
    assert Problem("answer.nan", 0) == Problem("answer.nan", 0, {})
    with pytest.raises(AttributeError):
        Cell("1", 1.0, 0).value = 2.0  # type: ignore[misc]
