"""The formula language: text -> tree. A whitelisted part of Python's expressions, never executed.

Python's own parser reads the text (`syntax`); `reader` takes what the language has and refuses
the rest, with the column where it stands and what to write instead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tutor.engine.reader import Reader
from tutor.engine.syntax import FormulaError
from tutor.engine.tree import Name, Node, walk

__all__ = ["Formula", "FormulaError", "parse"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, its tree, and the names that it needs from outside.

    `lines` are the names that the formula gives to its own parts, with their nodes.
    """

    text: str
    root: Node
    lines: tuple[tuple[str, Node], ...]
    uses: frozenset[str]


def parse(
    text: str, names: Collection[str] = (), parts: Mapping[str, Node] | None = None
) -> Formula:
    """Read a formula over the given names; raises FormulaError.

    `parts` are names that stand for trees: another formula is put in where they are used.
    """
    reader = Reader(text, {name: Name(0, name) for name in names} | dict(parts or {}))
    root = reader.read()
    uses = frozenset(node.name for node in walk(root) if isinstance(node, Name))
    return Formula(text, root, tuple(reader.lines), uses)
