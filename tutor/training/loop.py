"""What the child does all day: obey commands, and train. It knows no torch."""

import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tutor.training import protocol
from tutor.training.attempt import Attempt, Build
from tutor.training.inbox import Inbox
from tutor.training.knobs import turned
from tutor.training.looking import Looking
from tutor.training.record import kept_state
from tutor.training.refusal import ExperimentError
from tutor.training.saying import BEAT_SECONDS, Saying
from tutor.training.stepping import Stepping


class Loop:
    """One child's life: run after run, until it is told to quit."""

    def __init__(
        self,
        build: Build,
        send: Callable[[protocol.Message], None],
        inbox: Inbox,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A loop that waits for its first `start`; a measurement brings its own clock."""
        self._build = build
        self._inbox = inbox
        self._clock = clock
        self._saying = Saying(send, clock)
        self._looking = Looking(self._saying.say, clock)
        self._folder: str | None = None
        self._now: Stepping | None = None

    def serve(self) -> None:
        """Obey and train until `quit`."""
        while True:
            while self._inbox.waiting:
                if not self._obey(self._inbox.waiting.popleft()):
                    self._saying.end()
                    return
            now = self._now
            if now is not None and now.moves:
                now.train()
            elif now is not None and not now.told:
                now.tell()
            elif not self._inbox.wait(BEAT_SECONDS):
                self._saying.say(protocol.Beat(self._step))

    @property
    def _step(self) -> int:
        return self._now.attempt.step if self._now is not None else 0

    def _obey(self, command: protocol.AnyCommand) -> bool:
        """Do what a command says and acknowledge it; False for `quit`."""
        if self._now is not None:
            self._now.report()
        if isinstance(command, protocol.Quit):
            return False
        refused = self._obeyed(command)
        self._saying.say(protocol.Done(command.id, self._step, refused))
        return True

    def _obeyed(self, command: protocol.AnyCommand) -> protocol.Refusal | None:
        if isinstance(command, protocol.Start):
            return self._start(command)
        now = self._now
        if now is None:
            return "no-run"
        match command:
            case protocol.Reset(seed=seed):
                return self._reset(command.id, now, seed)
            case protocol.Rewind(step=step):
                return self._rewind(command.id, now, step)
            case protocol.Set(knob=knob, value=value):
                return self._set(now, knob, value)
            case protocol.Pace(value=pace):
                return now.set_pace(pace)
            case protocol.Look():
                return self._look(now, command)
            case protocol.Pause() if now.state == "diverged":
                return None
            case _ if now.state == "diverged":
                return "diverged"
            case protocol.RunTo(step=step, loss=loss):
                return run_to(now, step, loss)
            case protocol.Pause():
                now.rest()
            case protocol.Resume():
                now.set_off(goal_ahead(now))
            case protocol.Step(count=count):
                now.rest()
                now.go(now.attempt.step + count)
        return None

    def _set(self, now: Stepping, knob: str, value: float | str) -> protocol.Refusal | None:
        try:
            stands = turned(now.attempt.experiment, knob, value)
        except KeyError:
            return "unknown-knob"
        if stands is None:
            return "bad-value"
        now.turn(knob, stands)
        return None

    def _look(self, now: Stepping, look: protocol.Look) -> protocol.Refusal | None:
        if look.picture is not None and look.picture not in now.attempt.trainee.pictures:
            return "unknown-picture"
        self._looking.ask(look)
        return None

    # Beginning, and beginning again

    def _start(self, command: protocol.Start) -> protocol.Refusal | None:
        made, folder = command.experiment, command.folder
        path = Path(folder) if folder is not None else None
        try:
            attempt = Attempt(self._build, made)
        except ExperimentError as error:
            text = str(error)
            problem = protocol.Problem("bad-experiment", text, error.code, error.details)
            self._saying.say(problem)
            return "bad-value"
        told = None
        if command.resume and path is not None:
            attempt, told = self._taken_up(attempt, path)
        self._folder = folder
        self._saying.record(path, made, resumed=told is not None)
        self._looking.ask(protocol.Look(0))
        goal, pace = (made.steps, made.pace) if told is None else (told["goal"], told["pace"])
        now = self._begin(command.id, attempt, goal, pace)
        if told is not None and (told["rests"] or now.ended):
            now.rest()
        else:
            now.set_off(goal)
        return None

    def _taken_up(self, attempt: Attempt, folder: Path) -> tuple[Attempt, Mapping[str, Any] | None]:
        """The attempt as it was last kept on disk; as it is where nothing can be gone on from."""
        made = attempt.experiment
        try:
            data = kept_state(folder)
            told = attempt.unpack(data)
            if told["seed"] != made.seed:
                seeded = msgspec.structs.replace(made, seed=told["seed"])
                attempt = Attempt(self._build, seeded)
                attempt.unpack(data)
            return attempt, told
        except (OSError, ValueError, KeyError) as error:
            self._saying.say(protocol.Trouble("not-resumed", str(error)[:200]))
            return Attempt(self._build, made), None

    def _reset(self, run: int, before: Stepping, seed: int | None) -> protocol.Refusal | None:
        made = before.attempt.experiment
        if seed is not None:
            made = msgspec.structs.replace(made, seed=seed)
        attempt = Attempt(self._build, made, before.attempt.knobs)
        now = self._begin(run, attempt, made.steps, before.pace)
        if before.state == "paused":
            now.rest()
        else:
            now.set_off(now.goal)
        return None

    def _rewind(self, run: int, before: Stepping, step: int) -> protocol.Refusal | None:
        attempt = before.attempt
        if step > attempt.step:
            return "too-far"
        attempt.go_back(step, lambda: self._saying.beat(step))
        fork = protocol.Fork(before.run, step)
        self._begin(run, attempt, before.goal, before.pace, fork).rest()
        return None

    def _begin(
        self,
        run: int,
        attempt: Attempt,
        goal: int,
        pace: float,
        forked_from: protocol.Fork | None = None,
    ) -> Stepping:
        """Stand at the first step of a run, evaluated and at rest."""
        self._looking.begin()
        now = self._now = Stepping(
            run, attempt, goal, pace, self._saying, self._looking, self._inbox, self._clock
        )
        now.begin(forked_from, self._folder)
        return now


def run_to(now: Stepping, step: int | None, loss: float | None) -> protocol.Refusal | None:
    """Train up to a step or a loss, but not past the goal where that is still to come."""
    if step is None and loss is None:
        return "bad-value"
    last = goal_ahead(now) if step is None else step
    if not now.ended:
        last = min(last, now.goal)
    if last <= now.attempt.step:
        now.rest()
    else:
        now.set_off(last, -math.inf if loss is None else loss)
    return None


def goal_ahead(now: Stepping) -> int:
    """The goal; where it is reached, one that is as many steps away as the first was."""
    if now.ended:
        now.goal = now.attempt.step + now.attempt.experiment.steps
    return now.goal
