"""The convolution lesson against torch, and against the figures that the course states."""

import pytest
import torch
from torch.nn import Conv2d
from torch.nn.functional import conv2d

from tests.drawn import drawn
from tutor.course.catalog import find
from tutor.course.load import load
from tutor.course.worksheet import Worksheet

LESSON = load(find("convolution")).lesson

STATED = {
    "size": [3, 3],
    "one-cell": -2,
    "map": [[-2, 0, 2], [-3, -2, 2], [-3, -1, 2]],
    "stride": [[-2, 2], [-3, 2]],
    "padded-size": [5, 5],
    "padded-row": [-2, -1, 1, 2, 1],
    "strided-size": 13,
    "channel-sums": [5, 1],
    "channel-map": [[7, 1], [2, 14]],
    "two-kernels": [[[7, 1], [2, 14]], [[-4, 3], [-1, -3]]],
    "layer-shape": [16, 222, 222],
    "parameters": 448,
}

CHOSEN = {
    "notes-total": "It is -2",
    "flip": "It does not flip the kernel",
    "keeps-size": "Padding 2",
}


MASKS = torch.eye(2, dtype=torch.float64)[:, :, None, None]
"""Each keeps one channel of a kernel and makes the other 0."""


def answer(sheet, step_id):
    return sheet.truth(sheet.step(step_id)).value.tolist()


def chosen(sheet, step_id):
    return sheet.step(step_id).options[int(answer(sheet, step_id))].en


def test_every_step_has_its_stated_answer():
    assert set(STATED) | set(CHOSEN) == {step.id for step in LESSON.steps}


@pytest.mark.parametrize("step_id", STATED)
def test_the_first_round(step_id):
    assert answer(Worksheet(LESSON), step_id) == STATED[step_id]


@pytest.mark.parametrize("step_id", CHOSEN)
def test_the_right_options_of_the_first_round(step_id):
    assert chosen(Worksheet(LESSON), step_id) == CHOSEN[step_id]


def test_the_wrong_total_of_the_notes_is_one_row_lower():
    assert (1 + 0 - 1) + (0 + 0 - 1) + (0 + 0 - 1) == -2
    assert answer(Worksheet(LESSON), "map")[1][0] == -3


def test_the_friend_who_flips_gets_another_number():
    sheet = Worksheet(LESSON)
    step = sheet.step("flip")
    for language in ("en", "zh"):
        said = sheet.words(step.prompt, language, step)
        assert " 2 " in said or " 2。" in said


def torch_answers(givens):
    """The answers of all steps that are computed, from torch alone."""
    image, kernel, channels, first, second, biases = (
        torch.tensor(givens[name]) for name in ("X", "K", "C", "D", "E", "b")
    )
    one = image[None, None], kernel[None, None]
    layer = Conv2d(*(int(givens[name]) for name in ("channels_in", "channels_out", "side")))
    both = conv2d(channels[None], torch.stack([first, second]), biases)[0]
    side, width = int(givens["n"]), int(givens["k"])
    large = torch.zeros(1, 1, side, side), torch.zeros(1, 1, width, width)
    picture = torch.zeros(1, layer.in_channels, 224, 224)
    apart = torch.stack([first * mask for mask in MASKS])
    return {
        "size": list(conv2d(*one).shape[2:]),
        "one-cell": conv2d(*one)[0, 0, 0, 0].tolist(),
        "map": conv2d(*one)[0, 0].tolist(),
        "stride": conv2d(*one, stride=2)[0, 0].tolist(),
        "padded-size": list(conv2d(*one, padding=1).shape[2:]),
        "padded-row": conv2d(*one, padding=1)[0, 0, 0].tolist(),
        "strided-size": conv2d(*large, padding=1, stride=2).shape[2],
        "channel-sums": conv2d(channels[None], apart)[0, :, 0, 0].tolist(),
        "channel-map": both[0].tolist(),
        "two-kernels": both.tolist(),
        "layer-shape": list(layer(picture).shape[1:]),
        "parameters": sum(parameter.numel() for parameter in layer.parameters()),
    }


@pytest.mark.parametrize("seed", range(8))
def test_fresh_numbers_agree_with_torch(seed):
    sheet = drawn(LESSON.id, seed)
    expected = torch_answers(sheet.givens)
    assert {step_id: answer(sheet, step_id) for step_id in expected} == expected
    assert set(expected) == set(STATED)


def test_the_first_round_agrees_with_torch():
    assert torch_answers(Worksheet(LESSON).givens) == STATED


@pytest.mark.parametrize("seed", range(8))
def test_the_chosen_padding_keeps_the_size_of_fresh_images(seed):
    sheet = drawn(LESSON.id, seed)
    side, width = int(sheet.givens["n"]), int(sheet.givens["k"])
    padding = int(chosen(sheet, "keeps-size").removeprefix("Padding "))
    image, kernel = torch.zeros(1, 1, side, side), torch.zeros(1, 1, width, width)
    assert conv2d(image, kernel, padding=padding).shape == image.shape
    assert conv2d(image, kernel, padding=1).shape != image.shape


@pytest.mark.parametrize("seed", range(8))
def test_fresh_numbers_tell_a_flipped_kernel(seed):
    sheet = drawn(LESSON.id, seed)
    image, kernel = sheet.givens["X"], sheet.givens["K"]
    assert (image[:3, :3] * kernel[::-1, ::-1]).sum() != answer(sheet, "one-cell") != 0


def test_a_slip_in_the_map_is_followed_into_the_stride():
    sheet = Worksheet(LESSON)
    own = sheet.truth(sheet.step("map")).value.copy()
    own[0, 2] = 3
    following = sheet.following(sheet.step("stride"), {"map": own})
    assert following.value.tolist() == [[-2, 3], [-3, 2]]
