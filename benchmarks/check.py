"""From an 8x8 answer to its verdict on disk, as the screen asks for it: read, judged, written down.

The lesson is a head of attention in three steps, so that the last check must also follow the
learner's own earlier numbers. The search for slips comes after the verdict is shown.
"""

import json
import os
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from benchmarks.rows import Row
from tutor.course.load import load
from tutor.course.reply import typed
from tutor.course.round import Round
from tutor.engine.formula import parse
from tutor.engine.precision import Array, Precision
from tutor.engine.slips.pairs import tried
from tutor.engine.slips.suspects import Asked, Suspects
from tutor.engine.spread import Bounded
from tutor.learner.bookmark import Bookmark
from tutor.learner.journal import Journal

ROUNDS = 50
SIZE = 8
FIRST_TIMES = 15
LINES = 1000
MISTAKES = Path(__file__).parents[1] / "tests" / "commands" / "published_mistakes.jsonl"
HEAD = "scaled_dot_product_attention(Q, K, V)"
STEPS = {"S": "Q @ T(K) / sqrt(cols(K))", "A": "softmax(S, axis=1)", "O": "A @ V"}


def lesson_text() -> str:
    """The lesson as a file; JSON is YAML too."""
    random = np.random.default_rng(1)

    def text(words: str) -> dict[str, str]:
        return {"en": words, "zh": words}

    return json.dumps(
        {
            "id": "eight", "order": 1, "title": text("eight"), "summary": text("eight"),
            "story": text("eight"), "decimals": 3,
            "givens": {
                name: {
                    "title": text(name),
                    "value": np.round(random.uniform(-2, 2, (SIZE, SIZE)), 1).tolist(),
                }
                for name in "QKV"
            },
            "steps": [
                {
                    "id": name.lower(), "title": text(name), "prompt": text(name),
                    "kind": "matrix", "name": name, "formula": formula,
                }
                for name, formula in STEPS.items()
            ],
        }
    )  # fmt: skip


def milliseconds(round: Round, values: Array, overall: str) -> float:
    """The median of the processor's work for a check of the last step."""
    step = round.lesson.steps[-1]
    times = []
    for turn in range(ROUNDS):
        # What was read before is known; a learner's new answer is not.
        cells = [f"{value + turn * 1e-6:.6f}" for value in values.ravel()]
        start = process_time()
        checked = round.check(step, cells)
        times.append(1000 * (process_time() - start))
        assert str(checked.verdict.overall) == overall
    return median(times)


def small() -> dict[str, Array]:
    """A layer of 4."""
    random = np.random.default_rng(2)
    shapes = {"W": (4, 4), "x": (4,), "b": (4,)}
    return {name: np.round(random.uniform(-2, 2, shape), 1) for name, shape in shapes.items()}


NORMED = "layer_norm(x, size(x), b, b)"
ADAM = """m = b1 * m0 + (1 - b1) * g
v = b2 * v0 + (1 - b2) * g ** 2
w - a * (m / (1 - b1 ** t)) / (sqrt(v / (1 - b2 ** t)) + eps)"""


def adam() -> dict[str, Array]:
    """A step of Adam for 4 weights."""
    random = np.random.default_rng(3)
    four = {name: np.round(random.uniform(0.1, 2, 4), 1) for name in ("m0", "v0", "g", "w")}
    one = {"b1": 0.9, "b2": 0.99, "t": 3.0, "a": 0.1, "eps": 1e-8}
    return four | {name: np.asarray(value) for name, value in one.items()}


def first_slips(formula: str, **names: Array) -> tuple[float, float]:
    """The median work of all slips of a step never met before, and of the pairs besides."""
    bounds = {name: Bounded.exactly(value) for name, value in names.items()}
    single, pairs = [], []
    for _ in range(FIRST_TIMES):
        # A formula that was read anew is another one.
        asked = Asked(parse(formula, tuple(names)), bounds, Precision(decimals=3))
        start = process_time()
        suspects = Suspects(asked)
        single.append(1000 * (process_time() - start))
        tried(suspects)
        pairs.append(1000 * (process_time() - start))
    return median(single), median(pairs)


def stack_seconds() -> float:
    """How long `tutor grade` takes for a stack, its start included."""
    lines = MISTAKES.read_text("utf-8").splitlines()
    stack = "\n".join(islice(cycle(lines), LINES)) + "\n"
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tutor", "grade"], input=stack, text=True, check=True,
        capture_output=True, env=dict(os.environ),
    )  # fmt: skip
    return perf_counter() - start


def measure() -> list[Row]:
    """A right answer, a wrong one, and one that follows from own numbers that are not right."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "eight.yaml")
        file.write_text(lesson_text(), encoding="utf-8")
        lesson = load(file).lesson
        with Journal.open(Path(name, "journal.sqlite")) as journal:
            round = Bookmark(journal, lesson, lesson.id).begin(None)
            sheet = round.sheet
            scores, weights, result = lesson.steps
            right = {step.id: sheet.result(step) for step in lesson.steps}
            for step in (scores, weights):
                round.check(step, typed(sheet, step, right[step.id]))
            wrong = right[result.id].copy()
            wrong[0, 0] += 1
            right_took = milliseconds(round, right[result.id], "right")
            wrong_took = milliseconds(round, wrong, "wrong")
            start = process_time()
            round.slips(result)
            slips_took = 1000 * (process_time() - start)
            eight, eight_pairs = first_slips(HEAD, **sheet.givens)
            four, _ = first_slips("softmax(W @ x + b)", **small())
            normed, _ = first_slips(NORMED, **small())
            stepped, _ = first_slips(ADAM, **adam())

            # A row of weights the wrong way round: the result follows from it, and is not right.
            own = right[weights.id].copy()
            own[0] = own[0][::-1]
            round.check(weights, typed(sheet, weights, own))
            follows_took = milliseconds(round, own @ sheet.givens["V"], "follows")
    check, bar = "check of an 8x8 answer, to its place on disk", "<= 5 ms"
    return [
        Row(f"{check}: right", right_took, bar=bar),
        Row(f"{check}: wrong", wrong_took, bar=bar),
        Row(f"{check}: follows", follows_took, bar=bar),
        Row("the search for slips after it", slips_took),
        Row("all slips of a head of attention, 8x8, met first", eight, bar="<= 50 ms"),
        Row("with the pairs, where no slip fits", eight_pairs, bar="<= 50 ms"),
        Row("all slips of a layer's 4 probabilities, met first", four, bar="<= 10 ms"),
        Row("all slips of a layer norm of 4, met first", normed, bar="<= 10 ms"),
        Row("all slips of a step of Adam for 4, met first", stepped, bar="<= 10 ms"),
        Row(
            "tutor grade, 1,000 wrong answers, start included",
            median(stack_seconds() for _ in range(3)),
            bar="<= 5 s",
            unit="s",
        ),
    ]
