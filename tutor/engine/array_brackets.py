"""Which brackets of a typed array hold lists, and which belong to a calculation.

`[` always begins a list. `(` begins one when its contents fall apart (`(1, 2)`, `((1 2) (3 4))`)
and no function or operator stands before it; else it is a bracket of arithmetic: `(1+2)/3`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tutor.engine.number_tokens import Token
from tutor.engine.typed import Unreadable

NESTING_LIMIT = 8
"""How deep lists may stand in lists."""

CLOSES = {")": "(", "]": "[", "}": "{"}
OPENING = ("open", "list-open")
CLOSING = ("close", "list-close")
ENDS_A_NUMBER = ("number", "constant", "percent", "unreadable")
BEGINS_A_NUMBER = ("number", "constant", "function", "unreadable")
CALCULATES = ("function", "sign", "operator")


class Brackets(NamedTuple):
    """The brackets of a text by the index of their token."""

    partner: dict[int, int]
    """From each opening bracket to the one that closes it."""
    lists: set[int]
    """The opening brackets that begin a list."""


@dataclass(slots=True)
class _Open:
    """A bracket still open while the tokens are gone through."""

    index: int
    square: bool
    calculates: bool
    """Whether a function or an operator stands before it."""
    falls_apart: bool = False

    @property
    def is_list(self) -> bool:
        return self.square or (self.falls_apart and not self.calculates)


def boundary(tokens: Sequence[Token], index: int) -> bool:
    """Whether a blank before the token at an index ends one cell and begins another.

    A sign begins a cell when a blank stands before it and none after it: `1 -2` is two cells.
    """
    before, token = tokens[index - 1], tokens[index]
    if before.kind not in (*ENDS_A_NUMBER, *CLOSING):
        return False
    if token.kind == "list-open":
        return True
    if not token.blank:
        return False
    if token.kind == "sign":
        return not tokens[index + 1].blank and tokens[index + 1].kind != "end"
    return token.kind in (*BEGINS_A_NUMBER, "open")


def unclear_sign(tokens: Sequence[Token], index: int) -> bool:
    """Whether a sign between two numbers has blanks on both sides: `1 - 2` among other cells."""
    before, token, after = tokens[index - 1 : index + 2]
    follows = before.kind in (*ENDS_A_NUMBER, *CLOSING)
    return token.kind == "sign" and follows and bool(token.blank and after.blank)


def match(tokens: Sequence[Token]) -> Brackets:
    """Pair the brackets of a text and find its lists, in one pass."""
    partner: dict[int, int] = {}
    lists: set[int] = set()
    waiting: list[_Open] = []
    for index, token in enumerate(tokens):
        if waiting and _falls_apart(tokens, index):
            waiting[-1].falls_apart = True
        if token.kind in OPENING:
            calculates = index > 0 and tokens[index - 1].kind in CALCULATES
            waiting.append(_Open(index, token.kind == "list-open", calculates))
        elif token.kind in CLOSING:
            opened = _closed(tokens, waiting, token)
            partner[opened.index] = index
            if opened.is_list:
                lists.add(opened.index)
                if waiting:
                    waiting[-1].falls_apart = True
    if waiting:
        opening = tokens[waiting[-1].index]
        raise Unreadable("answer.unclosed", opening.at, bracket=opening.text)
    _limit_nesting(tokens, partner, lists)
    return Brackets(partner, lists)


def _falls_apart(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].kind in ("comma", "row") or boundary(tokens, index)


def _closed(tokens: Sequence[Token], waiting: list[_Open], closing: Token) -> _Open:
    """The bracket that a closing one closes, taken from those that wait."""
    if not waiting:
        raise Unreadable("answer.unopened", closing.at, bracket=closing.text)
    opened = waiting.pop()
    opening = tokens[opened.index].text
    if CLOSES[closing.text] != opening:
        raise Unreadable("answer.mismatched", closing.at, opening=opening, closing=closing.text)
    return opened


def _limit_nesting(tokens: Sequence[Token], partner: dict[int, int], lists: set[int]) -> None:
    """Refuse lists that are nested too deep to be an array."""
    ends: list[int] = []
    for index, token in enumerate(tokens):
        if ends and ends[-1] == index:
            ends.pop()
        if index in lists:
            ends.append(partner[index])
            if len(ends) > NESTING_LIMIT:
                raise Unreadable("answer.too-deep", token.at, limit=NESTING_LIMIT)
