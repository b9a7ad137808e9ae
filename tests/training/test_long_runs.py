"""Runs of any length in bounded files and bounded memory, with every spike kept."""

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.labs import SOFTMAX
from tutor.training import record
from tutor.training.curves import CAPACITY
from tutor.training.events import folded_events
from tutor.training.export import write_csv
from tutor.training.protocol import Evaluation, Metrics, Ready, State, encode, read_message
from tutor.training.record import EVENTS, Record
from tutor.training.snapshot import Snapshot, begun, heard
from tutor.training.store import runs

KNOBS = {"learning_rate": 0.5, "momentum": 0.9, "weight_decay": 0.0, "temperature": 1.0,
         "batch": 32.0, "optimiser": "sgd"}  # fmt: skip
STEPS = 10_000_000
A_LINE = 128 * 256
SPIKE = 1234.5


def ready(run=1, step=0):
    return Ready(run, "softmax/digits", 650, 10, 1437, 360, 45, 32, 0, 2.3, step)


def state(word, step, rate=0.5):
    return State(1, word, step, STEPS, {**KNOBS, "learning_rate": rate}, 0.0)


def long_run():
    """The lines of ten million steps, with a spike and a learning rate turned in the middle."""
    yield ready()
    yield state("training", 0)
    for number in range(STEPS // A_LINE):
        step = (number + 1) * A_LINE
        bins = [(0.25, 0.75, 128.0, 256)] * 128
        if number == 100:
            bins[64] = (0.25, SPIKE, 128.0 + SPIKE, 256)
        if number == 150:
            yield state("training", step - A_LINE, rate=0.125)
        yield Metrics(1, step, 1e5, 0.5, bins=tuple(bins))
        yield Evaluation(1, step, 0.5, 0.9, 0.6, 0.8)


def exported(folder):
    stream = io.StringIO()
    write_csv(folder, stream)
    return [row for row in csv.DictReader(io.StringIO(stream.getvalue())) if row["loss"]]


def test_ten_million_steps_fit_into_a_small_file(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "MOST_BYTES", 200_000)
    folds = []
    monkeypatch.setattr(
        record, "folded_events", lambda lines: folds.append(1) or folded_events(lines)
    )
    kept = Record(tmp_path, SOFTMAX, resumed=False)
    largest = 0
    for message in long_run():
        kept.note(encode(message))
        largest = max(largest, (tmp_path / EVENTS).stat().st_size)
    kept.close()
    assert 1 < len(folds) < 40
    assert largest <= 2 * 200_000 + 131_072
    rows = exported(tmp_path)
    last = STEPS // A_LINE * A_LINE
    assert sum(int(row["steps"]) for row in rows) == int(rows[-1]["step"]) == last
    assert max(float(row["loss_max"]) for row in rows) == SPIKE
    turned = 150 * A_LINE
    before = [row for row in rows if int(row["step"]) <= turned]
    assert {row["learning_rate"] for row in before} == {"0.5"}
    assert {row["learning_rate"] for row in rows[len(before) + 1 :]} == {"0.125"}


def test_ten_million_steps_fit_into_a_small_snapshot():
    snapshot = begun(Snapshot(), SOFTMAX, 1)
    for message in long_run():
        snapshot = heard(snapshot, message)
    assert snapshot.step == snapshot.curve.count == STEPS // A_LINE * A_LINE
    assert len(snapshot.curve.bins) <= CAPACITY
    assert snapshot.curve.high == SPIKE and len(snapshot.evaluations) <= 1000


finite = st.floats(-1e6, 1e6)
batch = st.lists(finite, min_size=1, max_size=30)


@st.composite
def events(draw):
    """A few runs: losses one by one and in bins, states and evaluations in between."""
    lines, totals = [], []
    for run in range(1, draw(st.integers(1, 3)) + 1):
        step = draw(st.integers(0, 50))
        lines += [ready(run, step), state("training", step)]
        losses = []
        for one in draw(st.lists(batch, max_size=8)):
            step += len(one)
            losses += one
            low, high, total = min(one), max(one), math.fsum(one)
            whole = draw(st.booleans())
            told = {"losses": tuple(one)} if whole else {"bins": ((low, high, total, len(one)),)}
            lines.append(Metrics(run, step, 1.0, one[-1], **told))
            lines.append(Evaluation(run, step, 1.0, None, None, None))
        totals.append((run, step, losses))
    return lines, totals


@given(events())
def test_folding_keeps_what_each_run_came_to_and_its_extremes(told):
    lines, totals = told
    folded = [read_message(line[:-1]) for line in folded_events(map(encode, lines))]
    assert None not in folded
    again = [read_message(line[:-1]) for line in folded_events(map(encode, folded))]
    for messages in (folded, again):
        for run, step, losses in totals:
            metrics = [one for one in messages if isinstance(one, Metrics) and one.run == run]
            bins = [held for one in metrics for held in one.bins]
            assert sum(held[3] for held in bins) == len(losses)
            if losses:
                assert metrics[-1].step == step and metrics[-1].last == losses[-1]
                assert min(held[0] for held in bins) == min(losses)
                assert max(held[1] for held in bins) == max(losses)
                mean = math.fsum(held[2] for held in bins)
                assert mean == pytest.approx(math.fsum(losses), abs=1e-6 * len(losses))


def test_a_folded_run_is_listed_as_before(tmp_path, monkeypatch):
    folder = tmp_path / "20261122-000001-softmax-0001"
    monkeypatch.setattr(record, "MOST_BYTES", 20_000)
    kept = Record(folder, SOFTMAX, resumed=False)
    for message in long_run():
        kept.note(encode(message))
    kept.note(encode(state("paused", STEPS)))
    kept.close()
    (one,) = runs(tmp_path)
    assert (one.standing, one.step, one.last_loss) == ("paused", STEPS, 0.5)
