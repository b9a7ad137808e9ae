"""All knobs of an experiment on one page: turned by arrows, or typed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Select, Static

from tutor.course.experiment import Activation, Initial, Knob, OptimiserKind
from tutor.training.experiments import (
    LARGEST_BATCH,
    LARGEST_RATE,
    LARGEST_SEED,
    LARGEST_TEMPERATURE,
)
from tutor.tui.lab.knobs import rung, spelled
from tutor.tui.lab.watched import Watch
from tutor.tui.page import Page

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

CHOICES: Mapping[Knob, tuple[str, ...]] = {
    "optimiser": get_args(OptimiserKind),
    "activation": get_args(Activation),
    "initial": get_args(Initial),
}
LIMITS: Mapping[Knob, tuple[float, float]] = {
    "learning_rate": (0, LARGEST_RATE),
    "momentum": (0, 0.9999),
    "weight_decay": (0, LARGEST_RATE),
    "temperature": (1e-4, LARGEST_TEMPERATURE),
    "batch": (1, LARGEST_BATCH),
    "seed": (0, LARGEST_SEED),
}
WHOLE: frozenset[Knob] = frozenset({"batch", "seed"})
MOMENTA = (0.0, 0.5, 0.9, 0.95, 0.99, 0.999)


def read(knob: Knob, text: str) -> float | None:
    """A knob's value as it was typed; None for what it cannot be."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    low, high = LIMITS[knob]
    if not (math.isfinite(value) and low <= value <= high):
        return None
    if knob in WHOLE:
        return int(value) if value.is_integer() else None
    return value


def turned(knob: Knob, value: float, way: int) -> float | None:
    """The next value up or down; None at the end."""
    low, high = LIMITS[knob]
    if knob == "seed":
        following: float = value + way
    elif knob == "batch":
        following = value * 2 if way > 0 else value // 2
    elif knob == "momentum":
        ladder = [one for one in MOMENTA if (one - value) * way > 1e-9]
        if not ladder:
            return None
        following = min(ladder) if way > 0 else max(ladder)
    elif value <= 0:
        following = 1e-4 if way > 0 else -1.0
    elif knob == "weight_decay" and way < 0 and value <= 1e-4:
        following = 0.0
    else:
        following = rung(value, way)
    return following if low <= following <= high else None


class KnobInput(Input):
    """A number; the arrows turn it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "turn(1)", show=False),
        Binding("down", "turn(-1)", show=False),
    ]

    def __init__(self, knob: Knob, value: float | str) -> None:
        """A knob as it stands."""
        super().__init__(f"{value:g}" if isinstance(value, float | int) else value,
                         id=f"knob-{knob}", compact=True, max_length=20)  # fmt: skip
        self.knob: Knob = knob

    async def action_turn(self, way: int) -> None:
        """The next value, taken at once."""
        value = read(self.knob, self.value)
        following = turned(self.knob, value, way) if value is not None else None
        if following is not None:
            self.value = f"{following:g}"
            self.cursor_position = len(self.value)
            await self.action_submit()


class KnobsPage(Page[None]):
    """One line a knob; what is turned acts at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,k", "dismiss", show=False),
    ]

    app: TutorApp

    def __init__(self, watched: Watch) -> None:
        """Turn the knobs of a run."""
        super().__init__()
        self.watched = watched

    def compose(self) -> ComposeResult:
        """A line for each knob, and what the keys do."""
        self.language = self.app.language
        with VerticalScroll(id="knobs", can_focus=False):
            yield Static(self.app.say("lab.knobs-title"), classes="page-title", markup=False)
            for knob in self.watched.lab.knobs:
                with Horizontal(classes="knob"):
                    yield Static(self.app.say(f"lab.knob-{spelled(knob)}"), classes="knob-name")
                    yield self._widget(knob)
            yield Static("", id="knobs-said", markup=False)
            yield Static(self.app.say("lab.knobs-about"), classes="page-about", markup=False)

    def _widget(self, knob: Knob) -> KnobInput | Select[str]:
        value = self.watched.knob(knob)
        if knob not in CHOICES:
            return KnobInput(knob, value)
        return Select(
            [(one, one) for one in CHOICES[knob]],
            value=str(value), allow_blank=False, compact=True, id=f"knob-{knob}",
        )  # fmt: skip

    @on(Input.Submitted)
    async def _typed(self, event: Input.Submitted) -> None:
        widget = event.input
        assert isinstance(widget, KnobInput)
        value = read(widget.knob, widget.value)
        if value is None:
            low, high = LIMITS[widget.knob]
            key = "whole-range" if widget.knob in WHOLE else "range"
            self._say(self.app.say(f"lab.knob-{key}", low=low, high=high))
            return
        await self._set(widget.knob, value)

    @on(Select.Changed)
    async def _chosen(self, event: Select.Changed) -> None:
        knob: Knob = (event.select.id or "").removeprefix("knob-")  # type: ignore[assignment]
        await self._set(knob, str(event.value))

    async def _set(self, knob: Knob, value: float | str) -> None:
        if value == self.watched.knob(knob):
            return
        await self.watched.set_knob(knob, value)
        shown = f"{value:g}" if isinstance(value, float | int) else value
        key = "set-again" if knob in ("activation", "initial", "seed") else "set"
        name = self.app.say(f"lab.knob-{spelled(knob)}")
        self._say(self.app.say(f"lab.knob-{key}", knob=name, value=shown))

    def _say(self, words: str) -> None:
        self.query_one("#knobs-said", Static).update(words)
