"""A step of a lesson worked out: the right way, and with the learner's own earlier numbers."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.worksheet import Worksheet
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.working import Line, Notation, cell_lines, lines, with_other_numbers
from tutor.engine.working.parting import Parting, parting


@dataclass(frozen=True, slots=True)
class Beside:
    """The learner's own working beside the right one, and where they part."""

    own: tuple[Line, ...]
    parting: Parting


def has_working(step: Step) -> bool:
    """Whether there is anything to write down: a choice is made, not worked out."""
    return step.kind not in CHOICE_KINDS and step.formula is not None


def notation(sheet: Worksheet, step: Step, unknown: Set[str] = frozenset()) -> Notation:
    """How the numbers of a step are written; `unknown` names must not show theirs."""
    written_at = {name: sheet.precision(one) for name, one in sheet.named_before(step).items()}
    return Notation(sheet.precision(step), written_at, unknown, step.name or "")


def working(sheet: Worksheet, step: Step, cell: int | None = None) -> tuple[Line, ...]:
    """The working of a step, or of one cell (row-major) of it; of a choice none."""
    if not has_working(step):
        return ()
    formula, values, told = sheet.formula(step), sheet.values(step), notation(sheet, step)
    if cell is None:
        return lines(formula, values, told)
    return cell_lines(formula, values, told, cell)


def beside(
    sheet: Worksheet, step: Step, right: tuple[Line, ...], answers: Mapping[str, Array]
) -> Beside | None:
    """The same lines from the learner's own earlier answers; None where they never part."""
    names = sheet.own_names(step, answers) if right else None
    if names is None:
        return None
    try:
        own = with_other_numbers(
            right, {name: one.value for name, one in names.items()}, notation(sheet, step)
        )
        parts = parting(right, own, sheet.names(step), sheet.precision(step))
    except FormulaError:
        return None
    return Beside(own, parts) if parts is not None else None
