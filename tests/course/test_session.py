"""A lesson being worked is a pure state machine made of events."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course import session
from tutor.course.load import load
from tutor.course.session import (
    Answered,
    Began,
    Drafted,
    Event,
    Hinted,
    Moved,
    Revealed,
    Skipped,
)

LESSON = load(Path(__file__).parents[2] / "lessons" / "softmax.yaml").lesson
FIRST, SECOND, THIRD = (step.id for step in LESSON.steps[:3])

step_ids = st.sampled_from([step.id for step in LESSON.steps] + ["gone"])
texts = st.lists(st.text(max_size=5), max_size=4).map(tuple)
words = st.sampled_from(["right", "follows", "wrong", "incomplete", "unreadable", "too-coarse"])
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        Began, st.none() | st.integers(0, 99), st.none() | st.just({"u": (1000.0, 1002.0, 1004.0)})
    ),
    st.builds(Drafted, step_ids, texts),
    st.builds(Answered, step_ids, texts, words, texts),
    st.builds(Hinted, step_ids, st.integers(1, 5)),
    st.builds(Revealed, step_ids),
    st.builds(Skipped, step_ids),
    st.builds(Moved, step_ids),
)


def test_an_accepted_answer_solves_its_step() -> None:
    state = session.beginning(LESSON)
    for overall, solved in (("wrong", False), ("too-coarse", False), ("follows", True)):
        state = session.after(state, Answered(FIRST, ("1",), overall, (overall,)))
        assert state.steps[FIRST].solved is solved
    assert state.steps[FIRST].attempts == 3
    assert state.done == 1


@pytest.mark.parametrize("overall", ["unreadable", "incomplete"])
def test_what_cannot_be_judged_is_no_attempt(overall: str) -> None:
    state = session.after(session.beginning(LESSON), Answered(FIRST, ("",), overall, (overall,)))
    assert state.steps[FIRST].attempts == 0


def test_a_changed_cell_loses_its_mark_and_the_others_keep_theirs() -> None:
    answered = Answered(FIRST, ("1", "2", "3"), "wrong", ("right", "wrong", "right"))
    state = session.after(session.beginning(LESSON), answered)
    state = session.after(state, Drafted(FIRST, ("1", "5", "3")))
    assert state.steps[FIRST].marks == ("right", "", "right")
    assert state.steps[FIRST].overall == ""


def test_a_solved_step_stays_solved_when_its_cells_are_changed() -> None:
    state = session.after(session.beginning(LESSON), Answered(FIRST, ("1",), "right", ("right",)))
    state = session.after(state, Drafted(FIRST, ("7",)))
    assert state.steps[FIRST].solved


def test_the_next_open_step_comes_after_or_else_from_the_beginning() -> None:
    state = session.beginning(LESSON)
    state = session.after(state, Revealed(SECOND))
    assert state.next_open(FIRST) == THIRD
    assert state.next_open(LESSON.steps[-1].id) == FIRST
    for step in LESSON.steps:
        state = session.after(state, Revealed(step.id))
    assert state.next_open(FIRST) is None
    assert state.finished


def test_a_new_round_forgets_everything_but_its_seed() -> None:
    state = session.after(session.beginning(LESSON), Answered(FIRST, ("1",), "right", ("right",)))
    state = session.after(session.after(state, Moved(THIRD)), Began(7))
    assert (state.at, state.done, state.seed) == (FIRST, 0, 7)


@given(st.lists(events, max_size=20))
def test_events_survive_the_journal_and_replay_to_the_same_state(happened: list[Event]) -> None:
    kept = [session.from_payload(session.to_payload(event)) for event in happened]
    assert kept == happened
    state = session.beginning(LESSON)
    for event in happened:
        state = session.after(state, event)
    assert session.replayed(LESSON, happened) == state


@given(st.lists(events, max_size=20))
def test_no_event_of_a_step_that_is_gone_changes_anything(happened: list[Event]) -> None:
    state = session.replayed(LESSON, happened)
    assert set(state.steps) == {step.id for step in LESSON.steps}
    without = [event for event in happened if getattr(event, "step", FIRST) != "gone"]
    assert session.replayed(LESSON, without) == state


def test_an_event_of_a_later_version_is_passed_over() -> None:
    assert session.from_payload({"type": "sang", "step": FIRST}) is None
