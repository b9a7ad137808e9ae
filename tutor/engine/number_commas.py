"""What a comma between digits may mean: a decimal comma, a mark of thousands, or a list.

`0,154` is one number to half of the world and two to the other half: it is asked about, never
guessed. Only commas that touch the digit behind them are in doubt; `0, 154` is two numbers.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tutor.engine.number_tokens import Token
from tutor.engine.typed import Unreadable
from tutor.engine.typed_characters import DIGITS

BEFORE_A_NUMBER = ("open", "list-open", "sign", "operator")


class Doubt(NamedTuple):
    """How digits with commas between them may be read as one number."""

    meaning: Literal["decimal", "either", "thousands"]
    """What the comma would be: that of decimals, of thousands, or it could be either."""
    written: str
    decimal: str
    whole: str


def comma_in_number(tokens: Sequence[Token], index: int) -> Unreadable | None:
    """The question about the comma at an index where one number is asked."""
    numbers = joined_by_commas(tokens, index)
    doubt = _doubt(numbers) or _points_for_thousands(numbers)
    if doubt is None:
        return None
    at = tokens[index].at
    written, decimal, whole = doubt.written, doubt.decimal, doubt.whole
    if doubt.meaning == "decimal":
        return Unreadable("answer.decimal-comma", at, written=written, suggestion=decimal)
    if doubt.meaning == "either":
        return Unreadable(
            "answer.thousands-comma", at, written=written, decimal=decimal, whole=whole
        )
    return Unreadable("answer.digit-groups", at, joined=whole)


def comma_in_list(numbers: Sequence[str], at: int, *, points: bool) -> Unreadable | None:
    """The question about numbers joined by commas where a list may stand.

    Where a decimal point is typed anywhere (`points`), no comma is one.
    """
    doubt = _doubt(numbers)
    if doubt is None or (points and doubt.meaning == "decimal"):
        return None
    written, apart = doubt.written, ", ".join(numbers)
    if doubt.meaning == "thousands" or points:
        return Unreadable("answer.groups-in-list", at, joined=doubt.whole, apart=apart)
    return Unreadable(
        "answer.comma-in-list", at, written=written, decimal=doubt.decimal, apart=apart
    )


def joined_by_commas(tokens: Sequence[Token], index: int) -> list[str]:
    """The numbers that commas join without blanks, from the one before the comma at an index.

    It is empty where nothing stands before the comma, as in `,5`.
    """
    if index == 0 or tokens[index - 1].kind in BEFORE_A_NUMBER:
        joined = [""]
    elif tokens[index - 1].kind == "number":
        joined = [tokens[index - 1].text]
    else:
        return []
    while _touches_both_sides(tokens, index):
        signed = tokens[index + 1].kind == "sign" and not tokens[index + 2].blank
        number = tokens[index + 1 + signed]
        if number.kind != "number":
            break
        joined.append((tokens[index + 1].text if signed else "") + number.text)
        index += 2 + signed
    return joined


def _touches_both_sides(tokens: Sequence[Token], index: int) -> bool:
    comma = tokens[index]
    return comma.text == "," and not comma.blank and not tokens[index + 1].blank


def _doubt(numbers: Sequence[str]) -> Doubt | None:
    """The ways to read numbers joined by commas as one; None when they can only be several."""
    if len(numbers) < 2:
        return None
    written = ",".join(numbers)
    thousands = _groups_of_three(numbers)
    whole = "".join(numbers)
    if len(numbers) > 2 or "." in numbers[1]:
        return Doubt("thousands", written, "", whole) if thousands else None
    left, right = numbers
    if not _digits(left or "0") or right[0] not in DIGITS:
        return None
    decimal = f"{left or 0}.{right}"
    return Doubt("either" if thousands else "decimal", written, decimal, whole)


def _groups_of_three(numbers: Sequence[str]) -> bool:
    """Whether these are digits in groups of three, as in `12,345` or `1,234,567.8`."""
    first, *middle, last = numbers
    groups = [*middle, last.partition(".")[0]]
    return (
        _digits(first)
        and len(first) <= 3
        and not first.startswith("0")
        and all(_digits(group) and len(group) == 3 for group in groups)
    )


def _points_for_thousands(numbers: Sequence[str]) -> Doubt | None:
    """The reading of `1.234,5` as 1234.5, in doubt only where one number is asked."""
    if len(numbers) != 2 or not _digits(numbers[1]):
        return None
    left, right = numbers
    if "." not in left or not _groups_of_three(left.split(".")):
        return None
    joined = left.replace(".", "")
    return Doubt("decimal", f"{left},{right}", f"{joined}.{right}", joined)


def _digits(text: str) -> bool:
    return bool(text) and all(character in DIGITS for character in text)
