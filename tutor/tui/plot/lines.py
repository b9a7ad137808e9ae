"""A plot as lines of text: the line of the means over the raw band, with axes and last values."""

from collections.abc import Sequence

from rich.cells import cell_len

from tutor.messages import say
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import clipped, to_left, to_right
from tutor.tui.plot.body import AXIS, LINES, MARGIN, Body, Part, grain_of
from tutor.tui.plot.curves import Curve, PlotData, curve, lowest, vertical
from tutor.tui.plot.scale import Scale, count_text, short, ticks

HEAD = FOOT = 1
SAMPLES = {
    "mean": ("⠤⠤⠤", "***"), "second": ("⠤ ⠤", "o o"), "third": ("⠄⠄⠄", "xxx"),
    "fourth": ("⠤⠤⠤ ⠤", "+++ +"),
}  # fmt: skip
"""A piece of each line, in braille and in plain characters."""


def dots_across(width: int, glyphs: Glyphs) -> int:
    """How many columns of dots a plot of a width draws."""
    return max(width - AXIS - MARGIN, 1) * grain_of(glyphs).across


def plot_lines(
    data: PlotData, width: int, height: int, glyphs: Glyphs, language: str
) -> list[list[Part]]:
    """The lines of a plot, exactly as wide and as many as asked."""
    across, rows = width - AXIS - MARGIN, height - HEAD - FOOT
    curves = [curve(series, dots_across(width, glyphs)) for series in data.series]
    scale = vertical(curves, data)
    if across < 4 or rows < 1 or scale is None:
        return empty(data, width, height, glyphs, language)
    body = Body(data, curves, scale, across, rows, glyphs)
    return [
        heading(data, curves, scale, width, glyphs, language),
        *body.lines(),
        foot(data, across, width, glyphs),
    ]


def empty(
    data: PlotData, width: int, height: int, glyphs: Glyphs, language: str
) -> list[list[Part]]:
    """A plot of nothing, or without room, in words."""
    words = clipped(say("grid.plot-empty", language), width, glyphs.cut)
    left = (width - cell_len(words)) // 2
    lines = [[Part(" " * width, "space")] for _ in range(height)]
    if height > 1:
        lines[0] = [Part(to_left(clipped(data.title, width, glyphs.cut), width), "title")]
    lines[height // 2] = [Part(to_left(" " * left + words, width), "axis")]
    return lines


def heading(
    data: PlotData,
    curves: Sequence[Curve],
    scale: Scale,
    width: int,
    glyphs: Glyphs,
    language: str,
) -> list[Part]:
    """The title, the names of the curves with their last values, the minimum, and the scale."""
    parts = [Part(data.title, "title")] if data.title else []
    if data.log:
        key, kind = ("plot-log", "axis") if scale.log else ("plot-not-log", "note")
        parts.append(Part(say(f"grid.{key}", language), kind))
    parts += named(curves, glyphs, width - sum(cell_len(part.text) + 2 for part in parts))
    if curves and curves[0].points:
        place, value = lowest(curves[0])
        step = data.x_first + (data.x_last - data.x_first) * place / max(
            len(curves[0].bands) - 1, 1
        )
        words = say("grid.plot-minimum", language, value=short(value), step=count_text(round(step)))
        parts.append(Part(words, "axis"))
    parts += [Part(f"{name} {short(level)}", "level") for name, level in data.levels]
    line, room = [], width
    for part in parts:
        if cell_len(part.text) <= room or part is parts[0]:
            text = clipped(part.text, room, glyphs.cut)
            line += [Part(text, part.kind), Part("  "[: room - cell_len(text)], "space")]
            room -= cell_len(text) + 2
    return [*line, Part(" " * max(room, 0), "space")]


def named(curves: Sequence[Curve], glyphs: Glyphs, room: int) -> list[Part]:
    """The name of each curve behind a piece of it, with its last value where all have room."""
    parts: list[Part] = []
    for valued in (True, False):
        parts.clear()
        for kind, one in zip(LINES, curves, strict=False):
            if one.points:
                last = one.points[-1][1] if one.series.last is None else one.series.last
                sample = SAMPLES[kind][not glyphs.braille]
                value = f" {short(last)}" if valued or len(curves) < 3 else ""
                parts.append(Part(f"{sample} {one.series.name}{value}", kind))
        if sum(cell_len(part.text) + 2 for part in parts) - 2 <= room:
            break
    return parts


def foot(data: PlotData, across: int, width: int, glyphs: Glyphs) -> list[Part]:
    """The numbers below the plot, each after a sign at its place."""
    text = " " * AXIS
    if data.x_last > data.x_first:
        scale = Scale(data.x_first, data.x_last)
        for value, _ in ticks(scale, max(across // 10, 2)):
            place = AXIS + scale.dot(value, across)
            label = glyphs.tick + count_text(value)
            if place + cell_len(label) > width:
                label = count_text(value) + glyphs.tick
                place -= cell_len(label) - 1
            if value == round(value) and place >= cell_len(text):
                text = to_left(text, place) + label + " "
    else:
        text += glyphs.tick + count_text(data.x_first)
    if data.x_name and cell_len(text) + 1 + cell_len(data.x_name) <= width:
        text = text + to_right(data.x_name, width - cell_len(text))
    return [Part(to_left(text.rstrip(), width), "axis")]
