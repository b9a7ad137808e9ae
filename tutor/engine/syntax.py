"""The text of a formula as Python's own parser sees it, and where in the text each piece stands."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache

LONGEST = 2000
"""Characters of a formula."""
DEEPEST = 40
"""Levels of nesting."""


class FormulaError(Exception):
    """What is wrong with a formula: a code, the character (from 0) where, and details."""

    def __init__(self, code: str, column: int = 0, **details: str | int) -> None:
        """The code is the key of a sentence; the details fill its braces."""
        super().__init__(f"{code} at {column}: {details}")
        self.code = code
        self.column = column
        self.details = details


class Syntax:
    """A text that Python's parser could read: its statements, and the column of each piece."""

    def __init__(self, text: str) -> None:
        """Read the text; raises FormulaError where it is no Python, too long or too deep."""
        if len(text) > LONGEST:
            raise FormulaError("formula.too-long", LONGEST, limit=LONGEST)
        # A line ends with \n here; the other white space is a space. No column changes.
        plain = text.replace("\r", "\n").replace("\t", " ").replace("\f", " ")
        self.text = text
        self.start = len(plain) - len(plain.lstrip(" \n"))
        self.lines = plain.strip(" \n").split("\n")
        _refuse_characters(text)
        self.statements = self._parsed()
        if not self.statements:
            raise FormulaError("formula.empty")

    def _parsed(self) -> list[ast.stmt]:
        try:
            # What Python warns about ("1if", "\d") is refused later or harmless.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse("\n".join(self.lines)).body
        except SyntaxError as error:
            column = self._column(error.lineno or 1, max(0, (error.offset or 1) - 1))
            raise FormulaError("formula.syntax", min(column, len(self.text))) from error
        except (ValueError, RecursionError, MemoryError) as error:
            raise FormulaError("formula.too-deep", self.start, limit=DEEPEST) from error

    def _column(self, line: int, offset: int) -> int:
        return self.start + sum(len(one) + 1 for one in self.lines[: line - 1]) + offset

    def column(self, node: ast.AST) -> int:
        """The character of the text where a piece begins."""
        return self._place(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))

    def written(self, node: ast.AST) -> str:
        """A piece as it stands in the text."""
        end = self._place(getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0))
        return self.text[self.column(node) : end]

    def _place(self, line: int, offset_in_bytes: int) -> int:
        before = self.lines[line - 1].encode()[:offset_in_bytes].decode(errors="ignore")
        return self._column(line, len(before))


def _refuse_characters(text: str) -> None:
    """What Python's parser refuses without saying where, or reads at the risk of its stack."""
    depth = 0
    for column, letter in enumerate(text):
        if letter == "\0" or "\ud800" <= letter <= "\udfff":
            raise FormulaError("formula.syntax", column)
        depth += (letter in "([{") - (letter in ")]}")
        if depth > DEEPEST:
            raise FormulaError("formula.too-deep", column, limit=DEEPEST)


@lru_cache(maxsize=1024)
def read_syntax(text: str) -> Syntax:
    """The syntax of a text; the bodies of the prelude are read again and again."""
    return Syntax(text)
