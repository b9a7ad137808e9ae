"""What an experiment is for, what was predicted of it, and what the lab notices of the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.course.lab_texts import lab_words
from tutor.messages import say
from tutor.tui.glyphs import Glyphs
from tutor.tui.lab.guess import Guessing
from tutor.tui.lab.guess_words import understood, verdict


def about_text(guessing: Guessing, noticed: Iterable[str], language: str, glyphs: Glyphs) -> str:
    """All of it, in paragraphs."""
    bench = guessing.bench
    lab, numbers = bench.lab, bench.numbers
    parts = [lab.title.in_language(language), lab_words(lab.about, language, numbers)]
    if lab.variants:
        names = ", ".join(one.title.in_language(language) for one in lab.variants)
        parts.append(say("guess.all-variants", language, names=names))
    parts += ["\n".join(_guess(guessing, place, language, glyphs))
              for place in range(len(guessing.asked))]  # fmt: skip
    noticed = list(noticed)
    if noticed:
        parts.append("\n".join([say("guess.about-noticed", language), *noticed]))
    return "\n\n".join(parts)


def _guess(guessing: Guessing, place: int, language: str, glyphs: Glyphs) -> Iterator[str]:
    one, bench = guessing.asked[place], guessing.bench
    yield lab_words(one.guess.ask, language, bench.numbers)
    if one.open:
        yield say("guess.passed" if one.passed else "guess.offer", language)
        return
    yield verdict(bench.lab, one, language, glyphs)[0]
    if one.score is not None:
        yield from understood(one, bench.lab, bench.numbers, language)
