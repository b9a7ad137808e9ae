"""Standing at an earlier step again, to the last bit: in memory, and from disk."""

import msgspec
import pytest
import torch

from tests.training.labs import WALK
from tests.training.stage import FAST, Stage
from tutor.course.experiment import Data, Model
from tutor.training.attempt import Attempt
from tutor.training.experiments import Experiment, varied
from tutor.training.models.build import build
from tutor.training.past import FEWEST_KEPT, MOST_KEPT, Change, Kept, Past
from tutor.training.protocol import (
    Done,
    Fork,
    Metrics,
    Pause,
    Ready,
    Reset,
    Resume,
    Rewind,
    Set,
    Start,
    State,
    Step,
    Trouble,
)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch):
    """A loop at rest says so at once."""
    monkeypatch.setattr("tutor.training.loop.BEAT_SECONDS", 0.001)


BLOBS = Experiment(
    "blobs", Model("multilayer-perceptron", hidden=(5,)), Data("blobs", examples=50), 0.1,
    batch=8, steps=40, pace=0,
)  # fmt: skip
MADE = [
    BLOBS,
    varied(BLOBS, {"optimiser.kind": "momentum"}),
    varied(BLOBS, {"optimiser.kind": "adam", "optimiser.weight_decay": 0.1, "batch": 50}),
    msgspec.structs.replace(WALK, steps=40, pace=0),
    Experiment("look-ups", Model("transformer", width=4), Data("look-ups", examples=40), 0.1),
]


class Real(Stage):
    """A stage with torch on it."""

    trainee = staticmethod(lambda stage, made: build(made))


def taken(attempt, steps):
    losses = []
    for _ in range(steps):
        losses.append(attempt.trainee.step())
        attempt.step += 1
    return losses


def nobody():
    """No sign of life is asked for."""


@pytest.mark.parametrize("made", MADE, ids=lambda made: f"{made.name} {made.optimiser.kind}")
@pytest.mark.parametrize("kept", [(), (4,), (4, 9, 12)])
def test_from_an_earlier_step_the_losses_are_the_same_to_the_last_bit(made, kept):
    attempt = Attempt(build, made)
    first = []
    for step in range(30):
        if step in kept:
            attempt.keep()
        first += taken(attempt, 1)
    attempt.go_back(11, nobody)
    assert attempt.step == 11
    assert taken(attempt, 19) == first[11:]


KNOBS = [
    (3, "learning_rate", 0.5), (7, "optimiser", "adam"), (7, "batch", 5.0), (9, "momentum", 0.5),
    (12, "temperature", 2.0), (12, "optimiser", "momentum"), (15, "optimiser", "adam"),
    (15, "optimiser", "momentum"), (18, "weight_decay", 0.25),
]  # fmt: skip


@pytest.mark.parametrize("back", [0, 5, 7, 12, 15, 16, 25])
def test_the_knobs_are_turned_again_as_they_were(back):
    attempt = Attempt(build, BLOBS)
    first = []
    for step in range(26):
        for at, knob, value in KNOBS:
            if at == step:
                attempt.turn(knob, value)
        if step % 5 == 0:
            attempt.keep()
        first += taken(attempt, 1)
    attempt.go_back(back, nobody)
    turned = {knob: value for at, knob, value in KNOBS if at <= back}
    assert {knob: attempt.knobs[knob] for knob in turned} == turned
    again = []
    for step in range(back, 26):
        for at, knob, value in KNOBS:
            if at == step > back:
                attempt.turn(knob, value)
        again += taken(attempt, 1)
    assert again == first[back:]


@pytest.mark.parametrize("made", MADE, ids=lambda made: f"{made.name} {made.optimiser.kind}")
def test_from_disk_the_losses_are_the_same_to_the_last_bit(made):
    attempt = Attempt(build, made)
    taken(attempt, 5)
    attempt.turn("learning_rate", 0.05)
    first = taken(attempt, 6)
    data = attempt.packed({"goal": 99})
    later = taken(attempt, 10)
    again = Attempt(build, made)
    assert again.unpack(data)["goal"] == 99
    assert (again.step, again.knobs["learning_rate"]) == (11, 0.05)
    assert taken(again, 10) == later
    # What was before is taken again from the beginning.
    again.go_back(5, nobody)
    assert taken(again, 6) == first


def test_a_file_of_anything_else_is_no_state():
    attempt = Attempt(build, BLOBS)
    other = Attempt(build, MADE[3]).packed({})
    for data in (b"", b"nonsense", other, Attempt(build, BLOBS).trainee.packed({}, {})):
        with pytest.raises(ValueError, match=r".*"):
            attempt.unpack(data)


# The loop


def test_a_rewound_run_is_a_new_one_that_rests():
    stage = Stage().play(Start(1, FAST), then=[Rewind(2, 40), Resume(3)])
    ready = stage.of(Ready)[1]
    assert (ready.run, ready.step, ready.forked_from) == (2, 40, Fork(1, 40))
    assert Done(2, 40) in stage.lines
    after = [line for line in stage.of(State) if line.run == 2]
    assert [(line.state, line.step) for line in after] == [
        ("paused", 40), ("training", 40), ("finished", 100),
    ]  # fmt: skip
    told = [loss for line in stage.of(Metrics) if line.run == 2 for loss in line.losses]
    assert told == [1 / step for step in range(41, 101)]


