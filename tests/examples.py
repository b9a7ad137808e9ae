"""How many examples a property is tried with: few in each run, many where EXAMPLES asks for it."""

import os

TIMES = int(os.environ.get("EXAMPLES") or 1)


def times(count: int) -> int:
    """A number of examples, as many times as `EXAMPLES=20 make test` says."""
    return count * TIMES
