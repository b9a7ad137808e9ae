"""The pooling lesson against torch, and against the figures that the course states."""

import numpy as np
import pytest
import torch
from torch.nn import MaxPool2d
from torch.nn.functional import avg_pool2d, max_pool2d

from tests.drawn import drawn
from tutor.course.catalog import find
from tutor.course.load import load
from tutor.course.worksheet import Worksheet

LESSON = load(find("pooling")).lesson

STATED = {
    "window-max": 0.8,
    "window-mean": 0.35,
    "size": [2, 2],
    "max-map": [[6, 8], [14, 16]],
    "average-map": [[3.5, 5.5], [11.5, 13.5]],
    "overlap": [[6, 7, 8], [10, 11, 12], [14, 15, 16]],
    "rounding": 3,
    "max-gradient": [[0, 0, 0, 0], [0, 1, 0, 2], [0, 0, 0, 0], [0, 3, 0, -4]],
    "average-gradient": [
        [0.25, 0.25, 0.5, 0.5],
        [0.25, 0.25, 0.5, 0.5],
        [0.75, 0.75, -1, -1],
        [0.75, 0.75, -1, -1],
    ],
    "shift": [[5, 7], [13, 15]],
}

CHOSEN = {
    "parameters": "0: there is nothing to learn",
    "invariance": "Only if each window keeps its maximum",
    "who-uses-max": "LeNet-5",
}


def answer(sheet, step_id):
    return sheet.truth(sheet.step(step_id)).value


def test_every_step_has_its_stated_answer():
    assert set(STATED) | set(CHOSEN) == {step.id for step in LESSON.steps}


@pytest.mark.parametrize("step_id", STATED)
def test_the_first_round(step_id):
    np.testing.assert_allclose(
        answer(Worksheet(LESSON), step_id), STATED[step_id], rtol=0, atol=1e-12
    )


@pytest.mark.parametrize("step_id", CHOSEN)
def test_the_right_options(step_id):
    sheet = Worksheet(LESSON)
    assert sheet.step(step_id).options[int(answer(sheet, step_id))].en == CHOSEN[step_id]


def test_max_pooling_has_no_parameters():
    assert sum(parameter.numel() for parameter in MaxPool2d(2).parameters()) == 0


def gradient(pool, values, arriving):
    """What autograd sends back through a pooling."""
    image = torch.tensor(values)[None, None].requires_grad_()
    pool(image, 2).backward(torch.tensor(arriving)[None, None])
    return image.grad[0, 0].numpy()


def torch_answers(givens):
    """The answers of all steps that are computed, from torch alone."""
    image, window = (torch.tensor(givens[name])[None, None] for name in ("X", "w"))
    side, width = int(givens["n"]), int(givens["k"])
    moved = torch.cat([torch.zeros(1, 1, 4, 1), image[..., :-1]], dim=-1)
    return {
        "window-max": max_pool2d(window, 2)[0, 0, 0, 0],
        "window-mean": avg_pool2d(window, 2)[0, 0, 0, 0],
        "size": MaxPool2d(2)(image).shape[2:],
        "max-map": max_pool2d(image, 2)[0, 0],
        "average-map": avg_pool2d(image, 2)[0, 0],
        "overlap": max_pool2d(image, 2, 1)[0, 0],
        "rounding": MaxPool2d(width)(torch.zeros(1, 1, side, side)).shape[2],
        "max-gradient": gradient(max_pool2d, givens["X"], givens["G"]),
        "average-gradient": gradient(avg_pool2d, givens["X"], givens["G"]),
        "shift": max_pool2d(moved, 2)[0, 0],
    }


@pytest.mark.parametrize("seed", [None, *range(8)])
def test_torch_agrees(seed):
    sheet = drawn(LESSON.id, seed)
    expected = torch_answers(sheet.givens)
    assert set(expected) == set(STATED)
    for step_id, value in expected.items():
        np.testing.assert_allclose(
            answer(sheet, step_id), np.asarray(value), rtol=0, atol=1e-12, err_msg=step_id
        )


@pytest.mark.parametrize("seed", range(8))
def test_each_fresh_window_has_one_winner(seed):
    sheet = drawn(LESSON.id, seed)
    routed = answer(sheet, "max-gradient")
    for row in (0, 2):
        for column in (0, 2):
            window = np.sort(sheet.givens["X"][row : row + 2, column : column + 2], axis=None)
            assert window[-1] > window[-2]
            assert np.count_nonzero(routed[row : row + 2, column : column + 2]) == 1


@pytest.mark.parametrize("seed", range(8))
def test_a_fresh_shift_is_seen(seed):
    sheet = drawn(LESSON.id, seed)
    assert (answer(sheet, "shift") != answer(sheet, "max-map")).any()
