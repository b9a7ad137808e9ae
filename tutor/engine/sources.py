"""The reading of where a cell comes from: the given cells that flow into one cell of the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from tutor.engine import flow
from tutor.engine.flow import Mask, Use
from tutor.engine.formula import Formula
from tutor.engine.precision import Array
from tutor.engine.primitives import TABLE
from tutor.engine.tree import Apply, Call, Constant, Name, Node, Slice, children, resolve, walk
from tutor.engine.value import Evaluation


def sources(
    formula: Formula, names: Mapping[str, Array], cell: int
) -> Mapping[str, tuple[int, ...]]:
    """The cells (row-major) of every name that flow into one cell (row-major) of the answer.

    A factor of 0 flows, and so do all cells of which a maximum is taken; what a mask of -inf
    forbids does not. Names of which nothing flows are left out. Raises FormulaError, and
    IndexError for a cell that the answer does not have.
    """
    return _Reading(names).sources(formula.root, cell)


class _Reading:
    def __init__(self, names: Mapping[str, Array]) -> None:
        self.names = names
        self.evaluation = Evaluation(names)
        self.needed: dict[Node, Mask] = {}
        self.shut: dict[Node, Mask] = {}
        self.masked = False

    def sources(self, root: Node, cell: int) -> dict[str, tuple[int, ...]]:
        asked = np.zeros(self.evaluation.value(root).shape, dtype=np.bool_)
        asked.reshape(-1)[cell] = True
        self.masked = any(np.isneginf(value).any() for value in self.evaluation.known.values())
        self.needed[root] = asked
        found: dict[str, Mask] = {}
        for node in reversed(walk(root, self._parts)):
            needed = self.needed.get(node)
            if needed is None or not needed.any():
                continue
            if isinstance(node, Name):
                found[node.name] = found.get(node.name, False) | needed
            else:
                self._hand_on(node, needed)
        order = [name for name in self.names if name in found]
        return {name: tuple(np.flatnonzero(found[name]).tolist()) for name in order}

    def _parts(self, node: Node) -> tuple[Node, ...]:
        """What a node is made of; a call is made of the formula by which it is computed."""
        if isinstance(node, Call):
            return (self.evaluation.bodies(node)[-1].root,)
        return children(node)

    def _hand_on(self, node: Node, needed: Mask) -> None:
        match node:
            case Call():
                self._add(self.evaluation.bodies(node)[-1].root, needed)
            case Slice():
                for end in children(node):
                    self._add(end, np.ones((), dtype=np.bool_))
            case Apply(operands=operands):
                entry = TABLE[node.primitive]
                options = self.evaluation.options(node)
                values = tuple(self.evaluation.value(operand) for operand in operands)
                shut = tuple(self._shut(operand) for operand in operands)
                masks = entry.flow(Use(entry.compute, values, options, needed, shut))
                for operand, mask in zip(operands, masks, strict=True):
                    self._add(operand, mask)
                self._hand_to_options(node, options, needed)

    def _hand_to_options(self, node: Apply, options: Mapping[str, object], needed: Mask) -> None:
        """An index array by its cells; a size, an axis or an end of a slice as a whole."""
        picking = {}
        if any(isinstance(option, np.ndarray) for option in options.values()):
            picking = flow.picking(self.evaluation.value(node.operands[0]), options, needed)
        for name, option in node.options:
            if name in picking:
                self._add(option, picking[name])
            elif isinstance(option, Slice):
                self._add(option, np.ones((), dtype=np.bool_))
            elif not isinstance(option, Constant):
                self._add(option, np.ones(self.evaluation.value(option).shape, dtype=np.bool_))

    def _add(self, node: Node, mask: Mask) -> None:
        before = self.needed.get(node)
        self.needed[node] = mask if before is None else before | mask

    def _shut(self, node: Node) -> Mask:
        """The cells of a node that are 0 because e to the -inf of a mask is."""
        if not self.masked:
            return np.zeros(self.evaluation.value(node).shape, dtype=np.bool_)
        return resolve(node, self.shut, self._operands, self._is_shut)

    def _operands(self, node: Node) -> Iterator[Node]:
        match node:
            case Apply(operands=operands):
                yield from operands
            case Call():
                yield from self._parts(node)

    def _is_shut(self, node: Node) -> Mask:
        if isinstance(node, Call):
            return self.shut[self._parts(node)[0]]
        shape = self.evaluation.value(node).shape
        if isinstance(node, Apply):
            values = [self.evaluation.value(operand) for operand in node.operands]
            shut = [self.shut[operand] for operand in node.operands]
            if node.primitive == "exp":
                return np.isneginf(values[0])
            if node.primitive == "divide":
                return np.broadcast_to(shut[0], shape)
            if node.primitive == "multiply":
                return np.broadcast_to(shut[0] | shut[1], shape)
            if TABLE[node.primitive].flow is flow.moved:
                return self._moved(node, [one.astype(np.float64) for one in shut])
        return np.zeros(shape, dtype=np.bool_)

    def _moved(self, node: Apply, shut: list[Array]) -> Mask:
        options = self.evaluation.options(node)
        options = {name: 0 if name == "value" else option for name, option in options.items()}
        compute: Callable[..., Array] = TABLE[node.primitive].compute
        return np.asarray(compute(*shut, **options), dtype=np.bool_)
