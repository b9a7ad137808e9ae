"""The lab's pane: the model of the lesson, trained live beside it."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Size

from tutor.course.lab_texts import lab_words
from tutor.course.round import Round
from tutor.course.worksheet import Worksheet
from tutor.learner.places import runs_folder
from tutor.messages import say
from tutor.training.snapshot import Snapshot
from tutor.tui.lab.bench import Bench
from tutor.tui.lab.curve import MOST_CURVES, plot_data
from tutor.tui.lab.guess_words import guess_lines
from tutor.tui.lab.keys import LabKeys
from tutor.tui.lab.lines import LabLines
from tutor.tui.lab.noticed import noticed
from tutor.tui.lab.view_lines import ViewLines, view_lines
from tutor.tui.lab.watched import Watch
from tutor.tui.lab.words import LabWords
from tutor.tui.plot.plot import Plot

FRAME_SECONDS = 0.1
LOWEST_PLOT = 6
"""Lines of a plot below which it says nothing any more."""
TALL = 30
"""Lines of a pane in which there is room for what the experiment is about."""


class LabPane(LabKeys):
    """Draws ten times a second what is known of the run, when it is visible and has changed.

    One stop for Tab.
    """

    DEFAULT_CSS = """
    LabPane {
        width: 1fr;
        height: 1fr;
        &:focus LabLines > .lab--title { text-style: bold reverse; }
    }
    """

    def __init__(
        self, bench: Bench, *, watched: Watch | None = None, full: bool = False,
        id: str | None = None,
    ) -> None:  # fmt: skip
        """A pane that begins the first experiment of a bench; or one on a run that is `watched`."""
        super().__init__(id=id)
        self.bench = bench
        self.full = full
        self.language = "en"
        self._watched = watched
        self._begins = watched is None
        self._drawn: object = None
        self._offered: object = None
        self.display = bool(bench.labs)

    @property
    def watched(self) -> Watch:
        """The run that is shown."""
        if self._watched is None:
            self._watched = Watch(
                self.app.lab, self.bench, runs_folder(), lambda: self.app.journal
            )  # fmt: skip
        return self._watched

    @property
    def steps_a_cell(self) -> int:
        """How many steps a cell of the plot stands for."""
        plot = self.query_one(Plot)
        cells = max(plot.dots_across // (2 if self.app.glyphs.braille else 1), 1)
        return max(round(plot.data.x_last / cells), 1)

    def compose(self) -> ComposeResult:
        """Words, the curve, figures."""
        self.language = self.app.language
        yield LabLines(id="lab-head")
        yield Plot(id="lab-curve", glyphs=self.app.glyphs, language=self.language)
        yield ViewLines(id="lab-view")
        yield LabLines(id="lab-foot")

    def on_mount(self) -> None:
        """Begin to train and to look, after the first paint; a lesson without a lab does not."""
        if self.bench.labs:
            self.set_interval(FRAME_SECONDS, self.look)
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        asks = self.watched.guessing.comes_first and self.watched.can("predict")
        if self.full and asks and self.bench.kept is None:
            self.ask(begins=self._begins)
        elif self._begins:
            self.app.run_worker(self.watched.begin())
        self.look()

    def on_unmount(self) -> None:
        """Leave no training behind that nobody looks at."""
        if self._watched is not None:
            self._watched.viewing.unseen_by(self, self._watched.snapshot)
        if self._watched is not None and self._begins:
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
        if self.bench.labs:
            self.app.run_worker(self.watched.show_numbers(sheet.givens))

    def show_own(self, round: Round) -> None:
        """Set the learner's answers beside torch's numbers."""
        if self.bench.labs:
            self.watched.show_own(round)

    # Drawing

    def look(self) -> None:
        """Draw anew what has changed."""
        if not self.bench.labs or not self.is_attached:
            return
        watch = self.watched
        snapshot = watch.look()
        if not self._in_view:
            watch.viewing.unseen_by(self, snapshot)
            return
        watch.viewing.seen_by(self, snapshot)
        self._offer_keys()
        size, glyphs = self.content_size, self.app.glyphs
        now = (
            snapshot.version, snapshot.state, watch.version,
            size, self.language, glyphs, self.has_focus,
        )  # fmt: skip
        if now == self._drawn or not size:
            return
        self._drawn = now
        self._draw(watch, snapshot, size)

    def _draw(self, watch: Watch, snapshot: Snapshot, size: Size) -> None:
        glyphs = self.app.glyphs
        view = watch.viewing.shown(snapshot)
        # Of a run that has ended so, there is nothing else to say.
        whole = snapshot.state == "diverged" or (self.full and view == "curve")
        here, language = self.has_focus, self.language
        words = LabWords(
            snapshot, watch.rate, watch.pace, watch.beside, watches=bool(watch.lab.watch),
            language=language, glyphs=glyphs, width=size.width, full=self.full, here=here,
            title=watch.bench.title(language), cursor=watch.cursor,
            about=self._about() if size.height >= TALL else "",
            validates=len(watch.kept) + 1 < MOST_CURVES,
            noticed=noticed(watch.noticed, language, whole=whole),
            guesses=guess_lines(watch.guessing, language, glyphs, here=here, whole=whole)
            if view == "curve" else (),
        )  # fmt: skip
        head = words.head()
        plots = snapshot.state != "missing-torch" and snapshot.experiment is not None
        foot = words.foot(size.height - len(head) - (LOWEST_PLOT if plots else 0))
        self.query_one("#lab-head", LabLines).show(head)
        self.query_one("#lab-foot", LabLines).show(foot)
        room = size.height - len(head) - len(foot)
        plot, lines = self.query_one(Plot), self.query_one(ViewLines)
        plot.display = plots and room >= LOWEST_PLOT and view == "curve"
        lines.display = view != "curve"
        if lines.display:
            lines.show(view_lines(watch.viewing, snapshot, size.width, room, glyphs, self.language))
        if plot.display:
            name = say("guess.level", self.language)
            plot.show(
                plot_data(
                    snapshot, plot.dots_across, kept=watch.kept, log=watch.log,
                    cursor=watch.cursor, language=self.language,
                    levels=tuple((name, level) for level in watch.guessing.levels()),
                )
            )  # fmt: skip

    def _about(self) -> str:
        bench = self.watched.bench
        return lab_words(bench.lab.about, self.language, bench.numbers) if self.full else ""

    @property
    def _in_view(self) -> bool:
        """Whether the screen is on top, or below one that lets it shine through."""
        top = self.app.screen
        return top is self.screen or (self.screen.is_current and top.styles.background.a < 1)

    def _offer_keys(self) -> None:
        """Tell the footer when other keys have become possible."""
        offered = self.watched.offered()
        if offered != self._offered and self.has_focus:
            self._offered = offered
            self.refresh_bindings()
