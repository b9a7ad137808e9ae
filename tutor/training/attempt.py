"""One run of an experiment: what is trained, its knobs, and how to stand at an earlier step."""

from collections.abc import Callable, Mapping
from typing import Any

from tutor.training.experiments import Experiment
from tutor.training.knobs import Standing, knobs_of, with_knobs
from tutor.training.past import Change, Kept, Past
from tutor.training.trainee import Trainee

Build = Callable[[Experiment], Trainee]


class Attempt:
    """An experiment at some step; the knobs are its own until they are turned."""

    def __init__(self, build: Build, made: Experiment, knobs: Standing | None = None) -> None:
        """At its first step, perhaps with other knobs."""
        self.experiment = made
        self.knobs = knobs_of(made) if knobs is None else dict(knobs)
        self.step = 0
        self.last_loss: float | None = None
        self._build = build
        self.trainee = self._first(self.knobs)
        self.past = Past(self.knobs, self.trainee.facts.parameters)
        self.keep()

    def _first(self, knobs: Standing) -> Trainee:
        return self._build(with_knobs(self.experiment, knobs))

    def turn(self, knob: str, value: float | str) -> None:
        """Turn a knob for the next step."""
        self.trainee.turn(knob, value)
        self.knobs[knob] = value
        self.past.turn(Change(self.step, knob, value))
        self.keep()

    def keep(self) -> None:
        """Remember how the run stands now."""
        self.past.keep(Kept(self.step, self.trainee.state(), self.last_loss))

    def go_back(self, step: int, sign_of_life: Callable[[], None]) -> None:
        """Stand where the run stood after so many steps and all that was turned there.

        Steps since the last state before that are taken again, as they were.
        """
        kept = self.past.until(step)
        if kept is None:
            self.trainee = self._first(self.past.first_knobs)
            self.step, self.last_loss = 0, None
            self._turn_again()
        else:
            self.trainee.restore(kept.state)
            self.step, self.last_loss = kept.step, kept.last_loss
            for knob, value in self.past.knobs(self.step).items():
                self.trainee.turn(knob, value)
        while self.step < step:
            self.last_loss = self.trainee.step()
            self.step += 1
            self._turn_again()
            sign_of_life()
        self.past.forget_after(step)
        self.knobs = self.past.knobs(step)
        self.keep()

    def _turn_again(self) -> None:
        for change in self.past.at(self.step):
            self.trainee.turn(change.knob, change.value)

    # On disk

    def packed(self, told: Mapping[str, object]) -> bytes:
        """The run as it stands, with what else is to be known of it."""
        return self.trainee.packed(
            self.trainee.state(),
            {
                **told,
                "step": self.step,
                "last_loss": self.last_loss,
                "seed": self.experiment.seed,
                "first_knobs": self.past.first_knobs,
                "changes": [tuple(change) for change in self.past.changes],
            },
        )

    def unpack(self, data: bytes) -> Mapping[str, Any]:
        """Stand where a packed run stood; what else was told of it. ValueError where none was."""
        try:
            state, told = self.trainee.unpacked(data)
            known: Mapping[str, Any] = told
            changes = [Change(*change) for change in known["changes"]]
            self.past = Past(known["first_knobs"], self.trainee.facts.parameters, changes)
            self.step, self.last_loss = known["step"], known["last_loss"]
            self.trainee.restore(state)
            self.knobs = self.past.knobs(self.step)
            for knob, value in self.knobs.items():
                self.trainee.turn(knob, value)
        except (LookupError, TypeError, AttributeError, RuntimeError) as error:
            raise ValueError(str(error)) from error
        self.keep()
        return known
