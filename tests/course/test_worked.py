"""The right working beside that of a learner whose slip is known."""

import numpy as np
import pytest

from tutor.course.catalog import entries
from tutor.course.lesson import CHOICE_KINDS
from tutor.course.load import load
from tutor.course.round import Round
from tutor.course.worked import worked
from tutor.course.worksheet import EXACT_KINDS, Worksheet
from tutor.engine.formula import parse
from tutor.engine.slips.suspects import Asked, Suspects
from tutor.engine.slips.worked_so import worked_so
from tutor.engine.value import evaluate
from tutor.engine.working.parting import Parting
from tutor.telling import Telling

LESSONS = {lesson.id: lesson for path in entries() for lesson in (load(path).lesson,)}


def revealed(lesson, step_id, formula):
    """A round in which one works this formula at a step, after all before it, and gives up."""
    round_ = Round(LESSONS[lesson], (), lambda event, state: None)
    sheet = round_.sheet
    for step in round_.lesson.steps:
        if step.id == step_id:
            break
        round_.move(step.id)
        round_.check(step, round_.reveal(step))
    step = sheet.step(step_id)
    round_.move(step_id)
    values = {name: one.value for name, one in sheet.names(step).items()}
    numbers = evaluate(parse(formula, tuple(values)), values).ravel().tolist()
    round_.check(step, [sheet.precision(step).text(number) for number in numbers])
    assert not Telling(round_, "en").working(step), "nothing is shown before the step is done"
    round_.reveal(step)
    return round_, step


def test_the_first_line_where_a_slip_parts_is_marked_and_its_own_lines_follow():
    round_, step = revealed("attention", "weights", "E / sum(E, axis=0, keepdims=True)")
    assert Telling(round_, "en").working(step) == [
        "[2.028 + 1 + 2.028, 1 + 2.028 + 2.028] = [5.056, 5.056]",
        "  <- here yours differs: [0, 0]: 2.028 + 1 = 3.028",
        "A[0] = [2.028 / 5.056, 1 / 5.056, 2.028 / 5.056] = [0.401, 0.198, 0.401]",
        "A[1] = [1 / 5.056, 2.028 / 5.056, 2.028 / 5.056] = [0.198, 0.401, 0.401]",
        "     yours: A[0] = [2.028 / 3.028, 1 / 3.028, 2.028 / 4.056] = [0.670, 0.330, 0.5]",
        "     yours: A[1] = [1 / 3.028, 2.028 / 3.028, 2.028 / 4.056] = [0.330, 0.670, 0.5]",
    ]


def test_of_one_cell_too():
    round_, step = revealed("attention", "weights", "E / sum(E, axis=0, keepdims=True)")
    assert Telling(round_, "en").cell_working(step, 1) == [
        "2.028 + 1 + 2.028 = 5.056",
        "  <- here yours differs: [0, 1]: 1 + 2.028 = 3.028",
        "A[0, 1] = 1 / 5.056 = 0.198",
        "     yours: A[0, 1] = 1 / 3.028 = 0.330",
    ]


def test_two_slips_at_once_are_worked_together():
    round_, step = revealed("softmax-regression", "new-weights", "W + dW")
    assert Telling(round_, "en").working(step)[-1] == (
        "  <- here yours differs: W_new[0, 0] = 0.1 + 0.077 = 0.1770"
    )


def test_one_who_stops_early_has_the_answer_beside_the_line_that_was_to_come():
    round_, step = revealed("cross-entropy", "from-logits", "exp(z)")
    rows = Telling(round_, "en").working(step)
    marked = next(at for at, row in enumerate(rows) if "here yours differs" in row)
    assert rows[marked].startswith("  <- here yours differs: p[0] = e^")
    assert marked == 2, "the exponentials are right, the sum is missing"
    assert not any("yours: " in row for row in rows)


def test_an_answer_that_no_slip_explains_has_no_working_of_its_own():
    round_, step = revealed("softmax", "cold-probabilities", "exp(z) / T_low / sum(exp(z / T_low))")
    assert not round_.worked(step).own
    assert Telling(round_, "en").working(step)[-1].startswith("  <- here yours differs: p_low[0]")


def test_a_slip_that_is_one_of_several_explanations_is_worked_only_when_it_is_likely():
    round_, step = revealed("softmax", "cold-probabilities", "z / T_low / sum(z / T_low)")
    likely, *others = round_.slips(step)
    assert others
    assert likely.likelihood >= 0.5
    assert "     yours: 4 + 2 + 0.2 = 6.2" in Telling(round_, "en").working(step)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_slip_of_a_lesson_has_a_working_that_ends_in_what_it_gives(lesson):
    sheet = Worksheet(LESSONS[lesson])
    tried = 0
    for step in sheet.lesson.steps:
        if step.kind in CHOICE_KINDS:
            continue
        asked = Asked(
            sheet.formula(step), sheet.names(step), sheet.precision(step), step.kind in EXACT_KINDS
        )
        suspects = Suspects(asked)
        for one in suspects.all[::7]:
            if one.root is None or not np.isfinite(one.gives).all():
                continue
            slip = worked_so(asked.formula, suspects.plan.tree, one.places, suspects.evaluation)
            found = worked(sheet, step, {}, frozenset(), None, slip)
            if found.parting is None:
                continue
            tried += 1
            last = found.own[max(found.own)][-1].value
            assert np.allclose(np.reshape(last, one.gives.shape), one.gives), (step.id, one.slip)
            assert isinstance(found.parting, Parting)
            assert min(found.own) == found.parting.line < len(found.lines)
    assert tried > 3
