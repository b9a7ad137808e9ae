"""Mistakes that people make with these formulas, as the study notes and their readers tell them.

Each is a formula with its numbers, a wrong answer at so many decimals, and the slip (or the slips
that may be named for it).
"""

import json
from typing import Any

import pytest

from tutor.grade import graded

MISTAKES: list[tuple[str, dict[str, Any], Any, str, int]] = [
    ("w - lr*2*(w-3)", {"w": 0, "lr": 0.1}, 0.3, "left-out-factor", 4),
    ("w - lr*2*(w-3)", {"w": 0, "lr": 0.1}, -0.6, "sign", 4),
    ("2*x*(w*x-y)", {"w": 1, "x": 2, "y": 6}, -8, "left-out-factor", 4),
    ("softmax(z)", {"z": [2, 1, 0.1]}, [0.645, 0.323, 0.032], "left-out-function", 3),
    ("cross_entropy(z,0)", {"z": [2, 1, 0.1]}, 0.1811, "wrong-log-base", 4),
    ("cross_entropy(z,0)", {"z": [2, 1, 0.1]}, 2.317, "wrong-index", 4),
    ("cross_entropy(z,0)", {"z": [2, 1, 0.1]}, 0.8021, "applied-twice", 4),
    (
        "cross_entropy(z,t)",
        {"z": [[1.2, 0.8, 2.1, 0.5], [0.2, 2.5, 0.3, 1.0], [1.5, 0.2, 0.3, 3.1]], "t": [2, 1, 3]},
        1.2683,
        "sum-for-mean",
        4,
    ),
    (
        "cross_entropy(z,t)",
        {"z": [[1.2, 0.8, 2.1, 0.5], [0.2, 2.5, 0.3, 1.0], [1.5, 0.2, 0.3, 3.1]], "t": [2, 1, 3]},
        1.0071,
        "applied-twice",
        4,
    ),
    ("-ln(p[k])", {"p": [0.154, 0.292, 0.554], "k": 1}, 0.5346, "wrong-log-base", 4),
    ("-ln(p[k])", {"p": [0.154, 0.292, 0.554], "k": 1}, 1.776, "wrong-log-base", 4),
    ("-ln(p[k])", {"p": [0.154, 0.292, 0.554], "k": 1}, 0.5906, "wrong-index", 4),
    ("-ln(p[k])", {"p": [0.154, 0.292, 0.554], "k": 1}, 0.708, "complement", 4),
    (
        "W@x+b",
        {
            "W": [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]],
            "x": [0.5, 0.6, 0.7],
            "b": [0.1, 0.2, 0.3],
        },
        [0.38, 0.92, 1.46],
        "left-out-term",
        3,
    ),
    (
        "W@x+b",
        {
            "W": [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]],
            "x": [0.5, 0.6, 0.7],
            "b": [0.1, 0.2, 0.3],
        },
        [0.88, 1.16, 1.44],
        "transposed",
        3,
    ),
    (
        "outer(d,x)",
        {"d": [0.154, -0.708, 0.554], "x": [0.5, 0.6, 0.7]},
        [[0.077, -0.354, 0.277], [0.092, -0.425, 0.332], [0.108, -0.496, 0.388]],
        "transposed",
        3,
    ),
    (
        "b - lr*d",
        {"b": [0.1, 0.2, 0.3], "lr": 0.1, "d": [0.154, -0.708, 0.554]},
        [0.1154, 0.1292, 0.3554],
        "sign",
        4,
    ),
    (
        "b - lr*d",
        {"b": [0.1, 0.2, 0.3], "lr": 0.1, "d": [0.154, -0.708, 0.554]},
        [-0.054, 0.908, -0.254],
        "left-out-factor",
        4,
    ),
    (
        "conv2d(X,K)",
        {
            "X": [
                [1, 1, 1, 0, 0],
                [0, 1, 1, 1, 0],
                [0, 0, 1, 1, 1],
                [0, 0, 1, 1, 0],
                [0, 1, 1, 0, 0],
            ],
            "K": [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
        },
        [[2, 0, -2], [3, 2, -2], [3, 1, -2]],
        "flipped-kernel",
        3,
    ),
    ("conv_size(28,5)", {}, 23, "size-off-by-one", 0),
    ("parameters_conv2d(3,16,3)", {}, 432, "left-out-term", 0),
    ("parameters_linear(3136,10)", {}, 31360, "left-out-term", 0),
    (
        "max_pool2d(X,2)",
        {"X": [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]]},
        [[3.5, 5.5], [11.5, 13.5]],
        "mean-for-max",
        2,
    ),
    (
        "softmax(Q@K.T/sqrt(cols(K)),axis=1)",
        {"Q": [[1, 0], [0, 1]], "K": [[1, 0], [0, 1], [1, 1]]},
        [[0.3837, 0.2327, 0.3837], [0.2327, 0.3837, 0.3837]],
        "not-rooted",
        4,
    ),
    (
        "softmax(Q@K.T/sqrt(cols(K)),axis=1)",
        {"Q": [[1, 0], [0, 1]], "K": [[1, 0], [0, 1], [1, 1]]},
        [[0.4223, 0.1554, 0.4223], [0.1554, 0.4223, 0.4223]],
        "wrong-scale|left-out-factor",
        4,
    ),
    (
        "softmax(Q@K.T/sqrt(cols(K)),axis=1)",
        {"Q": [[1, 0], [0, 1]], "K": [[1, 0], [0, 1], [1, 1]]},
        [[0.6698, 0.3302, 0.5], [0.3302, 0.6698, 0.5]],
        "wrong-axis",
        4,
    ),
    ("layer_norm(x,4)", {"x": [1, 2, 3, 6]}, [-0.9258, -0.4629, 0, 1.3887], "sample-variance", 4),
    ("kl_div(p,q)", {"p": [1, 0, 0], "q": [0.7, 0.2, 0.1]}, 0.1549, "wrong-log-base", 4),
    ("kl_div(p,q)", {"p": [1, 0, 0], "q": [0.7, 0.2, 0.1]}, 0.5146, "wrong-log-base", 4),
    ("kl_div(p,q)", {"p": [0.5, 0.3, 0.2], "q": [0.7, 0.2, 0.1]}, 0.0851, "swapped-operands", 4),
    ("mse_loss(y,t)", {"y": [3.0, 4, 4], "t": [2.0, 5, 1]}, 1.9149, "extra-function", 4),
    ("mse_loss(y,t)", {"y": [3.0, 4, 4], "t": [2.0, 5, 1]}, 1.8333, "extra-factor", 4),
    (
        "mse_loss(y,t)",
        {"y": [3.0, 4, 4], "t": [2.0, 5, 1]},
        1.6667,
        "not-squared|wrong-operation",
        4,
    ),
    ("mse_loss(y,t)", {"y": [3.0, 4, 4], "t": [2.0, 5, 1]}, 11, "sum-for-mean", 4),
    ("1 - tanh(x)**2", {"x": 2.0}, -3, "left-out-function|wrong-derivative", 4),
    ("sigmoid(x)*(1-sigmoid(x))", {"x": 1.2}, 0.7685, "left-out-factor", 4),
    ("sqrt(6/(i+o))", {"i": 784, "o": 256}, 0.0875, "left-out-term", 4),
    ("exp(mean(-ln(p)))", {"p": [0.5, 0.25, 0.125]}, 64, "sum-for-mean", 4),
    (
        "momentum(w,v,g,lr,mu)",
        {"w": 1.0, "v": 0.5, "g": 2.0, "lr": 0.1, "mu": 0.9},
        0.935,
        "variant",
        4,
    ),
    (
        "adam_step(w,m,v,t,lr)",
        {"w": 1.0, "m": 0.1, "v": 0.001, "t": 1, "lr": 0.1},
        0.6838,
        "left-out-factor",
        4,
    ),
    ("gelu(x)", {"x": 2.0}, 1.9546, "variant", 5),
    ("var(x)", {"x": [1, 2, 3, 6]}, 4.6667, "sample-variance", 4),
    ("dL*(1-h**2)", {"dL": 0.5, "h": 0.6}, 0.2, "not-squared", 4),
    (
        "relu(W@x+b)",
        {"W": [[1, -2], [3, 1]], "x": [1, 2], "b": [0.5, -1]},
        [-2.5, 4],
        "left-out-function",
        3,
    ),
    ("entropy(p)", {"p": [0.5, 0.3, 0.2]}, 1.4855, "wrong-log-base", 4),
    ("positional_encoding(2,4)", {}, [[0, 0, 1, 1], [0.8415, 0.01, 0.5403, 1.0]], "variant", 4),
    ("softmax(z/T)", {"z": [2, 1, 0.1], "T": 2}, [0.8638, 0.1169, 0.0193], "wrong-operation", 4),
    ("softmax(z/T)", {"z": [2, 1, 0.1], "T": 2}, [0.3295, 0.1212, 0.0493], "misplaced-term", 4),
    (
        "softmax(S + causal_mask(2), axis=1)",
        {"S": [[1.0, 0.0], [0.5, 0.2]]},
        [[0.7311, 0.2689], [0.5744, 0.4256]],
        "unmasked",
        4,
    ),
]


@pytest.mark.parametrize(("formula", "given", "answer", "slips", "decimals"), MISTAKES)
def test_a_published_mistake_is_called_wrong_and_named(
    formula: str, given: dict[str, Any], answer: Any, slips: str, decimals: int
) -> None:
    request = {"id": 1, "formula": formula, "given": given, "decimals": decimals, "answer": answer}
    out = graded(json.dumps(request), "en")
    assert out["verdict"] == "wrong"
    assert out["slips"][0]["slip"] in slips.split("|")
    assert "{" not in out["slips"][0]["say"]
