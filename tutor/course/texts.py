"""Texts of a lesson: the values within their braces, and the characters they may hold."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple


class Shown(NamedTuple):
    """A value within a text: `{formula}` or `{formula:2}` for two decimals."""

    formula: str
    decimals: int | None
    at: int
    """The first character of the formula in the text, from 0."""


class BraceError(ValueError):
    """A brace without its partner, or with nothing between the two."""

    def __init__(self, code: str, at: int) -> None:
        """Keep what is wrong and the character, from 0, where it is."""
        super().__init__(code)
        self.code = code
        self.at = at


def pieces(text: str) -> tuple[str | Shown, ...]:
    """The plain parts and the values of a text, in order; `{{` and `}}` are literal braces."""
    found: list[str | Shown] = []
    words = ""
    at = 0
    while at < len(text):
        character = text[at]
        if character in "{}" and text[at + 1 : at + 2] == character:
            words += character
            at += 2
        elif character == "}":
            raise BraceError("lesson.brace-not-opened", at)
        elif character == "{":
            if words:
                found.append(words)
                words = ""
            end = text.find("}", at)
            if end < 0 or "{" in text[at + 1 : end]:
                raise BraceError("lesson.brace-not-closed", at)
            found.append(shown(text[at + 1 : end], at + 1))
            at = end + 1
        else:
            words += character
            at += 1
    return (*found, words) if words else tuple(found)


def shown(inside: str, at: int) -> Shown:
    """What stands between two braces: a formula, and how many decimals it is shown with."""
    formula, colon, decimals = inside.rpartition(":")
    if colon and decimals.isascii() and decimals.isdigit() and len(decimals) == 1:
        places: int | None = int(decimals)
    else:
        formula, places = inside, None
    if not formula.strip():
        raise BraceError("lesson.brace-empty", at - 1)
    leading = len(formula) - len(formula.lstrip())
    return Shown(formula.strip(), places, at + leading)


INSTEAD = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "―": "-",
    "‖": "||",
    "…": "...",
    "·": "*",
    "×": "x",
    "÷": "/",
    "±": "+-",
    "λ": "lambda",
    "Λ": "Lambda",
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "⇒": "=>",
    "⇔": "<=>",
    "√": "sqrt",
    "∑": "sum",
    "∏": "product",
    "∂": "d",
    "∇": "grad",
    "∞": "inf",
    "≈": "~=",
    "≠": "!=",
    "≡": "==",
    "≤": "<=",
    "≥": ">=",
    "∈": "in",
    "∼": "~",
    "°": "degrees",
    "²": "^2",
    "³": "^3",
    "¹": "^1",
    "½": "1/2",
    "¼": "1/4",
    "•": "-",
    "●": "*",
    "─": "-",
    "│": "|",
}
"""What to write for characters that take one cell in some terminals and two in others."""


class Unfit(NamedTuple):
    """A character that a text may not hold, and what to write for it (or nothing)."""

    code: str
    at: int
    character: str
    instead: str


def unfit(text: str) -> Iterator[Unfit]:
    """The characters of a text that a terminal cannot be trusted with, each once."""
    if text.isascii() and text.isprintable():
        return
    seen = set()
    for at, character in enumerate(text):
        if character in seen or (character.isascii() and character.isprintable()):
            continue
        seen.add(character)
        if character == "\n":
            continue
        if unicodedata.east_asian_width(character) == "A":
            yield Unfit("lesson.ambiguous-width", at, character, instead_of(character))
        elif not character.isprintable() and character != "\u3000":
            yield Unfit("lesson.unseen-character", at, f"U+{ord(character):04X}", "")


def instead_of(character: str) -> str:
    """What to write in ASCII for a character of ambiguous width: `sigma` for the Greek letter."""
    if character in INSTEAD:
        return INSTEAD[character]
    name = unicodedata.name(character, "")
    letter = name.rpartition(" LETTER ")[2].split(" WITH ")[0]
    if name.startswith("GREEK CAPITAL"):
        return letter.capitalize()
    return letter.lower() if name.startswith("GREEK") else ""
