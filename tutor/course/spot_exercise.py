"""A page of worked steps with exactly one slip in it, made by an imaginary learner.

The steps of a lesson are worked with drawn numbers. In one of them the formula is changed by one
slip; what comes later on the page goes on from the wrong number, as a learner would.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from tutor.course.lesson import Lesson, Step
from tutor.course.numbers import fresh_worksheet
from tutor.course.spot_slip import CHOICES, SlipMaker, Slipped, is_readable, numbered
from tutor.course.worked import has_working, notation
from tutor.course.worksheet import Worksheet
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.tree import Apply
from tutor.engine.working import fragment, lines

FEWEST, MOST = 4, 12
"""Lines of a page, where the lesson has so many."""
LEAST = 2
"""With fewer lines there is nothing to find."""
MOST_CELLS = 16
"""Cells of an answer that has to be typed."""

Thing = TypeVar("Thing")


class SpotError(Exception):
    """No step of a lesson allows an exercise with the numbers of a seed."""


@dataclass(frozen=True, slots=True)
class Worked:
    """One step of the page, and its lines as they were written down."""

    step: Step
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A page with one slip in it."""

    sheet: Worksheet
    page: tuple[Worked, ...]
    at: int
    """Which step of the page has the slip."""
    first_wrong: int
    """The first wrong line of the page, counted from 0."""
    slip: str
    where: str
    """The part of the formula that was worked otherwise."""
    choices: tuple[str, ...]
    """Names of slips; exactly one of them is the one that was made."""
    wrong: Array
    """What the slip makes of the answer to its step."""
    right_lines: tuple[str, ...]
    """The lines of the step with the slip as they should be."""

    @property
    def step(self) -> Step:
        """The step with the slip."""
        return self.page[self.at].step

    @property
    def line_count(self) -> int:
        """How many lines the page has."""
        return sum(len(one.lines) for one in self.page)

    @property
    def names(self) -> tuple[str, ...]:
        """Givens and earlier answers that the page uses and does not work out itself."""
        known: set[str] = set()
        used: dict[str, None] = {}
        for one in self.page:
            uses = self.sheet.formula(one.step).uses - known
            used |= {name: None for name in self.sheet.values(one.step) if name in uses}
            known |= {one.step.name or ""}
        return tuple(used)


def exercise(lesson: Lesson, seed: int) -> Exercise:
    """The exercise of a seed, always the same. Raises SpotError, NumbersError, FormulaError."""
    source = random.Random(f"{lesson.id}/spot/{seed}")
    sheet = fresh_worksheet(lesson, seed)
    workable = [step for step in lesson.steps if _is_workable(sheet, step)]
    for step in _mixed(workable, source):
        slipped = _slipped(sheet, step, source)
        if slipped is None:
            continue
        page, at = _page(sheet, step, slipped, source)
        first = sum(len(one.lines) for one in page[:at]) + slipped.first_wrong
        if sum(len(one.lines) for one in page) < LEAST:
            continue
        node = slipped.change.node
        where = fragment(node) if isinstance(node, Apply) else ""
        others = _mixed(slipped.others[: 2 * (CHOICES - 1)], source)[: CHOICES - 1]
        choices = tuple(_mixed([slipped.change.slip, *others], source))
        return Exercise(
            sheet, page, at, first, slipped.change.slip, where, choices, slipped.gives,
            slipped.right_lines,
        )  # fmt: skip
    raise SpotError(f"no step of {lesson.id} allows an exercise with the seed {seed}")


def _mixed(things: Iterable[Thing], source: random.Random) -> list[Thing]:
    # `random()` is the one method whose values Python promises to keep from version to version.
    keyed = [(source.random(), place, one) for place, one in enumerate(things)]
    return [one for _, _, one in sorted(keyed, key=lambda key: key[:2])]


def _is_workable(sheet: Worksheet, step: Step) -> bool:
    return has_working(step) and sheet.result(step).size <= MOST_CELLS


def _slipped(sheet: Worksheet, step: Step, source: random.Random) -> Slipped | None:
    """A step with one of its slips, each kind as likely as another."""
    try:
        maker = SlipMaker(sheet, step)
    except FormulaError:
        return None
    if len(maker.right_lines) > MOST:
        return None
    slips = list(maker.slips())
    kinds = _mixed(dict.fromkeys(change.slip for change, _ in slips), source)
    for kind in kinds:
        for change, gives in _mixed([one for one in slips if one[0].slip == kind], source):
            found = maker.slipped(change, gives)
            if found is not None and len(found.lines) <= MOST:
                return found
    return None


def _page(
    sheet: Worksheet, step: Step, slipped: Slipped, source: random.Random
) -> tuple[tuple[Worked, ...], int]:
    """The step with some that come before it, and one after it; and its place among them."""
    page = [Worked(step, slipped.lines)]
    steps, place = sheet.lesson.steps, sheet.places[step.id]
    wanted = FEWEST + int(source.random() * (MOST - FEWEST) / 2)
    count = len(slipped.lines)
    own: dict[str, Array] = {step.name: slipped.gives} if step.name else {}
    if source.random() < 0.5:
        after = [one for one in steps[place + 1 :] if has_working(one)][:1]
        for one in after:
            found = _written(sheet, one, own)
            if found and count + len(found) <= MOST:
                page.append(Worked(one, found))
                count += len(found)
    at = 0
    for one in reversed(steps[:place]):
        if count >= wanted:
            break
        found = _written(sheet, one, {}) if has_working(one) else ()
        if found and count + len(found) <= MOST:
            page.insert(0, Worked(one, found))
            count += len(found)
            at += 1
    return tuple(page), at


def _written(sheet: Worksheet, step: Step, own: Mapping[str, Array]) -> tuple[str, ...]:
    """The lines of a step, worked from the page's own numbers; none where they show no work."""
    values = sheet.values(step)
    values |= {name: value for name, value in own.items() if name in values}
    try:
        worked = lines(sheet.formula(step), values, notation(sheet, step))
    except FormulaError:
        return ()
    if not all(np.isfinite(line.value).all() for line in worked[-1:]):
        return ()
    found = numbered(worked)
    shows_work = any(" = " in line.split("\n")[0] for line in found)
    return found if shows_work and is_readable(found) else ()
