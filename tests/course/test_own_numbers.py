"""Own numbers: a file of names and numbers, proved to work before the round begins."""

from pathlib import Path

import numpy as np
import pytest

from tutor.course import session
from tutor.course.catalog import find
from tutor.course.lesson import Lesson
from tutor.course.load import load
from tutor.course.numbers import numbers_of
from tutor.course.own_numbers import own_numbers
from tutor.course.problem import LessonError
from tutor.course.round import Round
from tutor.course.session import Began
from tutor.messages import LANGUAGES, say

REGRESSION = load(find("softmax-regression")).lesson
CONVOLUTION = load(find("convolution")).lesson
WIDER = """# homework: four features
W: [[0.1, 0.2, 0, 0.1], [0.5, -0.1, 0.1, 0], [0, 0.1, 0.1, 0.2]]
x: [1, 2, -1, 0.5]
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "mine.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(folder: Path, text: str | bytes, lesson: Lesson = REGRESSION) -> list[str]:
    """The mistakes as code:line:column, each of them said in every language."""
    path = written(folder, text)
    with pytest.raises(LessonError) as caught:
        own_numbers(path, lesson)
    for one in caught.value.problems:
        assert one.file == str(path)
        assert all(say(one.code, language, **one.details) for language in LANGUAGES)
    return [f"{one.code}:{one.line}:{one.column}" for one in caught.value.problems]


def test_numbers_stand_for_the_givens_of_the_same_name(tmp_path):
    numbers = own_numbers(written(tmp_path, "x: [0.1, 0.2, 0.3]\nlr: 0.5\n"), REGRESSION)
    assert numbers == {"x": (0.1, 0.2, 0.3), "lr": 0.5}
    sheet = numbers_of(REGRESSION, None, numbers)
    assert sheet.givens["x"].tolist() == [0.1, 0.2, 0.3]
    assert sheet.givens["W"].tolist() == numbers_of(REGRESSION, None).givens["W"].tolist()


def test_with_a_seed_the_other_numbers_are_the_drawn_ones(tmp_path):
    numbers = own_numbers(written(tmp_path, "b: [0.1, 0.2, 0.3]"), REGRESSION, 3)
    mixed, drawn = numbers_of(REGRESSION, 3, numbers), numbers_of(REGRESSION, 3)
    assert mixed.givens["b"].tolist() == [0.1, 0.2, 0.3] != drawn.givens["b"].tolist()
    assert mixed.givens["W"].tolist() == drawn.givens["W"].tolist()


def test_derived_givens_follow(tmp_path):
    sheet = numbers_of(REGRESSION, None, own_numbers(written(tmp_path, "k: 2"), REGRESSION))
    assert sheet.givens["y"].tolist() == [0, 0, 1]


def test_shapes_may_change_where_the_formulas_allow_and_labels_that_do_not_fit_go(tmp_path):
    sheet = numbers_of(REGRESSION, None, own_numbers(written(tmp_path, WIDER), REGRESSION))
    assert sheet.result(sheet.step("scores")) == pytest.approx([0.65, 0.4, 0.5])
    assert sheet.result(sheet.step("weight-gradient")).shape == (3, 4)
    given, step = sheet.lesson.givens["W"], sheet.step("weight-gradient")
    assert (len(given.rows), len(given.columns)) == (3, 0)
    assert (len(step.rows), len(step.columns)) == (3, 0)
    assert len(sheet.lesson.givens["b"].columns) == 3
    assert len(REGRESSION.givens["W"].columns) == 3


def test_every_step_of_a_smaller_convolution_can_be_worked(tmp_path):
    text = "X: [[1, 2, 0], [0, 1, 3], [1, 1, 1]]\nK: [[1, -1, 2], [0, 2, 1], [1, 1, -1]]"
    sheet = numbers_of(CONVOLUTION, None, own_numbers(written(tmp_path, text), CONVOLUTION))
    assert sheet.result(sheet.step("size")).tolist() == [1, 1]
    assert all(np.isfinite(sheet.result(step)).all() for step in sheet.lesson.steps)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["own.not-a-mapping:1:1"]),
        ("{}", ["own.not-a-mapping:1:1"]),
        ("[1, 2]", ["own.not-a-mapping:1:1"]),
        ("bb: 2", ["own.unknown-near:1:1"]),
        ("lr: 0.1\nquantity: 2", ["own.unknown:2:1"]),
        ("y: [1, 0, 0]", ["own.derived:1:1"]),
        ("x: [0.1, a, 0.3]", ["lesson.expected-numbers:1:10"]),
        ("x: [0.1, .inf, 0.3]", ["lesson.not-finite:1:10"]),
        ("x: [0.1, 1/3, 0.3]", ["lesson.expected-numbers:1:10"]),
        ("x: '1'", ["lesson.write-number:1:4"]),
        ("x:", ["lesson.empty-field:1:3"]),
        ("x: [[1], [2, 3]]", ["lesson.ragged:1:10"]),
        ("x: []", ["lesson.empty-list:1:4"]),
        (f"x: [{', '.join('1' * 10_001)}]", ["lesson.too-many-cells:1:4"]),
        ("x: &a [1]", ["lesson.anchor:1:4"]),
        ("x: !!python/object:os.system []", ["lesson.tag:1:4"]),
        ("x: 1\nx: 2", ["lesson.duplicate-key:2:1"]),
        ("x: [1", ["lesson.unclosed-list:1:4"]),
        (b"x: \xff", ["lesson.not-utf-8:1:4"]),
        ("x: [1, 2]", ["formula.shapes:1:4", "own.step:1:4"]),
        ("lr: 0.1\nW: [[1, 2], [3, 4]]\nx: [1, 2]", ["formula.shapes:2:4", "own.step:2:4"]),
        ("k: 7", ["own.given:1:4", "own.label:1:4"]),
        ("x: [[1], [2], [3]]", ["own.other-kind:1:4"]),
        ("lr: 0.1\nx: [90, 90, 90]", ["own.unusable:2:4"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_at_its_place(tmp_path, text, expected):
    assert refused(tmp_path, text) == expected


def test_a_choice_without_a_right_option_and_words_that_cannot_be_said_are_refused(tmp_path):
    assert refused(tmp_path, "k: 4", CONVOLUTION) == ["own.unusable:1:4"]
    assert refused(tmp_path, "k: 99", CONVOLUTION) == ["own.no-option:1:4"]
    softmax = load(find("softmax")).lesson
    assert refused(tmp_path, "z: [1, 2]", softmax) == ["formula.shapes:1:4", "own.text:1:4"]


def test_options_that_become_the_same_are_refused(tmp_path):
    text = "{en: a, zh: b}"
    path = tmp_path / "small.yaml"
    path.write_text(
        f"id: small\norder: 1\ntitle: {text}\nsummary: {text}\nstory: {text}\n"
        f"givens: {{x: {{title: {text}, value: 2}}}}\nsteps:\n"
        f"  - id: a\n    title: {text}\n    prompt: {text}\n    kind: choice\n    formula: '0'\n"
        "    options: [{en: '{x}', zh: '{x}'}, {en: '5', zh: '5'}]\n",
        encoding="utf-8",
    )
    small = load(path).lesson
    assert own_numbers(written(tmp_path, "x: 3"), small) == {"x": 3}
    assert refused(tmp_path, "x: 5", small) == ["own.same-options:1:4"]


def test_the_options_of_a_lesson_follow_the_shapes(tmp_path):
    attention = load(find("attention")).lesson
    text = "Q: [[1, 0, 1], [0, 1, 2]]\nK: [[1, 0, 0], [0, 1, 1], [1, 1, 2]]\nq: [1, 1, 0]"
    sheet = numbers_of(attention, None, own_numbers(written(tmp_path, text), attention))
    step = sheet.step("scale")
    right = step.options[int(sheet.result(step))]
    assert sheet.words(right, "en", step) == "d_k = 3, divide by sqrt(3)"


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(LessonError) as caught:
        own_numbers(tmp_path / "none.yaml", REGRESSION)
    assert [one.code for one in caught.value.problems] == ["lesson.no-file"]


def test_a_given_may_be_called_like_a_field_of_texts(tmp_path):
    text = "{en: a, zh: b}"
    path = tmp_path / "small.yaml"
    path.write_text(
        f"id: small\norder: 1\ntitle: {text}\nsummary: {text}\nstory: {text}\n"
        f"givens: {{rows: {{title: {text}, value: 2}}}}\nsteps:\n"
        f"  - {{id: a, title: {text}, prompt: {text}, kind: number, formula: 3 * rows}}\n",
        encoding="utf-8",
    )
    assert own_numbers(written(tmp_path, "rows: 5"), load(path).lesson) == {"rows": 5}


def test_a_round_with_own_numbers_is_replayed_from_its_events(tmp_path):
    numbers = own_numbers(written(tmp_path, WIDER), REGRESSION)
    began = session.from_payload(session.to_payload(Began(None, numbers)))
    assert began == Began(None, numbers)
    again = Round(REGRESSION, [began], lambda event, state: None)
    assert again.sheet.givens["W"].shape == (3, 4)
    assert again.state.given == numbers
    checked = again.check(again.step, ("0.65", "0.4", "0.5"))
    assert checked.verdict.accepted


def test_a_round_without_own_numbers_is_written_as_before():
    assert session.to_payload(Began(3)) == {"type": "began", "seed": 3}
    assert session.from_payload({"type": "began", "seed": 3}) == Began(3)
