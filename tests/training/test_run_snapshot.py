import math

import pytest

from tests.training.labs import SOFTMAX
from tutor.messages import LANGUAGES, say
from tutor.training.protocol import Beat, Done, Evaluation, Metrics, Numbers, Ready, State
from tutor.training.snapshot import MOST_NUMBERS, Snapshot, begun, heard


def after(*lines, snapshot=None):
    snapshot = snapshot or begun(Snapshot(), SOFTMAX, 1)
    for line in lines:
        snapshot = heard(snapshot, line)
    return snapshot


def ready(run=1):
    return Ready(run, "digits-softmax", 650, 10, 1437, 360, 45, 32, 0, 2.25)


def state(word, step, run=1, **more):
    return State(run, word, step, 900, {"learning_rate": 0.5}, 40.0, **more)


def numbers(step):
    return Numbers(1, step, 0.1, {"loss": 1.0})


def test_nothing_runs_before_a_start():
    assert Snapshot().state == "stopped"
    assert begun(Snapshot(), SOFTMAX, 1).state == "starting"


def test_a_run_is_followed():
    seen = after(
        ready(),
        state("training", 0),
        Metrics(1, 2, 40.0, 1.5, losses=(2.0, 1.5)),
        Metrics(1, 90, 41.0, 1.75, bins=((1.0, 3.0, 60.0, 44), (1.25, 2.0, 60.0, 44))),
        Evaluation(1, 90, 1.0, 0.75, 2.0, 0.5),
    )
    assert (seen.state, seen.step, seen.epoch, seen.steps_per_second) == ("training", 90, 2, 41.0)
    assert (seen.first_loss, seen.last_loss, seen.least_loss) == (2.25, 1.75, 1.0)
    assert (seen.train_loss, seen.train_accuracy) == (1.0, 0.75)
    assert (seen.validation_loss, seen.validation_accuracy) == (2.0, 0.5)
    assert (seen.evaluated_step, seen.curve.count, seen.curve.high) == (90, 90, 3.0)


def test_the_version_rises_with_what_changes_and_with_nothing_else():
    first = after(ready(), state("training", 0))
    assert heard(first, Beat(0)).version == first.version
    assert heard(first, Metrics(1, 1, 1.0, 1.0, losses=(1.0,))).version > first.version


@pytest.mark.parametrize(
    "line",
    [
        Metrics(1, 5, 9.0, 9.0, losses=(9.0,) * 5),
        Evaluation(1, 5, 9.0, 0.9, 9.0, 0.9),
        State(1, "finished", 5, 5, {"learning_rate": 9.0}, 9.0),
        numbers(5),
    ],
)
def test_lines_of_an_earlier_run_change_nothing(line):
    now = after(ready(), ready(run=4), state("training", 0, run=4))
    assert heard(now, line) is now


def test_an_earlier_start_is_not_shown_once_a_later_one_was_asked_for():
    asked = begun(Snapshot(), SOFTMAX, 5)
    assert heard(asked, ready(run=1)) is asked
    assert heard(asked, ready(run=5)).ready is not None


def test_a_reset_begins_a_new_curve_and_leaves_the_old_one_as_it_was():
    first = after(ready(), state("training", 0), Metrics(1, 1, 1.0, 1.0, losses=(1.0,)))
    second = after(ready(run=2), Metrics(2, 2, 1.0, 3.0, losses=(4.0, 3.0)), snapshot=first)
    assert (first.curve.count, second.curve.count) == (1, 2)
    assert (second.step, second.least_loss) == (2, 3.0)


def test_a_lost_line_is_a_hole_and_not_a_shift():
    seen = after(
        ready(),
        Metrics(1, 1, 1.0, 2.0, losses=(2.0,)),
        Metrics(1, 5, 1.0, 1.0, losses=(1.0,)),
    )
    columns = seen.curve.columns(5)
    assert columns[0].mean == 2.0
    assert math.isnan(columns[1].mean) and columns[1].lost == 3
    assert columns[4].mean == 1.0


@pytest.mark.parametrize("line", [Metrics(1, 1, 1.0, 2.0, losses=(2.0,)), Metrics(1, 9, 1.0, 1.0)])
def test_losses_that_were_told_before_and_lines_without_any_change_nothing(line):
    seen = after(ready(), Metrics(1, 1, 1.0, 2.0, losses=(2.0,)))
    assert heard(seen, line) is seen


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"last_loss": 7.5, "gradient_norm": 8.1e4}, "lab.diverged"),
        ({"last_loss": 7.5}, "lab.diverged-overflow"),
        ({}, "lab.diverged-at-once"),
    ],
)
def test_divergence_is_explained(details, code):
    losses = Metrics(1, 40, 1.0, 7.5, losses=(7.5,) * 40)
    seen = after(ready(), losses, state("diverged", 41, **details))
    assert (seen.state, seen.step, seen.curve.count) == ("diverged", 41, 41)
    assert seen.trouble.code == code
    assert all("41" in say(code, language, **seen.trouble.details) for language in LANGUAGES)
    assert after(ready(run=2), snapshot=seen).trouble is None


def test_a_run_at_rest_has_no_speed():
    lines = [Metrics(1, 1, 40.0, 2.0, losses=(2.0,)), state("paused", 1)]
    seen = after(ready(), state("training", 0), *lines)
    assert seen.steps_per_second == 0
    assert after(Metrics(1, 2, 40.0, 2.0, losses=(2.0,)), snapshot=seen).steps_per_second == 0


def test_numbers_are_kept_for_the_first_steps():
    seen = after(ready(), *map(numbers, range(1, 2 * MOST_NUMBERS)))
    assert [line.step for line in seen.numbers] == list(range(1, MOST_NUMBERS + 1))


def test_the_last_answer_to_a_command_is_kept():
    assert after(ready(), Done(1, 0), Done(2, 4, "diverged")).acknowledged.refused == "diverged"


def test_every_state_has_a_word():
    for word in ("stopped", "starting", "training", "paused", "finished", "diverged", "failed"):
        assert all(say(f"lab.state-{word}", language) for language in LANGUAGES)
