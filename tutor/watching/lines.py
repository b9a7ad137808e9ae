"""Bytes as they come -> whole lines with their numbers."""

from tutor.watching.points import Passed, Remark

LONGEST = 1024 * 1024
"""Bytes; a longer line is passed over without being kept."""


class Lines:
    """Cuts bytes into lines; the last one waits for its newline."""

    def __init__(self) -> None:
        """At the beginning of a file."""
        self.waiting = 0
        """Bytes of the line whose end is not there yet."""
        self._number = 0
        self._long = Passed("watch.long-lines")
        self._pieces: list[bytes] = []

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The lines that these bytes complete, without their ends, each after its number."""
        *whole, rest = data.split(b"\n")
        lines = []
        for part in whole:
            self._hold(part)
            self._number += 1
            if self.waiting > LONGEST:
                self._long.note(self._number)
            else:
                line = b"".join(self._pieces).removesuffix(b"\r")
                first = self._number == 1
                lines.append((self._number, line.removeprefix(b"\xef\xbb\xbf") if first else line))
            self._pieces.clear()
            self.waiting = 0
        self._hold(rest)
        return lines

    def finish(self) -> list[tuple[int, bytes]]:
        """The last line, when nothing more will come."""
        return self.feed(b"\n") if self.waiting else []

    def remarks(self) -> list[Remark]:
        """Lines that were too long."""
        return self._long.remarks()

    def _hold(self, part: bytes) -> None:
        self.waiting += len(part)
        if self.waiting > LONGEST:
            self._pieces.clear()
        elif part:
            self._pieces.append(part)
