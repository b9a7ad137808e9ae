"""Given matrices as text and on the screen, and the signs that all of it is drawn with."""

import dataclasses
import math
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App
from textual.containers import Horizontal

from tests.tui.grid_app import lines
from tutor.tui.glyphs import ASCII, UNICODE, glyphs_named
from tutor.tui.grid.matrix import Matrix, matrix_lines
from tutor.tui.grid.matrix_text import number_text


def test_numbers_stand_with_their_points_below_each_other():
    assert matrix_lines([[0.1, -12, 1e-7], [2, 0.25, -math.inf]], title="W") == [
        "W",
        *lines("""
            ⎡ 0.1  -12        1e-7 ⎤
            ⎣ 2      0.25  -inf    ⎦
        """),
    ]


def test_labels_stand_over_columns_and_before_rows_also_in_chinese():
    shown = matrix_lines(
        [[1, 2], [3, 4]], row_labels=["猫", "dog"], column_labels=["概率", "a long name for it"]
    )
    assert shown == [
        "      概率  a long name⋯",
        "猫  ⎡    1             2 ⎤",
        "dog ⎣    3             4 ⎦",
    ]
    assert cell_len(shown[1]) == cell_len(shown[2])


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([2, 1, 0.1], ["[ 2  1  0.1 ]"]),
        (np.array([2, 1, 0.1]), ["[ 2  1  0.1 ]"]),
        ([[1], [2], [3]], ["⎡ 1 ⎤", "⎢ 2 ⎥", "⎣ 3 ⎦"]),
        (np.float64(0.5), ["0.5"]),
        (["?", "0.50"], ["[ ?  0.50 ]"]),
        ([], ["[  ]"]),
        (np.eye(2, dtype=bool), ["⎡ 1  0 ⎤", "⎣ 0  1 ⎦"]),
    ],
)
def test_vectors_numbers_texts_and_arrays(values, shown):
    assert matrix_lines(values) == shown


def test_a_titled_number_takes_one_line():
    assert matrix_lines(0.5, title="temperature") == ["temperature: 0.5"]


def test_channels_stand_beside_each_other_or_one_below_the_other():
    values = np.arange(8).reshape(2, 2, 2)
    assert matrix_lines(values) == lines("""
        channel 0   channel 1
        ⎡ 0  1 ⎤    ⎡ 4  5 ⎤
        ⎣ 2  3 ⎦    ⎣ 6  7 ⎦
    """)
    assert matrix_lines(values, width=12, language="zh") == [
        "通道 0",
        "⎡ 0  1 ⎤",
        "⎣ 2  3 ⎦",
        "通道 1",
        "⎡ 4  5 ⎤",
        "⎣ 6  7 ⎦",
    ]


def test_a_wide_matrix_is_cut_into_blocks_of_columns():
    assert matrix_lines([list(range(12))], width=24, glyphs=ASCII) == [
        "columns 0 to 6",
        "[ 0  1  2  3  4  5  6 >",
        "columns 7 to 11",
        "< 7  8  9  10  11 ]",
    ]


@given(
    st.integers(1, 3).flatmap(
        lambda rows: st.integers(1, 12).flatmap(
            lambda columns: st.lists(
                st.lists(st.floats(), min_size=columns, max_size=columns),
                min_size=rows,
                max_size=rows,
            )
        )
    ),
    st.integers(24, 80),
)
def test_every_number_is_in_the_text_and_no_line_is_too_wide(values, width):
    shown = matrix_lines(values, width=width)
    assert all(cell_len(line) <= width for line in shown)
    words = " ".join(line for line in shown if not line.startswith("columns")).split()
    for row in values:
        for value in row:
            assert number_text(value) in words


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1e-7, "1e-7"),
        (123456789, "123456789"),
        (1 / 3, "0.333333"),
        (math.nan, "nan"),
        (1e300, "1e300"),
    ],
)
def test_numbers_are_written_shortly(number, text):
    assert number_text(number) == text


def test_rows_of_different_lengths_are_a_mistake():
    with pytest.raises(ValueError, match="different lengths"):
        matrix_lines([[1, 2], [3]])


class MatrixApp(App[None]):
    def __init__(self, *matrices):
        super().__init__()
        self.matrices = matrices

    def compose(self):
        with Horizontal():
            yield from self.matrices

    def shown(self):
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


async def test_the_widget_is_as_large_as_its_matrix_and_lights_cells():
    matrix = Matrix([[1, 2.5], [3, 4]], title="W", row_labels=["a", "b"])
    app = MatrixApp(matrix, Matrix([5, 6]))
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert app.shown()[:3] == ["W           [ 5  6 ]", "a ⎡ 1  2.5 ⎤", "b ⎣ 3  4   ⎦"]
        matrix.light([1, 2])
        await pilot.pause()
        bold = [
            segment.text.strip()
            for y in (1, 2)
            for segment in matrix.render_line(y)
            if segment.style.bold
        ]
        assert bold == ["2.5", "3"]
        matrix.show([[10, 20, 30]], title="v", row_labels=())
        await pilot.pause()
        assert app.shown()[:2] == ["v             [ 5  6 ]", "[ 10  20  30 ]"]


async def test_the_widget_speaks_and_draws_as_told():
    matrix = Matrix(np.zeros((2, 2, 2)))
    app = MatrixApp(matrix)
    async with app.run_test(size=(40, 8)) as pilot:
        matrix.set_language("zh")
        matrix.set_glyphs(ASCII)
        await pilot.pause()
        assert app.shown()[0].split() == ["通道", "0", "通道", "1"]
        assert app.shown()[1].split() == ["[", "0", "0", "]"] * 2


def signs(glyphs):
    for field in dataclasses.fields(glyphs):
        value = getattr(glyphs, field.name)
        if field.name != "name" and not isinstance(value, bool):
            yield from [value] if isinstance(value, str) else value


def test_no_sign_is_of_ambiguous_width_and_each_takes_one_cell():
    for sign in signs(UNICODE):
        assert cell_len(sign) == 1
        assert unicodedata.east_asian_width(sign) in ("N", "Na"), sign
    assert all(sign.isascii() and len(sign) == 1 for sign in signs(ASCII))
    assert glyphs_named("ascii") is ASCII
    assert glyphs_named("unicode") is UNICODE


def test_a_bar_is_full_only_when_all_is_done():
    assert [ASCII.bar(part, 5) for part in (0, 0.01, 0.5, 0.99, 1)] == [
        ".....",
        "#....",
        "##...",
        "####.",
        "#####",
    ]
