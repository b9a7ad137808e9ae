"""The ladder of hints of a step: its own words, the formula, the formula with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.lesson import CHOICE_KINDS, Step, Text
from tutor.course.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Rung:
    """One hint: words of the lesson (`words`), or a formula (`formula`, `numbers`)."""

    kind: str
    words: Text | None = None
    formula: str = ""


def rungs(sheet: Worksheet, step: Step) -> tuple[Rung, ...]:
    """The hints of a step, the gentlest first.

    A choice has only its own words: its formula would be the answer.
    """
    written = tuple(Rung("words", words=hint) for hint in step.hints)
    if step.kind in CHOICE_KINDS or step.formula is None:
        return written
    formula = step.formula.strip()
    numbers = sheet.with_numbers(step)
    with_names = Rung("formula", formula=formula)
    if numbers == formula:
        return (*written, with_names)
    return (*written, with_names, Rung("numbers", formula=numbers))
