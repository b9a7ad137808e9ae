"""Words and formulas as they stand in a lesson file."""

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

LONGEST_TEXT = 10_000
Words: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
FormulaText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2_000)]


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for the learner, in every language."""

    en: Words
    zh: Words

    def in_language(self, language: str) -> str:
        """The words in one of the languages."""
        words: str = getattr(self, language)
        return words
