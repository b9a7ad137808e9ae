"""A whole array from its text: rows, lists in lists and pasted tables, cell by cell.

The layout is read here; each cell is read by the one grammar of numbers. A cell that cannot be
read keeps its own problem, and the others are still read; where the layout itself can be read
in two ways, the whole array is a question.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tutor.engine.array_brackets import boundary, match, unclear_sign
from tutor.engine.array_rows import Line, Part, stack, stack_lines
from tutor.engine.number_commas import comma_in_list, joined_by_commas
from tutor.engine.number_text import read_number
from tutor.engine.number_tokens import Kind, Token, tokens
from tutor.engine.typed import Cell, Reading, Unreadable

BROKEN_LINE = 48
"""Rows in brackets with a line so long were broken by a printer: NumPy breaks after 75."""
LAYOUT_PROBLEMS = ("answer.left-out", "answer.tex")
"""What spoils more than the cell it stands in."""


class Unit(NamedTuple):
    """What a list is divided into: one token, or a bracket with all that is in it."""

    first: int
    last: int


def read_layout(text: str, plain: str) -> Reading:
    """The reading of an array as typed, given its plain form too; raises Unreadable."""
    part = _Layout(text, plain).whole()
    return Reading(part.shape, tuple(part.cells))


class _Layout:
    """Goes from the outside in: lines, rows, fields, cells."""

    def __init__(self, text: str, plain: str) -> None:
        self.text = text
        self.plain = plain
        self.tokens = tokens(plain)
        for token in self.tokens:
            if token.problem is not None and token.problem.code in LAYOUT_PROBLEMS:
                raise Unreadable.because(token.problem)
        self.brackets = match(self.tokens)
        self.points = any(token.written and "." in token.text for token in self.tokens)
        """Whether a decimal point is typed anywhere: then no comma is a decimal comma."""

    def whole(self) -> Part:
        """The array that the whole text is."""
        if len(self.tokens) == 1:
            return _blank(0)
        if self.is_table():
            return self.table()
        units = self.units(0, len(self.tokens) - 1)
        self.ask_about_commas(units, bracketed=False)
        lines = self.lines(units)
        if len(lines) > 1:
            return stack_lines([self.line(line) for line in lines])
        rows = self.rows(units)
        if len(rows) > 1:
            return self.matrix(units, 0, bracketed=False)
        if not rows[0]:
            raise Unreadable("answer.empty-row", 0)
        parts = self.fields(rows[0], bracketed=False)
        return parts[0] if len(parts) == 1 else stack(parts, 0)

    def units(self, start: int, end: int) -> list[Unit]:
        """The tokens between two places, each bracket taken as one."""
        found = []
        while start < end:
            last = self.brackets.partner.get(start, start)
            found.append(Unit(start, last))
            start = last + 1
        return found

    def lines(self, units: Sequence[Unit]) -> list[list[Unit]]:
        """The units by the lines of the text."""
        found: list[list[Unit]] = [[]]
        for unit in units:
            if found[-1] and "\n" in self.tokens[unit.first].blank:
                found.append([])
            found[-1].append(unit)
        return found

    def line(self, units: Sequence[Unit]) -> Line:
        """One of several lines: a row, perhaps with a semicolon or a comma at its end."""
        rows = self.rows(units)
        if len(rows) > 1:
            semicolon = next(unit for unit in units if self.kind(unit) == "row")
            raise Unreadable("answer.mixed-rows", self.tokens[semicolon.first].at)
        row = rows[0][:-1] if self.kind(units[-1]) == "comma" and units[1:] else rows[0]
        start = self.tokens[units[0].first]
        return Line(self.row(row, start.at), self.is_list(row), start.blank.count("\n") > 1)

    def rows(self, units: Sequence[Unit]) -> list[list[Unit]]:
        """The units by semicolons; one at the end only ends its row."""
        found: list[list[Unit]] = [[]]
        for unit in units:
            if self.kind(unit) == "row":
                found.append([])
            else:
                found[-1].append(unit)
        return found[:-1] if len(found) > 1 and not found[-1] else found

    def matrix(self, units: Sequence[Unit], at: int, *, bracketed: bool) -> Part:
        """Rows that semicolons end."""
        return stack([self.row(row, at, bracketed=bracketed) for row in self.rows(units)], at)

    def row(self, units: Sequence[Unit], at: int, *, bracketed: bool = False) -> Part:
        """One of several rows; a row may have its own brackets."""
        if not units:
            raise Unreadable("answer.empty-row", at)
        fields = self.fields(units, bracketed=bracketed)
        return fields[0] if self.is_list(units) else stack(fields, fields[0].at)

    def bracket(self, unit: Unit) -> Part:
        """A list in its brackets; round ones around another list add nothing."""
        opening = self.tokens[unit.first]
        units = self.units(unit.first + 1, unit.last)
        self.ask_about_commas(units, bracketed=True)
        if any(self.kind(inner) == "row" for inner in units):
            return self.matrix(units, opening.at, bracketed=True)
        fields = self.fields(units, bracketed=True)
        if opening.kind == "open" and self.is_list(units):
            return fields[0]
        return stack(fields, opening.at)

    def fields(self, units: Sequence[Unit], *, bracketed: bool) -> list[Part]:
        """The cells or lists of one row: between its commas if it has any, else its blanks."""
        if any(self.kind(unit) == "comma" for unit in units):
            return self.fields_by_commas(units)
        return self.fields_by_blanks(units, bracketed=bracketed)

    def fields_by_commas(self, units: Sequence[Unit]) -> list[Part]:
        found: list[Part] = []
        field: list[Unit] = []
        for unit in units:
            if self.kind(unit) == "comma":
                found.append(self.field(field, self.tokens[unit.first].at))
                field = []
            else:
                field.append(unit)
        return [*found, self.field(field, 0)] if field else found

    def fields_by_blanks(self, units: Sequence[Unit], *, bracketed: bool) -> list[Part]:
        found: list[list[Unit]] = []
        for unit in units:
            if not found or boundary(self.tokens, unit.first):
                found.append([])
            elif unclear_sign(self.tokens, unit.first):
                token = self.tokens[unit.first]
                raise Unreadable("answer.unclear-sign", token.at, sign=token.symbol)
            found[-1].append(unit)
        if bracketed and len(found) > 1:
            self.ask_about_lines(found)
        return [self.field(field, 0) for field in found]

    def field(self, units: Sequence[Unit], at: int) -> Part:
        """What stands between two separators: a list, a number or nothing."""
        if not units:
            return _blank(at)
        if self.is_list(units):
            return self.bracket(units[0])
        for unit in units:
            if unit.first in self.brackets.lists:
                token = self.tokens[unit.first]
                raise Unreadable("answer.list-in-calculation", token.at, bracket=token.text)
        return self.cell(self.tokens[units[0].first : units[-1].last + 1])

    def cell(self, words: Sequence[Token]) -> Part:
        """One number from its tokens."""
        start, end = words[0].at, words[-1].end
        cell = read_number(self.text[start:end], [*words, Token("end", "", end, end)])
        return Part((), [cell], start)

    def kind(self, unit: Unit) -> Kind:
        return self.tokens[unit.first].kind

    def is_list(self, units: Sequence[Unit]) -> bool:
        """Whether units are one list and nothing else."""
        return len(units) == 1 and units[0].first in self.brackets.lists

    def ask_about_commas(self, units: Sequence[Unit], *, bracketed: bool) -> None:
        """Ask when a comma may be a decimal comma, as in `0,1 0,2`; `[0,1]` is two numbers."""
        if bracketed and self.only_commas_divide(units):
            return
        answered = 0
        for unit in units:
            if self.kind(unit) != "comma":
                continue
            if answered:
                answered -= 1
                continue
            numbers = joined_by_commas(self.tokens, unit.first)
            question = comma_in_list(numbers, self.tokens[unit.first].at, points=self.points)
            if question is not None:
                raise question
            answered = max(0, len(numbers) - 2)

    def only_commas_divide(self, units: Sequence[Unit]) -> bool:
        """Whether a list is divided by commas without blanks, and by nothing else."""
        return not any(
            self.kind(unit) == "row"
            or (self.kind(unit) == "comma" and self.tokens[unit.last + 1].blank)
            or boundary(self.tokens, unit.first)
            for unit in units
        )

    def ask_about_lines(self, fields: Sequence[Sequence[Unit]]) -> None:
        """Ask when lines divide numbers within brackets: rows, or one row that was broken?

        A printer fills every line but the last, and breaks only long ones.
        """
        starts = [self.tokens[field[0].first] for field in fields]
        breaks = [place for place, token in enumerate(starts) if place and "\n" in token.blank]
        if not breaks or any(self.is_list(field) for field in fields):
            return
        *counts, last = (end - start for start, end in pairwise([0, *breaks, len(fields)]))
        end = self.tokens[fields[-1][-1].last + 1].at
        longest = max(map(len, self.plain[starts[0].at : end].split("\n")))
        if longest < BROKEN_LINE and not (len(set(counts)) == 1 and last < counts[0]):
            raise Unreadable("answer.line-in-brackets", starts[breaks[0]].at)

    def is_table(self) -> bool:
        """Whether tabs divide the cells: there is one between two cells, or no other blank."""
        if any(token.kind in ("comma", "row", "list-open") for token in self.tokens):
            return False
        between = [token.blank for token in self.tokens[1:-1] if "\n" not in token.blank]
        tabs = any("\t" in blank for blank in between)
        return tabs or ("\t" in self.plain and not any(between))

    def table(self) -> Part:
        """Rows on lines and cells between tabs, as spreadsheets copy them."""
        lines: list[Line] = []
        gap = False
        for row in table_rows(self.tokens):
            if len(row) == 1 and not row[0]:
                gap = True
                continue
            at = lines[-1].row.at if lines else 0
            fields = [self.cell(field) if field else _blank(at) for field in row]
            lines.append(Line(stack(fields, fields[0].at), bracketed=False, gap=gap))
            gap = False
        return stack_lines(lines) if len(lines) > 1 else lines[0].row


def table_rows(words: Sequence[Token]) -> list[list[list[Token]]]:
    """The tokens by lines and tabs."""
    rows: list[list[list[Token]]] = [[[]]]
    for token in words:
        for character in token.blank:
            if character == "\n":
                rows.append([[]])
            elif character == "\t":
                rows[-1].append([])
        if token.kind != "end":
            rows[-1][-1].append(token)
    return rows


def _blank(at: int) -> Part:
    return Part((), [Cell("")], at)
