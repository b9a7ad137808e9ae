"""What a working looks like: each kind of primitive as one would write it."""

import numpy as np
import pytest

from tutor.engine.formula import FormulaError, parse
from tutor.engine.precision import Precision
from tutor.engine.primitives import TABLE
from tutor.engine.tree import Apply, walk
from tutor.engine.working import Notation, cell_lines, lines, on_paper, with_other_numbers

W = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]
IMAGE = [[1, 2, 0, 3], [4, 1, 1, 0], [2, 0, 5, 1], [0, 3, 1, 2]]
NAMES = {
    "W": W,
    "x": [0.5, 0.6, 0.7],
    "b": [0.1, -0.2],
    "z": [2, 1, 0.1],
    "p": [0.659, 0.242, 0.099],
    "y": [0, 1, 0],
    "k": 1,
    "n": 28,
    "X": IMAGE,
    "K": [[1, -1], [0, 2]],
}
DECIMALS = Precision(decimals=3)


def names(**more):
    return {name: np.asarray(value, dtype=np.float64) for name, value in {**NAMES, **more}.items()}


def written(text, notation=DECIMALS, cell=None, **more):
    """The working as rows of text."""
    known = names(**more)
    formula = parse(text, known)
    worked = (
        lines(formula, known, notation)
        if cell is None
        else cell_lines(formula, known, notation, cell)
    )
    return [row for line in worked for row in line.rows()]


