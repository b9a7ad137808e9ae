"""Where a learner's own working leaves the right one."""

import numpy as np

from tutor.engine.formula import parse
from tutor.engine.precision import Precision
from tutor.engine.spread import Bounded
from tutor.engine.working import lines, with_other_numbers
from tutor.engine.working.parting import Parting, parting

DECIMALS = Precision(decimals=3)
TEXT = "E = exp(z)\nS = sum(E)\nE / S"


def parts(own, text=TEXT, slack=0.0):
    z = np.array([2.0, 1.0, 0.1])
    worked = lines(parse(text, ["z"]), {"z": z}, DECIMALS)
    theirs = with_other_numbers(worked, {"z": np.asarray(own, dtype=np.float64)}, DECIMALS)
    names = {"z": Bounded.within(z, np.full(3, slack))}
    return parting(worked, theirs, names, DECIMALS)


def test_the_same_numbers_never_part():
    assert parts([2, 1, 0.1]) is None


def test_honest_rounding_is_no_parting():
    assert parts([2.0004, 1, 0.1], slack=0.0005) is None
    assert parts([2.0004, 1, 0.1]) == Parting(0, 0)


def test_the_first_line_and_its_first_cell_that_differ():
    assert parts([2, 1, 1]) == Parting(0, 2)
    # The cell is named by its own place, however few are worked out.
    assert parts([2, 3, 0.1], "exp(z)[1] + 1") == Parting(0, 1)


def test_numbers_that_part_late():
    assert parts([2, 1, 5], "[max(z), z[2]]") == Parting(0, 0)
    assert parts([2, 1, 0.2], "m = max(z)\nz - m") == Parting(1, 2)


def test_infinity_is_itself_and_nothing_else():
    text = "ln(abs(z - 1))"
    assert parts([2, 1, 0.1], text) is None
    assert parts([2, 3, 0.1], text) == Parting(0, 1)
