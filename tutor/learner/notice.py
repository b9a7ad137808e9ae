"""What the learner should be told about what is remembered; the sentence is the front's."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be said, as the key of a sentence and the values that it needs."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)


def shown(path: Path) -> str:
    """A path as text that every screen can print, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
