"""Whatever happens to the disk, the lesson goes on and the learner is told."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from tutor.learner import disk, journal_file
from tutor.learner.journal import Journal, Progress

WRITER = """
import sys
from pathlib import Path
from tutor.learner.journal import Journal

journal = Journal.open(Path(sys.argv[1]))
number = journal.begin_round("softmax", "begun", {"writer": sys.argv[2]})
print("round", number, flush=True)
for count in range(int(sys.argv[3])):
    payload = {"writer": sys.argv[2], "count": count, "cells": ["0.154"] * 20}
    assert journal.append("softmax", number, "typed", payload, progress=("working", count, 10**9))
    print(count, flush=True)
print("notice", journal.notice, flush=True)
"""


def writer(path, name, count):
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)


def filled(path, events=400):
    """A closed journal of several pages."""
    with Journal.open(path) as journal:
        number = journal.begin_round("softmax", progress=("working", 1, 7))
        for count in range(events):
            journal.append("softmax", number, "typed", {"count": count, "text": "x" * 100})
    return path


@pytest.fixture
def unprivileged():
    """A folder, and nobody's rights in it: root may write even where nobody may."""
    if os.name != "posix":
        pytest.skip("rights of files are those of POSIX here")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    rights = os.geteuid()
    yield folder
    os.seteuid(rights)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def become_nobody():
    if os.geteuid() == 0:
        os.seteuid(65534)


def test_what_was_acknowledged_before_kill_9_is_there_afterwards(path):
    process = writer(path, "one", 10**7)
    acknowledged = -1
    with process:
        for line in process.stdout:
            if line.strip().isdigit():
                acknowledged = int(line)
            if acknowledged == 3000:
                process.send_signal(signal.SIGKILL)
                break
        # What the pipe still holds was acknowledged too.
        rest = [int(line) for line in process.stdout.read().splitlines() if line.isdigit()]
        acknowledged = max([acknowledged, *rest])
    assert process.returncode == -signal.SIGKILL
    with Journal.open(path) as journal:
        assert journal.notice is None
        written = [event["payload"]["count"] for event in journal.latest_events("softmax")[1:]]
        assert written == list(range(len(written)))
        assert acknowledged + 1 <= len(written) <= acknowledged + 2
        assert journal.summary()[0].done == len(written) - 1
        assert journal.append("softmax", 1, "typed", {})


def test_two_processes_that_write_at_once_lose_nothing(path):
    with writer(path, "one", 400) as one, writer(path, "two", 400) as two:
        said = [one.stdout.read().splitlines(), two.stdout.read().splitlines()]
    assert {lines[0] for lines in said} == {"round 1", "round 2"}
    assert {lines[-1] for lines in said} == {"notice None"}
    with Journal.open(path) as journal:
        for number in (1, 2):
            begun, *typed = journal.events("softmax", number)
            assert [event["payload"]["count"] for event in typed] == list(range(400))
            assert {event["payload"]["writer"] for event in typed} == {begun["payload"]["writer"]}


@pytest.mark.parametrize("content", [b"not a database at all", b"\0" * 5000, b"SQLite format 3\0"])
def test_a_file_that_is_no_database_is_kept_aside_and_a_fresh_one_begun(path, content):
    path.write_bytes(content)
    with Journal.open(path) as journal:
        assert journal.notice.code == "learner.journal-broken"
        kept = Path(journal.notice.details["kept"])
        assert kept.name.startswith("journal.broken-")
        assert kept.read_bytes() == content
        assert journal.append("softmax", journal.begin_round("softmax"), "typed", {})
    with Journal.open(path) as journal:
        assert journal.notice is None
        assert len(journal.latest_events("softmax")) == 2