ONE_LINE = {
    # arithmetic
    "2 + 3 * 4": "2 + 3*4 = 14",
    "(2 + 3) * 4": "(2 + 3)*4 = 20",
    "2 - (3 - 4)": "2 - (3 - 4) = 3",
    "2 - 3 - 4": "2 - 3 - 4 = -5",
    "-3 ** 2": "-3^2 = -9",
    "(-3) ** 2": "(-3)^2 = 9",
    "2 ** -1": "2^(-1) = 0.5",
    "5 * -2": "5*(-2) = -10",
    "-2 * 5": "-2*5 = -10",
    "1 - -2": "1 - (-2) = 3",
    "1 + -2": "1 - 2 = -1",
    "7 % 3": "7 % 3 = 1",
    "7 // 2": "floor(7 / 2) = 3",
    "6 / (2 * 3)": "6 / (2*3) = 1",
    ".5 + pi": "0.5 + pi = 3.642",
    "k + True": "1 + 1 = 2",
    # sums of products
    "x @ z": "0.5*2 + 0.6*1 + 0.7*0.1 = 1.67",
    "dot(x, z) - 1": "0.5*2 + 0.6*1 + 0.7*0.1 - 1 = 0.67",
    "sum(x)": "0.5 + 0.6 + 0.7 = 1.8",
    "sum(x * z)": "0.5*2 + 0.6*1 + 0.7*0.1 = 1.67",
    "mean(x)": "(0.5 + 0.6 + 0.7) / 3 = 0.6",
    "prod(x)": "0.5*0.6*0.7 = 0.21",
    "sum(b)": "0.1 - 0.2 = -0.1",
    "cumsum(x)": "[0.5, 0.5 + 0.6, 0.5 + 0.6 + 0.7] = [0.5, 1.1, 1.8]",
    # functions
    "exp(2)": "e^2 = 7.389",
    "exp(-k)": "e^(-1) = 0.368",
    "exp(z[0] - z[1])": "e^(2 - 1) = 2.718",
    "-ln(1 / 10)": "-ln(1 / 10) = 2.303",
    "log10(0.5)": "log10(0.5) = -0.301",
    "log2(8)": "log2(8) = 3",
    "sqrt(2)": "sqrt(2) = 1.414",
    "tanh(b)": "[tanh(0.1), tanh(-0.2)] = [0.100, -0.197]",
    "erf(1)": "erf(1) = 0.843",
    "sin(0.5) ": "sin(0.5) = 0.479",
    "cos(0.5)": "cos(0.5) = 0.878",
    # chosen, compared, cut
    "abs(b)": "[abs(0.1), abs(-0.2)] = [0.1, 0.2]",
    "sign(b)": "[sign(0.1), sign(-0.2)] = [1, -1]",
    "maximum(b, 0)": "[max(0.1, 0), max(-0.2, 0)] = [0.1, 0]",
    "minimum(b, 0)": "[min(0.1, 0), min(-0.2, 0)] = [0, -0.2]",
    "clip(b, 0, 1)": "[clip(0.1, 0, 1), clip(-0.2, 0, 1)] = [0.1, 0]",
    "where(b > 0, b, 0.1 * b)": "[where(0.1 > 0, 0.1, 0.1*0.1), where(-0.2 > 0, -0.2, 0.1*(-0.2))]"
    " = [0.1, -0.02]",
    "max(X)": "max(1, 2, 0, 3, 4, 1, 1, 0, 2, 0, 5, 1, 0, 3, 1, 2) = 5",
    "min(x)": "min(0.5, 0.6, 0.7) = 0.5",
    "argmax(p)": "argmax(0.659, 0.242, 0.099) = 0",
    "floor(n / 3)": "floor(28 / 3) = 9",
    "ceil(n / 3)": "ceil(28 / 3) = 10",
    "round(2.6)": "round(2.6) = 3",
    "x >= 0.6": "[0.5 >= 0.6, 0.6 >= 0.6, 0.7 >= 0.6] = [0, 1, 1]",
    "y == 1": "[0 == 1, 1 == 1, 0 == 1] = [0, 1, 0]",
    "y != 1": "[0 != 1, 1 != 1, 0 != 1] = [1, 0, 1]",
    "y < k": "[0 < 1, 1 < 1, 0 < 1] = [1, 0, 1]",
    "y <= 0": "[0 <= 0, 1 <= 0, 0 <= 0] = [1, 0, 1]",
    "xlogy(y, p)": "[0*ln(0.659), 1*ln(0.242), 0*ln(0.099)] = [0, -1.419, 0]",
    "outer([3], [1, 2])": "[[3*1, 3*2]] = [[3, 6]]",
    # places and shapes
    "p[k]": "p[1] = 0.242",
    "W[:, k]": "[W[0, 1], W[1, 1]] = [0.2, 0.5]",
    "X[1, 2]": "X[1, 2] = 1",
    "X[::2, 0]": "X[::2, 0] = [1, 2]",
    "T(W)": "T(W) = [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]",
    "flatten(K)": "flatten(K) = [1, -1, 0, 2]",
    "reshape(K, [4])": "reshape(K, [4]) = [1, -1, 0, 2]",
    "diag(b)": "diag(b) = [[0.1, 0], [0, -0.2]]",
    "pad(b, 1)": "pad(b, 1) = [0, 0.1, -0.2, 0]",
    "windows(b, 1)": "windows(b, 1) = [[0.1], [-0.2]]",
    "concat([b, [1]])": "[0.1, -0.2, 1]",
    "[b, b]": "[[0.1, -0.2], [0.1, -0.2]]",
    "one_hot(k, 3)": "one_hot(1, 3) = [0, 1, 0]",
    "arange(3)": "arange(3) = [0, 1, 2]",
    "eye(2)": "eye(2) = [[1, 0], [0, 1]]",
    "size(X)": "size(X) = 16",
    "rows(X)": "rows(X) = 4",
    "cols(X)": "cols(X) = 4",
    "shape(W)": "shape(W) = [2, 3]",
    "x": "x = [0.5, 0.6, 0.7]",
    "7": "7",
    "[1, 0, 1]": "[1, 0, 1]",
    # sizes
    "conv_size(n, 5, 1, 2)": "floor((28 + 2*2 - 5) / 1) + 1 = 28",
    "[rows(X) - rows(K) + 1, cols(X) - cols(K) + 1]": "[4 - 2 + 1, 4 - 2 + 1] = [3, 3]",
    "parameters_conv2d(3, 16, 3)": "16*(3*3^2 + 1) = 448",
    # losses
    "mse_loss(p, y)": "((0.659 - 0)^2 + (0.242 - 1)^2 + (0.099 - 0)^2) / 3 = 0.340",
    "l1_loss(b, [0, 1])": "(abs(0.1 - 0) + abs(-0.2 - 1)) / 2 = 0.65",
}


