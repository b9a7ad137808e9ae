"""Slips of names: another given or earlier answer of the same shape, or two that changed places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from tutor.engine.precision import Array
from tutor.engine.slips.change import Change
from tutor.engine.tree import Name, Node, walk

WEIGHT = 0.4


SWAPPED = 0.5


def renamed(root: Node, names: Mapping[str, Array]) -> Iterator[Change]:
    """Every name exchanged for every other of its shape, and every two for each other."""
    nodes = [node for node in walk(root) if isinstance(node, Name)]
    for node in nodes:
        for other, values in names.items():
            if other != node.name and values.shape == names[node.name].shape:
                details = {"name": node.name, "other": other}
                yield Change("stale-value", node, Name(-1, other), WEIGHT, details)
    for one, other in combinations(sorted({node.name for node in nodes}), 2):
        if names[one].shape == names[other].shape:
            weight = SWAPPED if names[one].ndim else WEIGHT
            yield _swapped(one, other, nodes, weight)


def _swapped(one: str, other: str, nodes: list[Name], weight: float) -> Change:
    """Two names for each other wherever they stand: y ln p for p ln y, x and h at their weights."""
    partner = {one: other, other: one}
    first, *rest = [(node, Name(-1, partner[node.name])) for node in nodes if node.name in partner]
    details = {"name": one, "other": other}
    return Change("swapped-operands", *first, weight, details, also=tuple(rest), telling=False)
