"""Runs that are watched: reading their files, columns of a long curve, a search in many tags."""

import asyncio
import json
import math
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.rows import Row, compared
from tests.watching.written import event
from tutor.learner.settings import Settings
from tutor.training.curves import folded
from tutor.tui.watch.screen import WatchApp
from tutor.watching.json_lines import ObjectReader
from tutor.watching.points import Wishes
from tutor.watching.step_curve import StepCurve
from tutor.watching.tensorboard import EventReader
from tutor.watching.watcher import Watcher

VALUES, TAGS, STEPS = 20_000, 10_000, 10_000_000
ROUNDS = 9


def each(work: Callable[[], object], count: int) -> float:
    """Microseconds for each of the things that some work does, the median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        work()
        times.append((perf_counter() - started) / count * 1e6)
    return median(times)


def reading() -> list[Row]:
    """A value of each kind of file, from its bytes to a point."""
    values = [math.sin(step) for step in range(VALUES)]
    events = b"".join(event("loss/train", step, value) for step, value in enumerate(values))
    lines = [f'{{"step": {step}, "loss": {value}}}' for step, value in enumerate(values)]
    text = "".join(f"{line}\n" for line in lines).encode()
    plain = each(lambda: [json.loads(line) for line in lines], VALUES)
    of_events = each(lambda: EventReader().feed(events), VALUES)
    of_lines = each(lambda: ObjectReader(Wishes()).feed(text), VALUES)
    return [
        compared("watch: a value of an event file, against json.loads", of_events, plain, "", "us"),
        compared("watch: a value of JSON lines, against json.loads", of_lines, plain, "", "us"),
    ]


def columns() -> Row:
    """The columns of a curve of ten million values, for a plot 120 cells wide."""
    curve, held = StepCurve(), folded([math.sin(step) for step in range(1000)])
    for step in range(0, STEPS, 1000):
        curve.add(step, step + 999, held, 0.5, 2048)
    took = each(lambda: curve.columns(240, 0, STEPS, 0.9), 1) / 1000
    return Row("watch: the columns of 10^7 values, smoothed", took, bar="<= 2 ms")


async def letters(path: Path) -> list[float]:
    """Milliseconds from a letter of a search to the list of what it finds."""
    watcher = Watcher(path)
    while watcher.poll():
        pass
    app, times = WatchApp(watcher, Settings(), "en"), []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.simulate_key("slash")
        await pilot.pause(0)
        for letter in "layer 7 n" * 3:
            started = perf_counter()
            app.simulate_key("space" if letter == " " else letter)
            await pilot.pause(0)
            times.append(1000 * (perf_counter() - started))
    return times


def search() -> Row:
    """A letter typed into the search of ten thousand tags."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        numbers = ", ".join(f'"layer{tag}.norm": {tag}' for tag in range(TAGS))
        path.write_text(f'{{"step": 1, {numbers}}}\n', encoding="utf-8")
        took = median(asyncio.run(letters(path)))
    return Row("watch: a letter searched for in 10^4 tags", took, bar="<= 50 ms")


def measure() -> list[Row]:
    """All of these."""
    return [*reading(), columns(), search()]
