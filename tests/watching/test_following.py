"""Files that grow, are cut short, replaced and taken away; folders in which runs appear."""

import os
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watching.written import event, fed, plain
from tutor.watching.csv_rows import RowReader
from tutor.watching.followed import Followed
from tutor.watching.points import Begun, Point, Wishes
from tutor.watching.reading import LEAST_BINS, MOST_TAGS, Reading
from tutor.watching.runs import RunFiles, WatchError, runs_of
from tutor.watching.watcher import MOST_SHOWN, Watcher

ROWS = "step,loss\n" + "".join(f"{step},{step / 2}\n" for step in range(20))
ALL = 1 << 20


def values(items):
    return [one[1:3] if len(one) == 4 else one for one in plain(items)]


def codes(remarks):
    return [one.code.removeprefix("watch.") for one in remarks]


@pytest.fixture
def log(tmp_path):
    return tmp_path / "log.csv"


# One file


def test_a_file_that_grows_byte_by_byte_gives_each_row_once(log):
    log.write_bytes(b"")
    followed, found = Followed(log, Wishes()), []
    for byte in ROWS.encode():
        with log.open("ab") as file:
            file.write(bytes([byte]))
        found += followed.poll(ALL)
    assert [one.step for one in found] == list(range(20))
    assert followed.remarks() == []
    assert followed.behind == followed.waiting == 0


