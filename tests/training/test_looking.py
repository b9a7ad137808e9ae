"""What is measured besides the loss, when somebody looks; and training up to a step or a loss."""

import math

import msgspec
import pytest
import torch

from tests.training.labs import ATTENTION, LENET, SOFTMAX, WALK
from tests.training.stage import FAST, Counting, Stage
from tutor.course.experiment import Data, Model
from tutor.training.experiments import Experiment, varied
from tutor.training.loop import Loop
from tutor.training.models.build import build
from tutor.training.protocol import (
    LONGEST_LINE,
    MOST_CELLS,
    MOST_SAMPLES,
    Board,
    Done,
    Layers,
    Look,
    Metrics,
    Pause,
    Picture,
    Resume,
    Rewind,
    RunTo,
    Set,
    Start,
    State,
    Step,
    encode,
    read_message,
)


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch):
    """A loop at rest says so at once."""
    monkeypatch.setattr("tutor.training.loop.BEAT_SECONDS", 0.001)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


ALL = Look(2, layers=True, board=True, picture="weights:linear")


class Unlooked(Counting):
    """Must not be asked for anything but its losses."""

    moved = picture = board = None


def test_nobody_looks_unless_it_is_asked():
    class Blind(Stage):
        trainee = Unlooked

    stage = Blind().play(Start(1, FAST), then=[Step(2, 3)])
    assert stage.of(Layers) + stage.of(Picture) + stage.of(Board) == []


def test_who_looks_at_rest_is_shown_at_once_and_after_each_rest():
    stage = Stage().play(Start(1, FAST), then=[ALL, Step(3)])
    assert [line.step for line in stage.of(Layers)] == [100, 101]
    assert [line.values for line in stage.of(Picture)] == [((100.0,),), ((101.0,),)]
    boards = stage.of(Board)
    assert [(line.samples[0].answer, line.samples[0].before) for line in boards] == [
        ("0", None), ("1", "0"),
    ]  # fmt: skip


def test_a_run_that_trains_is_looked_at_a_few_times_a_second():
    class Slow(Counting):
        now = 0.0

        def step(self):
            self.now += 0.01
            return super().step()

    stage = Stage({1: [ALL]})
    slow = Slow(stage, FAST)
    stage.inbox.put([Start(1, msgspec.structs.replace(FAST, steps=1000))])
    Loop(lambda made: slow, stage.hear, stage.inbox, lambda: slow.now).serve()
    # Ten seconds of steps, and the rest.
    assert 35 <= len(stage.of(Layers)) <= 42
    assert 9 <= len(stage.of(Board)) <= 12


def test_looking_takes_no_more_than_its_share():
    class Slow(Counting):
        now = 0.0

        def step(self):
            self.now += 0.01
            return super().step()

        def moved(self):
            self.now += 0.5
            return super().moved()

    stage = Stage({1: [Look(2, layers=True)]})
    slow = Slow(stage, FAST)
    stage.inbox.put([Start(1, msgspec.structs.replace(FAST, steps=2000))])
    Loop(lambda made: slow, stage.hear, stage.inbox, lambda: slow.now).serve()
    # Twenty seconds of steps leave time for four looks; that at the end comes on top.
    assert 3 <= len(stage.of(Layers)) <= 6


def test_what_moved_is_not_told_by_a_knob_that_was_turned_since():
    stage = Stage().play(
        Start(1, FAST), then=[Set(2, "learning_rate", 9.0), Look(3, layers=True), Step(4)]
    )
    assert [line.step for line in stage.of(Layers)] == [101]


def test_a_look_lasts_over_a_rewind_and_ends_with_a_start():
    stage = Stage().play(Start(1, FAST), then=[ALL, Rewind(3, 50), Start(4, FAST)])
    assert [(line.run, line.step) for line in stage.of(Layers)] == [(1, 100), (3, 50)]


def test_there_is_no_picture_of_another_name():
    stage = Stage().play(Start(1, FAST), then=[Look(2, picture="weights:other")])
    assert stage.of(Done)[-1].refused == "unknown-picture"


# Knobs


