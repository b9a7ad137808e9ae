"""The tutor's handle on a data-parallel run: it starts torchrun's own engine, and ends it."""

import asyncio
import contextlib
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tutor.course.experiment import Data, Model
from tutor.training import protocol
from tutor.training.child import environment
from tutor.training.experiments import Experiment
from tutor.training.snapshot import Trouble

EXPERIMENT = "experiment.json"
MOST_RANKS = 64
"""On this machine; each is a process that holds torch, some 200 MB."""

GRACE = 10.0
SAID_LINES = 40


DIGITS = Experiment(
    "digits-softmax",
    model=Model("softmax-regression", initial="zero"),
    data=Data("digits"),
    learning_rate=0.5,
    batch=32,
    steps=900,
    pace=0,
)
"""What is trained when nothing else is said."""


class ParallelRun:
    """A run of several ranks under way; its folder holds `rank-0.jsonl`, `rank-1.jsonl` ..."""

    def __init__(self, process: Process, folder: Path, ranks: int) -> None:
        """Hold what `launch` has started."""
        self.folder = folder
        self.ranks = ranks
        self.said: deque[str] = deque(maxlen=SAID_LINES)
        """The last lines that the ranks and torchrun have printed."""
        self._process = process
        self._overhearing = asyncio.create_task(self._overhear())

    @property
    def exit_code(self) -> int | None:
        """0 for a run that finished, 5 when a rank was lost, 130 when it was ended, or others."""
        return self._process.returncode

    @property
    def trouble(self) -> Trouble | None:
        """Why it has ended, where no file of a rank tells it."""
        last = self.said[-1] if self.said else "-"
        match self.exit_code:
            case None | 0 | 130 | 5:
                return None
            case 3:
                return Trouble("lab.missing-torch", {"reason": last})
            case 4:
                return Trouble("lab.broken-torch", {"reason": last})
            case code:
                return Trouble("ranks.failed", {"code": code, "reason": last})

    async def wait(self) -> int:
        """Wait for the end of all ranks; the exit code."""
        await self._overhearing
        return await self._process.wait()

    def stop(self) -> None:
        """Ask all ranks to end together after the step that they are at; waits for nothing."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    async def end(self) -> None:
        """End all ranks, after the grace by force."""
        self.stop()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), GRACE)
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                # The ranks have sessions of their own, and end with their parent.
                self._process.kill()
            await self._process.wait()
        self._overhearing.cancel()

    async def _overhear(self) -> None:
        """Keep the last lines of what is printed, and the pipe empty."""
        assert self._process.stderr is not None
        splitter = protocol.LineSplitter()
        while data := await self._process.stderr.read(65_536):
            for line in splitter.feed(data):
                text = line[:300].decode(errors="replace").rstrip()
                self.said.append("".join(filter(str.isprintable, text)))


def command(
    folder: Path, ranks: int, slow: Mapping[int, float], patience: float | None
) -> tuple[str, ...]:
    """torchrun on this machine alone: it finds a free port by itself."""
    words = [
        sys.executable, "-m", "tutor.training.parallel_agent",
        "--nproc-per-node", str(ranks), "--local-addr", "127.0.0.1",
        "--rdzv-backend", "c10d", "--rdzv-endpoint", "127.0.0.1:0",
        "-m", "tutor.training.parallel", str(folder / EXPERIMENT), "--folder", str(folder),
    ]  # fmt: skip
    for rank, seconds in slow.items():
        words += ["--slow", f"{rank}:{seconds * 1000:g}"]
    if patience is not None:
        words += ["--patience", f"{patience:g}"]
    return tuple(words)


async def launch(
    experiment: Experiment,
    ranks: int,
    folder: Path,
    *,
    slow: Mapping[int, float] | None = None,
    patience: float | None = None,
) -> ParallelRun:
    """Train an experiment by several ranks on this machine, each writing its file to a folder.

    `slow` are seconds by which each step of a rank is drawn out, to see a straggler; `patience`
    those after which a silent rank is given up. The run ends when the handle asks for it, and with
    the process of the caller.

    Raises:
        ValueError: there must be 1 to MOST_RANKS ranks.
        OSError: the folder cannot be written, or the system starts no process.
    """
    if not 1 <= ranks <= MOST_RANKS:
        raise ValueError(f"{ranks} ranks")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EXPERIMENT).write_bytes(msgspec.json.encode(experiment))
    variables = environment()
    if loopback := _loopback():
        variables["GLOO_SOCKET_IFNAME"] = loopback
    process = await asyncio.create_subprocess_exec(
        *command(folder, ranks, slow or {}, patience),
        stdin=PIPE, stdout=DEVNULL, stderr=PIPE, env=variables, start_new_session=True,
    )  # fmt: skip
    return ParallelRun(process, folder, ranks)


def _loopback() -> str | None:
    """The network interface that leads nowhere: ranks on one machine need no other."""
    if sys.platform == "win32":
        return None
    names = {name for _, name in socket.if_nameindex()}
    return next((name for name in ("lo", "lo0") if name in names), None)
