"""What the page of own numbers shows: every given, and whether the lesson can be worked so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding
from textual.containers import Vertical, VerticalScroll

from tutor.course.lesson import Value
from tutor.course.own_check import Misfit, Remarks, misfits, remarks, worksheet_of
from tutor.course.own_draft import OwnDraft
from tutor.course.round import Round
from tutor.engine.formula import FormulaError
from tutor.learner.bookmark import Bookmark
from tutor.learner.own_bookmark import OwnBookmark
from tutor.tui.bindings import SpokenScreen
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.grid.matrix import Matrix
from tutor.tui.key_footer import KeyFooter, fitting
from tutor.tui.own.given import OwnGiven, OwnGrid, OwnLine
from tutor.tui.own.words import OwnWords
from tutor.tui.prose import Prose

if TYPE_CHECKING:
    from tutor.tui.app import TutorApp

MOST_COMPARED = 400
"""Cells of all givens together, beyond which nobody works by hand and slips are not compared."""
SPARE = ("own.next-cell", "own.text")
"""Keys that the footer can do without."""


class OwnPage(SpokenScreen[dict[str, Value] | None]):
    """Shows a draft of own numbers and judges it; the keys are said elsewhere."""

    AUTO_FOCUS = ""

    app: TutorApp

    def __init__(self, bookmark: Bookmark, round: Round) -> None:
        """Begin with the numbers of a round. Raises what these raise."""
        super().__init__()
        self.round = round
        self.lesson = bookmark.lesson
        self.lesson_key = bookmark.key
        self.draft = OwnDraft(self.lesson, round.state.seed, round.state.given)
        self.kept = OwnBookmark(bookmark.journal, bookmark.key)
        self.noted = ""
        """What is said once, until something changes."""
        self.faults: tuple[Misfit, ...] = ()
        self.fault_cell = -1
        """The cell (row-major) to which the fault is due; -1 where it is more than a cell."""
        self.remarks = Remarks()

    # What is shown

    def compose(self) -> ComposeResult:
        """The givens above, what is said of them below."""
        self.language = self.app.language
        self.words = OwnWords(self.lesson, self.language)
        yield Prose(id="own-title")
        with VerticalScroll(id="own-givens", can_focus=False):
            yield Prose(id="own-about")
            for name, given in self.lesson.givens.items():
                if given.formula is None:
                    yield OwnGiven(name, self._grid(name))
                else:
                    yield Matrix("?", title="", id=f"own-computed-{name}", glyphs=self.app.glyphs)
        with Vertical(id="own-foot"):
            yield Prose(id="own-cell")
            yield OwnLine(id="own-line")
            yield Prose(id="own-said")
        yield KeyFooter()

    def _grid(self, name: str) -> OwnGrid:
        written = self.draft.written[name]
        rows, columns = self.words.labels(name, written.shape)
        return OwnGrid(written, rows, columns, self.language, self.app.glyphs)

    def on_mount(self) -> None:
        """Take up what was being written when the tutor ended."""
        for name, written in self.kept.unfinished(self.draft.seed).items():
            before = self.draft.written.get(name)
            if before is not None and len(before.shape) == len(written.shape):
                self.draft.put(name, written)
                self.show_grid(name)
        if self.draft.changed:
            self.noted = self.words.say("own.taken-up")
        grids = list(self.query(OwnGrid))
        if grids:
            grids[0].focus()
        else:
            self.noted = self.words.say("own.no-givens")
        self._retell()
        self.judge()

    def _retell(self) -> None:
        """Say everything as it stands."""
        words, state = self.words, self.round.state
        lesson = self.lesson.title.in_language(self.language)
        source = words.source(state.seed, own=bool(state.given))
        self.tell("title", words.say("own.title", lesson=lesson, source=source))
        self.tell("about", words.say("own.about"))
        for block in self.query(OwnGiven):
            self.show_heading(block)
        self.show_cell()
        self.show_said()

    def tell(self, name: str, text: str) -> None:
        """Say something in one of the places for words."""
        self.query_one(f"#own-{name}", Prose).say(text)

    def show_heading(self, block: OwnGiven) -> None:
        """Say what a given is, its shape, and whether it is the learner's own."""
        written = self.draft.written[block.given]
        own = written != self.draft.drawn[block.given]
        block.heading.say(self.words.heading(block.given, written, own=own))

    def show_grid(self, name: str) -> None:
        """Show a given as it is written, in its shape."""
        block, written = self.block(name), self.draft.written[name]
        block.grid.show(written, *self.words.labels(name, written.shape))

    def show_cell(self) -> None:
        """Say where the cursor is."""
        line, grid = self.query_one(OwnLine), self.grid
        if line.display:
            axes = len(self.draft.written[line.given].shape)
            self.tell("cell", self.words.as_text(line.given, axes))
        elif grid is not None:
            where = grid.describe_current() if len(grid.marks) > 1 else ""
            self.tell("cell", self._joined(self.words.title(self.given_of(grid)), where))

    def _joined(self, *parts: str) -> str:
        return self.words.say("grid.place-join").join(part for part in parts if part)

    def show_said(self) -> None:
        """Say what is wrong, or what there is to know."""
        lines = [self.noted]
        if self.faults:
            shapes = {name: one.shape for name, one in self.draft.written.items()}
            lines.append(self.words.faults(self.faults, self._fault_place(), shapes))
        elif not self.draft.changed:
            lines.append(self.words.say("own.unchanged"))
        else:
            lines.append(self.words.say("own.fits"))
            lines += self.words.remarks(self.remarks)
        self.tell("said", "\n".join(line for line in lines if line))

    def _fault_place(self) -> str:
        """What a fault is due to, in words; nothing where the cursor is on it."""
        name, cell = self.faults[0].name, self.fault_cell
        grid = self.block(name).grid
        if cell < 0:
            return self.words.title(name)
        if grid is self.grid and cell == grid.current:
            return ""
        return self._joined(self.words.title(name), grid.place_of(cell))

    def set_language(self, language: str) -> None:
        """Say everything in another language, or with other signs; what is typed stays."""
        super().set_language(language)
        if not self.is_mounted:
            return
        self.words, self.noted = OwnWords(self.lesson, language), ""
        for block in self.query(OwnGiven):
            written = self.draft.written[block.given]
            block.grid.row_labels, block.grid.column_labels = self.words.labels(
                block.given, written.shape
            )
            block.grid.set_language(language)
            block.grid.set_glyphs(self.app.glyphs)
        for matrix in self.query(Matrix):
            matrix.set_language(language)
            matrix.set_glyphs(self.app.glyphs)
        self._retell()
        self.judge()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """In the footer what there is room for; the help names all."""
        return fitting(super().active_bindings, SPARE, self.size.width, self.language)

    # Whether the lesson can be worked

    def dismiss(self, result: dict[str, Value] | None = None) -> AwaitComplete:
        """Leave the page; what is still being found out has no place to be said any more."""
        self.workers.cancel_group(self, "judge")
        return super().dismiss(result)

    @work(group="judge", exclusive=True)
    async def judge(self) -> None:
        """Say it as soon as it is found out; what was typed meanwhile is judged anew."""
        await self.find_faults()
        self.show_said()
        cells = sum(len(one.texts) for one in self.draft.written.values())
        if self.faults or not self.draft.changed or cells > MOST_COMPARED:
            return
        self.remarks = await asyncio.to_thread(
            remarks, self.lesson, self.draft.numbers(), self.draft.seed
        )
        self.show_said()

    async def find_faults(self) -> None:
        """What is wrong with what is written, and what is computed from it."""
        unread = self.draft.unread()
        self.remarks = Remarks()
        self._show_signs()
        if unread is not None:
            self.faults, self.fault_cell = (unread[0],), unread[1]
            return
        self.fault_cell = -1
        numbers, seed = self.draft.numbers(), self.draft.seed
        self.faults = await asyncio.to_thread(misfits, self.lesson, numbers, seed)
        try:
            givens = worksheet_of(self.lesson, numbers, seed).givens
        except FormulaError:
            givens = {}
        for name, given in self.lesson.givens.items():
            if given.formula is not None:
                values = givens[name].tolist() if name in givens else "?"
                shape = givens[name].shape if name in givens else ()
                rows, columns = self.words.labels(name, shape)
                self.query_one(f"#own-computed-{name}", Matrix).show(
                    values, title=self.words.computed(name), row_labels=rows,
                    column_labels=columns,
                )  # fmt: skip

    def _show_signs(self) -> None:
        """A sign at every cell that is empty or cannot be read."""
        for block in self.query(OwnGiven):
            cells = self.draft.written[block.given].reading.cells
            signs = [
                "blank" if cell.blank else "unreadable" if cell.problem is not None else ""
                for cell in cells
            ]
            if len(signs) == len(block.grid.marks) and signs != block.grid.marks:
                block.grid.show_marks(signs)

    @property
    def grid(self) -> OwnGrid | None:
        """The given that has the focus, or had it before the line was opened."""
        return self.focused if isinstance(self.focused, OwnGrid) else None

    def block(self, name: str) -> OwnGiven:
        """Where a given is shown."""
        return self.query_one(f"#own-given-{name}", OwnGiven)

    def given_of(self, grid: MatrixGrid) -> str:
        """Which given a grid shows."""
        assert isinstance(grid.parent, OwnGiven)
        return grid.parent.given
