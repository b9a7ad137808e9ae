"""Primitives taken apart: which cells of its operands each cell of a result refers to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.engine.primitives import TABLE
from tutor.engine.tree import Apply
from tutor.engine.value import Evaluation
from tutor.engine.written import Applied, Kind, Places

Counts = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Taken:
    """How a primitive is applied, and the cells that it refers to, if they are few enough."""

    step: Applied
    references: tuple[Places, ...] | None
    kind: Kind

    def used(self, operand: int, counts: Counts, size: int) -> Counts:
        """How often each cell of an operand is used when those of the result are, so often."""
        if self.references is None:
            return np.full(size, 2 if counts.any() else 0, dtype=np.intp)
        references = self.references[operand]
        there = references >= 0
        weights = np.broadcast_to(counts[:, None], references.shape)[there]
        return np.bincount(references[there], weights, size).astype(np.intp)


def taken_apart(node: Apply, evaluation: Evaluation) -> Taken:
    """The sort of work that a node is, and its references. Raises FormulaError."""
    entry = TABLE[node.primitive]
    shapes = tuple(evaluation.value(operand).shape for operand in node.operands)
    options = evaluation.options(node)
    step = Applied(entry.compute, shapes, options, evaluation.value(node).shape)
    try:
        references = entry.written.references(step)
    except OverflowError:
        return Taken(step, None, entry.written.kind)
    sums = entry.written.gathers and entry.written.kind is not Kind.CHOICE
    # A sum or a mean of one number is no work.
    alone = sums and len(references) == 1 and references[0].shape[1] == 1
    return Taken(step, references, Kind.MOVE if alone else entry.written.kind)
