"""Slips that need the numbers on the way: a result cut too early, one product of a sum off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array, Precision
from tutor.engine.slips.change import Family
from tutor.engine.tree import Apply, Node
from tutor.engine.value import Evaluation

Override = tuple[Node, str, Array, Array, float, Mapping[str, str]]
"""A node, the slip made there, what the answer becomes, its slack, the weight, and details."""

MOST_PRODUCTS = 30
"""Products of one sum; in longer sums nobody can tell which was off."""

PRODUCT_SLIPS = ((-1.0, 0.5, "left-out"), (1.0, 0.2, "twice"), (-2.0, 0.4, "sign"))
"""What is added of a product that is off, how likely that is, and what it is called."""


def with_value(tree: Family, node: Node, value: Array, evaluation: Evaluation) -> Array | None:
    """The value of a tree when one of its nodes has another value."""
    evaluation.work = 0
    try:
        return evaluation.value_with(node, value, tree.above(node), tree.root)
    except FormulaError:
        return None


def cut_early(tree: Family, evaluation: Evaluation, precision: Precision) -> Iterator[Override]:
    """Each intermediate result rounded to fewer places than asked, one at a time and all."""
    asked = precision.decimals if precision.decimals is not None else precision.figures
    assert asked is not None
    for fewer in range(asked - 1, max(asked - 4, 0), -1):
        coarse = (
            Precision(decimals=fewer)
            if precision.decimals is not None
            else Precision(figures=fewer)
        )
        for node in tree.order:
            if node is tree.root or not isinstance(node, Apply):
                continue
            value = evaluation.value(node)
            rounded = coarse.round(value)
            if not np.isfinite(value).all() or np.array_equal(rounded, value):
                continue
            gives = with_value(tree, node, rounded, evaluation)
            if gives is not None:
                unit = "decimals" if precision.decimals is not None else "figures"
                details = {"unit": unit, "count": str(fewer)}
                yield node, "rounded-early", gives, np.zeros_like(gives), 0.3, details


def one_product(tree: Family, evaluation: Evaluation, radius: Array) -> Iterator[Override]:
    """In a sum of products: one left out, counted twice, or with its sign lost."""
    for node in tree.order:
        products = _products(node, evaluation)
        if products is None or products.shape[-1] > MOST_PRODUCTS or products.shape[-1] < 2:
            continue
        value = evaluation.value(node)
        for place in range(products.shape[-1]):
            for factor, weight, how in PRODUCT_SLIPS:
                changed = value + factor * products[..., place].reshape(value.shape)
                gives = with_value(tree, node, changed, evaluation)
                if gives is not None and gives.shape == radius.shape:
                    share = weight / products.shape[-1]
                    details = {"how": how, "number": str(place + 1)}
                    yield node, "one-product", gives, radius, share, details


def _products(node: Node, evaluation: Evaluation) -> Array | None:
    """The terms of each cell of a sum of products on a last axis, or None for another node."""
    if not isinstance(node, Apply):
        return None
    if node.primitive in ("matmul", "dot"):
        a, b = (evaluation.value(operand) for operand in node.operands)
        if a.ndim > 2 or b.ndim > 2:
            return None
        left = a if a.ndim == 2 else a[None, :]
        right = b if b.ndim == 2 else b[:, None]
        terms = left[:, None, :] * right.T[None, :, :]
        return terms.reshape((*evaluation.value(node).shape, -1))
    if node.primitive == "sum":
        (inner,) = node.operands
        if isinstance(inner, Apply) and inner.primitive == "multiply":
            terms = evaluation.value(inner)
            total = evaluation.value(node)
            axis = evaluation.options(node)["axis"]
            axes = tuple(range(terms.ndim)) if axis is None else np.atleast_1d(axis)
            at = [int(one) % terms.ndim for one in axes]
            kept = [one for one in range(terms.ndim) if one not in at]
            return np.transpose(terms, [*kept, *at]).reshape((*total.shape, -1))
    return None
