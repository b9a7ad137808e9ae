"""Writes what readers read: records, events, and the pieces in which they come."""

import struct
from pathlib import Path

from tutor.watching.crc32c import masked
from tutor.watching.points import Begun

FILES = Path(__file__).parent / "files"


def record(data: bytes) -> bytes:
    length = struct.pack("<Q", len(data))
    sums = (struct.pack("<I", masked(one)) for one in (length, data))
    return length + next(sums) + data + next(sums)


def number(value: int) -> bytes:
    value &= 2**64 - 1
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def inner(field: int, data: bytes) -> bytes:
    return number(field << 3 | 2) + number(len(data)) + data


def event(tag: str, step: int, value: float, time: float = 0.0) -> bytes:
    """An event with one simple value, as a record."""
    summary = inner(1, inner(1, tag.encode()) + b"\x15" + struct.pack("<f", value))
    return record(b"\x09" + struct.pack("<d", time) + b"\x10" + number(step) + inner(5, summary))


def plain(items):
    """Items as values that are equal when they are the same, also NaN."""
    return [
        "begun" if isinstance(one, Begun) else (one.tag, one.step, repr(one.value), one.held)
        for one in items
    ]


def fed(reader, data: bytes, size: int | None = None):
    """What a reader makes of some bytes, in pieces of a size or all at once."""
    size = size or max(len(data), 1)
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return plain(point for piece in pieces for point in reader.feed(piece))


def remarks(reader):
    return {one.code.removeprefix("watch."): dict(one.details) for one in reader.remarks()}
