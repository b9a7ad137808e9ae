"""Own numbers that are being typed: kept as they are, whatever stands in the journal."""

import pytest

from tutor.course.own_draft import Written
from tutor.learner.journal import Journal
from tutor.learner.own_bookmark import DRAFTED, OwnBookmark, own_key

MATRIX = Written((2, 2), ("1", "", "x", "0.5"))


@pytest.fixture
def journal(tmp_path):
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        yield journal


def test_what_was_drafted_last_is_found_again(journal):
    bookmark = OwnBookmark(journal, "softmax")
    bookmark.draft(3, {"x": Written((), ("7",))})
    bookmark.draft(3, {"W": MATRIX})
    again = OwnBookmark(journal, "softmax")
    assert again.unfinished(3) == {"W": MATRIX}
    again.draft(3, {"W": MATRIX, "x": Written((), ("8",))})
    assert len(journal.rounds(own_key("softmax"))) == 1


def test_beside_other_numbers_and_once_it_is_closed_there_is_nothing(journal):
    bookmark = OwnBookmark(journal, "softmax")
    bookmark.draft(None, {"W": MATRIX})
    assert OwnBookmark(journal, "softmax").unfinished(3) == {}
    assert OwnBookmark(journal, "pooling").unfinished(None) == {}
    bookmark.close()
    assert OwnBookmark(journal, "softmax").unfinished(None) == {}


def test_without_changes_nothing_is_written(journal):
    bookmark = OwnBookmark(journal, "softmax")
    bookmark.draft(None, {})
    bookmark.close()
    assert journal.rounds(own_key("softmax")) == []


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"seed": None, "written": 3},
        {"seed": None, "written": {"W": {"shape": [2], "texts": [1, 2]}}},
        {"seed": None, "written": {"W": {"shape": [10**9, 10**9], "texts": ["1"]}}},
        {"seed": None, "written": {"W": {"shape": [0], "texts": []}}},
        {"seed": None, "written": {"W": {"shape": [-1, -1], "texts": ["1"]}}},
        {"seed": None, "written": {"W": {"shape": ["2"], "texts": ["1", "2"]}}},
    ],
)
def test_what_a_journal_cannot_mean_is_passed_over(journal, payload):
    journal.begin_round(own_key("softmax"), DRAFTED, payload)
    assert OwnBookmark(journal, "softmax").unfinished(None) == {}
