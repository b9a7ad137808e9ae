"""Takes steps, says what they gave, and rests: what a child does with one run after the other."""

import math
from collections.abc import Callable

from tutor.training import protocol
from tutor.training.attempt import Attempt
from tutor.training.experiments import MOST_STEPS_A_SECOND
from tutor.training.inbox import Inbox
from tutor.training.looking import Looking
from tutor.training.saying import LINE_SECONDS, Saying

EVALUATION_SECONDS = 1.0
EVALUATION_SHARE = 0.01
"""Of the time, at most, on a machine so busy that evaluating takes long."""

AT_ONCE_SECONDS = 0.002
MOST_AT_ONCE = 512
"""Steps between two looks at the clock."""

NUMBERED_STEPS = 20
"""Steps at the beginning of a run that are told in all their numbers, where the model has few."""


class Stepping:
    """One run that trains, rests, or has diverged."""

    def __init__(
        self,
        run: int,
        attempt: Attempt,
        goal: int,
        pace: float,
        saying: Saying,
        looking: Looking,
        inbox: Inbox,
        clock: Callable[[], float],
    ) -> None:
        """A run that rests where it stands; `goal` is the step at which it is finished."""
        self.run = run
        self.attempt = attempt
        self.goal = goal
        self.pace = pace
        self.state: protocol.TrainingState = "paused"
        self._saying = saying
        self._looking = looking
        self._inbox = inbox
        self._clock = clock
        self._rest_at = attempt.step  # the step at which to stop: the goal, or after `step`
        self._rest_below = -math.inf  # the loss at which to stop
        self._turn = 0.0
        self._evaluation_due = 0.0
        self._evaluated_step: int | None = None
        self._kept_step: int | None = None  # on disk, at rest

    @property
    def moves(self) -> bool:
        """Whether there are steps to take."""
        return self.attempt.step < self._rest_at

    @property
    def ended(self) -> bool:
        """Whether it has come to its goal."""
        return self.attempt.step >= self.goal

    def begin(self, forked_from: protocol.Fork | None, folder: str | None) -> None:
        """Say what stands here, before any step."""
        attempt, trainee = self.attempt, self.attempt.trainee
        evaluated = trainee.evaluate()
        self._saying.say(
            protocol.Ready(
                self.run,
                attempt.experiment.name,
                *trainee.facts,
                batch=int(attempt.knobs["batch"]),
                seed=attempt.experiment.seed,
                loss=evaluated.train_loss,
                step=attempt.step,
                forked_from=forked_from,
                layers=trainee.layers,
                pictures=trainee.pictures,
                folder=folder,
            )
        )
        self._saying.say(protocol.Evaluation(self.run, attempt.step, *evaluated))
        self._evaluation_due = self._clock() + EVALUATION_SECONDS
        self._evaluated_step = attempt.step

    # Training

    def train(self) -> None:
        """Take steps until a line is due, a command waits or the run comes to rest."""
        attempt = self.attempt
        waiting, clock, losses = self._inbox.waiting, self._clock, self._saying.losses
        began = now = clock()
        line_due, before = began + LINE_SECONDS, attempt.step
        while not waiting and attempt.step < self._rest_at and now < line_due:
            if self.pace and not self._turn_comes(line_due):
                break
            known = len(losses)
            most = self._at_once(now - began, attempt.step - before)
            finite = attempt.trainee.steps(most, losses, self._rest_below, waiting)
            attempt.step += len(losses) - known
            if not finite:
                self._diverge()
                return
            if attempt.step <= NUMBERED_STEPS:
                self._tell_numbers()
            if losses[-1] <= self._rest_below:
                self._rest_at = attempt.step
            now = clock()
        if losses:
            self.report()
            attempt.keep()
            self._saying.keep(self._packed, rests=False)
        else:
            self._saying.beat(attempt.step)
        if attempt.step >= self._rest_at:
            self.rest()
        elif clock() >= self._evaluation_due:
            self._evaluate()
        self._looking.show(attempt.trainee, self.run, attempt.step, rests=False)

    def _at_once(self, seconds: float, taken: int) -> int:
        """How many steps to take before anything else is looked at, but a command.

        Around them everything is out of the processor's caches: beside the smallest model's step,
        what is done for each costs ten times what it would alone.
        """
        if self.pace or self.attempt.step < NUMBERED_STEPS:
            return 1
        steps = int(taken / seconds * AT_ONCE_SECONDS) if seconds > 0 else 1
        return max(1, min(steps, MOST_AT_ONCE, self._rest_at - self.attempt.step))

    def _turn_comes(self, line_due: float) -> bool:
        """Wait for the next step's turn, but no longer than until a line is due."""
        now = self._clock()
        if self._turn > now:
            if self._inbox.wait(max(min(self._turn, line_due) - now, 0)):
                return False
            now = self._clock()
            if self._turn > now:
                return False
        # A turn missed by a little is made up for, a long halt is not.
        self._turn = max(self._turn, now - 0.1) + 1 / self.pace
        return True

    def _diverge(self) -> None:
        """Stop at a loss that is no number, with what explains it."""
        attempt = self.attempt
        self.report()
        norm = attempt.trainee.gradient_norm() if attempt.step else math.nan
        self._rest_at = self._evaluated_step = self._kept_step = attempt.step
        self.state = "diverged"
        self.tell_state(
            failed_step=attempt.step + 1,
            last_loss=attempt.last_loss,
            gradient_norm=norm if math.isfinite(norm) else None,
        )

    def rest(self) -> None:
        """Take no further step."""
        self._rest_at, self._rest_below = self.attempt.step, -math.inf
        self.state = "finished" if self.ended else "paused"
        self.tell_state()

    def go(self, rest_at: int, rest_below: float = -math.inf) -> None:
        """Take steps from now on until there are so many, or the loss is so low."""
        self._rest_at, self._rest_below = rest_at, rest_below
        self._turn = self._clock()
        self._saying.goes(self.attempt.step)

    # Saying

    def report(self) -> None:
        """Say the losses that have come together."""
        loss = self._saying.report(self.run, self.attempt.step)
        if loss is not None:
            self.attempt.last_loss = loss

    @property
    def told(self) -> bool:
        """Whether all is said of a run that rests."""
        step = self.attempt.step
        kept = self._evaluated_step == self._kept_step == step
        return kept and not self._looking.rests_unshown(step)

    def tell(self) -> None:
        """Everything about a run that stands still; a diverged one is not evaluated."""
        attempt = self.attempt
        if self._evaluated_step != attempt.step:
            self._evaluate()
        if self._kept_step != attempt.step:
            self._kept_step = attempt.step
            self._saying.keep(self._packed, rests=True)
        self._looking.show(attempt.trainee, self.run, attempt.step, rests=True)

    def _evaluate(self) -> None:
        attempt = self.attempt
        before = self._clock()
        evaluated = attempt.trainee.evaluate()
        self._saying.say(protocol.Evaluation(self.run, attempt.step, *evaluated))
        self._evaluated_step = attempt.step
        after = self._clock()
        self._evaluation_due = after + max(EVALUATION_SECONDS, (after - before) / EVALUATION_SHARE)

    def _tell_numbers(self) -> None:
        attempt = self.attempt
        numbers = attempt.trainee.numbers()
        if numbers is not None:
            rate = float(attempt.knobs["learning_rate"])
            self._saying.say(protocol.Numbers(self.run, attempt.step, rate, numbers))

    def set_off(self, rest_at: int, rest_below: float = -math.inf) -> None:
        """Train up to a step, or to a loss that is low enough."""
        self.state = "training"
        self.go(rest_at, rest_below)
        self.tell_state()

    def turn(self, knob: str, value: float | str) -> None:
        """Turn a knob for the next step; its value has been checked."""
        self.attempt.turn(knob, value)
        self._looking.turned_at, self._kept_step = self.attempt.step, None
        self.tell_state()

    def set_pace(self, pace: float) -> protocol.Refusal | None:
        """Take so many steps a second."""
        if not 0 <= pace <= MOST_STEPS_A_SECOND:
            return "bad-value"
        self.pace, self._turn = pace, self._clock()
        self.tell_state()
        return None

    def tell_state(
        self,
        failed_step: int | None = None,
        last_loss: float | None = None,
        gradient_norm: float | None = None,
    ) -> None:
        """Say what the run does from here on."""
        self._saying.say(
            protocol.State(
                self.run,
                self.state,
                self.attempt.step if failed_step is None else failed_step,
                self.goal,
                dict(self.attempt.knobs),
                self.pace,
                last_loss,
                gradient_norm,
            )
        )

    def _packed(self) -> bytes:
        told = {"goal": self.goal, "pace": self.pace, "rests": self.state != "training"}
        return self.attempt.packed(told)
