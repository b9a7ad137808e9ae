"""From a key to its frame: in an 8x8 answer grid, against a single bare Textual Input.

Both stand on one screen and take turns. A frame counts when its bytes go to the terminal. Compared
are the processor's work from the key to there, and the time by the clock, which also tells of
whatever else the machine does.
"""

import asyncio
from statistics import median
from time import perf_counter, process_time

from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from benchmarks.rows import Row, compared
from tutor.tui.bindings import SpokenScreen
from tutor.tui.grid.grid import MatrixGrid

ROUNDS = 25
TYPED = ("0", ".", "1", "5", "4", "7")
MOVED = ("right", "right", "down", "left", "up", "left")


class Terminal(HeadlessDriver):
    """A terminal that swallows what is written, and says when."""

    frame: asyncio.Event

    @property
    def is_headless(self) -> bool:
        """Textual writes no frames to a headless driver; to this one it does."""
        return False

    def write(self, data: str) -> None:
        """Note that a frame has come."""
        if len(data) > 30:
            self.frame.set()


class Board(SpokenScreen[None]):
    """An Input above a filled grid."""

    def compose(self):  # type: ignore[no-untyped-def]
        yield Input()
        yield MatrixGrid((8, 8), texts=[f"{index / 64:.3f}" for index in range(64)])


class BenchApp(App[None]):
    """The app of this measurement."""

    def get_default_screen(self) -> Screen[None]:
        """The screen with both."""
        return Board()


async def key_times(app: App[None], keys: tuple[str, ...]) -> list[tuple[float, float]]:
    """Work and time (ms) of each key up to its frame."""
    times = []
    for key in keys:
        await asyncio.sleep(0.02)
        Terminal.frame.clear()
        started, worked = perf_counter(), process_time()
        app.simulate_key(key)
        await asyncio.wait_for(Terminal.frame.wait(), 5)
        times.append((1000 * (process_time() - worked), 1000 * (perf_counter() - started)))
    return times


async def measured() -> dict[str, list[tuple[float, float]]]:
    """The times of all keys, by what took them."""
    Terminal.frame = asyncio.Event()
    found: dict[str, list[tuple[float, float]]] = {"input": [], "typed": [], "moved": []}
    app = BenchApp(driver_class=Terminal)
    async with app.run_test(headless=False, size=(120, 40)):
        entry, grid = app.screen.query_one(Input), app.screen.query_one(MatrixGrid)

        async def turn(widget: Widget, kind: str, keys: tuple[str, ...]) -> None:
            widget.focus()
            await asyncio.sleep(0.1)
            found[kind] += await key_times(app, keys)

        for _ in range(ROUNDS):
            entry.value = ""
            await turn(entry, "input", TYPED)
            await turn(grid, "typed", TYPED)
            grid.commit()
            await turn(grid, "moved", MOVED)
    return found


def measure() -> list[Row]:
    """Work a key, typed and moved, against the Input; then the same by the clock."""
    times = asyncio.run(measured())
    work = {kind: median(one for one, _ in pairs) for kind, pairs in times.items()}
    clock = {kind: median(one for _, one in pairs) for kind, pairs in times.items()}
    return [
        compared("8x8 grid, a character typed: work", work["typed"], work["input"], "<= 2 x"),
        compared("8x8 grid, an arrow: work", work["moved"], work["input"], "<= 2 x"),
        compared("8x8 grid, a character: to its frame", clock["typed"], clock["input"], "<= 2 x"),
        compared("8x8 grid, an arrow: to its frame", clock["moved"], clock["input"], "<= 2 x"),
    ]
