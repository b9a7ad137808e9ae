"""Answers as they are typed for each kind of step, and right answers as one would type them."""

from pathlib import Path

import numpy as np
import pytest

from tests.drawn import drawn
from tutor.course.catalog import entries
from tutor.course.lesson import Lesson
from tutor.course.load import load
from tutor.course.reply import cell_count, read_reply, split_line, typed
from tutor.course.worksheet import Worksheet
from tutor.engine.answer import Problem
from tutor.engine.verdict import Mark, judge

LESSONS = [load(path).lesson for path in entries()]


def step_of_kind(kind: str) -> tuple[Worksheet, str]:
    return next(
        (Worksheet(lesson), step.id)
        for lesson in LESSONS
        for step in lesson.steps
        if step.kind == kind
    )


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_the_typed_solution_of_every_step_is_right(lesson: Lesson) -> None:
    for seed in (None, 1, 2, 3):
        sheet = drawn(lesson.id, seed)
        for step in lesson.steps:
            cells = typed(sheet, step, sheet.truth(step).value)
            assert len(cells) == cell_count(sheet, step)
            verdict = judge(read_reply(sheet, step, cells), sheet.target(step, {}))
            assert verdict.overall == Mark.RIGHT, (step.id, cells)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_solution_typed_as_one_line_splits_into_its_cells(lesson: Lesson) -> None:
    sheet = Worksheet(lesson)
    for step in lesson.steps:
        value = sheet.truth(step).value
        cells = typed(sheet, step, value)
        line = cells[0] if len(cells) == 1 else str(np.reshape(cells, value.shape).tolist())
        assert split_line(sheet, step, line.replace("'", "")) == cells, step.id


@pytest.mark.parametrize("kind", ["choice", "choices", "order"])
def test_letters_that_cannot_be_are_unreadable(kind: str) -> None:
    sheet, step_id = step_of_kind(kind)
    step = sheet.step(step_id)
    for text, code in (("z", "no-such-option"), ("a a", "option-twice")):
        problem = read_reply(sheet, step, (text,)).problem
        assert isinstance(problem, Problem)
        assert problem.code == f"verdict.{code}"


def test_one_option_is_asked_where_one_is_right() -> None:
    sheet, step_id = step_of_kind("choice")
    problem = read_reply(sheet, sheet.step(step_id), ("a b",)).problem
    assert problem is not None
    assert problem.code == "verdict.choice-count"


def test_a_row_is_no_matrix() -> None:
    sheet, step_id = step_of_kind("matrix")
    assert isinstance(split_line(sheet, sheet.step(step_id), "1 2 3 4 5 6 7"), Problem)


def test_nothing_typed_is_blank() -> None:
    for kind in ("choice", "choices", "order", "vector"):
        sheet, step_id = step_of_kind(kind)
        step = sheet.step(step_id)
        reading = read_reply(sheet, step, ("",) * cell_count(sheet, step))
        assert judge(reading, sheet.target(step, {})).overall == Mark.INCOMPLETE


def test_lesson_files_are_where_the_catalogue_looks() -> None:
    assert {Path(path).stem for path in entries()} >= {
        "softmax", "cross-entropy", "convolution", "pooling", "attention", "softmax-regression",
    }  # fmt: skip
