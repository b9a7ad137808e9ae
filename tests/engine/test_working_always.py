"""What holds of every working: it ends with the value, nothing is left out, and it fits a line."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.formulas import asked, precisions
from tests.engine.test_rounding_promise import ASKED, drawn
from tests.examples import times
from tutor.engine.formula import FormulaError, parse
from tutor.engine.precision import Precision
from tutor.engine.primitives import TABLE
from tutor.engine.slips.opening import opened
from tutor.engine.tree import Apply, walk
from tutor.engine.value import Evaluation, evaluate
from tutor.engine.working import cell_lines, lines, on_paper
from tutor.engine.working.layout import WIDTH
from tutor.engine.written import Kind

MOVED = {Kind.MOVE, Kind.COUNT}


def arithmetic(formula, names):
    """The parts of the opened formula in which something is worked out, by what they give."""
    evaluation = Evaluation(names)
    tree = opened(formula.root, evaluation)
    steered = {
        part
        for node in walk(tree.root)
        if isinstance(node, Apply)
        for _, option in node.options
        for part in walk(option)
    }
    return [
        evaluation.value(node)
        for node in walk(tree.root)
        if isinstance(node, Apply)
        and node not in steered
        and TABLE[node.primitive].written.kind not in MOVED
    ]


def flows(names, formula):
    """Whether every cell on the way flows into the answer: nothing is sliced away or counted."""
    tree = opened(formula.root, Evaluation(names))
    return not any(
        node.primitive in ("index", "rows", "cols", "size", "shape", "windows", "one_hot", "eye")
        for node in walk(tree.root)
        if isinstance(node, Apply)
    )


def check(case):
    formula = parse(case.text, case.names)
    value = evaluate(formula, case.names)
    whole = lines(formula, case.names, case.precision)
    assert np.array_equal(whole[-1].value, value)
    assert whole[-1].value.shape == value.shape
    covered = [node for line in whole for node in line.covers]
    if flows(case.names, formula):
        evaluation = Evaluation(case.names)
        shown = [evaluation.value(node) for node in covered]
        for result in arithmetic(formula, case.names):
            assert any(np.array_equal(result, one) for one in shown)
    for line in whole:
        assert line.node is line.covers[0]
        assert line.text.isascii()
        assert all(len(row) <= WIDTH for row in line.rows())
        assert line.unfolded
    on_paper(formula, case.names, case.precision)
    return formula, value


@settings(max_examples=times(120))
@given(asked())
def test_any_formula(case):
    try:
        formula, value = check(case)
    except FormulaError:
        with pytest.raises(FormulaError):
            evaluate(parse(case.text, case.names), case.names)
        return
    for cell in range(min(4, value.size)):
        worked = cell_lines(formula, case.names, case.precision, cell)
        assert float(worked[-1].value.reshape(-1)[0]) == value.flat[cell]
        assert all(len(row) <= WIDTH for line in worked for row in line.rows())


@pytest.mark.parametrize("text", ASKED)
@settings(max_examples=times(4))
@given(seed=st.integers(0, 10**6), precision=precisions)
def test_every_prelude_function(text, seed, precision):
    check(drawn(text, seed, precision))


def test_a_line_says_what_it_gives():
    """What stands before the last equals sign, worked out from exact numbers, is what follows."""
    names = {"M": np.array([[1.5, -2.0], [0.25, 3.0]]), "v": np.array([4.0, -0.5])}
    for text in ("M @ v + v", "M * v", "v / 8 - v * v", "sum(M * M) * 2", "mean(M, axis=0)"):
        for line in lines(parse(text, names), names, Precision(decimals=8)):
            for place in line.places:
                left, _, right = line.cell(place).rpartition(" = ")
                expression = re.sub(r"^\[[\d, ]+\]: ", "", left).replace("^", "**")
                found = float(evaluate(parse(expression), {}))
                assert found == pytest.approx(float(right))


def test_a_chain_of_names_is_not_written_out_without_end():
    doubled = "\n".join(f"x{at + 1} = x{at} + x{at}" for at in range(60))
    formula = parse(f"{doubled}\nx60", ["x0"])
    known = {"x0": np.array(1.0)}
    assert on_paper(formula, known, Precision(decimals=3)) is None
    assert float(lines(formula, known, Precision(decimals=3))[-1].value) == 2.0**60


def test_infinities_that_are_meant_can_be_written():
    worked = lines(parse("-ln([0, 1])"), {}, Precision(decimals=2))
    assert worked[-1].text == "[-ln(0), -ln(1)] = [inf, 0]"


def test_nothing_of_nothing():
    worked = lines(parse("v[:0] * 2", ["v"]), {"v": np.array([1.0])}, Precision(decimals=2))
    assert worked[-1].text == "[]"
    assert worked[-1].value.shape == (0,)
