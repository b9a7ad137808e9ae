"""The ladder of hints of a step: its own words or what it needs, the formula, numbers, a start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from tutor.course.lesson import CHOICE_KINDS, Step
from tutor.course.wording import Text
from tutor.course.worked import notation
from tutor.course.worksheet import EXACT_KINDS, Worksheet
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.working import Notation, cell_lines, lines, on_paper


@dataclass(frozen=True, slots=True)
class Rung:
    """One hint.

    `words`: of the lesson. `quantities`: the `names` that are needed. `formula`: as the lesson has
    it. `numbers`: a cell of the answer with its numbers in it, unsolved. `first`: the first line
    of the working, solved.
    """

    kind: str
    words: Text | None = None
    formula: str = ""
    names: tuple[str, ...] = ()


def rungs(
    sheet: Worksheet,
    step: Step,
    own: Mapping[str, Array] | None = None,
    unknown: Set[str] = frozenset(),
) -> tuple[Rung, ...]:
    """The hints of a step, the gentlest first.

    `own` are the learner's own numbers of earlier answers, by name; `unknown` are names that have
    no answer yet: hints must not give it away. A choice has only the lesson's own words: its
    formula would be the answer.
    """
    ladder = [Rung("words", words=hint) for hint in step.hints]
    if step.kind in CHOICE_KINDS or step.formula is None:
        return tuple(ladder)
    if not ladder:
        ladder += _quantities(sheet, step)
    ladder.append(Rung("formula", formula=step.formula.strip()))
    values = {**sheet.values(step), **(own or {})}
    told = notation(sheet, step, unknown)
    try:
        ladder += _numbers(sheet, step, values, told)
        if not sheet.formula(step).uses & unknown:
            ladder += _first(sheet, step, values, told)
    except FormulaError:
        # The learner's own numbers cannot be worked on: a logarithm of what is below 0.
        return tuple(ladder)
    return tuple(ladder)


def _quantities(sheet: Worksheet, step: Step) -> Iterator[Rung]:
    """What is needed, by name, in the order of the lesson."""
    uses = sheet.formula(step).uses
    names = tuple(name for name in (*sheet.givens, *sheet.named_before(step)) if name in uses)
    if names:
        yield Rung("quantities", names=names)


def _numbers(
    sheet: Worksheet, step: Step, values: Mapping[str, Array], told: Notation
) -> Iterator[Rung]:
    """The first cell in which there is something to work out, down to the numbers."""
    formula = sheet.formula(step)
    text = on_paper(formula, values, told)
    if text is None:
        start = cell_lines(formula, values, told, 0)[0]
        text = None if start.is_plain else start.cell(start.places[0], solved=False)
    if text is not None and text != step.formula:
        yield Rung("numbers", formula=text)


def _first(
    sheet: Worksheet, step: Step, values: Mapping[str, Array], told: Notation
) -> Iterator[Rung]:
    """The first line of the working; of a working that has only one, its first cell.

    Of what is counted nothing: its first line is as good as the answer.
    """
    first, *rest = lines(sheet.formula(step), values, told)
    if step.kind in EXACT_KINDS:
        return
    if rest:
        yield Rung("first", formula=first.rows()[0])
    elif len(first.places) > 2 and not first.is_plain:
        yield Rung("first", formula=first.cell(first.places[0]))
