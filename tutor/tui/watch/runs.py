"""Pages over the runs that are watched: which of them are drawn, and what was passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from tutor.tui.page import Page
from tutor.tui.prose import Prose
from tutor.tui.search import SearchLine, has_all
from tutor.tui.watch.walked_list import WalkedList
from tutor.watching.watcher import MOST_SHOWN, Watcher

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp


LOOK_SECONDS = 1.0
"""Between two looks for runs that have begun meanwhile."""


class RunsPage(Page[None]):
    """A list of runs to be searched; Enter chooses one or takes it away."""

    DEFAULT_CSS = """
    RunsPage #runs {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        background: $surface; border: ascii $primary;
    }
    RunsPage #runs-search { margin: 1 0; }
    RunsPage #runs-list { height: 14; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
    ]

    app: TutorApp

    def __init__(self, watcher: Watcher) -> None:
        """Choose among the runs that are there."""
        super().__init__()
        self.watcher = watcher

    def compose(self) -> ComposeResult:
        """A line to search in, the list, and what can be done."""
        self.language = self.app.language
        runs = WalkedList(sign_of=self._sign, id="runs-list")
        runs.glyphs = self.app.glyphs
        runs.can_focus = False
        with Vertical(id="runs") as page:
            page.border_subtitle = self.app.say("watch.runs-close")
            yield Prose(self.app.say("watch.runs-title", most=MOST_SHOWN))
            line = SearchLine(runs, id="runs-search")
            line.placeholder = self.app.say("watch.runs-search")
            yield line
            yield runs
            yield Prose(id="runs-said")

    def on_mount(self) -> None:
        """Show all runs, and those that are still to come."""
        self._show()
        self.set_interval(LOOK_SECONDS, self._show)

    def _sign(self, name: str) -> str:
        chosen = any(one.name == name for one in self.watcher.readings)
        return f"[{self.app.glyphs.done if chosen else ' '}]"

    @on(Input.Changed)
    def _show(self) -> None:
        words = self.query_one(SearchLine).words
        found = [run.name for run in self.watcher.runs if has_all(words, run.name)]
        runs = self.query_one(WalkedList)
        if found != runs.names:
            runs.show(found)

    @on(WalkedList.Taken)
    def _take(self, event: WalkedList.Taken) -> None:
        chosen = [one.name for one in self.watcher.readings]
        full = event.name not in chosen and len(chosen) >= MOST_SHOWN
        if event.name in chosen:
            chosen.remove(event.name)
        elif not full:
            chosen.append(event.name)
        self.query_one("#runs-said", Prose).say(
            self.app.say("watch.runs-most", most=MOST_SHOWN) if full else ""
        )
        with self.watcher.lock:
            self.watcher.choose(chosen)
        self.query_one(WalkedList).refresh()


class RemarksPage(Page[None]):
    """All that had to be passed over, one sentence after the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,i,q", "dismiss", show=False),
    ]

    app: TutorApp

    def __init__(self, remarks: Sequence[str]) -> None:
        """Say these."""
        super().__init__()
        self.remarks = remarks

    def compose(self) -> ComposeResult:
        """A heading and the sentences."""
        self.language = self.app.language
        with VerticalScroll(id="help") as page:
            page.border_subtitle = self.app.say("screen.help-close")
            yield Prose(self.app.say("watch.remarks-title"))
            yield Prose("\n" + "\n".join(self.remarks))
