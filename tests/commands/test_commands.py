"""The commands: what they say and how they end. One is a process, as a shell would start it."""

import errno
import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import tutor
from tutor.__main__ import main
from tutor.cli import commands
from tutor.course.own_draft import Written
from tutor.learner import places
from tutor.learner.guess_bookmark import GuessBookmark, Said
from tutor.learner.journal import Journal
from tutor.learner.own_bookmark import OwnBookmark
from tutor.messages import room, say

ROOT = Path(tutor.__file__).parents[1]


COMMANDS = {one.name or one.callback.__name__ for one in commands("en").registered_commands}


class Keyboard(io.StringIO):
    """Somebody who can be asked."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def call(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.delenv("LANGUAGE", raising=False)

    def called(
        *words: str, typed: str = "", status: int = 0, keyboard: bool = False, **more: Any
    ) -> str:
        with monkeypatch.context() as patched:
            for name, value in more.items():
                if name.isupper():
                    patched.setenv(name, value)
            patched.setattr("sys.argv", ["tutor", *words])
            patched.setattr("sys.stdin", Keyboard(typed) if keyboard else io.StringIO(typed))
            for name in {"stdin", "stdout"} & set(more):
                patched.setattr(sys, name, more[name])
            ended: object = 0
            try:
                main()
            except SystemExit as end:
                ended = end.code or 0
        out, err = capsys.readouterr()
        assert ended == status, err
        return out if status == 0 else out + err

    return called


def test_the_version_is_said_without_the_commands(call) -> None:
    words = [sys.executable, "-m", "tutor", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=os.environ)
    assert (done.returncode, done.stdout) == (0, f"tutor {tutor.__version__}\n")
    assert call("--lang", "zh", "--version") == f"tutor {tutor.__version__}\n"


@pytest.mark.parametrize("reader", ["gone", "full"])
def test_an_output_that_cannot_be_written_ends_it_without_a_traceback(reader) -> None:
    words = [sys.executable, "-m", "tutor", "--lang", "zh", "paths"]
    environment = {**os.environ, "PYTHONUNBUFFERED": ""}
    if reader == "full":
        if not os.path.exists("/dev/full"):
            pytest.skip("only Linux has a device that is full")
        output = os.open("/dev/full", os.O_WRONLY)
    else:
        end, output = os.pipe()
        os.close(end)
    try:
        done = subprocess.run(
            words, stdout=output, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
    finally:
        os.close(output)
    assert done.returncode == 1
    told = say("command.unwritable", "zh", reason=os.strerror(errno.ENOSPC)) + "\n"
    assert done.stderr == (told if reader == "full" else "")


def test_a_closed_input_is_an_end_and_no_character_stops_the_output(call) -> None:
    out = call("practice", "softmax", stdin=None)
    assert out.endswith("> \n")
    written = io.BytesIO()
    ascii_only = io.TextIOWrapper(written, "ascii", write_through=True)
    call("--lang", "zh", "paths", stdout=ascii_only)
    assert b"\\u8bfe" in written.getvalue()


@pytest.mark.parametrize(
    ("words", "typed"), [(("softmax",), "1 1 1\n"), (("softmax", "--spot"), "2\n")]
)
def test_what_could_not_be_written_down_is_not_said_to_be_kept(call, words, typed) -> None:
    out = call("practice", *words, typed=f"{typed}quit\n", TUTOR_HOME=os.devnull)
    assert "could not be written down" in out
    assert "Everything is kept" in call("practice", *words, typed=f"{typed}quit\n")


def test_without_a_terminal_nothing_starts(call) -> None:
    assert "tutor practice" in call(status=2)
    assert "tutor practice" in call("run", "softmax", status=2)
    assert "终端" in call(status=2, LC_ALL="zh_CN.UTF-8")


def test_help_names_every_command_in_both_languages(call) -> None:
    for language in ("en", "zh"):
        out = call("--lang", language, "--help")
        for command in COMMANDS:
            assert command in out
            said = call("--lang", language, command, "--help")
            assert ("Usage: tutor" in said) == (language == "en")
            assert ("用法：tutor" in said) == (language == "zh")
            assert all(cell_len(line) <= 80 for line in said.splitlines())
    assert "动手" in call("--help", LC_ALL="zh_CN.UTF-8")


MISUSES = {
    ("frobnicate",): "frobnicate",
    ("progres",): "progress",
    ("run",): "LESSON",
    ("run", "--foo"): "--foo",
    ("lessons", "--jso"): "--json",
    ("lessons", "extra"): "extra",
    ("practice", "softmax", "--seed"): "--seed",
    ("practice", "softmax", "--seed", "x"): "x",
    ("practice", "softmax", "--spot", "--given", "x"): "--given",
    ("run", "softmax", "--given", str(ROOT)): "--given",
    ("explain", "1", "--decimals", "99"): "99",
    ("explain", "1", "--decimals", "1", "--figures", "2"): "--figures",
    ("reset", "--yes=1"): "--yes",
}


@pytest.mark.parametrize("words", MISUSES, ids=" ".join)
def test_a_misuse_is_said_in_both_languages(call, words) -> None:
    english, chinese = (call("--lang", one, *words, status=2) for one in ("en", "zh"))
    assert MISUSES[words] in english
    assert MISUSES[words] in chinese
    typed = {word for one in (*words, str(ROOT)) for word in re.findall(r"[A-Za-z]+", one)}
    ours = {"tutor", "h", "progress", "json", "LESSON", "FORMULA", "x", "FILE"}
    assert set(re.findall(r"[A-Za-z]+", chinese)) <= typed | ours


def test_the_help_is_chinese_but_for_names(call) -> None:
    """No word of the library is left over, whatever it says in a later version."""
    ours = "".join(text.zh for name in ("command", "run", "watch") for text in room(name).values())
    for words in ((), ("run",), ("explain",), ("check",)):
        said = re.sub(r"--?[a-z][a-z-]*", "", call("--lang", "zh", *words, "--help"))
        found = set(re.findall(r"[A-Za-z]*[a-z][A-Za-z]*", said))
        assert found <= set(re.findall(r"[A-Za-z]+", ours)) | COMMANDS | {"shell"}


def test_lessons_are_listed_for_people_and_for_programs(call) -> None:
    assert "softmax-regression" in call("lessons")
    rows = json.loads(call("--lang", "zh", "lessons", "--json"))
    assert [row["id"] for row in rows][:3] == ["softmax", "cross-entropy", "softmax-regression"]
    assert rows[3]["title"] == "卷积"


def test_progress_counts_what_was_done(call) -> None:
    assert "No lesson" in call("progress")
    call("practice", "softmax", typed="7.389 2.718 1.105\nquit\n")
    (row,) = json.loads(call("progress", "--json"))
    assert (row["id"], row["done"]) == ("softmax", 1)
    shown = call("progress")
    assert "1/" in shown
    moment = datetime.fromisoformat(row["at"]).astimezone()
    assert moment.strftime("%Y-%m-%d %H:%M\n") in shown


def test_a_reset_asks_and_can_be_undone(call) -> None:
    call("practice", "softmax", typed="7.389 2.718 1.105\nquit\n")
    assert "--yes" in call("reset", "softmax", status=1)
    call("reset", "softmax", "--yes")
    assert json.loads(call("progress", "--json")) == []
    call("reset", "--undo")
    assert json.loads(call("progress", "--json"))[0]["done"] == 1


def test_a_reset_takes_the_spotted_slips_of_the_lesson_and_nothing_else(call) -> None:
    call("practice", "softmax", "--spot", typed="1\nquit\n")
    call("practice", "pooling", "--spot", typed="1\nquit\n")
    call("practice", "pooling", typed="1\nquit\n")
    call("reset", "softmax", "--yes")
    assert "nothing" in call("reset", "softmax", "--yes")
    assert len(json.loads(call("progress", "--json"))) == 1
    call("reset", "--undo")
    assert "Erased" in call("reset", "softmax", "--yes")
    assert "Erased" in call("reset", "pooling", "--yes")
    assert "nothing" in call("reset", "--yes")
    assert "softmax" in call("reset", "sofmax", "--yes", status=1)


def test_a_reset_takes_own_numbers_that_are_being_typed(call) -> None:
    with Journal.open(places.journal_path()) as journal:
        OwnBookmark(journal, "softmax").draft(None, {"z": Written((2,), ("1", ""))})
        assert OwnBookmark(journal, "softmax").unfinished(None)
    assert "Erased" in call("reset", "softmax", "--yes")
    assert "nothing" in call("reset", "--yes")


@pytest.mark.parametrize("name", ["softmax", "valley"])
def test_a_reset_takes_what_was_predicted(call, name) -> None:
    """Of a lesson's experiments, and of one that stands alone."""
    with Journal.open(places.journal_path()) as journal:
        GuessBookmark(journal, name).guessed("mark", 2.3)
        GuessBookmark(journal, "pooling").guessed("mark", 1)
    assert "Erased" in call("reset", name, "--yes")
    with Journal.open(places.journal_path()) as journal:
        assert GuessBookmark(journal, name).said() == {}
        assert GuessBookmark(journal, "pooling").said() == {"mark": Said(1)}


