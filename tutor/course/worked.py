"""A step of a lesson worked out: the right way, and with the learner's own earlier numbers."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import numpy as np

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.worksheet import Worksheet, bearable
from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import Array
from tutor.engine.working import Line, Notation, cell_lines, lines, with_other_numbers
from tutor.engine.working.parting import Parting, parting


@dataclass(frozen=True, slots=True)
class Worked:
    """The lines of a step as they may be shown to a learner.

    `own` are the learner's own beside them, from where the two part: those that stand beside each
    line. `rests_on` is an earlier answer that is not right yet: then the lines are the learner's
    own, and the right ones stay hidden.
    """

    lines: tuple[Line, ...]
    own: Mapping[int, tuple[Line, ...]] = field(default_factory=dict)
    parting: Parting | None = None
    rests_on: str = ""


def has_working(step: Step) -> bool:
    """Whether there is anything to write down: a choice is made, not worked out."""
    return step.kind not in CHOICE_KINDS and step.formula is not None


def notation(sheet: Worksheet, step: Step, unknown: Set[str] = frozenset()) -> Notation:
    """How the numbers of a step are written; `unknown` names must not show theirs."""
    written_at = {name: sheet.precision(one) for name, one in sheet.named_before(step).items()}
    return Notation(sheet.precision(step), written_at, unknown, step.name or "")


def working(sheet: Worksheet, step: Step, cell: int | None = None) -> tuple[Line, ...]:
    """The right working of a step, or of one cell (row-major) of it; of a choice none."""
    if not has_working(step):
        return ()
    return _lines(sheet.formula(step), sheet.values(step), notation(sheet, step), cell)


def _lines(
    formula: Formula, values: Mapping[str, Array], told: Notation, cell: int | None
) -> tuple[Line, ...]:
    if cell is None:
        return lines(formula, values, told)
    return cell_lines(formula, values, told, cell)


def answered(sheet: Worksheet, step: Step, answers: Mapping[str, Array]) -> dict[str, Array]:
    """The learner's own answers, by step, that can be worked on: by the names that a step knows."""
    return {
        name: answers[one.id]
        for name, one in sheet.named_before(step).items()
        if one.id in answers and bearable(answers[one.id], sheet.result(one))
    }


def worked(
    sheet: Worksheet,
    step: Step,
    answers: Mapping[str, Array],
    open_names: Set[str],
    cell: int | None = None,
    slip: Formula | None = None,
) -> Worked:
    """The working of a step for a learner with these answers, by step.

    `open_names` are earlier answers that are not done: nothing here may give them away. `slip` is
    the formula as the learner worked it by mistake, beside which the right working stands.
    """
    right = working(sheet, step, cell)
    if not right:
        return Worked(())
    used = sheet.formula(step).uses
    has = answered(sheet, step, answers)
    waiting = [name for name in sheet.named_before(step) if name in open_names & used]
    unknown = frozenset(name for name in waiting if name not in has)
    try:
        own = _own(sheet, step, right, answers, unknown)
        parts = parting(right, own, sheet.names(step), sheet.precision(step))
    except FormulaError:
        # The learner's own numbers cannot be worked on: a logarithm of what is below 0.
        own, parts = (), None
    if waiting and not own:
        hidden = notation(sheet, step, frozenset(waiting))
        return Worked(with_other_numbers(right, sheet.values(step), hidden))
    if waiting:
        rests_on = next((name for name in waiting if name in has), "") if parts else ""
        return Worked(own, {}, parts, rests_on)
    if parts is not None:
        beside = {at: (line,) for at, line in enumerate(own) if at >= parts.line}
        return Worked(right, beside, parts)
    return _with_slip(sheet, step, right, slip, cell) if slip is not None else Worked(right)


def _with_slip(
    sheet: Worksheet, step: Step, right: tuple[Line, ...], slip: Formula, cell: int | None
) -> Worked:
    """The right working beside that of a slip, which may have fewer lines, or more."""
    try:
        own = _lines(slip, sheet.values(step), notation(sheet, step), cell)
    except FormulaError:
        return Worked(right)
    pairs = zip(right, own, strict=False)
    first = next((at for at, pair in enumerate(pairs) if _differs(*pair).any()), len(own))
    if first >= len(right):
        return Worked(right)
    # One who stops early has the answer beside the line that was to come. What follows is held
    # against the other from the end: both end in the answer.
    start = min(first, len(own) - 1)
    after = min(len(right) - first, len(own) - start) - 1
    beside = {first: own[start : len(own) - after]}
    for back in range(1, after + 1):
        beside[len(right) - back] = (own[-back],)
    differs = _differs(right[first], own[start])
    return Worked(right, beside, Parting(first, own[start].places[int(np.argmax(differs))]))


def _differs(line: Line, other: Line) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which cells of another line differ; all of them where the shapes do."""
    own = other.value.reshape(-1)
    if line.value.shape != other.value.shape:
        return np.ones(own.shape, dtype=np.bool_)
    return ~np.isclose(line.value.reshape(-1), own, rtol=1e-9, atol=0.0, equal_nan=True)


def _own(
    sheet: Worksheet,
    step: Step,
    right: tuple[Line, ...],
    answers: Mapping[str, Array],
    unknown: Set[str],
) -> tuple[Line, ...]:
    names = sheet.own_names(step, answers) or sheet.names(step)
    values = {name: one.value for name, one in names.items()}
    return with_other_numbers(right, values, notation(sheet, step, unknown))
