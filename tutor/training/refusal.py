"""Why something is no experiment."""

from collections.abc import Mapping
from typing import NoReturn


class ExperimentError(ValueError):
    """Why a declaration is no experiment: a code, and what belongs into its sentence."""

    def __init__(self, code: str, /, **details: str | int | float) -> None:
        """Keep what the front needs to say it."""
        super().__init__(f"{code} {details}")
        self.code = code
        self.details: Mapping[str, str | int | float] = details


def refuse(code: str, /, **details: str | int | float) -> NoReturn:
    """Raise an ExperimentError."""
    raise ExperimentError(code, **details)