@pytest.mark.parametrize(
    ("knob", "value", "refused"),
    [
        ("learning_rate", 0.25, None),
        ("learning_rate", "fast", "bad-value"),
        ("momentum", 0.5, None),
        ("momentum", 1.0, "bad-value"),
        ("weight_decay", 0.1, None),
        ("weight_decay", -1.0, "bad-value"),
        ("temperature", 2.0, None),
        ("temperature", 0.0, "bad-value"),
        ("batch", 64.0, None),
        ("batch", 1.5, "bad-value"),
        ("batch", 0.0, "bad-value"),
        ("optimiser", "adam", None),
        ("optimiser", "adamw", "bad-value"),
        ("optimiser", 3.0, "bad-value"),
        ("seed", 3.0, "unknown-knob"),
        ("hidden", "", "unknown-knob"),
    ],
)
def test_a_knob_acts_at_the_next_step_or_is_refused(knob, value, refused):
    stage = Stage({5: [Set(2, knob, value)]}).play(Start(1, FAST))
    assert Done(2, 5, refused) in stage.lines
    assert stage.trainees[0].turned == ([] if refused else [(5, knob, value)])
    if refused is None:
        assert stage.of(State)[-1].knobs[knob] == value


def test_a_valley_has_no_temperature():
    made = Experiment(
        "valley", Model("valley", curvatures=(2,), lowest=(3,), start=(0,)), Data("none"), 0.1
    )
    stage = Stage().play(Start(1, msgspec.structs.replace(made, pace=0, steps=3)),
                         then=[Set(2, "temperature", 2.0)])  # fmt: skip
    assert stage.of(Done)[-1].refused == "unknown-knob"


# Run to


@pytest.mark.parametrize(
    ("command", "step", "state"),
    [
        (RunTo(3, step=40), 40, "paused"),
        (RunTo(3, loss=0.025), 40, "paused"),
        (RunTo(3, step=60, loss=0.025), 40, "paused"),
        (RunTo(3, step=30, loss=0.025), 30, "paused"),
        (RunTo(3, step=500), 100, "finished"),
        (RunTo(3, loss=-1.0), 100, "finished"),
        (RunTo(3, step=4), 7, "paused"),
    ],
)
def test_it_trains_up_to_a_step_or_a_loss_and_rests(command, step, state):
    stage = Stage({7: [Pause(2)]}).play(Start(1, FAST), then=[command])
    assert (stage.of(State)[-1].state, stage.of(State)[-1].step) == (state, step)
    assert stage.trainees[0].taken == step


def test_a_loss_to_rest_at_is_forgotten_once_it_is_reached():
    stage = Stage({7: [Pause(2)]}).play(Start(1, FAST), then=[RunTo(3, loss=0.025), Resume(4)])
    assert stage.of(State)[-1].state == "finished"


def test_beyond_its_goal_a_run_goes_as_far_as_it_is_asked():
    stage = Stage().play(Start(1, FAST), then=[RunTo(2, step=130), RunTo(3)])
    assert stage.of(State)[-1].step == 130
    assert stage.of(Done)[-1].refused == "bad-value"


# What torch's models show


SHOWN = [
    SOFTMAX, LENET, ATTENTION, WALK,
    Experiment("lenet-5", Model("lenet-5"), Data("digits-28", examples=20), 0.1),
    Experiment("moons", Model("multilayer-perceptron", hidden=(70,)), Data("moons"), 0.1),
    Experiment("rnn", Model("character-rnn"), Data("text"), 0.1),
    Experiment("block", Model("transformer", heads=2), Data("text"), 0.1),
    Experiment("edges", Model("convolution"), Data("edges", examples=20), 0.1,
               loss="mean-squared-error"),
    Experiment("line", Model("linear-regression"), Data("line"), 0.1, loss="mean-squared-error"),
]  # fmt: skip


