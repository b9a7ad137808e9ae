"""One file that may grow, be written anew, vanish and come back: what is new in it, by slices."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from io import FileIO
from pathlib import Path

from tutor.watching.points import Begun, Item, Reader, Remark, Wishes
from tutor.watching.recognise import ENOUGH, recognised

OPENED = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
MARK = 64
"""Bytes before the place reached, which must still be the same: else the file was written anew."""


class Followed:
    """Reads on where it was; a file that was replaced or cut short is read from its beginning."""

    def __init__(
        self, path: Path, wishes: Wishes, known: Callable[[], Reader] | None = None
    ) -> None:
        """Nothing is read yet; `known` makes the reader where the file's name tells the kind."""
        self.path = path
        self.size = 0
        """Bytes of the file when it was last looked at."""
        self.offset = 0
        """Bytes that were read."""
        self.reader: Reader | None = None
        self.changed = 0.0
        """When it was last written, in seconds since 1970; 0 before it was looked at."""
        self.replaced = 0
        """How often the file turned out to be another one."""
        self._wishes = wishes
        self._known = known
        self._head = b""
        self._mark = b""
        self._identity: tuple[int, int] | None = None
        self._refused: Remark | None = None
        self._gone: Remark | None = None

    @property
    def behind(self) -> int:
        """Bytes that are there and were not read; 0 for a file that cannot be read."""
        return 0 if self._refused or self._gone else max(self.size - self.offset, 0)

    @property
    def refused(self) -> bool:
        """Whether it is of no kind that can be read."""
        return self._refused is not None

    @property
    def waiting(self) -> int:
        """Bytes at the end that are no whole record or line yet."""
        return len(self._head) if self.reader is None else self.reader.waiting

    def remarks(self) -> list[Remark]:
        """What is wrong with the file, and what had to be passed over in it."""
        found = [one for one in (self._gone, self._refused) if one is not None]
        return [*found, *(self.reader.remarks() if self.reader is not None else ())]

    def poll(self, most: int) -> Sequence[Item]:
        """What is new, from at most so many bytes; never waits, never raises."""
        try:
            found = os.stat(self.path)
        except OSError as error:
            self._gone = gone(self.path, error)
            return []
        if not stat.S_ISREG(found.st_mode):
            self._gone = Remark("watch.not-a-file", {"name": self.path.name})
            return []
        other = self._identity not in (None, (found.st_dev, found.st_ino))
        same = found.st_mtime == self.changed and found.st_size == self.size == self.offset
        self.changed = found.st_mtime
        if not other and same and self._gone is None:
            return []
        try:
            data, again = self._read(most, other=other)
        except OSError as error:
            self._gone = gone(self.path, error)
            return []
        self._gone = None
        items = self._understood(data) if data else ()
        return [Begun(), *items] if again else items

    def finish(self) -> Sequence[Item]:
        """What the file's last bytes mean, if nothing more will come."""
        items = list(self._begun(whole=True)) if self._head else []
        return [*items, *self.reader.finish()] if self.reader is not None else items

    def rewind(self) -> None:
        """Read it from its beginning once more."""
        self.offset = 0
        self.reader = self._refused = None
        self._head = self._mark = b""

    def _read(self, most: int, *, other: bool) -> tuple[bytes, bool]:
        """The next bytes, and whether they are the first of another file."""
        # A pipe that has just taken the file's place must not hold us up.
        handle = os.open(self.path, OPENED)
        with open(handle, "rb", buffering=0) as file:
            now = os.fstat(handle)
            if not stat.S_ISREG(now.st_mode):
                raise OSError(0, "not a file")
            again = other or now.st_size < self.offset or not self._marked(file)
            if again:
                self.replaced += 1
                self.rewind()
            self._identity = (now.st_dev, now.st_ino)
            self.size = now.st_size
            file.seek(self.offset)
            data = file.read(most) or b""
        self.offset += len(data)
        self.size = max(self.size, self.offset)
        self._mark = (self._mark + data[-MARK:])[-MARK:]
        return data, again

    def _marked(self, file: FileIO) -> bool:
        """Whether the bytes before the place reached are still those that were read."""
        file.seek(self.offset - len(self._mark))
        return file.read(len(self._mark)) == self._mark

    def _understood(self, data: bytes) -> Sequence[Item]:
        if self.reader is not None:
            return self.reader.feed(data)
        if self._refused is not None:
            return ()
        self._head += data
        return self._begun()

    def _begun(self, *, whole: bool = False) -> Sequence[Item]:
        """Find the reader, and give it what was held back until then."""
        whole = whole or len(self._head) >= ENOUGH
        reader: Reader | Remark | None
        if self._known is not None:
            reader = self._known()
        else:
            reader = recognised(self._head, self.path.name, self._wishes, whole=whole)
        if reader is None:
            if whole:
                self._head = b""
            return ()
        head, self._head = self._head, b""
        if isinstance(reader, Remark):
            self._refused = reader
            self.offset = self.size
            return ()
        self.reader = reader
        return reader.feed(head)


def gone(path: Path, error: OSError) -> Remark:
    """Why a file cannot be read now."""
    if isinstance(error, FileNotFoundError):
        return Remark("watch.gone", {"name": path.name})
    if isinstance(error, PermissionError):
        return Remark("watch.not-allowed", {"name": path.name})
    return Remark("watch.cannot-read", {"name": path.name, "reason": error.strerror or ""})
