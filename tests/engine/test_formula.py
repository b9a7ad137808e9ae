import numpy as np
import pytest

from tests.engine.oracle import value
from tutor.engine.formula import FormulaError, parse
from tutor.engine.reader import functions
from tutor.engine.tree import Apply, Name, walk

X = np.array([1.0, 2.0, 3.0])
M = np.array([[1.0, 2.0], [3.0, 4.0]])
NAMES = {"x": X, "M": M, "k": np.array(1.0), "T": np.array(4.0), "mean": np.array(7.0)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 - 4 / 2", 5),
        ("(1 + 2) * 3", 9),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("(-2) ** 2", 4),
        ("--2", 2),
        ("+3", 3),
        ("7 // 2 + 7 % 2", 4),
        ("1e-3 + .5 + 1_000", 1000.501),
        ("pi - e", np.pi - np.e),
        ("-inf", -np.inf),
        ("True + False", 1),
        ("x[k]", 2),
        ("x[k + 1]", 3),
        ("x[::-1]", [3, 2, 1]),
        ("M[0, 1]", 2),
        ("M[:, 0]", [1, 3]),
        ("M[..., None].T[0, 0]", [1, 3]),
        ("M[x[:2] - 1]", M),
        ("x[[2, 0]]", [3, 1]),
        ("M @ M.T", M @ M.T),
        ("(M @ M).T", (M @ M).T),
        ("x > 1", [0, 1, 1]),
        ("(x > 1) * (x < 3)", [0, 1, 0]),
        ("[x, 2 * x]", [X, 2 * X]),
        ("(1, 2)", [1, 2]),
        ("T * T(M)[0, 1]", 12),
        ("mean + mean(x)", 9),
        ("sum(M, 0)", [4, 6]),
        ("sum(M, axis=1)", [3, 7]),
        ("sum(M, dim=1)", [3, 7]),
        ("softmax([k, k], axis=0)", [0.5, 0.5]),
        ("where(x == 2, 10, x)", [1, 10, 3]),
        ("a = x + 1\nb = 2 * a\nb - a", [2, 3, 4]),
        ("a = x\na[0]", 1),
        ("\n  1 + 2  \n", 3),
        ("sum(\n  x,\n  axis=0\n)", 6),
        ("1 + 2  # what is left over", 3),
        ("a = 1; a + 1", 2),
        ("e = 3\ne", 3),
    ],
)
def test_the_language(text, expected):
    np.testing.assert_array_equal(value(text, **NAMES), expected)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "empty", 0),
        ("  \n ", "empty", 0),
        ("# nothing", "empty", 0),
        ("1 +", "syntax", 3),
        ("1 + * 2", "syntax", 4),
        ("x[", "syntax", 1),
        ("2x", "syntax", 0),
        ("  x $ 2", "syntax", 4),
        ("x\n+ * 2", "syntax", 4),
        ("x\0", "syntax", 1),
        ("x + \ud800", "syntax", 4),
        ("x +\u2028 1", "syntax", 3),
        ("y = 1", "no-result", 0),
        ("import os", "no-result", 0),
        ("del x", "no-result", 0),
        ("for i in x: i", "no-result", 0),
        ("import os\nx", "line", 0),
        ("1\nx", "line", 0),
        ("a, b = x\na", "line", 0),
        ("a += 1\na", "line", 0),
        ("a: int = 1\na", "line", 0),
        ("x = 1\nx", "name-taken", 0),
        ("1 + (a := 2)", "not-in-language", 5),
        ("x.shape", "not-in-language", 0),
        ("x.__class__.__mro__", "not-in-language", 0),
        ("1 + np.exp(x)", "not-in-language", 4),
        ("exp(x)(1)", "not-in-language", 0),
        ("lambda: 1", "not-in-language", 0),
        ("[i for i in x]", "not-in-language", 0),
        ("sum(i for i in x)", "not-in-language", 3),
        ("{1: 2}", "not-in-language", 0),
        ("{1, 2}", "not-in-language", 0),
        ("[]", "not-in-language", 0),
        ("f'{x}'", "not-in-language", 0),
        ("b'1'", "not-in-language", 0),
        ("1j", "not-in-language", 0),
        ("x if k else x", "not-in-language", 0),
        ("x in x", "not-in-language", 0),
        ("x is None", "not-in-language", 0),
        ("~x", "not-in-language", 0),
        ("x & x", "not-in-language", 0),
        ("await x", "not-in-language", 0),
        ("1 << 2", "not-in-language", 0),
        ("x ^ 2", "caret", 0),
        ("1 + x and x", "and-or", 0),
        ("not x", "and-or", 0),
        ("1 < k < 3", "chained-comparison", 0),
        ("sum(*x)", "starred", 4),
        ("sum(x, **x)", "starred", 7),
        ("[*x]", "starred", 1),
        ("2 * y", "unknown-name", 4),
        ("2 * Mx", "unknown-name-near", 4),
        ("1 + sum", "function-without-arguments", 4),
        ("1 + sofmax(x)", "unknown-function-near", 4),
        ("zzzzz(x)", "unknown-function", 0),
        ("eval('1')", "unknown-function-near", 0),
        ("x[x > 1]", "mask-index", 2),
        ("1 + sum()", "missing", 4),
        ("one_hot(k)", "missing", 0),
        ("softmax()", "missing", 0),
        ("exp(x, x)", "too-many", 0),
        ("softmax(x, 0, 1)", "too-many", 0),
        ("sum(x, sideways=1)", "unknown-option", 7),
        ("sum(x, x=x)", "given-twice", 7),
        ("sum(x, axis=0, axis=1)", "given-twice", 15),
        ("sum(x, 0, axis=1)", "given-twice", 10),
        ("softmax(x, 0, axis=0)", "given-twice", 14),
        ("stack(x)", "list-needed", 6),
        ("concat([])", "list-needed", 7),
        ("1 + 1e999", "number-too-large", 4),
        ("1" + "0" * 400, "number-too-large", 0),
        ("  1 + 'one'", "not-a-number", 6),
        ("x * None", "not-a-number", 4),
        ("x + ...", "not-a-number", 4),
        ('"mean"', "not-a-number", 0),
        ("1 + [1, 2] @ [1, 2, 3]", "shapes", 4),
        ("1 + softmax(x, 5)", "shapes", 4),
        ("a = 1\na + x[5]", "shapes", 10),
        ("cross_entropy(x, 0, reduction='all')", "arguments", 0),
        ("1 + 0 * (2 / 0)", "undefined", 4),
        ("2 + 1 / 0", "overflow", 4),
        ("é + 1", "unknown-name", 0),
        ("1 + é", "unknown-name", 4),
        ("'é' + y", "unknown-name", 6),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, code, column):
    with pytest.raises(FormulaError) as caught:
        value(text, **NAMES)
    assert (caught.value.code, caught.value.column) == (f"formula.{code}", column)


