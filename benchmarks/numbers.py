"""How long fresh numbers that tell take to draw, and where a cell comes from to be found out.

The processor's own time, so that what else the machine does counts little.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.rows import Row
from tutor.course.catalog import entries
from tutor.course.check import DRAWN, check
from tutor.course.load import load
from tutor.course.numbers import fresh_worksheet
from tutor.engine.formula import parse
from tutor.engine.sources import sources

SEEDS = 25
SIDE = 8


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def fresh_round(name: str) -> Row:
    """The median over seeds; the first, which also finds out which slips are none, counts too."""
    (path,) = (path for path in entries() if path.stem == name)
    lesson = load(path).lesson
    times = [milliseconds(lambda seed=seed: fresh_worksheet(lesson, seed)) for seed in range(SEEDS)]
    return Row(f"fresh numbers: {name}", statistics.median(times), bar="<= 50 ms")


def check_of_all() -> Row:
    """What `tutor check` does for all lessons together."""
    paths = entries()

    def all_of_them() -> None:
        for path in paths:
            check(path)

    seconds = milliseconds(all_of_them) / 1000
    return Row(f"check of {len(paths)} lessons, {DRAWN} sets of numbers each", seconds,
               bar="<= 15 s", unit="s")  # fmt: skip


def attention_cell() -> Row:
    """A cell of attention with eight queries, keys and values of eight numbers, causally masked."""
    random = np.random.default_rng(0)
    names = {name: random.normal(size=(SIDE, SIDE)) for name in "QKV"}
    formula = parse("scaled_dot_product_attention(Q, K, V, is_causal=True)", tuple(names))
    times = [
        milliseconds(lambda cell=cell: sources(formula, names, cell)) for cell in range(SIDE**2)
    ]
    return Row("sources of a cell of 8x8 attention", statistics.median(times), bar="<= 5 ms")


def measure() -> list[Row]:
    return [*(fresh_round(path.stem) for path in entries()), attention_cell(), check_of_all()]
