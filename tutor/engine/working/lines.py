"""The third reading: how would one write it down, with these numbers?

A formula becomes lines, `7.389 + 2.718 + 1.105 = 11.213`, in the order in which one would work
them. Every result is rounded for display only; the values are carried in full.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from tutor.engine.formula import Formula
from tutor.engine.precision import Array, Precision
from tutor.engine.value import Evaluation, evaluate
from tutor.engine.working.layout import WIDTH
from tutor.engine.working.line import MOST_TERMS, TERMS, Line
from tutor.engine.working.pen import Pen, label
from tutor.engine.working.plan import on_one_line, planned
from tutor.engine.working.taking import Counts

TRIED = 6
"""Cells that are tried until one has something to work out."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers are to be shown.

    `written_at`: how precisely earlier answers are written down, where not as this step asks;
    `unknown`: names whose numbers must not be shown; `called`: what the answer is called.
    """

    precision: Precision
    written_at: Mapping[str, Precision] = field(default_factory=dict)
    unknown: Set[str] = frozenset()
    called: str = ""


def lines(
    formula: Formula, names: Mapping[str, Array], notation: Precision | Notation
) -> tuple[Line, ...]:
    """The whole working of a formula; the last line is the answer. Raises FormulaError."""
    return _worked(formula, names, _notation(notation), None)


def cell_lines(
    formula: Formula, names: Mapping[str, Array], notation: Precision | Notation, cell: int
) -> tuple[Line, ...]:
    """The working of one cell (row-major) of the answer, and only of what flows into it.

    Raises FormulaError, and IndexError for a cell that the answer does not have.
    """
    return _worked(formula, names, _notation(notation), cell)


def on_paper(
    formula: Formula, names: Mapping[str, Array], notation: Precision | Notation
) -> str | None:
    """The first cell that has something to work out, on one line down to what is given, unsolved.

    None where there is none, or where it would be too long. Raises FormulaError.
    """
    told = _notation(notation)
    evaluation = Evaluation(names)
    plan = on_one_line(formula, evaluation)
    if plan is None or plan.is_plain(plan.root):
        return None
    pen = Pen(plan, evaluation, told.precision, told.written_at, told.unknown)
    shape = evaluation.value(plan.root).shape
    for cell in range(min(TRIED, math.prod(shape))):
        where = label(shape, cell)
        head = f"{told.called}{where} = " if told.called else f"{where}: " if where else ""
        text = _fitted(pen, cell, WIDTH - len(head))
        if text is None:
            return None
        if text != pen.result(plan.root, cell):
            return head + text
    return None


def _fitted(pen: Pen, cell: int, room: int) -> str | None:
    """A cell of the answer with its sums folded as far as they have to be."""
    texts = (pen.expression(pen.plan.root, cell, most) for most in (MOST_TERMS, *TERMS))
    return next((text for text in texts if len(text) <= room), None)


def with_other_numbers(
    worked: Sequence[Line], names: Mapping[str, Array], notation: Precision | Notation
) -> tuple[Line, ...]:
    """The same lines worked from other numbers: a learner's own. Raises FormulaError."""
    if not worked:
        return ()
    told = _notation(notation)
    evaluation = Evaluation(names)
    pen = Pen(worked[0]._pen.plan, evaluation, told.precision, told.written_at, told.unknown)
    made = []
    for line in worked:
        cells = evaluation.value(line.node).reshape(-1)[list(line.places)]
        made.append(replace(line, value=cells.reshape(line.value.shape), _pen=pen))
    return tuple(made)


def _notation(notation: Precision | Notation) -> Notation:
    return Notation(notation) if isinstance(notation, Precision) else notation


def _worked(
    formula: Formula, names: Mapping[str, Array], notation: Notation, cell: int | None
) -> tuple[Line, ...]:
    answer = evaluate(formula, names)
    if cell is not None and not 0 <= cell < answer.size:
        raise IndexError(f"the answer has {answer.size} cells, no cell {cell}")
    evaluation = Evaluation(names)
    plan = planned(formula, evaluation, cell)
    pen = Pen(plan, evaluation, notation.precision, notation.written_at, notation.unknown)
    made = []
    for node in plan.results:
        is_last = node is plan.root
        places, value = _part(answer if is_last else evaluation.value(node), plan.needed[node])
        form = value.shape if is_last else tuple(size for size in value.shape if size != 1)
        name = plan.names.get(node, notation.called if is_last else "")
        made.append(Line(name, node, places, value, form, plan.within[node], pen))
    return tuple(made)


def _part(value: Array, needed: Counts) -> tuple[tuple[int, ...], Array]:
    """The cells that are needed: the whole array, a block of it, or else a list of them."""
    places = np.flatnonzero(needed)
    found = tuple(places.tolist())
    if len(places) == value.size:
        return found, value
    cells = value.reshape(-1)[places]
    if len(places) == 1:
        return found, cells.reshape(())
    axes = [np.unique(axis) for axis in np.unravel_index(places, value.shape)]
    block = tuple(len(axis) for axis in axes)
    if math.prod(block) != len(places):
        return found, cells
    return found, cells.reshape(tuple(size for size in block if size > 1))
