"""Spot the slip: one slip on every page, one first wrong line, one right choice, replayable."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.course import spot
from tutor.course.catalog import entries, find
from tutor.course.lesson import CHOICE_KINDS, Lesson
from tutor.course.load import load
from tutor.course.reply import LETTERS
from tutor.course.spot import Spot
from tutor.course.spot_exercise import LEAST, MOST, Exercise, exercise
from tutor.course.spot_slip import ALIKE, CHOICES, SlipMaker, is_wrong
from tutor.course.worked import working
from tutor.engine.precision import Precision
from tutor.messages import LANGUAGES, say

LESSONS = tuple(path.stem for path in entries())
SEEDS = range(1, 41)

lessons = pytest.mark.parametrize("name", LESSONS)


@cache
def lesson(name: str) -> Lesson:
    return load(find(name)).lesson


@cache
def made(name: str, seed: int) -> Exercise:
    return exercise(lesson(name), seed)


def all_lines(one: Exercise) -> list[str]:
    return [line for worked in one.page for line in worked.lines]


def right_answers(one: Spot) -> list[str]:
    letter = LETTERS[one.exercise.choices.index(one.exercise.slip)]
    return [str(one.exercise.first_wrong + 1), letter, one.right_answer()]


@lessons
def test_every_lesson_has_many_different_exercises(name):
    pages = {(one.step.id, one.slip, tuple(all_lines(one))) for one in map(made_of(name), SEEDS)}
    assert len(pages) >= 30
    assert len({one.slip for one in map(made_of(name), SEEDS)}) >= 5
    assert len({one.step.id for one in map(made_of(name), SEEDS)}) >= 4
    assert len({one.first_wrong for one in map(made_of(name), SEEDS)}) >= 4


def made_of(name: str):
    return lambda seed: made(name, seed)


@lessons
def test_a_seed_always_makes_the_same_exercise(name):
    for seed in (1, 2, 3):
        again = exercise(lesson(name), seed)
        assert all_lines(again) == all_lines(made(name, seed))
        assert again.choices == made(name, seed).choices
        assert again.first_wrong == made(name, seed).first_wrong


@lessons
def test_before_the_first_wrong_line_all_is_as_in_the_right_working(name):
    for seed in SEEDS:
        one = made(name, seed)
        lines = all_lines(one)
        right = [line for worked in one.page[: one.at] for line in worked.lines]
        right += one.right_lines
        assert all(line in right for line in lines[: one.first_wrong])
        assert lines[one.first_wrong] not in right
        in_step = one.first_wrong - sum(len(worked.lines) for worked in one.page[: one.at])
        assert 0 <= in_step < len(one.page[one.at].lines)


@lessons
def test_the_steps_before_the_slip_are_worked_rightly(name):
    for seed in SEEDS:
        one = made(name, seed)
        for worked in one.page[: one.at]:
            rows = [row for line in working(one.sheet, worked.step) for row in
                    line.rows(unfolded=True)]  # fmt: skip
            assert "\n".join(worked.lines) == "\n".join(rows)


@lessons
def test_the_answer_on_the_page_is_that_of_exactly_one_change_and_clearly_wrong(name):
    for seed in SEEDS:
        one = made(name, seed)
        maker = SlipMaker(one.sheet, one.step)
        fitting = [
            change
            for change, gives in maker.given
            if change.slip == one.slip and np.array_equal(gives, one.wrong)
        ]
        assert max(change.weight for change in fitting) >= 0.5
        truth, precision = one.sheet.truth(one.step), one.sheet.precision(one.step)
        allowed = truth.radius + 2 * precision.half_unit(one.wrong)
        if one.step.kind in ("shape", "whole"):
            allowed = np.zeros_like(truth.value)
        assert (np.abs(one.wrong - truth.value) > allowed).any()


@lessons
def test_exactly_one_choice_is_right_and_no_other_gives_the_number(name):
    for seed in SEEDS:
        one = made(name, seed)
        assert len(set(one.choices)) == len(one.choices) == CHOICES
        assert one.choices.count(one.slip) == 1
        for change, gives in SlipMaker(one.sheet, one.step).given:
            if change.slip in one.choices and change.slip != one.slip:
                assert not np.allclose(gives, one.wrong, rtol=0, atol=1e-9)
        for alike in ALIKE:
            assert len(alike & set(one.choices)) <= 1
        for slip in one.choices:
            assert all(say(f"slip.{slip}", language, at="") for language in LANGUAGES)


@lessons
def test_a_page_is_made_of_numeric_steps_and_can_be_read(name):
    for seed in SEEDS:
        one = made(name, seed)
        lines = all_lines(one)
        assert LEAST <= len(lines) == one.line_count <= MOST
        assert all(worked.step.kind not in CHOICE_KINDS for worked in one.page)
        assert not any("..." in line or "nan" in line for line in lines)
        assert all(len(row) <= 100 for line in lines for row in line.split("\n"))
        places = [one.sheet.places[worked.step.id] for worked in one.page]
        assert places == sorted(places)
        assert " = " in lines[one.first_wrong]


@lessons
def test_every_number_that_the_page_uses_is_given_or_worked_on_it(name):
    for seed in SEEDS:
        one = made(name, seed)
        known = set(one.names)
        for worked in one.page:
            assert one.sheet.formula(worked.step).uses <= known
            known |= {worked.step.name}


@lessons
def test_the_three_right_answers_lead_to_the_end(name):
    for seed in (1, 2, 3, 4):
        one = Spot(lesson(name), seed)
        codes = ["spot.line-found", "spot.slip-found", "spot.corrected"]
        for stage, text, code in zip(
            ("line", "slip", "correct"), right_answers(one), codes, strict=True
        ):
            assert one.stage == stage
            said = one.answer(text)
            assert (said.right, said.code) == (True, code), text
        assert one.state.done
        assert one.answer("1").code == "spot.done"


def test_a_wrong_answer_says_so_and_the_stage_stays():
    one = Spot(lesson("softmax"), 1)
    first = one.exercise.first_wrong + 1
    for number in range(1, one.exercise.line_count + 1):
        if number != first:
            said = one.answer(str(number))
            assert said.code == ("spot.line-early" if number < first else "spot.line-late")
            assert one.stage == "line"
    assert one.state.misses == one.exercise.line_count - 1
    one.answer(str(first))
    for letter, slip in zip("abcd", one.exercise.choices, strict=True):
        if slip != one.exercise.slip:
            assert one.answer(letter) == spot.Said(False, "spot.slip-other")
    assert one.answer(right_answers(one)[1].upper()).right
    assert one.answer("123.456").code == "spot.correct-wrong"
    assert one.stage == "correct"


@pytest.mark.parametrize("text", ["", "0", "99", "-1", "x", "1.5", "9" * 5000, "²", "1 2"])
def test_what_is_no_line_of_the_page_does_not_count(text):
    one = Spot(lesson("softmax"), 1)
    assert one.answer(text).code == "spot.no-line"
    assert one.state.misses == 0


@pytest.mark.parametrize("text", ["", "e", "ab", "1", "$", "İ"])
def test_what_is_no_letter_does_not_count(text):
    one = Spot(lesson("softmax"), 1)
    one.answer(right_answers(one)[0])
    assert one.answer(text).code == "spot.no-letter"
    assert one.state.misses == 0


def test_an_answer_that_cannot_be_read_is_explained_and_does_not_count():
    one = Spot(lesson("softmax"), 1)
    for text in right_answers(one)[:2]:
        one.answer(text)
    assert one.answer("").code == "spot.no-number"
    for text in ("abc", "1 2 3", "0,5"):
        assert one.answer(text).code.startswith(("answer.", "verdict."))
    assert one.state.misses == 0


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from(LESSONS), st.lists(st.sampled_from(["1", "2", "3", "a", "b", "c", "d", "?"]))
)
def test_the_events_lead_back_to_the_same_state(name, texts):
    kept: list[spot.SpotEvent] = [spot.SpotBegan(5)]
    one = Spot(lesson(name), 5, record=kept.append)
    for text in [*texts, *right_answers(one)]:
        one.answer(text)
    payloads = [spot.to_payload(event) for event in kept]
    events = [spot.from_payload(payload) for payload in payloads]
    assert events == kept
    again = Spot(lesson(name), 999, events)
    assert again.state == one.state
    assert all_lines(again.exercise) == all_lines(one.exercise)


@pytest.mark.parametrize(
    "payload",
    [{}, {"type": "began"}, {"type": "spot-began", "seed": "x"}, {"type": "spot-answered"}],
)
def test_events_of_other_versions_are_passed_over(payload):
    assert spot.from_payload(payload) is None


def test_an_event_of_another_stage_changes_nothing():
    state = spot.SpotState(3)
    assert spot.after(state, spot.SpotAnswered("correct", "1", True)) == state
    assert spot.after(state, spot.SpotAnswered("line", "1", False)).misses == 1
    assert spot.after(state, spot.SpotBegan(4)) == spot.SpotState(4)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("S = 1 + 2 = 3", False),
        ("S = 1 + 2 = 3.001", False),
        ("S = 1 + 2 = 3.1", True),
        ("S = 1 + 2 = [3, 3]", True),
        ("S = 3.1", True),
        ("3.1", False),
        ("2 * 4 = 8", True),
        ("2 * 4 = 3", False),
    ],
)
def test_a_line_is_wrong_where_its_number_clearly_is(line, wrong):
    assert is_wrong(line, ["E = e^1 = 2.718", "S = 1 + 2 = 3"], Precision(3)) is wrong


def test_the_lines_after_the_slip_go_on_from_the_wrong_number():
    """Where a later step of the page uses the slipped answer, its lines are others."""
    found = 0
    for seed in SEEDS:
        one = made("softmax", seed)
        for worked in one.page[one.at + 1 :]:
            if one.step.name in one.sheet.formula(worked.step).uses:
                assert "\n".join(worked.lines) != "\n".join(
                    line.text for line in working(one.sheet, worked.step)
                )
                found += 1
    assert found >= 3


@lessons
def test_every_question_can_be_given_up(name):
    kept: list[spot.SpotEvent] = [spot.SpotBegan(2)]
    one = Spot(lesson(name), 2, record=kept.append)
    first = one.show()
    assert first == spot.Said(False, "spot.shown-line", {"line": one.exercise.first_wrong + 1})
    assert one.show() == spot.Said(False, "spot.shown-slip")
    assert one.show() == spot.Said(False, "spot.shown-correct", {"answer": one.right_answer()})
    assert one.state == spot.SpotState(2, "done", 0, 3)
    assert one.show().code == "spot.done"
    payloads = [spot.to_payload(event) for event in kept]
    assert spot.replayed([spot.from_payload(payload) for payload in payloads]) == one.state


@lessons
def test_the_slip_of_a_page_is_explained_as_it_is_to_whoever_makes_it(name):
    for seed in range(1, 4):
        one = Spot(lesson(name), seed)
        assert one.explained is not None and one.explained.id == one.exercise.slip
