"""A small app with one answer grid, driven by keys, for the tests of what it does and shows."""

import asyncio
from collections.abc import Callable, Iterable
from time import monotonic

from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Footer, Input, Static

from tutor.tui.bindings import SpokenScreen
from tutor.tui.grid.grid import MatrixGrid


class Board(SpokenScreen[None]):
    """Lines above, a grid, an input to leave for, and the footer."""

    def __init__(self, grid: MatrixGrid, lines_above: int, pane: tuple[int, int]) -> None:
        super().__init__()
        self.grid = grid
        self.lines_above = lines_above
        self.pane = pane

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False) as pane:
            pane.styles.width, pane.styles.height = self.pane
            self.lines_above_shown = Static("above\n" * self.lines_above)
            self.lines_above_shown.display = bool(self.lines_above)
            yield self.lines_above_shown
            yield self.grid
        yield Input()
        yield Footer()


class GridApp(App[None]):
    """Shows a grid in a pane and keeps what it says."""

    def __init__(
        self, grid: MatrixGrid, *, lines_above: int = 0, pane: tuple[int, int] = (46, 18)
    ) -> None:
        super().__init__()
        self.board = Board(grid, lines_above, pane)
        self.grid = grid
        self.said: list[Message] = []

    def on_mount(self) -> None:
        self.push_screen(self.board)

    def on_matrix_grid_changed(self, event: MatrixGrid.Changed) -> None:
        self.said.append(event)

    on_matrix_grid_submitted = on_matrix_grid_changed
    on_matrix_grid_moved = on_matrix_grid_changed
    on_matrix_grid_refused = on_matrix_grid_changed

    def heard(self, kind: type[Message]) -> list[Message]:
        """The messages of a kind, in their order."""
        return [message for message in self.said if isinstance(message, kind)]

    def refusals(self) -> list[str]:
        """The sentences that said why something could not be done."""
        return [one.sentence for one in self.said if isinstance(one, MatrixGrid.Refused)]

    def changes(self) -> list[tuple[int, str]]:
        """The cells that were said to have changed, and their texts."""
        return [(one.cell, one.text) for one in self.said if isinstance(one, MatrixGrid.Changed)]

    def shown(self) -> list[str]:
        """The lines of the screen, as a person sees them."""
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]

    def shown_grid(self) -> list[str]:
        """The lines of the grid that are in view."""
        region = self.grid.region
        strips = self.screen._compositor.render_strips()[region.y : region.bottom]
        return [strip.crop(region.x, region.right).text.rstrip() for strip in strips]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys: a name such as `ctrl+z`, or else a text to be typed."""
    for key in keys:
        named = len(key) > 1 and (key in NAMED or "+" in key)
        for one in [key] if named else key:
            pilot.app.post_message(events.Key(one, None if named else one))
    await answered(pilot)


async def paste(pilot: Pilot[None], text: str) -> None:
    """What a terminal with bracketed paste sends."""
    pilot.app.post_message(events.Paste(text))
    await answered(pilot)


async def answered(pilot: Pilot[None]) -> None:
    """Wait until whatever has the focus has dealt with all that was sent before."""
    app, done = pilot.app, asyncio.Event()
    app.call_later(lambda: (app.focused or app.screen).call_later(done.set))
    await asyncio.wait_for(done.wait(), 10)
    await pilot.pause()


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> bool:
    """Whether a condition comes true before a generous deadline."""
    deadline = monotonic() + 10
    while not condition() and monotonic() < deadline:
        await pilot.pause()
    return condition()


MOVES = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown")
NAMED = frozenset((*MOVES, "enter", "tab", "escape", "delete", "backspace", "f2"))


def lines(text: str) -> list[str]:
    """The lines of an indented text, for comparisons with a screen."""
    rows = [row for row in text.strip("\n").split("\n") if row.strip()]
    indent = min(len(row) - len(row.lstrip()) for row in rows)
    return [row[indent:].rstrip() for row in rows]


def numbers(count: int) -> Iterable[str]:
    """Texts for cells: 0.000, 0.001, ..."""
    return [f"{index / 1000:.3f}" for index in range(count)]
