"""Numbers as people write them, which is not how YAML 1.1 reads them."""

import math
import re

LONGEST_NUMBER = 40
NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def number(text: str) -> int | float | None:
    """A number as people write it (`2`, `-.5`, `1e-3`); None for anything else.

    YAML 1.1 would read `1e-3` as a text, `010` as eight and `12:30` as 750.
    """
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        return None
    value = int(text) if text.lstrip("-+").isdigit() and len(text) <= 16 else float(text)
    return value if math.isfinite(value) else None
