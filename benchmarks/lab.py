"""What streaming costs a model that trains, and how soon the lab is there.

Each ratio is the median over pairs of blocks, bare and streamed by turns in one process.
"""

import asyncio
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sized
from math import isfinite
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple, cast

import msgspec

from benchmarks.rows import Row
from tutor.course.experiment import Data, Model
from tutor.training import protocol
from tutor.training.child import environment
from tutor.training.experiments import Experiment
from tutor.training.inbox import Inbox
from tutor.training.loop import Loop
from tutor.training.run import Run
from tutor.training.trainee import Evaluated, Trainee

PAIRS = 40
BLOCK_SECONDS = 0.1

EXPERIMENTS = {
    made.name: msgspec.structs.replace(made, pace=0.0, steps=10**9)
    for made in (
        Experiment(
            "softmax regression, digits",
            Model("softmax-regression", initial="zero"),
            Data("digits"),
            learning_rate=0.5,
        ),
        Experiment("LeNet, digits", Model("lenet", initial="kaiming"), Data("digits"), 0.1),
        Experiment("LeNet-5, 28x28 digits", Model("lenet-5"), Data("digits-28"), 0.1),
        Experiment(
            "attention, look-ups", Model("attention", initial="xavier"), Data("look-ups"), 0.2
        ),
        Experiment(
            "a lesson's own softmax regression",
            Model("softmax-regression"),
            Data("own"),
            learning_rate=0.1,
            own={
                "W": ((0.1, 0.2, 0.3), (0.4, 0.5, 0.6), (0.7, 0.8, 0.9)),
                "x": (0.5, 0.6, 0.7),
                "b": (0.1, 0.2, 0.3),
                "label": 1.0,
            },
        ),
    )
}
"""Each as fast as it goes, without an end."""


class Speeds(msgspec.Struct):
    """Steps a second of work, in one pair of blocks."""

    bare: float
    streamed: float


def streaming(name: str) -> list[Speeds]:
    """Bare and streamed speeds of an experiment, its lines read and decoded by this process."""
    command = (sys.executable, "-m", "benchmarks.lab", name)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as child:
        assert child.stdout is not None and child.stderr is not None
        splitter, lines = protocol.LineSplitter(), 0
        while data := os.read(child.stdout.fileno(), 65_536):
            lines += sum(protocol.read_message(line) is not None for line in splitter.feed(data))
        said = child.stderr.read()
    if child.returncode or not lines:
        raise RuntimeError(said.decode(errors="replace"))
    return msgspec.json.decode(said.splitlines()[-1], type=list[Speeds])


class Counted:
    """A trainee that counts its steps, and asks for the end of a block when it is there."""

    def __init__(self, trainee: Trainee, inbox: Inbox, step_seconds: float) -> None:
        """Around a trainee."""
        self._trainee, self._inbox, self._step_seconds = trainee, inbox, step_seconds
        self._steps = self._end = 0
        self._evaluating = 0.0

    def __getattr__(self, name: str) -> object:
        """Everything but steps is the trainee's."""
        return getattr(self._trainee, name)

    def steps(self, most: int, losses: list[float], low: float, waiting: Sized) -> bool:
        """The trainee's, up to the end of the block."""
        known = len(losses)
        finite = self._trainee.steps(min(most, self._end - self._steps), losses, low, waiting)
        self._steps += len(losses) - known
        if self._steps >= self._end:
            self._inbox.put([protocol.Quit(0)])
        return finite

    def clock(self) -> float:
        """The time that so many steps, and evaluations, take a machine that does nothing else."""
        return self._steps * self._step_seconds + self._evaluating

    def evaluate(self) -> Evaluated:
        """The trainee's; the loop sees how long it takes, and evaluates more rarely."""
        before = process_time()
        evaluated = self._trainee.evaluate()
        self._evaluating += process_time() - before
        return evaluated

    def end_after(self, steps: int) -> None:
        """Have the loop quit when it has taken so many steps more."""
        self._end = self._steps + steps


