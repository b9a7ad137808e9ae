"""A slip in words: what was done, with which quantities and where; never the right number."""

from __future__ import annotations

import re

from tutor.cells import Grid, labelled
from tutor.course.lesson import Step
from tutor.course.worksheet import Worksheet
from tutor.engine.slips.search import Slip
from tutor.messages import room, say

LONGEST = 56
"""Letters of a part of a formula in a sentence."""
LONGEST_TITLE = 30
"""Letters of a title beside the name that formulas use."""


def title_of(sheet: Worksheet, name: str, language: str) -> str:
    """The title of a given or of a named answer of a lesson; nothing of what has none."""
    if name in sheet.lesson.givens:
        return sheet.lesson.givens[name].title.in_language(language)
    steps = (step for step in sheet.lesson.steps if step.name == name)
    return next((sheet.words(step.title, language, step).strip() for step in steps), "")


def answer_grid(sheet: Worksheet, step: Step, language: str) -> Grid:
    """The cells of an answer with their names."""
    rows, columns = labelled(step.rows, language), labelled(step.columns, language)
    return Grid(sheet.shape(step), rows, columns)


def sentence(slip: Slip, language: str, grid: Grid, sheet: Worksheet | None = None) -> str:
    """What is said of a slip; `grid` is the answer's, and `sheet` has the titles, if there are."""
    details = dict(slip.details)
    inside, cell = details.pop("inside", ""), details.pop("cell", "")
    everywhere = "everywhere" in details and details.pop("everywhere")
    if "shape" in details:
        details["place"] = _place(details, grid, language)
    # What was worked and what is asked are as short together as one of them may be alone.
    values = {
        name: _word(value if name in ("did", "asked") else clipped(value), sheet, language)
        for name, value in details.items()
    }
    said = _said(slip, values, language)
    if everywhere:
        said += say("made.everywhere", language, count=everywhere)
    if inside:
        said = say("made.inside", language, function=inside, said=said)
    if cell:
        said = say(
            "slip.at-cell", language, cell=grid.words(map(int, cell.split()), language), said=said
        )
    # What is filled in ends in Latin letters, which have a space after them, or in wide brackets.
    return said.replace("） ", "）")


def _said(slip: Slip, values: dict[str, str], language: str) -> str:
    key = f"made.{slip.id}-{slip.kind}"
    if slip.kind and key in room("made"):
        return say(key, language, **values)
    if slip.kind:
        return say(f"slip.{slip.id}", language, at=say("made.instead", language, **values))
    where = clipped(
        values.get("asked") or slip.where, LONGEST - len(slip.details.get("inside", ""))
    )
    at = say("slip.at-formula", language, where=where) if where else ""
    return say(f"slip.{slip.id}", language, at=at)


def _word(value: str, sheet: Worksheet | None, language: str) -> str:
    """A value of a sentence: words of ours, a quantity of the lesson, or a part of a formula."""
    if value.startswith("made."):
        return say(value, language)
    title = title_of(sheet, value, language) if sheet is not None else ""
    return named(value, title, language)


def named(name: str, title: str, language: str) -> str:
    """A quantity as a lesson calls it, with the name that formulas use."""
    plain = re.split(r",\s|[，(（]", title)[0].strip()
    if len(name) == 1:
        plain = plain.removesuffix(name).strip()
    if not plain or len(plain) > LONGEST_TITLE:
        return name
    return say("made.titled", language, name=name, title=plain)


def _place(details: dict[str, str], grid: Grid, language: str) -> str:
    """A cell in words: of the answer, with its labels, or of a window."""
    shape = tuple(int(size) for size in details.pop("shape").split())
    of = grid if grid.shape == shape else Grid(shape)
    return of.words([int(details["place"])], language)


def clipped(fragment: str, length: int = LONGEST) -> str:
    """A part of a formula, short enough for a sentence."""
    return fragment if len(fragment) <= length else fragment[: length - 4] + " ..."
