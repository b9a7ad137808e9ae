"""The tutor in a real terminal: started, typed to, read, resized and ended as a person does it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyte

ROOT = Path(__file__).parents[2]
DEADLINE = 30.0
"""Seconds for anything: far more than is needed, so that a busy machine fails nothing."""

KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "space": " ",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "delete": "\x1b[3~",
    "f1": "\x1bOP", "f3": "\x1bOR", "f4": "\x1bOS", "f7": "\x1b[18~", "f8": "\x1b[19~",
    "ctrl+c": "\x03", "ctrl+l": "\x0c", "ctrl+q": "\x11",
}  # fmt: skip

LAUNCHER = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Makes the terminal the session's own, so that it sends SIGWINCH and SIGHUP as a real one does."""

SHOWN_AFTERWARDS = {7, 25}
"""Line wrap and the cursor: the only modes of a terminal that a program leaves switched on."""


class Picture(pyte.Screen):
    """What is seen; the alternate screen, which pyte does not know, leaves what was before."""

    _before: dict[int, Any] | None = None

    def set_mode(self, *modes: int, **kinds: Any) -> None:
        """Keep the lines that the alternate screen covers."""
        if 1049 in modes and kinds.get("private") and self._before is None:
            self._before = {row: dict(self.buffer[row]) for row in range(self.lines)}
            self.erase_in_display(2)
        super().set_mode(*modes, **kinds)

    def reset_mode(self, *modes: int, **kinds: Any) -> None:
        """Bring the covered lines back."""
        if 1049 in modes and kinds.get("private") and self._before is not None:
            self.erase_in_display(2)
            for row, cells in self._before.items():
                self.buffer[row].update(cells)
            self._before = None
            self.cursor_position()
        super().reset_mode(*modes, **kinds)


class Terminal:
    """A terminal with one program in it; `with` ends both, whatever happened."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        size: tuple[int, int] = (80, 24),
    ) -> None:
        """Start a command in a terminal of so many columns and lines."""
        self.picture = Picture(*size)
        self.written = bytearray()
        self._stream = pyte.ByteStream(self.picture)
        self._held = b""
        self._master, self._slave = pty.openpty()
        self._set_size(*size)
        self.attributes_before = termios.tcgetattr(self._slave)
        self.process = subprocess.Popen(
            [sys.executable, "-ISc", LAUNCHER, *command],
            stdin=self._slave, stdout=self._slave, stderr=self._slave,
            env=dict(environment), cwd=folder, start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        """The terminal itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the program and take the terminal away."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()

    # What a person does

    def press(self, *keys: str) -> None:
        """Press keys by their names; numbers are typed as they are."""
        for key in keys:
            assert key in KEYS or not key.isalpha() or len(key) == 1, f"no key is called {key}"
        self._send("".join(KEYS.get(key, key) for key in keys))

    def paste(self, text: str) -> None:
        """Paste as terminals do it that were asked to mark what is pasted."""
        assert 2004 in self.modes, "nobody asked for marked pastes"
        self._send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Drag the window to another size; the system sends SIGWINCH."""
        # What is drawn already and still on its way belongs to the old size.
        self.read(0)
        self.picture.resize(lines, columns)
        self._set_size(columns, lines)

    def signal(self, number: int) -> None:
        """Send a signal to the program alone."""
        self.process.send_signal(number)

    def close(self) -> None:
        """Take the terminal away, as when its window is closed; the system sends SIGHUP."""
        for handle in (self._slave, self._master):
            if handle >= 0:
                os.close(handle)
        self._slave = self._master = -1

    def _send(self, text: str) -> None:
        data = text.encode()
        while data:
            # A program that waits for its output to be read would not read its input.
            self.read(0)
            data = data[os.write(self._master, data[:1024]) :]

    def _set_size(self, columns: int, lines: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    # What a person sees

    @property
    def lines(self) -> list[str]:
        """The lines of the screen without the spaces at their ends."""
        return [line.rstrip() for line in self.picture.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def shows(self, *sentences: str) -> bool:
        """Whether all sentences are on the screen, wherever their lines are broken."""
        seen = unbroken(self.text)
        return all(unbroken(sentence) in seen for sentence in sentences)

    @property
    def underlined(self) -> str:
        """What is underlined."""
        rows = (self.picture.buffer[row] for row in range(self.picture.lines))
        columns = range(self.picture.columns)
        return "".join(row[at].data for row in rows for at in columns if row[at].underscore)

    @property
    def modes(self) -> set[int]:
        """The private modes that are switched on now, such as 1049, the alternate screen."""
        modes: set[int] = set()
        for numbers, switch in re.findall(rb"\x1b\[\?([\d;]+)([hl])", self.written):
            found = {int(number) for number in numbers.split(b";")}
            modes = modes | found if switch == b"h" else modes - found
        return modes

    def until(self, condition: Callable[[], object], meant: str = "") -> None:
        """Read what is written until a condition holds; fail with the screen in time."""
        deadline = time.monotonic() + DEADLINE
        afterwards = self.ended
        while not condition():
            read = self.read(0.05)
            assert time.monotonic() < deadline, f"waited in vain for {meant}:\n{self.text}"
            if not read and self.ended and not afterwards and not condition():
                status = self.process.returncode
                raise AssertionError(f"no {meant}; ended with {status}:\n{self.text}")

    def until_shown(self, *sentences: str) -> None:
        """Wait until all sentences are on the screen."""
        self.until(lambda: self.shows(*sentences), f"{sentences}")

    def until_gone(self, *sentences: str) -> None:
        """Wait until none of the sentences is on the screen."""
        self.until(lambda: not any(map(self.shows, sentences)), f"the end of {sentences}")

    def read(self, seconds: float) -> bool:
        """Take in all that comes within some time; False when there was nothing."""
        if self._master < 0 or not select.select([self._master], [], [], seconds)[0]:
            return False
        data = os.read(self._master, 65_536)
        self.written += data
        # pyte would print the last letter of the sequences of kitty's keyboard.
        data = re.sub(rb"\x1b\[[<>][\d;]*u", b"", self._held + data)
        whole = re.sub(rb"\x1b(\[[<>]?[\d;]*)?$", b"", data)
        self._held = data[len(whole) :]
        self._stream.feed(whole)
        return True

    # Its end

    @property
    def ended(self) -> bool:
        """Whether the program has ended."""
        return self.process.poll() is not None

    def status(self) -> int:
        """Wait for the end of the program, and take its status."""
        self.until(lambda: self.ended, "the end")
        while self.read(0.05):
            pass
        return self.process.returncode

    def left_over(self) -> list[str]:
        """What is not again as it was before the program, in words; empty where all is well."""
        found = [f"mode {mode} is on" for mode in self.modes - SHOWN_AFTERWARDS]
        found += [f"mode {mode} is off" for mode in SHOWN_AFTERWARDS - self.modes]
        pushed = re.findall(rb"\x1b\[>[\d;]*u", self.written)
        popped = re.findall(rb"\x1b\[<[\d;]*u", self.written)
        if len(pushed) != len(popped):
            found.append("kitty's keyboard mode is on")
        if termios.tcgetattr(self._slave) != self.attributes_before:
            found.append("the line discipline is changed")
        return found


def unbroken(text: str) -> str:
    """A text without what lines are broken with: spaces, ends of lines, frames."""
    return re.sub(r"[\s\u2500-\u259f]+", "", text)


def descendants(process_id: int) -> list[int]:
    """The processes that a process has started, and those that these have started."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(status.parent.name)] = int(fields[1])
    found = [child for child, parent in parents.items() if parent == process_id]
    return found + [each for child in found for each in descendants(child)]
