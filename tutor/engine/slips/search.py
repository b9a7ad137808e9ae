"""Holds what every slip would give against what was typed, and speaks only when sure.

A match is worth what it could not be by chance: with `n` wrong cells explained to within their
slack, chance is the product over them of the share of the plausible range that the slack covers.
The prior of a slip is its weight among all slips of the step; a share UNKNOWN of all mistakes is
taken to be no slip of ours. Explanations together likelier than SURE are said.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tutor.engine.formula import Formula, FormulaError
from tutor.engine.precision import Array
from tutor.engine.slips.described import described
from tutor.engine.slips.made import Made
from tutor.engine.slips.matching import Mask, Match, Typed, fitting, held, is_sure, misshapen
from tutor.engine.slips.pairs import only_pair
from tutor.engine.slips.suspects import Asked, Suspect, Suspects
from tutor.engine.slips.worked_so import worked_so
from tutor.engine.tree import Apply, Name

KEPT = 256
MOST_KEPT = 2_000_000
"""Steps whose slips are kept, and their numbers: a question has many answers in a row."""
MOST_CELLS = 1024
"""Cells of an answer in which slips are searched; nobody works out more by hand."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One explanation of a wrong answer."""

    id: str
    where: str
    """The part of the formula where it was made; empty where it is in the answer itself."""
    gives: Array
    """What the slip makes of the whole answer."""
    cells: tuple[int, ...]
    """The wrong cells (row-major) that it explains."""
    likelihood: float
    kind: str = ""
    """Which of the slips of its name, for the sentence that is said of it."""
    details: Mapping[str, str] = field(default_factory=dict)
    """The values of that sentence."""
    worked: Formula | None = None
    """The formula as it was worked; None where no formula says it."""
    together: bool = False
    """Whether it was made with the other one that is named, both at once."""


def find(workings: Sequence[Asked], given: Typed) -> tuple[Slip, ...]:
    """The likeliest explanations of a wrong answer, the likeliest first.

    `workings` are the ways to work the step, with the numbers asked or one's own; two slips at
    once are looked for only where no single one fits in any of them. None where nothing fits or
    where it may be chance: a wrong name is worse than none.
    """
    if given.answer.size > MOST_CELLS:
        return ()
    for search in (_alone, _both):
        for asked in workings:
            try:
                found = search(_worked_out(asked), given)
            except FormulaError:
                continue
            if found:
                return found
    return ()


def _alone(suspects: Suspects, given: Typed) -> tuple[Slip, ...]:
    """Single slips."""
    if given.answer.shape != suspects.right.value.shape:
        matches, everywhere = misshapen(suspects, given), np.ones(given.answer.shape, np.bool_)
        return tuple(_slip(one, matches, suspects, everywhere) for one in _distinct(matches))
    answer = held(suspects, given)
    if not answer.wrong.any():
        return ()
    for read in (answer.exactly(), answer) if given.half.any() else (answer,):
        matches = fitting(suspects, read)
        if is_sure(matches, read):
            wrong = read.wrong
            return tuple(_slip(one, matches, suspects, wrong) for one in _distinct(matches))
    return ()


def _slip(one: Match, among: Sequence[Match], suspects: Suspects, wrong: Mask) -> Slip:
    suspect = one.suspect
    cells = tuple(int(cell) for cell in np.flatnonzero(wrong))
    likelihood = one.share / sum(match.share for match in among)
    return Slip(
        suspect.slip, _where(suspect, suspects), suspect.gives, cells, likelihood,
        *described(suspect, suspects, cells, everywhere=one.everywhere), _worked(suspects, suspect),
    )  # fmt: skip


def _worked(suspects: Suspects, *made: Suspect) -> Formula | None:
    """The formula with these slips in it."""
    places = {node: instead for one in made for node, instead in one.places.items()}
    if not places:
        return None
    return worked_so(suspects.asked.formula, suspects.plan.tree, places, suspects.evaluation)


def _both(suspects: Suspects, given: Typed) -> tuple[Slip, ...]:
    """The only two slips that, made at once, explain the whole answer."""
    if given.answer.shape != suspects.right.value.shape:
        return ()
    answer = held(suspects, given)
    if not answer.wrong.any():
        return ()
    pair = only_pair(suspects, answer)
    if pair is None:
        return ()
    both = _worked(suspects, *(one.suspect for one in pair.matches))
    slips = (_slip(one, (one,), suspects, answer.wrong) for one in pair.matches)
    return tuple(replace(one, gives=pair.gives, together=True, worked=both) for one in slips)


_kept: OrderedDict[object, Suspects] = OrderedDict()


def _worked_out(asked: Asked) -> Suspects:
    key = (
        asked.formula.root, asked.precision, asked.exact,
        tuple((name, one.value.shape, *(part.tobytes() for part in (one.value, *one.ends)))
              for name, one in asked.names.items()),
        tuple((name, one.tobytes()) for name, one in asked.others.items()),
    )  # fmt: skip
    if key not in _kept:
        _kept[key] = Suspects(asked)
        while len(_kept) > KEPT or (len(_kept) > 1 and _cells() > MOST_KEPT):
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def _cells() -> int:
    return sum(one.cells for one in _kept.values())


def _where(one: Suspect, suspects: Suspects) -> str:
    """The part of the formula, with functions as one writes them: opened, they may be endless."""
    if not isinstance(one.node, Apply | Name):
        return ""
    return Made(one, suspects, ()).text(one.node)


def _distinct(matches: Iterable[Match]) -> Iterable[Match]:
    """At most one explanation of each kind, the likeliest."""
    kept: dict[str, Match] = {}
    for one in matches:
        kept.setdefault(one.suspect.slip, one)
    return kept.values()
