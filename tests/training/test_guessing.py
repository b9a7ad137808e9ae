"""What was said of a run, held against the run; and what the journal keeps of it."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.labs import SOFTMAX
from tutor.course.experiment import Data, Guess, Lab, Model, Variant
from tutor.course.wording import Text
from tutor.learner.guess_bookmark import GuessBookmark, Said
from tutor.learner.journal import Journal
from tutor.training.guessing import (
    End,
    as_declared,
    compared,
    end_of,
    mark,
    outcome,
    scored,
)
from tutor.training.protocol import Evaluation, Metrics, Ready, State
from tutor.training.snapshot import Snapshot, begun, heard, knobs

WORDS = Text("What?", "什么？")
MADE = msgspec.structs.replace(SOFTMAX, steps=100)
LAB = Lab("digits", WORDS, WORDS, MADE.model, MADE.data, 0.5)


def guess(kind, **fields):
    return Guess(WORDS, kind, **fields)


# How a run ended


def finished(made=MADE, *, seed=0, last=0.25, steps=100, turned=None, state="finished", first=2.3):
    """A run of an experiment, from its beginning to its end."""
    stands = dict(knobs(made))
    run = heard(begun(Snapshot(), made, 1), Ready(1, "", 650, 10, 1437, 360, 45, 32, seed, first))
    run = heard(run, State(1, "training", 0, 100, stands, 0.0))
    run = heard(run, Metrics(1, steps, 0.0, 0.3, (0.3,) * steps))
    if turned is not None:
        run = heard(run, State(1, "training", steps, 100, {**stands, **turned}, 0.0))
    run = heard(run, State(1, state, steps, 100, run.knobs, 0.0))
    return heard(run, Evaluation(1, steps, last, 0.9, 0.3, 0.9))


def test_a_run_that_came_to_its_end_as_declared_has_one():
    assert end_of(finished(), MADE) == End(2.3, 0.25)
    assert end_of(finished(), msgspec.structs.replace(MADE, pace=0.0)) == End(2.3, 0.25)
    at_once = heard(begun(Snapshot(), MADE, 1), Ready(1, "", 1, 2, 1, 0, 1, 1, 0, 0.7))
    stopped = heard(at_once, State(1, "diverged", 1, 100, knobs(MADE), 0.0))
    assert end_of(stopped, MADE) == End(0.7, None)


@pytest.mark.parametrize(
    "run",
    [
        Snapshot(),
        begun(Snapshot(), MADE, 1),
        finished(state="paused", steps=50),
        finished(turned={"learning_rate": 0.1}),
        finished(seed=7),
        finished(steps=120),
        finished(msgspec.structs.replace(MADE, batch=64)),
    ],
    ids=["nothing", "begun", "not done", "a knob turned", "a seed", "went on", "another batch"],
)
def test_another_run_or_one_that_was_turned_has_none(run):
    assert end_of(run, MADE) is None


def test_a_knob_that_was_turned_before_a_reset_makes_it_another_run():
    run = finished()
    turned = run.changed(knobs={**run.knobs, "learning_rate": 0.1})
    assert as_declared(run, MADE)
    assert not as_declared(turned, MADE)


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        (1.0, 1.2, "rises"), (1.0, 1.05, "stays"), (1.0, 1.0, "stays"), (9.0, 9.0, "stays"),
        (1.0, 0.92, "stays"), (1.0, 0.8, "falls"), (1.0, 0.0, "falls"), (1.0, None, "diverges"),
        (None, None, "diverges"), (0.0, 0.0, "stays"),
    ],
)  # fmt: skip
def test_how_a_run_ended_in_a_word(first, last, word):
    assert outcome(End(first, last)) == word


# Scoring


def test_a_loss_is_right_within_its_margin_and_told_exactly_where_it_is_known():
    first = guess("first-loss", margin=0.05)
    right = scored(first, 2.3, first=2.302585, ends={}, exact=math.log(10))
    assert (right.right, right.truth) == (True, math.log(10))
    assert scored(first, 2.26, first=2.302585, ends={}).right
    assert not scored(first, 2.25, first=2.302585, ends={}).right
    assert scored(first, 2.3, ends={}) is None, "nothing has run"


@given(st.integers(-200, 200), st.integers(1, 50), st.integers(0, 200))
def test_the_margin_counts_as_it_is_written_in_decimals(off, margin, truth):
    one = guess("first-loss", margin=margin / 100)
    said = scored(one, (truth + off) / 100, first=truth / 100, ends={})
    assert said.right == (abs(off) <= margin)


def test_the_last_loss_is_that_of_the_variant_that_is_asked_about():
    one = guess("last-loss", variant=1, margin=0.1)
    ends = {0: End(1.1, 0.2), 1: End(1.1, 0.57)}
    assert scored(one, 0.55, ends=ends).right
    assert not scored(one, 0.2, ends=ends).right
    assert scored(one, 0.2, ends={0: End(1.1, 0.2)}) is None
    nothing = scored(one, 0.5, ends={1: End(1.1, None)}, exact=0.5)
    assert (nothing.right, nothing.truth) == (False, None)


def test_how_a_run_ends_is_a_word():
    one = guess("outcome", variant=2)
    assert scored(one, "stays", ends={2: End(9.0, 9.0)}).right
    wrong = scored(one, "falls", ends={2: End(9.0, None)})
    assert (wrong.right, wrong.truth) == (False, "diverges")


def test_the_lowest_of_several_and_what_is_too_close_to_tell():
    ends = [End(1.1, 0.95), End(1.1, 0.30), End(1.1, 0.302), End(1.1, None)]
    low, high = guess("lowest"), guess("highest")
    assert compared(low, 0, ends).right is False
    assert compared(low, 1, ends).close
    assert compared(low, 2, ends).right, "as low as one can tell"
    assert compared(low, 1, ends).truth == 1
    # Not a number is higher than any.
    assert (compared(high, 3, ends).right, compared(high, 3, ends).close) == (True, False)
    assert not compared(high, 0, ends).right
    assert compared(low, 1, ends).losses == (0.95, 0.30, 0.302, None)


# What it is remembered by


def test_another_number_in_an_experiment_makes_another_question():
    one = guess("first-loss")
    name = mark(LAB, one, MADE)
    assert name == mark(LAB, one, msgspec.structs.replace(MADE, pace=0.0))
    assert name == mark(LAB, guess("first-loss", margin=0.1), MADE)
    other = msgspec.structs.replace(MADE, learning_rate=0.1)
    varied = msgspec.structs.replace(LAB, variants=(Variant(WORDS, {"batch": 1}),))
    names = {
        name, mark(LAB, one, other), mark(varied, one, MADE), mark(LAB, guess("last-loss"), MADE),
        mark(LAB, guess("first-loss", variant=1), MADE),
    }  # fmt: skip
    assert len(names) == 5


def test_own_numbers_are_part_of_the_name():
    own = msgspec.structs.replace(MADE, model=Model("valley"), data=Data("own"), own={"start": 1.0})
    moved = msgspec.structs.replace(own, own={"start": 2.0})
    assert mark(LAB, guess("outcome"), own) != mark(LAB, guess("outcome"), moved)


def test_the_journal_keeps_what_was_said_and_what_it_was(tmp_path):
    score = {"right": True, "truth": 2.3026, "close": False, "losses": []}
    with Journal.open(tmp_path / "journal") as journal:
        book = GuessBookmark(journal, "softmax")
        assert book.said() == {}
        book.guessed("a", 2.3)
        book.passed("b")
        book.guessed("c", "falls")
        book.scored("a", score)
        book.guessed("b", 1)
    with Journal.open(tmp_path / "journal") as journal:
        said = GuessBookmark(journal, "softmax").said()
        assert said == {"a": Said(2.3, score), "b": Said(1), "c": Said("falls")}
        assert GuessBookmark(journal, "attention").said() == {}
        assert journal.rounds("softmax") == [], "the lesson's own rounds stay as they are"


def test_events_of_another_version_are_passed_over(tmp_path):
    with Journal.open(tmp_path / "journal") as journal:
        book = GuessBookmark(journal, "softmax")
        book.guessed("a", 2.3)
        for payload in (
            {"type": "guessed", "mark": 7, "answer": 1},
            {"type": "scored", "mark": "unknown", "score": {}},
            {"type": "scored", "mark": "a", "score": "good"},
            {"type": "later", "mark": "a"},
            {},
        ):
            journal.append(book.key, journal.latest_round(book.key), "x", payload)
        book.guessed("b", [1])
        assert book.said() == {"a": Said(2.3), "b": Said(None)}
