"""What the lab notices of a run, in words."""

from collections.abc import Sequence

from tutor.messages import say
from tutor.training.diagnosis import Diagnosis


def noticed(found: Sequence[Diagnosis], language: str, *, whole: bool) -> list[str]:
    """A sentence each: with the evidence, or short."""
    return [
        say(f"diagnosis.{'' if whole else 'short-'}{one.code}", language, **one.details)
        for one in found
    ]
