"""A lesson open in the tutor with a run that is made up, for the tests of the lab's pane."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.pilot import Pilot
from textual.widgets import Footer, Input

from tutor.course.catalog import lesson_folder
from tutor.course.load import load
from tutor.course.round import Round
from tutor.learner.settings import Settings
from tutor.training.curves import Series
from tutor.training.experiments import Experiment
from tutor.training.protocol import Done, Numbers, Ready
from tutor.training.snapshot import Snapshot, Trouble, begun
from tutor.tui.app import TutorApp
from tutor.tui.bindings import SpokenScreen
from tutor.tui.lab.bench import bench
from tutor.tui.lab.pane import LabPane

NARROW, WIDE = (80, 24), (120, 40)
DIGITS = Ready(1, "digits-softmax", 650, 10, 1437, 360, 45, 32, 0, 2.3)
OWN = Ready(1, "own-softmax-regression", 12, 3, 1, 0, 1, 1, 0, 1.2307)

TROUBLE = {
    "diverged": Trouble(
        "lab.diverged",
        {"step": 412, "learning_rate": 20.0, "last_loss": 312.5, "gradient_norm": 81000.0},
    ),
    "failed": Trouble("lab.killed", {"signal": "SIGKILL"}),
    "missing-torch": Trouble("lab.missing-torch", {"reason": "No module named 'torch'"}),
}


COMMANDS = (
    "pause", "resume", "step", "reset", "rewind", "run_to", "set", "set_pace", "look",
    "forget_kept",
)  # fmt: skip


class FakeRun:
    """What the pane needs of a run: a snapshot to be changed, and a list of what was asked."""

    def __init__(self) -> None:
        self.snapshot = Snapshot()
        self.calls: list[tuple[object, ...]] = []
        self.started: list[Experiment] = []
        self.folders: list[tuple[Path | None, bool]] = []
        """Of each start, and whether the run there was gone on with."""
        self.kept: tuple[Snapshot, ...] = ()
        self.slow: asyncio.Event | None = None
        """A start takes until it is set."""

    async def warm(self) -> None:
        self.calls.append(("warm",))

    async def start(
        self,
        experiment: Experiment,
        folder: Path | None = None,
        *,
        keep: bool = False,
        resume: bool = False,
    ) -> None:
        self.started.append(experiment)
        self.folders.append((folder, resume))
        if self.slow is not None:
            await self.slow.wait()
        self.calls.append(("start",))
        self.snapshot = begun(self.snapshot, experiment, len(self.calls))

    async def restart(self) -> None:
        self.calls.append(("restart",))

    async def stop(self) -> None:
        self.calls.append(("stop",))

    def kill(self) -> None:
        self.calls.append(("kill",))

    def __getattr__(self, name: str) -> Callable[..., int]:
        """Commands are noted, and answered with their place in the list."""
        if name not in COMMANDS:
            raise AttributeError(name)

        def command(*values: object, **named: object) -> int:
            self.calls.append((name, *values, *named.values()))
            return len(self.calls)

        return command

    def shows(self, state: str, **fields: object) -> None:
        """A run that has come far, in a state."""
        curve = Series()
        curve.extend([2.3 * math.exp(-step / 150) + 0.1 for step in range(412)])
        known = {
            "state": state, "ready": DIGITS, "step": 412, "until": 900, "epoch": 9,
            "steps_per_second": 39.7 if state == "training" else 0.0,
            "first_loss": 2.3, "last_loss": 0.2479, "least_loss": 0.1503, "curve": curve,
            "train_loss": 0.3214, "train_accuracy": 0.912, "validation_loss": 0.3398,
            "validation_accuracy": 0.9028, "evaluated_step": 400, "trouble": TROUBLE.get(state),
        }  # fmt: skip
        self.snapshot = self.snapshot.changed(**{**known, **fields})

    def acknowledges(self, command: int, **fields: object) -> None:
        """The child has answered."""
        self.snapshot = self.snapshot.changed(acknowledged=Done(command, 0), **fields)


class Board(SpokenScreen[None]):
    """Something to come from with Tab, the pane, and the footer; a round with its numbers."""

    def __init__(self, lesson: str) -> None:
        super().__init__()
        self.round = Round(load(path_of(lesson)).lesson, (), lambda *_: None)

    def compose(self) -> ComposeResult:
        with Horizontal(id="lesson"):
            with Vertical(id="work"):
                yield Input()
            yield LabPane(bench(self.round), id="lab")
        yield Footer(show_command_palette=False, compact=True)

    def set_language(self, language: str) -> None:
        super().set_language(language)
        self.query_one(LabPane).set_language(language)


class BoardApp(TutorApp):
    """The tutor, but for the map and the lesson: they have tests of their own."""

    board = "softmax"

    def get_default_screen(self) -> Board:
        return Board(self.board)


def path_of(lesson: str) -> Path:
    return lesson_folder() / f"{lesson}.yaml"


@asynccontextmanager
async def lesson_with(
    run: object, lesson: str = "softmax", size: tuple[int, int] = NARROW, language: str = "en",
    *, glyphs: str = "unicode", whole: bool = False, asks: bool = False,
) -> AsyncIterator[tuple[TutorApp, Pilot[int]]]:  # fmt: skip
    """A pane beside a lesson (with `whole` the tutor's own screen), its experiment asked for.

    Unless it `asks`, the learner has passed over what is to be predicted.
    """
    settings = replace(Settings(), glyphs=glyphs)
    if whole:
        app = TutorApp(settings, language, lesson=path_of(lesson), warms_lab=False)
    else:
        app = BoardApp(settings, language, warms_lab=False)
        app.board = lesson
    if run is not None:
        app._run = run
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query(LabPane)))
        if isinstance(run, FakeRun):
            await until(pilot, lambda: bool(run.started))
            await pilot.pause()
        if not asks and run is not None:
            pane(app).watched.guessing.pass_over()
        yield app, pilot


async def look(app: TutorApp, pilot: Pilot[int], run: FakeRun, state: str, **known: object) -> None:
    """Let the pane see a run in a state."""
    run.shows(state, **known)
    pane(app).look()
    await pilot.pause()


async def until(pilot: Pilot[int], true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for a condition; a test that waits in vain says for what."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not true():
        assert asyncio.get_running_loop().time() < deadline, "waited in vain"
        await pilot.pause(0.01)


def pane(app: TutorApp) -> LabPane:
    """The pane on the current screen."""
    return app.screen.query_one(LabPane)


def shown(app: TutorApp) -> list[str]:
    """The lines of the pane as a person sees them, without the line beside it."""
    region = pane(app).content_region
    strips = app.screen._compositor.render_strips()[region.y : region.bottom]
    return [strip.crop(region.x, region.right).text.rstrip() for strip in strips]


def said(app: TutorApp) -> str:
    """All words of the pane, as if there were no ends of lines."""
    return " ".join(" ".join(shown(app)).split())


def footer(app: TutorApp) -> dict[str, str]:
    """The keys of the pane that are offered now, and what they are said to do."""
    return {
        active.binding.key: active.binding.description
        for active in app.screen.active_bindings.values()
        if (active.binding.id or "").startswith("lab.") and active.binding.show
    }


async def press(app: TutorApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys by their names, and let the pane look."""
    for key in keys:
        app.simulate_key(key)
        await pilot.pause()
    pane(app).look() if app.screen.query(LabPane) else None
    await pilot.pause()


def torch_numbers(rate: float = 0.1) -> Numbers:
    """The first step of the softmax-regression lesson, on its own numbers, as torch tells it."""
    W, b, x = np.arange(0.1, 1, 0.1).reshape(3, 3), np.array([0.1, 0.2, 0.3]), (0.5, 0.6, 0.7)
    right = np.array([0, 1, 0])
    z = W @ x + b
    p = np.exp(z) / np.exp(z).sum()
    dz = p - right
    dW = np.outer(dz, x)
    W, b = W - rate * dW, b - rate * dz
    after = np.exp(W @ x + b)
    values = {
        "z": z, "p": p, "loss": -np.log(p[1]), "dz": dz, "db": dz, "dW": dW, "b": b, "W": W,
        "next_loss": -np.log(after[1] / after.sum()),
    }  # fmt: skip
    return Numbers(1, 1, rate, {name: np.asarray(one).tolist() for name, one in values.items()})
