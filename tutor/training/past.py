"""What a child remembers of a run, so that it can stand at an earlier step again."""

from typing import NamedTuple

from tutor.training.knobs import Standing

MOST_KEPT = 64
MOST_BYTES = 2**26
"""Of all kept states together, about; a few are kept of any model."""

FEWEST_KEPT = 4

BYTES_A_PARAMETER = 12
"""The weight and what Adam remembers of it."""


class Kept(NamedTuple):
    """One step, and everything that the next ones depend on but the knobs."""

    step: int
    state: object
    last_loss: float | None


class Change(NamedTuple):
    """A knob that was turned after so many steps."""

    step: int
    knob: str
    value: float | str


class Past:
    """States of a run, denser towards the present, and the knobs that were turned.

    A state is always that after all changes at its step.
    """

    def __init__(self, knobs: Standing, parameters: int, changes: list[Change] | None = None):
        """Of a run that begins with such knobs."""
        self.first_knobs = dict(knobs)
        self.changes = changes or []
        self._kept: list[Kept] = []
        room = MOST_BYTES // (BYTES_A_PARAMETER * max(parameters, 1))
        self._most = max(FEWEST_KEPT, min(MOST_KEPT, room))

    def keep(self, kept: Kept) -> None:
        """Remember how a run stands; later than all that is kept, or in place of the last."""
        if self._kept and self._kept[-1].step == kept.step:
            self._kept.pop()
        self._kept.append(kept)
        if len(self._kept) > self._most:
            del self._kept[1:-1:2]

    def turn(self, change: Change) -> None:
        """Remember that a knob was turned; of several turns at a step, the last."""
        last = self.changes[-1] if self.changes else None
        again = last is not None and (last.step, last.knob) == (change.step, change.knob)
        # Optimisers begin without memory: which one was there in between does matter.
        if again and change.knob != "optimiser":
            self.changes.pop()
        self.changes.append(change)

    def until(self, step: int) -> Kept | None:
        """The last state that is not later than a step."""
        return next((kept for kept in reversed(self._kept) if kept.step <= step), None)

    def knobs(self, step: int) -> Standing:
        """What the knobs stood at after all that was turned until a step."""
        knobs = dict(self.first_knobs)
        for change in self.changes:
            if change.step <= step:
                knobs[change.knob] = change.value
        return knobs

    def at(self, step: int) -> list[Change]:
        """What was turned at a step, in order."""
        return [change for change in self.changes if change.step == step]

    def forget_after(self, step: int) -> None:
        """Let what came later never have been."""
        self._kept = [kept for kept in self._kept if kept.step <= step]
        self.changes = [change for change in self.changes if change.step <= step]
