"""What is noticed of a run: on made-up runs that have it and have it not, and on real training."""

import math
from dataclasses import replace

import msgspec
import pytest
import torch

from tests.training.labs import SOFTMAX
from tutor.course.experiment import Data, Model, Optimiser
from tutor.training.diagnosis import diagnoses, floor_of, mean_loss
from tutor.training.experiments import Experiment
from tutor.training.models.build import build
from tutor.training.protocol import Evaluation, Layers, Metrics, Ready, State
from tutor.training.snapshot import Mark, Snapshot, begun, heard, knobs

CHANCE = math.log(3)
READY = Ready(1, "made-up", 650, 3, 300, 100, 10, 32, 0, CHANCE)


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    """As the child does: more threads than processors take turns at every step."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def made_up(losses, *, classes=3, experiment=SOFTMAX, **fields):
    """A run with these losses."""
    ready = msgspec.structs.replace(READY, classes=classes)
    run = heard(begun(Snapshot(), experiment, 1), ready)
    for place in range(0, len(losses), 500):
        part = tuple(losses[place : place + 500])
        run = heard(run, Metrics(1, place + len(part), 40.0, part[-1], part))
    return replace(run, state="training", **fields)


def evaluated(*rows):
    """Evaluations of (step, train, validation)."""
    return tuple(Evaluation(1, step, train, 0.9, held, 0.9) for step, train, held in rows)


def found(run):
    """The codes of what is noticed."""
    return [one.code for one in diagnoses(run)]


def falling(steps, to=0.3):
    return [to + (1.1 - to) * math.exp(-step * 5 / steps) for step in range(steps)]


def wavy(level, steps, by=0.02):
    """A level with the noise of batches."""
    return [level * (1 + by * math.sin(step * 2.3)) for step in range(steps)]


# Made-up runs


def test_of_nothing_nothing_is_noticed():
    assert diagnoses(Snapshot()) == ()
    assert diagnoses(begun(Snapshot(), SOFTMAX, 1)) == ()
    assert found(made_up(falling(80))) == []


def diverged(step, **told):
    stands = State(1, "diverged", step, 900, knobs(SOFTMAX), 40.0, **told)
    return heard(made_up([1.0] * (step - 1)), stands)


def test_a_loss_that_is_no_number_is_told_with_what_was_one_step_before():
    (one,) = diagnoses(diverged(41, last_loss=312.5, gradient_norm=81000.0))
    assert one.code == "nan"
    assert dict(one.details) == {
        "step": 41, "learning_rate": 0.5, "last_loss": 312.5, "gradient_norm": 81000.0,
    }  # fmt: skip
    assert found(diverged(41, last_loss=312.5)) == ["nan-overflow"]
    assert found(diverged(1)) == ["nan-at-once"]


def test_the_rate_at_which_it_diverged_is_told_not_the_one_that_was_set_since():
    run = replace(diverged(41, last_loss=312.5), knobs={**knobs(SOFTMAX), "learning_rate": 0.1})
    assert diagnoses(run)[0].details["learning_rate"] == 0.5


def test_divergence_is_a_loss_far_above_its_first_that_still_rises():
    rising = [1.1 * 1.05**step for step in range(60)]
    (one,) = diagnoses(made_up(rising))
    assert one.code == "divergence"
    assert one.details["times"] == pytest.approx(one.details["now"] / CHANCE)
    assert one.details["times"] > 5
    assert one.details["half"] == 0.25
    # A spike that is on its way back, and noise around the first loss, are none.
    assert "divergence" not in found(made_up([1.1, 9.0, 8.0, 4.0, 2.0, 1.0, 0.8, 0.7, 0.6, 0.5]))
    assert "divergence" not in found(made_up(wavy(1.2, 90, by=0.4)))


def test_a_loss_that_has_come_to_rest_is_told_with_how_little_it_moved():
    run = made_up(falling(200) + wavy(0.3, 600))
    (one,) = diagnoses(run)
    assert one.code == "plateau"
    assert one.details["loss"] == pytest.approx(0.3, rel=0.01)
    assert abs(one.details["change"]) < 0.005
    assert one.details["since"] + one.details["steps"] == 800


@pytest.mark.parametrize(
    "losses",
    [
        falling(800, to=0.0),
        [2 / (1 + step / 50) for step in range(800)],
        falling(200, to=0.001) + [0.001] * 600,
        [0.3] * 60,
    ],
    ids=["falls to 0", "falls ever more slowly", "is tiny", "is short"],
)
def test_no_rest_where_a_loss_moves_or_has_nothing_left_to_gain(losses):
    assert "plateau" not in found(made_up(losses))


def test_a_knob_that_was_turned_gives_the_run_time_again():
    losses = falling(200) + wavy(0.3, 600)
    assert found(made_up(losses, marks=(Mark(750, "learning_rate", 0.1),))) == []
    assert found(made_up(losses, marks=(Mark(300, "learning_rate", 0.1),))) == ["plateau"]


def test_the_floor_of_a_second_softmax_is_no_rest_but_as_low_as_it_goes():
    twice = msgspec.structs.replace(SOFTMAX, loss="softmax-cross-entropy")
    assert floor_of(twice, 3) == pytest.approx(0.5514, abs=5e-5)
    assert floor_of(twice, 10) == pytest.approx(1.4612, abs=5e-5)
    assert floor_of(SOFTMAX, 3) is None
    losses = falling(200, to=0.553) + wavy(0.553, 600, by=0.001)
    assert found(made_up(losses, experiment=twice)) == ["floor"]
    assert found(made_up(losses)) == ["plateau"]


def test_chance_is_the_logarithm_of_the_number_of_classes_for_long():
    (one,) = diagnoses(made_up(wavy(CHANCE, 200)))
    assert one.code == "chance"
    assert one.details["classes"] == 3
    assert one.details["chance"] == pytest.approx(1.0986, abs=1e-4)
    assert "chance" not in found(made_up(wavy(CHANCE, 90))), "not long enough"
    assert "chance" not in found(made_up(wavy(0.9, 200)))
    assert "chance" not in found(made_up(falling(300))), "it only began there"
    assert "chance" not in found(made_up(wavy(CHANCE, 200), classes=0)), "no classes"


def test_overfitting_is_a_validation_loss_that_rises_while_the_training_loss_falls():
    rows = ((0, 0.7, 0.7), (100, 0.4, 0.5), (200, 0.3, 0.48), (300, 0.2, 0.6), (400, 0.1, 0.9))
    (one,) = diagnoses(made_up(falling(90), evaluations=evaluated(*rows)))
    assert one.code == "overfitting"
    assert dict(one.details) == {
        "step": 200, "best": 0.48, "now": 0.9, "train": 0.1, "train_then": 0.3, "last": 400,
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        ((0, 0.7, 0.7), (100, 0.4, 0.5), (200, 0.3, 0.45), (300, 0.25, 0.46)),
        ((0, 0.7, 0.7), (100, 0.4, 0.5), (200, 0.6, 0.9), (300, 0.8, 1.2)),
        ((0, 0.7, 0.7), (100, 0.3, 0.4), (200, 0.2, 0.41), (300, 0.19, 0.4), (400, 0.1, 0.5)),
        ((0, 0.7, 0.7),),
        ((0, 0.7, None), (100, 0.1, None)),
    ],
    ids=["a small gap", "both rise", "a single bad moment", "one point", "no validation"],
)
def test_what_is_no_overfitting(rows):
    assert "overfitting" not in found(made_up(falling(90), evaluations=evaluated(*rows)))


NAMES = ("hidden 1", "hidden 2", "scores")


def layers(gradients, dead=(None, None, None)):
    return Layers(1, 80, NAMES, gradients, (1.0,) * 3, (0.01,) * 3, dead)


def test_a_gradient_that_does_not_come_through_is_told_with_both_ends():
    (one,) = diagnoses(made_up(falling(80), layers=layers((2e-6, 1e-3, 0.5))))
    assert one.code == "vanishing-gradient"
    assert (one.details["first"], one.details["last"]) == (2e-6, 0.5)
    assert one.details["part"] == pytest.approx(4e-6)
    assert found(made_up(falling(80), layers=layers((0.02, 0.1, 0.5)))) == []
    assert found(made_up(falling(80), layers=layers((None, 0.1, 0.5)))) == []


def test_dead_units_are_told_of_the_layer_that_has_most():
    dead = (0.25, 0.75, None)
    (one,) = diagnoses(made_up(falling(80), layers=layers((0.1, 0.1, 0.1), dead)))
    assert (one.code, one.details["layer"], one.details["share"]) == ("dead-relu", "hidden 2", 0.75)
    few = (0.25, 0.4, None)
    assert found(made_up(falling(80), layers=layers((0.1, 0.1, 0.1), few))) == []


def test_what_matters_most_comes_first():
    run = made_up(wavy(CHANCE, 200), layers=layers((1e-9, 1e-3, 0.5), (0.9, 0.9, None)))
    assert found(run) == ["vanishing-gradient", "dead-relu", "chance"]


def test_a_mean_of_the_curve_counts_parts_of_its_bins():
    run = made_up([float(step) for step in range(10_000)])
    assert mean_loss(run, 2000, 4000) == pytest.approx(2999.5, rel=1e-3)
    assert mean_loss(run, 0, 10_000) == pytest.approx(4999.5)
    assert mean_loss(run, 10_000, 10_000) is None


# Real training


LINE_LOSSES = 50


def trained(made: Experiment, steps: int, every: int = 500) -> Snapshot:
    """What a child would have said of an experiment, trained here."""
    trainee = build(made)
    ready = Ready(
        1, made.name, *trainee.facts, batch=made.batch, seed=0, loss=trainee.evaluate().train_loss,
        layers=trainee.layers,
    )  # fmt: skip
    run = heard(begun(Snapshot(), made, 1), ready)
    run = heard(run, State(1, "training", 0, steps, knobs(made), 0.0))
    run = heard(run, Evaluation(1, 0, *trainee.evaluate()))
    losses: list[float] = []
    for step in range(1, steps + 1):
        loss = trainee.step()
        ends = not math.isfinite(loss)
        if losses and (ends or len(losses) == LINE_LOSSES):
            run = heard(run, Metrics(1, step - 1, 0.0, losses[-1], tuple(losses)))
            last, losses = losses[-1], []
        if ends:
            norm = trainee.gradient_norm()
            told = {"last_loss": last, "gradient_norm": norm if math.isfinite(norm) else None}
            return heard(run, State(1, "diverged", step, steps, knobs(made), 0.0, **told))
        losses.append(loss)
        if step % every == 0:
            run = heard(run, Evaluation(1, step, *trainee.evaluate()))
    run = heard(run, Metrics(1, steps, 0.0, losses[-1], tuple(losses)))
    return heard(run, Layers(1, steps, trainee.layers, *trainee.moved()))


def perceptron(hidden, activation, data, rate, **fields):
    model = Model("multilayer-perceptron", hidden=hidden, activation=activation)
    return Experiment("here", model, data, learning_rate=rate, **fields)


BLOBS = Data("blobs", classes=3)


def test_ten_sigmoids_let_no_gradient_through_and_stay_at_chance():
    run = trained(perceptron((16,) * 10, "sigmoid", BLOBS, 0.1), 150)
    assert found(run)[:2] == ["vanishing-gradient", "chance"]
    assert diagnoses(run)[0].details["part"] < 1e-6


def test_one_hidden_layer_on_the_same_points_has_nothing_of_it():
    assert found(trained(perceptron((16,), "tanh", BLOBS, 0.1), 150)) == []


def test_forty_noisy_points_are_learned_by_heart():
    noisy = Data("moons", examples=40, noise=0.5)
    (one,) = diagnoses(trained(perceptron((64,), "tanh", noisy, 0.5), 3000))
    assert one.code == "overfitting"
    assert one.details["now"] > 2 * one.details["train"]
    assert one.details["step"] < 3000


def test_many_points_with_little_noise_are_not():
    many = Data("moons", examples=400, noise=0.1)
    assert "overfitting" not in found(trained(perceptron((16,), "tanh", many, 0.5), 600))


LINE = Experiment("line", Model("linear-regression"), Data("line"), 1.0, "mean-squared-error")


def test_a_line_at_ten_times_the_rate_that_it_bears():
    run = trained(LINE, 400)
    (one,) = diagnoses(run)
    assert one.code.startswith("nan")
    assert one.details["learning_rate"] == 1.0
    # Long before, it was already to be seen.
    assert found(trained(LINE, 40)) == ["divergence"]
    assert found(trained(msgspec.structs.replace(LINE, learning_rate=0.01), 60)) == []


def test_a_bias_far_below_zero_leaves_units_dead():
    made = perceptron((8, 8), "relu", BLOBS, 50.0, optimiser=Optimiser("sgd"))
    run = trained(made, 60)
    assert "dead-relu" in found(run)
    calm = trained(perceptron((8, 8), "relu", BLOBS, 0.1), 60)
    assert "dead-relu" not in found(calm)


def test_a_softmax_too_many_comes_to_its_floor():
    made = Experiment(
        "twice", Model("softmax-regression", initial="zero"), Data("blobs", classes=3),
        learning_rate=10.0, loss="softmax-cross-entropy",
    )  # fmt: skip
    assert found(trained(made, 600)) == ["floor"]
