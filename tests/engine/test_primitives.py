import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from tests.engine.formulas import asked
from tests.engine.oracle import numbers, shapes, some, value
from tutor.engine.formula import FormulaError, parse
from tutor.engine.primitives import TABLE
from tutor.engine.value import Evaluation


class Checked(Evaluation):
    """An evaluation that holds every shape rule against the shape that came out."""

    def apply(self, node):
        result = super().apply(node)
        rule = TABLE[node.primitive].shape
        operands = (self.known[operand].shape for operand in node.operands)
        expected = rule(*operands, **self.options(node))
        assert expected == result.shape, node.primitive
        return result


def checked(text, **names):
    return Checked(names).value(parse(text, names).root)


def same(text, expected, **names):
    """Ours is NumPy's, NaN and infinities included, in value and shape."""
    ours = checked(text, **names)
    assert ours.dtype == np.float64
    assert ours.shape == np.shape(expected)
    np.testing.assert_array_equal(ours, np.asarray(expected, dtype=float))


erf = np.vectorize(math.erf, otypes=[float])
ELEMENTWISE = {
    "exp(x)": np.exp, "ln(x)": np.log, "log(x)": np.log, "log2(x)": np.log2, "log10(x)": np.log10,
    "sqrt(x)": np.sqrt, "abs(x)": np.abs, "sign(x)": np.sign, "sin(x)": np.sin, "cos(x)": np.cos,
    "tanh(x)": np.tanh, "erf(x)": erf, "floor(x)": np.floor, "ceil(x)": np.ceil,
    "round(x)": np.round, "-x": np.negative, "+x": np.positive, "size(x)": np.size,
    "shape(x)": np.shape, "flatten(x)": np.ravel, "T(x)": np.transpose, "x.T": np.transpose,
    "transpose(x)": np.transpose, "negative(x)": np.negative,
}  # fmt: skip


@pytest.mark.parametrize("text", ELEMENTWISE)
@some
@given(x=numbers(shapes()))
def test_functions_of_one_array(text, x):
    with np.errstate(all="ignore"):
        same(text, ELEMENTWISE[text](x), x=x)


PAIRS = {
    "a + b": np.add, "a - b": np.subtract, "a * b": np.multiply, "a / b": np.divide,
    "a ** b": np.power, "a % b": np.mod, "a // b": np.floor_divide, "a < b": np.less,
    "a <= b": np.less_equal, "a > b": np.greater, "a >= b": np.greater_equal, "a == b": np.equal,
    "a != b": np.not_equal, "maximum(a, b)": np.maximum, "minimum(a, b)": np.minimum,
    "clip(a, -1, 1)": lambda a, b: np.clip(a, -1, 1),
    "clip(1, a, b)": lambda a, b: np.clip(1.0, a, b),
    "where(a > 0, a, b)": lambda a, b: np.where(a > 0, a, b),
    "outer(a, b)": np.outer,
    "xlogy(a, b)": lambda a, b: np.where(a == 0, 0, a * np.log(b)),
}  # fmt: skip


@pytest.mark.parametrize("text", PAIRS)
@some
@given(sides=mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3), data=st.data())
def test_functions_of_two_arrays_that_broadcast(text, sides, data):
    a, b = (data.draw(numbers(shape)) for shape in sides.input_shapes)
    with np.errstate(all="ignore"):
        expected = PAIRS[text](a, b)
    same(text, expected, a=a, b=b)


REDUCING = {
    "sum": np.sum, "mean": np.mean, "max": np.max, "min": np.min, "prod": np.prod,
    "argmax": np.argmax, "cumsum": np.cumsum,
}  # fmt: skip


@pytest.mark.parametrize("name", REDUCING)
@some
@given(x=numbers(shapes(1)), data=st.data(), keepdims=st.booleans())
def test_what_runs_along_axes(name, x, data, keepdims):
    axis = data.draw(st.none() | st.integers(-x.ndim, x.ndim - 1))
    same(f"{name}(x, {axis})", REDUCING[name](x, axis=axis), x=x)
    if name not in ("argmax", "cumsum"):
        axes = tuple(data.draw(st.sets(st.integers(0, x.ndim - 1), min_size=1)))
        for where in (axis, axes):
            expected = REDUCING[name](x, axis=where, keepdims=keepdims)
            same(f"{name}(x, axis={where}, keepdims={keepdims})", expected, x=x)


