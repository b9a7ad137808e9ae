"""Arrays as people type and paste them: what is read, in which shape, and what is asked back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine.answer import Cell, Problem, Reading, as_shape, read_array, read_cell, read_shape

NAN = float("nan")
MATRIX = [[1.0, 2.0], [3.0, 4.0]]
BLOCKS = [MATRIX, [[5.0, 6.0], [7.0, 8.0]]]
READ = {
    # numbers and vectors
    "7": 7.0,
    " 0.5\n": 0.5,
    "(7)": 7.0,
    "7,": 7.0,
    "[7]": [7.0],
    "(7,)": [7.0],
    "[[7]]": [[7.0]],
    "0.1 0.2 0.3": [0.1, 0.2, 0.3],
    "0.1, 0.2, 0.3": [0.1, 0.2, 0.3],
    "0.1,0.2,0.3": [0.1, 0.2, 0.3],
    "[0.1, 0.2]": [0.1, 0.2],
    "(0.1, 0.2)": [0.1, 0.2],
    "{0.1, 0.2}": [0.1, 0.2],
    "[0.1 0.2]": [0.1, 0.2],
    "[1, 2,]": [1.0, 2.0],
    "[1 ,2 ,3]": [1.0, 2.0, 3.0],
    "0.1， 0.2、0.3": [0.1, 0.2, 0.3],
    "０．１　０．２": [0.1, 0.2],
    "【1，2】": [1.0, 2.0],
    "0.1\u00a00.2": [0.1, 0.2],
    # a comma that no blank follows
    "[0,1]": [0.0, 1.0],
    "(0,1)": [0.0, 1.0],
    "[0,1,-2]": [0.0, 1.0, -2.0],
    "[100,200]": [100.0, 200.0],
    "0,1,0,0": [0.0, 1.0, 0.0, 0.0],
    "0,-1": [0.0, -1.0],
    "0,-2,5": [0.0, -2.0, 5.0],
    "0.5,1": [0.5, 1.0],
    "[[0,1],[1,0]]": [[0.0, 1.0], [1.0, 0.0]],
    "1,2\n3.5,4": [[1.0, 2.0], [3.5, 4.0]],
    "0，1": [0.0, 1.0],
    # signs and calculations
    "1 -2": [1.0, -2.0],
    "-1 -2 +3": [-1.0, -2.0, 3.0],
    "1 2-3": [1.0, -1.0],
    "[1 - 2, 3]": [-1.0, 3.0],
    "1/3 2/3": [1 / 3, 2 / 3],
    "1 / 4 3 / 4": [0.25, 0.75],
    "1.2 x 10^-3 15 %": [0.0012, 0.15],
    "ln 1 0.3": [0.0, 0.3],
    "exp(0) -1": [1.0, -1.0],
    "exp -inf 2": [0.0, 2.0],
    "(1+2)*3 4": [9.0, 4.0],
    "(1+2) (3+4)": [3.0, 7.0],
    "[(1+2)*3, -(4)]": [9.0, -4.0],
    "[inf, -inf]": [np.inf, -np.inf],
    # matrices and blocks
    "[[1 2],[3 4]]": MATRIX,
    "[[1, 2], [3, 4]]": MATRIX,
    "[[1,2],[3,4]]": MATRIX,
    "[[1 2]\n [3 4]]": MATRIX,
    "[[1, 2],\n [3, 4],\n]": MATRIX,
    "[1 2; 3 4]": MATRIX,
    "[1 2; 3 4;]": MATRIX,
    "[1, 2; 3, 4]": MATRIX,
    "[1 2;\n3 4]": MATRIX,
    "1 2; 3 4": MATRIX,
    "1, 2; 3, 4": MATRIX,
    "1，2；3，4": MATRIX,
    "1 2\n3 4": MATRIX,
    "\n1 2\r\n3 4\r\n": MATRIX,
    "1 2\r3 4": MATRIX,
    "1, 2\n3, 4": MATRIX,
    "1, 2,\n3, 4,": MATRIX,
    "1 2;\n3 4;": MATRIX,
    "1, 2\n3 4": MATRIX,
    "[1 2]\n[3 4]": MATRIX,
    "[1 2]\n\n[3 4]": MATRIX,
    "[1, 2],\n[3, 4],": MATRIX,
    "[1 2] [3 4]": MATRIX,
    "[1 2][3 4]": MATRIX,
    "(1, 2), (3, 4)": MATRIX,
    "((1, 2), (3, 4))": MATRIX,
    "([[1, 2], [3, 4]])": MATRIX,
    "[[1 2]; [3 4]]": MATRIX,
    "0.1; 0.2": [[0.1], [0.2]],
    "(0.1; 0.2)": [[0.1], [0.2]],
    "1\n2\n3": [[1.0], [2.0], [3.0]],
    "[[1], [2]]": [[1.0], [2.0]],
    "[[1 2]]": [[1.0, 2.0]],
    "[1 2;]": [[1.0, 2.0]],
    "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]": BLOCKS,
    "1 2\n3 4\n\n5 6\n7 8": BLOCKS,
    "\n\n1 2\n3 4\n\n\n5 6\n7 8\n\n": BLOCKS,
    "[1 2; 3 4]\n\n[5 6; 7 8]": BLOCKS,
    "[[1 2; 3 4], [5 6; 7 8]]": BLOCKS,
    # blank cells and tables
    "": NAN,
    " \n ": NAN,
    "1,,2": [1.0, NAN, 2.0],
    "[1, , 2]": [1.0, NAN, 2.0],
    "1\t2": [1.0, 2.0],
    "1\t2\n3\t4\n": MATRIX,
    "1\t\t3\n4\t5\t": [[1.0, NAN, 3.0], [4.0, 5.0, NAN]],
    "\t5": [NAN, 5.0],
    "1\t2\n\t\n3\t4": [[1.0, 2.0], [NAN, NAN], [3.0, 4.0]],
    "1\t2\n3\t4\n\n5\t6\n7\t8": BLOCKS,
    "1 / 4\t15 %": [0.25, 0.15],
    "\t1 2\n\t3 4": MATRIX,
    "[1,\t2]": [1.0, 2.0],
    # TeX
    r"\begin{pmatrix}1 & 2\\ 3 & 4\end{pmatrix}": MATRIX,
    "$$\\begin{bmatrix}\n1 & 2 \\\\\n3 & 4 \\\\\n\\end{bmatrix}$$": MATRIX,
    r"\left[ \begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array} \right]": MATRIX,
    r"\left(\begin{matrix}1&2\\3&4\end{matrix}\right)": MATRIX,
    r"\begin{pmatrix}\frac{1}{2}\\-\frac{3}{4}\end{pmatrix}": [[0.5], [-0.75]],
    r"\begin{pmatrix}1 & -2\end{pmatrix}": [[1.0, -2.0]],
    r"\begin{pmatrix}2\cdot 3 & -\infty\end{pmatrix}": [[6.0, -np.inf]],
    r"\left( 1+2 \right)/4": 0.75,
    r"[\pi/\pi, -\infty]": [1.0, -np.inf],
    r"\frac{-1}{4} \frac{3}{-4}": [-0.25, -0.75],
}
ASKED = {
    "0,1": ("comma-in-list", 1),
    "0,1 0,2": ("comma-in-list", 1),
    "0,1, 0,2": ("comma-in-list", 1),
    "0,1; 0,2": ("comma-in-list", 1),
    "0,1\n0,2": ("comma-in-list", 1),
    "0,1\t0,2": ("comma-in-list", 1),
    "1 2 3,5": ("comma-in-list", 5),
    ",5": ("comma-in-list", 0),
    "1,234": ("comma-in-list", 1),
    "[0,1 0,2]": ("comma-in-list", 2),
    "[0,1, 0,2]": ("comma-in-list", 2),
    "[0,1; 0,2]": ("comma-in-list", 2),
    "[1,2, 3]": ("comma-in-list", 2),
    "1/3,2/3": ("comma-in-list", 3),
    "1,234,567": ("groups-in-list", 1),
    "1,234 0.5": ("groups-in-list", 1),
    "1,234.5": ("groups-in-list", 1),
    "1 - 2": ("unclear-sign", 2),
    "[1 2 + 3]": ("unclear-sign", 5),
    "[1 2\n3 4]": ("line-in-brackets", 5),
    "1 2; 3 4\n5 6; 7 8": ("mixed-rows", 3),
    "1;;2\n3": ("mixed-rows", 1),
    "1 2\n\n3 4": ("empty-line", 5),
    "1\n\n2": ("empty-line", 3),
    "1\t2\n\n3\t4": ("empty-line", 5),
    "[[1,2],[3]]": ("ragged-rows", 7),
    "1 2\n3": ("ragged-rows", 4),
    "[1 2; 3]": ("ragged-rows", 6),
    "1\t2\n3": ("ragged-rows", 4),
    "[[[1]], [[2, 3]]]": ("ragged-blocks", 8),
    "1 2\n3 4\n\n5 6": ("ragged-blocks", 9),
    "[1, [2, 3]]": ("mixed-depth", 4),
    "[1 2] 3": ("mixed-depth", 6),
    "2 (3, 4)": ("mixed-depth", 2),
    "[]": ("empty-list", 0),
    "[[], []]": ("empty-list", 1),
    ";": ("empty-row", 0),
    "1;;2": ("empty-row", 0),
    "[1, 2": ("unclosed", 0),
    "1]": ("unopened", 1),
    "[1, 2)": ("mismatched", 5),
    "[(1, 2)*3]": ("list-in-calculation", 1),
    "2*[1 2]": ("list-in-calculation", 2),
    "[1 2]3": ("list-in-calculation", 0),
    "[0.1 ... 0.2]": ("left-out", 5),
    "[[1, 2],\n ...,\n [3, 4]]": ("left-out", 10),
    "tensor([1., 2.,  …, 3.])": ("left-out", 17),
    "[" * 9 + "1" + "]" * 9: ("too-deep", 8),
    "1 " * 5001: ("too-long", 10_000),
}
UNREADABLE_CELLS = {
    "0.1 abc 0.2": [None, ("word", 4), None],
    "[1, 2 3]": [None, ("two-numbers", 6)],
    "0.1 0.5.2": [None, ("two-points", 7)],
    "1 e-3": [None, ("e-or-exponent", 2)],
    "2pi 3": [("operator-missing", 1), None],
    r"2\pi 3": [("operator-missing", 1), None],
    r"2\frac{1}{2} 3": [("operator-missing", 1), None],
    "[1, nan]": [None, ("nan", 4)],
    "[true, 1]": [("true-or-false", 1), None],
    "1\u202f234 5": [("digit-groups", 1), None],
    "1/0 2": [("division-by-zero", 1), None],
    "1 2 3 +": [None, None, ("number-missing-after", 7)],
    "1 2\t3 4\t5": [("two-numbers", 2), ("two-numbers", 6), None],
    "exp(0,48) 2": [("decimal-comma", 5), None],
    "-(1, 2) 3": [("two-numbers", 5), None],
    "[1, 2 -3]": [None, ("unclear-sign", 6)],
    "[1, " + "1+" * 100 + "1]": [None, ("too-long", 204)],
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_an_array_is_read_in_the_shape_it_is_written_in(text, value):
    reading = read_array(text)
    assert isinstance(reading, Reading)
    assert reading.problem is None
    assert reading.shape == np.shape(value)
    np.testing.assert_allclose(reading.value, value, rtol=1e-15)


@pytest.mark.parametrize(("text", "answer"), ASKED.items())
def test_an_unclear_layout_is_a_question_about_the_whole(text, answer):
    problem = read_array(text)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.at) == (f"answer.{answer[0]}", answer[1])


@pytest.mark.parametrize(("text", "answers"), UNREADABLE_CELLS.items())
def test_a_cell_that_cannot_be_read_leaves_the_others(text, answers):
    reading = read_array(text)
    assert isinstance(reading, Reading)
    problems = [
        cell.problem and (cell.problem.code.removeprefix("answer."), cell.problem.at)
        for cell in reading.cells
    ]
    assert problems == answers
    assert [np.isnan(number) for number in reading.value] == [
        answer is not None for answer in answers
    ]


def test_a_question_shows_both_ways_to_write():
    problem = read_array("0,1")
    assert isinstance(problem, Problem)
    assert problem.details == {"written": "0,1", "decimal": "0.1", "apart": "0, 1"}
    assert read_array("0.1") == Reading((), (Cell("0.1", 0.1, 1),))
    assert read_array("0, 1") == Reading((2,), (Cell("0", 0.0, 0), Cell("1", 1.0, 0)))
    problem = read_array("1,234,567")
    assert isinstance(problem, Problem)
    assert problem.details == {"joined": "1234567", "apart": "1, 234, 567"}


def test_ragged_rows_are_counted():
    problem = read_array("1 2 3\n4 5 6\n7 8")
    assert isinstance(problem, Problem)
    assert problem.details == {"row": 3, "count": 2, "expected": 3}
    problem = read_array("[[[1, 2]], [[3], [4]]]")
    assert isinstance(problem, Problem)
    assert problem.details == {"block": 2, "shape": "2 x 1", "expected": "1 x 2"}


def test_each_cell_keeps_its_text_as_typed():
    reading = read_array("[０.5, 15.4%, \\frac{1}{2}; ,−2 , ln 2]")
    assert isinstance(reading, Reading)
    assert [cell.text for cell in reading.cells] == [
        "０.5",
        "15.4%",
        r"\frac{1}{2}",
        "",
        "−2",
        "ln 2",
    ]
    assert [cell.places for cell in reading.cells] == [1, 3, None, None, 0, None]


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (["0.12345678"] * 6, ["0.12345678"] * 6, False),
        (["0.12345678"] * 3, ["0.12345678"] * 3, True),
        (["1", "2", "3"], ["4"], False),
        (["1"], ["2", "3"], True),
    ],
)
def test_a_row_that_a_printer_broke_is_one_row(first, second, asked):
    reading = read_array(f"[{' '.join(first)}\n {' '.join(second)}]")
    if asked:
        assert isinstance(reading, Problem)
    else:
        assert isinstance(reading, Reading)
        assert reading.shape == (len(first) + len(second),)


def reading_of(text):
    reading = read_array(text)
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize("text", ["1 2 3", "1; 2; 3", "1\n2\n3", "[[1, 2, 3]]", "[[1], [2], [3]]"])
def test_a_row_or_a_column_may_stand_for_a_vector(text):
    reading = as_shape(reading_of(text), (3,))
    assert isinstance(reading, Reading)
    assert reading.value.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("text", "shape"),
    [("1 2 3", (3, 1)), ("1 2 3", (1, 3)), ("[[[1, 2]]]", (2,)), ("[7]", ()), ("7", (1, 1))],
)
def test_axes_of_one_cell_may_be_left_out_or_be_too_many(text, shape):
    reading = as_shape(reading_of(text), shape)
    assert isinstance(reading, Reading)
    assert reading.shape == shape


@pytest.mark.parametrize(
    ("text", "shape", "code"),
    [
        ("1 2 3 4", (2, 2), "shape"),
        ("[[1 2], [3 4]]", (4,), "shape"),
        ("1 2 3", (2,), "shape"),
        ("[[1, 2, 3]]", (3, 1), "shape"),
        ("[[1], [2], [3]]", (1, 3), "shape"),
        ("[7, 7]", (), "one-number-asked"),
        ("12 3", (), "one-number-asked"),
        ("7", (2, 2), "one-number-typed"),
    ],
)
def test_no_other_reading_changes_its_shape(text, shape, code):
    problem = as_shape(reading_of(text), shape)
    assert isinstance(problem, Problem)
    assert problem.code == f"answer.{code}"


def test_a_reading_of_the_asked_shape_and_blank_text_pass():
    matrix = reading_of("1 2\n3 4")
    assert as_shape(matrix, [2, 2]) is matrix
    blank = as_shape(reading_of("  "), (2, 2))
    assert isinstance(blank, Reading)
    assert blank.shape == (2, 2)
    assert all(cell.blank for cell in blank.cells)


SHAPES = {
    "(3, 3)": [3, 3],
    "(3,3)": [3, 3],
    "[3,3]": [3, 3],
    "3,3": [3, 3],
    "3x3": [3, 3],
    "3 X 4 x 5": [3, 4, 5],
    "3 × 3": [3, 3],
    "3×3": [3, 3],
    "3*3": [3, 3],
    "3 3": [3, 3],
    "3 by 3": [3, 3],
    "3乘3": [3, 3],
    "（3，3）": [3, 3],
    "3；4": [3, 4],
    "torch.Size([3, 3])": [3, 3],
    "(3,)": [3],
    "3": [3],
    "3.0 4.": [3, 4],
    "0 3": [0, 3],
    "()": [],
    "torch.Size([])": [],
}
NO_SHAPES = {
    "3 x": ("size-missing", 3),
    "x 3": ("size-missing", 0),
    "3,,3": ("size-missing", 2),
    "3 by": ("size-missing", 4),
    "-3 3": ("shape-form", 0),
    "6/2": ("shape-form", 1),
    "3 inf": ("shape-form", 2),
    "[3, 3": ("shape-form", 0),
    "2.5": ("size-not-whole", 0),
    "3,000": ("size-not-whole", 2),
    "three": ("word", 0),
    "3xO": ("word", 1),
    "3 " * 101: ("too-long", 200),
}


@pytest.mark.parametrize(("text", "sizes"), SHAPES.items())
def test_a_shape_is_read_as_its_sizes(text, sizes):
    reading = read_shape(text)
    assert isinstance(reading, Reading)
    assert reading.shape == (len(sizes),)
    assert reading.value.tolist() == sizes


@pytest.mark.parametrize(("text", "answer"), NO_SHAPES.items())
def test_what_is_no_shape_is_a_problem(text, answer):
    problem = read_shape(text)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.at) == (f"answer.{answer[0]}", answer[1])


def test_a_blank_shape_is_not_the_shape_of_a_number():
    blank = read_shape("  ")
    assert isinstance(blank, Reading)
    assert [cell.blank for cell in blank.cells] == [True]


NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(NUMBERS, min_size=columns, max_size=columns), min_size=2, max_size=5
    )
)


def _with(columns, rows, before="", after=""):
    def written(table):
        lines = [columns.join(map(repr, row)) for row in table]
        return before + rows.join(lines) + after

    return written


LAYOUTS = {
    "blanks on lines": _with(" ", "\n"),
    "commas on lines": _with(", ", "\n"),
    "tabs": _with("\t", "\n"),
    "tabs of another system": _with("\t", "\r\n"),
    "semicolons": _with(" ", "; "),
    "semicolons in brackets": _with(", ", ";\n ", "[", "]"),
    "lists": _with(", ", "], [", "[[", "]]"),
    "lists on lines": _with("  ", "]\n [", "[[", "]]"),
    "tuples": _with(", ", ",), (", "((", ",))"),
    "lists without blanks": _with(",", "],[", "[[", "]]"),
    "full width": _with("，", "；"),
    "TeX": _with(" & ", r" \\ ", r"\begin{pmatrix}", r"\end{pmatrix}"),
}


@given(TABLES, st.sampled_from(sorted(LAYOUTS)))
def test_every_layout_of_a_matrix_gives_the_same_matrix(table, layout):
    text = LAYOUTS[layout](table)
    if "\t" not in text and layout.startswith("tabs"):
        return  # one column has no tab: it is the layout of lines
    reading = read_array(text)
    assert isinstance(reading, Reading)
    np.testing.assert_array_equal(reading.value, np.array(table))
    for cell in reading.cells:
        again = read_cell(cell.text)
        assert (again.value, again.places) == (cell.value, cell.places)