def test_only_a_reset_can_be_undone(call) -> None:
    assert "no reset" in call("reset", "--undo", status=1)


@pytest.mark.parametrize(
    ("words", "answer", "left"),
    [(("reset", "softmax"), "n\n", 1), (("reset", "softmax"), "", 1), (("reset",), "y\n", 0)],
)
def test_whoever_is_asked_decides(call, words, answer, left) -> None:
    call("practice", "softmax", typed="7.389 2.718 1.105\nquit\n")
    out = call(*words, typed=answer, status=left, keyboard=True)
    assert ("in softmax, spotting slips too?" in out) == ("softmax" in words)
    assert len(json.loads(call("progress", "--json"))) == left


def test_an_unknown_lesson_is_met_with_the_one_that_was_meant(call) -> None:
    assert "softmax" in call("practice", "sofmax", status=1)
    assert "nowhere.yaml" in call("run", "nowhere.yaml", status=1)


def test_check_says_place_and_what_to_write(call, tmp_path: Path) -> None:
    good = ROOT / "tests" / "tui" / "lessons" / "doubling.yaml"
    assert "good" in call("check", str(good))
    bad = tmp_path / "doubling.yaml"
    bad.write_text(good.read_text("utf-8").replace("2 * x", "exq(x)", 1), encoding="utf-8")
    out = call("check", str(bad), status=1)
    place, _, sentence = out.partition(": ")
    assert place.startswith(f"{bad}:")
    assert "exq" in sentence
    assert "exp" in sentence