@some
@given(data=st.data(), n=st.integers(1, 3), k=st.integers(1, 3), m=st.integers(1, 3))
def test_products_of_vectors_and_matrices(data, n, k, m):
    a, b = data.draw(numbers((n, k))), data.draw(numbers((k, m)))
    for left, right in ((a, b), (a[0], b), (a, b[:, 0]), (a[0], b[:, 0])):
        same("a @ b", left @ right, a=left, b=right)
        same("dot(a, b)", np.dot(left, right), a=left, b=right)
        same("matmul(a, b)", left @ right, a=left, b=right)
    batch = np.stack([a, a + 1])
    for left, right in ((batch, b), (batch, np.stack([b, b])), (a, np.stack([b]))):
        same("a @ b", left @ right, a=left, b=right)
    with pytest.raises(FormulaError):
        value("dot(a, b)", a=batch, b=b)


@st.composite
def slots(draw, sides):
    """What may stand between the brackets of an array of a shape, and NumPy's index for it."""
    texts, picked = [], []
    for side in sides[: draw(st.integers(1, len(sides)))]:
        kind = draw(st.sampled_from(["number", "slice", "array", "none"]))
        if kind == "none":
            texts.append("None")
            picked.append(None)
        elif kind == "array":
            places = draw(st.lists(st.integers(-side, side - 1), min_size=2, max_size=2))
            texts.append(str(places))
            picked.append(np.array(places))
        elif kind == "slice":
            start, stop = (draw(st.none() | st.integers(-4, 4)) for _ in range(2))
            step = draw(st.none() | st.sampled_from([1, 2, -1, -2]))
            ends = ["" if end is None else str(end) for end in (start, stop, step)]
            texts.append(":".join(ends))
            picked.append(slice(start, stop, step))
        else:
            place = draw(st.integers(-side, side - 1))
            texts.append(str(place))
            picked.append(place)
    if draw(st.booleans()):
        texts.insert(0, "...")
        picked.insert(0, ...)
    return ", ".join(texts), tuple(picked)


@some
@given(x=numbers(shapes(1)), data=st.data())
def test_indices(x, data):
    text, picked = data.draw(slots(x.shape))
    try:
        expected = x[picked]
    except IndexError:
        with pytest.raises(FormulaError):
            value(f"x[{text}]", x=x)
        return
    same(f"x[{text}]", expected, x=x)


@some
@given(x=numbers((2, 3, 4)), order=st.permutations(range(3)))
def test_places_and_shapes(x, order):
    same(f"transpose(x, {list(order)})", np.transpose(x, order), x=x)
    same("reshape(x, [4, -1])", x.reshape(4, -1), x=x)
    same("reshape(x, 24)", x.ravel(), x=x)
    same("x[0, :, 1]", x[0, :, 1], x=x)
    same("rows(x) * 10 + cols(x)", 34, x=x)
    same("diag(x[0])", np.diag(x[0]), x=x)
    same("diag(x[0, 0])", np.diag(x[0, 0]), x=x)
    for axis in (0, 1, -1):
        same(f"concat([x, 2 * x], axis={axis})", np.concatenate([x, 2 * x], axis), x=x)
        same(f"stack([x, 2 * x], {axis})", np.stack([x, 2 * x], axis), x=x)
    same("concat([x])", x, x=x)
    same("[x, x]", np.stack([x, x]), x=x)
    same("[[1, 2], [3, 4]]", [[1, 2], [3, 4]])


@some
@given(n=st.integers(0, 5), data=st.data())
def test_arrays_from_counts(n, data):
    same(f"arange({n})", np.arange(n))
    same(f"eye({n})", np.eye(n))
    if n:
        k = data.draw(st.lists(st.integers(0, n - 1), max_size=3))
        same(f"one_hot(k, {n})", np.eye(n)[np.array(k, dtype=int)], k=np.array(k, dtype=float))
        same(f"one_hot({n - 1}, {n})", np.eye(n)[n - 1])


@some
@given(x=numbers((3, 4)), p=st.integers(0, 2), q=st.integers(0, 2), value=st.integers(-2, 2))
def test_padding(x, p, q, value):
    same(f"pad(x, {p}, {value})", np.pad(x, p, constant_values=value), x=x)
    same(f"pad(x, [{p}, {q}])", np.pad(x, ((p, p), (q, q))), x=x)
    same(f"pad(x, [{q}])", np.pad(x, ((0, 0), (q, q))), x=x)
    same(f"pad(x[0], {p}, -inf)", np.pad(x[0], p, constant_values=-np.inf), x=x)


