"""One line of a working: what is worked out, from which numbers, and what it gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tutor.engine.precision import Array
from tutor.engine.tree import Apply, Constant, Name, Node
from tutor.engine.working.fragments import fragment
from tutor.engine.working.layout import WIDTH, cut, nested, value_rows
from tutor.engine.working.pen import Pen, label

MOST_NUMBERS = 2000
"""Numbers that are written out, even when a line is unfolded."""
FEW_ROWS = 6
"""Cells that are written one by one when it is folded."""
BESIDE = 12
"""Cells whose expressions may stand beside each other in one list."""
SHORT = 50
"""Characters of a matrix of expressions that is written as one list."""
LONGEST_ORIGIN = 50
"""Characters of a part of the formula that may stand before the numbers it picks or moves."""
MOST_TERMS = 48
TERMS = (12, 8, 6, 5, 4, 3, 2)
"""How many terms of a long sum are tried to be shown."""


@dataclass(frozen=True, eq=False)
class Line:
    """One result: what is worked out, from which numbers, and what it gives.

    `places` are the cells of the node (row-major) that are worked out, all of them unless only
    some flow into what is asked; `value` their numbers in full: an array of their form.
    """

    name: str
    node: Node
    places: tuple[int, ...]
    value: Array
    form: tuple[int, ...]
    """The form in which they are written: axes of size 1 are left out on the way."""
    covers: tuple[Node, ...]
    """Every part of the formula that is worked out on this line, the result itself first."""
    _pen: Pen = field(repr=False)

    @property
    def text(self) -> str:
        """The line with long sums and large arrays folded; an array may take several rows."""
        return "\n".join(self.rows())

    @property
    def unfolded(self) -> str:
        """The line with all terms and all cells (of very large arrays the first and last)."""
        return "\n".join(self.rows(unfolded=True))

    def rows(self, *, unfolded: bool = False) -> tuple[str, ...]:
        """The rows of the text."""
        if len(self.places) == 1 and not self.form:
            return (self._single(unfolded),)
        if self.is_plain:
            origin = self._origin()
            head = self._head + (f"{origin} = " if origin else "")
            return value_rows(head, self._result, self.form, unfolded)
        beside = self._beside(self._head, self.places, self.form)
        if beside is not None and (len(self.form) < 2 or len(beside) <= SHORT):
            return (beside,)
        groups = self._groups()
        shown = list(groups) if len(groups) <= FEW_ROWS else [*groups[:2], groups[-1]]
        if unfolded and len(groups) <= self._most_groups():
            shown = groups
        written = [self._group(group, unfolded) for group in shown]
        if len(written) < len(groups):
            written.insert(-1, "...")
        elif len(groups[0]) > 1:
            return tuple(written)
        return (*written, *value_rows(self._head, self._result, self.form, unfolded))

    def cell(self, place: int, *, unfolded: bool = False, solved: bool = True) -> str:
        """One cell of the line: `z[0] = 0.1*0.5 + 0.2*0.6 = 0.17`; unsolved, without what it is."""
        return self._equation(self.where(place), place, unfolded, solved)

    def where(self, place: int) -> str:
        """What stands before a cell: `z[0] = `, `[0, 1]: `, `S = ` or nothing."""
        where = label(self._shape, place) if math.prod(self._shape) > 1 else ""
        return f"{self.name}{where} = " if self.name else f"{where}: " if where else ""

    # How it is put together

    @property
    def _shape(self) -> tuple[int, ...]:
        return self._pen.evaluation.value(self.node).shape

    @property
    def _head(self) -> str:
        return f"{self.name} = " if self.name else ""

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing is worked out here: numbers that are counted, moved or picked."""
        return self._pen.plan.is_plain(self.node)

    def _single(self, unfolded: bool) -> str:
        (place,) = self.places
        if self.name:
            return self.cell(place, unfolded=unfolded)
        return self._equation("", place, unfolded)

    def _equation(self, head: str, place: int, unfolded: bool, solved: bool = True) -> str:
        result = self._pen.result(self.node, place)
        if self.is_plain:
            origin = self._plain_origin(place)
            return head + (f"{origin} = " if origin else "") + result
        tail = f" = {result}" if solved else ""
        expression = self._pen.expression(
            self.node, place, MOST_NUMBERS if unfolded else MOST_TERMS
        )
        if expression == result:
            return head + result
        if unfolded or len(head + expression + tail) <= WIDTH:
            return head + expression + tail
        for most in TERMS:
            expression = self._pen.expression(self.node, place, most)
            if len(head + expression + tail) <= WIDTH:
                break
        return head + cut(expression, WIDTH - len(head + tail)) + tail

    def _plain_origin(self, place: int) -> str:
        node = self.node
        if (
            isinstance(node, Apply)
            and node.primitive == "index"
            and isinstance(node.operands[0], Name)
        ):
            return self._pen.picked(node, place)
        return self._origin() if self._pen.evaluation.value(node).size == 1 else ""

    def _origin(self) -> str:
        """The part of the formula that was only counted or moved, if it is short."""
        if isinstance(self.node, Constant):
            return ""
        if isinstance(self.node, Name):
            return self.node.name if self.node.name != self.name else ""
        scalars = {
            name: self._pen.name_text(name)
            for name, value in self._pen.evaluation.names.items()
            if not np.shape(value)
        }
        local = {node: name for node, name in self._pen.plan.names.items() if node is not self.node}
        text = fragment(self.node, scalars, local)
        listed = isinstance(self.node, Apply) and self.node.primitive in ("stack", "concat")
        return "" if listed or len(text) > LONGEST_ORIGIN else text

    def _beside(self, head: str, places: Sequence[int], form: tuple[int, ...]) -> str | None:
        """Cells in one list, where that fits."""
        if len(places) > BESIDE:
            return None
        expressions = [self._pen.expression(self.node, place, TERMS[0]) for place in places]
        results = [self._pen.result(self.node, place) for place in places]
        right = nested(results, form)
        same = expressions == results
        text = head + right if same else f"{head}{nested(expressions, form)} = {right}"
        return text if len(text) <= WIDTH else None

    def _groups(self) -> list[tuple[int, ...]]:
        """The rows of a matrix, if each fits on one line; else the single cells."""
        cells: list[tuple[int, ...]] = [(place,) for place in self.places]
        width = self.form[-1] if len(self.form) > 1 else 1
        if not 1 < width <= BESIDE:
            return cells
        rows = [self.places[at : at + width] for at in range(0, len(self.places), width)]
        is_row = rows[0][0] // self._shape[-1] == rows[0][-1] // self._shape[-1]
        fits = is_row and all(self._row(row) is not None for row in (*rows[:FEW_ROWS], rows[-1]))
        return rows if fits else cells

    def _row(self, places: tuple[int, ...]) -> str | None:
        where = label(self._shape[:-1], places[0] // self._shape[-1])
        head = f"{self.name}{where} = " if self.name else f"{where}: "
        return self._beside(head, places, (len(places),))

    def _group(self, places: tuple[int, ...], unfolded: bool) -> str:
        row = self._row(places) if len(places) > 1 else None
        return self.cell(places[0], unfolded=unfolded) if row is None else row

    def _most_groups(self) -> int:
        """How many cells may be written one by one: fewer of long sums."""
        taken = self._pen.plan.taken.get(self.node)
        width = 1
        if taken is not None and taken.references:
            width = max(int(one.shape[1]) for one in taken.references)
        return max(FEW_ROWS, MOST_NUMBERS // max(1, width))

    def _result(self, at: int) -> str:
        return self._pen.result(self.node, self.places[at])
