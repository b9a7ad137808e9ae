"""The attention lesson against torch, and against the figures that the course states."""

import numpy as np
import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention, softmax

from tests.drawn import drawn
from tutor.course.catalog import find
from tutor.course.load import load
from tutor.course.worksheet import Worksheet

LESSON = load(find("attention")).lesson

STATED = {
    "scores-shape": [2, 3],
    "scores": [[1, 0, 1], [0, 1, 1]],
    "scaled": [[0.7071, 0, 0.7071], [0, 0.7071, 0.7071]],
    "exponentials": [[2.0281, 1, 2.0281], [1, 2.0281, 2.0281]],
    "weights": [[0.4011, 0.1978, 0.4011], [0.1978, 0.4011, 0.4011]],
    "output": [[2.0056, 2.4011], [1.1922, 2.8078]],
    "output-shape": [5, 32],
    "third-query": [0.7071, 0.7071, 1.4142],
    "may-see": [1, 1, 0],
    "masked-weights": [[1, 0, 0], [0.3302, 0.6698, 0], [0.2483, 0.2483, 0.5035]],
}

CHOSEN = {
    "scale": "d_k = 2, divide by sqrt(2)",
    "rows-or-columns": "Each row: one query over all keys",
    "looks-at": "key 3",
    "when-to-mask": "Before the softmax: score -inf",
}

STAGES = ["dot products", "divide", "mask", "softmax", "weighted sum"]


def answer(sheet, step_id):
    return sheet.truth(sheet.step(step_id)).value


def chosen(sheet, step_id):
    step = sheet.step(step_id)
    return sheet.words(step.options[int(answer(sheet, step_id))], "en", step)


def test_every_step_has_its_stated_answer():
    assert {*STATED, *CHOSEN, "stages"} == {step.id for step in LESSON.steps}


@pytest.mark.parametrize("step_id", STATED)
def test_the_first_round(step_id):
    np.testing.assert_allclose(
        answer(Worksheet(LESSON), step_id), STATED[step_id], rtol=0, atol=5e-5
    )


@pytest.mark.parametrize("step_id", CHOSEN)
def test_the_right_options_of_the_first_round(step_id):
    assert chosen(Worksheet(LESSON), step_id) == CHOSEN[step_id]


def test_the_order_of_the_stages():
    options = [option.en for option in Worksheet(LESSON).step("stages").options]
    assert [said[: len(stage)] for said, stage in zip(options, STAGES, strict=True)] == STAGES


def test_weights_on_the_keys_would_be_another_output():
    sheet = Worksheet(LESSON)
    on_keys = answer(sheet, "weights") @ sheet.givens["K"]
    np.testing.assert_allclose(on_keys, [[0.8022, 0.5989], [0.5989, 0.8022]], rtol=0, atol=5e-5)
    assert (abs(on_keys - answer(sheet, "output")) > 0.05).all()


def torch_answers(givens):
    """The answers of all steps that are computed, from torch alone."""
    query, key, value = (torch.tensor(givens[name]) for name in ("Q", "K", "V"))
    queries = torch.cat([query, torch.tensor(givens["q"])[None]])
    scores = queries @ key.T
    scaled = scores / key.shape[1] ** 0.5
    # With the identity as values the output is the weights.
    weights = scaled_dot_product_attention(query, key, torch.eye(3, dtype=torch.float64))
    masked = scaled_dot_product_attention(
        queries, key, torch.eye(3, dtype=torch.float64), is_causal=True
    )
    counts = [int(size) for size in givens["sizes"]]
    larger = scaled_dot_product_attention(
        torch.zeros(counts[0], counts[2]),
        torch.zeros(counts[1], counts[2]),
        torch.zeros(counts[1], counts[3]),
    )
    return {
        "scores-shape": (query @ key.T).shape,
        "scores": scores[:2],
        "scaled": scaled[:2],
        "exponentials": torch.exp(scaled[:2]),
        "weights": weights,
        "output": scaled_dot_product_attention(query, key, value),
        "output-shape": larger.shape,
        "third-query": scaled[2],
        "looks-at": scaled[2].argmax(),
        "masked-weights": masked,
    }


@pytest.mark.parametrize("seed", [None, *range(8)])
def test_torch_agrees(seed):
    sheet = drawn(LESSON.id, seed)
    for step_id, value in torch_answers(sheet.givens).items():
        np.testing.assert_allclose(
            answer(sheet, step_id), np.asarray(value), rtol=0, atol=1e-12, err_msg=step_id
        )


@pytest.mark.parametrize("seed", range(8))
def test_fresh_numbers_tell_rows_from_columns_and_before_from_after(seed):
    sheet = drawn(LESSON.id, seed)
    scaled = torch.tensor(answer(sheet, "scaled"))
    by_columns = softmax(scaled, dim=0).numpy()
    assert abs(by_columns - answer(sheet, "weights")).max() > 0.02
    masked_after = np.tril(answer(sheet, "weights"))
    assert abs(masked_after - answer(sheet, "masked-weights")[:2]).max() > 0.02


@pytest.mark.parametrize("seed", range(8))
def test_one_key_wins_for_the_fresh_third_query(seed):
    sheet = drawn(LESSON.id, seed)
    scores = np.sort(sheet.givens["K"] @ sheet.givens["q"])
    assert scores[-1] > scores[-2]


def test_slips_are_followed_into_the_masked_weights():
    sheet = Worksheet(LESSON)
    own = answer(sheet, "exponentials").copy()
    own[1, 0] = 3
    following = sheet.following(sheet.step("masked-weights"), {"exponentials": own})
    np.testing.assert_allclose(following.value[1], [0.5966, 0.4034, 0], rtol=0, atol=5e-5)
    np.testing.assert_allclose(following.value[0], [1, 0, 0], rtol=0, atol=1e-12)
