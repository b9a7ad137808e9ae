"""Where one is in a lesson: its title, the step's, and every step as a sign."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tutor.course.session import StepState
from tutor.telling import Telling
from tutor.tui.glyphs import UNICODE, Glyphs
from tutor.tui.prose import lines

SHOWN = "*"
"""Stands for a step whose solution was shown."""


class Rail(Widget):
    """The heading of a lesson, always in view."""

    DEFAULT_CSS = "Rail { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until something is shown."""
        super().__init__(id=id)
        self.heading = ""
        self.seed = ""
        self.signs: list[str] = []
        self.at = 0
        self.glyphs = UNICODE

    def show(self, telling: Telling, glyphs: Glyphs) -> None:
        """Show how a round stands."""
        round, state = telling.round, telling.round.state
        lesson = round.lesson.title.in_language(telling.language)
        step = telling.words(round.step.title, round.step)
        self.heading = telling.say("screen.heading", lesson=lesson, step=step)
        self.seed = "" if state.seed is None else telling.say("screen.seed", seed=state.seed)
        self.seed = telling.say("own.source") if state.given else self.seed
        self.glyphs = glyphs
        self.signs = [step_sign(one, glyphs) for one in state.steps.values()]
        self.at = list(state.steps).index(state.at)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines of the heading, and one of signs."""
        return len(lines(self.heading, width)) + 1

    def render(self) -> Content:
        """The heading and the signs."""
        width = self.content_size.width
        heading = "\n".join(lines(self.heading, width))
        before, here, after = sign_line(self.signs, self.at, width - self._seed_width, self.glyphs)
        return Content.assemble(
            (heading, "bold"), "\n", before, (here, "bold reverse"), after,
            (f"  {self.seed}" if self.seed else "", "dim"),
        )  # fmt: skip

    @property
    def _seed_width(self) -> int:
        return cell_len(self.seed) + 2 if self.seed else 0


def step_sign(step: StepState, glyphs: Glyphs) -> str:
    """How a step stands, as one sign."""
    return glyphs.done if step.solved else SHOWN if step.revealed else glyphs.open


def sign_line(signs: list[str], at: int, width: int, glyphs: Glyphs) -> tuple[str, str, str]:
    """All steps as signs: those before the current one, that one counted, those after it.

    Closer together where there is no room, and only the nearest where there is still none.
    """
    sign = signs[at] if signs[at] != glyphs.open else ""
    here = f"[{at + 1}/{len(signs)}{sign}]"
    for gap in (" ", ""):
        before = "".join(one + gap for one in signs[:at])
        after = "".join(gap + one for one in signs[at + 1 :])
        if len(before + here + after) <= width:
            return before, here, after
    room = max(width - len(here), 2)
    left = min(at, max(room // 2, room - len(after)))
    if left < at:
        before = glyphs.cut + before[at - left + 1 :]
    if len(after) > room - left:
        after = after[: room - left - 1] + glyphs.cut
    return before, here, after
