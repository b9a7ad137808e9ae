"""How the last step moved each layer, as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.cells import cell_len

from tutor.messages import say
from tutor.training.protocol import Layers
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import clipped, to_left, to_right
from tutor.tui.lab.words import Line
from tutor.tui.plot.body import Part
from tutor.tui.plot.scale import short
from tutor.tui.wrapping import wrapped

SLOW, LARGE = 1e-4, 0.05
"""Between these an update moves the weights by a healthy part of themselves."""
STILL = 1e-7
DECADES = 6
"""That a bar spans, up to the largest gradient."""
NUMBER, NAME, BAR = 8, 12, 8
"""Cells of the columns."""
DEAD = 0.5
"""Share of dead units of which a layer is ill."""


def layer_lines(
    layers: Layers | None, width: int, height: int, glyphs: Glyphs, language: str
) -> list[Line]:
    """A line a layer: gradient, weights, update by weights, dead units, and a word."""
    if layers is None:
        return [(Part(text, "label"),) for text in wrapped(say("view.waits", language), width)]
    wide = width >= NAME + 3 * NUMBER + BAR + 20
    name = max(6, min(NAME, max(map(cell_len, layers.names)))) if wide else width - 2 * NUMBER - 5
    lines = [_heads(name, wide, width, language)]
    largest = max((norm for norm in layers.gradient_norms if norm is not None), default=0.0)
    for place, each in enumerate(layers.names):
        values = tuple(
            column[place]
            for column in (
                layers.gradient_norms, layers.weight_norms, layers.update_ratios, layers.dead
            )
        )  # fmt: skip
        title = Part(to_left(clipped(each, name, glyphs.cut), name), "label")
        lines.append((title, *_row(values, largest, wide, glyphs, language)))
    note = wrapped(say("view.healthy", language, low=f"{SLOW:g}", high=f"{LARGE:g}"), width)
    if len(lines) > height:
        hidden = len(lines) - max(height - 1, 1)
        lines = lines[: height - 1]
        return [*lines, (Part(say("view.more-layers", language, count=hidden), "label"),)]
    if len(lines) + len(note) > height:
        # The words beside the numbers say it too.
        return lines
    return [*lines, *((Part(text, "label"),) for text in note)]


def _heads(name: int, wide: bool, width: int, language: str) -> Line:
    words = ["gradient", "weights", "update", "dead"] if wide else ["gradient", "update", "dead"]
    text = to_left(say("view.layer", language), name)
    for word in words:
        column = 5 if word == "dead" else NUMBER
        text += to_right(say(f"view.{word}", language), column)
        text += " " * (BAR + 1) if wide and word == "gradient" else ""
    return (Part(clipped(text, width, " "), "mean"),)


def _row(
    values: Sequence[float | None], largest: float, wide: bool, glyphs: Glyphs, language: str
) -> list[Part]:
    gradient, weight, ratio, dead = values
    parts = [Part(_number(gradient), "figure")]
    if wide:
        parts.append(Part(f" {glyphs.bar(_part(gradient, largest), BAR)}", "mean"))
        parts.append(Part(_number(weight), "figure"))
    parts.append(Part(_number(ratio), "figure"))
    share = "-" if dead is None else f"{round(100 * dead)}%"
    parts.append(Part(to_right(share, 5), "figure"))
    word, kind = _word(ratio, dead)
    if wide and word:
        parts.append(Part(f"  {say(f'view.{word}', language)}", kind))
    elif not wide and kind == "wrong":
        parts[-1] = Part(parts[-1].text, kind)
    return parts


def _word(ratio: float | None, dead: float | None) -> tuple[str, str]:
    """How a layer does."""
    if dead is not None and dead >= DEAD:
        return "word-dead", "wrong"
    if ratio is None:
        return "", "label"
    if ratio < STILL:
        return "word-still", "wrong"
    if ratio < SLOW:
        return "word-slow", "wrong"
    return ("word-large", "wrong") if ratio > LARGE else ("word-healthy", "right")


def _number(value: float | None) -> str:
    return to_right("-" if value is None else short(value, 2), NUMBER)


def _part(value: float | None, largest: float) -> float:
    """How long a bar is: a sixth of it is a power of ten."""
    if not value or not largest:
        return 0.0
    return min(max(1 + math.log10(value / largest) / DECADES, 0.0), 1.0)
