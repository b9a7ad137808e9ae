"""TensorBoard's event files: the single numbers in them, as `simple_value` or as a tensor.

The field numbers are those of event.proto, summary.proto, tensor.proto and tensor_shape.proto of
TensorFlow. The checksum of data is looked at before anything is believed. Only images, graphs and
the like, which are long and hold no number, are passed over by the checksum of their length alone.
"""

import math
import struct
from collections.abc import Callable, Iterator

from tutor.watching.points import Item, Passed, Point, Remark
from tutor.watching.records import Record, Records
from tutor.watching.wire import FIXED32, FIXED64, LENGTH, VARINT, WireError, fields, signed, varint

SCALARS = b"scalars"
"""The plug-in whose tensors are single numbers; those of others are something else."""
MOST_OTHERS = 10_000
CHECKED = 4096
"""Bytes up to which data without a number are checked as well: 0.3 ms."""

DOUBLE, FLOAT = struct.Struct("<d"), struct.Struct("<f")


def _bfloat(bits: int) -> float:
    value: float = FLOAT.unpack((bits << 16).to_bytes(4, "little"))[0]
    return value


def _half(bits: int) -> float:
    value: float = struct.unpack("<e", bits.to_bytes(2, "little"))[0]
    return value


KINDS: dict[int, tuple[int, str]] = {
    1: (5, "<f"), 2: (6, "<d"), 3: (7, "<i"), 4: (7, "<B"), 5: (7, "<h"), 6: (7, "<b"),
    9: (10, "<q"), 10: (11, "<?"), 14: (13, ""), 17: (7, "<H"), 19: (13, "<e"), 22: (16, "<I"),
    23: (17, "<Q"),
}  # fmt: skip
"""Of each type of number: the field that holds single values, and how `tensor_content` has it."""


class EventReader:
    """Points of an event file."""

    format = "tensorboard"
    state = ""

    def __init__(self) -> None:
        """At the beginning of a file."""
        self._records = Records()
        self._damaged = Passed("watch.bad-checksums")
        self._unread = Passed("watch.bad-events")
        self._others: set[bytes] = set()

    @property
    def waiting(self) -> int:
        """Bytes of a record that is not whole yet."""
        return self._records.waiting

    def feed(self, data: bytes) -> list[Item]:
        """What these bytes complete."""
        return [point for record in self._records.feed(data) for point in self._points(record)]

    def finish(self) -> list[Item]:
        """Nothing: half a record is none."""
        return []

    def remarks(self) -> list[Remark]:
        """Damaged and unreadable records."""
        found = self._damaged.remarks() + self._unread.remarks()
        if lost := self._records.damaged:
            count = sum(size for _, size in lost)
            found.append(Remark("watch.bad-lengths", {"count": count, "at": lost[0][0]}))
        return found

    def _points(self, record: Record) -> list[Item]:
        try:
            points = list(self._event(record.data))
        except (WireError, UnicodeDecodeError):
            (self._unread if record.whole else self._damaged).note(record.at)
            return []
        if (points or len(record.data) <= CHECKED) and not record.whole:
            self._damaged.note(record.at)
            return []
        return points

    def _event(self, data: bytes) -> Iterator[Item]:
        """The numbers of an event: wall_time = 1, step = 2, summary = 5."""
        time: float | None = None
        step = 0
        summaries: list[tuple[int, int]] = []
        for number, kind, value, end in fields(data, 0, len(data)):
            if number == 1 and kind == FIXED64:
                (time,) = DOUBLE.unpack_from(data, value)
            elif number == 2 and kind == VARINT:
                step = signed(value)
            elif number == 5 and kind == LENGTH:
                summaries.append((value, end))
        for at, stop in summaries:
            for number, kind, begin, end in fields(data, at, stop):
                if number == 1 and kind == LENGTH:
                    tag, found = self._value(data, begin, end)
                    if found is not None:
                        yield Point(tag.decode("utf-8"), step, found, time)

    def _value(self, data: bytes, at: int, end: int) -> tuple[bytes, float | None]:
        """tag = 1, simple_value = 2, tensor = 8, metadata = 9."""
        tag = plugin = b""
        value: float | None = None
        tensor: tuple[int, int] | None = None
        for number, kind, begin, stop in fields(data, at, end):
            if number == 1 and kind == LENGTH:
                tag = data[begin:stop]
            elif number == 2 and kind == FIXED32:
                (value,) = FLOAT.unpack_from(data, begin)
            elif number == 8 and kind == LENGTH:
                tensor = begin, stop
            elif number == 9 and kind == LENGTH:
                plugin = _plugin(data, begin, stop)
        if plugin not in (b"", SCALARS) and len(self._others) < MOST_OTHERS:
            # Only the first value of a tag names its plug-in.
            self._others.add(tag)
        if value is None and tensor is not None and tag not in self._others:
            value = single(data, *tensor)
        return tag, value


def _plugin(data: bytes, at: int, end: int) -> bytes:
    """SummaryMetadata: plugin_data = 1, whose plugin_name = 1."""
    for number, kind, begin, stop in fields(data, at, end):
        if number == 1 and kind == LENGTH:
            for inner, inner_kind, first, last in fields(data, begin, stop):
                if inner == 1 and inner_kind == LENGTH:
                    return data[first:last]
    return b""


def single(data: bytes, at: int, end: int) -> float | None:
    """The number of a tensor that has just one, dtype = 1, tensor_shape = 2; None for others."""
    dtype, content, held = 0, b"", {}
    for number, kind, begin, stop in fields(data, at, end):
        if number == 1 and kind == VARINT:
            dtype = begin
        elif number == 2 and kind == LENGTH and _size(data, begin, stop) != 1:
            return None
        elif number == 4 and kind == LENGTH:
            content = data[begin:stop]
        else:
            held[number] = kind, begin, stop
    if dtype not in KINDS:
        return None
    field, packing = KINDS[dtype]
    if content:
        return _unpacked(content, dtype, packing)
    return _listed(data, *held[field], dtype) if field in held else 0.0


def _size(data: bytes, at: int, end: int) -> int:
    """How many numbers a shape is for: dim = 2, whose size = 1; 1 without dimensions."""
    size = 1
    for number, kind, begin, stop in fields(data, at, end):
        if number == 2 and kind == LENGTH:
            inner = (one for one in fields(data, begin, stop) if one[:2] == (1, VARINT))
            size *= signed(next(inner, (1, VARINT, 0, 0))[2])
    return size


def _unpacked(content: bytes, dtype: int, packing: str) -> float | None:
    if dtype == 14:
        return _bfloat(int.from_bytes(content, "little")) if len(content) == 2 else None
    if len(content) != struct.calcsize(packing):
        return None
    return float(struct.unpack(packing, content)[0])


def _listed(data: bytes, kind: int, begin: int, end: int, dtype: int) -> float | None:
    """The first number of a field of values, packed or alone."""
    of_kind = {1: (FLOAT, FIXED32), 2: (DOUBLE, FIXED64)}
    if dtype in of_kind:
        packing, alone = of_kind[dtype]
        whole = kind == alone or (kind == LENGTH and end - begin >= packing.size)
        return float(packing.unpack_from(data, begin)[0]) if whole else None
    if kind not in (VARINT, LENGTH):
        return None
    value = begin if kind == VARINT else varint(data, begin, end)[0]
    of_bits: dict[int, Callable[[int], float]] = {14: _bfloat, 19: _half}
    if dtype in of_bits:
        return of_bits[dtype](value & 0xFFFF)
    found = float(value if dtype in (22, 23) else signed(value))
    return found if math.isfinite(found) else None
