"""The lines between the process that draws and the one that trains: docs/lab-protocol.md.

msgspec rather than json: measured on a line of 256 losses it decodes 10 x and encodes 13 x faster,
and what it returns has the fields and types that the protocol promises.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tutor.training.experiments import Experiment

VERSION = 1

LONGEST_LINE = 131_072
"""Bytes; what is longer is dropped unread. The longest honest line is a few thousand."""

MOST_LOSSES = 512
"""Losses that one line carries singly; more are sent as bins."""

MOST_BINS = 128

Count = Annotated[int, Meta(ge=0)]
TrainingState = Literal["training", "paused", "finished", "diverged"]
Refusal = Literal["no-run", "diverged", "bad-value"]
Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]
LossBin = tuple[float, float, float, Annotated[int, Meta(ge=1)]]
"""The least, the largest, the sum and the number of some consecutive losses."""


def _spelled(name: str) -> str:
    """`LearningRate` is written `learning-rate` in a line."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


class Message(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag=_spelled):
    """A line from the child; fields that a reader does not know are passed over."""


class Hello(Message, frozen=True):
    """The first line: torch is imported and the child waits for a command."""

    protocol: int
    torch: str = ""
    python: str = ""
    process: int = 0


class Ready(Message, frozen=True):
    """A run begins; `run` is the id of the `start` or `reset` that began it."""

    run: int
    experiment: str
    parameters: Count
    classes: Count
    train: Count
    validation: Count
    batches_per_epoch: Annotated[int, Meta(ge=1)]
    batch: Count
    seed: int
    loss: float | None
    """Of the untrained model, on all training examples."""


class Metrics(Message, frozen=True):
    """The losses of some consecutive steps, of which `step` is the last."""

    run: int
    step: Count
    steps_per_second: float
    last: float
    losses: Annotated[Vector, Meta(max_length=MOST_LOSSES)] = ()
    bins: Annotated[tuple[LossBin, ...], Meta(max_length=MOST_BINS)] = ()


class Evaluation(Message, frozen=True):
    """How the model of a step does on all examples; None where there are none or it overflows."""

    run: int
    step: Count
    train_loss: float | None
    train_accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None


class State(Message, frozen=True):
    """What the run does from here on, and with which knobs."""

    run: int
    state: TrainingState
    step: Count
    """Steps taken; for `diverged` the step whose loss was not finite."""
    until: Count
    learning_rate: float
    pace: float
    last_loss: float | None = None
    """For `diverged`: the last finite loss."""
    gradient_norm: float | None = None
    """For `diverged`: of the gradient of the last finite loss, if it was finite itself."""


class Numbers(Message, frozen=True):
    """One step of a lesson's own model in all its numbers, as torch has them."""

    run: int
    step: Count
    learning_rate: float
    z: Vector
    p: Vector
    loss: float
    dz: Vector
    dW: Matrix
    db: Vector
    W: Matrix
    """The new one."""
    b: Vector
    """The new one."""
    next_loss: float


class Done(Message, frozen=True):
    """A command took effect after `step` steps, or was refused."""

    command: int
    step: Count
    refused: Refusal | None = None


class Problem(Message, frozen=True):
    """Why the child cannot do what it is for."""

    code: Literal["missing-torch", "broken-torch", "bad-experiment"]
    text: str = ""


class Beat(Message, frozen=True):
    """Nothing to say, but alive; sent when no other line was for a second."""

    step: Count


class Command(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="command", tag=_spelled):
    """A line to the child; `id` comes back in `done`, and rises."""

    id: int


class Start(Command, frozen=True):
    """Train an experiment from its beginning, whatever was trained before."""

    experiment: Experiment


class Pause(Command, frozen=True):
    """Take no further step."""


class Resume(Command, frozen=True):
    """Go on; a finished run goes on for as many steps again."""


class Step(Command, frozen=True):
    """Take some steps, then rest."""

    count: Annotated[int, Meta(ge=1, le=1_000_000)] = 1


class Reset(Command, frozen=True):
    """Begin the run again: the same weights, the same batches, the same losses."""

    learning_rate: float | None = None
    """None: the experiment's own."""


class LearningRate(Command, frozen=True):
    """Use another learning rate from the next step on."""

    value: float


class Pace(Command, frozen=True):
    """Take so many steps a second from now on; 0 is as fast as it goes."""

    value: float


class Quit(Command, frozen=True):
    """End at once."""


AnyMessage = Hello | Ready | Metrics | Evaluation | State | Numbers | Done | Problem | Beat
AnyCommand = Start | Pause | Resume | Step | Reset | LearningRate | Pace | Quit

_encoder = msgspec.json.Encoder()
_messages: msgspec.json.Decoder[AnyMessage] = msgspec.json.Decoder(AnyMessage)
_commands: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)

# What msgspec raises on hostile bytes: malformed, of the wrong type, nested too deeply, not UTF-8.
_GARBAGE = (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError, OverflowError)


def encode(line: Message | Command) -> bytes:
    """A message or command as its line, with the newline."""
    return _encoder.encode(line) + b"\n"


def read_message(line: bytes) -> AnyMessage | None:
    """What a line from the child says; None for garbage."""
    try:
        return _messages.decode(line)
    except _GARBAGE:
        return None


def read_command(line: bytes) -> AnyCommand | None:
    """What a line from the parent asks; None for garbage."""
    try:
        return _commands.decode(line)
    except _GARBAGE:
        return None


class LineSplitter:
    """Bytes as a pipe delivers them -> whole lines, none longer than allowed."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        """A splitter at the start of a pipe."""
        self.dropped = 0
        """Lines that were too long and are lost."""
        self._longest = longest
        self._pieces: list[bytes] = []
        self._held = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these bytes complete, without their newline."""
        *whole, rest = data.split(b"\n")
        lines = []
        for part in whole:
            self._hold(part)
            if self._held > self._longest:
                self.dropped += 1
            else:
                lines.append(b"".join(self._pieces))
            self._pieces.clear()
            self._held = 0
        self._hold(rest)
        return lines

    def _hold(self, part: bytes) -> None:
        self._held += len(part)
        if self._held <= self._longest:
            self._pieces.append(part)
        else:
            self._pieces.clear()
