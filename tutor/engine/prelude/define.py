"""How a prelude function is defined: its signature, what it is, and its bodies with conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from tutor.engine.reader import Function

When: TypeAlias = Callable[[Mapping[str, object]], bool]
"""Whether a body holds for arguments: arrays, and the words of options (None, True, "mean")."""

Body: TypeAlias = tuple[str, When | None]


def function(signature: str, about: str, *bodies: str | Body) -> Function:
    """A function as `name(parameter, option=default)`, and the formulas that it stands for.

    The first body that holds is how one writes and works it on paper, the last that holds is how
    it is computed without overflow.
    """
    name, _, rest = signature.rstrip(")").partition("(")
    parameters = []
    for one in rest.split(", "):
        parameter, has_default, default = one.partition("=")
        parameters.append((parameter, default if has_default else None))
    written = tuple((body, None) if isinstance(body, str) else body for body in bodies)
    return Function(name, tuple(parameters), written, about)


def ranks(**expected: int | tuple[int, ...]) -> When:
    """Holds when the arguments are arrays with these numbers of axes."""

    def holds(arguments: Mapping[str, object]) -> bool:
        return all(
            isinstance(array := arguments[name], np.ndarray)
            and array.ndim in (rank if isinstance(rank, tuple) else (rank,))
            for name, rank in expected.items()
        )

    return holds


def says(**words: object) -> When:
    """Holds when the options are these words; `...` stands for anything but None."""

    def holds(arguments: Mapping[str, object]) -> bool:
        return all(
            arguments[name] is not None if word is ... else _same(arguments[name], word)
            for name, word in words.items()
        )

    return holds


def _same(argument: object, word: object) -> bool:
    if isinstance(argument, np.ndarray):
        return isinstance(word, int | float) and argument.ndim == 0 and float(argument) == word
    return argument == word


def both(*conditions: When) -> When:
    """Holds when all the conditions do."""
    return lambda arguments: all(condition(arguments) for condition in conditions)
