"""Formulas that want to exhaust memory, time or the stack, whoever wrote them.

What they may cost is asserted by counts: nodes, cells, products.
"""

import sys
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import times
from tutor.engine.formula import FormulaError, parse
from tutor.engine.precision import Precision
from tutor.engine.reader import Function, functions
from tutor.engine.rounding import bounded
from tutor.engine.spread import Bounded
from tutor.engine.syntax import DEEPEST, LONGEST
from tutor.engine.tree import walk
from tutor.engine.value import MOST_CELLS, MOST_WORK, Evaluation, evaluate

PRECISIONS = [Precision(decimals=3), Precision(figures=3)]
NAMES = {
    "x": np.array([1.0, -2.0, 0.5]),
    "M": np.arange(6.0).reshape(2, 3) / 4,
    "s": np.array(2.0),
    "C": np.arange(8.0).reshape(2, 2, 2),
    "nothing": np.zeros(0),
    "strange": np.array([np.nan, np.inf, -np.inf]),
    "large": np.ones(MOST_CELLS),
}


def refusal(work, *arguments):
    """What a formula is refused with, or None; nothing but a FormulaError may be raised."""
    try:
        work(*arguments)
    except FormulaError as error:
        return error
    return None


def bound_all(formula):
    """The rounding reading of exact and of inexact names, with decimals and with figures."""
    for precision in PRECISIONS:
        for radius in (0.0, 0.01):
            known = {
                name: Bounded.within(one, np.full_like(one, radius)) for name, one in NAMES.items()
            }
            bound = bounded(formula, known, precision)
            assert bound.value.shape == bound.radius.shape
            assert (bound.radius >= 0).all()


