"""Lesson files with a mistake, and what is found in them."""

from pathlib import Path

from tutor.course.load import LessonError, Problem, load
from tutor.messages import LANGUAGES, say

EXAMPLE = Path(__file__).parent / "files" / "softmax-small.yaml"
MARK = "¦"
"""Stands in a text where the mistake is expected to be found."""

Found = tuple[str, int, int]


def changed(old: str, new: str) -> str:
    """The example with one of its parts written otherwise."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the example"
    return text.replace(old, new)


def marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the line and column of each."""
    places = []
    while MARK in text:
        index = text.index(MARK)
        line = text.count("\n", 0, index) + 1
        places.append((line, index - (text.rfind("\n", 0, index) + 1) + 1))
        text = text.replace(MARK, "", 1)
    return text, places


def problems(folder: Path, text: str | bytes, stem: str = "softmax-small") -> tuple[Problem, ...]:
    """The mistakes of a lesson file, after saying each of them in every language."""
    path = folder / f"{stem}.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        load(path)
    except LessonError as error:
        for problem in error.problems:
            assert problem.file == str(path)
            for language in LANGUAGES:
                assert say(problem.code, language, **problem.details)
        return error.problems
    return ()


def found(folder: Path, text: str | bytes, stem: str = "softmax-small") -> list[Found]:
    """The mistakes of a lesson file by code, line and column."""
    return [(p.code, p.line, p.column) for p in problems(folder, text, stem)]


def expected(text: str, *codes: str) -> tuple[str, list[Found]]:
    """The text without its marks, and the mistakes that are to be found at them."""
    bare, places = marks(text)
    assert len(places) == len(codes), "one mark for each mistake"
    return bare, [(code, *place) for code, place in zip(codes, places, strict=True)]
