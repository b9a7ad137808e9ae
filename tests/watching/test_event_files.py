"""TensorBoard's event files: whole, in pieces, cut short and damaged."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watching.written import FILES, event, fed, plain, record, remarks
from tutor.watching.crc32c import crc32c, masked
from tutor.watching.records import LONGEST, Records
from tutor.watching.tensorboard import EventReader
from tutor.watching.wire import WireError, fields, signed, varint

TORCH = (FILES / "events.out.tfevents.torch").read_bytes()
TENSORS = (FILES / "events.out.tfevents.tensors").read_bytes()

events = st.lists(
    st.tuples(
        st.text(max_size=8), st.integers(-(2**63), 2**63 - 1), st.floats(width=32), st.floats()
    ),
    max_size=8,
)


def read(data, size=None):
    reader = EventReader()
    return fed(reader, data, size), remarks(reader), reader.waiting


def test_the_checksum_is_that_of_the_standard():
    # RFC 3720, B.4, and the check value of the catalogue of parametrised CRC algorithms.
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(bytes(32)) == 0x8A9136AA
    assert crc32c(b"\xff" * 32) == 0x62A8AB43
    assert crc32c(bytes(range(32))) == 0x46DD794E


def test_what_torch_wrote_is_read():
    points = EventReader().feed(TORCH)
    train = [one for one in points if one.tag == "loss/train"]
    assert [one.step for one in train] == list(range(50))
    assert [one.time for one in train] == [1e9 + step for step in range(50)]
    for one in train:
        assert one.value == struct.unpack("<f", struct.pack("<f", math.exp(-one.step / 20)))[0]
    # Of these torch wrote tensors, as TensorFlow 2 does.
    accuracy = {one.step: one.value for one in points if one.tag == "accuracy"}
    assert accuracy == pytest.approx({step: 1 - math.exp(-step / 20) for step in range(0, 50, 10)})
    others = [one for one in points if one.tag not in ("loss/train", "accuracy")]
    assert plain(others) == [
        ("odd/nan", 3, "nan", None),
        ("odd/infinite", 4, "-inf", None),
        ("odd/negative-step", -7, "2.5", None),
        ("损失", 2**40, "0.5", None),
    ]


def test_single_numbers_as_tensors_are_read_and_nothing_else():
    points = EventReader().feed(TENSORS)
    found = {"float": 0.25, "float-content": 0.25, "double": 0.1, "int64": -12, "half": 0.5,
             "zero": 0, "one-cell": 7}  # fmt: skip
    for step in (1, 2):
        assert {one.tag: one.value for one in points if one.step == step} == found
    assert {one.time for one in points} == {2e9 + 1, 2e9 + 2}


@pytest.mark.parametrize("data", [TORCH, TENSORS], ids=["torch", "tensors"])
def test_byte_by_byte_is_the_same_as_whole(data):
    assert read(data, 1) == read(data) == read(data, 17)


def test_a_file_cut_anywhere_gives_its_whole_records_and_waits():
    whole, _, _ = read(TENSORS)
    for end in range(len(TENSORS)):
        points, said, waiting = read(TENSORS[:end])
        assert points == whole[: len(points)]
        assert said == {}
        reader = EventReader()
        assert fed(reader, TENSORS[:end]) + fed(reader, TENSORS[end:]) == whole
        assert (waiting > 0) == (end > 0 and not ends_record(end))


def ends_record(end):
    found = Records()
    list(found.feed(TENSORS[:end]))
    return not found.waiting


@given(events)
def test_any_events_are_read_as_they_were_written(written):
    data = b"".join(event(tag, step, value, time) for tag, step, value, time in written)
    expected = [(tag, step, repr(value), None) for tag, step, value, _ in written]
    assert read(data) == (expected, {}, 0)
    assert read(data, 1)[0] == expected


def test_every_single_damaged_byte_costs_one_record_at_most_and_is_told():
    data = b"".join(event(f"tag{step}", step, step / 2) for step in range(4))
    whole, _, _ = read(data)
    size = len(data) // 4
    for at in range(3 * size):
        damaged = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        points, said, waiting = read(damaged)
        hit = at // size
        assert points == whole[:hit] + whole[hit + 1 :], at
        assert waiting == 0
        (remark,) = said.items()
        assert remark[0] in ("bad-checksums", "bad-lengths")
        assert remark[1]["at"] == hit * size
        assert read(damaged, 1) == (points, said, waiting)


def test_long_records_are_passed_over_without_being_kept():
    length = struct.pack("<Q", LONGEST + 5)
    records = Records()
    list(records.feed(length + struct.pack("<I", masked(length))))
    for _ in range(4):
        assert list(records.feed(bytes(LONGEST // 4))) == []
        assert records.waiting
        assert len(records._held) == 0
    after = event("after", 1, 2.0)
    (found,) = records.feed(bytes(5 + 4) + after)
    assert (found.at, found.whole) == (12 + LONGEST + 5 + 4, True)
    assert records.damaged == []


@given(st.binary(max_size=200), st.integers(1, 200))
def test_garbage_never_raises_and_is_the_same_in_pieces(data, size):
    once, pieces = read(data), read(data, size)
    assert once == pieces
    assert fed(EventReader(), record(data)) is not None


@given(st.binary(max_size=60))
def test_any_message_is_read_or_refused(data):
    try:
        for number, kind, begin, end in fields(data, 0, len(data)):
            assert number >= 0
            assert kind == 0 or 0 <= begin <= end <= len(data)
    except WireError:
        pass


def test_numbers_of_the_wire_format():
    assert varint(b"\xac\x02", 0, 2) == (300, 2)
    assert signed(varint(b"\xff" * 9 + b"\x01", 0, 10)[0]) == -1
    with pytest.raises(WireError):
        varint(b"\x80", 0, 1)
    with pytest.raises(WireError):
        varint(b"\x80" * 20, 0, 20)


def test_zeros_after_the_end_are_told_and_do_not_hide_what_follows():
    data = event("before", 1, 1.0) + bytes(500)
    points, said, _ = read(data + event("after", 2, 2.0))
    assert [one[0] for one in points] == ["before", "after"]
    assert said["bad-lengths"] == {"count": 500, "at": len(event("before", 1, 1.0))}
