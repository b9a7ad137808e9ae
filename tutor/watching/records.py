"""The records of a TensorFlow record file: their length, its checksum, the data, its checksum.

https://www.tensorflow.org/tutorials/load_data/tfrecord
"""

from collections.abc import Iterator
from typing import NamedTuple

from tutor.watching.crc32c import masked, masked_short

HEAD, FOOT = 12, 4
LONGEST = 4 * 1024 * 1024
"""Bytes of data; longer records are passed over: no event with single numbers is so long."""


def begins_record(data: bytes, at: int = 0) -> bool:
    """Whether twelve bytes are a length with its checksum."""
    length = data[at : at + 8]
    return masked_short(length) == int.from_bytes(data[at + 8 : at + HEAD], "little")


class Record(NamedTuple):
    """The data of a record, with the checksum that was written beside them."""

    data: bytes
    checksum: int
    at: int
    """The byte of the file at which the record begins."""

    @property
    def whole(self) -> bool:
        """Whether the data are those that were written."""
        return masked(self.data) == self.checksum


class Records:
    """Cuts bytes into records; where a length is damaged, it goes on at the next whole one."""

    def __init__(self) -> None:
        """At the beginning of a file."""
        self.damaged: list[tuple[int, int]] = []
        """Stretches without a record that were passed over: at which byte, how many bytes."""
        self._held = bytearray()
        self._at = 0
        """Where in the file the held bytes begin."""
        self._skip = 0
        self._lost = False

    @property
    def waiting(self) -> int:
        """Bytes of a record that is not whole yet."""
        return len(self._held) or self._skip

    def feed(self, data: bytes) -> Iterator[Record]:
        """The records that these bytes complete; to be used up before the next call."""
        held = self._held
        held += data
        start = 0
        if self._skip:
            start = min(self._skip, len(held))
            self._skip -= start
        while len(held) - start >= HEAD and not self._skip:
            head = bytes(held[start : start + HEAD])
            if not begins_record(head):
                start = self._next(start)
                continue
            self._lost = False
            size = int.from_bytes(head[:8], "little")
            if size > LONGEST:
                whole = HEAD + size + FOOT
                passed = min(whole, len(held) - start)
                self._skip, start = whole - passed, start + passed
                continue
            end = start + HEAD + size
            if len(held) < end + FOOT:
                break
            checksum = int.from_bytes(held[end : end + FOOT], "little")
            yield Record(bytes(held[start + HEAD : end]), checksum, self._at + start)
            start = end + FOOT
        self._at += start
        del held[:start]

    def _next(self, start: int) -> int:
        """Where the next record may begin, after bytes that begin none."""
        # The upper half of a length is zero; twelve bytes must be there to be sure.
        held = self._held
        place = held.find(b"\0\0\0\0", start + 5) - 4
        if place < 0:
            place = max(len(held) - HEAD + 1, start + 1)
        if self._lost:
            at, count = self.damaged[-1]
            self.damaged[-1] = at, count + place - start
        elif len(self.damaged) < 1000:
            self.damaged.append((self._at + start, place - start))
        self._lost = True
        return place
