"""What a learner says of a run before it begins, held against the run."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from tutor.course.experiment import Guess, Lab, Outcome
from tutor.training.experiments import Experiment
from tutor.training.snapshot import Snapshot, knobs

Answer: TypeAlias = float | int | str
"""A loss; the number of a variant; or how a run ends."""

RISEN, FALLEN = 1.1, 0.9
"""Parts of the first loss beyond which a run has risen or fallen."""
CLOSE = 0.02
"""Losses that differ by no more than this part are too close to say which is lower."""


@dataclass(frozen=True, slots=True)
class End:
    """How a run ended, as the experiment is declared: losses on all training examples."""

    first: float | None
    last: float | None
    """None where it was not a number."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a run says to a guess."""

    right: bool
    truth: Answer | None
    """Of the same kind as the guess; None for a loss that was not a number."""
    close: bool = False
    """Whether several variants were too close to each other, so that each of them is right."""
    losses: tuple[float | None, ...] = ()
    """Of a comparison: how each variant ended."""


def mark(lab: Lab, guess: Guess, made: Experiment) -> str:
    """A name for one question about one experiment: another number in it makes it another."""
    asked = {
        "experiment": msgspec.structs.replace(made, pace=0.0),
        "variants": [dict(variant.set) for variant in lab.variants],
        "guess": [guess.kind, guess.variant, guess.ask.en],
    }
    encoded = msgspec.json.encode(asked, enc_hook=dict, order="sorted")
    return hashlib.sha256(encoded).hexdigest()[:16]


def as_declared(run: Snapshot, made: Experiment) -> bool:
    """Whether a run is that of an experiment, from its beginning and with no knob turned."""
    if run.experiment is None or run.ready is None or run.start or run.marks:
        return False
    same = msgspec.structs.replace(run.experiment, pace=made.pace) == made
    return same and run.ready.seed == made.seed and dict(run.knobs) == dict(knobs(made))


def end_of(run: Snapshot, made: Experiment) -> End | None:
    """How a run of an experiment ended; None while it goes on, or where it is another."""
    if not as_declared(run, made):
        return None
    if run.state == "diverged":
        return End(run.first_loss, None)
    measured = run.evaluated_step == run.step == made.steps and run.train_loss is not None
    if run.state != "finished" or not measured:
        return None
    return End(run.first_loss, run.train_loss)


def outcome(end: End) -> Outcome:
    """How a run ended, in a word."""
    if end.last is None or end.first is None:
        return "diverges"
    if end.last > RISEN * end.first:
        return "rises"
    return "falls" if end.last < FALLEN * end.first else "stays"


def scored(
    guess: Guess,
    answer: Answer,
    *,
    first: float | None = None,
    ends: Mapping[int, End],
    exact: float | None = None,
) -> Score | None:
    """What the runs say to a guess; None before they have said it.

    `ends` are those of the variants by number (0 is the run where there are none), `first` is
    the first loss of the guess's run, `exact` the loss that arithmetic gives.
    """
    match guess.kind:
        case "first-loss" if first is not None:
            return _number(guess, answer, first if exact is None else exact)
        case "last-loss" if guess.variant in ends:
            last = ends[guess.variant].last
            return _number(guess, answer, last if exact is None or last is None else exact)
        case "outcome" if guess.variant in ends:
            truth = outcome(ends[guess.variant])
            return Score(answer == truth, truth)
        case _:
            return None


def compared(guess: Guess, answer: Answer, ends: Sequence[End]) -> Score:
    """What all variants say to the guess which of them ends lowest, or highest."""
    losses = [math.inf if one.last is None else one.last for one in ends]
    best = min(losses) if guess.kind == "lowest" else max(losses)
    near = [place for place, loss in enumerate(losses) if _close(loss, best)]
    told = tuple(one.last for one in ends)
    return Score(answer in near, losses.index(best), len(near) > 1, told)


def _close(loss: float, best: float) -> bool:
    if math.isinf(loss) or math.isinf(best):
        return loss == best
    return abs(loss - best) <= CLOSE * max(abs(loss), abs(best))


def _number(guess: Guess, answer: Answer, truth: float | None) -> Score:
    if truth is None or not isinstance(answer, float | int):
        return Score(False, truth)
    # The learner's number was written in decimals, as the margin is.
    return Score(abs(answer - truth) <= guess.margin + 1e-9, truth)
