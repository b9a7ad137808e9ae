"""What the child does all day: obey commands, take steps, say what they gave. It knows no torch."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable
from threading import Event

import msgspec

from tutor.training import protocol
from tutor.training.curves import folded
from tutor.training.experiments import (
    LARGEST_RATE,
    MOST_STEPS_A_SECOND,
    Experiment,
)
from tutor.training.refusal import ExperimentError
from tutor.training.trainee import Trainee

LINE_SECONDS = 0.05
"""Between two lines of losses: the screen is drawn ten times a second."""

EVALUATION_SECONDS = 1.0
EVALUATION_SHARE = 0.01
"""Of the time, at most, on a machine so busy that evaluating takes long."""

BEAT_SECONDS = 1.0

NUMBERED_STEPS = 20
"""Steps at the beginning of a run that are told in all their numbers, where the model has few."""


class Inbox:
    """Commands on their way from the thread that reads to the one that trains."""

    def __init__(self) -> None:
        """Nothing there yet."""
        self.waiting: deque[protocol.AnyCommand] = deque()
        self._arrived = Event()

    def put(self, commands: Iterable[protocol.AnyCommand]) -> None:
        """Leave commands; called by the thread that reads."""
        self.waiting.extend(commands)
        self._arrived.set()

    def wait(self, seconds: float) -> bool:
        """Whether a command is there, after waiting for one at most so long."""
        if not self.waiting:
            self._arrived.wait(seconds)
        self._arrived.clear()
        return bool(self.waiting)


class Loop:
    """One child's life: run after run, until it is told to quit."""

    def __init__(
        self,
        build: Callable[[Experiment], Trainee],
        send: Callable[[protocol.Message], None],
        inbox: Inbox,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A loop that waits for its first `start`; a measurement brings its own clock."""
        self._build = build
        self._write = send
        self._inbox = inbox
        self._clock = clock
        self._experiment: Experiment | None = None
        self._trainee: Trainee | None = None
        self._run = 0
        self._state: protocol.TrainingState = "paused"
        self._step = 0
        self._rest_at = 0  # the step at which to stop taking steps: a run's goal, or after `step`
        self._goal = 0
        self._learning_rate = 0.0
        self._pace = 0.0
        self._turn = 0.0
        self._losses: list[float] = []
        self._last_loss: float | None = None
        self._evaluation_due = 0.0
        self._evaluated_step = 0
        self._said_at = clock()
        self._marks: deque[tuple[float, int]] = deque(maxlen=21)  # lines of about one second

    def serve(self) -> None:
        """Obey and train until `quit`."""
        while True:
            while self._inbox.waiting:
                if not self._obey(self._inbox.waiting.popleft()):
                    return
            if self._trainee is not None and self._step < self._rest_at:
                self._train(self._trainee)
            elif self._trainee is not None and self._evaluated_step != self._step:
                self._evaluate(self._trainee)
            elif not self._inbox.wait(BEAT_SECONDS):
                self._send(protocol.Beat(self._step))

    # Training

    def _train(self, trainee: Trainee) -> None:
        """Take steps until a line is due, a command waits or the run comes to rest."""
        waiting, clock, losses = self._inbox.waiting, self._clock, self._losses
        line_due = clock() + LINE_SECONDS
        while not waiting and self._step < self._rest_at:
            if self._pace and not self._turn_comes(line_due):
                break
            loss = trainee.step(self._learning_rate)
            if not math.isfinite(loss):
                self._diverge(trainee)
                return
            losses.append(loss)
            self._step += 1
            if self._step <= NUMBERED_STEPS:
                numbers = trainee.numbers()
                if numbers is not None:
                    rate = self._learning_rate
                    self._send(protocol.Numbers(self._run, self._step, rate, numbers))
            if clock() >= line_due:
                break
        self._report()
        if self._step >= self._rest_at:
            self._rest("finished" if self._step >= self._goal else "paused")
        elif clock() >= self._evaluation_due:
            self._evaluate(trainee)

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
        self._turn = max(self._turn, now - 0.1) + 1 / self._pace
        return True

    def _diverge(self, trainee: Trainee) -> None:
        """Stop at a loss that is no number, with what explains it."""
        self._report()
        norm = trainee.gradient_norm() if self._step else math.nan
        self._rest_at = self._evaluated_step = self._step
        self._state = "diverged"
        self._tell_state(
            failed_step=self._step + 1,
            last_loss=self._last_loss,
            gradient_norm=norm if math.isfinite(norm) else None,
        )

    def _rest(self, state: protocol.TrainingState) -> None:
        self._rest_at = self._step
        self._state = state
        self._tell_state()

    def _go(self, rest_at: int) -> None:
        """Take steps from now on until there are so many."""
        self._rest_at = rest_at
        self._turn = self._clock()
        self._marks.clear()
        self._marks.append((self._turn, self._step))

    # Saying

    def _report(self) -> None:
        """Send the losses that have come together, or at least a sign of life."""
        now = self._clock()
        if not self._losses:
            if now - self._said_at >= BEAT_SECONDS:
                self._send(protocol.Beat(self._step))
            return
        self._marks.append((now, self._step))
        then, before = self._marks[0]
        losses, self._last_loss = tuple(self._losses), self._losses[-1]
        self._losses.clear()
        few = len(losses) <= protocol.MOST_LOSSES
        self._send(
            protocol.Metrics(
                self._run,
                self._step,
                (self._step - before) / (now - then) if now > then else 0.0,
                losses[-1],
                losses=losses if few else (),
                bins=() if few else binned(losses),
            )
        )

    def _evaluate(self, trainee: Trainee) -> None:
        before = self._clock()
        self._send(protocol.Evaluation(self._run, self._step, *trainee.evaluate()))
        self._evaluated_step = self._step
        after = self._clock()
        self._evaluation_due = after + max(EVALUATION_SECONDS, (after - before) / EVALUATION_SHARE)

    def _tell_state(
        self,
        failed_step: int | None = None,
        last_loss: float | None = None,
        gradient_norm: float | None = None,
    ) -> None:
        self._send(
            protocol.State(
                self._run,
                self._state,
                self._step if failed_step is None else failed_step,
                self._goal,
                {"learning_rate": self._learning_rate},
                self._pace,
                last_loss,
                gradient_norm,
            )
        )

    def _send(self, line: protocol.Message) -> None:
        self._write(line)
        self._said_at = self._clock()

    # Obeying

    def _obey(self, command: protocol.AnyCommand) -> bool:
        """Do what a command says and acknowledge it; False for `quit`."""
        self._report()
        refused: protocol.Refusal | None = None
        match command:
            case protocol.Quit():
                return False
            case protocol.Start(experiment=experiment):
                refused = self._start(command.id, experiment)
            case _ if self._experiment is None:
                refused = "no-run"
            case protocol.Reset(seed=seed):
                refused = self._reset(command.id, self._experiment, seed)
            case protocol.Set(knob="learning_rate", value=float(value)):
                refused = self._turn_knobs(learning_rate=value)
            case protocol.Set():
                refused = "unknown-knob"
            case protocol.Rewind():
                refused = "too-far"
            case protocol.Pace(value=value):
                refused = self._turn_knobs(pace=value)
            case _ if self._state == "diverged":
                refused = None if isinstance(command, protocol.Pause) else "diverged"
            case _:
                self._move(command, self._experiment)
        self._send(protocol.Done(command.id, self._step, refused))
        return True

    def _move(self, command: protocol.AnyCommand, experiment: Experiment) -> None:
        """Pause, resume or take single steps."""
        match command:
            case protocol.Pause():
                self._rest("paused" if self._step < self._goal else "finished")
            case protocol.Resume():
                if self._step >= self._goal:
                    self._goal = self._step + experiment.steps
                self._state = "training"
                self._go(self._goal)
                self._tell_state()
            case protocol.Step(count=count):
                self._rest("paused" if self._step < self._goal else "finished")
                self._go(self._step + count)

    def _turn_knobs(
        self, learning_rate: float | None = None, pace: float | None = None
    ) -> protocol.Refusal | None:
        if learning_rate is not None:
            if not 0 <= learning_rate <= LARGEST_RATE:
                return "bad-value"
            self._learning_rate = learning_rate
        if pace is not None:
            if not 0 <= pace <= MOST_STEPS_A_SECOND:
                return "bad-value"
            self._pace = pace
            self._turn = self._clock()
        self._tell_state()
        return None

    def _start(self, run: int, experiment: Experiment) -> protocol.Refusal | None:
        try:
            self._begin(run, experiment)
        except ExperimentError as error:
            self._send(protocol.Problem("bad-experiment", str(error)))
            return "bad-value"
        self._state = "training"
        self._learning_rate = experiment.learning_rate
        self._pace = experiment.pace
        self._go(self._goal)
        self._tell_state()
        return None

    def _reset(self, run: int, experiment: Experiment, seed: int | None) -> protocol.Refusal | None:
        again = experiment if seed is None else msgspec.structs.replace(experiment, seed=seed)
        self._begin(run, again)
        if self._state != "paused":
            self._state = "training"
            self._go(self._goal)
        self._tell_state()
        return None

    def _begin(self, run: int, experiment: Experiment) -> None:
        """Stand at step 0 of a run, with the model evaluated and nothing moving."""
        trainee = self._build(experiment)
        self._trainee, self._experiment, self._run = trainee, experiment, run
        self._step = self._rest_at = 0
        self._goal = experiment.steps
        self._last_loss = None
        evaluated = trainee.evaluate()
        self._send(
            protocol.Ready(
                run,
                experiment.name,
                *trainee.facts,
                batch=experiment.batch,
                seed=experiment.seed,
                loss=evaluated.train_loss,
            )
        )
        self._send(protocol.Evaluation(run, 0, *evaluated))
        self._evaluation_due, self._evaluated_step = self._clock() + EVALUATION_SECONDS, 0


def binned(losses: tuple[float, ...]) -> tuple[protocol.LossBin, ...]:
    """Many losses as few enough bins for one line, each of as many steps as the next."""
    size = 2
    while len(losses) > size * protocol.MOST_BINS:
        size *= 2
    bins = (folded(losses[start : start + size]) for start in range(0, len(losses), size))
    return tuple((held.low, held.high, held.total, held.size) for held in bins)
