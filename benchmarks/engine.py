"""What the engine needs for a check of an 8x8 answer: a head of attention as one step.

In the tutor the truth of a step is known before it is answered; here everything is done anew.
"""

from collections.abc import Callable
from itertools import cycle
from statistics import median
from time import process_time

import numpy as np

from benchmarks.rows import Row
from tutor.engine.answer import read_cells
from tutor.engine.formula import parse
from tutor.engine.precision import Precision
from tutor.engine.rounding import bounded
from tutor.engine.spread import Bounded
from tutor.engine.value import evaluate
from tutor.engine.verdict import Target, judge

ROUNDS = 100
TEXT = "softmax(Q @ T(K) / sqrt(cols(K)) + causal_mask(rows(Q)), axis=1) @ V"
PRECISION = Precision(decimals=3)


def milliseconds(work: Callable[[], object]) -> float:
    """The median of the processor's work, whatever else the machine does; the caches are warm."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(1000 * (process_time() - start))
    return median(times)


def measure() -> list[Row]:
    """Each reading by itself, and the whole check of an answer that nothing is known of."""
    random = np.random.default_rng(1)
    names = {name: np.round(random.uniform(-2, 2, (8, 8)), 1) for name in "QKV"}
    exact = {name: Bounded.exactly(one) for name, one in names.items()}
    formula = parse(TEXT, names)
    target = Target(bounded(formula, exact, PRECISION), PRECISION)
    # More answers than the engine remembers having read: each is new to it.
    values = evaluate(formula, names).ravel()
    answers = cycle([[f"{one + turn * 1e-6:.6f}" for one in values] for turn in range(ROUNDS)])

    def check() -> None:
        truth = bounded(parse(TEXT, names), exact, PRECISION)
        verdict = judge(read_cells(next(answers), (8, 8)), Target(truth, PRECISION))
        assert verdict.accepted

    steps = {
        "parse": lambda: parse(TEXT, names),
        "value": lambda: evaluate(formula, names),
        "rounding": lambda: bounded(formula, exact, PRECISION),
        "read 64 cells": lambda: read_cells(next(answers), (8, 8)),
        "judge 64 cells": lambda: judge(read_cells(next(answers), (8, 8)), target),
    }
    rows = [
        Row(f"engine, 8x8 attention: {name}", milliseconds(work)) for name, work in steps.items()
    ]
    return [
        *rows,
        Row("engine, 8x8 attention: check, all anew", milliseconds(check), bar="<= 5 ms"),
    ]
