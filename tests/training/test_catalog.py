"""Experiments by name: of lessons, alone, in files; and what may be turned before the start."""

import re
import shutil

import numpy as np
import pytest

from tests.course.test_lab_file import TEXT
from tests.training.test_idx import IMAGES, LABELS, NAMES, written
from tutor.course import catalog as lessons
from tutor.course.catalog import CatalogError
from tutor.course.load import load
from tutor.messages import LANGUAGES, say
from tutor.training.catalog import every, find, on_folder, turned
from tutor.training.idx import IdxError
from tutor.training.refusal import ExperimentError


@pytest.fixture
def shelf(tmp_path):
    """One lesson and one experiment that stands alone."""
    shutil.copy(lessons.find("softmax-regression"), tmp_path)
    alone = tmp_path / "experiments"
    alone.mkdir()
    (alone / "two-moons.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def test_every_experiment_of_the_course_can_be_trained_and_found():
    names = [one.name for one in every()]
    assert len(set(names)) == len(names) > 5
    for one in every():
        made = one.experiment()
        assert made.name == one.name
        assert find(one.name).lab == one.lab


def test_names_of_lessons_and_of_those_that_stand_alone(shelf):
    (first, *_), last = load(shelf / "softmax-regression.yaml").lesson.labs, "two-moons"
    names = [one.name for one in every(shelf)]
    assert (names[0], names[-1]) == (f"softmax-regression/{first.id}", last)
    for name in ("softmax-regression", f"softmax-regression/{first.id}"):
        found = find(name, shelf)
        assert found.lab == first and found.lesson is not None
    found = find(last, shelf)
    assert (found.name, found.lesson, found.experiment().data.kind) == (last, None, "moons")


def test_a_file_is_read_for_what_it_is(shelf):
    assert find(str(shelf / "experiments" / "two-moons.yaml")).name == "two-moons"
    name = find(str(shelf / "softmax-regression.yaml")).name
    assert name.startswith("softmax-regression/")


def test_a_lesson_without_experiments_has_none(tmp_path):
    lesson = lessons.find("softmax-regression").read_text("utf-8")
    path = tmp_path / "softmax-regression.yaml"
    bare, removed = re.subn(r"\nlabs:\n(?:[ -].*\n|\n)*", "\n", lesson)
    assert removed == 1
    path.write_text(bare, "utf-8")
    with pytest.raises(CatalogError) as caught:
        find(str(path))
    assert caught.value.code == "run.no-experiment"
    with pytest.raises(CatalogError):
        find("softmax-regression", tmp_path)


def test_knobs_are_turned_by_their_names_and_by_those_of_the_fields(shelf):
    made = find("two-moons", shelf).experiment()
    changed = turned(made, {
        "learning-rate": "1e-2", "optimiser": "adam", "weight_decay": "0.5", "activation": "tanh",
        "initial": "xavier", "batch": "7", "steps": "9", "seed": "3", "data.noise": "0",
    })  # fmt: skip
    assert (changed.learning_rate, changed.batch, changed.steps, changed.seed) == (0.01, 7, 9, 3)
    assert (changed.optimiser.kind, changed.optimiser.weight_decay) == ("adam", 0.5)
    assert (changed.model.activation, changed.model.initial) == ("tanh", "xavier")
    assert changed.data.noise == 0 and made.batch == 32


def test_what_is_true_or_false_is_turned_too():
    made = find("attention").experiment()
    assert not turned(made, {"model.scaled": "false"}).model.scaled


def test_a_list_is_written_as_in_a_file():
    made = find("ravine").experiment()
    assert turned(made, {"model.start": "[2, -0.5]"}).model.start == (2, -0.5)
    assert turned(find("xor").experiment(), {"model.hidden": "[4,3]"}).model.hidden == (4, 3)


@pytest.mark.parametrize(
    "knobs",
    [
        {"colour": "red"}, {"batch": "many"}, {"batch": "0"}, {"optimiser": "newton"},
        {"learning_rate": "nan"}, {"learning_rate": "-1"}, {"name": "x"}, {"folder": "/"},
        {"model.heads": "2"}, {"model.hidden": "[4,"},
        {"data": "moons"}, {"model.": "x"}, {"seed": "1.5"},
    ],
)  # fmt: skip
def test_what_cannot_be_turned_is_told(shelf, knobs):
    made = find("two-moons", shelf).experiment()
    with pytest.raises(ExperimentError) as caught:
        turned(made, knobs)
    error = caught.value
    assert all(say(error.code, language, **error.details) for language in LANGUAGES)


# Images of one's own


@pytest.fixture
def folder(tmp_path):
    for name in NAMES:
        array = np.zeros((5, 28, 28), np.uint8) if "images" in name else LABELS
        (tmp_path / f"{name}-ubyte").write_bytes(written(array))
    return tmp_path


def test_an_experiment_on_images_takes_those_of_a_folder(folder, monkeypatch):
    made = find("softmax").experiment()
    monkeypatch.chdir(folder.parent)
    changed = on_folder(made, folder.relative_to(folder.parent))
    assert (changed.data.kind, changed.folder) == ("idx", str(folder))
    assert changed.model == made.model


@pytest.mark.parametrize("name", ["attention", "softmax-regression", "glyphs"])
def test_an_experiment_on_other_data_takes_no_images(folder, name):
    with pytest.raises(ExperimentError) as caught:
        on_folder(find(name).experiment(), folder)
    assert caught.value.code == "run.takes-no-images"
    assert {"softmax/digits", "lenet-5"} <= set(caught.value.details["known"].split(", "))
    assert all(say(caught.value.code, one, **caught.value.details) for one in LANGUAGES)


def test_a_damaged_folder_is_told_before_anything_starts(folder):
    (folder / f"{NAMES[0]}-ubyte").write_bytes(written(IMAGES)[:30])
    with pytest.raises(IdxError):
        on_folder(find("softmax").experiment(), folder)
