"""From characters to tokens: numbers, words and signs as people type them, in one pass.

Nothing here raises: what cannot be read is a token that carries its problem, so that the rest
of a pasted array is still read.
"""

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from tutor.engine.typed import Problem
from tutor.engine.typed_characters import BLANKS, DIGITS, LIST_COMMA, NARROW, run

EXPONENT_LIMIT = 999
"""Longer exponents are typing errors; the limit keeps the count of decimals small too."""

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "ln": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "abs": math.fabs,
}
CONSTANTS = {"pi": math.pi, "e": math.e, "inf": math.inf}
LAST_RESULT = "ans"

Kind = Literal[
    "number",
    "constant",
    "function",
    "sign",
    "operator",
    "percent",
    "open",
    "close",
    "comma",
    "row",
    "list-open",
    "list-close",
    "unreadable",
    "end",
]
SYMBOLS: dict[str, Kind] = {
    "+": "sign",
    "-": "sign",
    "*": "operator",
    "/": "operator",
    "^": "operator",
    "%": "percent",
    "(": "open",
    ")": "close",
    ",": "comma",
    LIST_COMMA: "comma",
    ";": "row",
    "[": "list-open",
    "{": "list-open",
    "]": "list-close",
    "}": "list-close",
}
SIGN_WORDS = {"π": "pi", "∞": "inf", "√": "sqrt"}
SPELLINGS = {"**": "^", "x": "*", "infinity": "inf"} | SIGN_WORDS
WORDS_ASKED_ABOUT = {
    "nan": "answer.nan",
    "log": "answer.which-logarithm",
    "lg": "answer.which-logarithm",
    "true": "answer.true-or-false",
    "false": "answer.true-or-false",
}
LETTERS_FOR_DIGITS = str.maketrans("OolI", "0011")
WRITTEN_INSTEAD = {
    "²": "^2",
    "³": "^3",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "⅓": "1/3",
    "⅔": "2/3",
    "—": "-",
    "―": "-",
    ":": "/",
}


class Written(NamedTuple):
    """A number as written in decimal digits: `15.4%` is 154 with the exponent -3."""

    digits: str
    exponent: int

    @property
    def value(self) -> float:
        """The nearest float: rounded once, from the decimal digits."""
        return float(f"{self.digits}e{self.exponent}")

    @property
    def places(self) -> int:
        """How many decimals were typed."""
        return max(0, -self.exponent)

    def shifted(self, places: int) -> "Written":
        """The number with its decimal point moved to the right."""
        return Written(self.digits, self.exponent + places)

    def negated(self) -> "Written":
        """The number with the other sign."""
        minus = self.digits.startswith("-")
        return Written(self.digits[1:] if minus else "-" + self.digits, self.exponent)


class Token(NamedTuple):
    """One word of a typed calculation, with its place and the blanks before it."""

    kind: Kind
    text: str
    at: int
    end: int
    blank: str = ""
    written: Written | None = None
    problem: Problem | None = None

    @property
    def symbol(self) -> str:
        """The one spelling of an operator, function or constant that has several."""
        word = self.text.lower()
        return SPELLINGS.get(word, word)


def tokens(plain: str) -> list[Token]:
    """The tokens of a plain text; the last is always its end."""
    found: list[Token] = []
    at = 0
    while True:
        start = run(plain, at, BLANKS)
        blank = plain[at:start]
        if start == len(plain):
            found.append(Token("end", "", start, start, blank))
            return found
        found.append(_token(plain, start)._replace(blank=blank))
        at = found[-1].end


def _token(plain: str, at: int) -> Token:
    """The token that begins at a character that is no blank."""
    character = plain[at]
    if plain.startswith("...", at) or character == "…":
        return _unreadable(plain, at, max(run(plain, at, "."), at + 1), "answer.left-out")
    if character in DIGITS or character == ".":
        return _number(plain, at)
    if character.isalpha() or character in SIGN_WORDS:
        return _word(plain, at)
    if plain.startswith("**", at):
        return Token("operator", "**", at, at + 2)
    if character in SYMBOLS:
        return Token(SYMBOLS[character], character, at, at + 1)
    if character == "\\":
        end = at + 1
        while end < len(plain) and plain[end].isalpha():
            end += 1
        return _unreadable(plain, at, end, "answer.tex", command=plain[at:end])
    return _strange(plain, at)


def _number(plain: str, at: int) -> Token:
    """A number: digits with at most one point, perhaps an exponent, perhaps a doubt."""
    end = run(plain, at, DIGITS)
    whole = plain[at:end]
    fraction = ""
    if plain.startswith(".", end):
        fraction_end = run(plain, end + 1, DIGITS)
        fraction, end = plain[end + 1 : fraction_end], fraction_end
    if not whole and not fraction:
        return _unreadable(plain, at, end, "answer.lone-point")
    if plain.startswith(".", end):
        rest = run(plain, end, DIGITS + ".")
        return _unreadable(plain, at, rest, "answer.two-points", end, written=plain[at:rest])
    if (grouped := _grouped_digits(plain, at, end)) is not None:
        return grouped
    if whole == "0" and not fraction and plain[end : end + 1] in ("x", "X"):
        return _unreadable(plain, at, end + 1, "answer.character", end, character=plain[end])
    written = Written(whole + fraction, -len(fraction))
    if plain[end : end + 1] in ("e", "E") and not _is_constant_e(plain, end):
        return _with_exponent(plain, at, end, written)
    return Token("number", plain[at:end], at, end, written=written)


