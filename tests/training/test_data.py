"""What the models are trained on, and in which order it is shown."""

import hashlib
from importlib.resources import files

import msgspec
import numpy as np
import pytest
import torch

from tutor.course.experiment import Data, Model
from tutor.training.data.dataset import Batches, Dataset, few
from tutor.training.data.images import digits
from tutor.training.data.sequences import KEYS, VALUES, look_ups
from tutor.training.data.source import GENERATED, dataset
from tutor.training.experiments import Experiment
from tutor.training.fits import DATA
from tutor.training.refusal import ExperimentError


def test_the_shipped_digits_are_the_sources():
    path = files("tutor.training") / "digits.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        images, labels = held["images"], held["labels"]
    assert images.shape == (1797, 8, 8)
    assert images.dtype == labels.dtype == np.uint8
    assert images.sum(dtype=int) == 561_718
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    stated = (files("tutor.training") / "DIGITS.md").read_text(encoding="utf-8")
    assert hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest() in stated
    assert len(path.read_bytes()) < 150_000


def test_no_digit_is_both_trained_on_and_kept_apart():
    data = digits(Data("digits"))
    assert data.inputs.shape == (1437, 8, 8)
    assert data.validation_inputs.shape == (360, 8, 8)
    both = torch.cat([data.inputs, data.validation_inputs]).sum()
    assert both.item() * 16 == 561_718
    assert data.inputs.min() >= 0 and data.inputs.max() <= 1


def test_a_sequence_holds_every_key_once_and_its_class_is_the_value_asked_for():
    data = look_ups(Data("look-ups", examples=40))
    assert len(data.labels) == 40 and len(data.validation_labels) == 500
    for tokens, label in zip(data.inputs.tolist(), data.labels.tolist(), strict=True):
        *pairs, question = tokens
        values = {pair // VALUES: pair % VALUES for pair in pairs}
        assert sorted(values) == list(range(KEYS))
        assert values[question - KEYS * VALUES] == label


def test_an_epoch_shows_every_example_once():
    inputs = torch.arange(10)
    data = Dataset(inputs, inputs * 2, inputs[:0], inputs[:0])
    shown = Batches(data, 4, 5).walk()
    epochs = [[next(shown) for _ in range(3)] for _ in range(2)]
    orders = [torch.cat([batch for batch, _ in epoch]).tolist() for epoch in epochs]
    assert [sorted(order) for order in orders] == [list(range(10))] * 2
    assert orders[0] != orders[1]
    assert all((labels == batch * 2).all() for epoch in epochs for batch, labels in epoch)


def test_where_a_batch_takes_all_they_come_in_their_order():
    inputs = torch.arange(4)
    walk = Batches(Dataset(inputs, inputs, inputs[:0], inputs[:0]), 32, 0).walk()
    assert [next(walk)[0].tolist() for _ in range(2)] == [[0, 1, 2, 3]] * 2


def shown(order: Batches, count: int) -> list[list[int]]:
    walk = order.walk()
    return [next(walk)[0].tolist() for _ in range(count)]


@pytest.mark.parametrize("before", [0, 1, 3, 4, 6])
@pytest.mark.parametrize("size", [2, 3, 10, 99])
def test_the_order_is_taken_up_where_it_was(before, size):
    inputs = torch.arange(10)
    data = Dataset(inputs, inputs, inputs[:0], inputs[:0])
    order = Batches(data, size, 7)
    walk = order.walk()
    for _ in range(before):
        next(walk)
    state = order.state()
    later = [next(walk)[0].tolist() for _ in range(12)]
    other = Batches(data, size, 7)
    other.restore(state)
    assert shown(other, 12) == later
    order.restore(state)
    assert shown(order, 12) == later


def test_another_size_goes_on_within_the_epoch():
    inputs = torch.arange(12)
    order = Batches(Dataset(inputs, inputs, inputs[:0], inputs[:0]), 3, 1)
    walk = order.walk()
    first = next(walk)[0].tolist()
    order.size = 5
    rest = shown(order, 2)
    assert [len(batch) for batch in rest] == [5, 4]
    assert sorted(first + rest[0] + rest[1]) == list(range(12))


KINDS = sorted(GENERATED)


@pytest.mark.parametrize("kind", KINDS)
def test_data_are_always_the_same_and_fit_a_model(kind):
    first, second = GENERATED[kind](Data(kind)), GENERATED[kind](Data(kind))
    assert torch.equal(first.inputs, second.inputs) and torch.equal(first.labels, second.labels)
    assert len(first.inputs) == len(first.labels)
    assert len(first.validation_inputs) == len(first.validation_labels)
    assert any(kind in kinds for kinds in DATA.values())
    if first.classes:
        assert int(first.labels.min()) >= 0 and int(first.labels.max()) < first.classes


@pytest.mark.parametrize("kind", ["line", "blobs", "moons", "glyphs", "edges", "bright-pixel"])
def test_generated_data_are_as_many_as_is_asked_and_scaled(kind):
    plain = GENERATED[kind](Data(kind, examples=12))
    scaled = GENERATED[kind](Data(kind, examples=12, scale=255))
    assert len(plain.labels) == 12
    torch.testing.assert_close(scaled.inputs, plain.inputs * 255)
    assert torch.equal(scaled.labels, plain.labels)


def test_fewer_digits_are_the_first_and_those_kept_apart_stay():
    few, all_of_them = digits(Data("digits", examples=40)), digits(Data("digits"))
    assert torch.equal(few.inputs, all_of_them.inputs[:40])
    assert len(few.validation_labels) == 360


def test_a_text_goes_on_from_its_beginning():
    data = GENERATED["text"](Data("text"))
    assert data.names == tuple(" dehlorw")
    assert data.shown(data.inputs[0]) == "hello world hell"
    assert data.shown(data.labels[0]) == "ello world hello"
    assert len(data.labels) == 12


def test_an_evaluation_looks_at_all_small_examples_and_at_a_few_large_ones():
    assert len(few(torch.zeros(1437, 8, 8), torch.zeros(1437))[1]) == 1437
    assert len(few(torch.zeros(1437, 28, 28), torch.zeros(1437))[0]) == 510
    assert len(few(torch.zeros(9000), torch.zeros(9000))[0]) == 2000
    assert len(few(torch.zeros(0, 8, 8), torch.zeros(0))[0]) == 0


def test_a_folder_that_is_none_is_told():
    made = Experiment("x", Model("lenet-5"), Data("idx"), 0.1)
    for folder in (None, "/no/such/folder"):
        with pytest.raises(ExperimentError):
            dataset(msgspec.structs.replace(made, folder=folder))