def outcome(text):
    """The code that a formula is refused with, or None; the column lies in it, nothing warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        errors = [refusal(parse, text, NAMES)]
        if errors == [None]:
            formula = parse(text, NAMES)
            errors = [refusal(evaluate, formula, NAMES), refusal(bound_all, formula)]
    assert all(0 <= error.column <= len(text) for error in errors if error)
    return next((error.code for error in errors if error), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 10**6, "too-long"),
        ("1+" * LONGEST, "too-long"),
        ("(" * 500 + "1" + ")" * 500, "too-deep"),
        ("[" * 500, "too-deep"),
        ("-" * 1999 + "1", "too-deep"),
        ("not " * 400 + "1", "and-or"),
        ("1" + "+1" * 900, "too-deep"),
        ("x" + ".T" * 900, "too-deep"),
        ("x" + ".b" * 900, "not-in-language"),
        ("x" + "[0]" * 600, "too-deep"),
        ("x" + "**x" * 600, "too-deep"),
        ("1 if x else " * 160 + "1", "not-in-language"),
        ("lambda: " * 200 + "1", "not-in-language"),
        ("x.__class__.__base__.__subclasses__()", "not-in-language"),
        ("__import__('os').system('true')", "not-in-language"),
        ("exec('1')", "unknown-function-near"),
        ("9**9**9**9", "overflow"),
        ("9**9**9**9 * 0", "undefined"),
        ("2.0**10**10", "overflow"),
        ("arange(1e9)", "array-too-large"),
        ("arange(10**18)", "array-too-large"),
        ("arange(1e300)", "array-too-large"),
        ("eye(10**5)", "array-too-large"),
        ("eye(400)", "array-too-large"),
        ("one_hot(0, 10**9)", "array-too-large"),
        ("causal_mask(1000)", "array-too-large"),
        ("positional_encoding(10**6, 10**6)", "array-too-large"),
        ("outer(large, large)", "array-too-large"),
        ("a = outer(x, x)\nb = outer(a, a)\nc = outer(b, b)\nouter(c, c)", "array-too-large"),
        ("large[:, None] + large", "array-too-large"),
        ("pad(x, 10**9)", "array-too-large"),
        ("pad(x, 10**30)", "array-too-large"),
        ("windows(large, 1000)", "array-too-large"),
        ("windows(reshape(large, [250, 400]), 100)", "array-too-large"),
        ("reshape(large, [2, -1])[arange(2)[:, None, None], arange(50000)]", "shapes"),
        ("x[arange(10**5) * 0][:, None][arange(10**5) * 0]", "shapes"),
        ("diag(arange(400))", "array-too-large"),
        ("concat([large, x])", "array-too-large"),
        ("a = reshape(large[:90000], [300, 300])\na @ a", "too-much-work"),
        ("reshape(x, [10**30, -1])", "shapes"),
        ("x[" + "None, " * 100 + "0]", "shapes"),
        ("sum(x, axis=10**30)", "shapes"),
        ("transpose(x, large)", "shapes"),
        ("x[10**30]", "shapes"),
        ("conv2d(M, M, stride=10**30)", None),
        ("1e308 * 10", "overflow"),
        ("x\x00", "syntax"),
        ("'" + "\ud800" + "'", "syntax"),
        ("\ufeff1", "syntax"),
        ("ｘ + 1", None),
        ("x\f+ 1", None),
        ("x\r\n", None),
        ("\tx", None),
        ("1if x else 2", "not-in-language"),
        ("'\\d'", "not-a-number"),
        ("1 is 1", "not-in-language"),
    ],
)  # fmt: skip
def test_hostile_formulas_are_refused(text, code):
    assert outcome(text) == (code and f"formula.{code}")


def test_a_chain_of_matrix_products_ends():
    chain = "\n".join(f"a{n} = a{n - 1} @ a{n - 1}" for n in range(1, 80))
    text = f"a0 = reshape(large[:10000], [100, 100]) / 100\n{chain}\na79"
    assert outcome(text) == "formula.too-much-work"


def test_doubling_lines_are_computed_once_each():
    text = "a0 = x\n" + "\n".join(f"a{n} = a{n - 1} + a{n - 1}" for n in range(1, 100)) + "\na99"
    evaluation = Evaluation(NAMES)
    evaluation.value(parse(text, NAMES).root)
    assert len(evaluation.known) == 99 + 2
    assert evaluation.work < MOST_WORK


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "gelu", "silu", "relu", "var"])
def test_prelude_functions_in_each_other_neither_explode_nor_exhaust_the_stack(name):
    text = f"{name}(" * (DEEPEST - 2) + "x" + ")" * (DEEPEST - 2)
    formula = parse(text, NAMES)
    evaluation = Evaluation(NAMES)
    frames = sys.getrecursionlimit()
    sys.setrecursionlimit(len_of_stack() + 100)
    try:
        evaluation.value(formula.root)
        exact = {name: Bounded.exactly(one) for name, one in NAMES.items()}
        bounded(formula, exact, PRECISIONS[0])
    finally:
        sys.setrecursionlimit(frames)
    assert len(evaluation.known) < 40 * DEEPEST
    assert outcome(f"{name}({text})"[:LONGEST]) in (None, "formula.too-deep")


def len_of_stack():
    frame, count = sys._getframe(), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1
    return count


def test_the_longest_formula_is_read_into_a_small_tree():
    text = "+".join(["gru_cell(x,x,M,M)"] * 30)
    assert len(walk(parse(text, NAMES).root)) < LONGEST


@settings(max_examples=times(150))
@given(text=st.text(max_size=60))
def test_no_text_raises_anything_else(text):
    outcome(text)


PIECES = [
    *"()[]{}:,.=<>+-*/%@^~!&|#'\"\\; \n\t", "**", "//", "==", ":=", "x", "M", "s", "C", "strange",
    "nothing", "1", "0", "-1", "2.5", "1e9", "1e308", "inf", "None", "True", "...", "lambda", "if",
    "else", "for", "in", "not", "and", "f'", "0x", "sum", "softmax(", "x[", "M.T", "axis=", "é",
]  # fmt: skip


@settings(max_examples=times(150))
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_mixture_of_pieces_raises_anything_else(pieces):
    outcome("".join(pieces))


LEAVES = [
    "x", "M", "s", "C", "nothing", "strange", "large", "0", "1", "2", "-1", "0.5", "1e300", "inf",
    "pi", "None", "True", '"mean"', '"none"', "...", "[1, 2]", "(0, 1)", "1e9", "-0.0", "1e-320",
]  # fmt: skip
leaves = st.sampled_from(LEAVES)


def parameters(name):
    entry = functions()[name]
    if isinstance(entry, Function):
        return [parameter for parameter, _ in entry.parameters]
    return [*entry.operands, *(option for option, _ in entry.options)]


@st.composite
def calls(draw, parts):
    """A function of anything, some arguments by place and some by name."""
    name = draw(st.sampled_from(sorted(functions())))
    names = parameters(name)
    placed = draw(st.integers(0, len(names)))
    named = draw(st.lists(st.sampled_from(names[placed:]), unique=True)) if names[placed:] else []
    arguments = [draw(parts) for _ in range(placed)]
    arguments += [f"{one}={draw(leaves)}" for one in named]
    return f"{name}({', '.join(arguments)})"


def grown(parts):
    operators = st.sampled_from(["+", "-", "*", "/", "**", "@", "%", "//", "<", "=="])
    slots = parts | st.sampled_from([":", "::2", "1:", "...", "None", ":-1", "::-1", "::0", "::s"])
    indices = st.lists(slots, min_size=1, max_size=3).map(", ".join)
    return (
        st.builds("({} {} {})".format, parts, operators, parts)
        | st.builds("-{}".format, parts)
        | st.builds("{}[{}]".format, parts, indices)
        | st.lists(parts, min_size=1, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | calls(parts)
        | calls(parts)
    )


@settings(max_examples=times(150))
@given(text=st.recursive(leaves, grown, max_leaves=12))
def test_no_expression_raises_anything_else(text):
    outcome(text)
