"""The guesses of the experiment that is shown: asked, remembered, and scored by its runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, get_args

from tutor.course.experiment import Guess, Outcome
from tutor.course.lab_texts import exact_loss
from tutor.learner.guess_bookmark import GuessBookmark, Said
from tutor.training.experiments import Experiment
from tutor.training.guessing import Answer, End, Score, as_declared, compared, end_of, mark, scored
from tutor.training.refusal import ExperimentError
from tutor.training.snapshot import Snapshot
from tutor.tui.lab.bench import Bench

if TYPE_CHECKING:
    from tutor.learner.journal import Journal

LOSSES = ("first-loss", "last-loss")
"""Kinds of guesses that are a number, and so a level of the plot."""
COMPARED = ("lowest", "highest")
"""Kinds that only the runs of all variants can answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, what was said to it, and what the runs said."""

    guess: Guess
    mark: str
    """Its name in the journal."""
    answer: Answer | None = None
    passed: bool = False
    """Whether the learner did not want to be asked."""
    score: Score | None = None

    @property
    def open(self) -> bool:
        """Whether nothing was said to it."""
        return self.answer is None


@dataclass(slots=True)
class Guessing:
    """The guesses of a bench; what is said is written down before it is shown."""

    bench: Bench
    open_journal: Callable[[], Journal] | None = None
    """Asked when there is something to read or to write; None remembers nothing."""
    asked: tuple[Asked, ...] = ()
    _made: tuple[Experiment, ...] = ()
    """The variants, or the one experiment."""
    _ends: dict[int, End] = field(default_factory=dict)
    _firsts: dict[int, float] = field(default_factory=dict)
    _seen: object = None
    _waits: bool = False
    """Whether something was said that only the next run may answer."""

    def begin(self) -> None:
        """Take up the questions of the experiment that is chosen now, with its numbers."""
        self._waits = False
        lab = self.bench.lab
        try:
            base = self.bench.base()
            made = tuple(self.bench.of_variant(place) for place in range(len(lab.variants) or 1))
        except ExperimentError:
            self.asked, self._made = (), ()
            return
        marks = [mark(lab, guess, base) for guess in lab.guesses]
        if made == self._made and marks == [one.mark for one in self.asked]:
            return
        self._made, self._seen = made, None
        self._ends.clear()
        self._firsts.clear()
        said = self._book().said() if lab.guesses and self.open_journal is not None else {}
        self.asked = tuple(
            _taken_up(Asked(guess, name), said.get(name), len(made))
            for guess, name in zip(lab.guesses, marks, strict=True)
        )

    def _book(self) -> GuessBookmark:
        assert self.open_journal is not None
        return GuessBookmark(self.open_journal(), self._made[0].name.partition("/")[0])

    # Asking

    @property
    def waiting(self) -> tuple[Asked, ...]:
        """The questions that nothing was said to."""
        return tuple(one for one in self.asked if one.open)

    @property
    def comes_first(self) -> bool:
        """Whether to ask before the run, unbidden: never twice."""
        return any(not one.passed for one in self.waiting)

    def say(self, asked: Asked, answer: Answer) -> None:
        """What the learner says; runs that were there before do not count."""
        self._waits = True
        self._ends.clear()
        self._firsts.clear()
        if self.open_journal is not None:
            self._book().guessed(asked.mark, answer)
        self._change(replace(asked, answer=answer))

    def choose_asked(self) -> None:
        """Choose the variant about which something was said: it is what begins now."""
        about = [
            one.guess.variant
            for one in self.asked
            if not one.open and one.score is None and one.guess.kind not in COMPARED
        ]
        if about and self.bench.lab.variants and not self.bench.changed:
            self.bench.choose_variant(about[0])

    def pass_over(self) -> None:
        """The learner wants to see the run without saying anything before."""
        for one in self.waiting:
            if not one.passed:
                if self.open_journal is not None:
                    self._book().passed(one.mark)
                self._change(replace(one, passed=True))

    def _change(self, changed: Asked) -> None:
        self.asked = tuple(changed if one.mark == changed.mark else one for one in self.asked)

    # Scoring

    def look(self, run: Snapshot) -> bool:
        """Note what a run says, and score what can be scored; whether that changed anything."""
        seen = (run.run, run.state, run.step > 0, run.evaluated_step, self.asked)
        if self._waits or not self.asked or seen == self._seen or run.experiment is None:
            return False
        self._seen = seen
        for place, made in enumerate(self._made):
            if run.step > 0 and run.first_loss is not None and as_declared(run, made):
                self._firsts[place] = run.first_loss
            end = end_of(run, made)
            if end is not None:
                self._ends[place] = end
        before = self.asked
        for one in before:
            if not one.open and one.score is None:
                self._hold(one)
        return self.asked != before

    def _hold(self, one: Asked) -> None:
        guess, answer = one.guess, one.answer
        assert answer is not None
        score = None
        if guess.kind in COMPARED:
            if len(self._ends) == len(self._made):
                score = compared(guess, answer, [self._ends[place] for place in sorted(self._ends)])
        else:
            exact = None
            if guess.exactly is not None:
                exact = exact_loss(guess.exactly, self.bench.numbers)
            score = scored(
                guess, answer, first=self._firsts.get(guess.variant), ends=self._ends, exact=exact
            )
        if score is not None:
            if self.open_journal is not None:
                self._book().scored(one.mark, asdict(score))
            self._change(replace(one, score=score))

    def levels(self) -> Iterator[float]:
        """The losses that were said, to be drawn where the curve will show whether they are so."""
        for one in self.asked:
            if one.guess.kind in LOSSES and isinstance(one.answer, float | int):
                yield float(one.answer)


def _taken_up(asked: Asked, said: Said | None, variants: int) -> Asked:
    """A question with what the journal knows of it, as far as that fits the question."""
    if said is None:
        return asked
    if said.answer is None or not _fits(asked.guess, said.answer, variants):
        return replace(asked, passed=True)
    return replace(asked, answer=said.answer, score=_score(asked.guess, said.score, variants))


def _fits(guess: Guess, answer: object, variants: int) -> bool:
    """Whether something is an answer to a guess."""
    if guess.kind == "outcome":
        return answer in get_args(Outcome)
    if guess.kind in COMPARED:
        return isinstance(answer, int) and 0 <= answer < variants
    return isinstance(answer, float | int)


def _score(guess: Guess, payload: Mapping[str, Any] | None, variants: int) -> Score | None:
    """A score from the journal; None for what another version has written there."""
    if payload is None:
        return None
    right, truth, close = (payload.get(name) for name in ("right", "truth", "close"))
    losses = payload.get("losses")
    if not isinstance(right, bool) or not isinstance(close, bool) or not isinstance(losses, list):
        return None
    if not (truth is None or _fits(guess, truth, variants)):
        return None
    if not all(one is None or isinstance(one, float | int) for one in losses):
        return None
    return Score(right, truth, close, tuple(losses))
