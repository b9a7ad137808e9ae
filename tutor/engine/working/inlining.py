"""What may stand on the line of another result, and what gets a line of its own."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.engine.written import Kind

LONG_SUM = 16
"""Numbers of a sum that still stands beside other terms."""
MOST_MOVED = 100
"""Numbers of a part that is only put into its place."""


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a result, as it would stand on the line of another."""

    kind: Kind
    gathers: bool
    numbers: int
    """How many numbers it is written with."""
    depth: int
    whole: bool
    """Whether all results are whole numbers, so that nothing is rounded by waiting."""
    fresh: bool
    """Whether it is made of given numbers only."""


def is_obvious(part: Part) -> bool:
    """Whether a part may be written again wherever it is used: `2*1`, `-x`."""
    return part.fresh and part.numbers <= (2 if part.whole else 1)


def belongs(part: Part, user: Kind, gathers: bool) -> bool:
    """Whether a part stands on the line of what uses it.

    As on paper: products within a sum, one operation within a function, whole numbers in longer
    chains. A sum over many cells stands beside terms only; what is looked up (an exponential, a
    root) is written down, but for its sign.
    """
    if user is Kind.SIGN:
        return part.numbers <= LONG_SUM
    if user is Kind.COUNT:
        return False
    if user is Kind.MOVE:
        return part.numbers <= MOST_MOVED and part.depth <= 4
    if part.gathers and user is not Kind.SUM:
        return False
    if part.kind is Kind.QUOTIENT and not part.fresh and (gathers or user is not Kind.SUM):
        return False
    if part.gathers and not gathers:
        return True
    limits = LIMITS[part.kind]
    if part.whole and part.kind is not Kind.FUNCTION and not gathers:
        return part.numbers <= max(6, limits[user])
    return part.numbers <= (min(limits[user], 3) if gathers else limits[user])


def _limits(total: int, product: int, function: int, choice: int) -> dict[Kind, int]:
    return {
        Kind.SUM: total,
        Kind.PRODUCT: product,
        Kind.QUOTIENT: product,
        Kind.FUNCTION: function,
        Kind.CHOICE: choice,
    }


LIMITS: dict[Kind, dict[Kind, int]] = {
    Kind.SUM: _limits(LONG_SUM, 3, 2, 2),
    Kind.PRODUCT: _limits(4, 4, 2, 2),
    Kind.QUOTIENT: _limits(4, 4, 2, 2),
    Kind.FUNCTION: _limits(0, 0, 0, 0),
    Kind.CHOICE: _limits(2, 2, 1, 2),
    Kind.MOVE: _limits(1, 1, 1, 1),
    Kind.COUNT: _limits(1, 1, 1, 1),
}
"""How many numbers a part of a kind may have on the line of another kind."""
