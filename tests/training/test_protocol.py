import itertools
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.labs import LENET
from tutor.training import protocol
from tutor.training.protocol import LineSplitter, encode, read_command, read_message

MANUAL = Path(__file__).parents[2] / "docs" / "lab-protocol.md"

nested = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
kinds = st.sampled_from(["metrics", "state", "hello", "ready", "done", "numbers", "beat"])


@given(st.binary(max_size=200))
def test_no_bytes_are_fatal(line):
    read_message(line)
    read_command(line)


@given(kinds, st.dictionaries(st.sampled_from(["run", "step", "losses", "bins", "loss"]), nested))
def test_no_fields_are_fatal(kind, fields):
    read_message(json.dumps({"kind": kind, **fields}).encode())
    read_command(json.dumps({"command": kind, "id": 1, **fields}).encode())


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"Epoch 1/10: 100%",
        b'{"kind":"metrics"}',
        b'{"kind":"nonsense"}',
        b'{"kind":"beat","step":-1}',
        b'{"kind":"beat","step":1e400}',
        b'{"kind":"metrics","run":1,"step":1,"steps_per_second":1,"last":NaN,"losses":[NaN]}',
        b'{"kind":"metrics","run":1,"step":1,"steps_per_second":1,"last":1,"losses":[1e999]}',
        b'{"kind":"beat","step":1}{"kind":"beat","step":2}',
        b'{"kind":"done","command":1,"step":1,"refused":"for fun"}',
        b"[" * 100_000,
        b'{"kind":"beat","step":1,"x":' + b"[" * 100_000,
        b"\xff\xfe",
        b"9" * 100_000,
    ],
)
def test_garbage_is_none(line):
    assert read_message(line) is None
    assert read_command(line) is None


def test_a_line_is_read_as_it_was_written():
    start = protocol.Start(3, LENET)
    assert read_command(encode(start)) == start
    state = protocol.State(3, "diverged", 41, 900, {"learning_rate": 5.0}, 0.0, 7.5, 8.1e4)
    assert read_message(encode(state)) == state


def test_fields_of_a_later_version_are_passed_over():
    assert read_message(b'{"kind":"beat","step":4,"mood":"good"}') == protocol.Beat(4)


@given(st.lists(st.binary(max_size=12)), st.lists(st.integers(0, 10**6)))
def test_lines_come_whole_however_the_pipe_cuts_them(lines, cuts):
    lines = [line.replace(b"\n", b"") for line in lines]
    data = b"".join(line + b"\n" for line in lines)
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    splitter, read = LineSplitter(), []
    for start, end in itertools.pairwise(edges):
        read += splitter.feed(data[start:end])
    assert read == lines
    assert splitter.dropped == 0


def test_a_line_without_end_is_dropped_without_being_kept():
    splitter = LineSplitter(longest=10)
    for _ in range(1000):
        assert splitter.feed(b"x" * 1000) == []
        assert sum(map(len, splitter._pieces)) <= 10
    assert splitter.feed(b"\nshort\n") == [b"short"]
    assert splitter.dropped == 1


def test_the_longest_honest_line_fits():
    row = (0.12345678901234567e-300,) * 32
    values = dict.fromkeys(("z", "p", "dz", "dW", "W"), (row,) * 32)
    numbers = protocol.Numbers(1, 1, 0.1, values)
    losses = protocol.Metrics(1, 512, 1e4, 1.0, losses=(1.2345678901234567e-300,) * 512)
    assert len(encode(numbers)) < protocol.LONGEST_LINE
    assert len(encode(losses)) < protocol.LONGEST_LINE


@pytest.mark.parametrize("line", get_args(protocol.AnyMessage) + get_args(protocol.AnyCommand))
def test_the_manual_names_every_line_and_field(line):
    manual = MANUAL.read_text(encoding="utf-8")
    assert f"### `{line.__struct_config__.tag}`" in manual
    section = manual.split(f"### `{line.__struct_config__.tag}`")[1].split("\n### ")[0]
    for field in line.__struct_fields__:
        assert f"`{field}`" in section or field in ("run", "id")


def test_every_example_of_the_manual_is_a_line():
    manual = MANUAL.read_text(encoding="utf-8")
    examples = re.findall(r"^\{.*\}$", manual, flags=re.MULTILINE)
    assert len(examples) >= len(get_args(protocol.AnyMessage) + get_args(protocol.AnyCommand))
    for example in examples:
        read = read_message if example.startswith('{"kind"') else read_command
        assert read(example.encode()) is not None, example


def test_the_manual_is_of_this_version():
    assert f"version {protocol.VERSION}" in MANUAL.read_text(encoding="utf-8")
