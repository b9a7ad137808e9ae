"""Regions of cells: just the cells that were asked for, in as few words as they need."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.regions import Region, regions, runs


def cells_of(found: tuple[Region, ...], shape: tuple[int, ...]) -> list[int]:
    cells = []
    for region in found:
        axes = [
            range(size) if one is None else one for one, size in zip(region, shape, strict=True)
        ]
        for place in product(*axes):
            cell = 0
            for at, size in zip(place, shape, strict=True):
                cell = cell * size + at
            cells.append(cell)
    return cells


@given(st.lists(st.integers(1, 4), max_size=4), st.randoms())
def test_regions_hold_each_cell_once_and_no_other(sizes, random):
    shape = tuple(sizes)
    cells = [cell for cell in range(math.prod(shape)) if random.random() < 0.6]
    assert sorted(cells_of(regions(cells, shape), shape)) == cells


@pytest.mark.parametrize(
    ("cells", "shape", "expected"),
    [
        ([0], (), ((),)),
        ([0, 1, 2], (3,), ((None,),)),
        ([1, 2], (3,), (((1, 2),),)),
        ([4, 5, 8, 9], (4, 4), (((1, 2), (0, 1)),)),
        ([3, 4, 5], (2, 3), (((1,), None),)),
        ([1, 4], (2, 3), ((None, (1,)),)),
        ([0, 1, 2, 4], (3, 2), (((0,), None), ((1, 2), (0,)))),
        ([], (2, 2), ()),
    ],
)
def test_regions_are_rows_and_columns(cells, shape, expected):
    assert regions(cells, shape) == expected


def test_runs_join_neighbours():
    assert runs([0, 1, 2, 5, 7, 8]) == ((0, 2), (5, 5), (7, 8))
    assert runs([]) == ()
