"""The check of experiments: whether a child could train what a file declares."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tutor.course.check import DRAWN, check
from tutor.course.experiment import Lab, Variant
from tutor.course.lab_file import read_lab, stands_alone
from tutor.course.lab_texts import lab_formula_problems
from tutor.course.load import load
from tutor.course.problem import LessonError, Problem
from tutor.course.worksheet import Worksheet
from tutor.course.yaml_tree import Key, Places
from tutor.training.experiments import experiment
from tutor.training.refusal import ExperimentError


def check_file(path: Path, drawn: int = DRAWN) -> tuple[Problem, ...]:
    """Every mistake in the file of a lesson, or of an experiment that stands alone."""
    try:
        alone = stands_alone(path)
        return (() if alone else check(path, drawn)) or lab_problems(path)
    except LessonError as error:
        return error.problems


def lab_problems(path: Path) -> tuple[Problem, ...]:
    """What is wrong with the experiments of a file that is otherwise good; raises LessonError."""
    if stands_alone(path):
        lab, places = read_lab(path)
        wrong = (*lab_formula_problems(lab, places, (), {}), *_untrainable(lab, places, (), {}))
        return tuple(wrong)
    lesson, places = load(path)
    numbers = {name: one.tolist() for name, one in Worksheet(lesson).givens.items()}
    labs = enumerate(lesson.labs)
    found = (_untrainable(lab, places, ("labs", index), numbers) for index, lab in labs)
    return tuple(problem for problems in found for problem in problems)


def _untrainable(
    lab: Lab, places: Places, path: tuple[Key, ...], numbers: Mapping[str, object]
) -> Iterator[Problem]:
    """Why a child would refuse the experiment, or one of its variants."""
    variants: list[tuple[tuple[Key, ...], Variant | None]] = [(path, None)]
    variants += [((*path, "variants", at), one) for at, one in enumerate(lab.variants)]
    for where, variant in variants:
        try:
            experiment(lab, numbers, variant)
        except ExperimentError as error:
            field = str(error.details.get("field", ""))
            keys = field.split(".", 1) if variant is None else ["set", field]
            yield places.problem(error.code, (*where, *keys), **error.details)
            return
