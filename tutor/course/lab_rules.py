"""What must be true of an experiment beyond the types of its fields."""

from collections.abc import Iterator, Sequence

from tutor.course.experiment import Lab
from tutor.course.problem import Problem, clipped
from tutor.course.rules import KEBAB, Draft, at_key, fields_of, has_givens, unknown
from tutor.course.yaml_tree import Key, Places

COMPARING = ("lowest", "highest")
"""Guesses that choose one of the variants."""


def labs_rules(draft: Draft) -> Iterator[Problem]:
    """Every experiment is whole by itself, and what it takes from the lesson is there."""
    places = draft.places
    givens = list(fields_of(places.node(("givens",))).values) if has_givens(draft) else []
    answers = [step.name for step in draft.steps.values() if step.name is not None]
    seen: dict[str, int] = {}
    for index, lab in draft.labs.items():
        path: tuple[Key, ...] = ("labs", index)
        yield from lab_rules(places, lab, path)
        line, _ = places.inside((*path, "id"), 0)
        if lab.id in seen:
            where = (*path, "id")
            yield places.problem("lesson.id-taken", where, found=lab.id, first=seen[lab.id])
        seen.setdefault(lab.id, line)
        yield from _taken(places, lab, path, givens, answers)


def lab_rules(places: Places, lab: Lab, path: tuple[Key, ...]) -> Iterator[Problem]:
    """The name is one that can be typed, and each guess has what it is about."""
    if not KEBAB.fullmatch(lab.id):
        yield places.problem("lesson.not-kebab", (*path, "id"), found=clipped(lab.id))
    for index, guess in enumerate(lab.guesses):
        where: tuple[Key, ...] = (*path, "guesses", index)
        if guess.kind in COMPARING and len(lab.variants) < 2:
            yield places.problem("lesson.guess-compares", (*where, "kind"), found=guess.kind)
        elif guess.variant >= max(1, len(lab.variants)):
            count = len(lab.variants)
            yield places.problem("lesson.guess-variant", (*where, "variant"), count=count)
        if guess.exactly is not None and guess.kind not in ("first-loss", "last-loss"):
            yield at_key(places, "lesson.guess-exactly", (*where, "exactly"))


def _taken(
    places: Places,
    lab: Lab,
    path: tuple[Key, ...],
    givens: Sequence[str],
    answers: Sequence[str],
) -> Iterator[Problem]:
    """The names of givens and answers that an experiment uses are the lesson's."""
    used: list[tuple[tuple[Key, ...], str]] = [
        ((*path, "bind", role), given) for role, given in lab.bind.items()
    ]
    if isinstance(lab.learning_rate, str):
        used.append(((*path, "learning_rate"), lab.learning_rate))
    for where, name in used:
        if name not in givens:
            yield unknown(places, "lesson.unknown-given", where, name, list(givens))
    for quantity, name in lab.watch.items():
        if name not in answers:
            where = (*path, "watch", quantity)
            yield unknown(places, "lesson.unknown-answer", where, name, list(answers))