def test_a_large_file_comes_in_slices(log):
    log.write_text(ROWS)
    followed, found, polls = Followed(log, Wishes()), [], 0
    while not polls or followed.behind:
        found += followed.poll(7)
        polls += 1
    assert polls == -(-len(ROWS) // 7)
    assert len(found) == 20


def test_a_file_cut_short_or_written_anew_is_read_from_its_beginning(log):
    log.write_text(ROWS)
    followed = Followed(log, Wishes())
    assert len(followed.poll(ALL)) == 20
    log.write_text("step,loss\n0,9\n")
    assert values(followed.poll(ALL)) == ["begun", (0, "9.0")]
    # Longer than what was read, so that its size alone tells nothing.
    log.write_text("step,accuracy\n" + "1,7\n" * 20)
    assert values(followed.poll(ALL))[:2] == ["begun", (1, "7.0")]
    assert followed.replaced == 2


def test_another_file_in_its_place_is_read_from_its_beginning(log, tmp_path):
    log.write_text(ROWS)
    followed = Followed(log, Wishes())
    followed.poll(ALL)
    other = tmp_path / "other"
    other.write_text(ROWS + "20,3\n")
    other.replace(log)
    assert len(followed.poll(ALL)) == 1 + 21


def test_a_file_that_goes_is_told_and_goes_on_when_it_comes_back(log, tmp_path):
    log.write_text(ROWS)
    followed = Followed(log, Wishes())
    assert len(followed.poll(ALL)) == 20
    aside = tmp_path / "aside"
    log.rename(aside)
    assert followed.poll(ALL) == []
    assert codes(followed.remarks()) == ["gone"]
    aside.rename(log)
    with log.open("a") as file:
        file.write("20,1\n")
    assert values(followed.poll(ALL)) == [(20, "1.0")]
    assert followed.remarks() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_in_its_place_is_not_waited_for(log):
    log.write_text(ROWS)
    followed = Followed(log, Wishes())
    followed.poll(ALL)
    log.unlink()
    os.mkfifo(log)
    assert followed.poll(ALL) == []
    assert codes(followed.remarks()) == ["not-a-file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_any_more_is_told(log):
    log.write_text(ROWS)
    followed = Followed(log, Wishes())
    followed.poll(10)
    log.chmod(0)
    followed.poll(ALL)
    assert codes(followed.remarks()) == ["not-allowed"]


def test_a_refusal_of_the_disk_is_told(log, monkeypatch):
    log.write_text(ROWS)
    followed = Followed(log, Wishes())

    def refuse(*ignored):
        raise PermissionError(13, "no")

    monkeypatch.setattr("tutor.watching.followed.os.open", refuse)
    assert followed.poll(ALL) == []
    assert codes(followed.remarks()) == ["not-allowed"]
    monkeypatch.undo()
    assert len(followed.poll(ALL)) == 20
    assert followed.remarks() == []


def test_binary_garbage_is_refused_and_not_read_on(log):
    log.write_bytes(b"\x7fELF" + bytes(100_000))
    followed = Followed(log, Wishes())
    followed.poll(1000)
    assert codes(followed.remarks()) == ["binary"]
    assert followed.behind == 0


def test_the_end_of_a_file_counts_when_nothing_more_comes(log):
    for text, found in (("step,loss\n1,2", [(1, "2.0")]), ("loss", []), ('{"a": 3}', [(0, "3.0")])):
        log.write_text(text)
        followed = Followed(log, Wishes())
        assert values([*followed.poll(ALL), *followed.finish()]) == found


changes = st.lists(
    st.tuples(st.booleans(), st.lists(st.integers(0, 999), max_size=30), st.booleans()), max_size=8
)


def read_on(followed, known):
    """What is known after all that is there was read: since the file last began anew."""
    while True:
        items = [*followed.poll(100)]
        for item in items:
            known = [] if isinstance(item, Begun) else [*known, item]
        if not items and not followed.behind:
            return known


@settings(max_examples=40)
@given(changes)
def test_however_a_file_changes_what_is_known_of_it_is_what_stands_in_it(changes):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_text("step,loss\n")
        followed, known = Followed(path, Wishes()), []
        for tick, (anew, losses, looks) in enumerate([*changes, (False, [], True)]):
            rows = "".join(f"{step},{loss}\n" for step, loss in enumerate(losses))
            if anew:
                path.write_text(f"step,loss\n{rows}")
            else:
                with path.open("a") as file:
                    file.write(rows)
            # Clocks of files are coarse: these changes follow each other within a tick.
            os.utime(path, (tick, tick))
            if looks:
                known = read_on(followed, known)
        assert plain(known) == fed(RowReader(Wishes()), path.read_bytes())


# Which runs there are


def touch(path: Path, text: str | bytes = "step,loss\n1,1\n", at: float = 1000.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (at, at))
    return path


def test_runs_are_named_by_their_folders_the_newest_first(tmp_path):
    root = tmp_path / "runs"
    first = touch(root / "a" / "events.out.tfevents.1.host", event("x", 1, 1.0), 5)
    second = touch(root / "a" / "events.out.tfevents.2.host", event("x", 2, 2.0), 30)
    touch(root / "b" / "deep" / "events.jsonl", "{}\n", 20)
    touch(root / "ranks" / "rank0.jsonl", "{}\n", 10)
    touch(root / "ranks" / "rank1.jsonl", "{}\n", 11)
    touch(root / "log.csv", at=1)
    touch(root / "notes.txt")
    touch(root / ".hidden" / "log.csv")
    found = runs_of(root)
    assert [run.name for run in found] == ["a", "b/deep", "ranks/rank1", "ranks/rank0", "log"]
    assert found[0].files == (first, second)


def test_our_own_run_is_named_by_its_folder(tmp_path):
    touch(tmp_path / "20260101-digits" / "events.jsonl")
    assert [run.name for run in runs_of(tmp_path / "20260101-digits")] == ["20260101-digits"]
    assert [run.name for run in runs_of(tmp_path)] == ["20260101-digits"]


def test_what_cannot_be_watched_is_refused_in_words(tmp_path):
    for path, code in ((tmp_path / "none", "missing"), (Path("/dev/null"), "special")):
        with pytest.raises(WatchError) as refused:
            runs_of(path)
        assert refused.value.code == f"watch.{code}"
    with pytest.raises(WatchError):
        runs_of(Path("a\0b"))
    assert runs_of(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(WatchError) as refused:
        runs_of(tmp_path / "pipe.csv")
    assert refused.value.code == "watch.special"
    assert runs_of(tmp_path) == []


# A run and its curves


def reading(path, **wishes):
    return Reading(RunFiles(path.name, (path,), 0), Wishes(**wishes))


def read_all(one):
    while (found := one.poll(ALL))[1]:
        one.add(found[0])
    return one


def test_files_beside_each_other_are_one_run(tmp_path):
    for at in (1, 2):
        touch(tmp_path / f"events.out.tfevents.{at}", b"".join(event("x", 10 * at + step, step)
              for step in range(5)))  # fmt: skip
    one = read_all(Reading(runs_of(tmp_path)[0], Wishes()))
    assert (one.curves["x"].count, one.step, one.points) == (10, 24, 10)


def test_when_one_file_is_replaced_the_others_tell_theirs_again(tmp_path):
    paths = [tmp_path / f"events.out.tfevents.{at}" for at in (1, 2)]
    for at, path in enumerate(paths):
        touch(path, event("x", at, 1.0) + event(f"only{at}", at, 1.0))
    one = read_all(Reading(runs_of(tmp_path)[0], Wishes()))
    touch(paths[1], event("y", 1, 1.0))
    read_all(one)
    assert {tag: curve.count for tag, curve in one.curves.items()} == {"x": 1, "only0": 1, "y": 1}
    assert codes(one.remarks()) == ["replaced"]


def test_a_run_that_was_rewound_keeps_only_what_came_before():
    one = Reading(RunFiles("x", (), 0), Wishes())
    one.add([Point("loss", step, 1.0) for step in range(10)])
    one.add([Point("validation", step, 1.0) for step in (0, 5, 9)])
    one.add([Point("late", 8, 1.0), Begun(5), Point("loss", 6, 2.0)])
    assert {tag: curve.count for tag, curve in one.curves.items()} == {"loss": 7, "validation": 2}
    assert (one.step, one.points) == (6, 9)
    assert one.remarks() == []
    one.add([Begun()])
    assert (one.curves, one.points, one.step) == ({}, 0, None)


def test_only_the_tags_that_are_asked_for_are_kept(tmp_path):
    path = touch(tmp_path / "e.tfevents.1", event("a", 1, 1.0) + event("b", 1, 1.0))
    assert list(read_all(reading(path, tags=("b",))).curves) == ["b"]


def test_thousands_of_tags_have_smaller_curves_and_too_many_are_told():
    one = Reading(RunFiles("x", (), 0), Wishes())
    one.add([Point("long", step, 1.0) for step in range(3000)])
    before = len(one.curves["long"])
    one.add([Point(f"tag{number}", 0, 1.0) for number in range(MOST_TAGS + 5)])
    assert LEAST_BINS / 2 <= len(one.curves["long"]) <= LEAST_BINS < before
    assert len(one.curves) == MOST_TAGS
    assert codes(one.remarks()) == ["many-tags"]


def test_steps_beyond_all_measure_are_passed_over_and_told(log):
    log.write_text("step,loss\n1,1\n1e300,2\n")
    one = read_all(reading(log))
    assert one.points == 1
    assert codes(one.remarks()) == ["far-steps"]


# All of it, followed


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        threading.Event().wait(0.01)


def test_a_thread_follows_what_grows(log):
    log.write_text(ROWS)
    watcher = Watcher(log)
    watcher.start()
    try:
        until(lambda: watcher.readings[0].points == 20)
        with log.open("a") as file:
            file.write("20,1\n21,")
        until(lambda: watcher.readings[0].points == 21)
        assert watcher.readings[0].waiting == 3
    finally:
        watcher.stop()


def test_runs_that_appear_are_found_and_the_newest_is_begun_with(tmp_path):
    watcher = Watcher(tmp_path)
    assert watcher.readings == ()
    touch(tmp_path / "a" / "log.csv", ROWS)
    watcher._search = 0.0
    while watcher.poll():
        pass
    assert [(one.name, one.points) for one in watcher.readings] == [("a/log", 20)]
    touch(tmp_path / "b" / "log.csv", ROWS, 2000)
    watcher._search = 0.0
    watcher.poll()
    assert [run.name for run in watcher.runs] == ["b/log", "a/log"]
    assert [one.name for one in watcher.readings] == ["a/log"]


def test_several_runs_are_shown_and_stay_where_they_are(tmp_path):
    for name in "abcdef":
        touch(tmp_path / f"{name}.csv", ROWS)
    watcher = Watcher(tmp_path)
    while watcher.poll():
        pass
    (first,) = watcher.readings
    watcher.choose(["a", "c", "d", "e", "f"])
    assert len(watcher.readings) == MOST_SHOWN
    assert watcher.readings[0] is first
    watcher.choose([])
    assert watcher.readings == ()


def test_a_folder_that_goes_is_told(tmp_path):
    root = tmp_path / "runs"
    touch(root / "log.csv", ROWS)
    watcher = Watcher(root)
    while watcher.poll():
        pass
    (root / "log.csv").unlink()
    root.rmdir()
    watcher._search = 0.0
    watcher.poll()
    assert watcher.lost.code == "watch.missing"
    assert watcher.readings[0].points == 20
    assert codes(watcher.readings[0].remarks()) == ["gone"]
