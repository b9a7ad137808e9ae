"""The lab without a screen: training, its runs and their export, as a shell calls them."""

import functools
import json
import signal
import sys

import msgspec
import pytest
from typer.testing import CliRunner

from tests.training.waiting import gone
from tutor import headless
from tutor.cli import commands
from tutor.learner import places
from tutor.training import protocol, store
from tutor.training.catalog import find
from tutor.training.protocol import (
    VERSION,
    Evaluation,
    Hello,
    Metrics,
    Problem,
    Ready,
    State,
    Trouble,
    encode,
)
from tutor.training.run import Run

KNOBS = {"learning_rate": 0.5, "momentum": 0.9, "weight_decay": 0.0, "temperature": 1.0,
         "batch": 32, "optimiser": "sgd"}  # fmt: skip
READY = Ready(1, "softmax/digits", 650, 10, 1437, 360, 45, 32, 0, 2.3)


@pytest.fixture
def call():
    """Call `tutor` in this process; what it said, after the status that is expected."""

    def called(*words, status=0, language="en"):
        done = CliRunner().invoke(commands(language), list(words), catch_exceptions=False)
        assert done.exit_code == status, done.output
        return done.stdout if status == 0 else done.output

    return called


@pytest.fixture
def child(monkeypatch):
    """Have a made-up child say some messages in place of the one that trains."""

    def saying(*messages, then="sys.stdin.read()"):
        text = b"".join(map(encode, (Hello(VERSION), *messages))).decode()
        script = f"import os, sys\nprint({text!r}, end='', flush=True)\n{then}"
        command = (sys.executable, "-c", script)
        monkeypatch.setattr(headless, "Run", functools.partial(Run, command=command))

    return saying


def state(word, step):
    return State(1, word, step, 2, KNOBS, 0.0)


TWO_STEPS = (
    READY, Evaluation(1, 0, 2.3, 0.1, 2.31, 0.09), state("training", 0),
    Metrics(1, 2, 100.0, 2.1, losses=(2.3, 2.1)), state("finished", 2),
    Evaluation(1, 2, 2.0, 0.25, 2.05, 0.2),
)  # fmt: skip


# What there is


def test_experiments_are_listed_for_people_and_for_programs(call):
    assert "softmax/" in call("lab", "--list")
    rows = json.loads(call("lab", "--list", "--json", language="zh"))
    assert any(row["experiment"].startswith("softmax/") for row in rows)
    assert all(row["title"] for row in rows)
    assert "softmax/" in call("lab")


def test_runs_are_listed(call, child):
    assert call("lab", "--runs") == "No run is kept yet.\n"
    assert json.loads(call("lab", "--runs", "--json")) == []
    child(*TWO_STEPS)
    call("lab", "softmax", "--headless")
    (row,) = json.loads(call("lab", "--runs", "--json"))
    assert row["experiment"].startswith("softmax/") or row["state"] in ("empty", "broken")
    assert row["name"] in call("lab", "--runs", language="zh")


# Without a screen


def trained(call, *words):
    """The lines that a run tells as JSON, and its losses."""
    lines = [json.loads(line) for line in call("lab", *words, "--headless", "--json").splitlines()]
    return lines, [loss for one in lines if one["kind"] == "metrics" for loss in one["losses"]]


def test_a_run_is_trained_kept_exported_and_gone_on_with(call):
    lines, losses = trained(call, "softmax", "--steps", "5", "--seed", "3")
    assert lines[0]["kind"] == "ready" and lines[0]["seed"] == 3
    assert {line["pace"] for line in lines if line["kind"] == "state"} == {0.0}
    summary = lines[-1]
    assert (summary["kind"], summary["state"], summary["step"]) == ("summary", "finished", 5)
    assert summary["last_loss"] == losses[-1] and summary["trouble"] is None
    assert summary["train_loss"] < summary["first_loss"]

    (row,) = json.loads(call("lab", "--runs", "--json"))
    assert (row["state"], row["step"], row["loss"]) == ("finished", 5, losses[-1])
    table = call("export", "last").splitlines()
    assert len(table) == 1 + 1 + 5
    assert "manual_seed(3)" in call("export", "last", "--as", "script")

    again, more = trained(call, "--resume", row["name"])
    assert (again[0]["step"], again[0]["loss"]) == (5, summary["train_loss"])
    assert (again[-1]["step"], again[-1]["state"]) == (10, "finished")
    rows = list(map(json.loads, call("export", row["name"], "--as", "jsonl").splitlines()))
    told = [(one["run"], one["step"]) for one in rows if one["loss"] is not None]
    assert told == [(1 + (step > 5), step) for step in range(1, 11)]
    assert [one["loss"] for one in rows if one["loss"] is not None] == losses + more


