"""The wire format of protocol buffers, as far as reading needs it: fields one after the other.

https://protobuf.dev/programming-guides/encoding/
"""

from collections.abc import Iterator

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

Field = tuple[int, int, int, int]
"""Number, wire type, and: a varint's value and 0, or where its bytes begin and end."""


class WireError(ValueError):
    """These bytes are no message."""


def varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """An unsigned number of up to 64 bits, and where it ends."""
    if at < end and data[at] < 128:
        return data[at], at + 1
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value & 0xFFFFFFFFFFFFFFFF, at
        shift += 7
    raise WireError


def fields(data: bytes, at: int, end: int) -> Iterator[Field]:
    """The fields between two places, in order."""
    while at < end:
        # Keys of one byte are nearly all there are: a call less is a tenth of the time.
        key = data[at]
        if key < 128:
            at += 1
        else:
            key, at = varint(data, at, end)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = varint(data, at, end)
            yield number, kind, value, 0
            continue
        if kind == LENGTH:
            size, at = varint(data, at, end)
        elif kind == FIXED64:
            size = 8
        elif kind == FIXED32:
            size = 4
        else:
            raise WireError
        if size > end - at:
            raise WireError
        yield number, kind, at, at + size
        at += size


def signed(value: int) -> int:
    """A varint as the signed number that int32 and int64 fields mean."""
    return value - (1 << 64) if value >> 63 else value
