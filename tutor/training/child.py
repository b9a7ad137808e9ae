"""One child process: started, listened to, spoken to, watched, and ended whatever it is doing."""

import asyncio
import contextlib
import os
import signal
import site
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tutor.training import protocol

COMMAND = (sys.executable, "-P", "-m", "tutor.training.worker")
"""-P: no file of the folder that the learner works in is taken for a module of Python."""

SLICE_BYTES = 16_384
"""Read and decoded before the screen has its turn again: measured 0.03 ms of honest lines."""

UNREAD_COMMAND_BYTES = 65_536
"""Commands to a child that reads none are dropped from here on."""

SAID_LINES = 20


class Ears(NamedTuple):
    """Whom to tell what happens to a child; nothing is told once it has been asked to end."""

    heard: Callable[[protocol.AnyMessage], None]
    garbled: Callable[[int], None]
    """So many lines could not be read."""
    said: Callable[[tuple[str, ...]], None]
    """The last lines on its stderr."""
    ended: Callable[[int], None]
    """It ended by itself or was killed; the exit code, negative for a signal."""
    silent: Callable[[float], None]
    """It lives but has said nothing for so many seconds; told once in each silence."""


class Patience(NamedTuple):
    """Seconds to wait."""

    silence: float = 10.0
    """For any line; a child that is well says one each second."""
    importing: float = 120.0
    """For the first line: importing torch takes a second or two, on a cold disk many more."""
    grace: float = 0.3
    """For an end that was asked for."""


class Child:
    """One child process from its start to its end."""

    def __init__(self, ears: Ears, patience: Patience) -> None:
        """A child that is not born yet."""
        self._ears = ears
        self._patience = patience
        self._process: Process | None = None
        self._attending: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._leaving = False
        self.greeted = False
        """Whether it has said its first line: torch is imported."""
        self._quiet = 0.0
        self._silent = False

    @property
    def alive(self) -> bool:
        """Whether the process is there and has not been asked to end."""
        return not self._leaving and self.process_id is not None

    @property
    def process_id(self) -> int | None:
        """The process, while there is one."""
        if self._process is None or self._process.returncode is not None:
            return None
        return self._process.pid

    async def begin(self, command: Sequence[str] = COMMAND) -> None:
        """Start the process; raises OSError when the system cannot."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment(),
            start_new_session=True,
        )
        self._process = process
        self._attending = asyncio.create_task(self._attend(process))
        self._watching = asyncio.create_task(self._watch(process))

    def send(self, command: protocol.Command) -> None:
        """Leave a command in the pipe; waits for nothing."""
        pipe = self._process.stdin if self._process is not None else None
        if pipe is None or pipe.is_closing() or not self.alive:
            return
        if pipe.transport.get_write_buffer_size() < UNREAD_COMMAND_BYTES:
            pipe.write(protocol.encode(command))

    def kill(self) -> None:
        """End the process at once; waits for nothing, and nothing more is told."""
        self._leaving = True
        self._kill()

    def _kill(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    async def end(self) -> None:
        """End the process: by the end of its input, after the grace by force."""
        self._leaving = True
        process = self._process
        if process is None or self._attending is None or self._watching is None:
            return
        self._watching.cancel()
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), self._patience.grace)
        self.kill()
        # It ends with the pipes, which end with the process.
        await asyncio.wait((self._attending,), timeout=self._patience.grace)
        self._attending.cancel()

    async def _attend(self, process: Process) -> None:
        """Listen until the child's end, then tell how it ended."""
        assert process.stdout is not None and process.stderr is not None
        pipes = (
            asyncio.create_task(self._listen(process.stdout)),
            asyncio.create_task(self._overhear(process.stderr)),
        )
        try:
            await asyncio.wait(pipes)
            # A child that lives on without its pipes cannot be worked with.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), self._patience.grace)
            self._kill()
            code = await process.wait()
        finally:
            for pipe in pipes:
                pipe.cancel()
        if not self._leaving:
            self._ears.ended(code)

    async def _listen(self, pipe: asyncio.StreamReader) -> None:
        splitter = protocol.LineSplitter()
        while data := await pipe.read(SLICE_BYTES):
            self._quiet, self._silent = 0.0, False
            for line in splitter.feed(data):
                if self._leaving:
                    break
                self._take(protocol.read_message(line))
            if splitter.dropped and not self._leaving:
                self._ears.garbled(splitter.dropped)
                splitter.dropped = 0
            # A pipe that is always full would otherwise never give the screen its turn.
            await asyncio.sleep(0)

    def _take(self, message: protocol.AnyMessage | None) -> None:
        if message is None:
            self._ears.garbled(1)
            return
        if isinstance(message, protocol.Hello):
            self.greeted = True
        self._ears.heard(message)

    async def _overhear(self, pipe: asyncio.StreamReader) -> None:
        """Keep the last lines of what is printed, and the pipe empty."""
        splitter = protocol.LineSplitter()
        said: deque[str] = deque(maxlen=SAID_LINES)
        while data := await pipe.read(SLICE_BYTES):
            for line in splitter.feed(data)[-SAID_LINES:]:
                text = line[:300].decode(errors="replace").strip()
                if text:
                    said.append("".join(filter(str.isprintable, text)))
            if not self._leaving:
                self._ears.said(tuple(said))
            await asyncio.sleep(0)

    async def _watch(self, process: Process) -> None:
        """Notice a child that lives but says nothing."""
        tick = min(self._patience.silence / 5, 0.5)
        loop = asyncio.get_running_loop()
        then = loop.time()
        while process.returncode is None:
            await asyncio.sleep(tick)
            now = loop.time()
            # Time in which we were stopped ourselves, as by ctrl+Z, is nobody's silence.
            self._quiet += min(now - then, 2 * tick)
            then = now
            patience = self._patience.silence if self.greeted else self._patience.importing
            if self._quiet > patience and not self._silent and not self._leaving:
                self._silent = True
                self._ears.silent(patience)


def environment() -> dict[str, str]:
    """Ours, with one torch thread, and with the folder of this package on the child's path."""
    variables = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    house = str(Path(__file__).resolve().parents[2])
    if house not in (*site.getsitepackages(), site.getusersitepackages()):
        paths = [path for path in (variables.get("PYTHONPATH"), house) if path]
        variables["PYTHONPATH"] = os.pathsep.join(paths)
    return variables