def _is_constant_e(plain: str, at: int) -> bool:
    """Whether an `e` behind digits begins a word (`2exp(1)`) or a power (`2e^3`)."""
    follows = plain[at + 1 : at + 2]
    return follows.isalpha() or plain.startswith(("^", "**"), at + 1)


def _with_exponent(plain: str, at: int, letter: int, written: Written) -> Token:
    """A number in scientific notation, from its `e` on: a whole exponent must follow."""
    start = letter + 1
    digits = start + 1 if plain[start : start + 1] in ("+", "-") else start
    end = run(plain, digits, DIGITS)
    if end == digits or plain.startswith(".", end):
        rest = run(plain, end, DIGITS + ".")
        text = plain[at:rest]
        return _unreadable(plain, at, rest, "answer.exponent", letter, written=text)
    shift = int(plain[start:end]) if end - digits <= 2 * len(str(EXPONENT_LIMIT)) else None
    if shift is None or abs(shift) > EXPONENT_LIMIT:
        return _unreadable(plain, at, end, "answer.exponent-size", start, limit=EXPONENT_LIMIT)
    return Token("number", plain[at:end], at, end, written=written.shifted(shift))


def _grouped_digits(plain: str, at: int, end: int) -> Token | None:
    """The doubt about `1_000`, `1'000` or a narrow space between digits, if there is one.

    Where both sides have a decimal point they are two numbers: nothing to ask.
    """
    mark_end = run(plain, end, NARROW + "_'")
    if mark_end == end or plain[mark_end : mark_end + 1] not in tuple(DIGITS):
        return None
    right_end = run(plain, mark_end, DIGITS + ".")
    if "." in plain[at:end] and "." in plain[mark_end:right_end]:
        return None
    rest = run(plain, mark_end, DIGITS + NARROW + "._'")
    joined = "".join(character for character in plain[at:rest] if character in DIGITS + ".")
    return _unreadable(plain, at, rest, "answer.digit-groups", end, joined=joined)


def _word(plain: str, at: int) -> Token:
    """A function, a constant, the `x` of a product, or a word with its problem."""
    end = at + 1
    if plain[at] not in SIGN_WORDS:
        while end < len(plain) and plain[end].isalpha() and plain[end] not in SIGN_WORDS:
            end += 1
        numbered = run(plain, end, DIGITS)
        if plain[at:numbered].lower() in FUNCTIONS:
            end = numbered
    token = Token("constant", plain[at:end], at, end)
    word = token.symbol
    if word == "*":
        return token._replace(kind="operator")
    if word in FUNCTIONS:
        return token._replace(kind="function")
    if word == "e" and _looks_like_exponent(plain, end):
        return _unreadable(plain, at, end, "answer.e-or-exponent", sign=plain[end])
    if word in CONSTANTS or word == LAST_RESULT:
        return token
    return _unknown_word(plain, at, end)


def _looks_like_exponent(plain: str, at: int) -> bool:
    """Whether a sign and a digit follow without a blank, as in `e-3`."""
    return plain[at : at + 1] in ("+", "-") and plain[at + 1 : at + 2] in tuple(DIGITS)


def _unknown_word(plain: str, at: int, end: int) -> Token:
    """A word that is none of the calculator's, with what is to be written instead."""
    word = plain[at:end]
    if (code := WORDS_ASKED_ABOUT.get(word.lower())) is not None:
        return _unreadable(plain, at, end, code, word=word)
    if (digits := word.translate(LETTERS_FOR_DIGITS)).isdecimal():
        return _unreadable(plain, at, end, "answer.letter-for-digit", letter=word, digit=digits)
    return _unreadable(plain, at, end, "answer.word", word=word)


def _strange(plain: str, at: int) -> Token:
    """A character that no number has, by its name if it cannot be seen."""
    character = plain[at]
    if (instead := WRITTEN_INSTEAD.get(character)) is not None:
        return _unreadable(
            plain, at, at + 1, "answer.write-instead", character=character, instead=instead
        )
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return _unreadable(plain, at, at + 1, "answer.character", character=shown)


def _unreadable(
    plain: str, start: int, end: int, code: str, at: int | None = None, **details: str | int
) -> Token:
    """A token that carries its problem; `at` is the problem's place where not the token's."""
    problem = Problem(code, start if at is None else at, details)
    return Token("unreadable", plain[start:end], start, end, problem=problem)