@some
@given(x=numbers((2, 5, 4)), k=st.integers(1, 3), s=st.integers(1, 3), t=st.integers(1, 2))
def test_windows(x, k, s, t):
    view = np.lib.stride_tricks.sliding_window_view
    same(f"windows(x, {k}, {s})", view(x, (k, k), axis=(1, 2))[:, ::s, ::s], x=x)
    same(f"windows(x, [{k}, 2], [{s}, {t}])", view(x, (k, 2), axis=(1, 2))[:, ::s, ::t], x=x)
    same(f"windows(x[0, 0], {k}, {s})", view(x[0, 0], k)[::s], x=x)
    same(f"windows(x, [{k}])", view(x, k, axis=2), x=x)


@some
@given(case=asked())
def test_every_shape_rule_holds_within_any_formula(case):
    checked(case.text, **case.names)


def test_every_primitive_has_a_reference():
    texts = "add subtract multiply divide power remainder floor_divide less less_equal greater"
    texts += " greater_equal equal not_equal index reshape diag concat stack rows cols arange eye"
    texts += " one_hot pad windows matmul dot " + " ".join([*ELEMENTWISE, *PAIRS, *REDUCING])
    missing = {name for name in TABLE if name not in texts}
    assert not missing


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("[1, 2] + [1, 2, 3]", "+"),
        ("[[1, 2]] @ [1, 2, 3]", "@"),
        ("2 @ 3", "@"),
        ("[1, [2]]", "stack"),
        ("sum([1, 2], axis=1)", "sum"),
        ("sum([1, 2], axis=0.5)", "sum"),
        ('sum([1, 2], axis="rows")', "sum"),
        ("max([1, 2][:0])", "max"),
        ("mean([1, 2][2:])", "mean"),
        ("argmax([[1]], axis=[0, 1])", "argmax"),
        ("cumsum([[1]], axis=[0, 1])", "cumsum"),
        ("concat([1, 2])", "concat"),
        ("concat([[1], [[2]]])", "concat"),
        ("concat([[1], [2]], axis=None)", "concat"),
        ("concat([[[1]], [[2, 3]]], axis=0)", "concat"),
        ("reshape([1, 2, 3], [2, 2])", "reshape"),
        ("reshape([1, 2, 3], [2, -1])", "reshape"),
        ("reshape([1, 2], 0.5)", "reshape"),
        ("transpose([[1, 2]], [0, 0])", "transpose"),
        ("transpose([[1, 2]], [0, 5])", "transpose"),
        ("[1, 2][2]", "index"),
        ("[1, 2][0.5]", "index"),
        ("[1, 2][[0.5]]", "index"),
        ("[1, 2][0, 0]", "index"),
        ("[1, 2][True]", "index"),
        ("[1, 2][inf]", "index"),
        ("[1, 2][::0]", "index"),
        ('[1, 2]["a"]', "index"),
        ("arange(-1)", "arange"),
        ("arange(2.5)", "arange"),
        ("arange([3, 3])", "arange"),
        ("one_hot(3, 3)", "one_hot"),
        ("one_hot(-1, 3)", "one_hot"),
        ("one_hot(0.5, 3)", "one_hot"),
        ("pad([1], -1)", "pad"),
        ("pad([1], [1, 1])", "pad"),
        ("pad([1], 1, [1, 2])", "pad"),
        ("windows([1, 2], 3)", "windows"),
        ("windows([1, 2], 0)", "windows"),
        ("windows([1, 2], 1, 0)", "windows"),
        ("windows(1, 1)", "windows"),
        ("rows([1, 2])", "rows"),
        ("cols(1)", "cols"),
        ("diag(1)", "diag"),
        ("one_hot(1e300, 3)", "one_hot"),
    ],
)
def test_what_does_not_fit_is_named_with_its_shapes(text, function):
    with pytest.raises(FormulaError) as caught:
        value(text)
    assert (caught.value.code, caught.value.details["function"]) == ("formula.shapes", function)


def test_0_log_0_is_0():
    same("xlogy([0, 0, 1], [0, 5, 1])", [0, 0, 0])
    assert value("xlogy(1, 0)") == -np.inf
