"""What is kept of a crash: a report in a file, for whoever mends it."""

from __future__ import annotations

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from tutor.learner import places


def keep_report(error: BaseException | None) -> Path | None:
    """Write the report beside the journal, else where temporary files are; None if neither can."""
    text = "".join(traceback.format_exception(error)) if error else ""
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    try:
        folder = places.data_folder()
        folder.mkdir(parents=True, exist_ok=True)
        report = folder / f"crash-{moment}.txt"
        report.write_text(text, encoding="utf-8")
    except OSError:
        return keep_elsewhere(text)
    return report


def keep_elsewhere(text: str) -> Path | None:
    """Write a report to a temporary file; None where that is not possible either."""
    try:
        handle, name = tempfile.mkstemp(prefix="handgrad-crash-", suffix=".txt")
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return Path(name)