@pytest.mark.parametrize("text", ONE_LINE)
def test_one_line(text):
    assert written(text) == [ONE_LINE[text]]


def test_every_primitive_is_shown_above():
    nodes = [node for text in ONE_LINE for node in walk(parse(text, NAMES).root)]
    shown = {node.primitive for node in nodes if isinstance(node, Apply)}
    assert {entry.name for entry in TABLE.values()} == shown


def test_a_layer_is_a_sum_for_each_output():
    assert written("W @ x + b", Notation(DECIMALS, called="z")) == [
        "z = [0.1*0.5 + 0.2*0.6 + 0.3*0.7 + 0.1, 0.4*0.5 + 0.5*0.6 + 0.6*0.7 - 0.2] = [0.48, 0.72]"
    ]
    assert written("(W @ x + b) * 1.25 + 0.011")[:3] == [
        "[0.1*0.5 + 0.2*0.6 + 0.3*0.7 + 0.1, 0.4*0.5 + 0.5*0.6 + 0.6*0.7 - 0.2] = [0.48, 0.72]",
        "[0.48*1.25 + 0.011, 0.72*1.25 + 0.011] = [0.611, 0.911]",
    ]


def test_softmax_is_exponentials_their_sum_and_the_quotients():
    assert written("softmax([2, 1, 0.1])") == [
        "exponentials = [e^2, e^1, e^0.1] = [7.389, 2.718, 1.105]",
        "7.389 + 2.718 + 1.105 = 11.213",
        "[7.389 / 11.213, 2.718 / 11.213, 1.105 / 11.213] = [0.659, 0.242, 0.099]",
    ]


def test_a_matrix_is_written_row_by_row():
    assert written("softmax([[0, 1], [2, 0]])") == [
        "exponentials[0] = [e^0, e^1] = [1, 2.718]",
        "exponentials[1] = [e^2, e^0] = [7.389, 1]",
        "[1 + 2.718, 7.389 + 1] = [3.718, 8.389]",
        "[0]: [1 / 3.718, 2.718 / 3.718] = [0.269, 0.731]",
        "[1]: [7.389 / 8.389, 1 / 8.389] = [0.881, 0.119]",
    ]


def test_a_convolution_lays_its_kernel_on_every_window():
    rows = written("conv2d(X, K)")
    assert rows[0] == "[0]: [1*1 + 2*(-1) + 4*0 + 1*2, 2*1 + 0*(-1) + 1*0 + 1*2," \
        " 0*1 + 3*(-1) + 1*0 + 0*2] = [1, 4, -3]"  # fmt: skip
    assert written("conv2d(X, K, stride=2)", cell=3) == ["5*1 + 1*(-1) + 1*0 + 2*2 = 8"]
    padded = "0*1 + 0*(-1) + 0*0 + 1*2 = 2"
    assert written("conv2d(X, K, padding=1)", cell=0) == [padded]


def test_channels_are_added_up():
    worked = written(
        "conv2d(C, D, b)", C=np.arange(8).reshape(2, 2, 2), D=np.ones((1, 2, 1, 2)), b=[0.5], cell=0
    )
    assert worked == ["0*1 + 1*1 + 4*1 + 5*1 + 0.5 = 10.5"]


def test_pooling_shows_what_competes():
    assert written("max_pool2d(X, 2)") == [
        "[0]: [max(1, 2, 4, 1), max(0, 3, 1, 0)] = [4, 3]",
        "[1]: [max(2, 0, 0, 3), max(5, 1, 1, 2)] = [3, 5]",
    ]
    assert written("avg_pool2d(X, 2)", cell=1) == ["(0 + 3 + 1 + 0) / 4 = 1"]


