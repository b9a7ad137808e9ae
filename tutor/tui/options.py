"""Answers that are picked, not typed: one option, several, or all of them in an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tutor.tui.glyphs import Glyphs
from tutor.tui.key_names import explained
from tutor.tui.prose import lines

JUDGED = ("right", "follows", "wrong")
"""Verdicts that are shown at what is picked."""

GUESSED_WIDTH = 46
"""Until the first layout."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class OptionAnswer(OptionList):
    """Options with letters. Enter or a letter picks one; what is picked is `picked`, in order.

    Of one (`choice`), picking another lets go of the first; of several (`choices`), picking
    again lets go; in an order, options get places one after another and Backspace takes the
    last back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        explained("enter", "select", "pick-check"),
        explained("space", "pick", "pick", show=False),
        explained("backspace,delete", "take_back", "take-back", show=False),
        explained("up", "cursor_up", "walk-up", show=False),
        explained("down", "cursor_down", "walk-down", show=False),
    ]

    @dataclass
    class Picked(Message):
        """Something else is picked now."""

        options: OptionAnswer

        @property
        def control(self) -> OptionAnswer:
            """The options."""
            return self.options

    @dataclass
    class Submitted(Message):
        """The answer is complete and Enter was pressed."""

        options: OptionAnswer

        @property
        def control(self) -> OptionAnswer:
            """The options."""
            return self.options

    @dataclass
    class Refused(Message):
        """Enter was pressed and nothing is picked."""

        options: OptionAnswer

        @property
        def control(self) -> OptionAnswer:
            """The options."""
            return self.options

    def __init__(
        self, kind: str, texts: list[str], picked: str, glyphs: Glyphs, *, id: str | None = None
    ) -> None:
        """Show options in the order given; `picked` are letters as in an answer: `a c`."""
        super().__init__(markup=False, id=id)
        self.kind = kind
        self.texts = texts
        self.glyphs = glyphs
        self.picked = [
            LETTERS.index(letter) for letter in picked.split() if letter in LETTERS[: len(texts)]
        ]
        self.mark = ""

    @property
    def answer(self) -> str:
        """The letters that are picked, as one would type them."""
        places = sorted(self.picked) if self.kind == "choices" else self.picked
        return " ".join(LETTERS[place] for place in places)

    @property
    def complete(self) -> bool:
        """Whether enough is picked to be checked."""
        return len(self.picked) == len(self.texts) if self.kind == "order" else bool(self.picked)

    def show_mark(self, mark: str) -> None:
        """Show what a check found (right, wrong ...), at what is picked."""
        self.mark = mark
        self._draw()

    def retell(self, texts: list[str], glyphs: Glyphs) -> None:
        """Say the options in other words, with the signs of another table."""
        self.texts, self.glyphs = texts, glyphs
        self._draw()

    # Drawing

    def on_mount(self) -> None:
        """Draw the options."""
        self._draw()

    def on_resize(self) -> None:
        """Wrap the options in the width that there is."""
        self._draw()

    def _draw(self) -> None:
        at = self.highlighted
        if at is None:
            at = self.picked[-1] if self.picked else 0
        self.set_options([Option(self._option(place)) for place in range(len(self.texts))])
        self.highlighted = at

    def _option(self, place: int) -> Content:
        chosen = place in self.picked
        sign = self.glyphs.mark(self.mark) if chosen and self.mark in JUDGED else " "
        head = f"{sign} {self._box(place)} {LETTERS[place]}  "
        width = self.content_size.width or GUESSED_WIDTH
        first, *more = lines(self.texts[place], max(width - len(head), 8))
        return Content("\n".join([head + first, *(" " * len(head) + line for line in more)]))

    def _box(self, place: int) -> str:
        chosen = place in self.picked
        if self.kind == "order":
            return f"[{self.picked.index(place) + 1 if chosen else ' '}]"
        if self.kind == "choices":
            return "[x]" if chosen else "[ ]"
        return "(*)" if chosen else "( )"

    # Picking

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is the letter of an option, and so no key of the screen's."""
        return bool(character) and str(character).lower() in LETTERS[: len(self.texts)]

    def on_key(self, event: events.Key) -> None:
        """A letter picks its option."""
        if self.check_consume_key(event.key, event.character):
            event.stop()
            event.prevent_default()
            self.highlighted = LETTERS.index(str(event.character).lower())
            self.action_pick()

    def action_pick(self) -> None:
        """Pick the highlighted option, or let it go."""
        if self.highlighted is None:
            return
        place = self.highlighted
        if self.kind == "choice":
            self.picked = [place]
        elif place not in self.picked:
            self.picked.append(place)
        elif self.kind == "choices":
            self.picked.remove(place)
        self._changed()

    def action_select(self) -> None:
        """Hand in what is complete; else pick, but of several only on purpose."""
        complete = self.complete
        if self.kind == "choices" and not complete:
            self.post_message(self.Refused(self))
            return
        if self.kind == "choice" or not complete:
            self.action_pick()
        if self.kind == "choice" or complete:
            self.post_message(self.Submitted(self))

    def action_take_back(self) -> None:
        """Let go of what was picked last."""
        if self.picked:
            self.picked.pop()
            self._changed()

    def on_click(self, event: events.Click) -> None:
        """A click picks, and never hands in."""
        event.prevent_default()
        place = event.style.meta.get("option")
        if place is not None:
            self.highlighted = place
            self.action_pick()

    def _changed(self) -> None:
        self.mark = ""
        self._draw()
        self.post_message(self.Picked(self))
