"""The keys of what is focused, in the last line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rich.cells import cell_len
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen
from textual.widgets import Footer

from tutor.tui.key_names import key_name

GAP = 2
"""Cells between two keys."""


class KeyFooter(Footer):
    """Drawn anew only when it would say something else: Textual asks for it at every focus."""

    def __init__(self) -> None:
        """Close together, so that the keys of a lesson fit into 80 columns."""
        super().__init__(show_command_palette=False, compact=True)
        self._said: object = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Compare what is offered now with what is shown."""
        offered = [
            (active.binding, active.enabled)
            for active in screen.active_bindings.values()
            if active.binding.show
        ]
        if offered == self._said or not screen.app.app_focus or screen is not self.screen:
            return
        self._said = offered
        super().bindings_changed(screen)


def fitting(
    active: dict[str, ActiveBinding], spare: Iterable[str], width: int, language: str
) -> dict[str, ActiveBinding]:
    """The bindings, of which the footer shows no spare ones (by their ids) that have no room."""
    fit = dict(active)
    for binding_id in spare:
        if needed(fit, language) <= width:
            break
        fit = {
            key: hidden(one) if one.binding.id == binding_id else one for key, one in fit.items()
        }
    return fit


def hidden(active: ActiveBinding) -> ActiveBinding:
    """The same binding, not in the footer."""
    return active._replace(binding=replace(active.binding, show=False))


def needed(active: dict[str, ActiveBinding], language: str) -> int:
    """The cells that a footer with these bindings takes."""
    shown: dict[str, Binding] = {}
    for one in active.values():
        if one.binding.show:
            # Of several keys for the same the footer shows the first.
            shown.setdefault(one.binding.action, one.binding)
    names = (f"{key_name(one, language)} {one.description}" for one in shown.values())
    return sum(cell_len(name) + GAP for name in names) - GAP
