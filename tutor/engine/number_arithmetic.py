"""Arithmetic on floats in which a result that is none is a problem at its sign or function."""

import math

from tutor.engine.number_tokens import FUNCTIONS, Token
from tutor.engine.typed import Unreadable


def combined(left: float, operator: Token, right: float) -> float:
    """The sum, difference, product, quotient or power of two numbers."""
    symbol = operator.symbol
    if symbol == "^":
        return _power(left, operator, right)
    if symbol == "/" and right == 0:
        raise Unreadable("answer.division-by-zero", operator.at)
    if symbol == "/":
        result = left / right
    elif symbol == "*":
        result = left * right
    else:
        result = left + right if symbol == "+" else left - right
    return finite(result, operator, left, right)


def applied(name: Token, argument: float) -> float:
    """The value of a function, or why it has none there."""
    symbol = name.symbol
    if symbol == "sqrt" and argument < 0:
        raise Unreadable("answer.root-of-negative", name.at, number=argument)
    if symbol in ("ln", "log2", "log10") and argument <= 0:
        raise Unreadable("answer.logarithm-domain", name.at, name=symbol, number=argument)
    try:
        return finite(FUNCTIONS[symbol](argument), name, argument)
    except OverflowError:
        raise Unreadable("answer.too-large", name.at) from None
    except ValueError:
        raise Unreadable("answer.no-value", name.at) from None


def finite(result: float, token: Token, *operands: float) -> float:
    """The result, unless it is infinite by overflow or has no value (as inf - inf)."""
    if math.isnan(result):
        raise Unreadable("answer.no-value", token.at)
    if math.isinf(result) and all(map(math.isfinite, operands)):
        raise Unreadable("answer.too-large", token.at)
    return result


def _power(base: float, operator: Token, exponent: float) -> float:
    if base == 0 and exponent < 0:
        raise Unreadable("answer.division-by-zero", operator.at)
    try:
        return finite(math.pow(base, exponent), operator, base, exponent)
    except OverflowError:
        raise Unreadable("answer.too-large", operator.at) from None
    except ValueError:
        raise Unreadable("answer.power-of-negative", operator.at, base=base) from None
