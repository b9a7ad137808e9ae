"""How a primitive is written on paper, cell by cell: from which cells, and as what expression.

Every entry says two things of a primitive: the `references` (for each cell of the result the
cells of the operands that it is worked out from) and how these are `composed`. The cells alone
are what a result's sources are; composed and with numbers in their place they are a working.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

MOST_REFERENCES = 2_000_000
"""References of one result; what has more is not taken apart."""


class Kind(Enum):
    """What sort of work a primitive is: decides what stands together on one line."""

    SUM = "terms added up"
    PRODUCT = "factors, powers"
    QUOTIENT = "one number over another"
    FUNCTION = "looked up or keyed in: its result is written down"
    CHOICE = "picked, compared, cut: a maximum, a mask, a floor"
    SIGN = "a sign before something"
    MOVE = "cells that only change places: nothing is worked out"
    COUNT = "counted, not worked out: a size, a one-hot vector"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an operand, by its row-major place."""

    operand: int
    place: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands for itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Own:
    """The result's own number: there is nothing to write in its place."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms; a negative one is wrapped in Minus."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Minus:
    """A sign before a term."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Infix:
    """Two parts with a sign between them: a quotient, a power, a comparison."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Function:
    """A function of arguments."""

    name: str
    arguments: tuple[Expression, ...]


Expression: TypeAlias = Cell | Number | Own | Sum | Product | Minus | Infix | Function


@dataclass(frozen=True, slots=True)
class Applied:
    """A primitive being applied: its function, the shapes that come in and go out, options."""

    compute: Callable[..., Any]
    operands: tuple[tuple[int, ...], ...]
    options: Mapping[str, Any]
    result: tuple[int, ...]


Places: TypeAlias = NDArray[np.intp]
"""A row for each cell of the result: places in an operand, -1 for none."""

Cells: TypeAlias = Sequence[tuple[Expression, ...]]
"""For one cell of the result: the cells that it refers to, operand by operand."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How one primitive is written."""

    kind: Kind
    references: Callable[[Applied], tuple[Places, ...]]
    compose: Callable[[Applied, Cells], Expression]

    @property
    def gathers(self) -> bool:
        """Whether a cell of the result is made of many cells of an operand."""
        return self.references in (_along, _so_far, _rows_and_columns)


# References


def _numbered(shape: tuple[int, ...]) -> Places:
    return np.arange(math.prod(shape), dtype=np.intp).reshape(shape)


def _elementwise(step: Applied) -> tuple[Places, ...]:
    """Each operand's cell of the same place, once aligned from the last axis."""
    return tuple(
        np.broadcast_to(_numbered(shape), step.result).reshape(-1, 1) for shape in step.operands
    )


def _along(step: Applied) -> tuple[Places, ...]:
    """All cells of the axes that vanish, in row-major order."""
    (shape,) = step.operands
    axis = step.options["axis"]
    axes = range(len(shape)) if axis is None else np.atleast_1d(axis)
    gone = sorted({int(one) % max(1, len(shape)) for one in axes})
    kept = [one for one in range(len(shape)) if one not in gone]
    count = math.prod(shape[one] for one in gone)
    moved = np.transpose(_numbered(shape), [*kept, *gone])
    return (moved.reshape(math.prod(step.result), count),)


def _so_far(step: Applied) -> tuple[Places, ...]:
    """All cells up to this one along an axis."""
    (shape,) = step.operands
    axis = step.options["axis"]
    numbered = _numbered(shape)
    lines = numbered.reshape(1, -1) if axis is None else np.moveaxis(numbered, axis, -1)
    length = lines.shape[-1]
    _allow(numbered.size * length)
    reached = np.tril(np.ones((length, length), dtype=np.bool_))
    prefixes = np.where(reached, lines[..., None, :], -1)
    if axis is not None:
        prefixes = np.moveaxis(prefixes, -2, int(axis) % len(shape))
    return (prefixes.reshape(numbered.size, length),)


def _rows_and_columns(step: Applied) -> tuple[Places, ...]:
    """A row of the left and a column of the right operand."""
    first, second = step.operands
    left = _numbered(first if len(first) > 1 else (1, *first))
    right = _numbered(second if len(second) > 1 else (*second, 1))
    batch = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    rows, inner, columns = left.shape[-2], left.shape[-1], right.shape[-1]
    _allow(math.prod(batch) * rows * inner * columns)
    every = (*batch, rows, columns, inner)
    left = np.broadcast_to(left[..., :, None, :], every)
    right = np.broadcast_to(np.swapaxes(right, -1, -2)[..., None, :, :], every)
    return left.reshape(-1, inner), right.reshape(-1, inner)


def _every_pair(step: Applied) -> tuple[Places, ...]:
    """Each cell of the one operand with each of the other."""
    first, second = (_numbered((math.prod(shape),)) for shape in step.operands)
    pairs = (first.size, second.size)
    return (
        np.broadcast_to(first[:, None], pairs).reshape(-1, 1),
        np.broadcast_to(second[None, :], pairs).reshape(-1, 1),
    )


