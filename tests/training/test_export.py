"""A run as a table: every loss and every spike, what was measured, the knobs as they were."""

import csv
import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.training import protocol
from tutor.training.export import (
    COLUMNS,
    Exported,
    export_csv,
    export_jsonl,
    write_csv,
    write_jsonl,
)
from tutor.training.protocol import Evaluation, Metrics, Ready, State
from tutor.training.store import EVENTS

KNOBS = {"learning_rate": 0.5, "momentum": 0.0, "weight_decay": 0.0, "temperature": 1.0,
         "batch": 32.0, "optimiser": "sgd"}  # fmt: skip


def state(word, step, run=1, **knobs):
    return State(run, word, step, 900, {**KNOBS, **knobs}, 0.0)


@pytest.fixture
def kept(tmp_path):
    """Make a run of some messages, or of lines as they are."""

    def make(*messages):
        lines = (one if isinstance(one, bytes) else protocol.encode(one) for one in messages)
        (tmp_path / EVENTS).write_bytes(b"".join(lines))
        return tmp_path

    return make


def table(folder):
    stream = io.StringIO()
    write_csv(folder, stream)
    return list(csv.DictReader(stream.getvalue().splitlines()))


def ready(run=1, step=0):
    return Ready(run, "softmax/digits", 650, 10, 1437, 360, 45, 32, 0, 2.3, step)


RUN = (
    ready(),
    Evaluation(1, 0, 2.5, 0.1, 2.6, 0.09),
    state("training", 0),
    Metrics(1, 2, 10.0, 2.0, losses=(2.3, 2.0)),
    Evaluation(1, 2, 1.9, 0.5, None, None),
    state("training", 2, learning_rate=5.0, optimiser="adam"),
    Metrics(1, 3, 10.0, 900.5, losses=(900.5,)),
    state("diverged", 4, learning_rate=5.0, optimiser="adam"),
)


def test_a_row_is_a_step_with_its_loss_its_measures_and_its_knobs(kept):
    rows = table(kept(*RUN))
    assert list(rows[0]) == list(COLUMNS)
    told = [(row["step"], row["steps"], row["loss"], row["train_loss"], row["learning_rate"],
             row["optimiser"]) for row in rows]  # fmt: skip
    assert told == [
        ("0", "0", "", "2.5", "0.5", "sgd"),
        ("1", "1", "2.3", "", "0.5", "sgd"),
        ("2", "1", "2.0", "1.9", "0.5", "sgd"),
        ("3", "1", "900.5", "", "5.0", "adam"),
        ("4", "1", "nan", "", "5.0", "adam"),
    ]
    assert rows[0]["validation_accuracy"] == "0.09" and rows[2]["validation_loss"] == ""


def test_json_lines_say_the_same_with_null_for_what_is_no_number(kept):
    folder, stream = kept(*RUN), io.StringIO()
    assert write_jsonl(folder, stream) == Exported(5, 0)
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert all(list(row) == list(COLUMNS) for row in rows)
    assert [row["loss"] for row in rows] == [None, 2.3, 2.0, 900.5, None]
    assert rows[3]["batch"] == 32


def test_a_bin_is_one_row_that_keeps_its_spike(kept):
    bins = ((0.1, 0.4, 64.0, 256), (0.09, 700.0, 740.0, 200))
    (first, second) = table(kept(state("training", 0), Metrics(1, 456, 1e5, 0.1, bins=bins)))
    assert (first["step"], first["steps"], first["loss"]) == ("256", "256", "0.25")
    assert (second["step"], second["loss"]) == ("456", "3.7")
    assert (second["loss_min"], second["loss_max"]) == ("0.09", "700.0")


def test_a_rewound_run_begins_again_under_its_own_number(kept):
    rows = table(kept(
        ready(), state("training", 0), Metrics(1, 2, 9.0, 2.0, losses=(2.3, 2.0)),
        ready(7, 2), Evaluation(7, 2, 1.5, 0.5, None, None), Metrics(7, 3, 9.0, 1.0, losses=(1.0,)),
        ready(1, 2), Metrics(1, 3, 9.0, 1.5, losses=(1.5,)),
    ))  # fmt: skip
    assert [(row["run"], row["step"]) for row in rows] == [
        ("1", "1"), ("1", "2"), ("2", "2"), ("2", "3"), ("3", "3"),
    ]  # fmt: skip
    assert rows[1]["train_loss"] == "" and rows[2]["train_loss"] == "1.5"


def test_what_cannot_be_read_is_counted_and_left_out(kept):
    broken = b'{"kind":"metrics","run":1,"st'
    folder = kept(
        state("training", 0), b"nonsense\n", b"\n", Metrics(1, 1, 9.0, 2.0, (2.0,)), broken
    )
    assert write_csv(folder, io.StringIO()) == Exported(1, 2)


finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.lists(st.lists(finite, min_size=1, max_size=9), max_size=6))
def test_every_loss_comes_back_exactly(tmp_path_factory, batches):
    folder, step = tmp_path_factory.mktemp("run"), 0
    with (folder / EVENTS).open("wb") as file:
        for losses in batches:
            step += len(losses)
            file.write(protocol.encode(Metrics(1, step, 1.0, losses[-1], tuple(losses))))
    rows = table(folder)
    assert [float(row["loss"]) for row in rows] == [loss for one in batches for loss in one]
    assert [int(row["step"]) for row in rows] == list(range(1, step + 1))


@given(st.lists(st.tuples(finite, st.integers(1, 10**6)), min_size=1, max_size=9))
def test_a_mean_lies_within_its_bin(tmp_path_factory, held):
    bins = tuple((value, value, value * size, size) for value, size in held)
    folder = tmp_path_factory.mktemp("run")
    total = sum(size for _, size in held)
    line = protocol.encode(Metrics(1, total, 1.0, 1.0, bins=bins))
    (folder / EVENTS).write_bytes(line)
    for row, (value, _) in zip(table(folder), held, strict=True):
        assert float(row["loss"]) == value and not math.isnan(float(row["loss_max"]))


@pytest.mark.parametrize("export", [export_csv, export_jsonl])
def test_a_file_is_written_whole_or_not_at_all(kept, tmp_path, export, monkeypatch):
    folder, out = kept(*RUN), tmp_path / "out" / "run.table"
    with pytest.raises(FileNotFoundError):
        export(folder, out)
    out.parent.mkdir()
    assert export(folder, out) == Exported(5, 0)
    before = out.read_text()
    assert len(before.splitlines()) >= 5

    def full(*arguments, **words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tutor.training.export.Events.rows", full)
    with pytest.raises(OSError, match="No space"):
        export(folder, out)
    assert out.read_text() == before and list(out.parent.iterdir()) == [out]
