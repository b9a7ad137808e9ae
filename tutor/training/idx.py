"""A folder of MNIST's own files (IDX): images and labels as arrays, every damage told.

The format is that of http://yann.lecun.com/exdb/mnist: two zero bytes, the type of the numbers
(8: unsigned bytes), how many dimensions there are, each of them as a big-endian 32-bit number, and
then the numbers themselves, nothing after them.
"""

import gzip
import math
import zlib
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

UNSIGNED_BYTES = 8

MOST_BYTES = 2**28
"""Of one file, unpacked: five times the largest of MNIST."""

LARGEST_SIDE = 64
"""Rows or columns of an image; what the lab can show."""

PACKED = b"\x1f\x8b"
"""How every .gz begins."""

MOST_UNPACKED = 1032
"""Bytes that one byte of a .gz can stand for, at the very most."""

SLICE_BYTES = 2**20


class IdxError(Exception):
    """Why a folder cannot be used: a code, and what belongs into its sentence."""

    def __init__(self, code: str, /, **details: str | int) -> None:
        """Keep what the front needs to say it."""
        super().__init__(f"{code} {details}")
        self.code = code
        self.details = details


class Part(NamedTuple):
    """Images (n, rows, columns), 0 for the paper and 255 for ink, and their labels (n,)."""

    images: Bytes
    labels: Bytes


class Folder(NamedTuple):
    """What is trained on, and what is kept apart."""

    train: Part
    test: Part


def read(folder: Path, classes: int = 10, side: int | None = None) -> Folder:
    """All four files of a folder, each of them packed (.gz) or not; IdxError says what is wrong.

    Where a `side` is given, images have to be squares of that side.
    """
    if not folder.is_dir():
        raise IdxError("idx.no-folder", folder=str(folder))
    train, test = _part(folder, "train", classes), _part(folder, "t10k", classes)
    ours, theirs = train.images.shape[1:], test.images.shape[1:]
    if ours != theirs:
        raise IdxError(
            "idx.other-size",
            file=str(_file(folder, "t10k-images", 3)),
            found=f"{theirs[0]} x {theirs[1]}",
            expected=f"{ours[0]} x {ours[1]}",
        )
    if side is not None and ours != (side, side):
        raise IdxError(
            "idx.needs-side",
            folder=str(folder),
            found=f"{ours[0]} x {ours[1]}",
            expected=f"{side} x {side}",
        )
    return Folder(train, test)


def _part(folder: Path, name: str, classes: int) -> Part:
    pictures, answers = _file(folder, f"{name}-images", 3), _file(folder, f"{name}-labels", 1)
    images, labels = _array(pictures, 3), _array(answers, 1)
    if len(images) != len(labels):
        raise IdxError(
            "idx.other-count", file=str(answers), labels=len(labels), images=len(images),
            pictures=pictures.name,
        )  # fmt: skip
    strange = np.flatnonzero(labels >= classes)
    if strange.size:
        place = int(strange[0])
        raise IdxError(
            "idx.label", file=str(answers), label=int(labels[place]), place=place + 1,
            largest=classes - 1,
        )  # fmt: skip
    return Part(images, labels)


def _file(folder: Path, name: str, dimensions: int) -> Path:
    """The file as it is spelled here; as it lies beside its packed one, the unpacked."""
    spelled = (f"{name}-idx{dimensions}-ubyte", f"{name}.idx{dimensions}-ubyte")
    for one in (*spelled, *(f"{plain}.gz" for plain in spelled)):
        if (folder / one).is_file():
            return folder / one
    raise IdxError("idx.missing", file=spelled[0], folder=str(folder))


def _array(file: Path, dimensions: int) -> Bytes:
    try:
        with file.open("rb") as stored:
            size = file.stat().st_size
            if file.suffix != ".gz":
                return _numbers(stored, file, dimensions, size)
            if stored.read(2) != PACKED:
                raise IdxError("idx.not-packed", file=str(file))
            stored.seek(0)
            with gzip.GzipFile(fileobj=stored) as unpacked:
                return _numbers(unpacked, file, dimensions, MOST_UNPACKED * size)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise IdxError("idx.broken-packing", file=str(file)) from None
    except OSError as error:
        raise IdxError(
            "idx.unreadable", file=str(file), reason=error.strerror or str(error)
        ) from None


def _numbers(stream: BinaryIO | gzip.GzipFile, file: Path, dimensions: int, most: int) -> Bytes:
    """The numbers of a file that holds at most so many bytes; nothing larger is ever made."""
    shape = _shape(stream.read(4 + 4 * dimensions), file, dimensions)
    expected = math.prod(shape)
    if expected > MOST_BYTES:
        raise IdxError("idx.too-large", file=str(file), found=expected, largest=MOST_BYTES)
    if expected > most:
        raise IdxError("idx.truncated", file=str(file), found=most, expected=expected)
    held = bytearray()
    while len(held) <= expected and (piece := stream.read(SLICE_BYTES)):
        held += piece
    if len(held) < expected:
        raise IdxError("idx.truncated", file=str(file), found=len(held), expected=expected)
    if len(held) > expected:
        raise IdxError("idx.too-long", file=str(file), expected=expected)
    return np.frombuffer(bytes(held), dtype=np.uint8).reshape(shape)


def _shape(header: bytes, file: Path, dimensions: int) -> tuple[int, ...]:
    magic = bytes((0, 0, UNSIGNED_BYTES, dimensions))
    if header[:4] != magic:
        raise IdxError(
            "idx.magic", file=str(file), found=header[:4].hex(" ") or "-", expected=magic.hex(" ")
        )
    if len(header) < 4 + 4 * dimensions:
        raise IdxError("idx.truncated", file=str(file), found=0, expected=1)
    shape = tuple(int.from_bytes(header[at : at + 4]) for at in range(4, len(header), 4))
    if shape[0] == 0:
        raise IdxError("idx.empty", file=str(file))
    if not all(1 <= side <= LARGEST_SIDE for side in shape[1:]):
        found = " x ".join(map(str, shape[1:]))
        raise IdxError("idx.side", file=str(file), found=found, largest=LARGEST_SIDE)
    return shape
