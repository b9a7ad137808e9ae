"""The page on which a learner's own numbers take the place of a lesson's."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.events import DescendantFocus
from textual.widgets import Input

from tutor.course.own_draft import Written
from tutor.course.own_numbers import save
from tutor.engine.answer import Problem
from tutor.tui.confirm import ConfirmScreen
from tutor.tui.grid.grid import MatrixGrid
from tutor.tui.own.given import OwnGrid, OwnLine, key
from tutor.tui.own.page import OwnPage


class OwnNumbersScreen(OwnPage):
    """Every given of a lesson to be written anew; leaves with the numbers that a round begins with.

    None leaves everything as it is; an empty mapping is the lesson's (or the seed's) own numbers.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f3", "text", "text"),
        key("f5", "begin", "begin"),
        key("f6", "longer(-2)", "row-more"),
        key("f7", "shorter(-2)", "row-fewer"),
        key("f8", "longer(-1)", "column-more"),
        key("f9", "shorter(-1)", "column-fewer"),
        key("ctrl+s", "save", "save", show=False),
        key("tab", "app.focus_next", "focus", show=False),
        key("escape", "leave", "leave"),
    ]

    # What is typed

    @on(DescendantFocus)
    @on(MatrixGrid.Moved)
    def _moved(self) -> None:
        self.show_cell()
        self.show_said()
        self.refresh_bindings()

    @on(MatrixGrid.Refused)
    def _refused(self, event: MatrixGrid.Refused) -> None:
        self.note(event.sentence)

    def note(self, said: str) -> None:
        """Say something once, until something changes."""
        self.noted = said
        self.show_said()

    @on(MatrixGrid.Changed)
    def _changed(self, event: MatrixGrid.Changed) -> None:
        self._keep_grid(event.grid)

    def _keep_grid(self, grid: MatrixGrid) -> None:
        """What stands in the cells is what is written."""
        name = self.given_of(grid)
        if self.draft.put(name, Written(grid.shape, grid.texts)):
            self._happened(name)

    def _put(self, name: str, written: Written) -> None:
        """Write a given anew, perhaps in another shape."""
        if self.draft.put(name, written):
            self.show_grid(name)
            self._happened(name)

    def _happened(self, name: str) -> None:
        """Keep what is written, and look at it again."""
        self.kept.draft(self.draft.seed, self.draft.changes)
        self.app.tell_journal()
        self.noted = ""
        self.show_heading(self.block(name))
        self.show_cell()
        self.judge()

    def _commit(self) -> None:
        """Close an open edit, so that what was being typed counts."""
        for grid in self.query(OwnGrid):
            if grid.editing:
                grid.commit()
                self._keep_grid(grid)

    def keep(self) -> None:
        """Write down what is being typed, since the tutor ends."""
        if self.is_mounted:
            self._commit()

    @on(OwnGrid.Pasted)
    def _pasted(self, event: OwnGrid.Pasted) -> None:
        self._take(self.given_of(event.grid), event.text)

    def _take(self, name: str, text: str) -> bool:
        """Put what a text says in the place of a given; False, and why, if it cannot be."""
        written = self.draft.written[name].replaced(text)
        if isinstance(written, Problem):
            self.note(self.words.say(written.code, **written.details))
            return False
        self._put(name, written)
        return True

    @on(OwnGrid.Passed)
    def _passed(self, event: OwnGrid.Passed) -> None:
        grids = list(self.query(OwnGrid))
        following = grids.index(event.grid) + 1
        if following < len(grids):
            grids[following].move_to(0)
            grids[following].focus()
        else:
            self.note(self.words.say("own.last-cell"))

    @on(OwnGrid.TakenBack)
    def _taken_back(self, event: OwnGrid.TakenBack) -> None:
        name = self.draft.undo() if event.way < 0 else self.draft.redo()
        if name is None:
            self.note(self.words.say(f"grid.nothing-to-{'undo' if event.way < 0 else 'redo'}"))
            return
        self.show_grid(name)
        self.block(name).grid.focus()
        self._happened(name)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Rows and columns only where the given has them."""
        if not self.is_mounted:
            return False
        if action in ("longer", "shorter"):
            axis = parameters[0]
            return self.grid is not None and len(self.grid.shape) >= -int(str(axis))
        if action == "begin":
            return not self.query_one(OwnLine).display
        return action != "text" or self.grid is not None

    def action_longer(self, axis: int) -> None:
        """One row (-2) or column (-1) more, after the current one."""
        self._resize(axis, more=True)

    def action_shorter(self, axis: int) -> None:
        """Without the current row (-2) or column (-1)."""
        self._resize(axis, more=False)

    def _resize(self, axis: int, *, more: bool) -> None:
        grid = self.grid
        if grid is None:
            return
        self._commit()
        name, cell = self.given_of(grid), grid.current
        before = self.draft.written[name]
        written = before.longer(axis, cell) if more else before.shorter(axis, cell)
        if written is None:
            self.note(self.words.say("own.too-long" if more else "own.only-one"))
            return
        self._put(name, written)
        if more:
            down, right = (1, 0) if axis == -2 else (0, 1)
            grid.move_to(grid.sheet.neighbour(grid.current, down, right))

    def action_text(self) -> None:
        """The given as one line of text."""
        grid = self.grid
        if grid is None:
            return
        self._commit()
        name = self.given_of(grid)
        self.query_one(OwnLine).open(name, self.draft.written[name].text)
        self.show_cell()

    @on(Input.Submitted)
    def _line_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take_line(event.value)

    @on(OwnLine.Taken)
    def _rows_pasted(self, event: OwnLine.Taken) -> None:
        self._take_line(event.text)

    def _take_line(self, text: str) -> None:
        if self._take(self.query_one(OwnLine).given, text):
            self._close_line()

    @on(OwnLine.Closed)
    def _close_line(self) -> None:
        line = self.query_one(OwnLine)
        line.display = False
        self.block(line.given).grid.focus()

    async def action_begin(self) -> None:
        """A new round with these numbers, if it can be worked."""
        self._commit()
        if self.draft.unread() is None and self.draft.numbers() == (self.round.state.given or {}):
            self.note(self.words.say("own.nothing-changed"))
            return
        await self.find_faults()
        self.show_said()
        if self.faults:
            block = self.block(self.faults[0].name)
            block.grid.focus()
            block.grid.move_to(max(self.fault_cell, 0))
            return
        state = self.round.state
        if state.finished or not state.touched:
            self._begin(True)
        elif self.is_active:
            values = {"done": state.done, "total": len(state.steps)}
            self.app.push_screen(ConfirmScreen("own.begin-question", values), self._begin)

    def _begin(self, sure: bool | None) -> None:
        if sure:
            self.kept.close()
            self.dismiss(self.draft.numbers())

    def action_save(self) -> None:
        """The numbers into a file that the commands can read."""
        self._commit()
        unread = self.draft.unread()
        if unread is not None:
            self.note(self.words.say("own.save-later"))
            return
        try:
            path = save(self.draft.all_numbers(), Path.cwd(), f"{self.lesson.id}-numbers")
        except OSError as error:
            self.note(self.words.say("own.not-saved", reason=error.strerror or str(error)))
            return
        self.note(self.words.say("own.saved", file=path.name, lesson=self.lesson_key))

    def action_leave(self) -> None:
        """Back to the lesson as it was; asked first where something would be lost."""
        self._commit()
        if not self.draft.changed:
            self._leave(True)
        elif self.is_active:
            self.app.push_screen(ConfirmScreen("own.leave-question", {}), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.kept.close()
            self.dismiss(None)
