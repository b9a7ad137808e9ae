"""What the lab's pane shows and commands: one run beside one lesson, however often it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.course.lesson import Lesson
from tutor.course.round import Round
from tutor.course.worksheet import Worksheet
from tutor.training.experiments import Experiment, experiment
from tutor.training.protocol import Numbers
from tutor.training.refusal import ExperimentError
from tutor.training.snapshot import Snapshot, Trouble
from tutor.tui.lab_curve import Points
from tutor.tui.lab_knobs import turned_pace, turned_rate
from tutor.tui.lab_own import Beside, compared

if TYPE_CHECKING:
    from tutor.training.run import Run

MOVING = frozenset({"training", "paused", "finished"})
STANDING = MOVING | {"diverged"}
"""States of a run that there is."""
GONE = frozenset({"failed", "missing-torch", "stopped"})
"""States in which only another child helps."""


class Watch:
    """The run of a lesson: begun, looked at, commanded and left.

    The keys of the pane and of its full screen are one set, and so is what they change.
    """

    def __init__(self, run: Run, lesson: Lesson, sheet: Worksheet) -> None:
        """Nothing is trained yet."""
        self.run = run
        self.lesson = lesson
        self.sheet = sheet
        self.log = False
        self.validation = Points()
        self.beside: tuple[Beside, ...] = ()
        self.version = 0
        """Rises with every change that is not one of the run."""
        self._experiment: Experiment | None = None
        self._trouble: Trouble | None = None
        self._left = False
        self._round: Round | None = None
        self._compared: Numbers | None = None
        self._asked: dict[str, tuple[int, float]] = {}

    # The run

    async def begin(self) -> None:
        """Train the lesson's experiment with the numbers of the sheet, from its beginning."""
        wanted = self._wanted()
        self.version += 1
        self._asked.clear()
        if wanted is None:
            return
        self._experiment = wanted
        await self.run.start(wanted)
        self._rest_if_left()

    def _rest_if_left(self) -> None:
        """A start takes its time: the learner may have gone meanwhile."""
        if self._left:
            self.run.pause()

    def _wanted(self) -> Experiment | None:
        lab, numbers = self.lesson.labs[0], self.sheet.givens
        try:
            self._trouble = None
            given = {name: one.tolist() for name, one in numbers.items()}
            return experiment(lab, given, lesson=self.lesson.id)
        except ExperimentError as error:
            self._trouble = Trouble(error.code, error.details)
            return None

    async def show_sheet(self, sheet: Worksheet) -> None:
        """Other numbers: what the experiment takes from them, it begins again with."""
        self.sheet = sheet
        self._round = None
        self._compared = None
        self.beside = ()
        await self.begin()

    def leave(self) -> None:
        """Let the child wait, idle and warm, for the next lesson."""
        self._left = True
        if self._experiment is not None:
            self.run.pause()

    @property
    def snapshot(self) -> Snapshot:
        """How this lesson's run stands; never what was trained before it."""
        snapshot = self.run.snapshot
        if self._trouble is not None:
            return Snapshot(state="failed", trouble=self._trouble)
        if self._experiment is None or snapshot.experiment is not self._experiment:
            return Snapshot(state="starting", experiment=self._experiment)
        return snapshot

    def look(self) -> Snapshot:
        """How the run stands, after what it says has been noted."""
        snapshot = self.snapshot
        self.validation.add(snapshot.evaluated_step, snapshot.validation_loss)
        first = snapshot.numbers[0] if snapshot.numbers else None
        if first is not self._compared:
            self._compared = first
            self._compare()
        return snapshot

    # The learner's own numbers

    def show_own(self, round: Round) -> None:
        """Set the answers of a round beside torch's."""
        self._round = round
        self._compare()

    def _compare(self) -> None:
        labs, own = self.lesson.labs, self._experiment
        if not labs or own is None or self._round is None or self._compared is None:
            return
        beside = compared(self._round, self._compared, labs[0].watch, own.learning_rate)
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
            case "reset":
                return state in STANDING
            case "rate":
                return state in STANDING and turned_rate(self.rate, way) is not None
            case "pace":
                return state in MOVING and turned_pace(self.pace, way) is not None
            case "log":
                return self.snapshot.curve.count > 0
            case "again":
                return state in GONE and self._experiment is not None and self._trouble is None
            case _:
                return True

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
        """Begin again, at the learning rate that is set: after a divergence, the lowered one."""
        rate = self.rate
        if rate != self.snapshot.learning_rate:
            self._ask("rate", self.run.set("learning_rate", rate), rate)
        self.run.reset()

    def turn_rate(self, way: int) -> None:
        """The next learning rate up or down, from the next step on."""
        rate = turned_rate(self.rate, way)
        if rate is not None:
            self._ask("rate", self.run.set("learning_rate", rate), rate)

    def turn_pace(self, way: int) -> None:
        """The next pace up or down."""
        pace = turned_pace(self.pace, way)
        if pace is not None:
            self._ask("pace", self.run.set_pace(pace), pace)

    def turn_log(self) -> None:
        """A logarithmic axis, or a linear one."""
        self.log = not self.log
        self.version += 1

    async def again(self) -> None:
        """Train the same in another child."""
        self._asked.clear()
        await self.run.restart()
        self._rest_if_left()

    @property
    def rate(self) -> float:
        """The learning rate, as it is or as it has been asked for."""
        return self._knob("rate", self.snapshot.learning_rate)

    @property
    def pace(self) -> float:
        """Steps a second, as they are set or have been asked for."""
        return self._knob("pace", self.snapshot.pace)

    def _ask(self, knob: str, command: int, value: float) -> None:
        self._asked[knob] = (command, value)
        self.version += 1

    def _knob(self, knob: str, value: float) -> float:
        """What was asked for counts until the child has answered, since keys are faster."""
        command, asked = self._asked.get(knob, (0, value))
        done = self.snapshot.acknowledged
        return value if done is not None and done.command >= command else asked
