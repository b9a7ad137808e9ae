"""Every sentence that the program says, in every language, side by side."""

import importlib
from functools import cache
from typing import NamedTuple

LANGUAGES = ("en", "zh")

ROOMS = {
    "answer": "answers",
    "check": "lesson_check",
    "command": "commands",
    "diagnosis": "diagnoses",
    "formula": "formulas",
    "grid": "grid",
    "guess": "guesses",
    "idx": "idx_files",
    "lab": "lab",
    "learner": "learner",
    "lesson": "lesson_files",
    "made": "made_slips",
    "own": "own_numbers",
    "ranks": "ranks",
    "run": "runs",
    "screen": "screen",
    "slip": "slips",
    "source": "sources",
    "spot": "spot",
    "usage": "usage",
    "verdict": "verdicts",
    "view": "lab_views",
    "watch": "watch",
}
"""Which file of this folder holds the keys of a prefix."""


class Text(NamedTuple):
    """One sentence in every language."""

    en: str
    zh: str


@cache
def room(prefix: str) -> dict[str, Text]:
    """The sentences whose keys begin with a prefix; imported when first needed."""
    module = importlib.import_module(f"{__name__}.{ROOMS[prefix]}")
    texts: dict[str, Text] = module.TEXTS
    return texts


def say(key: str, language: str, /, **values: object) -> str:
    """The sentence of a key in a language, with its values filled in."""
    text = room(key.partition(".")[0])[key]
    sentence: str = getattr(text, language)
    return sentence.format(**values)