def test_a_fresh_round_has_the_numbers_of_its_seed(call) -> None:
    first = call("practice", "softmax", "--seed", "5", typed="quit\n")
    again = call("practice", "softmax", "--seed", "5", typed="quit\n")
    other = call("practice", "softmax", "--seed", "6", typed="quit\n")
    assert first == again != other


def test_a_round_with_own_numbers_is_worked_and_taken_up_again(call, tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text("z: [1, 0, -1, 0.5]\n", encoding="utf-8")
    words = ("practice", "softmax", "--given", str(own))
    out = call(*words, typed="2.718 1 0.368 1.649\nquit\n")
    assert "your own numbers: z" in out
    assert "Right." in out
    assert "your own numbers: z" in call("practice", "softmax", typed="quit\n")
    assert "你自己的数值：z" in call("--lang", "zh", "practice", "softmax", typed="退出\n")


@pytest.mark.parametrize("command", ["run", "practice"])
def test_own_numbers_that_do_not_fit_are_refused_before_anything_starts(
    call, tmp_path: Path, command: str
) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text("z: [1, 2\n", encoding="utf-8")
    out = call(command, "softmax", "--given", str(own), status=1)
    assert out.startswith(f"{own}:1:4: ")
    own.write_text("zz: [1, 2, 3]\n", encoding="utf-8")
    out = call(command, "softmax", "--given", str(own), status=1)
    assert out.startswith(f"{own}:1:1: ")
    assert "did you mean `z`" in out


def test_an_unknown_language_is_said(call) -> None:
    assert "klingon" in call("--lang", "klingon", "lessons", status=2)


def test_paths_are_where_tutor_home_says(call, tmp_path: Path) -> None:
    assert str(tmp_path / "journal.sqlite") in call("paths")


def test_a_formula_is_explained(call) -> None:
    assert call("explain", "x = 2 / 3", "x * 3", "--decimals", "1") == (
        "x = 2 / 3 = 0.7\n0.7*3 = 2\n"
    )
    assert "^" in call("explain", "1 +", status=1)