def measure_in_child(name: str) -> list[Speeds]:
    """Train in this process, with and without lines to whoever started it, block by block.

    Time is this process's on the processor, since it is the first to wait when the machine is
    busy; and the loop's lines and evaluations fall where they would on an idle machine.
    """
    import torch

    from tutor.training.models.build import build
    from tutor.training.worker import be_modest, own_pipes, sender

    _, pipe = own_pipes()
    be_modest()
    torch.set_num_threads(1)
    made, inbox, bare = EXPERIMENTS[name], Inbox(), bare_loop(name)
    bare(200)
    block = round(BLOCK_SECONDS / worked(lambda: bare(200)) * 200)
    counted = Counted(build(made), inbox, BLOCK_SECONDS / block)
    loop = Loop(lambda _: cast("Trainee", counted), sender(pipe), inbox, counted.clock)
    inbox.put([protocol.Start(1, made)])

    def streamed() -> None:
        counted.end_after(block)
        loop.serve()

    streamed()
    pairs = []
    for turn in range(PAIRS):
        # By turns also within a pair, so that whoever comes second wins nothing by it.
        first = worked(streamed) if turn % 2 else 0.0
        alone = worked(lambda: bare(block))
        pairs.append(Speeds(block / alone, block / (first or worked(streamed))))
    return pairs


def bare_loop(name: str) -> Callable[[int], None]:
    """The same training with nothing kept, nothing asked and nothing said.

    It reads each loss, as any loop must that is to notice when there is none any more; that alone
    is 2 microseconds, 2 % of the smallest model's step.
    """
    import torch

    from tutor.training.data.dataset import Batches
    from tutor.training.models.build import build

    made = EXPERIMENTS[name]
    trainee = build(made)
    shown = Batches(trainee.data, made.batch, made.seed).walk()
    parameters, scores = trainee.model.parameters, trainee.model.scores
    weights = [parameter.detach() for parameter in parameters]

    def train(steps: int) -> None:
        for _ in range(steps):
            inputs, labels = next(shown)
            loss = torch.nn.functional.cross_entropy(scores(inputs), labels)
            if not isfinite(loss.item()):
                raise ArithmeticError("diverged")
            gradients = torch.autograd.grad(loss, parameters)
            for weight, gradient in zip(weights, gradients, strict=True):
                weight.sub_(gradient, alpha=made.learning_rate)

    return train


def worked(work: Callable[[], None]) -> float:
    """Seconds on the processor that some work takes."""
    before = process_time()
    work()
    return process_time() - before


class Delays(NamedTuple):
    """Seconds until the lab answers."""

    importing: float
    first_loss: float
    pause: float


async def delays() -> Delays:
    """How soon a child is warm, how soon a warm one shows a loss, how soon a pause holds."""
    run = Run()

    async def waited(reached: Callable[[], object]) -> float:
        before = perf_counter()
        while not reached():
            await asyncio.sleep(0.001)
        return perf_counter() - before

    await run.warm()
    importing = await waited(lambda: run.warm_child)
    began = perf_counter()
    await run.start(EXPERIMENTS["LeNet, digits"])
    await waited(lambda: run.snapshot.last_loss is not None)
    first_loss = perf_counter() - began
    await waited(lambda: run.snapshot.step > 500)
    run.pause()
    pause = await waited(lambda: run.snapshot.state == "paused")
    await run.stop()
    return Delays(importing, first_loss, pause)


def measure() -> list[Row]:
    """Every experiment's speed, streamed against bare; then the delays and the memory."""
    rows = []
    for name in EXPERIMENTS:
        pairs = streaming(name)
        rows.append(
            Row(
                f"lab: {name}",
                median(pair.streamed for pair in pairs),
                median(pair.bare for pair in pairs),
                median(pair.streamed / pair.bare for pair in pairs),
                ">= 0.97 x",
                "steps/s",
            )
        )
    tries = [asyncio.run(delays()) for _ in range(3)]
    importing, first_loss, pause = (1e3 * median(times) for times in zip(*tries, strict=True))
    # In KiB on Linux, in bytes on macOS.
    scale = 1024 if sys.platform == "linux" else 1
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * scale / 2**20
    return [
        *rows,
        Row("lab: a child imports torch", importing),
        Row("lab: a warm child's first loss", first_loss, bar="<= 150 ms"),
        Row("lab: a pause holds", pause),
        Row("lab: the largest child", memory, unit="MiB"),
    ]


if __name__ == "__main__":
    told = measure_in_child(sys.argv[1])
    sys.stderr.write(msgspec.json.encode(told).decode() + "\n")
