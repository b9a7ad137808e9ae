"""What the documentation of lesson files says is so."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from tests.course.mistakes import problems
from tutor.course.experiment import Data, Guess, Lab, Model, Optimiser, Variant
from tutor.course.lesson import Condition, Excuse, Fresh, Given, Kind, Lesson, Option, Step
from tutor.course.load import load
from tutor.engine.slips.vocabulary import SLIPS
from tutor.messages import say

PAGE = (Path(__file__).parents[2] / "docs" / "lesson-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_first_example_is_a_whole_lesson(tmp_path):
    path = tmp_path / "doubling.yaml"
    path.write_text(EXAMPLES[0], encoding="utf-8")
    assert load(path).lesson.steps[0].formula == "2 * x"


def test_the_mistake_that_is_shown_is_found_so(tmp_path):
    text = EXAMPLES[0].replace("prompt:", "promt:")
    (problem,) = problems(tmp_path, text, stem="doubling")
    sentence = say(problem.code, "en", **problem.details)
    assert f"doubling.yaml:{problem.line}:{problem.column}: {sentence}" in PAGE


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_yaml(example):
    # Two ways to write a field stand below each other: each line is an example of its own.
    alternatives = example.splitlines() if example.startswith(("fresh:",)) else [example]
    for alternative in alternatives:
        assert yaml.load(alternative, Loader=yaml.CSafeLoader)


@pytest.mark.parametrize(
    "part",
    [
        Lesson,
        Given,
        Fresh,
        Condition,
        Step,
        Option,
        Excuse,
        Lab,
        Model,
        Data,
        Optimiser,
        Variant,
        Guess,
    ],
)
def test_every_field_is_described(part):
    fields = set(part.__struct_fields__)
    words = set(
        re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`\n]+`", PAGE)) + " ".join(EXAMPLES))
    )
    assert fields <= words


def test_every_slip_that_can_be_excused_is_named():
    (listed,) = re.findall(r"^`(applied-twice [a-z\n -]*)`$", PAGE, re.MULTILINE)
    assert sorted(listed.split()) == sorted(SLIPS)


def test_every_kind_is_described():
    rows = set(re.findall(r"^\| `([a-z]+)` \|", PAGE, re.MULTILINE))
    assert set(get_args(Kind)) <= rows


@pytest.mark.parametrize("number", ["2", "-0.5", ".5", "1e-3"])
def test_the_numbers_that_are_called_numbers_are(tmp_path, number):
    text = EXAMPLES[0].replace("value: 3", f"value: {number}")
    assert f"`{number}`" in PAGE
    assert problems(tmp_path, text, stem="doubling") == ()


@pytest.mark.parametrize("word", ["1/3", "1_000", "0x1F", "010", "12:30", "yes", ".inf"])
def test_what_is_called_no_number_is_none(tmp_path, word):
    text = EXAMPLES[0].replace("value: 3", f"value: {word}")
    assert f"`{word}`" in PAGE
    assert len(problems(tmp_path, text, stem="doubling")) == 1
