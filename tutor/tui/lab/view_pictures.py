"""A matrix of the model as a heatmap: numbers with their signs, on shades that only repeat them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tutor.messages import say
from tutor.training.protocol import Picture
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import clipped, to_left, to_right
from tutor.tui.lab.words import Line
from tutor.tui.plot.body import Part
from tutor.tui.plot.scale import short
from tutor.tui.wrapping import wrapped

LABEL = 6
"""Cells for the name of a row, at most."""
SHADES = 3
LARGEST_DIGIT = 9
Row = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Form:
    """How the cells of a picture are written."""

    width: int
    whole: bool
    """Whether all cells are counts."""
    decimals: int | None
    """None for one digit a cell, as a part of the largest."""
    largest: float

    def text(self, value: float | None) -> str:
        """A cell, always as wide as the others."""
        if value is None:
            return to_right("?", self.width)
        if self.whole:
            return to_right(str(round(value)), self.width)
        if self.decimals is None:
            digit = round(LARGEST_DIGIT * abs(value) / self.largest) if self.largest else 0
            return to_right(f"{_sign(value) if digit else ' '}{digit}", self.width)
        return to_right(f"{value:+.{self.decimals}f}", self.width)

    def shade(self, value: float | None) -> str:
        """The kind of a cell: how large, and on which side of 0."""
        if value is None or not self.largest:
            return "figure"
        strength = math.ceil(SHADES * abs(value) / self.largest - 0.25)
        side = "more" if value > 0 else "less"
        return f"{side}{min(strength, SHADES)}" if strength > 0 else "figure"


def _sign(value: float) -> str:
    return "-" if value < 0 else "+"


def form_of(rows: Sequence[Row], room: int) -> Form:
    """How to write cells so that a row fits into the room, if that can be."""
    cells = [cell for row in rows for cell in row if cell is not None]
    columns = max(map(len, rows), default=0)
    largest = max(map(abs, cells), default=0.0)
    if all(cell >= 0 and cell == int(cell) for cell in cells):
        return Form(len(str(int(largest))) + 1, True, None, largest)
    before = len(str(int(largest)))
    decimals = 2 if 0.05 <= largest < 1000 else 3 if largest >= 0.005 else None
    if decimals is not None:
        width = before + decimals + 3
        if columns * width <= room:
            return Form(width, False, decimals, largest)
    return Form(3 if columns * 3 <= room else 2, False, None, largest)


def picture_lines(
    picture: Picture | None, name: str, names: Sequence[str], width: int, height: int,
    glyphs: Glyphs, language: str,
) -> list[Line]:  # fmt: skip
    """The name of the picture, its cells as far as there is room, and what they mean."""
    place = picture_name(name, language)
    if len(names) > 1:
        number = names.index(name) + 1
        place = say("view.picture-of", language, name=place, number=number, total=len(names))
    head: list[Line] = [(Part(text, "mean"),) for text in wrapped(place, width)]
    if picture is None or picture.name != name or not picture.values:
        waits = wrapped(say("view.waits", language), width)
        return head + [(Part(text, "label"),) for text in waits]
    labels = [clipped(label, LABEL, glyphs.cut) for label in picture.rows]
    margin = max(map(cell_len, labels), default=-1) + 1
    form = form_of(picture.values, width - margin)
    rows, columns = len(picture.values), len(picture.values[0])
    across = min(columns, (width - margin) // form.width)
    notes = say("view.exact", language)
    if form.decimals is None and not form.whole:
        scale = say("view.digits", language, largest=short(form.largest))
        head += [(Part(text, "label"),) for text in wrapped(scale, width)]
    fit = all(cell_len(label) < form.width for label in picture.columns)
    named = fit and len(picture.columns) > 0
    heads = [_column_names(picture.columns[:across], form.width, margin, glyphs)] if named else []
    room = max(height - len(head) - len(heads) - 1, 1)
    # A part of the plane would tell less than all of it more coarsely.
    every = -(-rows // room) if name == "regions" else 1
    values, labels = picture.values[::every], labels[::every]
    down = min(len(values), room)
    if every > 1:
        notes = say("view.every", language, every=every)
    elif down < rows or across < columns:
        notes = say(
            "view.cut", language, rows=down, all_rows=rows, columns=across, all_columns=columns
        )
    body = [
        _row(values[row][:across], labels[row] if row < len(labels) else "", margin, form)
        for row in range(down)
    ]
    return [*head, *heads, *body, (Part(clipped(notes, width, glyphs.cut), "label"),)]


def _column_names(names: Sequence[str], width: int, margin: int, glyphs: Glyphs) -> Line:
    text = "".join(to_right(clipped(name, width, glyphs.cut), width) for name in names)
    return (Part(" " * margin + text, "label"),)


def _row(cells: Row, label: str, margin: int, form: Form) -> Line:
    """Cells of one shade are one stretch."""
    parts = [Part(to_left(label, margin), "label")] if margin else []
    for cell in cells:
        text, kind = form.text(cell), form.shade(cell)
        if parts and parts[-1].kind == kind:
            parts[-1] = Part(parts[-1].text + text, kind)
        else:
            parts.append(Part(text, kind))
    return tuple(parts)


def picture_name(name: str, language: str) -> str:
    """What a picture is called: `weights:hidden 1` is the weights of hidden 1."""
    what, _, which = name.partition(":")
    return say(f"view.of-{what}{'-one' if which else ''}", language, which=which)
