"""Ranks that train together: the loop with a made-up share, and two real ranks by gloo."""

import math
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import msgspec
import pytest

from tests.training.waiting import gone, until
from tutor.course.experiment import Data, Model, Optimiser
from tutor.training.experiments import Experiment
from tutor.training.models.build import build
from tutor.training.parallel import LOST, MISUSED, arguments, main, slowed
from tutor.training.parallel_file import File, Living
from tutor.training.parallel_lines import Lost, RankLostError, Shared, Weights, read_line
from tutor.training.parallel_loop import Taken, Training
from tutor.training.parallel_run import DIGITS, EXPERIMENT, MOST_RANKS, launch
from tutor.training.parallel_share import Share
from tutor.training.protocol import Evaluation, Hello, Metrics, Ready, State
from tutor.training.ranks import Ranks
from tutor.training.trainee import Evaluated, Facts


def said(folder: Path, rank: int) -> list[object]:
    path = folder / f"rank-{rank}.jsonl"
    return [read_line(line) for line in path.read_bytes().splitlines()] if path.exists() else []


def of_kind(lines, kind):
    return [line for line in lines if isinstance(line, kind)]


# The loop


class Made:
    """A share whose joint losses are given; a wish at a step may come from another rank."""

    facts = Facts(parameters=3, classes=2, train=8, validation=0, batches_per_epoch=1)

    def __init__(self, joint, wishes=None, lost_at=None):
        self.joint = joint
        self.wishes = wishes or {}
        self.lost_at = lost_at
        self.step_number = 0

    def step(self, wishes, waits):
        waits()
        if self.step_number == self.lost_at:
            raise RankLostError((1,), "closed", 0.5)
        joint = self.joint[self.step_number]
        others = self.wishes.get(self.step_number, (False,) * 3)
        self.step_number += 1
        both = tuple(a or b for a, b in zip(wishes, others, strict=True))
        return Taken(joint + 1, joint, 0.25, 0.5, both)

    def gradient_norm(self):
        return 2.0

    def evaluate(self):
        return Evaluated(1.0, 0.5, None, None)

    def digest(self):
        return "same"


def trained(tmp_path, share, steps, stop=None, leads=True):
    made = msgspec.structs.replace(DIGITS, steps=steps)
    file = File(tmp_path / "rank-0.jsonl")
    living = Living(file)
    try:
        Training(made, share, file, living, stop or Event(), leads=leads).train()
    finally:
        living.end()
        file.close()
    return said(tmp_path, 0)


def test_a_run_is_told_from_its_beginning_to_its_end(tmp_path):
    lines = trained(tmp_path, Made([3.0, 2.0, 1.0]), 3)
    assert isinstance(lines[0], Ready)
    (metrics,), (shared,) = of_kind(lines, Metrics), of_kind(lines, Shared)
    assert (metrics.step, metrics.losses) == (3, (4.0, 3.0, 2.0))
    assert (shared.step, shared.steps, shared.losses) == (3, 3, (3.0, 2.0, 1.0))
    assert (shared.computing, shared.waiting, shared.gradient_norm) == (0.75, 1.5, 2.0)
    assert [line.step for line in of_kind(lines, Evaluation)] == [0, 3]
    assert [line.digest for line in of_kind(lines, Weights)] == ["same"]
    assert [(line.state, line.step) for line in of_kind(lines, State)] == [
        ("training", 0),
        ("finished", 3),
    ]


def test_lines_come_where_the_leading_rank_wishes_so_that_they_match(tmp_path):
    line = (False, True, False)
    lines = trained(tmp_path, Made([1.0] * 6, {1: line, 3: line}), 6, leads=False)
    assert [one.step for one in of_kind(lines, Metrics)] == [2, 4, 6]


def test_a_wish_of_any_rank_to_stop_stops_this_one_after_the_same_step(tmp_path):
    lines = trained(tmp_path, Made([1.0] * 6, {3: (True, False, False)}), 6)
    assert of_kind(lines, State)[-1].state == "paused"
    assert of_kind(lines, Metrics)[-1].step == 4


