"""Own numbers as they are typed: texts, shapes, a way back, and what is said of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tutor.course.catalog import entries, find
from tutor.course.lesson import ZERO
from tutor.course.load import load
from tutor.course.numbers import numbers_of
from tutor.course.own_check import misfits, remarks
from tutor.course.own_draft import OwnDraft, Written, number_text
from tutor.course.own_numbers import own_numbers, save, written
from tutor.engine.answer import Problem, read_cell
from tutor.messages import LANGUAGES, say

REGRESSION = load(find("softmax-regression")).lesson
SOFTMAX = load(find("softmax")).lesson

MATRIX = Written((2, 3), tuple("123456"))
VECTOR = Written((3,), tuple("123"))
NUMBER = Written((), ("7",))
STACK = Written((2, 2, 2), tuple("12345678"))


@given(some.floats(allow_nan=False, allow_infinity=False, max_value=1e200, min_value=-1e200))
def test_a_number_is_written_so_that_it_reads_as_itself(number):
    assert read_cell(number_text(number)).value == number


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
def test_an_untouched_draft_has_nothing_of_the_learners_own(path):
    lesson = load(path).lesson
    for seed in (None, 3):
        draft = OwnDraft(lesson, seed, None)
        assert (draft.numbers(), draft.changed, draft.unread()) == ({}, False, None)
        sheet = numbers_of(lesson, seed)
        for name, value in draft.all_numbers().items():
            assert np.array_equal(value, sheet.givens[name])


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
def test_numbers_that_are_saved_can_be_read_again(path, tmp_path):
    lesson = load(path).lesson
    numbers = OwnDraft(lesson, 5, None).all_numbers()
    first = save(numbers, tmp_path, "mine")
    assert own_numbers(first, lesson) == numbers
    second = save({"x": 1.0}, tmp_path, "mine")
    assert (first.name, second.name) == ("mine.yaml", "mine-2.yaml")
    assert first.read_text("utf-8") == written(numbers)


def test_rows_and_columns_come_after_the_current_one_and_are_empty():
    longer = MATRIX.longer(-2, 1)
    assert longer == Written((3, 3), ("1", "2", "3", "", "", "", "4", "5", "6"))
    assert longer.shorter(-2, 4) == MATRIX
    wider = MATRIX.longer(-1, 5)
    assert wider == Written((2, 4), ("1", "2", "3", "", "4", "5", "6", ""))
    assert wider.shorter(-1, 0) == Written((2, 3), ("2", "3", "", "5", "6", ""))
    assert VECTOR.longer(-1, 0) == Written((4,), ("1", "", "2", "3"))
    assert STACK.shorter(-2, 6) == Written((2, 1, 2), ("1", "2", "5", "6"))


def test_what_has_no_rows_gets_none_and_the_last_one_stays():
    assert VECTOR.longer(-2, 0) is None
    assert NUMBER.longer(-1, 0) is None
    assert NUMBER.shorter(-1, 0) is None
    assert Written((1, 2), ("1", "2")).shorter(-2, 0) is None
    assert Written((2, 1), ("1", "2")).shorter(-1, 0) is None


@pytest.mark.parametrize(
    ("before", "text", "shape"),
    [
        (MATRIX, "[[1, 2], [3, 4]]", (2, 2)),
        (MATRIX, "1\t2\n3\t4\n5\t6", (3, 2)),
        (MATRIX, "1 2 3 4", (1, 4)),
        (MATRIX, "7", (1, 1)),
        (VECTOR, "1 2", (2,)),
        (VECTOR, "1\n2\n3\n4", (4,)),
        (VECTOR, "[[1, 2]]", (2,)),
        (VECTOR, "7", (1,)),
        (NUMBER, "1/3", ()),
        (STACK, "[[[1, 2]], [[3, 4]]]", (2, 1, 2)),
    ],
)
def test_a_text_takes_the_place_of_a_given_in_its_own_shape(before, text, shape):
    assert before.replaced(text).shape == shape


@pytest.mark.parametrize(
    ("before", "text", "code"),
    [
        (MATRIX, "", "own.nothing-typed"),
        (MATRIX, "[[1, 2], [3]]", "answer.ragged-rows"),
        (MATRIX, "[[[1, 2]], [[3, 4]]]", "own.other-axes"),
        (VECTOR, "[[1, 2], [3, 4]]", "own.other-axes"),
        (NUMBER, "1 2", "answer.one-number-asked"),
        (STACK, "1 2", "own.other-axes"),
        (VECTOR, "1 " * 6000, "answer.too-long"),
    ],
)
def test_a_text_that_cannot_take_its_place_changes_nothing(before, text, code):
    problem = before.replaced(text)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert all(say(code, language, **problem.details) for language in LANGUAGES)


@given(some.text(max_size=60), some.sampled_from((MATRIX, VECTOR, NUMBER, STACK)))
def test_any_text_is_read_or_refused(text, before):
    after = before.replaced(text)
    if isinstance(after, Written):
        assert after.sound
        assert len(after.shape) == len(before.shape)
    else:
        assert say(after.code, "en", **after.details)


def test_the_text_of_a_given_reads_as_itself():
    for one in (MATRIX, VECTOR, NUMBER, STACK):
        assert one.replaced(one.text) == one


def test_every_step_is_undone_with_its_shape_and_done_again():
    draft = OwnDraft(REGRESSION, None, None)
    start = dict(draft.written)
    wider = draft.written["W"].longer(-1, 0)
    assert draft.put("W", wider)
    assert not draft.put("W", wider)
    draft.put("k", Written((), ("2",)))
    assert (draft.undo(), draft.undo(), draft.undo()) == ("k", "W", None)
    assert draft.written == start
    assert (draft.redo(), draft.written["W"]) == ("W", wider)
    draft.put("lr", Written((), ("0.2",)))
    assert draft.redo() is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "own.blank"),
        ("nan", "answer.nan"),
        ("inf", "lesson.not-finite"),
        ("-inf", "lesson.not-finite"),
        ("1e999", "answer.too-large"),
        ("猫", None),
        ("1 2", None),
    ],
)
def test_a_cell_that_is_no_number_is_named_with_its_place(text, code):
    draft = OwnDraft(REGRESSION, None, None)
    draft.put("x", Written((3,), ("1", text, "3")))
    misfit, place = draft.unread()
    assert (misfit.name, place) == ("x", 1)
    assert misfit.code == (code or misfit.code)
    assert all(say(misfit.code, language, **misfit.details) for language in LANGUAGES)


def test_a_number_typed_in_another_way_is_no_other_number():
    draft = OwnDraft(REGRESSION, None, None)
    draft.put("lr", Written((), ("1/10",)))
    assert draft.changed
    assert draft.numbers() == {}


def test_own_numbers_of_the_round_are_what_one_begins_with():
    draft = OwnDraft(REGRESSION, 2, {"lr": 0.7})
    assert draft.written["lr"] == Written((), ("0.7",))
    assert not draft.changed
    assert draft.numbers() == {"lr": 0.7}


# What is said of numbers that can be worked with


def test_numbers_that_hide_a_slip_are_named_and_not_refused():
    numbers = {"W": ((1.0, 2.0, 3.0), (2.0, 1.0, 4.0), (3.0, 4.0, 1.0))}
    assert misfits(REGRESSION, numbers) == ()
    found = remarks(REGRESSION, numbers)
    assert ("scores", "transposed") in {(one.step, one.slip) for one in found.hidden}
    assert any("rows and columns of W" in one.why.en for one in found.unmet)


def test_nothing_is_remarked_of_the_lessons_own_numbers_and_of_drawn_ones():
    for seed in (None, 4):
        assert remarks(REGRESSION, {}, seed).unmet == ()
        assert remarks(REGRESSION, {}, seed).hidden == ()


def test_remarks_can_be_made_of_other_shapes():
    wider = {"W": ((0.1, 0.2, 0.0, 0.1), (0.5, -0.1, 0.1, 0.0), (0.0, 0.1, 0.1, 0.2)),
             "x": (1.0, 2.0, -1.0, 0.5)}  # fmt: skip
    assert misfits(REGRESSION, wider) == ()
    assert remarks(REGRESSION, wider).other_shapes
    hidden = remarks(REGRESSION, wider).hidden
    assert all(one.slip == ZERO or say(f"slip.{one.slip}", "en", at="") for one in hidden)


def test_a_misfit_names_what_its_formula_uses():
    *_, last = misfits(REGRESSION, {"x": (1.0, 2.0)})
    assert (last.name, last.details["step"], last.details["uses"]) == ("x", "scores", "W b x")
