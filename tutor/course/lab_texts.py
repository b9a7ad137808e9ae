"""The formulas of an experiment: those within its texts, and the losses that are known exactly."""

from collections.abc import Iterator, Mapping

import numpy as np

from tutor.course.experiment import Lab
from tutor.course.problem import Problem, clipped
from tutor.course.texts import Shown, pieces
from tutor.course.wording import Text
from tutor.course.worksheet import filled, read
from tutor.course.yaml_tree import Key, Places
from tutor.engine.formula import FormulaError
from tutor.engine.precision import Array
from tutor.engine.value import evaluate


def lab_words(text: Text, language: str, givens: Mapping[str, Array]) -> str:
    """A text of an experiment with the lesson's values; as it is written where one has none."""
    words = text.in_language(language)
    try:
        return filled(words, lambda: givens)
    except FormulaError:
        return words


def exact_loss(formula: str, givens: Mapping[str, Array]) -> float | None:
    """The loss that arithmetic gives; None where the numbers give none."""
    try:
        value = evaluate(read(formula, tuple(givens)), dict(givens))
    except FormulaError:
        return None
    return float(value) if not value.ndim and np.isfinite(value) else None


def lab_formula_problems(
    lab: Lab, places: Places, path: tuple[Key, ...], givens: Mapping[str, Array]
) -> Iterator[Problem]:
    """Every formula that cannot be worked out on the givens, or is no loss where one is meant."""
    texts: list[tuple[tuple[Key, ...], Text]] = [((*path, "about"), lab.about)]
    for index, guess in enumerate(lab.guesses):
        where = (*path, "guesses", index)
        texts.append(((*where, "ask"), guess.ask))
        if guess.after is not None:
            texts.append(((*where, "after"), guess.after))
        if guess.exactly is not None:
            yield from _exact_problems(guess.exactly, places, (*where, "exactly"), givens)
    for where, text in texts:
        for language in ("en", "zh"):
            for piece in pieces(text.in_language(language)):
                if isinstance(piece, Shown):
                    at = (*where, language)
                    yield from _worked(piece.formula, places, at, givens, piece.at)[1]


def _exact_problems(
    formula: str, places: Places, path: tuple[Key, ...], givens: Mapping[str, Array]
) -> Iterator[Problem]:
    value, problems = _worked(formula, places, path, givens)
    yield from problems
    if value is not None and (value.ndim or not np.isfinite(value)):
        yield places.problem("check.not-a-loss", path, value=clipped(str(value.tolist())))


def _worked(
    formula: str,
    places: Places,
    path: tuple[Key, ...],
    givens: Mapping[str, Array],
    offset: int = 0,
) -> tuple[Array | None, list[Problem]]:
    try:
        return evaluate(read(formula, tuple(givens)), dict(givens)), []
    except FormulaError as error:
        details = {
            name: value if isinstance(value, str | int | float) else str(value)
            for name, value in error.details.items()
        }
        line, column = places.inside(path, offset + error.column)
        return None, [Problem(error.code, places.file, line, column, details)]
