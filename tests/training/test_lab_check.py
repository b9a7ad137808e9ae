"""Mistakes in experiments, found before a learner meets them, each at its place."""

import re

import pytest

from tests.course.mistakes import EXAMPLE, MARK, changed, marks
from tutor.course.catalog import entries
from tutor.messages import LANGUAGES, say
from tutor.training.catalog import experiment_files
from tutor.training.lab_check import check_file, lab_problems

MODEL = "    model: {kind: softmax-regression, initial: zero}\n"
RATE = "    learning_rate: 0.5\n"
GUESS = "    guesses: [{{ask: {{en: a, zh: b}}, kind: first-loss, exactly: {}}}]\n"

ALONE = """\
id: one
title: {en: One weight, zh: 一个权重}
about: {en: Downhill., zh: 下坡。}
model: {kind: valley, curvatures: [2], lowest: [3], start: [0]}
data: {kind: none}
learning_rate: 0.1
steps: 50
variants:
  - {title: {en: farther, zh: 更远}, set: {learning_rate: 1.1}}
"""


@pytest.mark.parametrize("path", [*entries(), *experiment_files()], ids=lambda path: path.stem)
def test_every_experiment_of_the_course_can_be_trained(path):
    assert lab_problems(path) == ()


def found(tmp_path, text, stem="softmax-small"):
    path = tmp_path / f"{stem}.yaml"
    text, places = marks(text)
    path.write_text(text, encoding="utf-8")
    problems = check_file(path, drawn=1)
    for problem in problems:
        assert all(say(problem.code, language, **problem.details) for language in LANGUAGES)
    assert [(one.line, one.column) for one in problems] == places
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (MODEL, MODEL.replace("initial", "hidden: ¦[3], initial"), "lab.field-not-needed"),
        (RATE, RATE + "    loss: ¦mean-squared-error\n", "lab.unfit"),
        (RATE, RATE + "    watch: {q: ¦p}\n", "lab.unknown-field"),
        (RATE, "    learning_rate: ¦z\n", "lab.not-a-number"),
        (RATE, RATE + "    bind: {W: ¦z}\n", "lab.unknown-field"),
        (RATE, RATE + GUESS.format("¦z"), "check.not-a-loss"),
        (RATE, RATE + GUESS.format("log(¦k)"), "formula.unknown-name"),
        ("en: It learns.", 'en: "From {¦x}."', "formula.unknown-name"),
        (
            RATE,
            RATE + "    variants: [{title: {en: a, zh: b}, set: {batch: ¦1.5}}]\n",
            "lesson.expected-whole",
        ),
        (
            RATE,
            RATE + "    variants: [{title: {en: a, zh: b}, set: {model.initial: ¦zeros}}]\n",
            "lesson.unknown-word-near",
        ),
        (
            RATE,
            RATE + "    variants: [{title: {en: a, zh: b}, set: {data.kind: ¦text}}]\n",
            "lab.unfit-data",
        ),
    ],
)
def test_a_mistake_is_found_where_it_stands(tmp_path, old, new, code):
    (only,) = found(tmp_path, changed(old, new))
    assert only == code or only.startswith(code)


def test_the_example_has_none(tmp_path):
    assert found(tmp_path, EXAMPLE.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", []),
        ("id: one", "id: ¦two", ["lesson.not-file-name"]),
        ("learning_rate: 0.1", "learning_rate: ¦eta", ["lesson.no-lesson"]),
        ("Downhill.", "'At {¦w}.'", ["formula.unknown-name"]),
        ("lowest: [3]", "lowest: [3, 4]", ["lab.valley"]),
        (
            "- {title: {en: farther, zh: 更远}, set: {learning_rate: 1.1}}",
            "- {title: {en: a, zh: b}, set: {learning_rate: ¦-1}}",
            ["lab.out-of-range"],
        ),
        ("data:", "¦date:", ["lesson.unknown-field-near"]),
    ],
)
def test_an_experiment_alone_is_checked_as_well(tmp_path, old, new, codes):
    text = ALONE.replace(old, new) if old else ALONE
    if codes == ["lab.valley"]:
        text = MARK + text
    told = found(tmp_path, text, "one")
    assert [re.sub(r"-near$", "", one) for one in told] == [
        re.sub(r"-near$", "", one) for one in codes
    ]
