"""Runs of any program, watched while they train: a list of their tags, and the curve of one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from tutor.tui.app import TutorApp
from tutor.tui.bindings import SpokenScreen
from tutor.tui.key_footer import KeyFooter
from tutor.tui.lab.lines import LabLines
from tutor.tui.plot.body import Part
from tutor.tui.plot.plot import Plot
from tutor.tui.plot.scale import short
from tutor.tui.prose import Prose
from tutor.tui.search import SearchLine, has_all
from tutor.tui.watch.plot import SMOOTHINGS, curves_of, moved, plot_data
from tutor.tui.watch.runs import RemarksPage, RunsPage
from tutor.tui.watch.tag_order import likeliest, natural
from tutor.tui.watch.walked_list import WalkedList, key
from tutor.tui.watch.words import Foot, remarks_of, said
from tutor.watching.points import Remark, printable
from tutor.watching.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.learner.notice import Notice
    from tutor.learner.settings import Settings

FRAME_SECONDS = 0.1
ACTIONS = ("search", "leave", "cursor", "runs", "remarks")
"""Actions whose keys come and go."""


class WatchScreen(SpokenScreen[None]):
    """Draws ten times a second what a watcher has read, when it has changed."""

    help_key = "watch.help"
    DEFAULT_CSS = """
    WatchScreen {
        #watch-title { padding: 0 1; text-style: bold; color: $text-primary; }
        #watch { height: 1fr; }
        #watch-left { width: 30; padding: 0 1; }
        #watch-right { width: 1fr; padding-right: 1; }
        #watch-search { margin-bottom: 1; }
        #watch-count, #watch-remarks { color: $text-muted; }
        #watch-foot, #watch-remarks { padding: 0 1; }
    }
    WatchScreen.-wide #watch-left { width: 44; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "search", "search", show=True),
        key("escape", "leave", "leave", show=True),
        key("left", "cursor(-1)", "left", show=True),
        key("right", "cursor(1)", "right"),
        key("less_than_sign", "value(-1)", "before"),
        key("greater_than_sign", "value(1)", "after"),
        key("l", "log", "log", show=True),
        key("w", "smooth", "smooth", show=True),
        key("r", "runs", "runs", show=True),
        key("i", "remarks", "remarks", show=True),
        key("q", "app.quit", "quit", show=True),
    ]
    AUTO_FOCUS = "#watch-tags"

    app: TutorApp

    def __init__(self, watcher: Watcher) -> None:
        """Show the runs that are chosen; the watcher is started and stopped here."""
        super().__init__()
        self.watcher = watcher
        self.logarithmic = False
        self.smoothing = SMOOTHINGS[0]
        self.cursor: float | None = None
        self._tags: tuple[object, list[str]] = (None, [])
        self._found: object = None
        self._drawn: object = None
        self._failed: Remark | None = None
        self._remarks: list[str] = []
        self._offered: object = None

    # The parts

    def compose(self) -> ComposeResult:
        """What is watched, the tags on the left, the curve and its words on the right."""
        self.language = self.app.language
        tags = WalkedList(value_of=self._value, id="watch-tags")
        yield Prose(id="watch-title")
        with Horizontal(id="watch"):
            with Vertical(id="watch-left"):
                yield SearchLine(tags, id="watch-search")
                yield tags
                yield Prose(id="watch-count")
            with Vertical(id="watch-right"):
                yield LabLines(id="watch-head")
                yield Plot(id="watch-plot", glyphs=self.app.glyphs, language=self.language)
        yield LabLines(id="watch-foot")
        yield Prose(id="watch-remarks")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read and look, after the first paint."""
        self._say_frame()
        self.call_after_refresh(self.watcher.start)
        self.set_interval(FRAME_SECONDS, self.look)

    def on_unmount(self) -> None:
        """Read no longer."""
        self.watcher.stop()

    def set_language(self, language: str) -> None:
        """Say everything in another language, with the signs that are set."""
        super().set_language(language)
        if self.is_mounted:
            plot = self.query_one(Plot)
            plot.set_language(language)
            plot.set_glyphs(self.app.glyphs)
            self._say_frame()
            self.look()

    def show_failure(self, remark: Remark) -> None:
        """Say why what is watched has ended, where its files do not tell it."""
        self._failed = remark
        self._drawn = None

    def _say_frame(self) -> None:
        path = printable(str(self.watcher.path))
        self.query_one("#watch-title", Prose).say(self.app.say("watch.title", path=path))
        self.query_one(SearchLine).placeholder = self.app.say("watch.search")
        self._list.glyphs = self.app.glyphs

    @property
    def _list(self) -> WalkedList:
        return self.query_one("#watch-tags", WalkedList)

    @property
    def tag(self) -> str | None:
        """The tag that is drawn."""
        return self._list.marked

    def _value(self, tag: str) -> str:
        """The last value of a tag, in the first run that has it."""
        found = (one.curves.get(tag) for one in self.watcher.readings)
        value = next((one.last for one in found if one is not None), None)
        return "" if value is None else short(value)

    # Looking

    @on(events.Resize)
    def _look_after(self) -> None:
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Draw anew what has changed."""
        if self.watcher.failure is not None:
            raise self.watcher.failure
        if not self.is_attached or not self.is_current:
            return
        with self.watcher.lock:
            self._show_tags()
            self._list.look_again()
            self._show_curve()
            self._say_standing()
        offered = [self.check_action(action, ()) for action in ACTIONS]
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def _show_tags(self) -> None:
        readings, words = self.watcher.readings, self.query_one(SearchLine).words
        there = [(one.name, one.tags_changed) for one in readings]
        if there != self._tags[0]:
            every = sorted({tag for one in readings for tag in one.curves}, key=natural)
            self._tags = (there, every)
            self._found = None
        now = (words, self.language)
        if now == self._found:
            return
        every = self._tags[1]
        found = [tag for tag in every if has_all(words, tag)] if words else every
        self._found = now
        self._list.show(found, self.tag or likeliest(found))
        self.query_one("#watch-count", Prose).say(self._counted(len(found), len(every)))

    def _counted(self, found: int, count: int) -> str:
        if count and not found:
            return self.app.say("watch.no-tags")
        if found < count:
            return self.app.say("watch.found-tags", found=found, count=count)
        return self.app.say("watch.tags", count=count) if count else ""

    def _show_curve(self) -> None:
        readings, plot = self.watcher.readings, self.query_one(Plot)
        now = (
            self.tag, [(one.name, one.changes) for one in readings], plot.dots_across,
            self.logarithmic, self.smoothing, self.cursor, self.language, self.app.glyphs,
        )  # fmt: skip
        if now == self._drawn:
            return
        self._drawn = now
        curves = curves_of(readings, self.tag)
        plot.display = bool(curves)
        plot.show(
            plot_data(
                curves, plot.dots_across, log=self.logarithmic, smoothing=self.smoothing,
                cursor=self.cursor, x_name=self.watcher.wishes.x, language=self.language,
            )
        )  # fmt: skip
        self.query_one("#watch-head", LabLines).show(self._head())

    def _head(self) -> list[tuple[Part, ...]]:
        if self.tag is None and any(one.curves for one in self.watcher.readings):
            return []
        if self.tag is None:
            key = "nothing-yet" if self.watcher.runs or self._failed else "no-run-yet"
            return [(Part(self.app.say(f"watch.{key}"), "label"),)]
        words = self.app.say("watch.raw")
        if self.smoothing:
            key = "smoothed" if len(self.watcher.readings) < 2 else "smoothed-several"
            words = self.app.say(f"watch.{key}", weight=f"{self.smoothing:g}")
        return [(Part(f"{self.tag}  ", "title"), Part(words, "label"))]

    def _say_standing(self) -> None:
        foot = Foot(self.tag, self.cursor, time.time(), self.language, self.app.glyphs)
        self.query_one("#watch-foot", LabLines).show(foot.lines(self.watcher.readings))
        self._remarks = self._all_remarks()
        first, *more = self._remarks or [""]
        if more:
            first += "  " + self.app.say("watch.more-remarks", count=len(more))
        self.query_one("#watch-remarks", Prose).say(first)

    def _all_remarks(self) -> list[str]:
        told = [self._failed] if self._failed is not None else []
        lost = self.watcher.lost
        if lost is not None:
            told.append(Remark(lost.code, lost.details))
        found = [said(one, self.language) for one in told]
        return [*found, *remarks_of(self.watcher.readings, self.language)]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no key that could do nothing now."""
        if not self.is_mounted:
            return True
        if action == "leave":
            search = self.query_one(SearchLine)
            return search.has_focus or bool(search.value) or self.cursor is not None
        if action == "runs":
            return len(self.watcher.runs) > 1
        if action == "search":
            return not self.query_one(SearchLine).has_focus
        if action == "remarks":
            return bool(self._remarks)
        if action in ("cursor", "value", "log", "smooth"):
            return self.tag is not None
        return True

    @on(Input.Changed)
    @on(WalkedList.Marked)
    def _other_tag(self) -> None:
        self.look()

    @on(WalkedList.Taken)
    def _take(self) -> None:
        self._list.focus()

    def action_search(self) -> None:
        """Type a part of a tag's name."""
        self.query_one(SearchLine).focus()

    def action_leave(self) -> None:
        """All tags again; then no cursor."""
        search = self.query_one(SearchLine)
        if search.has_focus or search.value:
            search.value = ""
            self._list.focus()
        else:
            self.cursor = None
        self.look()

    def action_cursor(self, way: int) -> None:
        """The cursor by a cell of the plot."""
        self._move(way, self.query_one(Plot).dots_across)

    def action_value(self, way: int) -> None:
        """The cursor by a value."""
        self._move(way, 0)

    def _move(self, way: int, cells: int) -> None:
        with self.watcher.lock:
            curves = curves_of(self.watcher.readings, self.tag)
            self.cursor = moved(curves, self.cursor, way, cells)
        self.look()

    def action_log(self) -> None:
        """The other kind of axis."""
        self.logarithmic = not self.logarithmic
        self.look()

    def action_smooth(self) -> None:
        """The next smoothing, or none again."""
        place = SMOOTHINGS.index(self.smoothing) + 1
        self.smoothing = SMOOTHINGS[place % len(SMOOTHINGS)]
        self.look()

    def action_runs(self) -> None:
        """Other runs, or several."""
        self.app.push_screen(RunsPage(self.watcher))

    def action_remarks(self) -> None:
        """All that had to be passed over."""
        self.app.push_screen(RemarksPage(self._remarks))


class WatchApp(TutorApp):
    """The tutor's application with nothing but the runs that are watched."""

    def __init__(
        self, watcher: Watcher, settings: Settings, language: str, notices: Iterable[Notice] = ()
    ) -> None:
        """Watch what a watcher reads."""
        super().__init__(settings, language, notices=notices, warms_lab=False)
        self.watcher = watcher

    def get_default_screen(self) -> Screen[None]:
        """The runs."""
        return WatchScreen(self.watcher)
