"""The lab's pane: the model of the lesson, trained live beside it, and commanded by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer

from tutor.course.lesson import Lesson
from tutor.course.round import Round
from tutor.course.worksheet import Worksheet
from tutor.tui.bindings import SpokenScreen
from tutor.tui.lab_curve import plot_data
from tutor.tui.lab_lines import LabLines
from tutor.tui.lab_watch import Watch
from tutor.tui.lab_words import LabWords
from tutor.tui.plot import Plot

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

FRAME_SECONDS = 0.1
LOWEST_PLOT = 6
"""Lines of a plot below which it says nothing any more."""

ACTIONS = ("pause", "resume", "step", "reset", "log", "again", "full")


def key(keys: str, action: str, name: str = "", display: str | None = None) -> Binding:
    """A key of the pane: in the footer by a short word, in the help by what it does."""
    name = name or action
    return Binding(
        keys, action, f"lab.key-{name}", tooltip=f"lab.about-{name}", id=f"lab.{name}",
        key_display=display,
    )  # fmt: skip


class LabPane(Vertical, can_focus=True, can_focus_children=False):
    """Draws ten times a second what is known of the run, when it is visible and has changed.

    One stop for Tab. It never waits: commands are left in a pipe, starting is a task of the app.
    """

    DEFAULT_CSS = """
    LabPane {
        width: 1fr;
        height: 1fr;
        &:focus LabLines > .lab--title { text-style: bold reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "again"),
        key("space", "pause"),
        key("space", "resume"),
        key("s", "step"),
        key("r", "reset"),
        key("plus", "rate(1)", "rate-up", "+"),
        key("minus", "rate(-1)", "rate-down", "-"),
        key("greater_than_sign", "pace(1)", "faster", ">"),
        key("less_than_sign", "pace(-1)", "slower", "<"),
        key("l", "log"),
        key("f", "full"),
    ]

    app: TutorApp

    def __init__(
        self,
        lesson: Lesson,
        sheet: Worksheet,
        *,
        watched: Watch | None = None,
        id: str | None = None,
    ) -> None:
        """Beside a lesson; or, with what is `watched`, that same run over the whole screen."""
        super().__init__(id=id)
        self.lesson = lesson
        self.sheet = sheet
        self.full = watched is not None
        self.language = "en"
        self._watched = watched
        self._drawn: object = None
        self._offered: object = None
        self.display = bool(lesson.labs)

    @property
    def watched(self) -> Watch:
        """The run that is shown."""
        if self._watched is None:
            self._watched = Watch(self.app.lab, self.lesson, self.sheet)
        return self._watched

    def compose(self) -> ComposeResult:
        """Words, the curve, figures."""
        self.language = self.app.language
        yield LabLines(id="lab-head")
        yield Plot(id="lab-curve", glyphs=self.app.glyphs, language=self.language)
        yield LabLines(id="lab-foot")

    def on_mount(self) -> None:
        """Begin to train and to look, after the first paint; a lesson without a lab does not."""
        if self.lesson.labs:
            self.set_interval(FRAME_SECONDS, self.look)
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if not self.full:
            self.app.run_worker(self.watched.begin())
        self.look()

    def on_unmount(self) -> None:
        """Leave no training behind that nobody looks at."""
        if self._watched is not None and not self.full:
            self._watched.leave()

    @on(events.Focus)
    @on(events.Blur)
    @on(events.Resize)
    def _look_again(self) -> None:
        self.call_after_refresh(self.look)

    # What the lesson says

    def set_language(self, language: str) -> None:
        """Say everything in another language, with the signs that are set."""
        self.language = language
        plot = self.query_one(Plot)
        plot.set_language(language)
        plot.set_glyphs(self.app.glyphs)
        self.look()

    def show_sheet(self, sheet: Worksheet) -> None:
        """Begin the experiment again with fresh numbers."""
        self.sheet = sheet
        if self.lesson.labs:
            self.app.run_worker(self.watched.show_sheet(sheet))

    def show_own(self, round: Round) -> None:
        """Set the learner's answers beside torch's numbers."""
        if self.lesson.labs:
            self.watched.show_own(round)

    # Drawing

    def look(self) -> None:
        """Draw anew what has changed."""
        if not self.lesson.labs or not self.is_attached:
            return
        snapshot = self.watched.look()
        if not self._in_view:
            return
        self._offer_keys()
        size, glyphs = self.content_size, self.app.glyphs
        now = (
            snapshot.version, snapshot.state, self.watched.version,
            size, self.language, glyphs, self.has_focus,
        )  # fmt: skip
        if now == self._drawn or not size:
            return
        self._drawn = now
        words = LabWords(
            snapshot, self.watched.rate, self.watched.pace, self.watched.beside,
            watches=bool(self.lesson.labs and self.lesson.labs[0].watch),
            language=self.language, glyphs=glyphs, width=size.width, full=self.full,
            here=self.has_focus,
            title=self.lesson.labs[0].title.in_language(self.language),
        )  # fmt: skip
        head = words.head()
        plots = snapshot.state != "missing-torch" and snapshot.experiment is not None
        foot = words.foot(size.height - len(head) - (LOWEST_PLOT if plots else 0))
        plot = self.query_one(Plot)
        self.query_one("#lab-head", LabLines).show(head)
        self.query_one("#lab-foot", LabLines).show(foot)
        plot.display = plots and len(head) + len(foot) + LOWEST_PLOT <= size.height
        if plot.display:
            watch = self.watched
            plot.show(
                plot_data(
                    snapshot, watch.validation, plot.dots_across,
                    log=watch.log, language=self.language,
                )
            )  # fmt: skip

    @property
    def _in_view(self) -> bool:
        """Whether the screen is on top, or below one that lets it shine through."""
        top = self.app.screen
        return top is self.screen or (self.screen.is_current and top.styles.background.a < 1)

    def _offer_keys(self) -> None:
        """Tell the footer when other keys have become possible."""
        ways = ((name, way) for name in ("rate", "pace") for way in (1, -1))
        offered = [
            *(self.watched.can(action) for action in ACTIONS),
            *(self.watched.can(action, way) for action, way in ways),
        ]
        if offered != self._offered and self.has_focus:
            self._offered = offered
            self.refresh_bindings()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no key that could do nothing now."""
        if action == "full":
            return not self.full
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

    def action_again(self) -> None:
        """Another child."""
        self.app.run_worker(self.watched.again())

    def action_full(self) -> None:
        """The same run over the whole screen."""
        self.app.push_screen(LabScreen(self.lesson, self.watched))


class LabScreen(SpokenScreen[None]):
    """The lab alone over the whole screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "dismiss", "small"),
        Binding("escape", "dismiss", "lab.about-small", show=False, id="lab.small-too"),
        Binding("q", "app.quit", "screen.key-quit", show=False, id="lab.quit"),
    ]

    app: TutorApp

    def __init__(self, lesson: Lesson, watched: Watch) -> None:
        """The run of a lesson."""
        super().__init__()
        self.lesson = lesson
        self.watched = watched

    def compose(self) -> ComposeResult:
        """The pane and its keys."""
        self.language = self.app.language
        yield LabPane(self.lesson, self.watched.sheet, watched=self.watched, id="lab-full")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """The keys are for the pane."""
        self.query_one(LabPane).focus()

    def set_language(self, language: str) -> None:
        """Say everything in another language, at once."""
        super().set_language(language)
        self.query_one(LabPane).set_language(language)
