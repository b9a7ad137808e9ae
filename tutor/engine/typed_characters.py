"""The characters of other keyboards and of pasted text as plain ones, one for one.

Each keeps its place, so that a place in the plain text is a place in the text as typed.
"""

DIGITS = "0123456789"
NARROW = "\u2009"
"""What every narrow or unbreakable space becomes: between digits it may group them."""
LIST_COMMA = "、"
"""What every comma becomes that no language writes inside a number."""
BLANKS = " \t\n" + NARROW


def _plain_characters() -> dict[int, str]:
    """Each character that stands for a plain one: full-width forms, typographic signs, spaces."""
    table = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)}
    groups = {
        "-": "\u2010\u2011\u2012\u2013\u2212\ufe63",
        "*": "×·⋅∙∗",
        "/": "÷∕⁄",
        ".": "。｡",
        "'": "‘’′",
        "[": "【〔",
        "]": "】〕",
        LIST_COMMA: "，&",
        " ": "\u3000\u2000\u2001\u2002\u2003",
        NARROW: "\u00a0\u2004\u2005\u2006\u2007\u2008\u200a\u202f",
        "\n": "\r\v\f\x85\u2028\u2029",
    }
    for plain, characters in groups.items():
        table.update(dict.fromkeys(map(ord, characters), plain))
    return table


_PLAIN = _plain_characters()


def plain_text(text: str) -> str:
    """The text in plain characters, each at its own place; a line ends with one `\\n`."""
    return text.replace("\r\n", " \n").translate(_PLAIN)


def run(plain: str, at: int, characters: str) -> int:
    """Where a run of certain characters that begins at a place ends."""
    while at < len(plain) and plain[at] in characters:
        at += 1
    return at
