"""Slips of names: another given or earlier answer of the same shape, or two that changed places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from tutor.engine.precision import Array
from tutor.engine.slips.change import Change, with_children
from tutor.engine.tree import Apply, Name, Node, walk

WEIGHT = 0.4


SWAPPED = 0.5
SWAPPED_NUMBERS = 0.3
"""Two arrays, or two numbers, that changed places."""


def renamed(root: Node, names: Mapping[str, Array]) -> Iterator[Change]:
    """Every name exchanged for every other of its shape, and every two for each other."""
    nodes = [node for node in walk(root) if isinstance(node, Name)]
    users = _users(root)
    for node in nodes:
        for other, values in names.items():
            if other != node.name and values.shape == names[node.name].shape:
                details = {"name": node.name, "other": other}
                yield Change("stale-value", node, Name(-1, other), WEIGHT, details)
                # Written twice, it is read twice: the other may be taken in one place only.
                for user in users[node] if len(users[node]) > 1 else ():
                    instead = with_children(user, {node: Name(-1, other)})
                    yield Change("stale-value", user, instead, WEIGHT, details, telling=False)
    for one, other in combinations(sorted({node.name for node in nodes}), 2):
        if names[one].shape == names[other].shape:
            weight = SWAPPED if names[one].ndim else SWAPPED_NUMBERS
            yield _swapped(one, other, nodes, weight)


def _users(root: Node) -> dict[Node, list[Apply]]:
    """Where each name is used."""
    found: dict[Node, list[Apply]] = {}
    for node in walk(root):
        if isinstance(node, Name):
            found[node] = []
        elif isinstance(node, Apply):
            for part in {*node.operands}:
                if isinstance(part, Name):
                    found[part].append(node)
    return found


def _swapped(one: str, other: str, nodes: list[Name], weight: float) -> Change:
    """Two names for each other wherever they stand: y ln p for p ln y, x and h at their weights."""
    partner = {one: other, other: one}
    first, *rest = [(node, Name(-1, partner[node.name])) for node in nodes if node.name in partner]
    details = {"name": one, "other": other}
    return Change("swapped-operands", *first, weight, details, also=tuple(rest), telling=False)
