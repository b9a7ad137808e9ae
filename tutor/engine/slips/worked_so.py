"""The formula as somebody works it who makes a slip: its working is read like any other."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.engine.formula import Formula
from tutor.engine.slips.change import apply, exchanged
from tutor.engine.slips.opening import Opened
from tutor.engine.tree import Apply, Name, Node, walk
from tutor.engine.value import Evaluation
from tutor.engine.working.order import names_of


def worked_so(
    formula: Formula, tree: Opened, places: Mapping[Node, Node], evaluation: Evaluation
) -> Formula:
    """A formula, opened up as `tree`, with parts exchanged; its other parts keep their names."""
    names = names_of(formula, tree, evaluation)
    # The parts that have names are exchanged with the whole, so that they stay parts of it.
    together = exchanged(apply("stack", tree.root, *names), places)
    assert isinstance(together, Apply)
    root, *parts = together.operands
    lines = tuple((name, part) for name, part in zip(names.values(), parts, strict=True))
    uses = frozenset(node.name for node in walk(root) if isinstance(node, Name))
    return Formula("", root, lines, uses)
