"""The folder of runs: what is listed, what goes, and what stays whatever happens."""

import json
import os
import subprocess
import sys

import pytest

from tutor.messages import LANGUAGES, say
from tutor.training import store
from tutor.training.store import EVENTS, EXPERIMENT, RunsError, find, make_room, new, runs, take

READY = {"kind": "ready", "run": 1, "experiment": "digits", "parameters": 650, "classes": 10,
         "train": 9, "validation": 0, "batches_per_epoch": 3, "batch": 3, "seed": 0, "loss": 2.3,
         "step": 0}  # fmt: skip
KNOBS = {"learning_rate": 0.5, "momentum": 0.0, "weight_decay": 0.0, "temperature": 1.0,
         "batch": 3, "optimiser": "sgd"}  # fmt: skip


def metrics(step, *losses):
    return {"kind": "metrics", "run": 1, "step": step, "steps_per_second": 9.5,
            "last": losses[-1], "losses": losses}  # fmt: skip


def state(word, step):
    return {"kind": "state", "run": 1, "state": word, "step": step, "until": 900,
            "learning_rate": 0.5, "pace": 0.0, "knobs": KNOBS}  # fmt: skip


@pytest.fixture
def root(tmp_path):
    return tmp_path / "runs"


def made(root, number, *events, experiment="digits", size=0):
    folder = root / f"20261122-{number:06}-digits-{number:04x}"
    folder.mkdir(parents=True)
    (folder / EXPERIMENT).write_text(json.dumps({"name": experiment, "other": 1}))
    lines = "".join(f"{json.dumps(one)}\n" for one in events)
    (folder / EVENTS).write_text(lines)
    if size:
        (folder / store.STATE).write_bytes(bytes(size))
    return folder


def standings(root):
    return [(one.experiment, one.standing, one.step, one.last_loss) for one in runs(root)]


def test_a_new_run_has_a_folder_that_says_when_and_what(root):
    claim, another = new(root, "softmax/Own & x"), new(root, "")
    assert claim.folder != another.folder and claim.folder.is_dir()
    assert store.NAMED.fullmatch(claim.folder.name) and "-softmax-Own-x-" in claim.folder.name
    listed = runs(root)
    assert {one.folder for one in listed} == {claim.folder, another.folder}
    assert {one.standing for one in listed} == {"empty"}
    claim.release()
    another.release()


def test_runs_are_listed_with_how_they_ended_the_newest_first(root):
    made(root, 1, READY, metrics(3, 2.3, 2.2, 2.1), state("finished", 3))
    made(root, 2, READY, state("training", 0), metrics(2, 2.3, 9.5), state("diverged", 3))
    made(root, 3, READY, state("training", 0), metrics(4, 2.3, 2.2, 2.1, 2.0))
    made(root, 4, READY, metrics(4, 2.0), {**READY, "run": 2}, state("paused", 0))
    assert standings(root) == [
        ("digits", "paused", 0, None),
        ("digits", "interrupted", 4, 2.0),
        ("digits", "diverged", 3, 9.5),
        ("digits", "finished", 3, 2.1),
    ]
    assert runs(root)[0].begun.isoformat() == "2026-11-22T00:00:04+00:00"


def test_a_run_that_somebody_works_with_is_training(root):
    folder = made(root, 1, READY, state("training", 0), metrics(1, 2.3))
    claim = take(folder)
    assert claim is not None and take(folder) is None
    assert runs(root)[0].standing == "training"
    claim.release()
    assert runs(root)[0].standing == "interrupted"


def test_what_is_broken_is_listed_as_broken(root):
    no_experiment = made(root, 1, READY, metrics(1, 2.3))
    (no_experiment / EXPERIMENT).unlink()
    (made(root, 2, READY) / EXPERIMENT).write_bytes(b"\xff{")
    (made(root, 3, READY) / EXPERIMENT).write_text('{"name": "x", "more": ' + "[" * 100_000)
    (made(root, 4) / EVENTS).write_bytes(b"\x00" * 70_000)
    (made(root, 5) / EVENTS).unlink()
    (root / "20261122-000009-file-0001").write_text("no folder")
    assert [one.standing for one in runs(root)] == ["broken"] * 5
    assert runs(root / "nowhere") == []


def test_a_tail_that_is_cut_off_and_lines_of_others_are_passed_over(root):
    folder = made(root, 1, READY, state("training", 0), metrics(7, 2.3, 2.0))
    with (folder / EVENTS).open("a") as file:
        file.write('{"kind":"brandnew","step":9}\nnonsense\n{"kind":"metrics","run":1,"st')
    assert standings(root) == [("digits", "interrupted", 7, 2.0)]


