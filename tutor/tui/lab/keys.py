"""The keys of the lab: which there are, when each is offered, and what it asks of the run."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Coroutine
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tutor.tui.lab.watched import ACTIONS, Watch

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

LEAP = 10
"""Cells of the plot that the cursor leaps."""

SPARE = (
    "view.down", "guess.about", "lab.slower", "lab.rate-down", "lab.log", "lab.faster",
    "lab.rate-up", "lab.next-lab", "lab.go-to", "view.next", "lab.variant", "guess.all",
    "guess.predict", "view.open", "lab.reset",
)  # fmt: skip
"""Keys that the footer can do without, from the least important: the help names all."""


def key(
    keys: str,
    action: str,
    name: str = "",
    display: str | None = None,
    *,
    show: bool = True,
    room: str = "lab",
) -> Binding:
    """A key of the pane: in the footer by a short word, in the help by what it does."""
    name = name or action
    return Binding(
        keys,
        action,
        f"{room}.key-{name}",
        tooltip=f"{room}.about-{name}",
        id=f"{room}.{name}",
        key_display=display,
        show=show,
    )


class LabKeys(Vertical, can_focus=True, can_focus_children=False):
    """What the pane offers. It never waits: commands are left in a pipe, starting is a task."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "again"),
        key("space", "pause"),
        key("space", "resume"),
        key("s", "step"),
        key("r", "reset"),
        key("n", "reseed", show=False),
        key("plus", "rate(1)", "rate-up", "+"),
        key("minus", "rate(-1)", "rate-down", "-"),
        key("greater_than_sign", "pace(1)", "faster", ">"),
        key("less_than_sign", "pace(-1)", "slower", "<"),
        key("k", "knobs"),
        key("g", "go_to", "go-to"),
        key("v", "next_variant", "variant"),
        key("e", "next_lab", "next-lab"),
        key("p", "predict", room="guess"),
        key("a", "all_variants", "all", room="guess"),
        key("w", "view(1)", "next", room="view"),
        key("W", "view(-1)", "before", "W", show=False, room="view"),
        key("up", "choose(-1)", "up", show=False, room="view"),
        key("down", "choose(1)", "down", room="view"),
        key("enter", "open_picture", "open", room="view"),
        key("i", "about", room="guess"),
        key("l", "log"),
        key("left", "cursor(-1)", "cursor-left", show=False),
        key("right", "cursor(1)", "cursor-right", show=False),
        key("shift+left", f"cursor({-LEAP})", "cursor-far-left", show=False),
        key("shift+right", f"cursor({LEAP})", "cursor-far-right", show=False),
        key("c", "drop_cursor", "drop-cursor", show=False),
        key("b", "back", show=False),
        key("o", "forget", show=False),
        key("x", "export", show=False),
        key("f", "full"),
    ]

    app: TutorApp
    full: bool

    @property
    @abstractmethod
    def watched(self) -> Watch:
        """The run that is shown."""

    @property
    @abstractmethod
    def steps_a_cell(self) -> int:
        """How many steps a cell of the plot stands for."""

    @abstractmethod
    def look(self) -> None:
        """Draw anew what has changed."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no key that could do nothing now."""
        if action == "full":
            return not self.full
        if action in ("drop_cursor", "back"):
            return self.watched.cursor is not None
        if action in ACTIONS or action in ("rate", "pace"):
            (way,) = parameters or (0,)
            return isinstance(way, int) and self.watched.can(action, way)
        return True

    def action_pause(self) -> None:
        """Take no further step."""
        self.watched.pause()

    def action_resume(self) -> None:
        """Go on."""
        self.watched.resume()

    def action_step(self) -> None:
        """One step."""
        self.watched.step()

    def action_reset(self) -> None:
        """From the beginning."""
        self.watched.reset()

    def action_reseed(self) -> None:
        """From another beginning."""
        self.watched.reseed()

    def action_rate(self, way: int) -> None:
        """Another learning rate."""
        self.watched.turn_rate(way)
        self.look()

    def action_pace(self, way: int) -> None:
        """Faster or slower."""
        self.watched.turn_pace(way)
        self.look()

    def action_log(self) -> None:
        """The other kind of axis."""
        self.watched.turn_log()
        self.look()

    def action_cursor(self, way: int) -> None:
        """Read the curve at another step."""
        self.watched.move_cursor(way * self.steps_a_cell)
        self.look()

    def action_drop_cursor(self) -> None:
        """Read the curve at its end."""
        self.watched.drop_cursor()
        self.look()

    def action_back(self) -> None:
        """Stand again at the step of the cursor."""
        if self.watched.cursor is not None:
            self.watched.run_to(self.watched.cursor)

    def action_forget(self) -> None:
        """The present run alone."""
        self.watched.forget()
        self.look()

    def action_again(self) -> None:
        """Another child."""
        self._begin_task(self.watched.again())

    def action_next_lab(self) -> None:
        """The next experiment; on the full screen its questions come first."""
        self.watched.choose_next_lab()
        if self.full and self.watched.guessing.comes_first:
            self.ask(begins=True)
        else:
            self._begin_task(self.watched.begin())
        self.look()

    def action_predict(self) -> None:
        """What will the run do?"""
        self.ask(begins=False)

    def ask(self, *, begins: bool) -> None:
        """Ask what is open; then the run begins anew, or goes on where nothing was said.

        Where it `begins` there is no run yet.
        """
        from tutor.tui.lab.guess_page import GuessPage

        watched = self.watched
        trained = watched.snapshot.state == "training"
        if trained:
            watched.pause()
        if begins:
            self._begin_task(watched.run.warm())
        self.set_class(True, "-asking")

        def answered(said: bool | None) -> None:
            self.set_class(False, "-asking")
            if said:
                watched.guessing.choose_asked()
            if said or begins:
                self._begin_task(watched.begin())
            elif trained:
                watched.resume()

        self.app.push_screen(GuessPage(watched.guessing), answered)

    def action_all_variants(self) -> None:
        """One variant after another, at full speed."""
        self._begin_task(self.watched.all_variants())

    def action_view(self, way: int) -> None:
        """The next view."""
        self.watched.turn_view(way)
        self.look()

    def action_choose(self, way: int) -> None:
        """The next picture, or later samples."""
        self.watched.choose(way)
        self.look()

    def action_open_picture(self) -> None:
        """The picture as a matrix."""
        from tutor.tui.lab.view_page import PicturePage

        picture = self.watched.snapshot.picture
        if picture is not None:
            self.app.push_screen(PicturePage(picture))

    def action_about(self) -> None:
        """What there is to know of the experiment."""
        from tutor.tui.lab.about import about_text
        from tutor.tui.lab.noticed import noticed
        from tutor.tui.sentence import SentenceScreen

        language = self.app.language
        said = noticed(self.watched.noticed, language, whole=True)
        text = about_text(self.watched.guessing, said, language, self.app.glyphs)
        self.app.push_screen(SentenceScreen(text))

    def action_next_variant(self) -> None:
        """The next variant, over those before it."""
        self._begin_task(self.watched.next_variant())

    def action_knobs(self) -> None:
        """All knobs that this experiment offers."""
        from tutor.tui.lab.knobs_page import KnobsPage

        self.app.push_screen(KnobsPage(self.watched))

    def action_go_to(self) -> None:
        """A step or a loss, to be typed."""
        from tutor.tui.lab.go_to import GoToPage

        self.app.push_screen(GoToPage(self.watched))

    def action_export(self) -> None:
        """The run as a file."""
        from tutor.tui.lab.export import ExportPage

        self.app.push_screen(ExportPage(self.watched))

    def action_full(self) -> None:
        """The same run over the whole screen."""
        from tutor.tui.lab.screen import LabScreen

        self.app.push_screen(LabScreen(self.watched))

    def _begin_task(self, task: Coroutine[None, None, None]) -> None:
        self.app.run_worker(task)
