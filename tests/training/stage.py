"""The child's loop with a made-up model, and commands on cue: no torch, no process."""

import json
import math

import msgspec

from tests.training.labs import SOFTMAX
from tutor.training.inbox import Inbox
from tutor.training.loop import Loop
from tutor.training.protocol import Beat, Metrics, Quit, Sample
from tutor.training.trainee import Drawn, Evaluated, Facts, Moved

FAST = msgspec.structs.replace(SOFTMAX, steps=100, pace=0)


class Counting:
    """Loses 1/n at step n; on cue, other losses, and commands that arrive while a step runs.

    Each is told once: a step that is taken again brings no command again.
    """

    facts = Facts(5, 2, 64, 32, 2)
    layers = ("linear",)
    pictures = ("weights:linear",)

    def __init__(self, stage, made):
        self.stage = stage
        self.made = made
        self.taken = 0
        self.rates = []
        self.rate = made.learning_rate
        self.turned = []
        stage.trainees.append(self)

    def step(self):
        self.taken += 1
        self.rates.append(self.rate)
        self.stage.inbox.put(self.stage.cues.pop(self.taken, []))
        return self.stage.losses.pop(self.taken, 1 / self.taken)

    def steps(self, most, losses, low, waiting):
        for _ in range(most):
            loss = self.step()
            if not math.isfinite(loss):
                return False
            losses.append(loss)
            if loss <= low or waiting:
                break
        return True

    def turn(self, knob, value):
        self.turned.append((self.taken, knob, value))
        if knob == "learning_rate":
            self.rate = value

    def gradient_norm(self):
        return self.stage.norm

    def evaluate(self):
        return Evaluated(1.0, 0.5, 2.0, 0.25)

    def numbers(self):
        return None

    def moved(self):
        return Moved((1.0,), (2.0,), (0.5,), (None,))

    def picture(self, name):
        return Drawn(((float(self.taken),),))

    def board(self):
        return (Sample("x", "0", str(self.taken % 2), 0.5),)

    def state(self):
        return self.taken

    def restore(self, state):
        self.taken = state

    def packed(self, state, told):
        return json.dumps([state, told]).encode()

    def unpacked(self, data):
        return json.loads(data)


class Stage:
    """Plays a loop to its end; `cues` are commands by the step during which they arrive."""

    trainee = Counting

    def __init__(self, cues=None, losses=None, norm=3.0):
        self.cues = cues or {}
        self.losses = losses or {}
        self.norm = norm
        self.inbox = Inbox()
        self.lines = []
        self.trainees = []
        self.answers = []

    def play(self, *commands, then=()):
        """Send commands, and each of `then` when the loop is at rest after the one before."""
        self.answers = list(then)
        self.inbox.put(commands)
        Loop(lambda made: self.trainee(self, made), self.hear, self.inbox).serve()
        return self

    def hear(self, line):
        self.lines.append(line)
        if isinstance(line, Beat):
            self.inbox.put([self.answers.pop(0) if self.answers else Quit(999)])

    def of(self, kind):
        return [line for line in self.lines if isinstance(line, kind)]

    def told(self):
        return [loss for line in self.of(Metrics) for loss in line.losses]