def test_the_names_that_a_formula_uses_are_known():
    formula = parse("a = x + k\nsoftmax(a) @ M[:, 0]", NAMES)
    assert formula.uses == {"x", "k", "M"}
    assert [name for name, _ in formula.lines] == ["a"]
    assert parse("1 + 1", NAMES).uses == frozenset()


def test_what_is_written_once_is_one_node():
    formula = parse("a = exp(x)\na / sum(a)", NAMES)
    nodes = walk(formula.root)
    assert sum(isinstance(node, Apply) and node.primitive == "exp" for node in nodes) == 1
    assert sum(isinstance(node, Name) for node in nodes) == 1


def test_a_name_stands_in_the_tree_where_it_is_used():
    formula = parse("x + 2 * x", NAMES)
    assert [node.column for node in walk(formula.root) if isinstance(node, Name)] == [8, 0]


def test_other_names_of_a_function_are_the_same_function():
    def primitive(text):
        root = parse(text, NAMES).root
        assert isinstance(root, Apply)
        return root.primitive

    assert primitive("log(x)") == primitive("ln(x)") == "ln"
    assert primitive("T(M)") == primitive("M.T") == primitive("transpose(M)") == "transpose"


def test_a_constant_is_kept_as_it_was_written():
    formula = parse("0.10 * x + 1e-5 - -2", NAMES)
    texts = {node.text for node in walk(formula.root) if hasattr(node, "text")}
    assert texts == {"0.10", "1e-5", "-2"}


def test_an_unknown_function_is_guessed_at():
    with pytest.raises(FormulaError) as caught:
        parse("sofmax(x)", NAMES)
    assert caught.value.details == {"name": "sofmax", "near": "softmax"}


def test_no_function_is_called_like_a_constant():
    assert not {"pi", "e", "inf", "True", "None"} & set(functions())
