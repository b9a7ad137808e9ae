"""The slips of a formula as trees, worked out once for all numbers of the same shapes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tutor.engine.precision import Array
from tutor.engine.slips.change import Change, Family
from tutor.engine.slips.conventions import conventional
from tutor.engine.slips.habits import habits
from tutor.engine.slips.names import renamed
from tutor.engine.slips.opening import Opened, opened
from tutor.engine.slips.structure import structural
from tutor.engine.tree import Name, Node, walk
from tutor.engine.value import Evaluation

KEPT = 256
"""Plans that are kept; one has some tens of trees that share most of their nodes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A formula opened up, and every change of it with the tree that it makes."""

    tree: Opened
    family: Family
    changes: tuple[tuple[Change, Node], ...]


_kept: OrderedDict[object, Plan] = OrderedDict()


def plan(root: Node, evaluation: Evaluation) -> Plan:
    """The slips of a formula for numbers of these shapes. Raises FormulaError."""
    key = (root, _numbers_that_matter(root, evaluation))
    found = _kept.get(key)
    if found is None or not _is_worked_so(found, root, evaluation):
        tree = opened(root, evaluation)
        family = Family(tree.root)
        found = _kept[key] = Plan(tree, family, tuple(_made(tree, family, evaluation)))
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return found


def _made(tree: Opened, family: Family, evaluation: Evaluation) -> Iterator[tuple[Change, Node]]:
    for change in changes(tree, evaluation):
        try:
            yield change, change.of(family)
        except ValueError:
            # A habit whose one place is an argument of a variant at another.
            continue


def changes(tree: Opened, evaluation: Evaluation) -> Iterator[Change]:
    """The changes of a tree: structure, conventions, names, and habits of the first two."""
    single = [
        *(one for node in walk(tree.root) for one in structural(node, evaluation.value)),
        *conventional(tree, evaluation),
    ]
    yield from single
    yield from habits(single)
    yield from renamed(tree.root, evaluation.names)


def _numbers_that_matter(root: Node, evaluation: Evaluation) -> tuple[object, ...]:
    """What the changes depend on: shapes, single numbers (sizes, indices), and masks.

    Of names that the formula does not use, only the shape: whether they could be taken for one.
    """
    used = {node.name for node in walk(root) if isinstance(node, Name)}
    return tuple(
        (name, value.shape, _felt(value) if name in used else None)
        for name, value in evaluation.names.items()
    )


def _felt(value: Array) -> object:
    return value.tobytes() if value.ndim == 0 else bool(np.isneginf(value).any())


def _is_worked_so(found: Plan, root: Node, evaluation: Evaluation) -> bool:
    """Whether a plan made for other numbers holds: nothing overflows where it did not then."""
    made = np.isfinite(evaluation.value(found.tree.root))
    return bool(np.array_equal(made, np.isfinite(evaluation.value(root))))
