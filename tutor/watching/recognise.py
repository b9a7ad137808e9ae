"""What kind of file this is, told by its first bytes."""

from tutor.watching.csv_rows import RowReader
from tutor.watching.json_lines import ObjectReader, decoded
from tutor.watching.lab_lines import LabReader
from tutor.watching.points import Reader, Remark, Wishes
from tutor.watching.records import HEAD, begins_record
from tutor.watching.tensorboard import EventReader

ENOUGH = 64 * 1024
"""Bytes after which it must be clear."""

KINDS = frozenset(
    {"hello", "ready", "metrics", "evaluation", "state", "numbers", "done", "problem", "beat"}
)
COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1b\x08")


def recognised(
    head: bytes, name: str, wishes: Wishes, *, whole: bool = False
) -> Reader | Remark | None:
    """The reader for a file that begins like this; None while more must be seen.

    `whole` says that nothing more is there. A remark says why the file cannot be read.
    """
    if not head:
        return None
    if len(head) < HEAD and not whole and b"\0" in head:
        return None
    if len(head) >= HEAD and (begins_record(head) or ".tfevents." in f".{name}."):
        return EventReader()
    if head.startswith(COMPRESSED):
        return Remark("watch.compressed", {"name": name})
    if _is_binary(head):
        return Remark("watch.binary", {"name": name})
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    line, newline, _ = text.partition(b"\n")
    if not newline and len(head) < ENOUGH and not whole:
        return None
    return _of_text(line.strip(), name, wishes)


def _is_binary(head: bytes) -> bool:
    """Whether bytes that no text has are among the first."""
    first = head[:4096]
    return any(byte < 32 and byte not in TEXT_CONTROLS for byte in first)


def _of_text(line: bytes, name: str, wishes: Wishes) -> Reader | Remark | None:
    if not line:
        return None
    if line in (b"{", b"[") or line.startswith((b"[{", b"[[")):
        return Remark("watch.not-lines", {"name": name})
    if line.startswith(b"{"):
        found = decoded(line)
        ours = isinstance(found, dict) and found.get("kind") in KINDS
        return LabReader() if ours else ObjectReader(wishes)
    return RowReader(wishes)
