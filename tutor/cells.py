"""Cells in words: which rows and columns they are, and which cell somebody means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tutor.course.lesson import Label
from tutor.course.regions import Region, regions, runs
from tutor.messages import say

AXES = ("kernel", "channel", "row", "column")
"""What the axes of an array are called, counted from the last."""


def labelled(labels: Iterable[Label], language: str) -> tuple[str, ...]:
    """The names of rows or columns of a lesson."""
    return tuple(one if isinstance(one, str) else one.in_language(language) for one in labels)


@dataclass(frozen=True, slots=True)
class Grid:
    """The shape of an array, and the names of its rows and columns where it has any."""

    shape: tuple[int, ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def labels(self, axis: int) -> tuple[str, ...]:
        """The names along an axis, if there is one for each place."""
        named = {len(self.shape) - 1: self.columns, len(self.shape) - 2: self.rows}
        labels = named.get(axis, ())
        return labels if len(labels) == self.shape[axis] else ()

    def words(self, cells: Iterable[int], language: str) -> str:
        """Cells (row-major) in words: `rows 0 to 2, columns 1 to 3`; nothing for a number."""
        found = regions(cells, self.shape)
        also = say("source.also", language)
        return also.join(self._region(region, language) for region in found)

    def _region(self, region: Region, language: str) -> str:
        parts = [
            self._along(axis, indices, language)
            for axis, indices in enumerate(region)
            if indices is not None
        ]
        if not parts:
            return say("source.all", language) if self.shape else ""
        return say("source.within", language).join(parts)

    def _along(self, axis: int, indices: tuple[int, ...], language: str) -> str:
        labels = self.labels(axis)
        comma = say("source.comma", language)
        name = AXES[axis - len(self.shape)] if len(self.shape) > 1 else "place"
        many = "" if len(indices) == 1 else "s"
        if labels:
            which = comma.join(labels[index] for index in indices)
            return (
                which
                if name == "place"
                else say(f"source.{name}{many}-named", language, which=which)
            )
        which = comma.join(
            str(first) if first == last else say("source.to", language, first=first, last=last)
            for first, last in runs(indices)
        )
        return say(f"source.{name}{many}", language, which=which)

    def meant(self, text: str) -> int | None:
        """The cell (row-major) that is meant by `2,1`, `[2, 1]` or its labels; None for another."""
        parts = [part.strip() for part in re.split(r"[,，、]", text.strip().strip("[]()（）"))]
        if parts == [""] and self._is_one_cell():
            return 0
        if len(parts) != len(self.shape):
            return None
        cell = 0
        for axis, part in enumerate(parts):
            at = self._index(axis, part)
            if at is None:
                return None
            cell = cell * self.shape[axis] + at
        return cell

    def _is_one_cell(self) -> bool:
        return all(size == 1 for size in self.shape)

    def _index(self, axis: int, text: str) -> int | None:
        labels = [label.casefold() for label in self.labels(axis)]
        if text.casefold() in labels:
            return labels.index(text.casefold())
        # `isdecimal` would let digits of other scripts through, which is well: int reads them.
        if not text.isdecimal() or len(text) > 9 or int(text) >= self.shape[axis]:
            return None
        return int(text)
