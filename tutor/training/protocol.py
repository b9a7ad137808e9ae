"""The lines between the process that draws and the one that trains: docs/lab-protocol.md.

msgspec rather than json: measured on a line of 256 losses it decodes 10 x and encodes 13 x faster,
and what it returns has the fields and types that the protocol promises.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tutor.training.experiments import LARGEST_SEED, MOST_STEPS, Experiment
from tutor.training.own_model import Numeric

VERSION = 2

LONGEST_LINE = 131_072
"""Bytes; what is longer is dropped unread. The longest honest line is a few thousand."""

MOST_LOSSES = 512
"""Losses that one line carries singly; more are sent as bins."""

MOST_BINS = 128

MOST_CELLS = 64
"""Rows, and columns, of a picture."""

MOST_SAMPLES = 12
"""On a board."""

Count = Annotated[int, Meta(ge=0)]
TrainingState = Literal["training", "paused", "finished", "diverged"]
Refusal = Literal["no-run", "diverged", "bad-value", "too-far", "unknown-knob", "unknown-picture"]
Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]
Knobs = Mapping[str, float | str]
LossBin = tuple[float, float, float, Annotated[int, Meta(ge=1)]]
"""The least, the largest, the sum and the number of some consecutive losses."""


def _spelled(name: str) -> str:
    """`RunTo` is written `run-to` in a line."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


class Message(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag=_spelled):
    """A line from the child; fields that a reader does not know are passed over."""


class Hello(Message, frozen=True):
    """The first line: torch is imported and the child waits for a command."""

    protocol: int
    torch: str = ""
    python: str = ""
    process: int = 0


class Fork(msgspec.Struct, frozen=True):
    """The run and its step at which another one branches off."""

    run: int
    step: Count


class Ready(Message, frozen=True):
    """A run begins; `run` is the id of the `start`, `reset` or `rewind` that began it."""

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
    """Of the model as it stands, on all training examples."""
    step: Count = 0
    """Updates made: 0 unless the run was rewound or taken up again."""
    forked_from: Fork | None = None
    """The run that was rewound."""
    layers: tuple[str, ...] = ()
    """Names of the layers that learn, from the input on."""
    pictures: tuple[str, ...] = ()
    """What `look` can ask for."""
    folder: str | None = None
    """Where the run is written."""


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
    knobs: Knobs
    """By name: learning_rate, momentum, weight_decay, temperature, batch, optimiser."""
    pace: float
    last_loss: float | None = None
    """For `diverged`: the last finite loss."""
    gradient_norm: float | None = None
    """For `diverged`: of the gradient of the last finite loss, if it was finite itself."""


class Numbers(Message, frozen=True):
    """One step of a model of few numbers, as torch has them."""

    run: int
    step: Count
    learning_rate: float
    values: Mapping[str, Numeric]
    """By name; what is new after the step, like W, b and w, is the new one."""


class Layers(Message, frozen=True):
    """How the last step moved each layer; one entry a layer, None where it is not finite."""

    run: int
    step: Count
    names: tuple[str, ...]
    gradient_norms: tuple[float | None, ...]
    weight_norms: tuple[float | None, ...]
    update_ratios: tuple[float | None, ...]
    """Norm of the update by norm of the weights; None also where the weights are all 0."""
    dead: tuple[float | None, ...]
    """Share of ReLU units that give 0 for every sample looked at; None where there are none."""


class Picture(Message, frozen=True):
    """Something of the model as a matrix of at most 64 x 64; cells that are not finite are None."""

    run: int
    step: Count
    name: str
    values: Annotated[tuple[tuple[float | None, ...], ...], Meta(max_length=MOST_CELLS)]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Sample(msgspec.Struct, frozen=True):
    """One example that is shown, and what the model says of it."""

    input: str | tuple[float | tuple[float, ...], ...]
    """A text, a point, or an image by rows."""
    label: str
    answer: str
    share: float | None
    """The probability that the model gives its answer."""
    before: str | None = None
    """The answer on the board before this one."""


class Board(Message, frozen=True):
    """A few examples that are not trained on, always the same ones."""

    run: int
    step: Count
    samples: Annotated[tuple[Sample, ...], Meta(max_length=MOST_SAMPLES)]


class Done(Message, frozen=True):
    """A command took effect after `step` steps, or was refused."""

    command: int
    step: Count
    refused: Refusal | None = None


class Problem(Message, frozen=True):
    """Why the child cannot do what it is for."""

    code: Literal["missing-torch", "broken-torch", "bad-experiment"]
    text: str = ""
    reason: str | None = None
    """For `bad-experiment`: the key of the sentence that says why, and what belongs into it."""
    details: Mapping[str, str | int | float] = {}


class Trouble(Message, frozen=True):
    """What does not work beside the training, which goes on."""

    code: Literal["not-recorded", "not-resumed"]
    """The run's folder cannot be written; or it holds no state to go on from."""
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
    folder: str | None = None
    """Where the run is written; it is made if need be."""
    resume: bool = False
    """Stand where the state in the folder stands, if there is one."""


class Pause(Command, frozen=True):
    """Take no further step."""


class Resume(Command, frozen=True):
    """Go on; a finished run goes on for as many steps again."""


class Step(Command, frozen=True):
    """Take some steps, then rest."""

    count: Annotated[int, Meta(ge=1, le=1_000_000)] = 1


class Reset(Command, frozen=True):
    """Begin the run again with the knobs as they stand: the same weights, the same batches."""

    seed: Annotated[int, Meta(ge=0, le=LARGEST_SEED)] | None = None
    """None: the present one, and so the same losses."""


class Set(Command, frozen=True):
    """Turn a knob; it acts from the next step on."""

    knob: str
    value: float | str


class RunTo(Command, frozen=True):
    """Train, then rest at a step, or after the first batch loss that is low enough."""

    step: Annotated[int, Meta(ge=0, le=MOST_STEPS)] | None = None
    loss: float | None = None


class Rewind(Command, frozen=True):
    """Stand again at an earlier step, with the weights and knobs that it had, and rest."""

    step: Count


class Look(Command, frozen=True):
    """What to measure besides the loss from now on; what is not asked for costs nothing."""

    layers: bool = False
    board: bool = False
    picture: str | None = None


class Pace(Command, frozen=True):
    """Take so many steps a second from now on; 0 is as fast as it goes."""

    value: float


class Quit(Command, frozen=True):
    """End at once."""


AnyMessage = (
    Hello | Ready | Metrics | Evaluation | State | Numbers | Layers | Picture | Board
    | Done | Problem | Trouble | Beat
)  # fmt: skip
AnyCommand = Start | Pause | Resume | Step | RunTo | Set | Rewind | Reset | Look | Pace | Quit

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
