"""What NumPy, torch and TeX print around numbers, made plain without moving a character.

`tensor([1., 2.], dtype=torch.float64)` keeps its brackets and numbers; `\\frac{1}{2}` becomes
`(1/2)` with blanks; what TeX sets in `\\left[ \\right]` is in round brackets, which add nothing
around a matrix. Each pattern ends at the first character that is not its own, so the time is
linear in the text.
"""

import re

_PACKAGE = r"(?:(?:np|numpy|torch|jnp|tf)\.)?"
_TYPE = r"(?:array|matrix|tensor|Tensor|Array|Size|float16|float32|float64|int32|int64)"
_WRAPPER = re.compile(rf"(?<![\w.\\]){_PACKAGE}{_TYPE}(?= ?\()")
_PARAMETER = re.compile(r"(?<![^\s\[,(])Parameter containing:(?=\s)")
_SETTING = r",\s*(?:dtype|device|grad_fn|requires_grad|size|shape|layout)\s*="
_SETTING_VALUE = r"\s*(?:<[^<>]*>|'[^']*'|\([\d, ]*\)|[\w.]+)"
_KEYWORD = re.compile(rf"{_SETTING}{_SETTING_VALUE}(?=\s*\)|\s*{_SETTING})")

_MATRIX = r"\{(?:p|b|B|small)?matrix\}"
_BEGIN = re.compile(rf"\\begin(?:{_MATRIX}|\{{array\}}\{{[lcr| ]*\}})")
_END = re.compile(rf"(?:\\\\\s*)?\\end(?:{_MATRIX}|\{{array\}})")
_FRACTION = re.compile(r"\\[dt]?frac\{([-+]?[0-9.]+)\}\{([-+]?[0-9.]+)\}")
_ROW_END = re.compile(r"\\\\")
_LEFT = re.compile(r"\\left(?:[(\[.]|\\\{)")
_RIGHT = re.compile(r"\\right(?:[)\].]|\\\})")
_TEX_SIGNS = {r"\times": "*     ", r"\cdot": "*    ", r"\infty": "(inf )", r"\pi": "(π)"}
_TEX_SIGN = re.compile(r"\\(?:times|cdot|infty|pi)(?![A-Za-z])")
_TEX_THIN = re.compile(r"\\[,:;!]")
_TEX_BLANK = re.compile(r"\\(?:quad|qquad|displaystyle)(?![A-Za-z])|\$")


def without_printing(plain: str) -> str:
    """The text with the names, keywords and commands of printouts replaced by blanks."""
    if "\\" in plain or "$" in plain:
        plain = _without_tex(plain)
    for printed in (_PARAMETER, _WRAPPER, _KEYWORD):
        plain = printed.sub(_blanks, plain)
    return plain


def _without_tex(plain: str) -> str:
    plain = _END.sub(lambda found: ";" + " " * (len(found[0]) - 2) + "]", plain)
    plain = _BEGIN.sub(lambda found: "[" + " " * (len(found[0]) - 1), plain)
    plain = _FRACTION.sub(_quotient, plain)
    plain = _LEFT.sub(lambda found: "(" + " " * (len(found[0]) - 1), plain)
    plain = _RIGHT.sub(lambda found: " " * (len(found[0]) - 1) + ")", plain)
    plain = _ROW_END.sub("; ", plain)
    plain = _TEX_SIGN.sub(lambda found: _TEX_SIGNS[found[0]], plain)
    plain = _TEX_THIN.sub("\u2009\u2009", plain)
    return _TEX_BLANK.sub(_blanks, plain)


def _quotient(fraction: re.Match[str]) -> str:
    """A fraction of two plain numbers as a quotient in brackets, as long as it was."""
    above, below = fraction[1], fraction[2]
    blanks = " " * (len(fraction[0]) - len(above) - len(below) - 3)
    return f"({blanks}{above}/{below})"


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
