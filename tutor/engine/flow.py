"""Which cells of its operands a primitive takes to make some cells of its result.

Every rule gives a mask for each operand: True where a cell flows into one that is `needed`. What is
compared flows too: all cells of a window into its maximum, although only one of them is kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tutor.engine.precision import Array

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Use:
    """One primitive in use: its function, operands and options, and the cells that are needed.

    `shut` says of each operand which cells are 0 because a mask of -inf forbids them: what is
    multiplied by them does not flow on.
    """

    compute: Callable[..., Array]
    operands: tuple[Array, ...]
    options: Mapping[str, Any]
    needed: Mask
    shut: tuple[Mask, ...]


Rule = Callable[[Use], Sequence[Mask]]


def shrunk(mask: Mask, shape: tuple[int, ...]) -> Mask:
    """A mask of a broadcast result, for an operand of this shape."""
    if mask.shape == shape:
        return mask
    kept = np.asarray(mask.any(axis=tuple(range(mask.ndim - len(shape)))))
    stretched = tuple(at for at, size in enumerate(shape) if size == 1)
    return np.asarray(kept.any(axis=stretched, keepdims=True))


def cell_by_cell(use: Use) -> Sequence[Mask]:
    """Each cell of the result comes from the cells at its place."""
    return [shrunk(use.needed, operand.shape) for operand in use.operands]


def nothing(use: Use) -> Sequence[Mask]:
    """A size or a shape does not depend on what the cells hold."""
    return [np.zeros(operand.shape, dtype=np.bool_) for operand in use.operands]


def added(use: Use) -> Sequence[Mask]:
    """Cell by cell, but what is added to an infinity is lost: a forbidden score does not flow."""
    a, b = use.operands
    shape = use.needed.shape
    return [
        shrunk(use.needed & np.broadcast_to(~np.isinf(other) | np.isinf(one), shape), one.shape)
        for one, other in ((a, b), (b, a))
    ]


def multiplied(use: Use) -> Sequence[Mask]:
    """Cell by cell, but for what meets a 0 that stands for `forbidden`."""
    a, b = use.operands
    shape = use.needed.shape
    return [
        shrunk(use.needed & ~np.broadcast_to(shut, shape), one.shape)
        for one, shut in ((a, use.shut[1]), (b, use.shut[0]))
    ]


def branch(use: Use) -> Sequence[Mask]:
    """The mask, and of the two branches the one that is taken."""
    mask, a, b = use.operands
    taken = np.broadcast_to(mask != 0, use.needed.shape)
    return [
        shrunk(use.needed, mask.shape),
        shrunk(use.needed & taken, a.shape),
        shrunk(use.needed & ~taken, b.shape),
    ]


def along(use: Use) -> Sequence[Mask]:
    """All cells along the axes that vanish: what is summed, multiplied or compared."""
    (x,) = use.operands
    axis = use.options.get("axis")
    axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    needed = use.needed if use.options.get("keepdims") else np.expand_dims(use.needed, axes)
    return [np.broadcast_to(needed, x.shape)]


def so_far(use: Use) -> Sequence[Mask]:
    """The cells up to each one that is needed."""
    (x,) = use.operands
    axis = use.options.get("axis")
    ahead = np.flip(use.needed, axis=-1 if axis is None else axis)
    reached = np.logical_or.accumulate(ahead, axis=-1 if axis is None else axis)
    return [np.flip(reached, axis=-1 if axis is None else axis).reshape(x.shape)]


def row_by_column(use: Use) -> Sequence[Mask]:
    """The row and the column, without the places that a mask forbids."""
    a, b = use.operands
    rows, columns = a.reshape(1, -1) if a.ndim == 1 else a, b.reshape(-1, 1) if b.ndim == 1 else b
    needed = use.needed
    needed = np.expand_dims(needed, -1) if b.ndim == 1 else needed
    needed = np.expand_dims(needed, -2) if a.ndim == 1 else needed
    open_a = ~use.shut[0].reshape(rows.shape)
    open_b = ~use.shut[1].reshape(columns.shape)
    of_a = needed @ np.swapaxes(open_b, -1, -2)
    of_b = np.swapaxes(open_a, -1, -2) @ needed
    return [
        shrunk(of_a, rows.shape).reshape(a.shape),
        shrunk(of_b, columns.shape).reshape(b.shape),
    ]


def pairs(use: Use) -> Sequence[Mask]:
    """The two cells of each pair."""
    a, b = use.operands
    rows, columns = np.asarray(use.needed.any(axis=1)), np.asarray(use.needed.any(axis=0))
    return [rows.reshape(a.shape), columns.reshape(b.shape)]


def to_row(use: Use) -> Sequence[Mask]:
    """The cell that a whole row stands for."""
    return [np.asarray(use.needed.any(axis=-1))]


def moved(use: Use) -> Sequence[Mask]:
    """The cells that the needed ones are: found by moving numbered cells instead of their values.

    What the primitive adds itself (padding, zeros beside a diagonal) has the number 0.
    """
    options = {name: 0 if name == "value" else option for name, option in use.options.items()}
    numbered, count = [], 0
    for operand in use.operands:
        numbered.append(np.arange(count + 1, count + operand.size + 1).reshape(operand.shape))
        count += operand.size
    found = np.zeros(count + 1, dtype=np.bool_)
    found[np.asarray(use.compute(*numbered, **options))[use.needed]] = True
    return [found[numbers] for numbers in numbered]


def picking(x: Array, slots: Mapping[str, Any], needed: Mask) -> dict[str, Mask]:
    """The cells of index arrays that pick the needed cells of `x[slots]`, by slot.

    The index arrays are exchanged for the numbers of their cells, one after the other, so that
    NumPy itself says which cell of the result each one makes.
    """
    arrays = {name: slot for name, slot in slots.items() if isinstance(slot, np.ndarray)}
    shape = np.broadcast_shapes(*(slot.shape for slot in arrays.values()))
    count = math.prod(shape)
    axes = _axes(x.ndim, slots)
    found = {}
    for name, slot in arrays.items():
        sizes = list(x.shape)
        for other in arrays:
            sizes[axes[other]] = count if other == name else 1
        along_slot = np.arange(count).reshape([-1] + [1] * (x.ndim - 1 - axes[name]))
        first = np.zeros(shape, dtype=np.int_)
        numbers = np.arange(count).reshape(shape)
        picked = tuple(
            (numbers if other == name else first) if other in arrays else option
            for other, option in slots.items()
        )
        used = np.zeros(count, dtype=np.bool_)
        used[np.broadcast_to(along_slot, sizes)[picked][needed]] = True
        found[name] = shrunk(used.reshape(shape), slot.shape)
    return found


def _axes(rank: int, slots: Mapping[str, Any]) -> dict[str, int]:
    """The axis that each slot of an index is for; None makes a new axis and is for none."""
    real = [name for name, slot in slots.items() if slot is not None and slot is not ...]
    axes, at = {}, 0
    for name, slot in slots.items():
        if slot is ...:
            at += rank - len(real)
        elif slot is not None:
            axes[name] = at
            at += 1
    return axes