def test_attention_goes_from_scores_to_weights_to_values():
    eye = [[1, 0], [0, 2]]
    assert written("scaled_dot_product_attention(Q, K, V)", cell=3, Q=eye, K=eye, V=eye) == [
        "[0*1 + 2*0, 0*0 + 2*2] = [0, 4]",
        "sqrt(2) = 1.414",
        "scores = [0 / 1.414, 4 / 1.414] = [0, 2.828]",
        "exponentials = [e^0, e^2.828] = [1, 16.919]",
        "1 + 16.919 = 17.919",
        "[1 / 17.919, 16.919 / 17.919] = [0.056, 0.944]",
        "0.056*0 + 0.944*2 = 1.888",
    ]


def test_a_mask_takes_keys_away():
    assert written("softmax(causal_mask(2))")[:4] == [
        "[0]: [where(0 > 0, -inf, 0), where(1 > 0, -inf, 0)] = [0, -inf]",
        "[1]: [where(0 > 1, -inf, 0), where(1 > 1, -inf, 0)] = [0, 0]",
        "exponentials[0] = [e^0, e^(-inf)] = [1, 0]",
        "exponentials[1] = [e^0, e^0] = [1, 1]",
    ]


def test_only_what_is_needed_is_worked_out():
    assert written("cross_entropy(z, k)") == [
        "exponentials = [e^2, e^1, e^0.1] = [7.389, 2.718, 1.105]",
        "7.389 + 2.718 + 1.105 = 11.213",
        "2.718 / 11.213 = 0.242",
        "-ln(0.242) = 1.417",
    ]
    assert written("exp(z)[1] * 2") == ["e^1 = 2.718", "2.718*2 = 5.437"]


def test_an_update_of_adam():
    assert written("adam(1, 0.5, 0, 0, 1)", Precision(figures=4)) == [
        "0.9*0 + (1 - 0.9)*0.5 = 0.05",
        "m_hat = 0.05 / (1 - 0.9^1) = 0.5",
        "0.999*0 + (1 - 0.999)*0.5^2 = 0.00025",
        "v_hat = 0.00025 / (1 - 0.999^1) = 0.25",
        "sqrt(0.25) = 0.5",
        "1 - 0.001*0.5 / (0.5 + 1e-8) = 0.9990",
    ]


def test_the_lines_have_the_names_and_the_order_of_the_formula():
    text = "top = max(z)\nshifted = z - top\nsum(exp(shifted))"
    assert written(text, Notation(DECIMALS, called="S")) == [
        "top = max(2, 1, 0.1) = 2",
        "shifted = [2 - 2, 1 - 2, 0.1 - 2] = [0, -1, -1.9]",
        "[e^0, e^(-1), e^(-1.9)] = [1, 0.368, 0.150]",
        "S = 1 + 0.368 + 0.150 = 1.517",
    ]


def test_a_place_that_is_worked_out_is_a_line():
    assert written("p[argmax(p)]") == ["argmax(0.659, 0.242, 0.099) = 0", "p[0] = 0.659"]


def test_what_is_written_twice_is_worked_once():
    assert written("exp(k) / (exp(k) + 2)") == ["e^1 = 2.718", "2.718 / (2.718 + 2) = 0.576"]


def test_long_sums_are_folded_and_can_be_opened():
    terms = np.arange(1, 101) / 8
    (line,) = lines(parse("sum(t)", ["t"]), {"t": terms}, DECIMALS)
    assert line.text.startswith("0.125 + 0.25 + 0.375 + ")
    assert line.text.endswith(" + ... + 12.5 = 631.25")
    assert len(line.text) <= 100
    assert line.unfolded.count(" + ") == 99
    assert "..." not in line.unfolded


def test_large_arrays_are_folded_and_can_be_opened():
    big = np.arange(400).reshape(20, 20) / 4
    (line,) = lines(parse("exp(-t)", ["t"]), {"t": big}, DECIMALS)
    assert all(len(row) <= 100 for row in line.rows())
    assert line.rows()[:3] == ("[0, 0]: e^(-0) = 1", "[0, 1]: e^(-0.25) = 0.779", "...")
    assert sum("e^(" in row for row in line.rows(unfolded=True)) == 400


