"""Experiments that stand alone, each in its file, with every mistake at its place."""

import pytest

from tutor.course.lab_file import load_lab
from tutor.course.problem import LessonError
from tutor.messages import LANGUAGES, say

TEXT = """\
id: two-moons
title: {en: Two moons, zh: 两个月牙}
about: {en: Watch the border., zh: 看边界。}
model: {kind: multilayer-perceptron, hidden: [8]}
data: {kind: moons}
learning_rate: 0.1
"""


@pytest.fixture
def mistakes(tmp_path):
    """The mistakes of a file as line, column and code; each must be said in every language."""

    def found(text, name="two-moons.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        with pytest.raises(LessonError) as caught:
            load_lab(path)
        problems = caught.value.problems
        assert all(say(p.code, at, **p.details) for p in problems for at in LANGUAGES)
        return [(one.line, one.column, one.code) for one in problems]

    return found


def test_an_experiment_is_read(tmp_path):
    path = tmp_path / "two-moons.yaml"
    path.write_text(TEXT, "utf-8")
    lab = load_lab(path)
    assert (lab.id, lab.model.hidden, lab.data.kind) == ("two-moons", (8,), "moons")


def test_its_name_is_its_files(mistakes):
    assert mistakes(TEXT, "moons.yaml") == [(1, 5, "lesson.not-file-name")]


def test_there_is_no_lesson_to_take_anything_from(mistakes):
    taking = TEXT.replace("0.1", "eta") + "bind: {x: x}\n"
    assert {code for _, _, code in mistakes(taking)} == {"lesson.no-lesson"}
    assert [line for line, _, _ in mistakes(taking)] == [6, 7]


def test_every_mistake_is_found_at_once(mistakes):
    found = mistakes(TEXT.replace("kind: moons", "kind: suns") + "colour: red\n")
    assert sorted(line for line, _, _ in found) == [5, 7]


@pytest.mark.parametrize("text", ["- 1\n", "just text\n"])
def test_what_is_no_experiment(mistakes, text):
    assert mistakes(text)[0][2] == "lesson.not-a-lesson"
