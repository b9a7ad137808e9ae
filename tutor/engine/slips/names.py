"""Slips of names: another given or earlier answer of the same shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.engine.precision import Array
from tutor.engine.slips.change import Change
from tutor.engine.tree import Name, Node, walk

WEIGHT = 0.4


def renamed(root: Node, names: Mapping[str, Array]) -> Iterator[Change]:
    """Every name exchanged for every other of its shape."""
    for node in walk(root):
        if isinstance(node, Name):
            for other, values in names.items():
                if other != node.name and values.shape == names[node.name].shape:
                    details = {"name": node.name, "other": other}
                    yield Change("stale-value", node, Name(-1, other), WEIGHT, details)
