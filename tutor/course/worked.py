"""A step of a lesson worked out: the right way, and with the learner's own earlier numbers."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.worksheet import Worksheet, bearable
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.working import Line, Notation, cell_lines, lines, with_other_numbers
from tutor.engine.working.parting import Parting, parting


@dataclass(frozen=True, slots=True)
class Worked:
    """The lines of a step as they may be shown to a learner.

    `own` are the learner's own beside them, where the two part. `rests_on` is an earlier answer
    that is not right yet: then the lines are the learner's own, and the right ones stay hidden.
    """

    lines: tuple[Line, ...]
    own: tuple[Line, ...] = ()
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
    formula, values, told = sheet.formula(step), sheet.values(step), notation(sheet, step)
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
) -> Worked:
    """The working of a step for a learner with these answers, by step.

    `open_names` are earlier answers that are not done: nothing here may give them away.
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
        return Worked(own, (), parts, rests_on)
    return Worked(right) if parts is None else Worked(right, own, parts)


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
