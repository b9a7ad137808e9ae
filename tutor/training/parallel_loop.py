"""What a rank does step after step: take it with the others, and tell of it. It knows no torch."""

import math
import time
from collections.abc import Callable
from threading import Event
from typing import NamedTuple, Protocol

from tutor.training import protocol
from tutor.training.experiments import Experiment
from tutor.training.knobs import knobs_of
from tutor.training.parallel_file import File, Living
from tutor.training.parallel_lines import Lost, RankLostError, Shared, Weights
from tutor.training.saying import binned
from tutor.training.trainee import Evaluated, Facts

RUN = 1
"""A file holds one run."""

LINE_SECONDS = 0.05
LINE_SHARE = 0.001
"""Of the time, at least, from one line to the next: a file grows ever more slowly."""
MOST_LOSSES = 64
"""That a line carries singly."""
EVALUATION_SECONDS = 1.0
EVALUATION_SHARE = 0.02


class Taken(NamedTuple):
    """A step that all ranks took together."""

    own: float
    """The loss of this rank's samples; the joint one where the batch left it none."""
    joint: float
    """The loss of the whole batch, all samples alike."""
    computing: float
    waiting: float
    """Seconds."""
    wishes: tuple[bool, ...]
    """What at least one rank wished for."""


class Steps(Protocol):
    """What the loop asks of the rank's share of the training."""

    facts: Facts

    def step(self, wishes: tuple[bool, ...], waits: Callable[[], None]) -> Taken:
        """Take the next step with all ranks; the weights move unless the joint loss is not finite.

        `waits` is called when the own work is done. Raises RankLostError.
        """

    def gradient_norm(self) -> float:
        """Of the averaged gradient of the last step."""

    def evaluate(self) -> Evaluated:
        """How the model does on all examples."""

    def digest(self) -> str:
        """Of all weights."""


class Training:
    """One rank's run, from its first step to its last."""

    def __init__(
        self,
        experiment: Experiment,
        share: Steps,
        file: File,
        living: Living,
        stop: Event,
        *,
        leads: bool,
    ) -> None:
        """At step 0. `stop` ends the run on all ranks; the one that `leads` says when to tell."""
        self._experiment = experiment
        self._share = share
        self._file = file
        self._living = living
        self._stop = stop
        self._leads = leads
        self._step = 0
        self._taken: list[Taken] = []
        self._began = self._told = self._marked = self._stepped = time.monotonic()
        self._evaluation_due = self._began + EVALUATION_SECONDS

    def train(self) -> None:
        """Take all steps; raises RankLostError after having told of it."""
        self._tell_ready()
        state: protocol.TrainingState = "finished"
        while self._step < self._experiment.steps:
            try:
                taken = self._take()
            except RankLostError as lost:
                self._report()
                self._file.say(Lost(RUN, self._step, lost.ranks, lost.how, lost.seconds))
                raise
            stop, line, evaluation = taken.wishes
            if not math.isfinite(taken.joint):
                state = "diverged"
                break
            self._step += 1
            self._taken.append(taken)
            self._stepped = time.monotonic()
            if line:
                self._report()
            if evaluation:
                self._evaluate()
            if stop:
                state = "paused"
                break
        self._report()
        self._evaluate()
        self._tell_state(state)

    def _take(self) -> Taken:
        """The next step, when its turn has come."""
        now = time.monotonic()
        if self._experiment.pace:
            # All ranks left the last all-reduce together, so they rest alike.
            self._stop.wait(max(self._marked + 1 / self._experiment.pace - now, 0))
            now = self._marked = time.monotonic()
        apart = max(LINE_SECONDS, (now - self._began) * LINE_SHARE)
        line = self._leads and now - self._told >= apart
        evaluation = self._leads and now >= self._evaluation_due
        self._living.at(self._step, "computing")
        return self._share.step(
            (self._stop.is_set(), line, evaluation),
            lambda: self._living.at(self._step, "waiting"),
        )

    # Saying

    def _tell_ready(self) -> None:
        made, evaluated = self._experiment, self._share.evaluate()
        ready = protocol.Ready(
            RUN, made.name, *self._share.facts, batch=made.batch, seed=made.seed,
            loss=evaluated.train_loss,
        )  # fmt: skip
        self._file.say(ready, protocol.Evaluation(RUN, 0, *evaluated))
        self._tell_state("training")

    def _report(self) -> None:
        """Tell of the steps since the last time, all ranks of the same ones."""
        taken = self._taken
        if not taken:
            return
        own, joint = tuple(one.own for one in taken), tuple(one.joint for one in taken)
        few, seconds = len(taken) <= MOST_LOSSES, self._stepped - self._told
        norm = self._share.gradient_norm()
        self._file.say(
            protocol.Metrics(
                RUN, self._step, len(taken) / seconds if seconds > 0 else 0.0, own[-1],
                losses=own if few else (), bins=() if few else binned(own),
            ),
            Shared(
                RUN, self._step, len(taken),
                computing=sum(one.computing for one in taken),
                waiting=sum(one.waiting for one in taken),
                gradient_norm=norm if math.isfinite(norm) else None,
                losses=joint if few else (), bins=() if few else binned(joint),
            ),
        )  # fmt: skip
        self._taken, self._told = [], self._stepped

    def _evaluate(self) -> None:
        before = time.monotonic()
        self._file.say(
            protocol.Evaluation(RUN, self._step, *self._share.evaluate()),
            Weights(RUN, self._step, self._share.digest()),
        )
        self._told = self._marked = after = time.monotonic()
        apart = max(EVALUATION_SECONDS, (after - before) / EVALUATION_SHARE)
        self._evaluation_due = after + apart

    def _tell_state(self, state: protocol.TrainingState) -> None:
        made = self._experiment
        self._file.say(
            protocol.State(RUN, state, self._step, made.steps, knobs_of(made), made.pace)
        )
