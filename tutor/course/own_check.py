"""Whether a lesson can be worked with a learner's own numbers, and what they do not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import replace

from tutor.course.check import RANKS
from tutor.course.fresh import stated_for
from tutor.course.hiding import Hides, Hiding
from tutor.course.lesson import Condition, Lesson, Step, Value
from tutor.course.numbers import has_usable_truth, holds, numbers_of
from tutor.course.problem import Detail
from tutor.course.worksheet import Worksheet
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array

Numbers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why numbers cannot be worked with: a given to which it is due, and what is the matter."""

    name: str
    code: str
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What may be said of numbers that can be worked with: nothing of it forbids them."""

    other_shapes: bool = False
    """Whether a shape is another than the lesson's, of which its words may speak."""
    unmet: tuple[Condition, ...] = ()
    """What the lesson's texts count on, and is not so."""
    hidden: tuple[Hides, ...] = ()
    """Slips that would go unseen, and that the lesson's own numbers show."""


def worksheet_of(lesson: Lesson, numbers: Numbers, seed: int | None) -> Worksheet:
    """The lesson with own numbers instead of its own, or a seed's. Raises FormulaError."""
    own = {name: np.asarray(value, dtype=np.float64) for name, value in numbers.items()}
    return Worksheet(lesson, {**numbers_of(lesson, seed).givens, **own})


def misfits(lesson: Lesson, numbers: Numbers, seed: int | None = None) -> tuple[Misfit, ...]:
    """Why the first step that cannot be worked with some numbers cannot; nothing if all can.

    Raises NumbersError where the seed draws none.
    """
    if not numbers:
        return ()
    stated = Worksheet(lesson)
    first = next(iter(numbers))
    try:
        sheet = worksheet_of(lesson, numbers, seed)
    except FormulaError as error:
        return tuple(_failing("own.given", {}, error, first))
    for step in lesson.steps:
        found = tuple(_step_misfits(sheet, stated, step, numbers))
        if found:
            return found
    return ()


def _step_misfits(
    sheet: Worksheet, stated: Worksheet, step: Step, numbers: Numbers
) -> Iterator[Misfit]:
    """Why one step cannot be worked."""
    uses = sheet.formula(step).uses if step.formula is not None else frozenset()
    rests_on = stated_for(sheet, uses)
    name = next((one for one in numbers if one in rests_on), next(iter(numbers)))
    used = [one for one in sheet.givens if one in uses]
    if len(used) < 2:
        used = [one for one in sheet.givens if one in rests_on]
    details: dict[str, Detail] = {"step": step.id, "uses": " ".join(used)}
    try:
        code = _unfit(sheet, step)
    except FormulaError as error:
        yield from _failing("own.step", details, error, name)
        return
    if code:
        got, was = (str(one.result(step).shape) for one in (sheet, stated))
        yield Misfit(name, code, {**details, "got": got, "was": was})
        return
    try:
        for text in step.texts():
            for language in ("en", "zh"):
                sheet.words(text, language, step)
    except FormulaError as error:
        yield from _failing("own.text", details, error, name)
        return
    if len({sheet.words(option, "en", step) for option in step.options}) < len(step.options):
        yield Misfit(name, "own.same-options", details)


def _unfit(sheet: Worksheet, step: Step) -> str:
    """Why the answer of a step cannot be asked for; nothing if it can. Raises FormulaError."""
    value = sheet.truth(step).value
    if value.ndim != RANKS[step.kind]:
        return "own.other-kind"
    if not has_usable_truth(sheet, step.id):
        return "own.unusable"
    if step.kind == "choice" and not 0 <= float(value) < len(step.options):
        return "own.no-option"
    if step.kind == "choices" and value.shape != (len(step.options),):
        return "own.no-option"
    return ""


def _failing(
    code: str, details: dict[str, Detail], error: FormulaError, name: str
) -> Iterator[Misfit]:
    """How a formula fails, and which."""
    reason: dict[str, Detail] = {
        key: value if isinstance(value, str | int | float) else str(value)
        for key, value in error.details.items()
    }
    is_label = error.code == "formula.shapes" and reason.get("function") == "one_hot"
    yield Misfit(name, "own.label" if is_label else error.code, reason)
    yield Misfit(name, code, details)


def remarks(lesson: Lesson, numbers: Numbers, seed: int | None = None) -> Remarks:
    """What numbers without a misfit do not meet, and which slips they hide."""
    sheet = worksheet_of(lesson, numbers, seed)
    # Compared with other numbers of these shapes: those of the lesson may have others.
    here = replace(lesson, givens=_stating(lesson, sheet.givens))
    excused = {(step.id, one.slip) for step in lesson.steps for one in step.excuse}
    own = Worksheet(here)
    unmet = tuple(one for one in lesson.conditions if not _meets(own, one))
    hidden: dict[tuple[str, str], Hides] = {}
    for one in Hiding(here).all_in(own):
        if (one.step, one.slip) not in excused:
            hidden.setdefault((one.step, one.slip), one)
    stated = Worksheet(lesson).givens
    others = any(one.shape != stated[name].shape for name, one in sheet.givens.items())
    return Remarks(others, unmet, tuple(hidden.values()))


def _meets(sheet: Worksheet, condition: Condition) -> bool:
    try:
        return holds(sheet, condition.formula)
    except FormulaError:
        # It speaks of cells that numbers of another shape do not have.
        return True


def _stating(lesson: Lesson, numbers: Mapping[str, Array]) -> dict[str, object]:
    """The givens of a lesson with other values; what is computed stays a formula."""
    return {
        name: given
        if given.formula is not None
        else replace(given, value=nested(numbers[name].tolist()))
        for name, given in lesson.givens.items()
    }


def nested(part: object) -> Value:
    """Numbers in lists as a lesson states them: in tuples."""
    value: Value = tuple(map(nested, part)) if isinstance(part, list) else part  # type: ignore
    return value