def test_a_truncated_file_is_kept_aside_and_what_can_be_read_is_saved(path):
    filled(path)
    size = path.stat().st_size
    os.truncate(path, size // 2 // 4096 * 4096)
    with Journal.open(path) as journal:
        assert journal.notice.code == "learner.journal-broken"
        assert Path(journal.notice.details["kept"]).stat().st_size < size
        saved = journal.notice.details["saved"]
        assert len(journal.latest_events("softmax")) == saved
        assert journal.begin_round("softmax") == (2 if saved else 1)


def test_a_page_that_is_destroyed_while_the_tutor_runs_costs_only_that_page(path):
    filled(path)
    journal = Journal.open(path)
    assert journal.notice is None
    with open(path, "r+b") as file:
        file.seek(path.stat().st_size // 8192 * 4096)
        file.write(b"\xff" * 4096)
    events = journal.latest_events("softmax")
    assert journal.notice.code == "learner.journal-broken"
    assert 300 < len(events) < 401
    assert journal.notice.details["saved"] == len(events)
    assert journal.append("softmax", 1, "typed", {"count": -1})
    journal.close()
    with Journal.open(path) as journal:
        assert len(journal.latest_events("softmax")) == len(events) + 1
        assert journal.summary()[0].state == "working"
        assert journal.begin_round("softmax") == 2


@pytest.mark.parametrize("version", [0, 1, 9])
def test_the_database_of_another_program_is_not_written_to(path, version):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.execute(f"PRAGMA user_version = {version}")
        other.commit()
    before = path.read_bytes()
    with Journal.open(path) as journal:
        assert journal.notice.code == "learner.journal-broken"
        assert Path(journal.notice.details["kept"]).read_bytes() == before
        assert journal.append("softmax", 1, "typed", {})


def test_a_later_versions_file_is_left_alone_and_the_lesson_is_kept_beside_it(path):
    filled(path, events=1)
    with closing(sqlite3.connect(path)) as later:
        later.execute(f"PRAGMA user_version = {journal_file.VERSION + 1}")
    before = path.read_bytes()
    for count in (1, 2):
        with Journal.open(path) as journal:
            assert journal.notice.code == "learner.journal-newer"
            assert journal.path.name == "journal.version-1.sqlite"
            assert journal.begin_round("softmax") == count
    assert path.read_bytes() == before


def test_a_full_disk_keeps_events_in_memory_until_there_is_room(path, monkeypatch):
    journal = Journal.open(path)
    first = journal.begin_round("softmax")
    pages = journal._disk._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._disk._connection.execute(f"PRAGMA max_page_count = {pages}")
    text = {"text": "x" * 20_000}
    assert not journal.append("softmax", first, "typed", text, progress=("working", 1, 7))
    assert journal.notice.code == "learner.journal-full"
    assert not journal.append("softmax", first, "typed", {}, progress=("done", 7, 7))
    second = journal.begin_round("softmax", "again")
    assert second < 0
    assert journal.waiting == 3

    assert [event["id"] for event in journal.events("softmax", first)] == [1, 0, 0]
    assert journal.rounds("softmax") == [first, second]
    assert [event["kind"] for event in journal.latest_events("softmax")] == ["again"]
    assert journal.summary()[0][:5] == ("softmax", first, "done", 7, 7)

    journal._disk._connection.execute("PRAGMA max_page_count = 100000")
    assert journal.append("softmax", second, "typed", {"count": 1})
    assert journal.notice is None
    assert journal.waiting == 0
    assert journal.rounds("softmax") == [1, 2]
    assert journal.append("softmax", second, "hint", {})
    assert journal.rounds("softmax") == [1, 2]
    kinds = [event["kind"] for event in journal.events("softmax", second)]
    assert kinds == ["again", "typed", "hint"]
    journal.close()
    with Journal.open(path) as journal:
        assert [e["payload"] for e in journal.events("softmax", 1)] == [{}, text, {}]
        assert [e["kind"] for e in journal.events("softmax", 2)] == kinds


def test_a_round_begun_in_memory_gets_a_number_that_no_other_tutor_took(path, monkeypatch):
    monkeypatch.setattr(journal_file, "PATIENCE", 0.0)
    journal, other = Journal.open(path), Journal.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        mine = journal.begin_round("softmax", "mine")
        assert mine < 0
        assert journal.notice.code == "learner.journal-locked"
        assert not journal.append("softmax", mine, "typed", {})
        assert journal.rounds("softmax") == [mine]
        holder.execute("ROLLBACK")
    assert other.begin_round("softmax", "theirs") == 1
    assert journal.append("softmax", mine, "typed", {})
    assert journal.notice is None
    assert [e["kind"] for e in journal.events("softmax", mine)] == ["mine", "typed", "typed"]
    assert [e["kind"] for e in other.events("softmax", 1)] == ["theirs"]
    assert other.rounds("softmax") == [1, 2]
    other.close()
    journal.close()


def test_closing_writes_what_still_waits(path, monkeypatch):
    monkeypatch.setattr(journal_file, "PATIENCE", 0.0)
    monkeypatch.setattr(disk, "IMPATIENCE", 0.0)
    journal = Journal.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert not journal.append("softmax", 1, "typed", {})
        holder.execute("ROLLBACK")
    journal.close()
    assert journal.waiting == 0
    with Journal.open(path) as journal:
        assert journal.rounds("softmax") == [1]


def test_a_file_where_the_folder_should_be_leaves_the_lesson_in_memory(tmp_path):
    (tmp_path / "file").write_text("in the way")
    journal = Journal.open(tmp_path / "file" / "journal.sqlite")
    assert journal.notice.code == "learner.journal-unavailable"
    number = journal.begin_round("softmax", "begun", {"seed": 1}, progress=("working", 0, 7))
    assert not journal.append("softmax", number, "typed", {})
    assert [event["kind"] for event in journal.latest_events("softmax")] == ["begun", "typed"]
    (row,) = journal.summary()
    assert row[:5] == ("softmax", number, "working", 0, 7)
    assert journal.erase() is None
    assert journal.restore_erased() == 0
    assert journal.waiting == 2
    (tmp_path / "file").unlink()
    assert journal.append("softmax", number, "typed", {})
    assert journal.rounds("softmax") == [1]
    journal.close()


def test_a_folder_without_the_right_to_write_is_read_and_said(unprivileged):
    path = filled(unprivileged / "journal.sqlite", events=3)
    unprivileged.chmod(0o555)
    become_nobody()
    journal = Journal.open(path)
    assert journal.notice.code == "learner.journal-readonly"
    assert len(journal.latest_events("softmax")) == 4
    assert journal.latest_round("softmax") == 1
    assert isinstance(journal.summary()[0], Progress)
    assert not journal.append("softmax", 1, "typed", {})
    assert len(journal.latest_events("softmax")) == 5
    assert journal.notice.code == "learner.journal-readonly"
    journal.close()
    assert os.listdir(unprivileged) == ["journal.sqlite"]


def test_a_home_in_which_nothing_can_be_made_is_said(unprivileged):
    unprivileged.chmod(0o555)
    become_nobody()
    journal = Journal.open(unprivileged / "deep" / "journal.sqlite")
    assert journal.notice.code == "learner.journal-readonly"
    assert not journal.append("softmax", 1, "typed", {})
    assert len(journal.latest_events("softmax")) == 1


def test_a_journal_removed_under_the_tutor_is_begun_again(path):
    journal = Journal.open(path)
    journal.begin_round("softmax")
    for part in path.parent.glob("journal.sqlite*"):
        part.unlink()
    assert journal.append("softmax", 1, "typed", {})
    journal.close()
    with Journal.open(path) as journal:
        assert [event["kind"] for event in journal.events("softmax", 1)] == ["typed"]


def test_a_tutor_follows_when_another_one_set_the_damaged_file_aside(path):
    filled(path)
    one, two = Journal.open(path), Journal.open(path)
    assert two.append("softmax", 1, "typed", {})
    with open(path, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    assert one.events("softmax", 1) == []
    assert one.notice.code == "learner.journal-broken"
    kept = Path(one.notice.details["kept"])
    # What SQLite has not yet carried over from its log stays with the file that it belongs to.
    assert kept.with_name(f"{kept.name}-wal").stat().st_size > 0
    assert two.append("softmax", 1, "typed", {"from": "two"})
    assert [event["payload"] for event in one.events("softmax", 1)] == [{"from": "two"}]
    assert len(list(path.parent.glob("journal.broken-*.sqlite"))) == 1
    two.close()
    one.close()
