"""Sources: what flows into a cell is what changes it when it is changed, and nothing else."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.engine.formulas import Asked, asked
from tests.examples import times
from tutor.engine.formula import FormulaError, parse
from tutor.engine.precision import Array
from tutor.engine.sources import sources
from tutor.engine.value import evaluate

SIZE = 4
MASK = np.where(np.arange(SIZE)[None, :] > np.arange(SIZE)[:, None], -np.inf, 0.0)


def numbers(**shapes: tuple[int, ...]) -> dict[str, Array]:
    """Generic numbers: no two alike, none near 0 or 1, nothing that cancels."""
    random = np.random.default_rng(7)
    return {name: random.uniform(0.2, 0.9, shape) for name, shape in shapes.items()}


def flowing(text: str, cell: int, **names: Array) -> dict[str, list[tuple[int, ...]]]:
    """The sources of a cell as indices."""
    arrays = {name: np.asarray(values, dtype=np.float64) for name, values in names.items()}
    found = sources(parse(text, tuple(arrays)), arrays, cell)
    return {
        name: [tuple(int(at) for at in np.unravel_index(one, arrays[name].shape)) for one in places]
        for name, places in found.items()
    }


def changing(text: str, names: dict[str, Array], step: float) -> list[list[Array]]:
    """For every name and each of its cells, the answer when that cell is moved by a step."""
    formula = parse(text, tuple(names))
    answers = []
    for name, values in names.items():
        moved = []
        for cell in range(values.size):
            other = values.copy()
            other.reshape(-1)[cell] += step
            try:
                moved.append(evaluate(formula, {**names, name: other}))
            except FormulaError:
                moved.append(np.asarray(np.nan))
        answers.append(moved)
    return answers


@settings(max_examples=times(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked())
def test_a_cell_that_changes_the_answer_is_one_of_its_sources(one: Asked):
    formula = parse(one.text, tuple(one.names))
    try:
        answer = evaluate(formula, one.names)
    except FormulaError:
        return
    found = [sources(formula, one.names, cell) for cell in range(answer.size)]
    for step in (1.0, -0.37):
        for name, moved in zip(one.names, changing(one.text, one.names, step), strict=True):
            for cell, other in enumerate(moved):
                if other.shape != answer.shape:
                    continue
                for at in np.flatnonzero(other != answer):
                    assert cell in found[int(at)].get(name, ()), (one.text, name, cell, int(at))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Q @ K.T", numbers(Q=(3, 4), K=(5, 4))),
        ("W @ x + b", numbers(W=(3, 4), x=(4,), b=(3,))),
        ("softmax(z)", numbers(z=(4,))),
        ("softmax(Z, 0)", numbers(Z=(3, 2))),
        ("log_softmax(Z)", numbers(Z=(3, 2))),
        ("scaled_dot_product_attention(Q, K, V)", numbers(Q=(2, 3), K=(4, 3), V=(4, 2))),
        ("conv2d(X, W, b, stride=2)", numbers(X=(2, 5, 5), W=(3, 2, 3, 3), b=(3,))),
        ("conv2d(X, K)", numbers(X=(4, 5), K=(2, 2))),
        ("avg_pool2d(X, 2, 1)", numbers(X=(3, 4))),
        ("outer(p - y, x)", numbers(p=(3,), y=(3,), x=(2,))),
        ("layer_norm(x, [4], w, b)", numbers(x=(2, 4), w=(4,), b=(4,))),
        (
            "lstm_cell(x, h, c, W, U)",
            numbers(x=(3,), h=(2,), c=(2,), W=(8, 3), U=(8, 2)),
        ),
        ("adam(w, g, m, v, 1)", numbers(w=(2, 2), g=(2, 2), m=(2, 2), v=(2, 2))),
        ("cumsum(X, axis=1) + 3 * prod(X, axis=0)", numbers(X=(3, 4))),
        ("concat([x, y])[::-1] * stack([x, y])[1, 0]", numbers(x=(3,), y=(3,))),
        ("reshape(flatten(X)[1:-1], [2, 3]).T", numbers(X=(2, 4))),
        ("gru_cell(x, h, W, U, b, c)", numbers(x=(2,), h=(2,), W=(6, 2), U=(6, 2), b=(6,), c=(6,))),
    ],
)  # fmt: skip
def test_with_generic_numbers_every_source_changes_the_answer(text, names):
    """Smooth formulas only: what is compared, cut or counted flows without being felt."""
    formula = parse(text, tuple(names))
    answer = evaluate(formula, names)
    for name, moved in zip(names, changing(text, names, 0.01), strict=True):
        for cell, other in enumerate(moved):
            changed = set(np.flatnonzero(np.abs(other - answer) > 1e-9).tolist())
            said = {
                at for at in range(answer.size) if cell in sources(formula, names, at).get(name, ())
            }
            assert said == changed, (name, cell)


def test_a_convolution_has_its_window_and_the_whole_kernel():
    names = numbers(X=(5, 5), K=(3, 3))
    found = flowing("conv2d(X, K, stride=2)", 1, **names)
    assert found["X"] == [(row, column) for row in (0, 1, 2) for column in (2, 3, 4)]
    assert len(found["K"]) == 9


def test_padding_is_no_source():
    names = numbers(X=(3, 3), K=(3, 3))
    assert flowing("conv2d(X, K, padding=1)", 0, **names)["X"] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_pooled_cell_has_all_cells_that_are_compared():
    window = [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert flowing("max_pool2d(X, 2)", 1, **numbers(X=(4, 4))) == {"X": window}


def test_an_attention_cell_has_its_query_all_keys_and_one_column_of_the_values():
    names = numbers(Q=(2, 3), K=(4, 3), V=(4, 2))
    found = flowing("softmax(Q @ T(K) / sqrt(cols(K))) @ V", 3, **names)
    assert found["Q"] == [(1, 0), (1, 1), (1, 2)]
    assert len(found["K"]) == 12
    assert found["V"] == [(0, 1), (1, 1), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "scaled_dot_product_attention(Q, K, V, is_causal=True)",
        "scaled_dot_product_attention(Q, K, V, M)",
        "softmax(Q @ T(K) + M) @ V",
        "E = exp(where(M < 0, -inf, Q @ T(K)))\n(E / sum(E, axis=1, keepdims=True)) @ V",
    ],
)
def test_a_key_that_the_mask_forbids_does_not_flow(text):
    names = numbers(Q=(SIZE, 3), K=(SIZE, 3), V=(SIZE, 2)) | {"M": MASK}
    found = flowing(text, 2, **names)
    assert {row for row, _ in found["K"]} == {0, 1}
    assert found["V"] == [(0, 0), (1, 0)]


def test_a_factor_of_zero_flows():
    assert flowing("x * w", 0, x=np.zeros(2), w=np.ones(2)) == {"x": [(0,)], "w": [(0,)]}


def test_of_two_branches_the_one_that_is_taken_flows():
    names = {"m": np.array([1.0, 0.0]), "a": np.zeros(2), "b": np.zeros(2)}
    assert flowing("where(m, a, b)", 0, **names) == {"m": [(0,)], "a": [(0,)]}
    assert flowing("where(m, a, b)", 1, **names) == {"m": [(1,)], "b": [(1,)]}


def test_an_index_flows_with_what_it_picks():
    names = {"E": np.arange(12.0).reshape(3, 4), "k": np.array([2.0, 1.0, 3.0])}
    assert flowing("E[arange(3), k]", 1, **names) == {"E": [(1, 1)], "k": [(1,)]}
    assert flowing("E[:, k][1]", 2, **names) == {"E": [(1, 3)], "k": [(2,)]}
    assert flowing("E[k[:2], None, 1]", 1, **names) == {"E": [(1, 1)], "k": [(1,)]}


def test_two_index_arrays_around_a_slice_keep_numpys_order_of_axes():
    names = {"X": np.arange(24.0).reshape(2, 3, 4), "i": np.array([1.0, 0.0]), "j": np.array([2.0])}
    assert flowing("X[i, :, j]", 3, **names) == {"X": [(0, 0, 2)], "i": [(1,)], "j": [(0,)]}
    assert flowing("X[..., i, j]", 1, **names) == {"X": [(0, 0, 2)], "i": [(1,)], "j": [(0,)]}


def test_sizes_do_not_flow():
    assert flowing("x / cols(X) + shape(X)[0] + size(X)", 0, x=np.ones(2), X=np.ones((2, 2))) == {
        "x": [(0,)]
    }


def test_a_number_that_steers_flows_as_a_whole():
    found = flowing("conv2d(X, K, stride=s)", 0, s=np.array(2.0), **numbers(X=(5, 5), K=(3, 3)))
    assert found["s"] == [()]
    assert flowing("x[:n]", 0, x=np.ones(3), n=np.array(2.0)) == {"x": [(0,)], "n": [()]}


def test_a_cell_that_the_answer_does_not_have_is_refused():
    with pytest.raises(IndexError):
        flowing("2 * x", 2, x=np.ones(2))