def test_a_long_run_is_read_from_its_end(root, monkeypatch):
    many = [metrics(step * 500, *[0.123456789] * 500) for step in range(1, 400)]
    picture = {"kind": "picture", "run": 1, "step": 8, "name": "W", "values": [[0.5] * 40_000]}
    folder = made(root, 1, READY, state("training", 0), *many, picture)
    assert (folder / EVENTS).stat().st_size > store.TAILS[-1]
    assert standings(root) == [("digits", "interrupted", 199_500, 0.123456789)]


def test_a_run_of_several_processes_is_listed_as_the_first_of_them_tells(root):
    folder = made(root, 1, metrics(3, 0.5), state("finished", 3))
    (folder / store.EVENTS).rename(folder / store.RANK_EVENTS)
    (listed,) = store.runs(root)
    assert (listed.standing, listed.step, listed.last_loss) == ("finished", 3, 0.5)
    assert store.of_ranks(folder)


def test_the_oldest_go_but_none_in_use_and_nothing_of_others(root):
    folders = [made(root, number, READY) for number in range(5)]
    (root / "my notes").mkdir()
    claim = take(folders[0])
    make_room(root, most_runs=2)
    assert sorted(one.name for one in root.iterdir()) == sorted(
        [folders[0].name, folders[4].name, "my notes"]
    )
    claim.release()
    make_room(root, most_runs=1)
    assert not folders[0].exists() and folders[4].exists()


def test_the_oldest_go_when_all_together_are_too_large(root):
    folders = [made(root, number, READY, size=1000) for number in range(5)]
    make_room(root, most_bytes=4200)
    assert [one.exists() for one in folders] == [False, False, True, True, True]


def test_new_runs_are_bounded(root, monkeypatch):
    monkeypatch.setattr(store, "MOST_RUNS", 3)
    old = [made(root, number, READY) for number in range(6)]
    (root / f"{store.GOING}leftover").mkdir()
    claim = new(root, "digits")
    assert len(list(root.iterdir())) == 3
    assert claim.folder.exists() and old[-1].exists() and not old[-3].exists()
    claim.release()


@pytest.mark.skipif(sys.platform == "win32", reason="there, an open file cannot be deleted")
def test_another_process_that_works_with_a_run_keeps_it_and_its_death_lets_it_go(root):
    folder = made(root, 1, READY)
    holding = (
        "import sys, pathlib\nfrom tutor.training.store import take\n"
        "claim = take(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        (sys.executable, "-c", holding, str(folder)), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        make_room(root, most_runs=0)
        assert folder.exists() and store.in_use(folder)
        other.kill()
        other.wait()
    make_room(root, most_runs=0)
    assert not folder.exists()


def test_a_disk_that_refuses_is_told(root, monkeypatch):
    def refuse(*arguments, **words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    with pytest.raises(OSError, match="No space"):
        new(root, "digits")


def test_a_folder_that_cannot_be_moved_stays(root, monkeypatch):
    folder = made(root, 1, READY)
    monkeypatch.setattr("pathlib.Path.rename", lambda *_: (_ for _ in ()).throw(OSError(13, "no")))
    make_room(root, most_runs=0)
    assert folder.exists() and not store.in_use(folder)


def test_a_run_is_found_by_name_beginning_last_or_path(root, tmp_path, monkeypatch):
    first, second = made(root, 1, READY), made(root, 2, READY)
    for name in (first.name, first.name[:15], str(first), str(first / EVENTS)):
        assert find(name, root) == first
    assert find("last", root) == second
    elsewhere = (root / "..").resolve() / "copied"
    os.rename(second, elsewhere)
    assert find(str(elsewhere), root) == elsewhere
    monkeypatch.chdir(tmp_path)
    assert find("copied", root).resolve() == elsewhere


@pytest.mark.parametrize(
    ("name", "code"), [("2026", "run.several"), ("nope", "run.unknown"), ("", "run.unknown")]
)
def test_a_run_that_cannot_be_meant_is_told(root, name, code):
    made(root, 1, READY), made(root, 2, READY)
    with pytest.raises(RunsError) as caught:
        find(name, root)
    assert caught.value.code == code
    assert all(say(code, language, **caught.value.details) for language in LANGUAGES)


def test_last_of_no_runs(root):
    with pytest.raises(RunsError):
        find("last", root)