def test_a_loss_that_is_no_number_ends_the_run_and_is_no_step(tmp_path):
    lines = trained(tmp_path, Made([1.0, math.nan]), 6)
    assert of_kind(lines, State)[-1].state == "diverged"
    assert of_kind(lines, State)[-1].step == 1
    assert of_kind(lines, Metrics)[-1].losses == (2.0,)


def test_a_lost_rank_is_told_after_the_steps_before_it(tmp_path):
    with pytest.raises(RankLostError):
        trained(tmp_path, Made([1.0] * 6, lost_at=2), 6)
    *_, metrics, shared, lost = said(tmp_path, 0)
    assert (metrics.step, shared.step) == (2, 2)
    assert lost == Lost(1, 2, (1,), "closed", 0.5)


def test_the_file_of_another_run_is_not_written_over(tmp_path):
    File(tmp_path / "rank-0.jsonl").close()
    with pytest.raises(FileExistsError):
        File(tmp_path / "rank-0.jsonl")


# Shares of the mathematics, in threads in place of processes


class Threads:
    """What the ranks of one process add up, each in its thread."""

    def __init__(self, ranks):
        self.barrier = Barrier(ranks, timeout=20)
        self.numbers = [None] * ranks

    def of(self, rank):
        return One(self, rank)


class One:
    def __init__(self, all_of_them, rank):
        self.all = all_of_them
        self.rank, self.ranks = rank, len(all_of_them.numbers)

    def add_up(self, numbers):
        self.all.numbers[self.rank] = numbers.clone()
        self.all.barrier.wait()
        numbers.copy_(sum(self.all.numbers))
        self.all.barrier.wait()


def together(made, ranks, steps):
    """The joint losses of some steps, and each rank's digest of its weights."""
    group = Threads(ranks)
    shares = [Share(made, group.of(rank)) for rank in range(ranks)]

    def train(share):
        return [share.step((False,) * 3, lambda: None).joint for _ in range(steps)]

    with ThreadPoolExecutor(ranks) as pool:
        losses = list(pool.map(train, shares))
    assert all(one == losses[0] for one in losses)
    return losses[0], [share.digest() for share in shares]


@pytest.mark.parametrize("ranks", [2, 3])
@pytest.mark.parametrize(
    "made",
    [
        Experiment("sgd", Model("softmax-regression"), Data("digits"), 0.5, batch=20),
        Experiment(
            "adam", Model("multilayer-perceptron", hidden=(8,)), Data("moons"), 0.01, batch=7,
            optimiser=Optimiser("adam"),
        ),
        Experiment(
            "momentum", Model("linear-regression"), Data("line", examples=20), 0.1, batch=6,
            loss="mean-squared-error", optimiser=Optimiser("momentum"),
        ),
        Experiment("attention", Model("attention"), Data("look-ups"), 0.2, batch=10),
        Experiment("fewer samples than ranks", Model("softmax-regression"), Data("xor"), 0.5,
                   batch=1),
    ],
    ids=lambda value: value.name if isinstance(value, Experiment) else None,
)  # fmt: skip
def test_any_experiment_trains_as_with_one_rank(made, ranks):
    alone = build(made)
    losses = [alone.step() for _ in range(12)]
    joint, digests = together(made, ranks, 12)
    assert joint == pytest.approx(losses, abs=2e-6)
    assert len(set(digests)) == 1


# Two real ranks


STEPS = 50
"""More than an epoch of 45, whose last batch has 29 samples: 15 for one rank, 14 for the other."""


