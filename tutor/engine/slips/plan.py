"""The slips of a formula as trees, worked out once for all numbers of the same shapes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.slips.change import Change, Family
from tutor.engine.slips.conventions import conventional
from tutor.engine.slips.habits import habits
from tutor.engine.slips.names import renamed
from tutor.engine.slips.opening import Opened, opened
from tutor.engine.slips.structure import structural
from tutor.engine.tree import Constant, Name, Node, walk
from tutor.engine.value import Evaluation

KEPT = 256
"""Plans that are kept; one has some tens of trees that share most of their nodes."""


@dataclass(frozen=True, eq=False)
class Changed:
    """A change of a tree, with the tree that it makes."""

    change: Change
    family: Family

    @cached_property
    def root(self) -> Node:
        """The tree with the slip in it. Raises ValueError where it cannot be made everywhere."""
        return self.change.of(self.family)

    def gives(self, evaluation: Evaluation) -> Array:
        """What it gives where the tree is worked out already. Raises FormulaError."""
        node = self.change.node
        if not self._is_in_one_place:
            return evaluation.value_through(self.family.new_in(self.root), self.root)
        value = evaluation.value_through(self.new[node], self.change.instead)
        return evaluation.value_with(node, value, self.family.above(node), self.family.root)

    @cached_property
    def new(self) -> Mapping[Node, tuple[Node, ...]]:
        """For each node that is exchanged what the tree has not, in the order of working."""
        exchanged = ((self.change.node, self.change.instead), *self.change.also)
        return {node: self.family.new_in(instead) for node, instead in exchanged}

    @property
    def _is_in_one_place(self) -> bool:
        """Whether all else of the tree stays; a constant may steer, and has no value then."""
        return not self.change.also and not isinstance(self.change.node, Constant)


@dataclass(frozen=True, slots=True)
class Plan:
    """A formula opened up, and every change of it with the tree that it makes."""

    tree: Opened
    family: Family
    changes: tuple[Changed, ...]

    def gives(
        self, evaluation: Evaluation, wanted: Callable[[Change], bool] = lambda change: True
    ) -> Iterator[tuple[Changed, Array]]:
        """What the changes give that give anything; the evaluation is left as it was."""
        evaluation.value(self.tree.root)
        for one in self.changes:
            if wanted(one.change):
                gives = _tried(one, evaluation)
                if gives is not None:
                    yield one, gives


def _tried(one: Changed, evaluation: Evaluation) -> Array | None:
    """The value of a changed tree; what was worked out for it alone is not kept."""
    before = len(evaluation.known)
    # Each change has the work of a whole formula, though most of it is done already.
    evaluation.work = 0
    try:
        return one.gives(evaluation)
    except FormulaError:
        return None
    finally:
        while len(evaluation.known) > before:
            evaluation.known.popitem()


_kept: OrderedDict[object, Plan] = OrderedDict()


def plan(root: Node, evaluation: Evaluation, right: Array | None = None) -> Plan:
    """The slips of a formula for numbers of these shapes; `right` is its value, if it is known.

    Raises FormulaError.
    """
    key = (root, _numbers_that_matter(root, evaluation))
    found = _kept.get(key)
    if found is None or not _is_worked_so(found, root, evaluation, right):
        tree = opened(root, evaluation)
        family = Family(tree.root)
        found = _kept[key] = Plan(tree, family, tuple(_made(tree, family, evaluation)))
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return found


def _made(tree: Opened, family: Family, evaluation: Evaluation) -> Iterator[Changed]:
    for change in changes(tree, evaluation):
        changed = Changed(change, family)
        try:
            if change.also:
                _ = changed.root
        except ValueError:
            # A habit whose one place is an argument of a variant at another.
            continue
        yield changed


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


def _is_worked_so(found: Plan, root: Node, evaluation: Evaluation, right: Array | None) -> bool:
    """Whether a plan made for other numbers holds: nothing overflows where it did not then."""
    made = np.isfinite(evaluation.value(found.tree.root))
    right = evaluation.value(root) if right is None else right
    return bool(np.array_equal(made, np.isfinite(right)))
