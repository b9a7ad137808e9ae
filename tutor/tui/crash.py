"""What is kept of a crash: a report in a file, for whoever mends it."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from tutor.learner import places


def keep_report(error: BaseException | None) -> Path | None:
    """Write the report beside the journal; None where even that is not possible."""
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    try:
        folder = places.data_folder()
        folder.mkdir(parents=True, exist_ok=True)
        report = folder / f"crash-{moment}.txt"
        report.write_text(
            "".join(traceback.format_exception(error)) if error else "", encoding="utf-8"
        )
    except OSError:
        return None
    return report