def test_words_for_people_in_both_languages(call, child):
    child(*TWO_STEPS)
    told = call("lab", "softmax", "--headless")
    assert "step 2  loss 2.0000  accuracy 25.0%  validation loss 2.0500  accuracy 20.0%" in told
    assert "finished after 2 steps" in told and "tutor export" in told
    assert "训练结束：共 2 步" in call("lab", "softmax", "--headless", language="zh")


def test_an_experiment_without_classes_is_told_without_accuracies(call, child):
    child(READY, Evaluation(1, 2, 4.0, None, None, None), state("finished", 2))
    told = call("lab", "softmax", "--headless")
    assert "step 2  loss 4.0000\n" in told


def test_a_run_that_diverges_fails_with_what_happened(call, child):
    diverged = State(1, "diverged", 3, 900, KNOBS, 0.0, last_loss=312.5, gradient_norm=81000.0)
    child(READY, Metrics(1, 2, 100.0, 312.5, losses=(2.3, 312.5)), diverged)
    told = call("lab", "softmax", "--headless", "--json", status=1)
    assert '"state":"diverged"' in told and '"trouble":"lab.diverged"' in told
    assert "At step 3 the loss is no longer a number" in told


@pytest.mark.parametrize(
    ("messages", "then", "word"),
    [
        ((Problem("missing-torch", "No module named torch"),), "", "pip install torch"),
        ((Problem("broken-torch", "libtorch.so"),), "", "does not load: libtorch.so"),
        ((READY,), "os.kill(os.getpid(), 9)", "SIGKILL"),
        ((READY,), "print('no memory', file=sys.stderr); sys.exit(7)", "no memory"),
    ],
)
def test_a_child_that_cannot_train_is_told(call, child, messages, then, word):
    child(*messages, then=then or "sys.stdin.read()")
    assert word in call("lab", "softmax", "--headless", status=1)


def test_a_run_that_cannot_be_kept_is_trained_all_the_same(call, child, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "new", full)
    child(*TWO_STEPS[:-1], Trouble("not-recorded", "disk full"), TWO_STEPS[-1])
    told = call("lab", "softmax", "--headless")
    assert "any more (disk full)" in told and "finished after 2 steps" in told
    assert "tutor export" not in told


def test_a_run_that_is_kept_in_part_is_not_called_kept(call, child):
    child(*TWO_STEPS[:-1], Trouble("not-recorded", "disk full"), TWO_STEPS[-1])
    told = call("lab", "softmax", "--headless")
    assert "any more (disk full)" in told and "Kept as" not in told


def test_ctrl_c_ends_the_training_and_says_how_far_it_came(call, child, monkeypatch):
    began = []

    def interrupt(self, message):
        if isinstance(message, protocol.Metrics):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(headless.Words, "tell", interrupt)
    original = headless.Training._hear

    def hear(self, message):
        if isinstance(message, protocol.Hello):
            began.append(message)
        original(self, message)

    monkeypatch.setattr(headless.Training, "_hear", hear)
    child(*TWO_STEPS[:4])
    told = call("lab", "softmax", "--headless", status=headless.INTERRUPTED)
    assert "interrupted after 2 steps" in told
    assert "tutor lab --resume 2" in told
    (row,) = store.runs(places.runs_folder())
    assert not store.in_use(row.folder)


