"""One number from its tokens: arithmetic by precedence, computed as it is read.

As in mathematics `-2^2` is -4 and `2^3^2` is 2^9; what two people could read in two ways
(`2(3)`, `ln 2/3`, `1/3%`, `1 -2`) is asked about. Every step works on floats, so that a tall
power is refused at once.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from tutor.engine.number_arithmetic import applied, combined, finite
from tutor.engine.number_commas import comma_in_number
from tutor.engine.number_tokens import (
    CONSTANTS,
    EXPONENT_LIMIT,
    LAST_RESULT,
    Token,
    Written,
)
from tutor.engine.typed import Cell, Problem, Unreadable

CELL_LIMIT = 200
"""How many characters one number may have."""
DEPTH_LIMIT = 40
"""How deep brackets, powers and functions may stand in each other."""

SUM, PRODUCT, SIGN, POWER, PERCENT = 1, 2, 3, 4, 5
BINDING = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER, "%": PERCENT}


class Number(NamedTuple):
    """A number while it is computed, with its decimal digits while it has them as typed."""

    value: float
    written: Written | None = None
    power_of_ten: bool = False
    """Whether it is typed as `10^n`: `1.2*10^-3` is a way to write 1.2e-3."""


def read_number(text: str, tokens: Sequence[Token], last_result: float | None = None) -> Cell:
    """The cell of a text, from its tokens; without any it is blank."""
    first, end = tokens[0], tokens[-1]
    if first.kind == "end":
        return Cell(text)
    if end.at - first.at > CELL_LIMIT:
        details = {"limit": CELL_LIMIT, "length": end.at - first.at}
        return Cell(text, problem=Problem("answer.too-long", first.at + CELL_LIMIT, details))
    try:
        number = compute(tokens, last_result)
    except Unreadable as unreadable:
        return Cell(text, problem=unreadable.problem)
    return Cell(text, number.value, number.written.places if number.written else None)


def compute(tokens: Sequence[Token], last_result: float | None = None) -> Number:
    """The number that the tokens of one calculation give; the last of them is an end.

    Raises Unreadable where there is none, or more than one way to read it.
    """
    reader = _Reader(tokens, last_result)
    number = reader.expression(0)
    if reader.here.kind != "end":
        raise reader.unexpected()
    return number


class _Reader:
    """Reads tokens from left to right, each once."""

    def __init__(self, tokens: Sequence[Token], last_result: float | None) -> None:
        self.tokens = tokens
        self.last_result = last_result
        self.index = 0
        self.depth = 0
        self.dividing = False
        """Whether a divisor or an exponent is being read, where a percent sign is unclear."""

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        self.index += 1
        return self.tokens[self.index - 1]

    def expression(self, binding: int) -> Number:
        """A calculation up to the first operator that binds less than `binding`."""
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise Unreadable("answer.too-deep", self.here.at, limit=DEPTH_LIMIT)
        number = self.operand()
        while BINDING.get(self.here.symbol, -1) >= binding:
            operator = self.take()
            if operator.kind == "percent":
                number = self.percent(number, operator)
            else:
                number = self.binary(number, operator)
        self.depth -= 1
        return number

    def operand(self) -> Number:
        """A number, a constant, a bracket, a function of something, each perhaps with a sign."""
        token = self.here
        if token.kind == "sign":
            return self.signed()
        if token.kind == "open":
            return self.bracket()
        if token.kind == "function":
            return self.function()
        if token.kind == "constant":
            return Number(self.constant(self.take()))
        if token.written is not None:
            return Number(finite(token.written.value, self.take()), token.written)
        raise self.nothing_to_read()

    def signed(self) -> Number:
        sign = self.take()
        self.expect_no_sign(sign)
        number = self.expression(SIGN)
        if sign.symbol == "+":
            return number
        return Number(-number.value, number.written and number.written.negated())

    def expect_no_sign(self, before: Token) -> None:
        """Ask about `--5` and `3 - -2`: a slip of the finger is likelier than a sum."""
        if self.here.kind == "sign":
            signs = before.symbol + self.here.symbol
            raise Unreadable("answer.two-signs", self.here.at, signs=signs)

    def bracket(self) -> Number:
        opening = self.take()
        outside, self.dividing = self.dividing, False
        number = self.expression(0)
        self.dividing = outside
        if self.here.kind == "end":
            raise Unreadable("answer.unclosed", opening.at, bracket=opening.text)
        if self.here.kind != "close":
            raise self.unexpected()
        self.take()
        return number

    def function(self) -> Number:
        name = self.take()
        argument = self.bracket() if self.here.kind == "open" else self.bare_argument(name)
        return Number(applied(name, argument.value))

    def bare_argument(self, name: Token) -> Number:
        """The argument of `ln 0.154`: one number, perhaps signed, where its end is clear."""
        sign = self.take().symbol if self.here.kind == "sign" else "+"
        token = self.here
        if token.problem is not None:
            raise self.nothing_to_read()
        if token.kind in ("end", "close", "comma", "row"):
            raise Unreadable("answer.function-alone", token.at, name=name.symbol)
        plain = token.kind in ("number", "constant")
        if not plain or self.tokens[self.index + 1].kind in ("operator", "percent", "open"):
            raise Unreadable("answer.function-brackets", token.at, name=name.symbol)
        number = self.operand()
        return Number(-number.value) if sign == "-" else number

    def constant(self, token: Token) -> float:
        if token.symbol != LAST_RESULT:
            return CONSTANTS[token.symbol]
        if self.last_result is None:
            raise Unreadable("answer.no-result-yet", token.at, word=token.text)
        if math.isnan(self.last_result):
            raise Unreadable("answer.no-value", token.at)
        return self.last_result

    def percent(self, number: Number, sign: Token) -> Number:
        if self.dividing or self.here.kind == "percent":
            raise Unreadable("answer.unclear-percent", sign.at)
        if number.written is None:
            return Number(number.value / 100)
        hundredth = number.written.shifted(-2)
        return Number(hundredth.value, hundredth)

    def binary(self, left: Number, operator: Token) -> Number:
        symbol = operator.symbol
        if operator.kind == "sign":
            self.expect_no_sign(operator)
            if operator.blank and not self.here.blank and self.here.kind != "end":
                raise Unreadable("answer.unclear-sign", operator.at, sign=symbol)
        outside = self.dividing
        self.dividing = outside or symbol in ("/", "^")
        right = self.expression(POWER if symbol == "^" else BINDING[symbol] + 1)
        self.dividing = outside
        if (typed := _scientific(left, symbol, right)) is not None:
            return Number(finite(typed.value, operator), typed, power_of_ten=symbol == "^")
        return Number(combined(left.value, operator, right.value))

    def nothing_to_read(self) -> Unreadable:
        """Why no number begins here."""
        token = self.here
        if token.problem is not None:
            return Unreadable.because(token.problem)
        if token.kind == "list-open":
            return Unreadable("answer.list-in-number", token.at, bracket=token.text)
        if token.kind == "comma" and (question := comma_in_number(self.tokens, self.index)):
            return question
        if self.index > 0:
            before = self.tokens[self.index - 1].text
            return Unreadable("answer.number-missing-after", token.at, symbol=before)
        if token.kind in ("close", "list-close"):
            return Unreadable("answer.unopened", token.at, bracket=token.text)
        return Unreadable("answer.number-missing-before", token.at, symbol=token.text)

    def unexpected(self) -> Unreadable:
        """Why what follows a complete number cannot stand there."""
        token, before = self.here, self.tokens[self.index - 1]
        if token.problem is not None:
            return Unreadable.because(token.problem)
        if token.kind in ("close", "list-close"):
            return Unreadable("answer.unopened", token.at, bracket=token.text)
        if token.kind == "list-open":
            return Unreadable("answer.list-in-number", token.at, bracket=token.text)
        if token.kind in ("comma", "row"):
            return self.separator(before, token, self.tokens[self.index + 1])
        if before.kind == token.kind == "number" and token.blank:
            return _two_numbers(before, token)
        return Unreadable("answer.operator-missing", token.at, left=before.text, right=token.text)

    def separator(self, before: Token, token: Token, after: Token) -> Unreadable:
        """Why no comma and no semicolon can follow one number."""
        if token.kind == "comma" and (question := comma_in_number(self.tokens, self.index)):
            return question
        if before.kind == after.kind == "number":
            return _two_numbers(before, after)
        return Unreadable("answer.left-over", token.at, text=token.text)


def _two_numbers(first: Token, second: Token) -> Unreadable:
    return Unreadable("answer.two-numbers", second.at, first=first.text, second=second.text)


def _scientific(left: Number, symbol: str, right: Number) -> Written | None:
    """The digits of `10^n` and of a typed number times it: no computing, a way of writing."""
    if right.written is None or left.written is None:
        return None
    if symbol == "*" and right.power_of_ten:
        return left.written.shifted(right.written.exponent)
    if symbol == "^" and left.written == Written("10", 0) and right.written.exponent == 0:
        exponent = int(right.written.digits)
        return Written("1", exponent) if abs(exponent) <= EXPONENT_LIMIT else None
    return None