async def test_two_ranks_train_as_one_with_the_joint_batch(tmp_path):
    made = msgspec.structs.replace(DIGITS, steps=STEPS)
    run = await launch(made, 2, tmp_path)
    try:
        assert await run.wait() == 0, run.said
    finally:
        await run.end()
    files = [said(tmp_path, rank) for rank in (0, 1)]
    alone = build(made)
    losses = [alone.step() for _ in range(STEPS)]
    own = []
    for lines in files:
        joint = [loss for line in of_kind(lines, Shared) for loss in line.losses]
        assert joint == pytest.approx(losses, abs=1e-6)
        own.append([loss for line in of_kind(lines, Metrics) for loss in line.losses])
    for step in range(45 - 1):
        assert (own[0][step] + own[1][step]) / 2 == pytest.approx(losses[step], abs=1e-6)
    assert (15 * own[0][44] + 14 * own[1][44]) / 29 == pytest.approx(losses[44], abs=1e-6)
    assert own[0] != own[1]
    assert of_kind(files[0], Weights)[-1] == of_kind(files[1], Weights)[-1]
    assert alone.evaluate().train_loss == pytest.approx(
        of_kind(files[0], Evaluation)[-1].train_loss, abs=1e-6
    )
    assert msgspec.json.decode((tmp_path / EXPERIMENT).read_bytes(), type=type(made)) == made
    ranks = Ranks()
    ranks.feed(0, (tmp_path / "rank-0.jsonl").read_bytes(), 0.0)
    joined = ranks.feed(1, (tmp_path / "rank-1.jsonl").read_bytes(), 0.0)
    assert [one.held.total for one in joined] == pytest.approx(losses, abs=1e-6)
    assert all(one.held.low <= one.held.total <= one.held.high for one in joined)
    assert (ranks.step, ranks.garbled) == (STEPS, 0)
    assert ranks.alike() is True
    assert ranks.lost(1000.0) == ()


async def test_a_rank_that_is_killed_is_told_by_the_other(tmp_path):
    made = msgspec.structs.replace(DIGITS, steps=10**6)
    run = await launch(made, 2, tmp_path)
    try:
        await until(lambda: all(of_kind(said(tmp_path, rank), Shared) for rank in (0, 1)), 120)
        processes = [of_kind(said(tmp_path, rank), Hello)[0].process for rank in (0, 1)]
        os.kill(processes[1], signal.SIGKILL)
        assert await run.wait() == LOST
    finally:
        await run.end()
    lost = said(tmp_path, 0)[-1]
    assert isinstance(lost, Lost)
    assert lost.ranks == (1,)
    assert lost.step >= of_kind(said(tmp_path, 0), Metrics)[-1].step > 0
    assert all(map(gone, processes))


async def test_no_ranks_and_far_too_many_are_refused(tmp_path):
    for ranks in (0, MOST_RANKS + 1):
        with pytest.raises(ValueError, match="ranks"):
            await launch(DIGITS, ranks, tmp_path)


def test_what_a_rank_cannot_be_asked_for_is_said(tmp_path, monkeypatch, capsys):
    file = tmp_path / "experiment.json"
    monkeypatch.setattr(sys, "argv", ["rank", str(file), "--folder", str(tmp_path)])
    assert main() == MISUSED
    file.write_text('{"name": "half"}')
    assert main() == MISUSED
    unfit = msgspec.structs.replace(DIGITS, model=Model("character-rnn"))
    file.write_bytes(msgspec.json.encode(unfit))
    assert main() == MISUSED
    said_of = capsys.readouterr().err.splitlines()
    assert len(said_of) == 3 and all(str(file) in line for line in said_of)


def test_which_rank_is_slow_and_by_how_much():
    asked = arguments(["--folder", "x", "--slow", "1:20", "--slow", "0:2.5"])
    assert [slowed(asked, rank) for rank in (0, 1, 2)] == [0.0025, 0.02, 0]
    with pytest.raises(SystemExit):
        arguments(["--folder", "x", "--slow", "fast"])


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')", "missing"),
        ("raise OSError('libtorch_cpu.so: cannot open shared object file')", "broken"),
    ],
)
async def test_a_torch_that_does_not_load_is_told(tmp_path, monkeypatch, module, code):
    (tmp_path / "torch.py").write_text(module)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = await launch(DIGITS, 2, tmp_path / "run")
    await run.wait()
    await run.end()
    assert run.trouble is not None
    assert run.trouble.code == f"lab.{code}-torch"
    assert "torch" in run.trouble.details["reason"]
