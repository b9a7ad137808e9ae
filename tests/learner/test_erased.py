import pytest

from tutor.learner.journal import Erased, Journal


@pytest.fixture
def full(journal):
    """Two rounds of softmax and one of pooling."""
    journal.begin_round("softmax", "a", {"n": 1}, progress=("done", 7, 7))
    journal.begin_round("softmax", "b", {"n": 2}, progress=("working", 2, 7))
    journal.begin_round("pooling", "c", {"n": 3}, progress=("working", 1, 4))
    return journal


def everything(journal):
    lessons = ("pooling", "softmax")
    events = [e for name in lessons for n in journal.rounds(name) for e in journal.events(name, n)]
    return events, sorted(journal.summary())


def test_one_lesson_is_erased_and_the_others_stay(full, path):
    erased = full.erase("softmax")
    assert erased == Erased(2, erased.kept)
    assert erased.kept.parent == path.parent
    assert full.rounds("softmax") == []
    assert [row.lesson for row in full.summary()] == ["pooling"]
    assert full.notice is None


def test_some_lessons_are_erased_at_once_and_come_back_at_once(full):
    before = everything(full)
    assert full.erase("softmax", "attention", "pooling").events == 3
    assert everything(full) == ([], [])
    assert full.restore_erased() == 3
    assert everything(full) == before


def test_what_was_erased_comes_back_as_it_was(full):
    before = everything(full)
    erased = full.erase()
    assert erased.events == 3
    assert everything(full) == ([], [])
    assert full.restore_erased() == 3
    assert everything(full) == before
    assert not erased.kept.exists()
    assert full.restore_erased() == 0


def test_erasings_are_undone_from_the_last_to_the_first(full):
    before = everything(full)
    full.erase("softmax")
    full.erase("pooling")
    assert full.restore_erased() == 1
    assert full.rounds("pooling") == [1]
    assert full.rounds("softmax") == []
    assert full.restore_erased() == 2
    assert everything(full) == before


def test_a_round_begun_after_erasing_does_not_get_the_number_of_an_erased_one(full):
    full.erase()
    assert full.begin_round("softmax", "d") == 3
    assert full.restore_erased() == 3
    assert full.rounds("softmax") == [1, 2, 3]
    assert [event["kind"] for event in full.latest_events("softmax")] == ["d"]


def test_what_is_kept_is_a_journal_that_can_be_opened(full):
    kept = full.erase("softmax").kept
    with Journal.open(kept) as journal:
        assert journal.rounds("softmax") == [1, 2]
        assert journal.notice is None


def test_erasing_nothing_keeps_nothing(full, path):
    assert full.erase("attention") == Erased(0, None)
    assert list(path.parent.glob("*erased*")) == []


def test_rounds_that_are_there_already_are_not_brought_back_a_second_time(full, path, clock):
    kept = full.erase("softmax").kept
    full.close()
    path.unlink()
    with Journal.open(path, clock) as journal:
        journal.begin_round("softmax", "new")
        assert journal.restore_erased() == 0
        assert journal.notice.code == "learner.restore-conflict"
        assert [event["kind"] for event in journal.latest_events("softmax")] == ["new"]
    assert kept.exists()


def test_nothing_is_erased_when_the_copy_cannot_be_written(full, monkeypatch, tmp_path):
    before = everything(full)
    (tmp_path / "file").write_text("in the way")
    place = tmp_path / "file" / "copy.sqlite"
    monkeypatch.setattr("tutor.learner.erased.free_name", lambda *_: place)
    assert full.erase() is None
    assert full.notice.code == "learner.journal-unavailable"
    assert everything(full) == before
