"""One step of a lesson worked with one slip: its lines, the first wrong one, and what it may be.

A line is wrong where its number is: it is held against the lines of the right working. Only
slips are taken that nobody could argue about: every line before is one of the right lines, and
the first wrong one differs by far more than rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tutor.course.lesson import Step
from tutor.course.worked import notation
from tutor.course.worksheet import EXACT_KINDS, Worksheet, is_distribution
from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import Array, Precision
from tutor.engine.slips import results
from tutor.engine.slips.change import Change, apply, replaced
from tutor.engine.slips.opening import Opened, opened
from tutor.engine.slips.plan import plan
from tutor.engine.tree import Apply, Lines, Node, walk
from tutor.engine.value import Evaluation
from tutor.engine.working import Line, lines

LEAST_WEIGHT = 0.5
"""Rarer slips would teach nobody."""
WIDEST = 100
"""Characters of a row that is not too long to be read."""
CLEAR = 3.0
"""How many times its slack, and half a unit, a wrong number must be away from the right one."""
CHOICES = 4
GENERAL = frozenset({"wrong-operation", "variant", "wrong-scale"})
"""Slips so general that they are true of many others: never offered beside another."""
ALIKE = (
    {"left-out-function", "not-rooted", "not-squared", "applied-twice"},
    {"left-out-factor", "wrong-scale", "extra-factor", "sum-for-mean", "not-rooted"},
    {"left-out-term", "size-off-by-one", "complement", "unmasked", "wrong-padding"},
    {"sign", "swapped-operands", "complement"},
    {"transposed", "wrong-axis", "swapped-operands", "flipped-kernel", "permuted"},
    {"wrong-index", "stale-value", "wrong-axis", "size-off-by-one"},
    {"sum-for-mean", "max-for-mean", "mean-for-max", "mean-for-sum", "left-out-function"},
    {"misplaced-term", "left-out-term", "left-out-factor", "unmasked"},
    {"sample-variance", "size-off-by-one", "left-out-factor"},
)
"""Slips that could be said of each other: only one of such a set is offered."""
SPARE = (
    "sign", "left-out-term", "wrong-log-base", "applied-twice", "wrong-index", "left-out-factor",
    "percent", "stale-value", "transposed", "decimal-shift", "complement",
)  # fmt: skip
"""What is offered where the formula itself has too few slips."""

_LABEL = re.compile(r"(\w+)?(\[[\d, ]*\])?( = |: )")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|-?inf")


@dataclass(frozen=True, slots=True)
class Slipped:
    """A step with a slip in it, worked out."""

    change: Change
    gives: Array
    """What the slip makes of the answer."""
    lines: tuple[str, ...]
    first_wrong: int
    right_lines: tuple[str, ...]
    others: tuple[str, ...]
    """Slips that do not give this answer, to choose among."""


class SlipMaker:
    """The slips of one step with its numbers. Raises FormulaError."""

    def __init__(self, sheet: Worksheet, step: Step) -> None:
        """Work the step out rightly, and what every slip would give."""
        self.sheet, self.step = sheet, step
        self.values = sheet.values(step)
        self.precision = sheet.precision(step)
        self.exact = step.kind in EXACT_KINDS
        self.truth = sheet.truth(step)
        formula = sheet.formula(step)
        evaluation = Evaluation(self.values)
        made = plan(formula.root, evaluation)
        self.tree: Opened = made.tree
        self.names = tuple(self._named(formula.lines, evaluation))
        self.right_lines = tuple(text for text, _ in self.worked(made.tree.root, self.names))
        self.given = tuple(
            (one.change, gives)
            for one, gives in made.gives(evaluation)
            if gives.shape == self.truth.value.shape
        )

    def _named(self, own: Lines, evaluation: Evaluation) -> Iterator[tuple[str, Node]]:
        """The parts that the formula, or a function that it calls, gives a name."""
        bodies = [
            body.lines
            for call, root in self.tree.calls.items()
            for body in evaluation.bodies(call)
            if self.tree.made.get(body.root) is root
        ]
        for lines_of in (own, *bodies):
            for name, node in lines_of:
                if isinstance(self.tree.made.get(node), Apply):
                    yield name, self.tree.made[node]

    def worked(self, root: Node, names: Lines) -> list[tuple[str, Node]]:
        """The lines of a working, and the node that each works out."""
        formula = Formula("", root, names, frozenset())
        found = lines(formula, self.values, notation(self.sheet, self.step))
        return [(text, line.node) for line in found for text in numbered([line])]

    def slips(self) -> Iterator[tuple[Change, Array]]:
        """The common slips that an imaginary learner may make: clearly wrong, and believable."""
        for change, gives in self.given:
            if change.weight >= LEAST_WEIGHT and self._is_believable(gives):
                yield change, gives

    def _is_believable(self, gives: Array) -> bool:
        if not np.isfinite(gives).all() or not np.isfinite(self.truth.value).all():
            return False
        if self.exact:
            is_count = (gives >= 0).all() and (gives == np.rint(gives)).all()
            return bool(is_count) and not np.array_equal(gives, self.truth.value)
        if is_distribution(self.truth.value) and gives.min() < 0:
            return False
        apart = np.abs(gives - self.truth.value)
        slack = np.where(np.isfinite(self.truth.radius), self.truth.radius, 0.0)
        return bool((apart > CLEAR * (slack + 2 * self.precision.half_unit(gives))).any())

    def slipped(self, change: Change, gives: Array) -> Slipped | None:
        """The step worked with a slip; None where its first wrong line is open to doubt."""
        holder = apply("stack", self.tree.root, *(node for _, node in self.names))
        changed = replaced(holder, change.node, change.instead)
        assert isinstance(changed, Apply)
        try:
            tree = opened(changed.operands[0], Evaluation(self.values))
            names = zip((name for name, _ in self.names), changed.operands[1:], strict=True)
            named = tuple((name, tree.made[node]) for name, node in names if node in tree.made)
            worked = self.worked(tree.root, named)
        except FormulaError:
            return None
        found = tuple(text for text, _ in worked)
        first = next((at for at, one in enumerate(found) if one not in self.right_lines), None)
        others = self._others(change, gives)
        if first is None or not is_readable(found) or len(others) < CHOICES - 1:
            return None
        # Within what stands instead, a line may be right, and only what is made of it wrong.
        inside = set(walk(tree.made[change.instead])) - {tree.made[change.instead]}
        node = worked[first][1]
        if node is not tree.root and node in inside | set(walk(self.tree.root)):
            return None
        if not is_wrong(found[first], self.right_lines, self.precision):
            return None
        return Slipped(change, gives, found, first, self.right_lines, others)

    def _others(self, change: Change, gives: Array) -> tuple[str, ...]:
        """Slips that nobody could mean for this one, those of the formula first."""
        same = {one.slip for one, value in self.given if self._is_same(value, gives)}
        for one in self._written():
            if one.gives.shape == gives.shape and self._is_same(one.gives, gives):
                same.add(one.slip)
        refused = GENERAL | same | {change.slip}
        for alike in ALIKE:
            if change.slip in alike:
                refused |= alike
        likely = sorted(self.given, key=lambda given: -given[0].weight)
        found: list[str] = []
        for slip in (*(one.slip for one, _ in likely), *SPARE):
            if slip not in refused and not any({slip, one} <= a for a in ALIKE for one in found):
                found.append(slip)
                refused = refused | {slip}
        return tuple(found)

    def _written(self) -> Iterator[results.Written]:
        others = {**self.values, **self.sheet.other_results(self.step)}
        with np.errstate(all="ignore"):
            yield from results.whole(self.truth, others, self.precision, exact=self.exact)

    def _is_same(self, one: Array, other: Array) -> bool:
        with np.errstate(invalid="ignore"):
            near = np.abs(one - other) <= CLEAR * (2 * self.precision.half_unit(other) + 1e-9)
        return bool((near | (one == other)).all())


def numbered(worked: Sequence[Line]) -> tuple[str, ...]:
    """The lines that get a number: rows of one matrix belong together."""
    found: list[str] = []
    for line in worked:
        for row in line.rows(unfolded=True):
            if row.startswith(" ") and found:
                found[-1] += "\n" + row
            else:
                found.append(row)
    return tuple(found)


def is_readable(written: Iterable[str]) -> bool:
    """Whether nothing is folded or too long."""
    rows = [row for line in written for row in line.split("\n")]
    return all(len(row) <= WIDEST and "..." not in row for row in rows)


def is_wrong(line: str, right: Sequence[str], precision: Precision) -> bool:
    """Whether the number of a line clearly is none that stands at its place in the right working.

    Its place is what it is called (`S[0]`); a line without a name is held against all of them.
    """
    label, number = _label(line), _result(line)
    if not number or " = " not in line:
        return False
    beside = [one for one in right if _label(one) == label] if label else list(right)
    if not beside:
        # It is called as none of the right lines is: the same numbers may stand elsewhere.
        beside = list(right)
    return all(_is_apart(number, _result(one), precision) for one in beside)


def _is_apart(numbers: Sequence[float], right: Sequence[float], precision: Precision) -> bool:
    if len(numbers) != len(right):
        return True
    own, true = np.asarray(numbers), np.asarray(right)
    with np.errstate(invalid="ignore"):
        apart = np.abs(own - true)
    unit = 2 * precision.half_unit(np.where(np.isfinite(true), true, 0.0))
    clear = np.maximum(CLEAR * unit, 0.01 * np.abs(true))
    differs = (own != true) & ~(apart < clear)
    same = apart <= unit
    return bool(differs.any() and (differs | same | (own == true)).all())


def _label(line: str) -> str:
    found = _LABEL.match(line)
    return found.group().strip(" =:") if found else ""


def _result(line: str) -> tuple[float, ...]:
    """The numbers behind the last sign of equality."""
    result = line.rsplit(" = ", 1)[-1]
    label = _LABEL.match(result)
    if label:
        result = result[label.end() :]
    return tuple(float(one) for one in _NUMBER.findall(result))
