"""Numbers that tell: what a lesson's own numbers hide is said, and fresh numbers hide nothing."""

from pathlib import Path

import pytest

from tests.drawn import drawn
from tutor.course.catalog import entries
from tutor.course.check import check
from tutor.course.fresh import drawn_for
from tutor.course.hiding import Hiding
from tutor.course.lesson import CHOICE_KINDS
from tutor.course.load import load
from tutor.course.numbers import NumbersError, fresh_worksheet
from tutor.course.worksheet import EXACT_KINDS, Worksheet
from tutor.engine.slips import plan
from tutor.engine.slips.hidden import is_accepted
from tutor.engine.slips.suspects import Asked, Suspects
from tutor.messages import LANGUAGES, say

TEXT = "{en: a, zh: b}"
SINGLE = frozenset({"rounded-early", "truncated", "typo", "digits-swapped"})
"""Slips of digits, which may end within the slack with any numbers."""


def written(
    folder: Path, formula: str, given: str, *, kind: str = "number", more: str = "",
    others: str = "", first: str = "",
) -> Path:  # fmt: skip
    """A lesson with one step, its given `x`, and what else is asked for."""
    path = folder / "small.yaml"
    path.write_text(
        f"id: small\norder: 1\ntitle: {TEXT}\nsummary: {TEXT}\nstory: {TEXT}\ngivens:\n"
        f"  x: {{title: {TEXT}, {given}}}\n{others}steps:\n{first}"
        f"  - id: asked\n    title: {TEXT}\n    prompt: {TEXT}\n    kind: {kind}\n"
        f"    formula: {formula!r}\n{more}",
        encoding="utf-8",
    )
    return path


def excuse(*slips: str) -> str:
    listed = ", ".join(f"{{slip: {slip}, why: {TEXT}}}" for slip in slips)
    return f"    excuse: [{listed}]\n"


def told(path: Path) -> list[tuple[str, object]]:
    """The problems of a lesson by code and slip, after saying each in every language."""
    problems = check(path, drawn=5)
    for one in problems:
        assert all(say(one.code, language, **one.details) for language in LANGUAGES)
    return [(one.code, one.details.get("slip")) for one in problems]


def test_a_slip_that_the_lessons_own_numbers_hide_is_named_and_others_are_proposed(tmp_path):
    given = "value: 2, fresh: {low: 1, high: 9, step: 1}"
    path = written(tmp_path, "x ** 2", given, kind="whole")
    assert told(path) == [
        ("check.numbers-that-tell", None),
        ("check.slip-hides-at", "wrong-operation"),
    ]
    proposal, hidden = check(path, drawn=0)
    assert hidden.details["where"] == "x ** 2"
    assert (hidden.line, hidden.column) == (13, 15)
    drawn = fresh_worksheet(load(path).lesson, int(proposal.details["seed"]))
    assert proposal.details["numbers"] == f"x: {float(drawn.givens['x']):g}"


def test_an_excuse_by_name_is_enough(tmp_path):
    given = "value: 2, fresh: {low: 1, high: 9, step: 1}"
    more = excuse("wrong-operation")
    assert told(written(tmp_path, "x ** 2", given, kind="whole", more=more)) == []


def test_fresh_numbers_do_not_make_use_of_an_excuse(tmp_path):
    given = "value: 2, fresh: {low: 1, high: 3, step: 1}"
    more = excuse("wrong-operation")
    lesson = load(written(tmp_path, "x ** 2", given, kind="whole", more=more)).lesson
    # 1 is its own square, and 2 its own double.
    assert {float(fresh_worksheet(lesson, seed).givens["x"]) for seed in range(20)} == {3}


def test_numbers_that_are_never_drawn_again_need_only_the_excuse(tmp_path):
    more = excuse("wrong-operation")
    path = written(tmp_path, "x ** 2", "value: 2", kind="whole", more=more)
    assert told(path) == []
    assert float(fresh_worksheet(load(path).lesson, 1).givens["x"]) == 2


def test_an_excuse_for_nothing_is_taken_away(tmp_path):
    path = written(tmp_path, "x ** 2", "value: 3", more=excuse("wrong-operation"))
    assert told(path) == [("check.excuse-unneeded", "wrong-operation")]


def test_what_gives_the_same_with_all_numbers_is_no_slip(tmp_path):
    """A vector transposed, a root of the sum of probabilities, a factor that is 1."""
    for formula, kind in (("T(x) * 2", "vector"), ("1 * sum(softmax(x) * 1)", "number")):
        path = written(tmp_path, formula, "value: [2, 0.3, 1.4]", kind=kind)
        assert told(path) == [], formula


