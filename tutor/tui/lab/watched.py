"""What the lab's pane shows and commands: one run beside one lesson, however often it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.course.round import Round
from tutor.training.diagnosis import Diagnosis, diagnoses
from tutor.training.experiments import LARGEST_SEED
from tutor.training.protocol import Numbers
from tutor.training.snapshot import Snapshot, knobs
from tutor.tui.lab.bench import NEW_RUN, Bench
from tutor.tui.lab.beside import Beside, compared
from tutor.tui.lab.knobs import turned_pace, turned_rate
from tutor.tui.lab.runs import GONE, Runs
from tutor.tui.lab.view import Viewing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tutor.engine.precision import Array
    from tutor.learner.journal import Journal
    from tutor.training.run import Run

MOVING = frozenset({"training", "paused", "finished"})
STANDING = MOVING | {"diverged"}
"""States of a run that there is."""
UPDATING = ("optimiser", "weight_decay")
"""Knobs besides the learning rate that make another update of the same gradient."""

ACTIONS = (
    "pause", "resume", "step", "reset", "reseed", "knobs", "log", "cursor", "go_to", "export",
    "next_lab", "next_variant", "all_variants", "forget", "again", "predict", "about", "view",
    "choose", "open_picture",
)  # fmt: skip
"""What a key may ask for at some times and not at others."""
TURNED = (("rate", 1), ("rate", -1), ("pace", 1), ("pace", -1))


class Watch(Runs):
    """The run of a bench: begun, looked at, commanded and left.

    The keys of the pane and of its full screen are one set, and so is what they change.
    """

    def __init__(
        self,
        run: Run,
        bench: Bench,
        folder: Path | None = None,
        journal: Callable[[], Journal] | None = None,
    ) -> None:
        """Nothing is trained yet; each run is written into a folder of its own in `folder`."""
        super().__init__(run, bench, folder, journal)
        self.viewing = Viewing(run)
        self.log = False
        self.beside: tuple[Beside, ...] = ()
        self.noticed: tuple[Diagnosis, ...] = ()
        """What is wrong with the run, or remarkable; what matters most first."""
        self._noticed_at: tuple[object, int] = (None, 0)
        self._round: Round | None = None
        self._compared: Numbers | None = None

    async def show_numbers(self, numbers: Mapping[str, Array]) -> None:
        """Other numbers: what the experiment takes from them, it begins again with."""
        self.bench.numbers = numbers
        self._round = None
        self._compared = None
        self.beside = ()
        await self.begin()

    def look(self) -> Snapshot:
        """How the run stands, after what it says has been noted."""
        snapshot = super().look()
        first = snapshot.numbers[0] if snapshot.numbers else None
        if first is not self._compared:
            self._compared = first
            self._compare()
        self._notice(snapshot)
        return snapshot

    def _notice(self, snapshot: Snapshot) -> None:
        """Diagnose anew where there is something new to go by, or after a twentieth more steps."""
        layers = snapshot.layers.step if snapshot.layers is not None else None
        seen = (snapshot.run, snapshot.state, snapshot.evaluated_step, snapshot.marks, layers)
        if seen != self._noticed_at[0] or snapshot.step > 1.05 * self._noticed_at[1]:
            self._noticed_at = (seen, snapshot.step)
            self.noticed = diagnoses(snapshot)

    # The learner's own numbers

    def show_own(self, round: Round) -> None:
        """Set the answers of a round beside torch's."""
        self._round = round
        self._compare()

    def _compare(self) -> None:
        own = self._experiment
        if own is None or self._round is None or self._compared is None:
            return
        # With another optimiser than the lesson's, what follows from the update is another step.
        declared = knobs(own)
        stand = {**declared, **self.snapshot.knobs}
        same = all(stand[one] == declared[one] for one in UPDATING)
        rate = own.learning_rate if same else None
        beside = compared(self._round, self._compared, self.lab.watch, rate)
        if beside != self.beside:
            self.beside = beside
            self.version += 1

    # The keys

    def can(self, action: str, way: int = 0) -> bool:
        """Whether a key could do something now."""
        state = self.snapshot.state
        match action:
            case "pause":
                return state == "training"
            case "resume":
                return state in ("paused", "finished")
            case "step":
                return state in MOVING
            case "reset" | "reseed" | "knobs":
                return state in STANDING
            case "rate":
                return state in STANDING and turned_rate(self.rate, way) is not None
            case "pace":
                return state in MOVING and turned_pace(self.pace, way) is not None
            case "go_to":
                return state in STANDING and self.snapshot.curve.count > 0
            case "log" | "cursor" | "export":
                return self.snapshot.curve.count > 0
            case "next_lab":
                return len(self.bench.labs) > 1
            case "next_variant":
                return bool(self.lab.variants) and state not in ("starting", "missing-torch")
            case "all_variants":
                return len(self.lab.variants) > 1 and self.can("next_variant")
            case "predict":
                return bool(self.guessing.waiting) and state not in GONE
            case "view":
                return len(self.viewing.views(self.snapshot)) > 1
            case "choose" | "open_picture":
                return self.viewing.can(action, self.snapshot)
            case "forget":
                return bool(self.kept)
            case "again":
                return state in GONE and self._experiment is not None and self._trouble is None
            case _:
                return True

    def offered(self) -> list[bool]:
        """What keys could do something now: the footer is drawn anew when it changes."""
        offered = [self.can(action) for action in ACTIONS]
        offered += [self.can(action, way) for action, way in TURNED]
        return [*offered, self.cursor is not None]

    def pause(self) -> None:
        """Take no further step."""
        self.run.pause()

    def resume(self) -> None:
        """Go on."""
        self.run.resume()

    def step(self) -> None:
        """Take one step, then rest."""
        self.run.step()

    def reset(self) -> None:
        """Begin again with the knobs as they are set: after a divergence, the lowered rate."""
        self.cursor = None
        self.run.reset()

    def reseed(self) -> None:
        """Begin again with other first weights and another order of the batches."""
        ready = self.snapshot.ready
        seed = ready.seed if ready is not None else 0
        self.cursor = None
        self.run.reset(seed=(seed + 1) % LARGEST_SEED)

    def turn_rate(self, way: int) -> None:
        """The next learning rate up or down, from the next step on."""
        rate = turned_rate(self.rate, way)
        if rate is not None:
            self._set("learning_rate", rate)

    def turn_pace(self, way: int) -> None:
        """The next pace up or down."""
        pace = turned_pace(self.pace, way)
        if pace is not None:
            self.ask("pace", self.run.set_pace(pace), pace)

    def turn_log(self) -> None:
        """A logarithmic axis, or a linear one."""
        self.log = not self.log
        self.version += 1

    def turn_view(self, way: int) -> None:
        """The next view of the run, or the one before."""
        self.viewing.turn(way, self.snapshot)
        self.version += 1

    def choose(self, way: int) -> None:
        """The next picture or later samples, or those before."""
        self.viewing.choose(way, self.snapshot)
        self.version += 1

    async def set_knob(self, knob: str, value: float | str) -> None:
        """Turn any knob: at once, or with a new run where it makes another model."""
        if knob == "seed":
            self.cursor = None
            self.run.reset(seed=int(value))
        elif knob in NEW_RUN:
            self.bench.turned[knob] = str(value)
            await self.begin(keep=True)
        else:
            self._set(knob, value)

    def knob(self, name: str) -> float | str:
        """A knob as it is set or has been asked for."""
        snapshot = self.snapshot
        if name == "seed":
            return snapshot.ready.seed if snapshot.ready is not None else 0
        if name in NEW_RUN:
            model = snapshot.experiment.model if snapshot.experiment is not None else self.lab.model
            return str(getattr(model, name))
        return self._asked_or(name, snapshot.knobs.get(name, ""))

    def run_to(self, step: int) -> None:
        """Go on to a step, or back to it with the weights that there were."""
        if step > self.snapshot.step:
            self.run.run_to(step=step)
        else:
            self.cursor = None
            self.run.rewind(step)

    def run_to_loss(self, loss: float) -> None:
        """Go on until a loss is low enough."""
        self.run.run_to(loss=loss)

    def choose_next_lab(self) -> None:
        """The next experiment of the lesson; nothing is trained before `begin`."""
        self.run.pause()
        self.bench.next_lab()
        self.guessing.begin()
        self._series = self._experiment = self._compared = None
        self.beside = ()
        self.version += 1

    async def next_variant(self) -> None:
        """The next variant of the experiment, over those before it."""
        self.bench.next_variant()
        await self.begin(keep=True)

    def forget(self) -> None:
        """Lay nothing under the present run any more."""
        self.run.forget_kept()
        self.version += 1

    def move_cursor(self, way: int) -> None:
        """The cursor by so many steps, within the run; it begins at the last one."""
        snapshot = self.snapshot
        last = max(snapshot.start + snapshot.curve.count, snapshot.start + 1)
        at = last if self.cursor is None else self.cursor + way
        self.cursor = min(max(at, snapshot.start + 1), last)
        self.version += 1

    def drop_cursor(self) -> None:
        """Read the end of the curve again."""
        self.cursor = None
        self.version += 1

    @property
    def rate(self) -> float:
        """The learning rate, as it is or as it has been asked for."""
        return float(self._asked_or("learning_rate", self.snapshot.learning_rate))

    @property
    def pace(self) -> float:
        """Steps a second, as they are set or have been asked for."""
        return float(self._asked_or("pace", self.snapshot.pace))

    def _set(self, knob: str, value: float | str) -> None:
        self.ask(knob, self.run.set(knob, value), value)

    def _asked_or(self, knob: str, value: float | str) -> float | str:
        """What was asked for counts until the child has answered, since keys are faster."""
        command, asked = self._asked.get(knob, (0, value))
        done = self.snapshot.acknowledged
        return value if done is not None and done.command >= command else asked
