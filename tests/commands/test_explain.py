"""`tutor explain`: a formula worked out in the shell."""

import re
import shlex
from pathlib import Path

import pytest

import tutor
from tutor.course.given_file import given_numbers
from tutor.course.problem import LessonError
from tutor.engine.precision import Precision
from tutor.explain import explain

THREE = Precision(decimals=3)


@pytest.fixture
def said(capsys):
    """What `explain` prints, or (with a status) what it says is wrong."""

    def told(*formula, precision=THREE, language="en", status=0, **more):
        assert explain(formula, language, precision, **more) == status
        captured = capsys.readouterr()
        assert (captured.err == "") == (status == 0)
        assert (captured.out == "") == (status != 0)
        return captured.err if status else captured.out

    return told


def test_softmax(said):
    assert said("softmax([2, 1, 0.1])") == (
        "exponentials = [e^2, e^1, e^0.1] = [7.389, 2.718, 1.105]\n"
        "7.389 + 2.718 + 1.105 = 11.213\n"
        "[7.389 / 11.213, 2.718 / 11.213, 1.105 / 11.213] = [0.659, 0.242, 0.099]\n"
    )


def test_lines_with_names(said):
    assert said("x = [0.5, 0.6]", "x @ [1, 2] + 0.1") == (
        "x = [0.5, 0.6]\n0.5*1 + 0.6*2 + 0.1 = 1.8\n"
    )


def test_decimals_and_figures(said):
    assert said("1 / 30", precision=Precision(decimals=1)) == "1 / 30 = 0.0333\n"
    assert said("1 / 3", precision=Precision(decimals=5)) == "1 / 3 = 0.33333\n"
    assert said("1 / 30", precision=Precision(figures=2)) == "1 / 30 = 0.033\n"


def test_long_sums_are_written_out_when_asked(said):
    assert "..." in said("sum(arange(99) / 4)")
    assert "..." not in said("sum(arange(99) / 4)", unfolded=True)


def test_numbers_from_a_file(said, tmp_path: Path):
    file = tmp_path / "numbers.yaml"
    file.write_text("W: [[1, 2], [3, 4]]\nx: [1, 0.5]\n", encoding="utf-8")
    assert said("W @ x", given=file) == "[1*1 + 2*0.5, 3*1 + 4*0.5] = [2, 5]\n"


@pytest.mark.parametrize(
    ("content", "place", "about"),
    [
        ("W: [[1, 2], [3]]", "1:13", "same form"),
        ("2x: 1", "1:1", "name"),
        ("W: many", "1:4", "number"),
        ("- 1", "1:1", "names with values"),
        ("", "1:1", "id"),
    ],
)
def test_a_file_with_mistakes(said, tmp_path: Path, content, place, about):
    file = tmp_path / "numbers.yaml"
    file.write_text(content, encoding="utf-8")
    error = said("W", given=file, status=1)
    assert error.startswith(f"{file}:{place}: ")
    assert about in error


def test_a_mistake_is_pointed_at(said):
    assert said("1 + softmx([1])", status=1).splitlines()[:2] == ["1 + softmx([1])", "    ^"]
    assert "softmax" in said("1 + softmx([1])", status=1)


def test_the_line_with_the_mistake_is_the_one_that_is_shown(said):
    error = said("x = [1, 2]", "y = x + q", "y", status=1)
    assert error.splitlines()[:2] == ["y = x + q", "        ^"]


def test_the_caret_stands_below_wide_characters_too(said):
    error = said('"数" + zz', status=1).splitlines()
    assert error[0] == '"数" + zz'
    assert error[1] in ("^", "       ^")


def test_mistakes_are_told_in_chinese(said):
    assert "公式" in said("1 +", language="zh", status=1)


def test_shapes_that_do_not_fit_and_numbers_without_value(said):
    assert "(2,), (3,)" in said("[1, 2] + [1, 2, 3]", status=1)
    assert said("1 / 0", status=1).splitlines()[1] == "^"


def test_every_mistake_of_a_file_is_told(tmp_path: Path):
    file = tmp_path / "numbers.yaml"
    file.write_text("2x: 1\nW: many\nv: [1, [2]]\n", encoding="utf-8")
    with pytest.raises(LessonError) as caught:
        given_numbers(file)
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]


def test_what_the_page_shows_is_so(capsys):
    """Every call in docs/working.md prints what stands below it."""
    page = (Path(tutor.__file__).parents[1] / "docs" / "working.md").read_text("utf-8")
    shown = re.findall(r"^\$ tutor explain (.+)\n((?:.+\n)+?)```", page, re.MULTILINE)
    assert len(shown) == 2
    for words, below in shown:
        explain(shlex.split(words), "en", THREE)
        captured = capsys.readouterr()
        assert captured.out + captured.err == below
