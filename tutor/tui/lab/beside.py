"""The learner's own numbers beside torch's, for a lesson whose experiment is its own model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tutor.course.lesson import Step
from tutor.course.reply import read_reply
from tutor.course.round import Round
from tutor.engine.precision import Array, Precision
from tutor.engine.spread import Bounded
from tutor.engine.verdict import Mark, Target, judge
from tutor.training.fits import AFTER_THE_UPDATE
from tutor.training.protocol import Numbers


@dataclass(frozen=True, slots=True)
class Beside:
    """One answer of the learner beside torch's number of the same step, cell by cell."""

    name: str
    """What the lesson calls it."""
    columns: int
    """Cells of a row."""
    own: tuple[str, ...]
    torch: tuple[str, ...]
    """With one more place; nothing while the learner still looks for the answer."""
    agrees: tuple[bool, ...]
    """Whether honest rounding explains the difference, if there is one."""

    @property
    def agreeing(self) -> int:
        """How many cells agree."""
        return sum(self.agrees)


def compared(
    round: Round, numbers: Numbers, watch: Mapping[str, str], rate: float | None
) -> tuple[Beside, ...]:
    """All checked answers that `watch` (torch's quantity: the answer's name) sets beside torch's.

    Where the step was taken with another learning rate than the lesson's, or by another rule
    (`rate` is None), what follows from the update is left out: it could not agree.
    """
    steps = {step.name: step for step in round.lesson.steps if step.name is not None}
    found = []
    for quantity in filter(watch.__contains__, numbers.values):
        moved = quantity in AFTER_THE_UPDATE and numbers.learning_rate != rate
        if not moved:
            torch = np.asarray(numbers.values[quantity], dtype=np.float64)
            found.append(_beside(round, steps[watch[quantity]], torch))
    return tuple(one for one in found if one is not None)


def _beside(round: Round, step: Step, torch: Array) -> Beside | None:
    """One answer beside torch's; None when it was not checked yet, or is not the learner's."""
    progress, sheet = round.progress(step), round.sheet
    if not progress.overall or (progress.revealed and not progress.solved):
        return None
    reading = read_reply(sheet, step, progress.cells)
    truth = sheet.truth(step)
    if np.isnan(reading.value).any() or truth.value.shape != torch.shape:
        return None
    precision = sheet.precision(step)
    verdict = judge(reading, Target(Bounded.within(torch, truth.radius), precision))
    closer = finer(precision)
    return Beside(
        name=step.name or step.id,
        columns=torch.shape[-1] if torch.shape else 1,
        own=_texts(reading.value, precision),
        torch=_texts(torch, closer) if progress.done else (),
        agrees=tuple(mark == Mark.RIGHT for mark in verdict.cells),
    )


def finer(precision: Precision) -> Precision:
    """With one more place, so that one sees what was rounded."""
    if precision.decimals is not None:
        return Precision(decimals=min(precision.decimals + 1, 8))
    return Precision(figures=min((precision.figures or 1) + 1, 8))


def _texts(values: Array, precision: Precision) -> tuple[str, ...]:
    cells: Sequence[float] = values.ravel().tolist()
    return tuple(precision.text(cell) for cell in cells)
