"""What keys do, said in the learner's language.

A binding's description is the key of a message. It is said where Textual asks which bindings are
active, which the footer, the key panel and the help all do: so one place speaks for every widget,
and a change of language needs no more than `refresh_bindings()`.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen, ScreenResultType

from tutor.messages import ROOMS, say


def spoken(bindings: Mapping[str, ActiveBinding], language: str) -> dict[str, ActiveBinding]:
    """The bindings with message keys replaced by what they say; other descriptions stay."""
    return {
        key: active._replace(
            binding=said(active.binding, language), tooltip=phrase(active.tooltip, language)
        )
        for key, active in bindings.items()
    }


@lru_cache(1024)
def said(binding: Binding, language: str) -> Binding:
    """A binding that says in a language what its key does; grids ask for it at every key."""
    return replace(
        binding,
        description=phrase(binding.description, language),
        tooltip=phrase(binding.tooltip, language),
    )


def phrase(description: str, language: str) -> str:
    """A description in a language, when it is the key of a message."""
    room, dot, _ = description.partition(".")
    return say(description, language) if dot and room in ROOMS else description


class SpokenScreen(Screen[ScreenResultType]):
    """A screen whose footer and help speak the learner's language."""

    language = "en"

    def set_language(self, language: str) -> None:
        """Say all bindings in another language, at once."""
        self.language = language
        self.refresh_bindings()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave the screen; of a key that is held down only the first counts."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def keep(self) -> None:
        """Write down what is being typed, since the tutor ends; most screens have nothing."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The active bindings, with their descriptions in the language of the screen."""
        return spoken(super().active_bindings, self.language)