def test_nobody_reads_any_more(child, monkeypatch, capsys):
    """The child goes, and the pipe is closed without a word."""
    made = []

    class Watched(Run):
        def __init__(self, **words):
            super().__init__(**words)
            made.append(self)

        async def stop(self):
            self.last_process = self.process_id
            await super().stop()

    child(*TWO_STEPS[:4])
    command = headless.Run.keywords["command"]
    monkeypatch.setattr(headless, "Run", functools.partial(Watched, command=command))

    def closed(self, message):
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(headless.JsonLines, "tell", closed)
    done = CliRunner().invoke(commands("en"), ["lab", "softmax", "--headless", "--json"])
    assert done.exit_code == 1 and not done.output
    assert gone(made[0].last_process)


# What cannot be meant


@pytest.mark.parametrize(
    ("words", "status", "word"),
    [
        (("--headless",), 2, "--list"),
        (("softmax", "--headless", "--set", "fast"), 2, "--set learning_rate=0.1"),
        (("sofmax",), 1, "did you mean softmax?"),
        (("softmax/nothing",), 1, "softmax/digits, softmax/blobs"),
        (("softmax",), 2, "--headless"),
        (("softmax", "--headless", "--set", "optimiser=rmsprop"), 1, "sgd, momentum, adam"),
        (("softmax", "--headless", "--set", "learnig_rate=1"), 1, "did you mean `learning_rate`"),
        (("valley", "--headless", "--data", "."), 1, "lenet-5"),
        (("qqqq",), 1, "no experiment qqqq"),
        (("nowhere.yaml",), 1, "nowhere.yaml"),
        (("softmax", "--headless", "--set", "colour=red"), 1, "colour"),
        (("softmax", "--headless", "--set", "batch=many"), 1, "batch"),
        (("softmax", "--headless", "--set", "learning-rate=-1"), 1, "learning_rate"),
        (("softmax", "--headless", "--data", "nowhere"), 1, "nowhere is no folder"),
        (("softmax", "--headless", "--steps", "0"), 2, "--steps"),
    ],
)
def test_what_cannot_be_trained_is_told_before_anything_starts(call, words, status, word):
    assert word in call("lab", *words, status=status)
    assert store.runs(places.runs_folder()) == []


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("last",), "no run last"),
        (("nope", "--as", "jsonl"), "no run nope"),
        (("nope", "--as", "script"), "no experiment nope"),
    ],
)
def test_what_cannot_be_exported_is_told(call, words, word):
    assert word in call("export", *words, status=1)


def test_an_export_goes_into_a_file_or_says_why_not(call, tmp_path):
    out = tmp_path / "softmax.py"
    call("export", "softmax", "--as", "script", "-o", str(out))
    assert out.read_text("utf-8") == call("export", "softmax", "--as", "script")
    assert "Not done: " in call(
        "export", "softmax", "--as", "script", "-o", str(tmp_path / "no" / "x.py"), status=1
    )


@pytest.mark.parametrize("text", ["{", '{"name": "x"}', ""])
def test_a_run_whose_experiment_is_broken_has_no_script_and_does_not_go_on(call, text):
    claim = store.new(places.runs_folder(), "broken")
    (claim.folder / store.EXPERIMENT).write_text(text)
    claim.release()
    assert "cannot be read" in call("export", "last", "--as", "script", status=1)
    assert "cannot be read" in call("lab", "--resume", "last", "--headless", status=1)


def test_an_export_of_nothing_says_which_file_is_missing(call):
    store.new(places.runs_folder(), "empty").release()
    assert f"{store.EVENTS}: No such file" in call("export", "last", status=1)


# Going on


def test_a_run_that_somebody_works_with_does_not_go_on(call):
    claim = store.new(places.runs_folder(), "softmax")
    (claim.folder / store.EXPERIMENT).write_bytes(msgspec.json.encode(find("softmax").experiment()))
    assert "is in use" in call("lab", "--resume", claim.folder.name, "--headless", status=1)
    claim.release()
    assert "goes on as it began" in call("lab", "softmax", "--resume", "last", status=2)
