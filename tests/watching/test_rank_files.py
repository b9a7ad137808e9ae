"""The files of several ranks, watched as one run."""

import pytest

from tutor.messages import LANGUAGES
from tutor.training.parallel_lines import Lost, Rank, Shared, Weights
from tutor.training.protocol import Evaluation, Hello, Metrics, Ready, State, encode
from tutor.training.ranks import Ranks
from tutor.tui.watch.words import said
from tutor.watching.points import Wishes
from tutor.watching.rank_files import RankReader
from tutor.watching.reading import Reading
from tutor.watching.runs import runs_of


def begun(rank, ranks=2):
    ready = Ready(1, "made", 3, 2, 8, 0, 1, batch=4, seed=0, loss=1.0)
    return b"".join(map(encode, (Hello(2), Rank(rank, ranks, "here"), ready)))


def told(step, own, joint, computing=0.001, waiting=0.002):
    metrics = Metrics(1, step, 20.0, own[-1], losses=own)
    return encode(metrics) + encode(Shared(1, step, len(own), computing, waiting, 0.5, joint))


def read(folder):
    (run,) = runs_of(folder)
    reading = Reading(run, Wishes())
    poll(reading)
    return reading


def poll(reading):
    size = 1
    while size:
        items, size = reading.poll(64)
        reading.add(items)


@pytest.fixture
def folder(tmp_path):
    """Two ranks with two steps, in a folder whose experiment is no run."""
    (tmp_path / "experiment.json").write_text("{}\n")
    (tmp_path / "rank-0.jsonl").write_bytes(begun(0) + told(2, (3.0, 2.0), (2.5, 2.0)))
    (tmp_path / "rank-1.jsonl").write_bytes(begun(1) + told(2, (2.0, 2.0), (2.5, 2.0)))
    return tmp_path


def remarks(reading, language="en"):
    return [said(one, language) for one in reading.remarks()]


def test_the_ranks_of_a_folder_are_one_run_with_a_band(folder):
    reading = read(folder)
    assert reading.name == folder.name
    curve = reading.curves["loss"]
    columns = curve.columns(2, 1, 2)
    assert [(one.low, one.mean, one.high) for one in columns] == [(2.0, 2.5, 3.0), (2.0, 2.0, 2.0)]
    assert (curve.last, curve.last_step) == (2.0, 2)
    assert reading.curves["rank 1/loss"].last == 2.0
    assert reading.curves["rank 1/computing_ms"].last == 0.5
    assert reading.curves["rank 0/waiting_ms"].last == 1.0
    assert reading.curves["gradient_norm"].last == 0.5
    assert remarks(reading) == []


def test_what_all_ranks_say_alike_is_taken_once(folder):
    evaluation = encode(Evaluation(1, 2, 1.5, 0.5, None, None))
    for rank in (0, 1):
        with (folder / f"rank-{rank}.jsonl").open("ab") as file:
            file.write(evaluation + encode(State(1, "finished", 2, 2, {}, 0)))
    reading = read(folder)
    assert reading.curves["train_loss"].count == 1
    assert reading.state == "finished"


def test_ranks_are_followed_while_they_write(folder):
    reading = read(folder)
    for rank, own in ((0, 4.0), (1, 2.0)):
        with (folder / f"rank-{rank}.jsonl").open("ab") as file:
            file.write(told(3, (own,), (3.0,)))
    poll(reading)
    assert (reading.curves["loss"].last, reading.curves["loss"].last_step) == (3.0, 3)


def test_files_that_are_written_anew_are_another_run(folder):
    reading = read(folder)
    for rank in (0, 1):
        (folder / f"rank-{rank}.jsonl").write_bytes(begun(rank) + told(1, (7.0,), (7.0,)))
    poll(reading)
    assert (reading.curves["loss"].last, reading.curves["loss"].count) == (7.0, 1)


def test_a_single_file_of_a_rank_is_watched_for_itself(folder):
    reading = read(folder / "rank-0.jsonl")
    assert reading.curves["loss"].last == 2.0
    assert reading.remarks() == []


def test_a_lost_rank_is_told_once_with_the_evidence(tmp_path):
    for rank in (0, 1, 2):
        (tmp_path / f"rank-{rank}.jsonl").write_bytes(begun(rank, 3))
    for rank in (0, 2):
        with (tmp_path / f"rank-{rank}.jsonl").open("ab") as file:
            file.write(encode(Lost(1, 5, (1,), "closed", 0.25)))
    (sentence,) = remarks(read(tmp_path))
    assert sentence.startswith("Process 1 is lost")
    assert "0, 2" in sentence and "0.2 s" in sentence


def test_a_rank_that_alone_is_silent_is_told():
    now = [0.0]
    ranks = Ranks()
    readers = [RankReader(ranks, rank, lambda: now[0]) for rank in (0, 1)]
    for rank, reader in enumerate(readers):
        reader.feed(begun(rank) + encode(State(1, "training", 0, 2, {}, 0)))
    assert readers[0].remarks() == []
    now[0] = 5.0
    readers[0].feed(told(1, (1.0,), (1.0,)))
    (remark,) = readers[0].remarks()
    assert (remark.code, remark.details["rank"]) == ("ranks.silent", 1)
    assert readers[1].remarks() == []


def test_a_straggler_is_told_with_its_milliseconds(folder):
    for rank, computing, waiting in ((0, 0.002, 0.009), (1, 0.010, 0.001)):
        with (folder / f"rank-{rank}.jsonl").open("ab") as file:
            for step in range(3, 60):
                file.write(told(step, (1.0,), (1.0,), computing, waiting))
    (sentence,) = remarks(read(folder))
    assert sentence.startswith("Process 1 holds the others up")
    assert all(number in sentence for number in ("10.0 ms", "2.0 ms", "9.0 ms"))


def test_ranks_with_other_weights_are_told(folder):
    for rank in (0, 1):
        with (folder / f"rank-{rank}.jsonl").open("ab") as file:
            file.write(encode(Weights(1, 2, f"digest {rank}")))
    (sentence,) = remarks(read(folder))
    assert "same weights" in sentence


def test_every_remark_is_said_in_every_language(folder):
    with (folder / "rank-0.jsonl").open("ab") as file:
        file.write(b"no line\n" + encode(Lost(1, 2, (1,), "silent", 5.0)))
    reading = read(folder)
    assert [one.code for one in reading.remarks()] == ["ranks.lost-silent", "watch.bad-lines"]
    assert all(len(remarks(reading, language)) == 2 for language in LANGUAGES)
