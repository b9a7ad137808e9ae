"""`tutor watch` without a screen: what is printed, what is refused, and the status."""

import json
import math

import pytest

from tests.watching.written import FILES, event
from tutor.cli import run
from tutor.messages import LANGUAGES, say

ROWS = "step,loss,accuracy\n1,0.5,0.75\n2,nan,0.875\nbad\n3,0.25,0.9"


@pytest.fixture
def call(capsys):
    """Call the program with words; what it prints, and on standard error, and its status."""

    def called(*words):
        with pytest.raises(SystemExit) as ended:
            run([*map(str, words)])
        printed = capsys.readouterr()
        return printed.out, printed.err, ended.value.code or 0

    return called


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(ROWS)
    return path


def test_the_last_values_are_printed_where_there_is_no_terminal(call, log):
    out, told, status = call("watch", log)
    lines = [line.split() for line in out.splitlines()]
    assert lines == [
        ["run", "tag", "step", "last", "lowest", "highest", "values"],
        ["log.csv", "accuracy", "3", "0.9", "0.75", "0.9", "3"],
        ["log.csv", "loss", "3", "0.25", "0.25", "0.5", "3"],
    ]
    assert told.strip() == say("watch.ragged-rows", "en", count=1, at=4)
    assert status == 0
    assert call("watch", log, "--once") == (out, told, 0)


def test_a_tag_that_is_not_there_is_told_with_those_that_are(call, log, tmp_path):
    wanted = ("--field", "los", "--field", "accuracy")
    out, told, status = call("watch", log, *wanted)
    assert out.split()[7:9] == ["log.csv", "accuracy"]
    assert say("watch.no-tag", "en", name="los", known="step, loss, accuracy") in told
    assert status == 0
    lines = tmp_path / "log.jsonl"
    lines.write_text('{"step": 1, "loss": 0.5, "accuracy": 0.75}\n')
    out, told, status = call("watch", lines, *wanted)
    assert out.split()[7:9] == ["log.jsonl", "accuracy"]
    assert told.strip() == say("watch.no-tag", "en", name="los", known="loss")


def test_programs_get_json(call, log):
    out, _, status = call("watch", log, "--json")
    (one,) = json.loads(out)
    assert one["run"] == "log.csv"
    assert one["format"] == "csv"
    assert one["tags"][1] == {
        "tag": "loss", "step": 3, "last": 0.25, "low": 0.25, "high": 0.5, "count": 3,
    }  # fmt: skip
    assert one["remarks"] == [say("watch.ragged-rows", "en", count=1, at=4)]
    assert status == 0
    log.write_text("loss\ninf\n")
    (one,) = json.loads(call("watch", log, "--json")[0])
    assert one["tags"] == [
        {"tag": "loss", "step": 0, "last": None, "low": None, "high": None, "count": 1}
    ]


def test_event_files_of_torch_are_printed(call):
    out, told, status = call("watch", FILES / "events.out.tfevents.torch", "--json")
    (one,) = json.loads(out)
    tags = {tag["tag"]: tag for tag in one["tags"]}
    assert tags["loss/train"]["last"] == pytest.approx(math.exp(-49 / 20))
    assert tags["loss/train"]["count"] == 50
    assert (told, status) == ("", 0)


def test_columns_are_chosen(call, log):
    out, _, _ = call("watch", log, "--x", "accuracy", "--field", "loss")
    assert [line.split()[1:3] for line in out.splitlines()[1:]] == [["loss", "0.9"]]


def test_every_run_of_a_folder_is_printed(call, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.tfevents.1").write_bytes(event("loss", 4, 2.0) + b"tail")
    out, _, status = call("watch", tmp_path)
    assert sorted(line.split()[0] for line in out.splitlines()[1:]) == ["a", "b"]
    assert status == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_watched_is_refused_in_words(call, tmp_path, language):
    def refused(path):
        out, told, status = call("--lang", language, "watch", path)
        assert (out, status) == ("", 1)
        return told.strip()

    missing = tmp_path / "none"
    assert refused(missing) == say("watch.missing", language, path=missing)
    assert refused("/dev/null") == say("watch.special", language, path="/dev/null")
    assert refused(tmp_path) == say("watch.no-runs", language, path=tmp_path)
    words = tmp_path / "notes.txt"
    words.write_text("nothing but words\nhere\n")
    assert refused(words).splitlines()[-1] == say("watch.no-numbers", language, name="notes.txt")
    packed = tmp_path / "log.gz"
    packed.write_bytes(b"\x1f\x8b" + bytes(50))
    assert refused(packed).splitlines()[0] == say("watch.compressed", language, name="log.gz")


def test_without_a_path_the_runs_of_the_lab_are_watched(call, own_home):
    out, told, status = call("watch")
    assert (out, told.strip(), status) == ("", say("watch.no-lab-runs", "en"), 1)
    from tutor.learner.places import runs_folder

    folder = runs_folder() / "20260101-000000-digits-abcd"
    folder.mkdir(parents=True)
    lines = [
        {"kind": "ready", "run": 1},
        {"kind": "metrics", "run": 1, "step": 2, "losses": [2.0, 1.5], "last": 1.5},
    ]
    (folder / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    out, _, status = call("watch")
    assert out.splitlines()[1].split() == [folder.name, "loss", "2", "1.5", "1.5", "2", "2"]
    assert status == 0
