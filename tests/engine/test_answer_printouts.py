"""What NumPy and torch print is read back: the same shape, the same numbers."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from tutor.engine.answer import Problem, Reading, read_array, read_cell, read_shape

SHAPES = npst.array_shapes(min_dims=0, max_dims=3, max_side=5)
FLOATS = st.floats(allow_nan=False)
EVERYDAY = st.floats(-100, 100, allow_nan=False)


def read(text):
    reading = read_array(text)
    assert isinstance(reading, Reading), reading
    assert reading.problem is None
    return reading.value


@given(
    npst.arrays(np.float64, SHAPES, elements=FLOATS)
    | npst.arrays(np.float64, SHAPES, elements=EVERYDAY),
    st.sampled_from([str, repr, np.array2string, lambda array: repr(array.tolist())]),
)
def test_numpy_printouts_are_read_back(array, printed):
    with np.printoptions(floatmode="unique", threshold=1000):
        text = printed(array)
    np.testing.assert_array_equal(read(text), array)


@given(npst.arrays(np.float64, st.tuples(st.integers(8, 60)), elements=FLOATS))
def test_vectors_that_numpy_breaks_into_lines_are_one_vector(array):
    with np.printoptions(floatmode="unique"):
        text = str(array)
    np.testing.assert_array_equal(read(text), array)


@given(npst.arrays(np.float64, SHAPES, elements=EVERYDAY))
def test_rounded_printouts_keep_what_they_show(array):
    np.testing.assert_allclose(read(str(array)), array, rtol=1e-7, atol=1e-6)


@given(npst.arrays(npst.integer_dtypes(), SHAPES))
def test_printouts_of_whole_numbers_are_read_back(array):
    np.testing.assert_array_equal(read(repr(array)), array.astype(np.float64))


@given(st.lists(EVERYDAY, min_size=1, max_size=6))
def test_python_lists_of_numpy_numbers_are_read(numbers):
    text = repr([np.float64(number) for number in numbers])
    assert "np.float64" in text
    assert read(text).tolist() == numbers


@given(
    npst.arrays(np.float64, SHAPES, elements=st.integers(-799, 799).map(lambda n: n / 8)),
    st.sampled_from([torch.float32, torch.float64]),
    st.booleans(),
)
def test_torch_printouts_are_read_back(array, dtype, tracked):
    tensor = torch.tensor(array, dtype=dtype)
    if tracked:
        tensor = tensor.requires_grad_() * 1
    text = str(tensor)
    assert ("grad_fn=<MulBackward0>" in text) == tracked
    np.testing.assert_array_equal(read(text), array)


@given(npst.array_shapes(min_dims=0, max_dims=5))
def test_shapes_that_torch_and_numpy_print_are_read_back(shape):
    for printed in (str(torch.Size(shape)), str(shape)):
        reading = read_shape(printed)
        assert isinstance(reading, Reading)
        assert reading.value.tolist() == list(shape)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("array([[1., 2.], [3., 4.]], dtype=float32)", [[1.0, 2.0], [3.0, 4.0]]),
        ("np.array([1, 2])", [1.0, 2.0]),
        ("torch.tensor([[1, 2]])", [[1.0, 2.0]]),
        ("tensor([1.], device='cuda:0', dtype=torch.float64, requires_grad=True)", [1.0]),
        ("tensor([0.5000, 0.5000],\n       grad_fn=<SoftmaxBackward0>)", [0.5, 0.5]),
        ("Parameter containing:\ntensor([1., 2.], requires_grad=True)", [1.0, 2.0]),
        ("[tensor(1.), tensor(2., dtype=torch.float64)]", [1.0, 2.0]),
        ("tf.Tensor([1. 2.], shape=(2,), dtype=float32)", [1.0, 2.0]),
        ("Array([1., 2.], dtype=float32)", [1.0, 2.0]),
        ("tensor([1.0000e+00, 2.0000e-03])", [1.0, 0.002]),
        ("tensor([0., -inf])", [0.0, -np.inf]),
    ],
)
def test_the_words_around_the_numbers_are_passed_over(text, value):
    assert read(text).tolist() == value


def test_a_cell_of_a_printout_can_be_read_again_by_itself():
    text = "[tensor(1.50, grad_fn=<MulBackward0>), np.float64(2.5)]"
    reading = read_array(text)
    assert isinstance(reading, Reading)
    for cell in reading.cells:
        assert (read_cell(cell.text).value, read_cell(cell.text).places) == (
            cell.value,
            cell.places,
        )


@pytest.mark.parametrize("text", [str(np.arange(1001.0)), repr(np.zeros((40, 40)))])
def test_a_shortened_printout_is_refused(text):
    problem = read_array(text)
    assert isinstance(problem, Problem)
    assert problem.code == "answer.left-out"
    assert text[problem.at :].startswith("...")


@pytest.mark.parametrize("text", [str(torch.zeros(2000)), str(torch.zeros(50, 50))])
def test_a_shortened_tensor_is_refused(text):
    problem = read_array(text)
    assert isinstance(problem, Problem)
    assert problem.code == "answer.left-out"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("array(1, 2", "unclosed"),
        ("tensor([], size=(0, 3))", "empty-list"),
        ("array([1, 2], dtype=", "unclosed"),
        ("array([1, 2], dtype=3, 4)", "mixed-depth"),
        ("tensor([nan])", "nan"),
        ("tensor([True, False])", "true-or-false"),
        ("array([1.+2.j])", "word"),
        (r"\begin{pmatrix}1 & 2", "unclosed"),
        (r"\begin{pmatrix}1 & 2\\ 3\end{pmatrix}", "ragged-rows"),
        (r"\frac{1+1}{2}", "tex"),
        (r"\frac{}{2}", "tex"),
        (r"\sqrt{2}", "tex"),
    ],
)
def test_what_is_not_wholly_a_printout_is_a_problem(text, code):
    reading = read_array(text)
    problem = reading if isinstance(reading, Problem) else reading.problem
    assert problem is not None
    assert problem.code == f"answer.{code}"