def test_a_matrix_of_many_rows_is_aligned():
    (line,) = lines(parse("t", ["t"]), {"t": np.arange(60.0).reshape(5, 12) * 111}, DECIMALS)
    first, *others = line.rows()
    assert first.startswith("t = [[0, 111, ")
    assert all(row.startswith("     [") for row in others)
    assert first.endswith("],")
    assert others[-1].endswith("]]")


def test_numbers_are_shown_as_the_step_asks():
    assert written("ln(z)", Precision(decimals=5)) == [
        "[ln(2), ln(1), ln(0.1)] = [0.69315, 0, -2.30259]"
    ]
    assert written("ln(z)", Precision(figures=2)) == ["[ln(2), ln(1), ln(0.1)] = [0.69, 0, -2.3]"]


def test_an_earlier_answer_is_shown_as_it_was_written_down():
    known = {"p": np.array([1 / 3, 2 / 3]), "g": np.array(0.0625)}
    formula = parse("p * g", known)
    rough = lines(formula, known, DECIMALS)[0].text
    fine = lines(formula, known, Notation(DECIMALS, {"p": Precision(decimals=5)}))[0].text
    assert rough == "[0.333*0.0625, 0.667*0.0625] = [0.021, 0.042]"
    assert fine == "[0.33333*0.0625, 0.66667*0.0625] = [0.021, 0.042]"


def test_small_results_on_the_way_do_not_turn_into_zeros():
    assert written("sqrt(0.001 ** 2 * 0.0009)")[0] == "0.001^2*0.0009 = 9e-10"


def test_values_are_carried_in_full():
    third, whole = lines(parse("t = 1 / 3\n300 * t"), {}, Precision(decimals=1))
    assert (third.text, whole.text) == ("t = 1 / 3 = 0.3", "300*0.3 = 100")
    assert float(third.value) == 1 / 3


def test_a_cell_written_out_down_to_the_given_numbers():
    known = names()

    def paper(text, **more):
        return on_paper(parse(text, known), known, Notation(DECIMALS, **more))

    assert paper("softmax(z)", called="p") == "p[0] = e^2 / (e^2 + e^1 + e^0.1)"
    assert paper("max_pool2d(X, 2)") == "[0, 0]: max(1, 2, 4, 1)"
    assert paper("-ln(p[k])") == "-ln(0.242)"
    assert paper("p[k]") == "p[1]"
    # Nothing to work out, or nothing but the answer itself.
    for text in ("x", "T(X)", "X[::2, ::2]", "[rows(X), 3]", "7"):
        assert paper(text) is None
    # A first cell that is there already is passed over.
    assert paper("cumsum(x)") == "[1]: 0.5 + 0.6"


def test_names_without_an_answer_stay_names():
    known = names()
    notation = Notation(DECIMALS, unknown=frozenset({"p"}))
    assert on_paper(parse("p[0] / z[1]", known), known, notation) == "p[0] / 1"


def test_the_same_lines_with_other_numbers():
    known = names()
    formula = parse("exp(z) / sum(exp(z))", known)
    worked = lines(formula, known, DECIMALS)
    own = with_other_numbers(worked, names(z=[2, 1, 1]), DECIMALS)
    assert [line.text for line in own] == [
        "[e^2, e^1, e^1] = [7.389, 2.718, 2.718]",
        "7.389 + 2.718 + 2.718 = 12.826",
        "[7.389 / 12.826, 2.718 / 12.826, 2.718 / 12.826] = [0.576, 0.212, 0.212]",
    ]
    assert worked[-1].value[2] != own[-1].value[2]


def test_a_cell_that_is_not_there_and_a_formula_without_value():
    known = names()
    with pytest.raises(IndexError):
        cell_lines(parse("z", known), known, DECIMALS, 3)
    with pytest.raises(FormulaError):
        lines(parse("W @ W", known), known, DECIMALS)
    with pytest.raises(FormulaError):
        lines(parse("1 / (k - 1)", known), known, DECIMALS)
