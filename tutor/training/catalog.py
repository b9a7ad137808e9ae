"""Every experiment that there is: those of the lessons, and those that stand alone."""

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from tutor.course import catalog
from tutor.course.experiment import Data, Lab, Model
from tutor.course.lab_file import load_lab, stands_alone
from tutor.course.lesson import Lesson
from tutor.course.load import load
from tutor.course.problem import clipped
from tutor.course.worksheet import Worksheet
from tutor.training.experiments import Experiment, checked, experiment, varied
from tutor.training.fits import DATA, SIDES
from tutor.training.idx import read
from tutor.training.refusal import refuse
from tutor.training.store import Claim

ALONE = "experiments"
"""The folder of those that belong to no lesson, beside the lessons."""

KNOBS: Mapping[str, str] = {
    "momentum": "optimiser.momentum",
    "weight_decay": "optimiser.weight_decay",
    "optimiser": "optimiser.kind",
    "activation": "model.activation",
    "initial": "model.initial",
}
"""The knobs of the screen by the fields that they turn, where the names differ."""


class Found(NamedTuple):
    """An experiment, and the lesson with whose numbers it is made."""

    name: str
    """`LESSON/ID`, or the name of its file."""
    lab: Lab
    lesson: Lesson | None = None

    def experiment(self) -> Experiment:
        """What a child trains, with the lesson's own numbers; ExperimentError if it cannot."""
        if self.lesson is None:
            return experiment(self.lab, {})
        givens = Worksheet(self.lesson).givens
        numbers = {name: given.tolist() for name, given in givens.items()}
        return experiment(self.lab, numbers, lesson=self.lesson.id)


class Chosen(NamedTuple):
    """An experiment, and what of it is to be trained."""

    found: Found
    experiment: Experiment
    run: Claim | None = None
    """A run that is kept, to go on with."""


def every(folder: Path | None = None) -> Iterator[Found]:
    """All experiments of the course, the lessons' in their order; LessonError for a broken file."""
    folder = folder or catalog.lesson_folder()
    lessons = [load(path).lesson for path in catalog.entries(folder)]
    for lesson in sorted(lessons, key=lambda one: (one.order, one.id)):
        for lab in lesson.labs:
            yield Found(f"{lesson.id}/{lab.id}", lab, lesson)
    for path in experiment_files(folder):
        yield Found(path.stem, load_lab(path))


def experiment_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The files of those that stand alone."""
    return catalog.entries((folder or catalog.lesson_folder()) / ALONE)


def find(name: str, folder: Path | None = None) -> Found:
    """An experiment by its name: `LESSON/ID`, `LESSON` for its first, `NAME`, or a file.

    Raises CatalogError when there is none of that name, and LessonError for a broken file.
    """
    if name.endswith(catalog.SUFFIXES):
        return _in_file(catalog.find(Path(name)))
    folder = folder or catalog.lesson_folder()
    lesson, slash, wanted = name.partition("/")
    for path in catalog.entries(folder):
        if path.stem == lesson:
            found = _of_lesson(load(path).lesson, wanted if slash else None)
            if found is not None:
                return found
    for path in experiment_files(folder):
        if path.stem == name:
            return Found(name, load_lab(path))
    names = [one.name for one in every(folder)]
    lessons = {known.partition("/")[0] for known in names if "/" in known}
    near = get_close_matches(name[:60], sorted(lessons.union(names)), n=1)
    if lesson in lessons:
        near = [known for known in names if known.startswith(f"{lesson}/")]
    code = "run.unknown-near" if near else "run.unknown-experiment"
    raise catalog.CatalogError(code, name=clipped(name), near=", ".join(near))


def _of_lesson(lesson: Lesson, wanted: str | None) -> Found | None:
    for lab in lesson.labs:
        if wanted in (None, lab.id):
            return Found(f"{lesson.id}/{lab.id}", lab, lesson)
    return None


def _in_file(path: Path) -> Found:
    """The experiment of a file, or the first of a lesson's file."""
    if stands_alone(path):
        return Found(path.stem, load_lab(path))
    found = _of_lesson(load(path).lesson, None)
    if found is None:
        raise catalog.CatalogError("run.no-experiment", file=str(path))
    return found


def turned(made: Experiment, knobs: Mapping[str, str]) -> Experiment:
    """An experiment with knobs set as one types them: by the knob's name, or the field's.

    Raises ExperimentError for an unknown knob, and for a value that it cannot have.
    """
    fields = {name.replace("-", "_"): value for name, value in knobs.items()}
    return varied(made, {KNOBS.get(name, name): _value(text) for name, text in fields.items()})


def _value(text: str) -> float | str | bool | list[int | float]:
    if text.startswith("["):
        try:
            return msgspec.json.decode(text, type=list[int | float])
        except msgspec.DecodeError:
            return text
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def on_folder(made: Experiment, folder: Path) -> Experiment:
    """An experiment with a folder of IDX files for its data; IdxError says what is wrong there.

    Raises ExperimentError for one whose model takes no images of that kind.
    """
    if not _takes_images(made.model) or made.own:
        known = ", ".join(name for name, lab, _ in every() if _shows_images(lab))
        refuse("run.takes-no-images", name=made.name, known=known)
    kind: Literal["idx"] = "idx"
    data = Data(kind, examples=made.data.examples, scale=made.data.scale)
    changed = checked(msgspec.structs.replace(made, data=data, folder=os.path.abspath(folder)))
    read(folder, side=SIDES.get(made.model.kind))
    return changed


def _takes_images(model: Model) -> bool:
    return "idx" in DATA[model.kind]


def _shows_images(lab: Lab) -> bool:
    return _takes_images(lab.model) and lab.data.kind in ("digits", "digits-28", "idx")