def test_a_difference_that_is_always_too_small_needs_an_excuse_and_then_holds(tmp_path):
    given = "value: 3, fresh: {low: 2, high: 9, step: 0.1}"
    formula = "x + 0.0000001"
    assert ("check.slip-hides-at", "left-out-term") in told(written(tmp_path, formula, given))
    excused = excuse("left-out-term", "sign", "applied-twice", "stale-value")
    assert told(written(tmp_path, formula, given, more=excused)) == []


def test_an_answer_of_0_is_said_once(tmp_path):
    given = "value: 0, fresh: {low: 0, high: 5, step: 1}"
    path = written(tmp_path, "2 * x", given)
    assert told(path) == [("check.numbers-that-tell", None), ("check.zero-answer", None)]
    lesson = load(path).lesson
    assert all(float(fresh_worksheet(lesson, seed).givens["x"]) > 2 for seed in range(20))


def test_the_answer_of_another_step_hides_that_it_was_copied(tmp_path):
    first = f"  - {{id: other, title: {TEXT}, prompt: {TEXT}, kind: number, formula: 5 * x}}\n"
    path = written(tmp_path, "x + 8", "value: 2", first=first)
    assert ("check.slip-hides-at", "stale-value") in told(path)


def test_what_is_always_the_answer_of_another_step_is_no_slip(tmp_path):
    first = f"  - {{id: other, title: {TEXT}, prompt: {TEXT}, kind: number, formula: 5 * x}}\n"
    assert told(written(tmp_path, "x * 5", "value: 3.7", first=first)) == []


def test_ranges_in_which_all_numbers_hide_something_are_reported(tmp_path):
    path = written(tmp_path, "x ** 2", "value: 3, fresh: {choose: [2, 2]}", kind="whole")
    assert told(path) == [("check.drawn-hide", "wrong-operation")]
    with pytest.raises(NumbersError) as caught:
        fresh_worksheet(load(path).lesson, 1)
    assert {one.slip for one in caught.value.hiding} == {"wrong-operation"}


def test_choices_have_no_slips(tmp_path):
    options = f"    options: [{TEXT}, {TEXT}]\n"
    assert told(written(tmp_path, "x * 0", "value: 2", kind="choice", more=options)) == []


def test_only_what_a_flaw_is_due_to_is_drawn_again(tmp_path):
    others = (
        f"  y: {{title: {TEXT}, value: 1, fresh: {{choose: [1, 2]}}}}\n"
        f"  z: {{title: {TEXT}, formula: 2 * y}}\n"
    )
    first = (
        f"  - {{id: first, title: {TEXT}, prompt: {TEXT}, kind: number, formula: z + 1, name: a}}\n"
    )
    path = written(
        tmp_path, "x * 3", "value: 3, fresh: {choose: [3, 4]}", others=others, first=first
    )
    sheet = Worksheet(load(path).lesson)
    assert drawn_for(sheet, ["a"]) == {"y"}
    assert drawn_for(sheet, ["x", "z"]) == {"x", "y"}
    assert drawn_for(sheet, []) == frozenset()


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
def test_a_seed_always_draws_the_same_numbers(path):
    found = [numbers(drawn(path.stem, seed)) for seed in range(6)]
    # Whatever was worked out before: nothing, or the numbers of other seeds.
    Hiding._kept.clear()
    plan._kept.clear()
    lesson = load(path).lesson
    assert [numbers(fresh_worksheet(lesson, seed)) for seed in range(5, -1, -1)] == found[::-1]


def numbers(sheet: Worksheet) -> dict[str, object]:
    return {name: values.tolist() for name, values in sheet.givens.items()}


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
def test_no_slip_of_any_step_hides_in_fresh_numbers(path):
    """By the suspects of the search, which are worked out another way than the hidden ones."""
    always = [accepted_slips(drawn(path.stem, seed)) for seed in range(5)]
    structural = set.intersection(*always)
    for found in always:
        assert found == structural


def accepted_slips(sheet: Worksheet) -> set[tuple[str, str, str]]:
    """The slips of all steps that give the right answer with the numbers of a sheet."""
    found = set()
    for step in sheet.lesson.steps:
        if step.kind in CHOICE_KINDS:
            continue
        asked = Asked(
            sheet.formula(step), sheet.names(step), sheet.precision(step),
            step.kind in EXACT_KINDS, sheet.other_results(step),
        )  # fmt: skip
        truth = sheet.truth(step)
        for one in Suspects(asked).all:
            digits = one.local or one.slip in SINGLE
            if not digits and is_accepted(one.gives, truth, asked).all():
                found.add((step.id, one.slip, str(one.details.get("name", ""))))
    return found
