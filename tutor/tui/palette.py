"""All commands of a screen, searched by name: made of the same bindings as footer and help."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tutor.messages import say
from tutor.tui.page import Page
from tutor.tui.search import SearchLine, has_all

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tutor.tui.app import TutorApp


class Command(NamedTuple):
    """Something that can be done on a screen."""

    name: str
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
        if of_all and binding.id and active.enabled and binding.action != "commands":
            command = Command(
                binding.description, active.tooltip, app.get_key_display(binding),
                binding.action, active.node,
            )  # fmt: skip
            found.setdefault(binding.action, command)
    glyphs = Command(
        app.say("screen.key-glyphs"), app.say("screen.about-glyphs"), "", "next_glyphs", app
    )
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
        self.language = self.app.language
        self.commands = commands(self.app, self.below)
        found = OptionList(id="palette-found", markup=False)
        found.can_focus = False
        with Vertical(id="palette"):
            yield SearchLine(found, id="palette-line")
            yield found
            yield Static(say("screen.no-command", self.language), id="palette-nothing")
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    def _show(self) -> None:
        line = self.query_one(SearchLine)
        line.placeholder = say("screen.palette", self.language)
        line.focus()
        shown = [
            Option(self._line(command), id=str(place))
            for place, command in enumerate(self.commands)
            if has_all(line.words, f"{command.name} {command.about} {command.key}")
        ]
        found = self.query_one(OptionList)
        found.clear_options()
        found.add_options(shown)
        found.highlighted = 0 if shown else None
        self.query_one("#palette-nothing").display = not shown

    def _line(self, command: Command) -> Content:
        key = f"  {command.key}" if command.key else ""
        return Content.assemble((command.name + key, "bold"), "\n", (f"  {command.about}", "dim"))

    @on(OptionList.OptionSelected)
    async def _do(self, event: OptionList.OptionSelected) -> None:
        command = self.commands[int(event.option_id or 0)]
        self.dismiss()
        self.app.call_later(self.app.run_action, command.action, command.node)
