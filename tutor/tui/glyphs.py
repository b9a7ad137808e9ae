"""The signs that the screens draw with, in two tables: unicode and ascii.

No sign of the unicode table is of ambiguous width (a test proves it): box drawing, blocks, arrows
and circles take two cells in many Chinese terminals and one in others, which bends every table.
The brackets are the pieces that Unicode has for tall brackets (U+23A1 to U+23A6, neutral width),
bars and axes are braille, which the plot needs anyway.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One table of signs; each is one cell wide."""

    name: str
    """What the setting calls this table: `unicode` or `ascii`."""
    braille: bool
    """Whether plots may be drawn with braille dots, two across and four down in a cell."""

    right: str
    follows: str
    coarse: str
    wrong: str
    blank: str
    unreadable: str

    left_bracket: tuple[str, str, str, str]
    """Of a single row; then the top, the middle and the bottom of a tall bracket."""
    right_bracket: tuple[str, str, str, str]
    cut: str
    """Stands where a text goes on that had no room."""
    more_left: str
    """Stands for a bracket when columns are hidden on that side."""
    more_right: str
    field: str
    """What an empty cell is filled with."""

    cursor: str
    """Points at the current line of a list."""
    arrow: str
    done: str
    in_progress: str
    open: str
    bar_full: str
    bar_empty: str

    axis: str
    axis_tick: str
    tick: str
    """Stands before a number on the axis below a plot, at the place that it names."""
    minimum: str
    last: str
    broken: str
    """Stands at the top of a plot where a value was not a number."""
    changed: str
    """Stands at the bottom of a plot where something was changed."""

    def mark(self, mark: str) -> str:
        """The sign of a verdict on a cell; a blank for none."""
        return str(getattr(self, mark)) if mark else " "

    def bar(self, part: float, width: int) -> str:
        """A progress bar; full only when all is done, and never empty once something is."""
        full = round(part * width)
        if 0 < part < 1:
            full = min(max(full, 1), width - 1)
        return self.bar_full * full + self.bar_empty * (width - full)


UNICODE = Glyphs(
    name="unicode",
    braille=True,
    right="✓",
    follows="↳",
    coarse="~",
    wrong="✗",
    blank="◦",
    unreadable="?",
    left_bracket=("[", "⎡", "⎢", "⎣"),
    right_bracket=("]", "⎤", "⎥", "⎦"),
    cut="⋯",
    more_left="<",
    more_right=">",
    field="_",
    cursor="▸",
    arrow="➜",
    done="✓",
    in_progress="▸",
    open="◦",
    bar_full="⣿",
    bar_empty="⣀",
    axis="⢸",
    axis_tick="⢼",
    tick="⠃",
    minimum="▾",
    last="◂",
    broken="!",
    changed="▴",
)

ASCII = Glyphs(
    name="ascii",
    braille=False,
    right="v",
    follows=">",
    coarse="~",
    wrong="x",
    blank="o",
    unreadable="?",
    left_bracket=("[", "[", "[", "["),
    right_bracket=("]", "]", "]", "]"),
    cut="$",
    more_left="<",
    more_right=">",
    field="_",
    cursor=">",
    arrow=">",
    done="v",
    in_progress=">",
    open="-",
    bar_full="#",
    bar_empty=".",
    axis="|",
    axis_tick="+",
    tick="'",
    minimum="v",
    last="<",
    broken="!",
    changed="^",
)


def glyphs_named(name: str) -> Glyphs:
    """The table that a setting names; the ascii one for every name but `unicode`."""
    return UNICODE if name == "unicode" else ASCII
