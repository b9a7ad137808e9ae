"""The rows of a plot: bands, lines, levels and signs on dots, beside an axis with numbers."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import clipped, to_right
from tutor.tui.plot.curves import Curve, PlotData, lowest
from tutor.tui.plot.raster import ASCII_GRAIN, BRAILLE, BRAILLE_GRAIN, Grain, cells, dotted, line
from tutor.tui.plot.scale import Scale, ticks

AXIS = 8
"""Cells of the numbers on the left and of the axis beside them."""
MARGIN = 1
"""Cells on the right, where a sign points at the last value."""
LINES = ("mean", "second", "third", "fourth")
"""The lines of the series, in their order."""
LAYERS = (*LINES, "band", "level", "cursor")
"""From the uppermost; what lies below shows only where nothing lies above."""
PLAIN = {
    "mean": "*", "second": "o", "third": "x", "fourth": "+", "band": ":", "level": "-",
    "cursor": "|", "space": " ",
}  # fmt: skip
"""What is drawn without braille."""
STROKES = {"second": (2, 4), "third": (1, 2), "fourth": (6, 8)}
"""Of the other lines: how many dots of how many are drawn; two dots are a cell."""


class Part(NamedTuple):
    """A stretch of one line, and what it is."""

    text: str
    kind: str


def grain_of(glyphs: Glyphs) -> Grain:
    """The dots of a cell, in this table of signs."""
    return BRAILLE_GRAIN if glyphs.braille else ASCII_GRAIN


class Body:
    """The rows between heading and foot."""

    def __init__(
        self,
        data: PlotData,
        curves: Sequence[Curve],
        scale: Scale,
        across: int,
        rows: int,
        glyphs: Glyphs,
    ) -> None:
        """Place everything on its dots."""
        self.scale, self.glyphs, self.grain = scale, glyphs, grain_of(glyphs)
        self.across, self.rows = across, rows
        self.high = rows * self.grain.down
        width = across * self.grain.across
        self.layers = {layer: [0] * width for layer in LAYERS}
        self.signs: dict[tuple[int, int], Part] = {}
        for layer, one in zip(LINES, curves, strict=False):
            self._add_first(one) if layer == "mean" else self._add_strokes(one, layer)
            for place in one.broken:
                self._sign(rows - 1, place, glyphs.broken, "note")
        for _, level in data.levels:
            self._add_level(level)
        if data.cursor is not None and data.x_first <= data.cursor <= data.x_last:
            span = data.x_last - data.x_first
            self._add_cursor((data.cursor - data.x_first) / span if span else 0.0)
        for mark in data.marks:
            if data.x_first <= mark <= data.x_last and data.x_last > data.x_first:
                part = (mark - data.x_first) / (data.x_last - data.x_first)
                self._sign(0, min(int(part * width), width - 1), glyphs.changed, "note")
        self.used = {layer for layer, columns in self.layers.items() if any(columns)}
        self.labels = {self._row(value): text for value, text in ticks(scale, (rows + 1) // 2)}

    def _add_first(self, one: Curve) -> None:
        """The line of the means over the dotted band, with its lowest and its last place."""
        self.layers["mean"] = self._heights(one)
        self.layers["band"] = self._dotted(one)
        if one.points:
            place, value = lowest(one)
            row = self._row(value)
            self._sign(row + (row < self.rows - 1), place, self.glyphs.minimum, "mean")
            last_row = self._row(one.points[-1][1])
            self.signs[last_row, self.across] = Part(self.glyphs.last, "mean")

    def _add_strokes(self, one: Curve, layer: str) -> None:
        """The line of the means, in strokes of its own."""
        drawn, period = (max(part * self.grain.across // 2, 1) for part in STROKES[layer])
        self.layers[layer] = [
            height if place % period < drawn else 0
            for place, height in enumerate(self._heights(one))
        ]

    def _add_cursor(self, place: float) -> None:
        """A dotted vertical."""
        column = min(int(place * len(self.layers["cursor"])), len(self.layers["cursor"]) - 1)
        self.layers["cursor"][column] = int("01" * (self.high // 2 + 1), 2)

    def _add_level(self, level: float) -> None:
        """A dotted horizontal, where the axis reaches it."""
        if not math.isfinite(level) or (self.scale.log and level <= 0):
            return
        if 0 <= self.scale.part(level) <= 1:
            bit = 1 << self.scale.dot(level, self.high)
            places = range(0, len(self.layers["level"]), 2 * self.grain.across)
            for place in places:
                self.layers["level"][place] |= bit

    def _heights(self, one: Curve) -> list[int]:
        places = [place for place, _ in one.points]
        dots = self.scale.dots([mean for _, mean in one.points], self.high)
        return line(list(zip(places, dots, strict=True)), len(one.bands))

    def _dotted(self, one: Curve) -> list[int]:
        places = [place for place, _ in one.points]
        bands = [band for band in one.bands if band]
        lows = self.scale.dots([low for low, _ in bands], self.high)
        highs = self.scale.dots([high for _, high in bands], self.high)
        return dotted(zip(places, lows, highs, strict=True), len(one.bands), self.high)

    def _row(self, value: float) -> int:
        """The row of cells of a value, counted from the lowest."""
        return self.scale.dot(value, self.high) // self.grain.down

    def _sign(self, row: int, place: int, sign: str, kind: str) -> None:
        self.signs[row, place // self.grain.across] = Part(sign, kind)

    def lines(self) -> Iterator[list[Part]]:
        """The rows, from the highest."""
        for row in reversed(range(self.rows)):
            label = self.labels.get(row)
            axis = self.glyphs.axis if label is None else self.glyphs.axis_tick
            label = clipped(label or "", AXIS - 1, self.glyphs.cut)
            yield [Part(to_right(label, AXIS - 1) + axis, "axis"), *self._drawn(row)]

    def _drawn(self, row: int) -> Iterator[Part]:
        dots = [
            cells(self.layers[layer], row, self.grain) if layer in self.used else [0] * self.across
            for layer in LAYERS
        ]
        kinds = [
            "mean" if m else "second" if s else "third" if t else "fourth" if f
            else "band" if b else "level" if v else "cursor" if c else "space"
            for m, s, t, f, b, v, c in zip(*dots, strict=True)
        ]  # fmt: skip
        if self.glyphs.braille:
            signs = [
                BRAILLE[m | s | t | f or b or v | c]
                for m, s, t, f, b, v, c in zip(*dots, strict=True)
            ]
        else:
            signs = [PLAIN[kind] for kind in kinds]
        kinds += ["space"] * MARGIN
        signs += [" "] * MARGIN
        for (at, cell), part in self.signs.items():
            if at == row:
                signs[cell], kinds[cell] = part
        start = 0
        for cell in range(1, len(kinds)):
            if kinds[cell] != kinds[start]:
                yield Part("".join(signs[start:cell]), kinds[start])
                start = cell
        yield Part("".join(signs[start:]), kinds[start])
