import sqlite3
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.learner.journal import Journal, Progress

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def kinds(events):
    return [event["kind"] for event in events]


def test_a_new_journal_is_empty_and_has_nothing_to_say(journal):
    assert journal.notice is None
    assert journal.waiting == 0
    assert journal.rounds("softmax") == []
    assert journal.latest_round("softmax") is None
    assert journal.latest_events("softmax") == []
    assert journal.summary() == []


def test_it_is_opened_in_a_folder_that_is_not_there_yet(tmp_path):
    with Journal.open(tmp_path / "a" / "b" / "journal.sqlite") as journal:
        assert journal.append("softmax", journal.begin_round("softmax"), "typed", {})
        assert journal.notice is None


def test_events_come_back_in_their_order_after_reopening(path, clock):
    with Journal.open(path, clock) as journal:
        number = journal.begin_round("softmax", "numbers", {"seed": 7})
        assert number == 1
        assert journal.append("softmax", number, "typed", {"step": "p", "cells": ["0.1", None]})
        assert journal.append("softmax", number, "hint", {"step": "p"})
    with Journal.open(path, clock) as journal:
        first, second, third = journal.events("softmax", 1)
    assert first == {
        "id": 1,
        "at": "2026-11-22T12:00:00.000Z",
        "lesson": "softmax",
        "round": 1,
        "kind": "numbers",
        "payload": {"seed": 7},
    }
    assert second["payload"] == {"step": "p", "cells": ["0.1", None]}
    assert third["kind"] == "hint"
    assert first["id"] < second["id"] < third["id"]


def test_the_time_is_stored_in_utc_with_milliseconds(path):
    here = timezone(timedelta(hours=8))
    moment = datetime(2026, 1, 1, 7, 30, 0, 123456, tzinfo=here)
    with Journal.open(path, lambda: moment) as journal:
        journal.begin_round("softmax")
        assert journal.latest_events("softmax")[0]["at"] == "2025-12-31T23:30:00.123Z"


@given(payload=st.dictionaries(st.text(), JSON, max_size=4), lesson=st.text(min_size=1))
def test_any_payload_comes_back_as_it_was(tmp_path_factory, payload, lesson):
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite"
    with Journal.open(path) as journal:
        assert journal.append(lesson, 1, "typed", payload)
    with Journal.open(path) as journal:
        (event,) = journal.events(lesson, 1)
    assert event["payload"] == payload
    assert event["lesson"] == lesson


def test_half_a_surrogate_pair_from_a_broken_paste_or_file_name_is_kept(journal):
    lesson = "caf\udce9"
    assert journal.append(lesson, 1, "typed", {"text": "\ud83d"})
    assert journal.events(lesson, 1)[0]["payload"] == {"text": "\ud83d"}
    assert journal.rounds(lesson) == [1]


@pytest.mark.parametrize("bad", [{"x": float("nan")}, {"x": {1}}])
def test_a_payload_that_is_no_json_is_the_callers_mistake(journal, bad):
    with pytest.raises((ValueError, TypeError)):
        journal.append("softmax", 1, "typed", bad)
    assert journal.waiting == 0


def test_each_round_of_a_lesson_has_its_own_events(journal):
    first = journal.begin_round("softmax", "numbers", {"seed": 1})
    other = journal.begin_round("pooling", "numbers", {"seed": 2})
    second = journal.begin_round("softmax", "numbers", {"seed": 3})
    journal.append("softmax", first, "typed", {})
    assert (first, other, second) == (1, 1, 2)
    assert journal.rounds("softmax") == [1, 2]
    assert journal.latest_round("softmax") == 2
    assert kinds(journal.events("softmax", 1)) == ["numbers", "typed"]
    assert journal.latest_events("softmax")[0]["payload"] == {"seed": 3}
    assert journal.events("softmax", 3) == []


def test_two_tutors_that_begin_get_different_rounds(path):
    with Journal.open(path) as one, Journal.open(path) as two:
        assert [one.begin_round("softmax"), two.begin_round("softmax")] == [1, 2]
        assert one.begin_round("softmax") == 3


def test_two_tutors_in_the_same_round_append_to_it_in_turn(path):
    with Journal.open(path) as one, Journal.open(path) as two:
        number = one.begin_round("softmax", "a")
        two.append("softmax", number, "b", {})
        one.append("softmax", number, "c", {})
        two.append("softmax", number, "d", {})
        assert kinds(one.events("softmax", number)) == ["a", "b", "c", "d"]
        assert one.events("softmax", number) == two.events("softmax", number)


def test_the_summary_has_one_row_a_lesson_as_it_stands_now(journal):
    number = journal.begin_round("softmax", progress=("working", 0, 7))
    journal.append("softmax", number, "right", {}, progress=("done", 7, 7))
    journal.begin_round("attention", progress=("working", 2, 5))
    journal.append("attention", 1, "note", {})
    assert sorted(journal.summary()) == [
        Progress("attention", 1, "working", 2, 5, "2026-11-22T12:00:02.000Z", 0),
        Progress("softmax", 1, "done", 7, 7, "2026-11-22T12:00:01.000Z", 1),
    ]


def test_a_lesson_stays_finished_when_another_round_of_it_is_begun(journal):
    journal.begin_round("softmax", progress=("done", 7, 7))
    journal.begin_round("softmax", progress=("done", 7, 7))
    journal.begin_round("softmax", progress=("working", 1, 7))
    (row,) = journal.summary()
    assert (row.round, row.state, row.done, row.finished) == (3, "working", 1, 2)


def test_the_summary_follows_the_round_that_was_worked_on_last(journal):
    journal.begin_round("softmax", progress=("working", 3, 7))
    journal.begin_round("softmax", progress=("working", 1, 7))
    journal.append("softmax", 1, "right", {}, progress=("working", 4, 7))
    (row,) = journal.summary()
    assert (row.round, row.done) == (1, 4)


def test_an_event_and_its_progress_are_written_together_or_not_at_all(path, journal):
    with sqlite3.connect(path) as other:
        other.execute(
            "CREATE TRIGGER no BEFORE INSERT ON progress BEGIN SELECT raise(FAIL, 'no'); END"
        )
    other.close()
    assert not journal.append("softmax", 1, "right", {}, progress=("done", 7, 7))
    with Journal.open(path) as second:
        assert second.events("softmax", 1) == []
        assert second.summary() == []
    assert kinds(journal.events("softmax", 1)) == ["right"]


def test_a_payload_that_was_damaged_on_the_disk_hides_that_event_only(path, journal):
    for kind in "abc":
        journal.append("softmax", 1, kind, {})
    with sqlite3.connect(path) as other:
        other.execute("UPDATE events SET payload = CAST(x'7bff' AS TEXT) WHERE kind = 'b'")
    other.close()
    assert kinds(journal.events("softmax", 1)) == ["a", "c"]


def test_a_closed_journal_leaves_one_file(path):
    with Journal.open(path) as journal:
        journal.begin_round("softmax")
    assert [file.name for file in path.parent.iterdir()] == ["journal.sqlite"]
