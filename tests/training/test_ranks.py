"""What the files of several ranks tell together, on lines that are made up."""

import pytest

from tutor.training.parallel_lines import Lives, Lost, Rank, Shared, Weights, read_line
from tutor.training.protocol import Metrics, State, encode
from tutor.training.ranks import MOST_PENDING, Ranks


def lines(*said):
    return b"".join(map(encode, said))


def state(name, step=0):
    return State(1, name, step, 100, {"learning_rate": 0.5}, 0)


def told(step, own, joint, computing=0.01, waiting=0.01):
    """A rank's lines about some steps of which `step` is the last."""
    return lines(
        Metrics(1, step, 10.0, own[-1], losses=own),
        Shared(1, step, len(own), computing, waiting, 0.5, losses=joint),
    )


@pytest.fixture
def two():
    """Two ranks that have just begun, at second 0."""
    ranks = Ranks()
    for rank in (0, 1):
        ranks.feed(rank, lines(Rank(rank, 2, "here"), state("training")), 0.0)
    return ranks


def test_the_joint_losses_come_with_the_band_of_the_ranks(two):
    assert two.feed(0, told(2, (3.0, 2.0), (2.5, 2.25)), 0.1) == []
    assert two.step == 0
    joined = two.feed(1, told(2, (2.0, 2.5), (2.5, 2.25)), 0.1)
    assert joined == [(1, (2.0, 3.0, 2.5, 1, 0)), (2, (2.0, 2.5, 2.25, 1, 0))]
    assert two.step == 2


def test_bins_of_many_steps_make_a_band_too(two):
    joined = []
    for rank, held in ((0, (1.0, 4.0, 10.0, 4)), (1, (0.5, 3.0, 8.0, 4))):
        said = lines(
            Metrics(1, 4, 10.0, 1.0, bins=(held,)),
            Shared(1, 4, 4, 0.1, 0.1, None, bins=((1.5, 2.5, 9.0, 4),)),
        )
        joined += two.feed(rank, said, 0.1)
    assert joined == [(1, (0.5, 4.0, 9.0, 4, 0))]


def test_lines_may_come_in_any_pieces_and_one_rank_long_before_the_other(two):
    whole = {
        rank: b"".join(told(step, (float(step + rank),), (step + 0.5,)) for step in range(1, 9))
        for rank in (0, 1)
    }
    assert two.feed(0, whole[0], 0.1) == []
    joined = [one for byte in whole[1] for one in two.feed(1, bytes([byte]), 0.2)]
    assert [one.step for one in joined] == list(range(1, 9))
    assert [one.held.total for one in joined] == [step + 0.5 for step in range(1, 9)]
    assert two.garbled == 0


def test_a_garbled_line_is_counted_and_moves_no_later_step(two):
    joined = []
    for rank in (0, 1):
        joined += two.feed(rank, told(1, (1.0,), (1.0,)), 0.1)
    joined += two.feed(0, told(2, (2.0,), (2.0,)), 0.2)
    joined += two.feed(1, b'{"kind": "metr\n', 0.2)
    for rank in (0, 1):
        joined += two.feed(rank, told(3, (3.0,), (3.0,)), 0.3)
    assert two.garbled == 1
    assert two.step == 3
    assert [(one.step, one.held.total) for one in joined] == [(1, 1.0), (3, 3.0)]


def test_memory_is_bounded_when_one_rank_says_nothing(two):
    for step in range(1, 3 * MOST_PENDING):
        two.feed(0, told(step, (1.0,), (1.0,)), 0.1)
    assert len(two._ones[0].metrics) == len(two._ones[0].shared) == MOST_PENDING


# Stragglers


def run_of(two, steps, slow_computing, waiting=(0.001, 0.001), computing=0.002):
    for step in range(1, steps + 1):
        two.feed(0, told(step, (1.0,), (1.0,), computing, waiting[0]), step)
        two.feed(1, told(step, (1.0,), (1.0,), slow_computing, waiting[1]), step)


def test_the_straggler_is_named_with_its_seconds(two):
    run_of(two, 20, 0.010, waiting=(0.009, 0.001))
    straggler = two.straggler()
    assert straggler.rank == 1
    assert straggler.computing == pytest.approx(0.010)
    assert straggler.others == pytest.approx(0.002)
    assert straggler.waited == pytest.approx(0.009)
    assert straggler.steps == 20


