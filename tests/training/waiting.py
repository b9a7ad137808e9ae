"""Waiting for what another process does, by condition and deadline."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path


async def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Return when a condition holds; fail the test when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.005)


def gone(process_id: int) -> bool:
    """Whether a process has ended, be it that nobody has taken note of its end yet."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{process_id}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] in "ZX"
