"""What a learner reads of a slip: made by working another formula than the one that is asked."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from rich.cells import cell_len

from tests.engine.formulas import asked
from tutor.cells import Grid
from tutor.course.catalog import entries
from tutor.course.lesson import CHOICE_KINDS
from tutor.course.load import load
from tutor.course.round import Round
from tutor.course.worksheet import EXACT_KINDS, Worksheet
from tutor.engine.formula import FormulaError, parse
from tutor.engine.slips.described import described
from tutor.engine.slips.search import Slip
from tutor.engine.slips.suspects import Asked, Suspects
from tutor.engine.spread import Bounded
from tutor.engine.value import evaluate
from tutor.messages import LANGUAGES, room
from tutor.slip_words import named, sentence
from tutor.telling import Telling

LESSONS = {lesson.id: lesson for path in entries() for lesson in (load(path).lesson,)}
LONGEST = 155
"""Columns of a sentence: two lines of a screen of 80."""


def told(lesson, step_id, worked, language="en"):
    """What is said to somebody who works this formula at a step, or writes these cells."""
    round_ = Round(LESSONS[lesson], (), lambda event, state: None)
    sheet, step = round_.sheet, round_.sheet.step(step_id)
    if isinstance(worked, str):
        values = {name: one.value for name, one in sheet.names(step).items()}
        numbers = evaluate(parse(worked, tuple(values)), values).ravel().tolist()
        worked = [sheet.precision(step).text(number) for number in numbers]
    round_.move(step_id)
    round_.check(step, worked)
    return Telling(round_, language).slips(step)


CASES = [
    ("softmax", "exponentials", "2 ** z",
     "You worked 2 ** z; asked is exp(z)."),
    ("softmax", "exponentials", "z",
     "exp was left out: z (scores) was used as it is."),
    ("softmax", "probabilities", "E",
     "The division was left out: divide by S (Their sum)."),
    ("softmax", "ratio", "exp(z[1] - z[0])",
     "The order is turned round: you worked z[1] - z[0], not z[0] - z[1]."),
    ("softmax", "warm-scores", "z * T_high",
     "You worked z * T_high; asked is z / T_high."),
    ("softmax", "cold-probabilities", "exp(z) / sum(exp(z))",
     "The division was left out: divide by T_low (low temperature)."),
    ("softmax", "shift", "u + max(u)",
     "max(u) was added; it has to be subtracted."),
    ("softmax", "exponentials", "exp(z)[::-1]",
     "The numbers are there, but in reverse order."),
    ("cross-entropy", "loss", "-sum(y * log10(q))",
     "The logarithm was taken to base 10; ln is to base e."),
    ("cross-entropy", "loss", "sum(y * ln(q))",
     "The minus in front of sum(y * ln(q)) was lost."),
    ("cross-entropy", "sums", "mean(E, axis=1)",
     "The mean of E (e^Z) was taken; asked is the sum of 4 numbers."),
    ("cross-entropy", "batch-mean", "total",
     "The division was left out: divide by 3."),
    ("cross-entropy", "from-logits", "exp(z)",
     "The division was left out: divide by sum(exp(z))."),
    ("convolution", "map", "conv2d(X, K[::-1, ::-1])",
     "K (kernel) was flipped; here a kernel slides as it is written."),
    ("convolution", "map", "conv2d(X, T(K))",
     "Rows stand where columns belong: you worked conv2d(X, T(K)), not conv2d(X, K)."),
    ("convolution", "channel-map", "conv2d(C[0], D[0]) + conv2d(C[1], D[1])",
     "b[0] was left out: it has to be added."),
    ("convolution", "channel-map", "conv2d(C[0], D[0]) + b[0]",
     "conv2d(C[1], D[1]) was left out: it has to be added."),
    ("convolution", "channel-map", "conv2d(C[0], D[0]) + conv2d(C[1], D[1]) + b[1]",
     "A neighbouring entry was picked: b[1], not b[0]. Entries count from 0."),
    ("convolution", "parameters", "channels_out * (channels_in * side + 1)",
     "The square was left out: side (side of its kernels) was used as it is."),
    ("pooling", "max-map", "avg_pool2d(X, 2)",
     "This is the mean; the maximum is asked. You worked avg_pool2d(X, 2), not max_pool2d(X, 2)."),
    ("pooling", "window-mean", "sum(w)",
     "The sum of w (one window) was taken; asked is the mean of 4 numbers."),
    ("pooling", "average-gradient", "G[arange(4) // 2][:, arange(4) // 2]",
     "The division was left out: divide by 4."),
    ("pooling", "rounding", "ceil((n - k) / k) + 1",
     "It was rounded up; it has to be rounded down."),
    ("softmax-regression", "scores", "W @ x",
     "b (biases) was left out: it has to be added."),
    ("softmax-regression", "scores", "T(W) @ x + b",
     "W (weights) was transposed; it has to be used as it is."),
    ("softmax-regression", "scores", "W @ x - b",
     "b (biases) was subtracted; it has to be added."),
    ("softmax-regression", "delta", "y - p",
     "The order is turned round: you worked y - p, not p - y."),
    ("softmax-regression", "weight-gradient", "outer(x, delta)",
     "Rows stand where columns belong: you worked outer(x, delta), not outer(delta, x)."),
    ("softmax-regression", "new-weights", "W + lr * dW",
     "lr * dW was added; it has to be subtracted."),
    ("softmax-regression", "new-weights", "W - dW",
     "The factor lr (learning rate) was left out."),
    ("softmax-regression", "new-weights", "T(W - lr * dW)",
     "Rows and columns of the answer changed places."),
    ("softmax-regression", "new-scores", "W @ x + b_new",
     "W (weights) was used where W_new (The new W) belongs."),
    ("softmax-regression", "loss", "-ln(1 - p[k])",
     "One minus a number was taken for the number: you worked ln(1 - p[k]), not ln(p[k])."),
    ("softmax-regression", "new-biases", "b - lr * db * 0.1",
     "It was multiplied by lr (learning rate) twice."),
    ("attention", "scaled", "S / cols(K)",
     "The square root was left out: cols(K) = 2 was used as it is."),
    ("attention", "scaled", "S",
     "The division was left out: divide by sqrt(cols(K))."),
    ("attention", "weights", "E / sum(E, axis=0, keepdims=True)",
     "The sum was taken down each column; it has to be taken along each row."),
    ("attention", "scores", "Q @ T(V)",
     "V (values) was used where K (keys) belongs."),
    ("attention", "output", "A @ K",
     "K (keys) was used where V (values) belongs."),
    ("attention", "exponentials", "exp(-Z)",
     "A sign is turned round: you worked exp(-Z), not exp(Z)."),
    ("attention", "third-query", "K @ q",
     "The division was left out: divide by sqrt(cols(K))."),
]  # fmt: skip


@pytest.mark.parametrize(("lesson", "step", "worked", "said"), CASES)
def test_a_slip_is_said_with_what_was_done_and_where(lesson, step, worked, said):
    assert told(lesson, step, worked)[0] == said


@pytest.mark.parametrize(
    ("lesson", "step", "worked", "said"),
    [
    ("softmax", "exponentials", "2 ** z", "你算的是 2 ** z；要求的是 exp(z)。"),
    ("softmax", "warm-scores", "z * T_high", "你算的是 z * T_high；要求的是 z / T_high。"),
    ("cross-entropy", "loss", "-sum(y * log10(q))", "对数取了以 10 为底；ln 以 e 为底。"),
    ("cross-entropy", "from-logits", "exp(z)", "漏了除法：要除以 sum(exp(z))。"),
    ("convolution", "channel-map", "conv2d(C[0], D[0]) + b[0]", "漏加了 conv2d(C[1], D[1])。"),
    ("pooling", "window-mean", "sum(w)", "求了 w（一个窗口）的总和；要求的是 4 个数的平均值。"),
    ("softmax-regression", "scores", "T(W) @ x + b", "W（权重）被转置了；应该按原样使用。"),
    ("softmax-regression", "new-weights", "W + lr * dW", "加上了 lr * dW；应该减去。"),
    ("softmax-regression", "loss", "-ln(1 - p[k])",
     "1 减去一个数和这个数本身弄混了：你算的是 ln(1 - p[k])，不是 ln(p[k])。"),
    ("attention", "weights", "E / sum(E, axis=0, keepdims=True)",
     "按每一列求了和；应该按每一行求。"),
    ("attention", "third-query", "K @ q", "漏了除法：要除以 sqrt(cols(K))。"),
    ],
)  # fmt: skip
def test_it_is_said_in_chinese(lesson, step, worked, said):
    assert told(lesson, step, worked, "zh")[0] == said


@cache
def all_slips(lesson):
    """Every slip of every step of a lesson, as it would be said of all cells, and where it is."""
    sheet = Worksheet(LESSONS[lesson])
    found = []
    for step in sheet.lesson.steps:
        if step.kind in CHOICE_KINDS:
            continue
        exact, others = step.kind in EXACT_KINDS, sheet.other_results(step)
        asked = Asked(sheet.formula(step), sheet.names(step), sheet.precision(step), exact, others)
        suspects = Suspects(asked)
        cells = tuple(range(suspects.right.value.size))
        for one in suspects.all:
            told_of = cells[:1] if one.local else cells
            kind, details = described(one, suspects, told_of)
            slip = Slip(one.slip, "x", one.gives, told_of, 1.0, kind, details)
            found.append((sheet, step, suspects, slip))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_no_sentence_gives_a_right_number_away_or_is_too_long(lesson, language):
    for sheet, step, suspects, slip in all_slips(lesson):
        right = suspects.right.value
        said = sentence(slip, language, Grid(right.shape), sheet)
        assert "{" not in said
        assert cell_len(said) <= LONGEST, said
        wrong = [cell for cell in slip.cells if slip.gives.ravel()[cell] != right.ravel()[cell]]
        hidden = {suspects.asked.precision.text(right.ravel()[cell]) for cell in wrong}
        known = re.findall(r"[\d.]+", suspects.asked.formula.text)
        written = re.findall(r"\d+\.\d+", said)
        assert not hidden & (set(written) - set(known)), (step.id, said)


def test_every_kind_that_the_engine_tells_apart_in_the_lessons_has_its_sentence():
    kinds = {
        f"made.{slip.id}-{slip.kind}"
        for lesson in LESSONS
        for _, _, _, slip in all_slips(lesson)
        if slip.kind not in ("", "instead")
    }
    assert kinds <= set(room("made"))
    assert len(kinds) > 40


def test_a_cell_that_is_wrong_by_itself_is_named():
    right = ["0.659", "0.242", "0.099"]
    (said, *_) = told("softmax", "probabilities", [right[0], "2.42", right[2]])
    assert said == "dog: The decimal point stands one place too far to the right."
    (said, *_) = told("softmax", "probabilities", [right[0], right[2], right[2]])
    assert said == "dog: This is the number of another cell: pig."


def test_two_slips_at_once_are_said_as_such():
    assert told("softmax-regression", "new-weights", "W + dW") == [
        "The factor lr (learning rate) was left out.",
        "And at the same time: lr * dW was added; it has to be subtracted.",
    ]


@given(asked(depth=3))
@settings(max_examples=25, deadline=None)
def test_every_slip_of_any_formula_can_be_said(one):
    names = {name: Bounded.exactly(value) for name, value in one.names.items()}
    question = Asked(parse(one.text, tuple(names)), names, one.precision)
    try:
        suspects = Suspects(question)
    except FormulaError:
        return
    right = suspects.right.value
    cells = tuple(range(right.size))
    for suspect in suspects.all:
        kind, details = described(suspect, suspects, cells[:1] if suspect.local else cells)
        slip = Slip(suspect.slip, "", suspect.gives, cells, 1.0, kind, details)
        for language in LANGUAGES:
            assert "{" not in sentence(slip, language, Grid(right.shape))


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("Z", "logits Z of a batch", "Z (logits Z of a batch)"),
        ("b", "bias b", "b (bias)"),
        ("C", "input C, 2 channels", "C (input)"),
        ("unsure", "p when right but unsure", "unsure (p when right but unsure)"),
        ("z", "scores (logits) z", "z (scores)"),
        ("z", "", "z"),
        ("z", "a title that is much too long to stand in a sentence", "z"),
    ],
)
def test_a_quantity_has_its_title_beside_its_name(name, title, said):
    assert named(name, title, "en") == said
