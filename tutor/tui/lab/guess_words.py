"""What is said of guesses: before a run, while it goes on, and when it has answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.course.experiment import Lab
from tutor.course.lab_texts import lab_words
from tutor.engine.precision import Array
from tutor.messages import say
from tutor.training.guessing import Answer
from tutor.tui.glyphs import Glyphs
from tutor.tui.lab.guess import COMPARED, LOSSES, Asked, Guessing
from tutor.tui.plot.scale import short

Said = tuple[str, str]
"""A sentence, and what kind of line it is."""


def guess_lines(
    guessing: Guessing, language: str, glyphs: Glyphs, *, here: bool, whole: bool
) -> list[Said]:
    """A line for each guess; with `whole` what there is to understand, too."""
    lines: list[Said] = []
    lab, numbers = guessing.bench.lab, guessing.bench.numbers
    if guessing.comes_first:
        lines.append((say("guess.offer" if here else "guess.offer-from-afar", language), "note"))
    for one in guessing.asked:
        if not one.open:
            lines.append(verdict(lab, one, language, glyphs))
            if whole and one.score is not None:
                lines += [(text, "figure") for text in understood(one, lab, numbers, language)]
    return lines


def verdict(lab: Lab, one: Asked, language: str, glyphs: Glyphs) -> Said:
    """What was said, and what it was."""
    assert one.answer is not None
    answer, score = answer_text(lab, one, one.answer, language), one.score
    if score is None:
        return _waits(lab, one, answer, language), "label"
    truth = answer_text(lab, one, score.truth, language)
    if score.right:
        key = "close" if score.close else "right" if one.guess.kind in LOSSES else "right-so"
        said = say(f"guess.{key}", language, answer=answer, truth=truth)
        return f"{glyphs.right} {said}", "right"
    said = say("guess.wrong", language, answer=answer, truth=truth)
    return f"{glyphs.wrong} {said}", "wrong"


def _waits(lab: Lab, one: Asked, answer: str, language: str) -> str:
    """Which run will answer."""
    if one.guess.kind in COMPARED:
        return say("guess.waits-for-all", language, answer=answer)
    if one.guess.variant < len(lab.variants):
        variant = lab.variants[one.guess.variant].title.in_language(language)
        return say("guess.waits-for-variant", language, answer=answer, variant=variant)
    return say("guess.waits", language, answer=answer)


def understood(one: Asked, lab: Lab, numbers: Mapping[str, Array], language: str) -> Iterator[str]:
    """How the variants ended, and what there is to understand."""
    assert one.score is not None
    if one.score.losses:
        titles = [variant.title.in_language(language) for variant in lab.variants]
        losses = ", ".join(
            f"{title} {loss_text(loss, language)}"
            for title, loss in zip(titles, one.score.losses, strict=False)
        )
        yield say("guess.ended", language, losses=losses)
    if one.guess.after is not None:
        yield lab_words(one.guess.after, language, numbers)


def answer_text(lab: Lab, one: Asked, answer: Answer | None, language: str) -> str:
    """A loss, the name of a variant, or how a run ends."""
    if answer is None:
        return say("guess.none", language)
    if isinstance(answer, str):
        return say(f"guess.{answer}", language)
    if one.guess.kind in COMPARED:
        return lab.variants[int(answer)].title.in_language(language)
    return loss_text(float(answer), language)


def loss_text(loss: float | None, language: str) -> str:
    """A loss as one compares it with a guess."""
    if loss is None:
        return say("guess.none", language)
    if 0.001 <= abs(loss) < 1000:
        return f"{loss:.4f}".rstrip("0").rstrip(".")
    return short(loss)
