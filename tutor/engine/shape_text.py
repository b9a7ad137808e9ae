"""A shape as people type it: whole numbers with commas, blanks or `x` between them."""

from collections.abc import Sequence

from tutor.engine.number_tokens import Token, Written, tokens
from tutor.engine.typed import Cell, Reading, Unreadable

BETWEEN = ("by", "乘")
"""Words that stand between sizes; `x`, `×` and `*` are signs of a product."""
PAIRS = ("()", "[]", "{}")


def read_sizes(text: str, plain: str) -> Reading:
    """The vector of the sizes of a shape as typed, given its plain form; raises Unreadable.

    `()` has no sizes; where nothing is typed there is one blank cell.
    """
    words: Sequence[Token] = tokens(plain)[:-1]
    if not words:
        return Reading((1,), (Cell(text),))
    words = _without_brackets(words)
    cells: list[Cell] = []
    after_mark = True
    for word in words:
        if _is_mark(word):
            if after_mark:
                raise Unreadable("answer.size-missing", word.at, symbol=word.text)
            after_mark = True
            continue
        cells.append(_size(text, word))
        after_mark = False
    if words and after_mark and words[-1].kind != "comma":
        raise Unreadable("answer.size-missing", words[-1].end, symbol=words[-1].text)
    return Reading((len(cells),), tuple(cells))


def _without_brackets(words: Sequence[Token]) -> Sequence[Token]:
    """The words within the brackets around them all, of which there may be several."""
    while len(words) > 1 and words[0].text + words[-1].text in PAIRS:
        words = words[1:-1]
    return words


def _is_mark(word: Token) -> bool:
    return word.kind in ("comma", "row") or word.symbol == "*" or word.text.lower() in BETWEEN


def _size(text: str, word: Token) -> Cell:
    """One size: a whole number, not negative."""
    typed = text[word.at : word.end]
    if word.problem is not None:
        raise Unreadable.because(word.problem)
    if word.written is None:
        raise Unreadable("answer.shape-form", word.at, found=typed)
    if not _is_whole(word.written):
        raise Unreadable("answer.size-not-whole", word.at, written=typed)
    return Cell(typed, word.written.value, 0)


def _is_whole(written: Written) -> bool:
    """Whether digits are those of a whole number; `000` are those of a group of thousands."""
    grouped = written.exponent == 0 and len(written.digits) > 1 and written.digits[0] == "0"
    return written.value.is_integer() and not grouped
