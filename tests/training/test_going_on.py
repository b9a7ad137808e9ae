"""A run whose child is lost or whose disk is full: what is kept of it, and how it goes on."""

import contextlib
import csv
import io
import os
import shlex
import signal
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.labs import SOFTMAX
from tests.training.waiting import until
from tutor.training import store
from tutor.training.attempt import Attempt
from tutor.training.child import COMMAND
from tutor.training.export import write_csv
from tutor.training.models.build import build
from tutor.training.run import Run

ENDLESS = msgspec.structs.replace(SOFTMAX, pace=0, steps=10**9)
SHORT = msgspec.structs.replace(SOFTMAX, pace=0, steps=40)

LARGEST_FILE_KB = 64


def rows(folder):
    stream = io.StringIO()
    write_csv(folder, stream)
    told = list(csv.DictReader(io.StringIO(stream.getvalue())))
    return [(int(row["run"]), int(row["step"]), float(row["loss"])) for row in told if row["loss"]]


@pytest.mark.skipif(sys.platform == "win32", reason="ulimit is a shell's")
async def test_a_full_disk_and_a_lost_child_cost_no_more_than_they_must(tmp_path):
    """One story with two children, each of which has to import torch."""
    limited = f"ulimit -f {LARGEST_FILE_KB * 1024 // 512}; exec {shlex.join(COMMAND)}"
    run = Run(command=("sh", "-c", limited))
    try:
        # The disk is full: that is told, and the training goes on.
        await run.start(ENDLESS, tmp_path / "full")
        await until(lambda: run.snapshot.warning is not None)
        assert run.snapshot.warning.code == "lab.not-recorded"
        step = run.snapshot.step
        await until(lambda: run.snapshot.step > step + 100)
        assert run.snapshot.state == "training" and run.snapshot.trouble is None
        kept = rows(tmp_path / "full")
        assert [row[1] for row in kept] == list(range(1, len(kept) + 1))

        # The child is killed at rest: another one goes on from just there.
        folder = tmp_path / "killed"
        await run.start(SHORT, folder)
        await until(lambda: (folder / store.STATE).exists() and run.snapshot.state == "finished")
        await until(lambda: run.snapshot.evaluated_step == 40)
        loss = run.snapshot.train_loss
        os.kill(run.process_id, signal.SIGKILL)
        await until(lambda: run.snapshot.state == "failed")
        assert run.snapshot.trouble.code == "lab.killed-outright"
        with (folder / store.EVENTS).open("ab") as file:
            file.write(b'{"kind":"metr')
        await run.restart()
        await until(lambda: run.snapshot.ready is not None)
        assert (run.snapshot.ready.step, run.snapshot.ready.loss) == (40, loss)
        run.resume()
        await until(lambda: run.snapshot.step == 80)
        await until(lambda: run.snapshot.evaluated_step == 80)

        # It is the run that it would have been.
        gone_on = rows(folder)
        assert [row[:2] for row in gone_on] == [(1 + (at > 40), at) for at in range(1, 81)]
        whole = tmp_path / "whole"
        await run.start(msgspec.structs.replace(SHORT, steps=80), whole)
        await until(lambda: run.snapshot.step == 80 and run.snapshot.evaluated_step == 80)
        assert [row[2] for row in gone_on] == [row[2] for row in rows(whole)]

        # A state that is broken is told, and the run begins anew.
        (folder / store.STATE).write_bytes(b"broken")
        await run.start(SHORT, folder, resume=True)
        await until(lambda: run.snapshot.step == 40)
        assert run.snapshot.ready.step == 0
    finally:
        await run.stop()


@pytest.fixture(scope="module")
def attempt():
    return Attempt(build, SOFTMAX)


TOLD = {"goal": 40, "pace": 0.0, "rests": True}


@pytest.mark.filterwarnings("ignore")  # torch warns of what it finds in a broken file
@given(
    cut=st.floats(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
)
def test_a_damaged_state_is_refused_or_loads_and_never_ends_the_child(attempt, cut, changes):
    data = bytearray(attempt.packed(TOLD))
    for place, byte in changes:
        data[int(place * len(data))] = byte
    with contextlib.suppress(ValueError):
        attempt.unpack(bytes(data[: int(cut * len(data))]))


def test_a_whole_state_stands_where_it_was_taken(attempt):
    packed = Attempt(build, SOFTMAX).packed(TOLD)
    assert attempt.unpack(packed)["goal"] == 40
    assert attempt.step == 0