def test_torch_gives_the_same_losses_after_a_rewind():
    stage = Real().play(Start(1, BLOBS), then=[Rewind(2, 13), Resume(3), Rewind(4, 0), Resume(5)])
    told = {run: [] for run in (1, 2, 4)}
    for line in stage.of(Metrics):
        told[line.run] += line.losses
    assert told[2] == told[1][13:]
    assert told[4] == told[1]


def test_a_diverged_run_can_be_rewound_and_go_on():
    stage = Stage(losses={60: float("nan")})
    stage.play(Start(1, FAST), then=[Rewind(2, 50), Set(3, "learning_rate", 0.25), Resume(4)])
    assert [line.refused for line in stage.of(Done)] == [None] * 4
    assert stage.of(State)[-1].state == "finished"
    assert stage.of(State)[-1].knobs["learning_rate"] == 0.25


def test_what_has_not_come_yet_is_too_far():
    stage = Stage({5: [Pause(2)]}).play(Start(1, FAST), then=[Rewind(3, 6), Rewind(4, 5)])
    assert [line.refused for line in stage.of(Done)] == [None, None, "too-far", None]


def test_a_reset_keeps_the_knobs_and_may_have_another_seed():
    stage = Real().play(
        Start(1, BLOBS),
        then=[Set(2, "batch", 16), Set(3, "optimiser", "adam"), Reset(4), Reset(5, seed=7)],
    )
    for ready, seed in zip(stage.of(Ready), (0, 0, 7), strict=True):
        assert ready.seed == seed
    assert [line.batch for line in stage.of(Ready)] == [8, 16, 16]
    assert stage.of(State)[-1].knobs["optimiser"] == "adam"
    told = {run: [] for run in (1, 4, 5)}
    for line in stage.of(Metrics):
        told[line.run] += line.losses
    assert len({tuple(losses) for losses in told.values()}) == 3
    made = varied(BLOBS, {"batch": 16, "optimiser.kind": "adam", "seed": 7})
    assert told[5] == taken(Attempt(build, made), 40)


def test_a_run_goes_on_from_its_folder(tmp_path):
    folder = str(tmp_path / "run")
    whole = Real().play(Start(1, BLOBS)).told()
    Real().play(
        Start(1, msgspec.structs.replace(BLOBS, steps=15), folder),
        then=[Set(2, "learning_rate", 0.1)],
    )
    stage = Real().play(Start(7, BLOBS, folder, resume=True), then=[Resume(8), Step(9)])
    assert stage.of(Ready)[0].step == 15
    assert stage.of(Ready)[0].folder == folder
    assert stage.told()[:10] == whole[15:25]


def test_a_crash_in_the_midst_is_gone_on_from_at_once(tmp_path):
    made = Experiment("x", Model("softmax-regression"), Data("xor"), 0.1, steps=60, pace=0)
    attempt = Attempt(build, made)
    first = taken(attempt, 20)
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "state.pt").write_bytes(attempt.packed({"goal": 60, "pace": 0, "rests": False}))
    stage = Real().play(Start(1, made, str(folder), resume=True))
    assert stage.of(State)[0].state == "training"
    assert first + stage.told() == Real().play(Start(1, made)).told()


@pytest.mark.parametrize("state", [None, b"", b"damaged"])
def test_where_there_is_nothing_to_go_on_from_it_begins_anew(tmp_path, state):
    if state is not None:
        (tmp_path / "state.pt").write_bytes(state)
    stage = Real().play(Start(1, BLOBS, str(tmp_path), resume=True))
    assert stage.of(Trouble)[0].code == "not-resumed"
    assert stage.of(Ready)[0].step == 0
    assert len(stage.told()) == 40


# What is remembered


def test_states_are_few_and_denser_towards_the_present():
    past = Past({"learning_rate": 1.0}, parameters=100)
    for step in range(10_000):
        past.keep(Kept(step, None, None))
    steps = [kept.step for kept in past._kept]
    assert len(steps) <= MOST_KEPT
    assert (steps[0], steps[-1]) == (0, 9_999)
    assert past.until(5_000).step <= 5_000
    assert past.until(9_990).step > 9_900


def test_of_a_large_model_only_a_few_are_kept():
    past = Past({}, parameters=10**9)
    for step in range(100):
        past.keep(Kept(step, None, None))
    assert len(past._kept) <= FEWEST_KEPT


def test_the_knobs_of_a_step_are_those_after_all_that_was_turned_there():
    past = Past({"learning_rate": 1.0}, parameters=1)
    for step, rate in [(3, 0.5), (3, 0.25), (8, 2.0)]:
        past.turn(Change(step, "learning_rate", rate))
    assert [past.knobs(step)["learning_rate"] for step in (2, 3, 7, 8)] == [1.0, 0.25, 0.25, 2.0]
    past.forget_after(5)
    assert past.knobs(9)["learning_rate"] == 0.25


def test_a_run_that_was_never_kept_has_none_before():
    assert Past({}, parameters=1).until(5) is None
