"""The child's loop without torch and without a process: a made-up model, and commands on cue."""

import math

import msgspec
import pytest

from tests.training.stage import FAST, Counting, Stage
from tutor.training import protocol
from tutor.training.inbox import Inbox
from tutor.training.loop import Loop
from tutor.training.protocol import (
    Beat,
    Done,
    Evaluation,
    Metrics,
    Pace,
    Pause,
    Problem,
    Quit,
    Ready,
    Reset,
    Resume,
    Set,
    Start,
    State,
    Step,
)
from tutor.training.refusal import ExperimentError
from tutor.training.saying import binned
from tutor.training.stepping import NUMBERED_STEPS


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch):
    """A loop at rest says so at once."""
    monkeypatch.setattr("tutor.training.loop.BEAT_SECONDS", 0.001)


def knobs(rate):
    """All of them, as they begin but for the learning rate."""
    return {
        "learning_rate": rate, "momentum": 0.9, "weight_decay": 0.0, "temperature": 1.0,
        "batch": 32.0, "optimiser": "sgd",
    }  # fmt: skip


def test_a_run_is_told_from_its_beginning_to_its_end():
    stage = Stage().play(Start(1, FAST))
    kinds = [type(line) for line in stage.lines]
    assert kinds[:4] == [Ready, Evaluation, State, Done]
    assert stage.of(Ready)[0].loss == 1.0
    assert [line.state for line in stage.of(State)] == ["training", "finished"]
    assert stage.told() == [1 / step for step in range(1, 101)]
    assert stage.of(Metrics)[-1].step == stage.of(Evaluation)[-1].step == 100


def test_a_pause_takes_effect_at_once_and_is_acknowledged_after_all_losses():
    stage = Stage({7: [Pause(2)]}).play(Start(1, FAST))
    assert stage.trainees[0].taken == 7
    after = stage.lines.index(Done(2, 7))
    assert len(stage.told()) == 7
    assert not any(isinstance(line, Metrics) for line in stage.lines[after:])
    assert stage.of(State)[-1] == State(1, "paused", 7, 100, knobs(0.5), 0)


def test_single_steps_and_resume():
    stage = Stage({7: [Pause(2)]})
    stage.play(Start(1, FAST), then=[Step(3), Step(4, 5), Resume(5)])
    assert [(line.command, line.step) for line in stage.of(Done)] == [
        (1, 0), (2, 7), (3, 7), (4, 8), (5, 13),
    ]  # fmt: skip
    assert stage.trainees[0].taken == 100
    assert stage.of(State)[-1].state == "finished"


def test_a_finished_run_goes_on_for_as_many_steps_again():
    stage = Stage().play(Start(1, FAST), then=[Resume(2)])
    assert stage.trainees[0].taken == 200
    assert [line.state for line in stage.of(State)] == ["training", "finished"] * 2
    assert stage.of(State)[-1].until == 200


def test_a_step_beyond_the_end_leaves_the_run_finished():
    stage = Stage().play(Start(1, FAST), then=[Step(2, 3)])
    assert stage.trainees[0].taken == 103
    assert stage.of(State)[-1].state == "finished"


def test_a_step_pauses_a_run_that_trains():
    stage = Stage({7: [Step(2, 2)]}).play(Start(1, FAST))
    assert stage.trainees[0].taken == 9
    assert stage.of(State)[-1].state == "paused"


def test_the_learning_rate_changes_from_the_next_step_on():
    stage = Stage({3: [Set(2, "learning_rate", 0.125)]}).play(Start(1, FAST))
    assert stage.trainees[0].rates == [0.5] * 3 + [0.125] * 97
    assert Done(2, 3) in stage.lines
    assert stage.of(State)[-1].knobs["learning_rate"] == 0.125


@pytest.mark.parametrize(
    "command", [Set(2, "learning_rate", -1.0), Set(2, "learning_rate", 1e9), Pace(2, -1.0)]
)
def test_a_bad_value_is_refused_and_changes_nothing(command):
    stage = Stage({3: [command]}).play(Start(1, FAST))
    assert Done(2, 3, "bad-value") in stage.lines
    assert stage.trainees[0].rates == [0.5] * 100


def test_a_reset_begins_the_same_run_again():
    stage = Stage({5: [Set(2, "learning_rate", 4.0), Reset(3)]}).play(Start(1, FAST))
    first, second = stage.trainees
    assert (first.taken, second.taken) == (5, 100)
    assert second.rates == [4.0] * 100
    assert [line.run for line in stage.of(Ready)] == [1, 3]
    assert stage.of(Metrics)[-1].run == 3


def test_a_reset_of_a_paused_run_stays_paused():
    stage = Stage({5: [Pause(2)]}).play(Start(1, FAST), then=[Reset(3)])
    assert [trainee.taken for trainee in stage.trainees] == [5, 0]
    assert stage.of(State)[-1] == State(3, "paused", 0, 100, knobs(0.5), 0)


