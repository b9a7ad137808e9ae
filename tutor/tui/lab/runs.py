"""One run after the other of a bench: begun, written into folders, shown, left."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tutor.course.experiment import Lab
from tutor.training import store
from tutor.training.experiments import Experiment
from tutor.training.refusal import ExperimentError
from tutor.training.snapshot import Snapshot, Trouble
from tutor.tui.lab.bench import Bench
from tutor.tui.lab.guess import Guessing
from tutor.tui.lab.knobs import FULL_SPEED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tutor.learner.journal import Journal
    from tutor.training.run import Run

GONE = frozenset({"failed", "missing-torch", "stopped"})
"""States in which only another child helps."""

SERIES_SECONDS = 0.05
"""Between two looks whether a variant has ended, when all are trained one after another."""


class Runs:
    """The runs of a bench in one child; one of them is shown."""

    def __init__(
        self,
        run: Run,
        bench: Bench,
        folder: Path | None = None,
        journal: Callable[[], Journal] | None = None,
    ) -> None:
        """Nothing is trained yet; each run is written into a folder of its own in `folder`."""
        self.run = run
        self.bench = bench
        self.guessing = Guessing(bench, journal)
        self.guessing.begin()
        self.cursor: int | None = None
        """The step at which the learner reads the curve."""
        self.version = 0
        """Rises with every change that is not one of the run."""
        self._folder = folder
        self._claim: store.Claim | None = None
        self._experiment: Experiment | None = None
        self._trouble: Trouble | None = None
        self._unwritten: Trouble | None = None
        self._left = False
        self._asked: dict[str, tuple[int, float | str]] = {}
        """Knobs that were turned, by the commands for it and what was asked."""
        self._series: object = None

    @property
    def lab(self) -> Lab:
        """The experiment that is shown, as it is declared."""
        return self.bench.lab

    @property
    def folder(self) -> Path | None:
        """Where the run is written, if it is."""
        return self._claim.folder if self._claim is not None else None

    async def begin(self, *, keep: bool = False) -> None:
        """Train what the bench says, from its beginning; with `keep` over the runs before it."""
        self._series = None
        await self._begin(keep=keep)

    async def _begin(self, *, keep: bool) -> None:
        wanted = self._wanted()
        self.guessing.begin()
        self.version += 1
        self.cursor = None
        self._asked.clear()
        if wanted is None:
            return
        self._experiment = wanted
        resumed = self.bench.kept is not None
        self._begin_folder(wanted)
        await self.run.start(wanted, self.folder, keep=keep, resume=resumed)
        self._rest_if_left()

    def _wanted(self) -> Experiment | None:
        try:
            self._trouble = None
            return self.bench.experiment()
        except ExperimentError as error:
            self._trouble = Trouble(error.code, error.details)
            return None

    def _begin_folder(self, wanted: Experiment) -> None:
        """A folder for the run; without one it trains all the same."""
        self._end_folder()
        if self.bench.kept is not None:
            self._claim, self.bench.kept = self.bench.kept, None
        elif self._folder is not None:
            try:
                self._claim = store.new(self._folder, wanted.name)
            except OSError as error:
                self._unwritten = Trouble("lab.not-recorded", {"reason": error.strerror or ""})

    def _end_folder(self) -> None:
        self._unwritten = None
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def _rest_if_left(self) -> None:
        """A start takes its time: the learner may have gone meanwhile."""
        if self._left:
            self.run.pause()

    def leave(self) -> None:
        """Let the child wait, idle and warm, for the next lesson."""
        self._left = True
        self._series = None
        if self._experiment is not None:
            self.run.pause()
        self._end_folder()

    @property
    def snapshot(self) -> Snapshot:
        """How this lesson's run stands; never what was trained before it."""
        snapshot = self.run.snapshot
        if self._trouble is not None:
            return Snapshot(state="failed", trouble=self._trouble)
        if self._experiment is None or snapshot.experiment is not self._experiment:
            return Snapshot(state="starting", experiment=self._experiment)
        if self._unwritten is not None and snapshot.warning is None:
            return snapshot.noticing(self._unwritten)
        return snapshot

    @property
    def kept(self) -> tuple[Snapshot, ...]:
        """The runs that lie under the present one, the oldest first."""
        return self.run.kept

    def look(self) -> Snapshot:
        """How the run stands, after its answers to what was predicted have been noted."""
        snapshot = self.snapshot
        if self.guessing.look(snapshot):
            self.version += 1
        return snapshot

    def ask(self, knob: str, command: int, value: float | str) -> None:
        """A command that turns a knob is on its way."""
        self._asked[knob] = (command, value)
        self.version += 1

    async def all_variants(self) -> None:
        """Each variant as fast as it goes, over those before it."""
        self._series = mine = object()
        for place in range(len(self.lab.variants)):
            self.bench.choose_variant(place)
            await self._begin(keep=place > 0)
            self.ask("pace", self.run.set_pace(FULL_SPEED), FULL_SPEED)
            while not self._ended:
                await asyncio.sleep(SERIES_SECONDS)
                if self._series is not mine or self.snapshot.state in GONE:
                    return
            # Before the next one begins: a pane looks less often.
            self.look()

    @property
    def _ended(self) -> bool:
        """Whether the run has said all that it will."""
        snapshot = self.snapshot
        measured = snapshot.evaluated_step == snapshot.step
        return snapshot.state == "diverged" or (snapshot.state == "finished" and measured)

    async def again(self) -> None:
        """Train the same in another child, from where it was last written down."""
        self._asked.clear()
        await self.run.restart()
        self._rest_if_left()
