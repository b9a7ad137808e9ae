"""The lab's pane: a key in an answer grid while a model trains at full speed, and a frame.

Grid, bare Input and pane stand on one screen. The lab trains and rests in turns, and the keys are
those of `benchmarks.grid`. The child streams as many losses as it can; the pane draws them.
"""

import asyncio
import math
from statistics import median
from time import perf_counter

import msgspec
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from benchmarks.grid import MOVED, TYPED, Terminal, key_times
from benchmarks.rows import Row, compared
from tutor.course.catalog import lesson_folder
from tutor.course.lesson import Lesson
from tutor.course.load import load
from tutor.course.worksheet import Worksheet
from tutor.learner.settings import Settings
from tutor.training.protocol import Board as Samples
from tutor.training.protocol import Layers, Picture, Sample
from tutor.tui.app import TutorApp
from tutor.tui.bindings import SpokenScreen
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.lab.bench import Bench
from tutor.tui.lab.lines import LabLines
from tutor.tui.lab.pane import LabPane
from tutor.tui.lab.view import View
from tutor.tui.plot.plot import Plot

ROUNDS = 12
FRAMES = 200
VIEWS: tuple[View, ...] = ("curve", "layers", "pictures", "board")
SIZES = {"narrow": (80, 24), "wide": (120, 40)}


def endless() -> Lesson:
    """A lesson whose lab trains on and on, as fast as it goes."""
    lesson = load(lesson_folder() / "softmax.yaml").lesson
    lab = msgspec.structs.replace(lesson.labs[0], steps=10**9, pace=0.0)
    return msgspec.structs.replace(lesson, labs=(lab,))


class Board(SpokenScreen[None]):
    """An Input and a filled grid, and the pane beside them."""

    def compose(self) -> ComposeResult:
        lesson = endless()
        with Horizontal(id="lesson"):
            with Vertical(id="work"):
                yield Input()
                yield MatrixGrid((8, 8), texts=[f"{index / 64:.3f}" for index in range(64)])
            givens = Worksheet(lesson).givens
            yield LabPane(Bench(lesson.labs, lesson.id, givens), id="lab")


class BenchApp(TutorApp):
    """The tutor with that screen."""

    def get_default_screen(self) -> Screen[None]:
        return Board()


def tutor_app() -> BenchApp:
    return BenchApp(Settings(), "en", warms_lab=False)


async def trains(app: BenchApp, state: str) -> None:
    """Wait until the lab is in a state, and its lines have arrived."""
    while app.lab.snapshot.state != state:
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)


Times = list[tuple[float, float]]


async def key_rounds() -> tuple[dict[str, Times], float]:
    """The times of all keys, by what took them and what the lab did; and its steps a second."""
    Terminal.frame = asyncio.Event()
    found: dict[str, Times] = {}
    speeds = []
    app = tutor_app()
    app.driver_class = Terminal
    async with app.run_test(headless=False, size=(120, 40)):
        await trains(app, "training")
        entry, grid = app.screen.query_one(Input), app.screen.query_one(MatrixGrid)
        for _ in range(ROUNDS):
            for state in ("training", "paused"):
                app.lab.resume() if state == "training" else app.lab.pause()
                await trains(app, state)
                entry.value = ""
                entry.focus()
                await asyncio.sleep(0.1)
                found.setdefault(f"input {state}", []).extend(await key_times(app, TYPED))
                grid.focus()
                await asyncio.sleep(0.1)
                found.setdefault(f"typed {state}", []).extend(await key_times(app, TYPED))
                grid.commit()
                found.setdefault(f"moved {state}", []).extend(await key_times(app, MOVED))
                if state == "training":
                    speeds.append(app.lab.snapshot.steps_per_second)
    return found, median(speeds)


def looked_at() -> dict[str, object]:
    """What a child tells of a large model, for each view at its largest."""
    names = tuple(f"hidden {place}" for place in range(20))
    part = (0.1,) * len(names)
    image = tuple(tuple(float((x * y) % 16) for x in range(28)) for y in range(28))
    rows = tuple(tuple(math.sin(x * y) for x in range(64)) for y in range(64))
    samples = tuple(Sample(image, "7", "9", 0.61, "7") for _ in range(12))
    return {
        "layers": Layers(1, 1, names, part, part, part, part),
        "picture": Picture(1, 1, "weights:hidden 1", rows),
        "board": Samples(1, 1, samples),
    }


async def frame_times(width: int, height: int, view: View = "curve") -> list[float]:
    """Milliseconds a frame of the whole pane: other numbers, and all of its lines drawn."""
    times = []
    app = tutor_app()
    async with app.run_test(size=(width, height)) as pilot:
        await trains(app, "training")
        app.lab.pause()
        await trains(app, "paused")
        pane = app.screen.query_one(LabPane)
        losses = [2.3 * math.exp(-step / 500) + 0.1 + 0.05 * (step % 7) for step in range(4096)]
        app.lab.snapshot.curve.extend(losses)
        ready = msgspec.structs.replace(
            app.lab.snapshot.ready, layers=("hidden 1",), pictures=("weights:hidden 1",)
        )
        pane.watched.viewing.view = view
        for _ in range(FRAMES):
            step = app.lab.snapshot.step + 1
            app.lab.snapshot = app.lab.snapshot.changed(step=step, ready=ready, **looked_at())
            started = perf_counter()
            pane.look()
            for part in pane.query("LabLines, ViewLines, Plot").results(LabLines | Plot):
                if part.display:
                    for y in range(part.content_size.height):
                        part.render_line(y)
            times.append(1000 * (perf_counter() - started))
            await pilot.pause(0)
    return times


def measure() -> list[Row]:
    """Keys while the lab trains against the same Input at rest, then a frame of each size."""
    times, speed = asyncio.run(key_rounds())
    work = {kind: median(one for one, _ in pairs) for kind, pairs in times.items()}
    clock = {kind: median(one for _, one in pairs) for kind, pairs in times.items()}
    rest = "input paused"
    rows = [Row("the lab meanwhile", speed, unit="steps/s")]
    for kind, name in (("typed", "a character"), ("moved", "an arrow")):
        busy, idle = f"{kind} training", f"{kind} paused"
        rows += [
            compared(f"8x8 grid, lab training, {name}: work", work[busy], work[rest], "<= 2 x"),
            compared(
                f"8x8 grid, lab training, {name}: to its frame", clock[busy], clock[rest], "<= 2 x"
            ),
            compared("the same against a lab at rest: to its frame", clock[busy], clock[idle]),
        ]
    return rows + [
        Row(
            f"lab pane {name}, {view}: a frame",
            median(asyncio.run(frame_times(*size, view))),
            bar="<= 5 ms",
        )
        for name, size in SIZES.items()
        for view in VIEWS
    ]
