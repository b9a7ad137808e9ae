"""The child that trains: `python -m tutor.training.worker`, commands in, lines out.

It is the only process of the tutor that imports torch. It never outlives its parent.
"""

import contextlib
import os
import platform
import signal
import sys
from collections.abc import Callable
from threading import Thread
from typing import BinaryIO, Literal

from tutor.training import protocol
from tutor.training.inbox import Inbox
from tutor.training.loop import Loop

MISSING_TORCH = 3
BROKEN_TORCH = 4
"""Exit codes; 0 is an end that was asked for."""

DEATH_SIGNAL_OPTION = 1
"""PR_SET_PDEATHSIG of Linux."""


def own_pipes() -> tuple[int, BinaryIO]:
    """The protocol's pipes, moved to where no library can print into them or read from them."""
    commands, lines = os.dup(0), os.dup(1)
    silence = os.open(os.devnull, os.O_RDONLY)
    os.dup2(silence, 0)
    os.close(silence)
    os.dup2(2, 1)
    return commands, os.fdopen(lines, "wb")


def be_modest() -> None:
    """Leave the processor to the screen, and die with the parent where the system offers it."""
    if hasattr(os, "nice"):
        os.nice(19)
    if sys.platform == "linux":
        # End of stdin ends a living child; this ends also one that is stopped or hangs in C.
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(DEATH_SIGNAL_OPTION, signal.SIGKILL)


def listen(commands: int, inbox: Inbox) -> None:
    """Pass commands on as they come; at their end, end, whatever the other thread is doing."""
    splitter = protocol.LineSplitter()
    while data := os.read(commands, 65_536):
        read = map(protocol.read_command, splitter.feed(data))
        inbox.put([command for command in read if command is not None])
    os._exit(0)


def sender(lines: BinaryIO) -> Callable[[protocol.Message], None]:
    """A function that writes one line at once, and ends the process when nobody reads any more."""

    def send(line: protocol.Message) -> None:
        try:
            lines.write(protocol.encode(line))
            lines.flush()
        except BrokenPipeError:
            os._exit(0)

    return send


def without_torch(error: ImportError | OSError) -> int:
    """The exit code of a process that could not import torch."""
    # A library of torch that does not load has a path; a torch that is not there has none.
    missing = isinstance(error, ImportError) and error.path is None
    return MISSING_TORCH if missing else BROKEN_TORCH


def main() -> int:
    """Live one child's life; the exit code."""
    commands, lines = own_pipes()
    be_modest()
    inbox, send = Inbox(), sender(lines)
    Thread(target=listen, args=(commands, inbox), daemon=True).start()
    try:
        import torch

        from tutor.training.models.build import build
    except (ImportError, OSError) as error:
        status = without_torch(error)
        fault: Literal["missing-torch", "broken-torch"]
        fault = "missing-torch" if status == MISSING_TORCH else "broken-torch"
        send(protocol.Problem(fault, str(error)[:500]))
        return status
    # Two threads on two cores drop to a quarter of the speed beside anything else that works.
    torch.set_num_threads(1)
    send(
        protocol.Hello(
            protocol.VERSION, str(torch.__version__), platform.python_version(), os.getpid()
        )
    )
    Loop(build, send, inbox).serve()
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # An orderly end of the interpreter with torch in it takes up to half a second.
    os._exit(code)
