"""`tutor lab --parallel`, with made-up ranks: what is said, and what a call may not say."""

import asyncio
import json

import msgspec
import pytest
from typer.testing import CliRunner

from tutor import together
from tutor.cli import commands
from tutor.messages import LANGUAGES, say
from tutor.training import store
from tutor.training.parallel_lines import Lost, Rank, Shared, Weights
from tutor.training.protocol import Metrics, State, encode
from tutor.training.snapshot import Trouble


def told(step, own, joint, computing=0.001, waiting=0.001):
    metrics = Metrics(1, step, 20.0, own, losses=(own,))
    return encode(metrics) + encode(Shared(1, step, 1, computing, waiting, 0.5, (joint,)))


def file_of(rank, own, state="finished", computing=0.001, waiting=0.001):
    steps = [told(step, own, 2.5, computing, waiting) for step in range(1, 11)]
    rest = (Weights(1, 10, "same"), State(1, state, 10, 10, {}, 0.0)) if state else ()
    return b"".join((encode(Rank(rank, 2)), *steps, *map(encode, rest)))


class Made:
    """A run of ranks that have written their files, and ended with a code."""

    def __init__(self, code):
        self.trouble = None
        if code == 1:
            self.trouble = Trouble("ranks.failed", {"code": 1, "reason": "the last words"})
        self.code = code

    async def wait(self):
        await asyncio.sleep(0)
        return self.code

    async def end(self):
        pass


@pytest.fixture
def ranks(monkeypatch):
    """Have ranks write some files in place of training; what they were asked for."""
    asked = {}

    def writing(*files, code=0, interrupted=False):
        async def launch(experiment, ranks, folder, *, slow):
            asked.update(experiment=experiment, ranks=ranks, slow=slow)
            for rank, data in enumerate(files):
                (folder / f"rank-{rank}.jsonl").write_bytes(data)
            (folder / store.EXPERIMENT).write_bytes(msgspec.json.encode(experiment))
            if interrupted:
                raise KeyboardInterrupt
            return Made(code)

        monkeypatch.setattr(together, "launch", launch)
        return asked

    return writing


def call(*words, status=0, language="en"):
    done = CliRunner().invoke(commands(language), ["lab", *words], catch_exceptions=False)
    assert done.exit_code == status, done.output
    return done.output


def test_what_is_trained_is_the_experiment_that_was_asked_for(ranks):
    asked = ranks(file_of(0, 3.0), file_of(1, 2.0))
    call("softmax", "--parallel", "2", "--headless", "--set", "learning_rate=0.25", "--steps", "10")
    assert asked["ranks"] == 2
    assert asked["experiment"].name == "softmax/digits"
    assert (asked["experiment"].learning_rate, asked["experiment"].steps) == (0.25, 10)
    assert asked["experiment"].pace == 0


def test_without_a_name_the_digits_are_trained(ranks):
    asked = ranks(file_of(0, 3.0), file_of(1, 2.0))
    call("--parallel", "2", "--seed", "3", "--slow", "1:20", "--slow", "0:2.5")
    assert (asked["experiment"].name, asked["experiment"].seed) == ("digits-softmax", 3)
    assert asked["slow"] == {1: 0.02, 0: 0.0025}


def test_a_run_is_told_in_words(ranks):
    ranks(file_of(0, 3.0), file_of(1, 2.0))
    said = call("--parallel", "2")
    assert "steps 1 to 10  mean loss 2.5000  (2.0000 to 3.0000 in single processes)" in said
    assert "process 1: 1.00 ms computing and 1.00 ms waiting a step" in said
    assert "same weights" in said
    assert "finished after step 10" in said


def test_a_run_is_told_to_programs(ranks):
    ranks(file_of(0, 3.0), file_of(1, 2.0))
    *lines, last = map(json.loads, call("--parallel", "2", "--json").splitlines())
    assert (lines[-1]["loss"], lines[-1]["low"], lines[-1]["high"]) == (2.5, 2.0, 3.0)
    assert (last["kind"], last["state"], last["step"]) == ("summary", "finished", 10)
    assert (last["alike"], last["lost"], last["straggler"]) == (True, [], None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_straggler_is_named_once(ranks, language):
    ranks(file_of(0, 3.0, computing=0.001, waiting=0.02), file_of(1, 2.0, computing=0.02))
    said = call("--parallel", "2", language=language)
    seconds = {"computing": "20.0", "others": "1.0", "waited": "20.0"}
    assert said.splitlines().count(say("ranks.straggler", language, rank=1, **seconds)) == 1


def test_a_lost_rank_is_told_and_is_a_failure(ranks):
    lost = encode(Lost(1, 10, (1,), "closed", 0.5))
    ranks(file_of(0, 3.0, state="") + lost, file_of(1, 2.0, state=""), code=5)
    said = call("--parallel", "2", status=1)
    assert "Process 1 is lost" in said
    assert "failed after step 10" in said
    assert "the last words" not in said


def test_ranks_that_say_nothing_fail_with_their_last_words(ranks):
    ranks(code=1)
    assert "the last words" in call("--parallel", "2", status=1)


def test_an_interruption_has_its_own_status(ranks):
    ranks(interrupted=True)
    assert "interrupted after step 0" in call("--parallel", "2", status=130)


@pytest.mark.parametrize(
    "words",
    [
        ("--parallel", "99"),
        ("--parallel", "2", "--slow", "x"),
        ("--parallel", "2", "--slow", "1:-3"),
        ("--parallel", "2", "--slow", "1:nan"),
        ("--parallel", "2", "--slow", "2:5"),
        ("--slow", "1:5"),
        ("--parallel", "2", "--resume", "last"),
    ],
)
def test_what_cannot_be_meant_is_refused(ranks, words):
    ranks()
    assert call(*words, status=2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_of_several_processes_is_listed_and_not_gone_on_with(ranks, language):
    ranks(file_of(0, 3.0), file_of(1, 2.0))
    call("softmax", "--parallel", "2")
    listed = call("--runs", language=language)
    assert "softmax/digits" in listed and say("run.state-finished", language) in listed
    assert "tutor watch" in call("--resume", "last", "--headless", status=1, language=language)