def test_a_new_start_takes_the_place_of_the_old_run():
    other = msgspec.structs.replace(FAST, steps=3, learning_rate=2.0)
    stage = Stage({5: [Start(2, other)]}).play(Start(1, FAST))
    assert stage.trainees[1].rates == [2.0] * 3
    assert stage.of(State)[-1] == State(2, "finished", 3, 3, knobs(2.0), 0)


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_loss_that_is_no_number_is_explained_and_not_sent(loss):
    stage = Stage(losses={8: loss}).play(Start(1, FAST))
    assert stage.told() == [1 / step for step in range(1, 8)]
    assert stage.of(State)[-1] == State(1, "diverged", 8, 100, knobs(0.5), 0, 1 / 7, 3.0)


def test_a_gradient_that_is_no_number_is_left_out():
    stage = Stage(losses={8: math.nan}, norm=math.inf).play(Start(1, FAST))
    assert stage.of(State)[-1] == State(1, "diverged", 8, 100, knobs(0.5), 0, 1 / 7)


def test_a_first_loss_that_is_no_number_has_nothing_before_it():
    stage = Stage(losses={1: math.nan}).play(Start(1, FAST))
    assert stage.of(State)[-1] == State(1, "diverged", 1, 100, knobs(0.5), 0)


def test_what_has_diverged_can_only_begin_again():
    commands = [Resume(2), Step(3), Pause(4), Set(5, "learning_rate", 0.1), Reset(6)]
    stage = Stage({2: commands}, losses={2: math.nan}).play(Start(1, FAST))
    done = {line.command: line.refused for line in stage.of(Done)}
    assert done == {1: None, 2: "diverged", 3: "diverged", 4: None, 5: None, 6: None}
    assert stage.trainees[1].rates == [0.1] * 100


def test_nothing_runs_before_a_start():
    stage = Stage()
    stage.play(Pause(1), Step(2), Reset(3), Pace(4, 0), Quit(5))
    assert [line.refused for line in stage.of(Done)] == ["no-run"] * 4


def test_an_experiment_that_cannot_be_built_is_told():
    lines, inbox = [], Inbox()

    def build(experiment):
        raise ExperimentError("lab.unknown-experiment", name="x", known="y")

    inbox.put([Start(1, FAST), Step(2), Quit(3)])
    Loop(build, lines.append, inbox).serve()
    assert isinstance(lines[0], Problem)
    assert lines[1:] == [Done(1, 0, "bad-value"), Done(2, 0, "no-run")]


def test_a_slow_pace_waits_between_steps_but_never_for_a_command():
    slow = msgspec.structs.replace(FAST, pace=0.001)
    stage = Stage({1: [Pace(2, 0)]}).play(Start(1, slow))
    assert stage.trainees[0].taken == 100


def test_numbers_are_told_for_the_first_steps_only():
    class Small(Counting):
        def numbers(self):
            return {"loss": 1.0}

    stage = Stage()
    stage.inbox.put([Start(1, FAST)])
    Loop(lambda made: Small(stage, made), stage.hear, stage.inbox).serve()
    told = [line.step for line in stage.of(protocol.Numbers)]
    assert told == list(range(1, NUMBERED_STEPS + 1))


@pytest.mark.parametrize("count", [513, 1000, 1024, 65_537])
def test_many_losses_become_few_bins(count):
    losses = tuple(float(step % 97) for step in range(count))
    bins = binned(losses)
    assert len(bins) <= protocol.MOST_BINS
    assert sum(size for *_, size in bins) == count
    assert sum(total for _, _, total, _ in bins) == sum(losses)
    assert min(low for low, *_ in bins) == 0
    assert max(high for _, high, _, _ in bins) == 96


def test_a_run_of_any_speed_keeps_its_lines_short():
    stage = Stage().play(Start(1, msgspec.structs.replace(FAST, steps=50_000)))
    sent = stage.of(Metrics)
    assert sum(len(line.losses) + sum(size for *_, size in line.bins) for line in sent) == 50_000
    assert max(len(protocol.encode(line)) for line in sent) < 20_000


def test_evaluating_takes_no_more_than_its_share_on_a_busy_machine():
    class Slow(Counting):
        now = 0.0

        def step(self):
            self.now += 0.1
            return super().step()

        def evaluate(self):
            self.now += 2.0
            return super().evaluate()

    stage = Stage()
    slow = Slow(stage, FAST)
    stage.inbox.put([Start(1, msgspec.structs.replace(FAST, steps=10_000))])
    Loop(lambda experiment: slow, stage.hear, stage.inbox, lambda: slow.now).serve()
    # 1,000 seconds of steps leave time for five evaluations; those at the ends come on top.
    assert 4 <= len(stage.of(Evaluation)) <= 8


def test_a_loop_with_nothing_to_do_says_that_it_lives():
    lines, inbox = [], Inbox()

    def hear(line):
        lines.append(line)
        if len(lines) == 3:
            inbox.put([Quit(1)])

    Loop(lambda experiment: None, hear, inbox).serve()
    assert lines == [Beat(0)] * 3
