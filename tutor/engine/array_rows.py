"""Rows put together: numbers to rows, rows to matrices, matrices to blocks, all of one shape."""

from collections.abc import Sequence
from typing import NamedTuple

from tutor.engine.typed import Cell, Unreadable


class Part(NamedTuple):
    """A part of an array as read: its shape, its cells row by row, where it begins."""

    shape: tuple[int, ...]
    cells: list[Cell]
    at: int


class Line(NamedTuple):
    """A row that stands on a line of its own."""

    row: Part
    bracketed: bool
    gap: bool
    """Whether an empty line stands before it."""


def stack(parts: Sequence[Part], at: int) -> Part:
    """The parts as rows of one array; they must have one shape."""
    if not parts:
        raise Unreadable("answer.empty-list", at)
    first = parts[0]
    for number, part in enumerate(parts, 1):
        if len(part.shape) != len(first.shape):
            raise Unreadable("answer.mixed-depth", part.at)
        if part.shape != first.shape:
            raise _ragged(number, part, first)
    cells = [cell for part in parts for cell in part.cells]
    return Part((len(parts), *first.shape), cells, at)


def stack_lines(lines: Sequence[Line]) -> Part:
    """The lines as rows; empty lines between them divide blocks of rows, as channels.

    Between rows in brackets an empty line means nothing. Where it would leave one row to each
    block, the lines may as well be typed with double spacing: that is asked about.
    """
    at = lines[0].row.at
    gaps = [line for line in lines[1:] if line.gap]
    if not gaps or all(line.bracketed for line in lines):
        return stack([line.row for line in lines], at)
    blocks: list[list[Part]] = [[]]
    for line in lines:
        if line.gap and blocks[-1]:
            blocks.append([])
        blocks[-1].append(line.row)
    if all(len(block) == 1 for block in blocks):
        raise Unreadable("answer.empty-line", gaps[0].row.at)
    return stack([stack(block, block[0].at) for block in blocks], at)


def shape_text(shape: Sequence[int]) -> str:
    """A shape as it is said: `2 x 3`."""
    return " x ".join(map(str, shape))


def _ragged(number: int, part: Part, first: Part) -> Unreadable:
    """The problem of a row that has not as many numbers as the first, or of such a block."""
    if len(part.shape) == 1:
        count, expected = part.shape[0], first.shape[0]
        return Unreadable("answer.ragged-rows", part.at, row=number, count=count, expected=expected)
    return Unreadable(
        "answer.ragged-blocks",
        part.at,
        block=number,
        shape=shape_text(part.shape),
        expected=shape_text(first.shape),
    )
