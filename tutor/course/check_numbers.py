"""The part of the lesson check that is about numbers: the lesson's own, and many drawn ones."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.course.fresh import drawn_for
from tutor.course.hiding import Hides, Hiding
from tutor.course.lesson import ZERO, Lesson
from tutor.course.numbers import UNUSABLE, NumbersError, fresh_worksheet
from tutor.course.problem import Problem, clipped
from tutor.course.worksheet import Worksheet
from tutor.course.yaml_tree import Places
from tutor.engine.working import array

PROPOSED = 20
"""Seeds that are tried for numbers to propose."""
LONGEST = 60
"""Characters of an array that is proposed, and of a formula that is repeated."""


def hiding_problems(sheet: Worksheet, places: Places) -> Iterator[Problem]:
    """Slips that the lesson's own numbers hide and that are not excused; excuses for none."""
    found: dict[tuple[str, str], Hides] = {}
    for hides in Hiding.of(sheet.lesson).all_in(sheet):
        found.setdefault((hides.step, hides.slip), hides)
    excused = {(step.id, one.slip) for step in sheet.lesson.steps for one in step.excuse}
    # What is 0 stays 0 with nearly every slip: that it is 0 says them all.
    zero = {hides.step for hides in found.values() if hides.slip == ZERO}
    open_ones = [
        hides
        for key, hides in found.items()
        if key not in excused
        and (hides.slip == ZERO or hides.step not in zero or (hides.step, ZERO) in excused)
    ]
    for hides in open_ones:
        yield _hidden(hides, sheet, places)
    if open_ones:
        yield from _proposal(sheet, open_ones, places)
    for place, step in enumerate(sheet.lesson.steps):
        for at, one in enumerate(step.excuse):
            if (step.id, one.slip) not in found:
                path = ("steps", place, "excuse", at, "slip")
                yield places.problem("check.excuse-unneeded", path, slip=one.slip)


def _hidden(hides: Hides, sheet: Worksheet, places: Places) -> Problem:
    path = ("steps", sheet.places[hides.step], "formula")
    if hides.slip == ZERO:
        return places.problem("check.zero-answer", path)
    code = "check.slip-hides-at" if hides.where else "check.slip-hides"
    return places.problem(code, path, slip=hides.slip, where=clipped(hides.where, LONGEST))


def _proposal(sheet: Worksheet, hiding: list[Hides], places: Places) -> Iterator[Problem]:
    """Other numbers for the steps where something hides, if any of them may be drawn again."""
    uses = {name for one in hiding for name in sheet.formula(sheet.step(one.step)).uses}
    names = drawn_for(sheet, uses)
    if not names:
        return
    for seed in range(1, PROPOSED + 1):
        try:
            other = fresh_worksheet(sheet.lesson, seed)
        except NumbersError:
            continue
        numbers = ", ".join(
            f"{name}: {clipped(array(other.givens[name]), LONGEST)}"
            for name in sheet.givens
            if name in names
        )
        yield places.problem("check.numbers-that-tell", ("givens",), seed=seed, numbers=numbers)
        return


def drawn_problems(lesson: Lesson, places: Places, drawn: int) -> Iterator[Problem]:
    """Seeds that find no numbers fit for a round, or numbers that leave a choice without answer."""
    for seed in range(drawn):
        try:
            sheet = fresh_worksheet(lesson, seed)
        except NumbersError as error:
            yield _not_drawn(lesson, error, places, seed)
            return
        for step in lesson.steps:
            if step.kind == "choice" and not 0 <= sheet.truth(step).value < len(step.options):
                path = ("steps", sheet.places[step.id], "formula")
                yield places.problem(
                    "check.no-right-option", path, value=str(sheet.truth(step).value),
                    count=len(step.options),
                )  # fmt: skip
                return


def _not_drawn(lesson: Lesson, error: NumbersError, places: Places, seed: int) -> Problem:
    """Why no numbers were fit: the reason that most of them were refused for."""
    commonest = (error.broken + error.hiding).most_common(1)[0][0]
    if commonest == UNUSABLE:
        return places.problem("check.drawn-unusable", ("givens",), seed=seed)
    if isinstance(commonest, int):
        path = ("conditions", commonest, "formula")
        return places.problem("check.condition-never", path, seed=seed)
    ids = [step.id for step in lesson.steps]
    return places.problem(
        "check.drawn-hide", ("steps", ids.index(commonest.step), "formula"),
        slip=commonest.slip, where=clipped(commonest.where, LONGEST), seed=seed,
    )  # fmt: skip
