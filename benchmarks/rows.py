"""One line of the table of measurements."""

import re
from dataclasses import dataclass

BAR = re.compile(r"(<=|>=) ([0-9.]+) (\S+)")


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement, what it is measured against, and the bar that it must keep.

    `median` and `baseline` are in `unit`; a rate such as steps/s is a unit too. The bar is
    "<= 1.6 x" or ">= 0.95 x" for the ratio, "<= 5 ms" for the median itself, "" for none.
    """

    name: str
    median: float
    baseline: float | None = None
    ratio: float | None = None
    bar: str = ""
    unit: str = "ms"

    @property
    def kept(self) -> bool:
        """Whether the bar is kept; a row without a bar keeps it."""
        if not self.bar:
            return True
        found = BAR.fullmatch(self.bar)
        if not found or found[3] not in ("x", self.unit):
            raise ValueError(f'{self.name}: a bar is "<= 1.6 x" or "<= 5 {self.unit}"')
        measured = self.ratio if found[3] == "x" else self.median
        if measured is None:
            raise ValueError(f"{self.name}: a bar in x needs a ratio")
        limit = float(found[2])
        return measured <= limit if found[1] == "<=" else measured >= limit


def compared(name: str, median: float, baseline: float, bar: str = "", unit: str = "ms") -> Row:
    """A row whose ratio is the median through the baseline."""
    return Row(name, median, baseline, median / baseline, bar, unit)