def _origins(step: Applied) -> tuple[Places, ...]:
    """Where each cell comes from: the primitive itself moves the numbers of the places."""
    starts = np.cumsum([1, *(math.prod(shape) for shape in step.operands)])
    numbered = [
        (_numbered(shape) + start).astype(np.float64)
        for shape, start in zip(step.operands, starts, strict=False)
    ]
    options = {**step.options, "value": 0.0} if "value" in step.options else step.options
    moved = np.asarray(step.compute(*numbered, **options)).reshape(-1, 1).astype(np.intp)
    return tuple(
        np.where((moved >= start) & (moved < end), moved - start, -1)
        for start, end in pairwise(starts)
    )


def _whole_row(step: Applied) -> tuple[Places, ...]:
    """The one cell that each row of the result is made from."""
    (shape,) = step.operands
    count = step.result[-1]
    return (np.repeat(_numbered((math.prod(shape),)), count).reshape(-1, 1),)


def _nothing(step: Applied) -> tuple[Places, ...]:
    """No cell of any operand."""
    return tuple(np.empty((math.prod(step.result), 0), dtype=np.intp) for _ in step.operands)


def _allow(references: int) -> None:
    if references > MOST_REFERENCES:
        raise OverflowError("too many references to take apart")


# Compositions


def _parts(composed: Callable[..., Expression]) -> Callable[[Applied, Cells], Expression]:
    """Of operands with one cell each."""
    return lambda step, cells: composed(*(one for (one,) in cells))


def _picked(step: Applied, cells: Cells) -> Expression:
    """The cell that stands here now, or what was put around it."""
    found = [one for operand in cells for one in operand]
    border = Number(f"{float(step.options.get('value', 0.0)):g}")
    return found[0] if found else border


def _products(step: Applied, cells: Cells) -> Expression:
    return _sum(tuple(Product(pair) for pair in zip(*cells, strict=True)))


def _mean(step: Applied, cells: Cells) -> Expression:
    (terms,) = cells
    return Infix("/", Sum(terms), Number(str(len(terms)))) if len(terms) > 1 else terms[0]


def _sum(terms: tuple[Expression, ...]) -> Expression:
    if len(terms) == 1:
        return terms[0]
    return Sum(terms) if terms else Number("0")


def _product(step: Applied, cells: Cells) -> Expression:
    (factors,) = cells
    if len(factors) == 1:
        return factors[0]
    return Product(factors) if factors else Number("1")


def _infix(kind: Kind, sign: str) -> Writing:
    return Writing(kind, _elementwise, _parts(lambda a, b: Infix(sign, a, b)))


# The entries


def function(name: str, kind: Kind = Kind.FUNCTION) -> Writing:
    """A function of each cell: `ln(0.242)`."""
    return Writing(kind, _elementwise, _parts(lambda *parts: Function(name, parts)))


def chosen(name: str) -> Writing:
    """A function of all cells along an axis: `max(1, 3, 2, 4)`."""
    return Writing(Kind.CHOICE, _along, lambda step, cells: Function(name, cells[0]))


def comparison(sign: str) -> Writing:
    """Two numbers compared: `6 == 6`."""
    return _infix(Kind.CHOICE, sign)


exponential = Writing(Kind.FUNCTION, _elementwise, _parts(lambda x: Infix("^", Number("e"), x)))
added = Writing(Kind.SUM, _elementwise, _parts(lambda a, b: Sum((a, b))))
subtracted = Writing(Kind.SUM, _elementwise, _parts(lambda a, b: Sum((a, Minus(b)))))
multiplied = Writing(Kind.PRODUCT, _elementwise, _parts(lambda a, b: Product((a, b))))
divided = _infix(Kind.QUOTIENT, "/")
power = _infix(Kind.PRODUCT, "^")
remainder = _infix(Kind.CHOICE, "%")
negative = Writing(Kind.SIGN, _elementwise, _parts(Minus))
whole_quotient = Writing(
    Kind.CHOICE, _elementwise, _parts(lambda a, b: Function("floor", (Infix("/", a, b),)))
)
weighted_logarithm = Writing(
    Kind.PRODUCT, _elementwise, _parts(lambda x, y: Product((x, Function("ln", (y,)))))
)
matrix_product = Writing(Kind.SUM, _rows_and_columns, _products)
outer = Writing(Kind.PRODUCT, _every_pair, _parts(lambda a, b: Product((a, b))))
total = Writing(Kind.SUM, _along, lambda step, cells: _sum(cells[0]))
running_total = Writing(Kind.SUM, _so_far, lambda step, cells: _sum(cells[0]))
mean = Writing(Kind.SUM, _along, _mean)
product = Writing(Kind.PRODUCT, _along, _product)
moved = Writing(Kind.MOVE, _origins, _picked)
counted = Writing(Kind.COUNT, _nothing, lambda step, cells: Own())
encoded = Writing(Kind.COUNT, _whole_row, lambda step, cells: Own())
