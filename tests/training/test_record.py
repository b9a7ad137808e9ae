"""A run on disk: the lines as they were sent, bounded, and a disk that fails."""

import errno
import json

import msgspec
import pytest

from tests.training.labs import SOFTMAX
from tests.training.stage import FAST, Stage
from tutor.training import protocol, record
from tutor.training.events import MOST_LINES, MOST_RUNS, folded_events
from tutor.training.experiments import Experiment
from tutor.training.protocol import (
    Beat,
    Done,
    Evaluation,
    Metrics,
    Ready,
    Reset,
    Rewind,
    Start,
    State,
    Step,
    Trouble,
    read_message,
)
from tutor.training.record import EVENTS, EXPERIMENT, STATE, Record
from tutor.training.snapshot import Snapshot, begun, heard


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch):
    """A loop at rest says so at once."""
    monkeypatch.setattr("tutor.training.loop.BEAT_SECONDS", 0.001)


def events(folder):
    return [read_message(line) for line in (folder / EVENTS).read_bytes().splitlines()]


def test_the_lines_about_a_run_are_written_as_they_are_sent(tmp_path):
    folder = tmp_path / "runs" / "7"
    stage = Stage().play(Start(1, FAST, str(folder)), then=[Step(2), Reset(3), Rewind(4, 50)])
    about = [line for line in stage.lines if not isinstance(line, Done | Beat)]
    assert events(folder) == about
    assert isinstance(about[0], Ready) and about[0].folder == str(folder)
    made = msgspec.json.decode((folder / EXPERIMENT).read_bytes(), type=Experiment)
    assert made == FAST
    state, told = json.loads((folder / STATE).read_bytes())
    assert (state, told["step"], told["rests"]) == (50, 50, True)
    assert sorted(path.name for path in folder.iterdir()) == sorted([EVENTS, EXPERIMENT, STATE])


def test_without_a_folder_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Stage().play(Start(1, FAST))
    assert list(tmp_path.iterdir()) == []


def test_another_start_has_another_record(tmp_path):
    one, two = tmp_path / "1", tmp_path / "2"
    Stage().play(Start(1, FAST, str(one)), then=[Start(2, FAST, str(two)), Start(3, FAST)])
    assert {line.run for line in events(one)} == {1}
    assert {line.run for line in events(two)} == {2}


def test_a_start_into_a_used_folder_begins_a_new_record(tmp_path):
    for run in (1, 2):
        Stage().play(Start(run, FAST, str(tmp_path)))
    assert {line.run for line in events(tmp_path)} == {2}


def test_a_run_gone_on_with_goes_on_in_its_record_and_a_torn_line_is_none(tmp_path):
    Stage().play(Start(5, FAST, str(tmp_path)))
    before = events(tmp_path)
    with (tmp_path / EVENTS).open("ab") as file:
        file.write(b'{"kind":"metrics","run":5,"st')
    Stage().play(Start(1, FAST, str(tmp_path), resume=True), then=[Step(2)])
    lines = events(tmp_path)
    assert lines[: len(before)] == before
    assert [line.run for line in lines[len(before) :]] == [1] * (len(lines) - len(before))
    assert lines[len(before)].step == 100


@pytest.mark.parametrize("moment", [1, 3, 5])
def test_a_full_disk_is_told_once_and_training_goes_on(tmp_path, monkeypatch, moment):
    notes = []
    note = Record.note

    def full(self, line):
        notes.append(line)
        if len(notes) >= moment:
            raise OSError(errno.ENOSPC, "No space left on device")
        note(self, line)

    monkeypatch.setattr(Record, "note", full)
    stage = Stage().play(Start(1, FAST, str(tmp_path)))
    assert [line.code for line in stage.of(Trouble)] == ["not-recorded"]
    assert "No space left" in stage.of(Trouble)[0].text
    assert len(stage.told()) == 100
    assert len(notes) == moment


def test_a_state_that_cannot_be_written_leaves_the_one_before(tmp_path, monkeypatch):
    (tmp_path / STATE).write_bytes(b"before")

    def full(aside, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(record.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        record.replace(tmp_path / STATE, b"after")
    assert (tmp_path / STATE).read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == [STATE]


@pytest.mark.parametrize("name", ["runs", "runs/7", "no\0name", "long" * 100])
def test_a_folder_that_cannot_be_made_is_told(tmp_path, name):
    (tmp_path / "runs").write_text("in the way")
    folder = tmp_path / name
    stage = Stage().play(Start(1, FAST, str(folder)))
    assert [line.code for line in stage.of(Trouble)] == ["not-recorded"]
    assert len(stage.told()) == 100


# Folding


def written(steps, line=512):
    """The lines of a run of so many steps, with an evaluation and a state each."""
    yield protocol.encode(Ready(1, "x", 5, 2, 64, 32, 2, 32, 0, 1.0))
    for step in range(line, steps + 1, line):
        losses = tuple(1 / at for at in range(step - line + 1, step + 1))
        yield protocol.encode(Metrics(1, step, 1e5, losses[-1], losses=losses))
        yield protocol.encode(Evaluation(1, step, 1.0, 0.5, 1.0, 0.5))
    yield protocol.encode(State(1, "finished", steps, steps, {"learning_rate": 1.0}, 0))


def read(lines):
    seen = begun(Snapshot(), SOFTMAX, 1)
    for line in lines:
        seen = heard(seen, read_message(line))
    return seen


def test_folding_keeps_the_course_of_a_run():
    lines = list(written(512 * 600))
    folded = folded_events(lines)
    assert sum(map(len, folded)) < 400_000 < sum(map(len, lines))
    whole, less = read(lines), read(folded)
    assert (less.step, less.state, less.last_loss) == (whole.step, whole.state, whole.last_loss)
    assert less.curve.count == whole.curve.count
    assert less.curve.high == whole.curve.high == 1.0
    assert less.curve.low == whole.curve.low
    assert less.evaluated_step == whole.evaluated_step
    evaluations = [one for one in map(read_message, folded) if isinstance(one, Evaluation)]
    assert len(evaluations) <= MOST_LINES


def test_folding_twice_changes_no_more_than_once():
    once = folded_events(written(512 * 40))
    twice = folded_events(once)
    assert read(twice).curve.count == read(once).curve.count == 512 * 40
    assert len(twice) <= len(once)


def test_runs_of_a_record_are_folded_each_by_itself():
    lines = [
        line.replace(b'"run":1', b'"run":%d' % run) for run in (1, 4, 1) for line in written(1024)
    ]
    folded = [read_message(line) for line in folded_events(lines)]
    assert [line.run for line in folded if isinstance(line, Ready)] == [1, 4, 1]
    many = [line for _ in range(MOST_RUNS + 5) for line in written(512)]
    ready = [line for line in map(read_message, folded_events(many)) if isinstance(line, Ready)]
    assert len(ready) == MOST_RUNS
