"""A few examples with the model's present answer: the image, what it is, what the model says."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tutor.messages import say
from tutor.training.protocol import Board, Sample
from tutor.tui.glyphs import Glyphs
from tutor.tui.grid.sheet import clipped, to_left, to_right
from tutor.tui.lab.words import Line
from tutor.tui.plot.body import Part
from tutor.tui.plot.scale import short
from tutor.tui.wrapping import wrapped

BRAILLE_SHADES, PLAIN_SHADES = " ⠂⠶⡷⣿", " .+*#"
WIDEST, TALLEST = 14, 8
"""Cells of an image; a larger one is drawn with several pixels a cell."""
CAPTION = 14
"""Cells of a sample with its words, at least."""
GAP = 2
WORDS = 3
"""Lines below an image."""
SAID, LEAST_INPUT = 18, 6
"""Cells of a line for what the model says, and for a text that is shown beside it."""

Image = tuple[tuple[float, ...], ...]


def board_lines(
    board: Board | None, first: int, width: int, height: int, glyphs: Glyphs, language: str
) -> list[Line]:
    """Images beside each other where there is room, else a line a sample."""
    if board is None:
        return [(Part(text, "label"),) for text in wrapped(say("view.waits", language), width)]
    first = min(first, len(board.samples) - 1)
    samples = board.samples[first:]
    images = [image for one in samples if (image := image_of(one)) is not None]
    drawn = [drawing(image, glyphs) for image in images]
    tall = max(map(len, drawn), default=0) + WORDS
    if len(drawn) == len(samples) and height > tall and width >= 2 * (CAPTION + GAP):
        lines, count = _blocks(samples, drawn, width, height, glyphs, language)
    else:
        count = min(len(samples), height - 1)
        longest = max(cell_len(input_text(one)) for one in board.samples)
        lines = [_line(one, longest, width, glyphs, language) for one in samples[:count]]
    last, total = first + count, len(board.samples)
    right = sum(one.label == one.answer for one in board.samples)
    words = say("view.samples", language, first=first + 1, last=last, total=total, right=right)
    words += say("view.more-samples", language) if last < total else ""
    return [(Part(clipped(words, width, glyphs.cut), "label"),), *lines]


def image_of(sample: Sample) -> Image | None:
    """The rows of pixels; None for a text or a point."""
    if isinstance(sample.input, str) or not sample.input:
        return None
    rows = tuple(row for row in sample.input if isinstance(row, tuple))
    return rows if len(rows) == len(sample.input) and all(rows) else None


def drawing(image: Image, glyphs: Glyphs) -> list[str]:
    """An image in characters of five shades, from its darkest to its lightest pixel."""
    down = -(-len(image) // TALLEST)
    across = max(-(-len(image[0]) // WIDEST), down // 2)
    cells = [
        [_mean(image, y, x, down, across) for x in range(0, len(image[0]), across)]
        for y in range(0, len(image), down)
    ]
    low, high = min(map(min, cells)), max(map(max, cells))
    shades = BRAILLE_SHADES if glyphs.braille else PLAIN_SHADES
    span, top = high - low or 1.0, len(shades) - 1
    return ["".join(shades[round(top * (cell - low) / span)] for cell in row) for row in cells]


def _mean(image: Image, y: int, x: int, down: int, across: int) -> float:
    values = [value for row in image[y : y + down] for value in row[x : x + across]]
    return sum(values) / len(values)


def _blocks(
    samples: Sequence[Sample], drawn: Sequence[list[str]], width: int, height: int,
    glyphs: Glyphs, language: str,
) -> tuple[list[Line], int]:  # fmt: skip
    """Images in rows, each with its words below it; and how many there was room for."""
    block = max(CAPTION, max(len(image[0]) for image in drawn)) + GAP
    across = max((width + GAP) // block, 1)
    tall = max(map(len, drawn))
    bands = max((height - 1) // (tall + WORDS), 1)
    count = min(len(samples), across * bands)
    lines: list[Line] = []
    for begin in range(0, count, across):
        band = range(begin, min(begin + across, count))
        for y in range(tall):
            rows = [drawn[place][y] if y < len(drawn[place]) else "" for place in band]
            lines.append((Part("".join(to_left(row, block) for row in rows), "figure"),))
        captions = [_caption(samples[place], block - GAP, glyphs, language) for place in band]
        for words in zip(*captions, strict=True):
            lines.append(tuple(Part(to_left(part.text, block), part.kind) for part in words))
    return lines, count


def _caption(one: Sample, width: int, glyphs: Glyphs, language: str) -> list[Part]:
    """What the model says; what it is, if that is something else; what it said before."""
    right, flipped = one.answer == one.label, one.before not in (None, one.answer)
    sign, kind = (glyphs.right, "right") if right else (glyphs.wrong, "wrong")
    said = say("view.says", language, answer=one.answer, share=share_text(one))
    is_so = "" if right else say("view.is", language, label=one.label)
    was = f"{glyphs.changed} {say('view.was', language, before=one.before)}" if flipped else ""
    cut = glyphs.cut
    return [
        Part(clipped(f"{sign} {said}", width, cut), kind),
        Part(clipped(f"  {is_so}", width, cut), "figure"),
        Part(clipped(was, width, cut), "note"),
    ]


def _line(one: Sample, longest: int, width: int, glyphs: Glyphs, language: str) -> Line:
    """A sample on a line: its text or point where there is room for it, and what is said of it."""
    said, is_so, was = _caption(one, width, glyphs, language)
    words = [said]
    if is_so.text.strip():
        words.append(is_so)
    if was.text:
        words.append(Part(f"  {was.text}", was.kind))
    room = min(longest, width - SAID)
    if room >= min(longest, LEAST_INPUT) and longest:
        shown = clipped(input_text(one), room, glyphs.cut)
        words.insert(0, Part(to_left(shown, room + GAP), "figure"))
    return _clipped(words, width, glyphs)


def _clipped(parts: Sequence[Part], width: int, glyphs: Glyphs) -> Line:
    """Parts as far as there is room."""
    found = []
    for part in parts:
        if width > 0:
            found.append(Part(clipped(part.text, width, glyphs.cut), part.kind))
            width -= cell_len(found[-1].text)
    return tuple(found)


def input_text(one: Sample) -> str:
    """A text, or the coordinates of a point; nothing for an image."""
    if isinstance(one.input, str):
        return one.input
    if image_of(one) is not None:
        return ""
    numbers = [short(value) for value in one.input if isinstance(value, float | int)]
    return f"({', '.join(numbers)})"


def share_text(one: Sample) -> str:
    """The probability of the answer in percent, always as wide."""
    return "  -" if one.share is None else to_right(f"{100 * one.share:.0f}", 3)
