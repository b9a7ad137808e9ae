"""All commands of a screen, searched by name: made of the same bindings as footer and help."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tutor.tui.page import Page
from tutor.tui.prose import Prose
from tutor.tui.search import SearchLine, has_all

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tutor.tui.app import TutorApp


MOVES = ("app.focus_next", "commands", "scroll_step(-1)", "scroll_step(1)")
"""What keys do that nobody would search for."""


class Command(NamedTuple):
    """Something that can be done on a screen."""

    about: str
    key: str
    action: str
    node: DOMNode


def commands(app: TutorApp, screen: Screen[object]) -> list[Command]:
    """What a screen and the application can do now, with the keys that do it too."""
    found: dict[str, Command] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        of_all = isinstance(active.node, Screen | App)
        if of_all and binding.id and active.enabled and binding.action not in MOVES:
            key = app.get_key_display(binding)
            command = Command(active.tooltip, key, binding.action, active.node)
            found.setdefault(binding.action, command)
    glyphs = Command(app.say("screen.about-glyphs"), "", "next_glyphs", app)
    return [*found.values(), glyphs]


class PaletteScreen(Page[None]):
    """A line to type a part of a command's name into, and what it finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "dismiss", show=False),
    ]

    app: TutorApp

    def __init__(self, screen: Screen[object]) -> None:
        """Offer the commands of the screen below."""
        super().__init__()
        self.below = screen
        self.commands: list[Command] = []

    def compose(self) -> ComposeResult:
        """The line and the list."""
        found = OptionList(id="palette-found", markup=False)
        found.can_focus = False
        with Vertical(id="palette"):
            yield SearchLine(found, id="palette-line")
            yield found
            yield Prose(id="palette-nothing")

    def on_mount(self) -> None:
        """Show all commands."""
        self._say()

    def set_language(self, language: str) -> None:
        """Say the commands in another language; what is typed stays."""
        self.language = language
        self._say()

    def _say(self) -> None:
        self.commands = commands(self.app, self.below)
        self.query_one(SearchLine).placeholder = self.app.say("screen.palette")
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        words = self.query_one(SearchLine).words
        shown = [
            Option(self._line(command), id=str(place))
            for place, command in enumerate(self.commands)
            if has_all(words, f"{command.about} {command.key}")
        ]
        found = self.query_one(OptionList)
        found.set_options(shown)
        found.highlighted = 0 if shown else None
        nothing = "" if shown else self.app.say("screen.no-command")
        self.query_one(Prose).say(nothing)

    def _line(self, command: Command) -> Content:
        return Content.assemble(command.about, (f"  {command.key}", "bold"))

    @on(OptionList.OptionSelected)
    async def _do(self, event: OptionList.OptionSelected) -> None:
        if not self.is_active:
            return
        command = self.commands[int(event.option_id or 0)]
        self.dismiss()
        self.app.call_later(self.app.run_action, command.action, command.node)
