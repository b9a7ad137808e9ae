"""How soon the tutor is there: its first paint, against that of a Textual app that shows nothing.

Both run in a terminal of their own and take turns, from the start of the process to the last byte
of the first whole frame. `--version` is held against a Python that does nothing.
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.rows import Row, compared

ROUNDS = 9
COLUMNS, LINES = 80, 24
FRAME = f"\x1b[{LINES};1H".encode()
"""The first frame paints line after line; this begins the last one."""

LESSONS = b"Attention"
"""Stands on the map once the lessons are read."""

EMPTY_APP = "from textual.app import App\nApp().run()\n"
PATIENCE = 60.0


def painted(
    command: Sequence[str], environment: Mapping[str, str], *awaited: bytes
) -> tuple[float, ...]:
    """Milliseconds from the start of a command until it has painted one thing, then another."""
    master, slave = pty.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    try:
        received, times = b"", []
        for one in awaited:
            while one not in received:
                if not select.select([master], [], [], PATIENCE)[0]:
                    raise TimeoutError(f"{command} painted no {one!r}")
                received += os.read(master, 65_536)
            times.append(1000 * (time.perf_counter() - started))
        return tuple(times)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def whole_run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, ...]:
    """Milliseconds from the start of a command to its end."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return (1000 * (time.perf_counter() - started),)


def taking_turns(runs: Mapping[str, Callable[[], tuple[float, ...]]]) -> dict[str, list[float]]:
    """The medians of several runs that take turns; the first turn only fills the caches."""
    took: dict[str, list[tuple[float, ...]]] = {name: [] for name in runs}
    for turn in range(ROUNDS + 1):
        for name, run in runs.items():
            times = run()
            if turn:
                took[name].append(times)
    return {name: [median(one) for one in zip(*times, strict=True)] for name, times in took.items()}


def measure() -> list[Row]:
    python = sys.executable
    script = str(Path(python).with_name("tutor"))
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.py")
        empty.write_text(EMPTY_APP, encoding="utf-8")
        environment = {
            **os.environ, "TUTOR_HOME": str(Path(folder, "home")), "TERM": "xterm-256color",
            "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        module = (python, "-m", "tutor")
        took = taking_turns({
            "empty app": lambda: painted((python, str(empty)), environment, FRAME),
            "tutor": lambda: painted((script,), environment, FRAME, LESSONS),
            "-m tutor": lambda: painted(module, environment, FRAME),
            "pass": lambda: whole_run((python, "-c", "pass"), environment),
            "--version": lambda: whole_run((script, "--version"), environment),
            "-m tutor --version": lambda: whole_run((*module, "--version"), environment),
            "--help": lambda: whole_run((script, "--help"), environment),
        })  # fmt: skip
    paint, lessons = took["tutor"]
    (empty_paint,), (module_paint,) = took["empty app"], took["-m tutor"]
    (bare,), (version,) = took["pass"], took["--version"]
    (module_version,), (help,) = took["-m tutor --version"], took["--help"]
    app, nothing = "first paint, as of an empty Textual app", "as python -c pass"
    return [
        compared(f"tutor: {app}", paint, empty_paint, "<= 1.6 x"),
        compared(f"python -m tutor: {app}", module_paint, empty_paint, "<= 1.6 x"),
        compared("tutor: the lessons are listed, as the same", lessons, empty_paint),
        compared(f"tutor --version, {nothing}", version, bare, "<= 5 x"),
        compared(f"python -m tutor --version, {nothing}", module_version, bare, "<= 5 x"),
        compared(f"tutor --help, {nothing}", help, bare),
    ]
