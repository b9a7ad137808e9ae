"""Formulas that somebody could ask for, over all primitives, with numbers for their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tutor.engine.precision import Array, Precision

ROWS, COLUMNS = 2, 3
NAMES = {
    "a": (),
    "n": (),
    "u": (ROWS,),
    "v": (COLUMNS,),
    "w": (COLUMNS,),
    "M": (ROWS, COLUMNS),
    "N": (ROWS, COLUMNS),
}

# Each needs one expression of the same shape; guarded so that it has a value.
UNARY = [
    "-{0}", "abs({0})", "exp(clip({0}, -4, 3))", "ln(abs({0}) + 0.5)", "log(abs({0}) + 0.3)",
    "log2(abs({0}) + 1)", "log10(abs({0}) + 1)", "sqrt(abs({0}))", "sin({0})", "cos({0})",
    "tanh({0})", "erf({0})", "{0}**2", "clip({0}, -4, 4)**3", "(abs({0}) + 0.5)**-1",
    "(abs({0}) + 0.5)**0.5", "2**clip({0}, -3, 3)", "{0} / 3", "{0} * 0.25", "{0} + pi", "{0} / e",
    "{0} - max({0})", "{0} * {0}", "cumsum({0})[-1]", "sigmoid({0})",
]  # fmt: skip
BINARY = [
    "({0} + {1})", "({0} - {1})", "{0} * {1}", "{0} / (abs({1}) + 0.5)", "maximum({0}, {1})",
    "minimum({0}, {1})", "clip({0}, minimum({1}, 0), 2)", "where(n > 1, {0}, {1})",
    "xlogy(abs({0}), abs({1}) + 0.2)", "(abs({0}) + 0.5)**clip({1}, -2, 2)",
]  # fmt: skip
# What makes another shape: {0} number, {1} two numbers, {2} three, {3} two rows of three.
TO_NUMBER = [
    "sum({2})", "mean({2})", "max({2})", "min({3})", "prod(clip({2}, -3, 3))", "mean({3})",
    "sum({3})", "{2} @ {2b}", "dot({2}, {2b})", "{2}[n]", "{3}[1, -1]", "size({3})", "rows({3})",
    "cols({3})", "shape({3})[0]", "argmax(v)", "sum(diag({3} @ {3b}.T))", "conv_size(n, 2)",
]  # fmt: skip
TO_TWO = [
    "{3} @ {2}", "sum({3}, axis=1)", "mean({3}, axis=-1)", "max({3}, axis=1)", "{3}[:, n]",
    "[{0}, {0b}]", "{2}[1:]", "concat([{2}[:1], {2b}[::2][:1]])", "reshape({1}, [2])",
    "diag({3}[:, :2])", "prod(clip({3}, -2, 2), axis=1)",
]  # fmt: skip
TO_THREE = [
    "{1} @ {3}", "sum({3}, axis=0)", "mean({3}, 0)", "min({3}, axis=0)", "{3}[1]", "cumsum({2})",
    "flatten({3})[::2]", "[{0}, {0b}, 1]", "{2}[[2, 0, 1]]", "{2} * arange(3)",
    "one_hot(1, 3) * {2}",
    "sum(windows(pad({2}, 1), 3), axis=-1)", "floor(v) + {2}", "ceil(w) * {2}", "round(v) - {2}",
    "sign(w) * {2}", "(v // 2) + {2}",
    "(v % 2) * {2}", "{0} * eye(3)[1]", "concat([{1}, [{0}]])",
    "sum(windows({3}, 2, 1), axis=(0, -2, -1)) @ [[1, 0, 2], [0, 1, 1]]",
]  # fmt: skip
TO_ROWS = [
    "outer({1}, {2})", "[{2}, {2b}]", "stack([{2}, {2b}])", "reshape(flatten({3}), [2, 3])",
    "{3} + {2}",
    "{3} * {1}[:, None]", "transpose({3}.T)", "T(concat([{3}.T]))", "cumsum({3}, axis=1)",
    "{3} - mean({3}, axis=1, keepdims=True)", "{3} / (sum(abs({3}), axis=0, keepdims=True) + 0.1)",
    "concat([{2}[None, :], {2b}[None, :]])", "pad({3}[:, 1:2], [0, 1])", "({3} @ {3b}.T) @ {3}",
    "{3} * (M > N)", "{3} * (M <= 0)", "where(M >= N, {3}, {3b})",
    "{3} * (M != N) + (M == N) * (M < 1)", "diag({1}) @ {3}",
]  # fmt: skip
LEAVES = {
    (): ["a", "2", "0.5"],
    (ROWS,): ["u"],
    (COLUMNS,): ["v", "w"],
    (ROWS, COLUMNS): ["M", "N"],
}
CHANGING = {(): TO_NUMBER, (ROWS,): TO_TWO, (COLUMNS,): TO_THREE, (ROWS, COLUMNS): TO_ROWS}
SHAPES = list(LEAVES)


@st.composite
def texts(draw: Any, shape: tuple[int, ...], depth: int) -> str:
    """An expression of a shape."""
    if depth == 0 or draw(st.integers(0, 9)) == 9:
        return draw(st.sampled_from(LEAVES[shape]))
    pattern = draw(st.sampled_from(UNARY + BINARY * 2 + CHANGING[shape] * 2))
    if pattern in UNARY or pattern in BINARY:
        parts = [draw(texts(shape, depth - 1)) for _ in range(2 if pattern in BINARY else 1)]
        # cumsum without an axis gives one number: only numbers stay what they are.
        text = pattern.format(*(f"({part})" for part in parts))
        return text if pattern != "cumsum({0})[-1]" else f"0 * ({parts[0]}) + {text}"
    found = {
        f"{place}{twin}": f"({draw(texts(one, depth - 1))})"
        for place, one in enumerate(SHAPES)
        for twin in ("", "b")
        if f"{{{place}{twin}}}" in pattern
    }
    for key, part in found.items():
        pattern = pattern.replace(f"{{{key}}}", part)
    return pattern


@dataclass(frozen=True)
class Asked:
    """A formula with its numbers, and how precisely it is to be worked."""

    text: str
    names: dict[str, Array]
    precision: Precision


precisions = st.builds(lambda n: Precision(decimals=n), st.integers(2, 5)) | st.builds(
    lambda n: Precision(figures=n), st.integers(3, 5)
)


@st.composite
def asked(draw: Any, depth: int = 4) -> Asked:
    """A formula of any shape; givens have 1 to 4 decimals."""
    text = draw(texts(draw(st.sampled_from(SHAPES)), draw(st.sampled_from(range(2, depth + 1)))))
    # Hypothesis likes zeros, which are exact: the numbers come from a seed of its choice.
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    decimals = draw(st.integers(1, 4))
    names = {
        name: np.round(random.uniform(-3, 3, shape), decimals) for name, shape in NAMES.items()
    }
    names["n"] = np.array(float(draw(st.integers(0, 2))))
    return Asked(text, names, draw(precisions))