def test_ranks_that_are_alike_have_no_straggler(two):
    run_of(two, 20, 0.0021, waiting=(0.0011, 0.001))
    assert two.straggler() is None


def test_slow_work_for_which_nobody_waits_is_no_straggler(two):
    run_of(two, 20, 0.010, waiting=(0.001, 0.001))
    assert two.straggler() is None


def test_a_few_steps_prove_nothing(two):
    run_of(two, 4, 0.010, waiting=(0.009, 0.001))
    assert two.straggler() is None


def test_a_straggler_that_recovered_is_none(two):
    run_of(two, 60, 0.010, waiting=(0.009, 0.001))
    assert two.straggler() is not None
    run_of(two, 60, 0.002)
    assert two.straggler() is None


def test_the_median_of_the_others_is_what_a_straggler_is_held_against():
    ranks = Ranks()
    for rank in range(4):
        ranks.feed(rank, lines(Rank(rank, 4)), 0.0)
    for step in range(1, 11):
        for rank, (computing, waiting) in enumerate(
            [(0.002, 0.02), (0.02, 0.002), (0.003, 0.019), (0.004, 0.018)]
        ):
            ranks.feed(rank, told(step, (1.0,), (1.0,), computing, waiting), 0.1)
    straggler = ranks.straggler()
    assert (straggler.rank, straggler.others) == (1, pytest.approx(0.003))
    assert straggler.waited == pytest.approx(0.019)


# Lost ranks


def test_a_rank_that_others_tell_as_lost_is_named(two):
    two.feed(0, lines(Lost(1, 7, (1,), "closed", 0.25)), 1.0)
    (lost,) = two.lost(1.0)
    assert lost == (1, "closed", 0.25, (0,))


def test_several_may_tell_of_the_same_loss():
    ranks = Ranks()
    for rank in (0, 1, 2):
        ranks.feed(rank, lines(Rank(rank, 3)), 0.0)
    for rank in (0, 2):
        ranks.feed(rank, lines(Lost(1, 7, (1,), "silent", 10.0)), 12.0)
    assert [(one.rank, one.told_by) for one in ranks.lost(12.0)] == [(1, (0, 2))]


def test_a_rank_that_is_silent_while_others_live_is_lost(two):
    for second in range(1, 5):
        two.feed(0, lines(Lives(7, "waiting", float(second))), second)
    assert two.lost(2.0) == ()
    (lost,) = two.lost(4.0)
    assert (lost.rank, lost.how, lost.told_by) == (1, "silent", ())
    assert lost.seconds == 4.0
    standings = two.standings(4.0)
    assert [(one.doing, one.silent, one.step) for one in standings] == [
        ("waiting", 0.0, 7),
        ("computing", 4.0, 0),
    ]


def test_a_rank_whose_file_never_came_is_lost():
    ranks = Ranks()
    for second in range(70):
        ranks.feed(1, lines(Rank(1, 2), Lives(0, "waiting", 1.0)), second)
    assert ranks.lost(30.0) == ()
    assert [one.rank for one in ranks.lost(69.0)] == [0]


def test_ranks_that_all_rest_are_not_lost(two):
    for rank in (0, 1):
        two.feed(rank, lines(state("finished", 5)), 1.0)
    assert two.lost(1000.0) == ()
    assert [one.state for one in two.standings(1.0)] == ["finished", "finished"]


def test_ranks_that_are_all_silent_are_not_told_apart(two):
    assert two.lost(1000.0) == ()


# Weights


def test_ranks_that_hold_the_same_weights_are_alike(two):
    assert two.alike() is None
    two.feed(0, lines(Weights(1, 5, "ab")), 1.0)
    assert two.alike() is None
    two.feed(1, lines(Weights(1, 5, "ab")), 1.0)
    assert two.alike() is True
    two.feed(1, lines(Weights(1, 6, "ab")), 1.0)
    assert two.alike() is None
    two.feed(0, lines(Weights(1, 6, "cd")), 1.0)
    assert two.alike() is False


def test_lines_of_other_kinds_are_none():
    assert read_line(b'{"kind":"song"}') is None
    assert read_line(b'{"kind":"lives","step":-1,"doing":"waiting","seconds":1}') is None
    assert read_line(b"\xff") is None