@pytest.mark.parametrize("made", SHOWN, ids=lambda made: made.name)
def test_every_picture_and_board_is_a_line(made):
    trainee = build(made)
    trainee.step()
    for name in trainee.pictures:
        drawn = trainee.picture(name)
        assert 0 < len(drawn.values) <= MOST_CELLS
        (columns,) = {len(row) for row in drawn.values}
        assert 0 < columns <= MOST_CELLS
        assert len(drawn.rows) in (0, len(drawn.values)) and len(drawn.columns) in (0, columns)
        line = Picture(1, 1, name, *drawn)
        assert read_message(encode(line)) == line
        assert len(encode(line)) < LONGEST_LINE
    board = Board(1, 1, trainee.board())
    assert len(board.samples) <= MOST_SAMPLES
    assert bool(board.samples) == (trainee.facts.classes > 0)
    assert read_message(encode(board)) == board
    assert len(encode(board)) < LONGEST_LINE
    moved = Layers(1, 1, trainee.layers, *trainee.moved())
    assert read_message(encode(moved)) == moved
    total = math.sqrt(sum(norm**2 for norm in moved.gradient_norms))
    assert total == pytest.approx(trainee.gradient_norm(), rel=1e-6)


def test_ratios_are_what_the_step_did():
    trainee = build(LENET)
    before = [weight.clone() for weight in trainee._weights]
    trainee.step()
    moved = trainee.moved()
    for layer, ratio in enumerate(moved.update_ratios):
        places = [at for at, of in enumerate(trainee.model.layer_of) if of == layer]
        change = sum((before[at] - trainee._weights[at]).square().sum().item() for at in places)
        assert ratio * moved.weight_norms[layer] == pytest.approx(math.sqrt(change), rel=1e-3)


def test_dead_units_are_counted():
    made = Experiment("x", Model("multilayer-perceptron", hidden=(4, 3)), Data("moons"), 0.1)
    trainee = build(made)
    assert trainee.moved().dead[2] is None
    bias = trainee._weights[1]
    bias[:3] = -1000.0
    assert trainee.moved().dead[0] >= 0.75
    assert build(varied(made, {"model.activation": "tanh"})).moved().dead == (None, None, None)


def test_the_confusion_counts_all_that_is_kept_apart():
    trainee = build(SOFTMAX)
    for _ in range(100):
        trainee.step()
    drawn = trainee.picture("confusion")
    right = sum(drawn.values[place][place] for place in range(10))
    assert sum(map(sum, drawn.values)) == 360
    assert right / 360 == pytest.approx(trainee.evaluate().validation_accuracy)


def test_attention_is_that_of_the_first_sample():
    trainee = build(ATTENTION)
    drawn = trainee.picture("attention")
    assert drawn.rows == drawn.columns and len(drawn.rows) == 7
    assert drawn.rows[-1].endswith("?")
    assert all(sum(row) == pytest.approx(1, abs=1e-3) for row in drawn.values)
    causal = build(SHOWN[7]).picture("attention:2")
    assert "".join(causal.rows) == "hello world hell"
    assert causal.values[0][1:] == (0.0,) * 15


def test_a_board_tells_flips():
    stage = Stage({1: [Look(2, board=True)]})
    stage.trainee = staticmethod(lambda stage, made: build(made))
    stage.play(
        Start(1, msgspec.structs.replace(SOFTMAX, steps=2, pace=0)),
        then=[Look(2, board=True), Step(3, 60)],
    )
    first, second = stage.of(Board)
    assert [one.input for one in first.samples] == [one.input for one in second.samples]
    assert [one.before for one in second.samples] == [one.answer for one in first.samples]
    assert any(one.before != one.answer for one in second.samples)
    assert stage.of(Metrics)[-1].step == 62


@pytest.mark.parametrize("made", [SOFTMAX, LENET, ATTENTION, WALK], ids=lambda made: made.name)
def test_a_model_whose_numbers_overflowed_can_be_looked_at(made):
    wild = msgspec.structs.replace(made, learning_rate=1e6, pace=0, steps=200)
    trainee = build(wild)
    for _ in range(50):
        if math.isnan(trainee.step()):
            break
    for weight in trainee._weights:
        weight.fill_(math.nan)
    for name in trainee.pictures:
        line = Picture(1, 1, name, *trainee.picture(name))
        assert read_message(encode(line)) == line
    board = Board(1, 1, trainee.board())
    assert read_message(encode(board)) == board
    assert all(sample.share is None for sample in board.samples)
    moved = Layers(1, 1, trainee.layers, *trainee.moved())
    assert read_message(encode(moved)) == moved
    assert set(moved.weight_norms) == {None}
