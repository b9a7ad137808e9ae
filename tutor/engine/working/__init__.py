"""The third reading: how would one write it down, with these numbers?"""

from tutor.engine.working.fragments import array, fragment, number
from tutor.engine.working.line import Line
from tutor.engine.working.lines import Notation, cell_lines, lines, on_paper, with_other_numbers

__all__ = [
    "Line",
    "Notation",
    "array",
    "cell_lines",
    "fragment",
    "lines",
    "number",
    "on_paper",
    "with_other_numbers",
]
