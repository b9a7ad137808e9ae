"""Cells in words, and cells that are meant by words."""

import pytest

from tutor.cells import Grid

NAMED = Grid((2, 3), ("cat", "dog"), ("fur", "ears", "tail"))
PLAIN = Grid((5, 5))


@pytest.mark.parametrize(
    ("grid", "cells", "english", "chinese"),
    [
        (Grid(()), [0], "", ""),
        (PLAIN, range(25), "all of it", "全部"),
        (PLAIN, [0, 1, 5, 6], "rows 0 to 1, columns 0 to 1", "第 0 到 1 行，第 0 到 1 列"),
        (PLAIN, [5, 6, 7, 8, 9], "row 1", "第 1 行"),
        (
            PLAIN,
            [0, 2, 3, 24],
            "row 0, columns 0, 2 to 3; row 4, column 4",
            "第 0 行，第 0、2 到 3 列；第 4 行，第 4 列",
        ),
        (Grid((4,)), [1, 2], "places 1 to 2", "第 1 到 2 个"),
        (Grid((2,), (), ("cat", "dog")), [1], "dog", "dog"),
        (NAMED, [3, 4, 5], "row dog", "dog（行）"),
        (NAMED, [0, 1], "row cat, columns fur, ears", "cat（行），fur、ears（列）"),
        (Grid((2, 2, 2)), [4, 5], "channel 1, row 0", "第 1 个通道，第 0 行"),
        (
            Grid((2, 1, 1, 2)),
            [0, 2],
            "column 0",
            "第 0 列",
        ),
    ],
)
def test_cells_are_said_as_rows_and_columns(grid, cells, english, chinese):
    assert grid.words(cells, "en") == english
    assert grid.words(cells, "zh") == chinese


def test_labels_that_do_not_fit_the_shape_are_not_used():
    assert Grid((3,), (), ("a", "b")).words([1], "en") == "place 1"


@pytest.mark.parametrize(
    ("grid", "text", "cell"),
    [
        (PLAIN, "2,1", 11),
        (PLAIN, " [2, 1] ", 11),
        (PLAIN, "2，1", 11),
        (NAMED, "dog, Fur", 3),
        (NAMED, "1, ears", 4),
        (Grid((3,)), "2", 2),
        (Grid(()), "", 0),
        (Grid((1, 1)), "", 0),
        (PLAIN, "", None),
        (PLAIN, "2", None),
        (PLAIN, "5,0", None),
        (PLAIN, "-1,0", None),
        (PLAIN, "1e3,0", None),
        (PLAIN, "9" * 5000 + ",0", None),
        (NAMED, "pig, fur", None),
        (Grid(()), "0", None),
    ],
)
def test_a_cell_is_meant_by_its_place_or_its_labels(grid, text, cell):
    assert grid.meant(text) == cell
