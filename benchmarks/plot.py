"""A frame of the live plot: other data shown, and every line of it drawn, at 80x10 and 120x40."""

import asyncio
import math
from statistics import median
from time import perf_counter

from textual.app import App
from textual.geometry import Size

from benchmarks.rows import Row
from tutor.tui.plot.plot import Plot, PlotData, PlotSeries

FRAMES = 200
BARS = {(80, 10): "<= 2 ms", (120, 40): ""}


class BenchApp(App[None]):
    """An app that is nothing but a plot."""

    def compose(self):  # type: ignore[no-untyped-def]
        yield Plot()


def noisy(step: int, columns: int) -> PlotData:
    """A loss with its band, validated now and then; different at every step."""
    means = [
        2.3 * math.exp(-3 * x / columns) + 0.2 + 0.01 * math.sin(x + step) for x in range(columns)
    ]
    train = [(0.7 * mean, 1.4 * mean, mean) for mean in means]
    validation = [None if x % 10 else (mean + 0.1,) * 3 for x, mean in enumerate(means)]
    series = (PlotSeries("train", train), PlotSeries("validation", validation))
    return PlotData(series, 0, 1000 + step, title="loss", levels=(("guess", math.log(10)),))


async def frame_times(width: int, height: int) -> list[float]:
    """Milliseconds a frame, from the data to the last of its lines."""
    times = []
    app = BenchApp()
    async with app.run_test(size=(width, height)) as pilot:
        plot = app.query_one(Plot)
        await pilot.pause()
        if plot.content_size != Size(width, height):
            raise RuntimeError(f"the plot is {plot.content_size}")
        for step in range(FRAMES):
            data = noisy(step, plot.dots_across)
            started = perf_counter()
            plot.show(data)
            for y in range(height):
                plot.render_line(y)
            times.append(1000 * (perf_counter() - started))
            if step % 20 == 0:
                await pilot.pause()
    return times


def measure() -> list[Row]:
    """The median frame of each size."""
    return [
        Row(
            f"plot {width}x{height}: a frame",
            median(asyncio.run(frame_times(width, height))),
            bar=bar,
        )
        for (width, height), bar in BARS.items()
    ]
