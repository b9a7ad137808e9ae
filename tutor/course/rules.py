"""What must be true of a lesson beyond the types of its fields."""

import keyword
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

from tutor.course.experiment import Lab
from tutor.course.lesson import (
    CHOICE_KINDS,
    NUMBER_KINDS,
    ZERO,
    Condition,
    Given,
    Step,
    shape,
)
from tutor.course.problem import Detail, Problem, clipped
from tutor.course.texts import BraceError, pieces, unfit
from tutor.course.wording import LONGEST_TEXT
from tutor.course.yaml_tree import Fields, Items, Key, Node, Places, Scalar
from tutor.engine.slips.vocabulary import SLIPS

KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST_NAME = 40
MOST_CELLS = 10_000
MOST_FRESH = 10_000
MOST_UNFIT = 20
MOST_COMPARED = 100
EXCUSABLE = SLIPS | {ZERO}
"""What a lesson may excuse where its own numbers hide it."""
FEWEST_OPTIONS = {"choice": 2, "choices": 2, "order": 3}
LABELS_OF = {
    "vector": {"columns"},
    "matrix": {"rows", "columns"},
    "channels": {"rows", "columns"},
}
"""Which labels an answer of a kind can have."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be read of a lesson file, whole or not."""

    stem: str
    places: Places
    values: dict[str, Any]
    givens: dict[str, Given]
    conditions: dict[int, Condition]
    steps: dict[int, Step]
    labs: dict[int, Lab]


def broken_rules(draft: Draft) -> Iterator[Problem]:
    """Every rule that the lesson breaks."""
    yield from head_rules(draft)
    yield from precision_rules(draft.places, draft.values.get, ())
    yield from name_rules(draft)
    for name, given in draft.givens.items():
        yield from given_rules(draft.places, given, ("givens", name))
    for index, step in draft.steps.items():
        yield from step_rules(draft.places, step, ("steps", index))
    yield from text_rules(draft.places, draft.places.root, ())


def head_rules(draft: Draft) -> Iterator[Problem]:
    """The lesson's name is its file's, and it does not need itself."""
    places, identity = draft.places, draft.values.get("id")
    if identity is not None:
        if not KEBAB.fullmatch(identity):
            yield places.problem("lesson.not-kebab", ("id",), found=clipped(identity))
        elif identity != draft.stem:
            stem = clipped(draft.stem)
            yield places.problem("lesson.not-file-name", ("id",), found=identity, stem=stem)
    seen: set[str] = set()
    for index, need in enumerate(draft.values.get("needs", ())):
        path = ("needs", index)
        if not KEBAB.fullmatch(need):
            yield places.problem("lesson.not-kebab", path, found=clipped(need))
        elif need == identity:
            yield places.problem("lesson.needs-itself", path)
        elif need in seen:
            yield places.problem("lesson.needs-twice", path, found=need)
        seen.add(need)


def precision_rules(
    places: Places, value: Callable[[str], Any], path: tuple[Key, ...]
) -> Iterator[Problem]:
    """Decimals or significant figures, not both."""
    if value("decimals") is not None and value("figures") is not None:
        yield at_key(places, "lesson.two-precisions", (*path, "figures"))


def name_rules(draft: Draft) -> Iterator[Problem]:
    """Names of givens and answers are identifiers, and each means one thing."""
    places = draft.places
    lines: dict[str, int] = {}
    givens = places.node(("givens",))
    if isinstance(givens, Fields) and "givens" in fields_of(places.root).values:
        for name, key in givens.keys.items():
            lines[name] = key.line
            if not is_name(name):
                details: dict[str, Detail] = {"found": clipped(name)}
                yield Problem("lesson.not-a-name", places.file, key.line, key.column, details)
    identities: dict[str, int] = {}
    for index, fields in enumerate(steps_of(places)):
        identity = fields.values.get("id")
        if isinstance(identity, Scalar) and identity.text:
            yield from identity_rules(places, identity, ("steps", index, "id"), identities)
        name_node = fields.values.get("name")
        if isinstance(name_node, Scalar) and name_node.text:
            text, path = name_node.text.strip(), ("steps", index, "name")
            if not is_name(text):
                yield places.problem("lesson.not-a-name", path, found=clipped(text))
            elif text in lines:
                yield places.problem("lesson.name-taken", path, found=text, first=lines[text])
            lines.setdefault(text, name_node.line)


def identity_rules(
    places: Places, node: Scalar, path: tuple[Key, ...], seen: dict[str, int]
) -> Iterator[Problem]:
    """A step's id is kebab-case and its own."""
    text = node.text.strip()
    if not KEBAB.fullmatch(text):
        yield places.problem("lesson.not-kebab", path, found=clipped(text))
    elif text in seen:
        yield places.problem("lesson.id-taken", path, found=text, first=seen[text])
    seen.setdefault(text, node.line)


def steps_of(places: Places) -> Iterator[Fields]:
    """The steps as they stand in the file; an empty one for what is no mapping."""
    steps = fields_of(places.root).values.get("steps")
    for item in steps.items if isinstance(steps, Items) else ():
        yield fields_of(item)


def fields_of(node: Node) -> Fields:
    """A mapping as it is, anything else as one without fields."""
    if isinstance(node, Fields):
        return node
    return Fields(node.line, node.column, node.start, False)


def is_name(text: str) -> bool:
    """Whether a formula can use the name."""
    fit = text.isascii() and text.isidentifier() and not text.startswith("_")
    return fit and len(text) <= LONGEST_NAME and not keyword.iskeyword(text)


def given_rules(places: Places, given: Given, path: tuple[Key, ...]) -> Iterator[Problem]:
    """A given has a value or a formula; what it has fits together."""
    if given.value is not None and given.formula is not None:
        yield at_key(places, "lesson.value-and-formula", (*path, "formula"))
    elif given.value is None and given.formula is None:
        yield at_key(places, "lesson.no-value-no-formula", path, found=clipped(str(path[-1])))
    if given.fresh is not None:
        if given.formula is not None:
            yield at_key(places, "lesson.fresh-formula", (*path, "fresh"))
        yield from fresh_rules(places, given, (*path, "fresh"))
    if given.value is None:
        return
    form = shape(given.value)
    if form is None:
        yield from ragged(places, given.value, (*path, "value"))
        return
    cells = 1
    for length in form:
        cells *= length
    if cells > MOST_CELLS:
        yield places.problem("lesson.too-many-cells", (*path, "value"), limit=MOST_CELLS)
    for axis, name in ((-2, "rows"), (-1, "columns")):
        labels = getattr(given, name)
        if labels and len(form) < -axis:
            yield at_key(places, "lesson.labels-not-needed", (*path, name), field=name)
        elif labels and len(labels) != form[axis]:
            yield at_key(
                places,
                "lesson.labels-count",
                (*path, name),
                field=name,
                found=len(labels),
                expected=form[axis],
            )


def ragged(places: Places, value: Any, path: tuple[Key, ...]) -> Iterator[Problem]:
    """Where nested lists stop being an array: an empty list, or one unlike those before it."""
    if not value:
        yield places.problem("lesson.empty-list", path)
        return
    first = None
    for index, part in enumerate(value):
        form = shape(part)
        if form is None:
            yield from ragged(places, part, (*path, index))
            return
        if first is None:
            first = form
        elif form != first:
            found, expected = (str(list(f)) if f else "[]" for f in (form, first))
            yield places.problem("lesson.ragged", (*path, index), found=found, expected=expected)
            return


def fresh_rules(places: Places, given: Given, path: tuple[Key, ...]) -> Iterator[Problem]:
    """Fresh numbers come from a list, or from low to high in steps that meet high."""
    fresh = given.fresh
    assert fresh is not None
    ends = (fresh.low, fresh.high, fresh.step)
    if fresh.choose is not None:
        if any(end is not None for end in ends):
            yield at_key(places, "lesson.fresh-both", path)
        return
    low, high, step = ends
    if low is None or high is None or step is None:
        yield at_key(places, "lesson.fresh-incomplete", path)
        return
    if step <= 0:
        yield places.problem("lesson.fresh-step", (*path, "step"))
        return
    if high <= low:
        yield places.problem("lesson.fresh-ends", (*path, "high"), low=low, high=high)
        return
    count = (high - low) / step
    if count > MOST_FRESH:
        yield places.problem("lesson.fresh-fine", (*path, "step"), limit=MOST_FRESH)
    elif abs(count - round(count)) > 1e-6:
        yield places.problem("lesson.fresh-uneven", (*path, "step"), low=low, high=high, step=step)


def step_rules(places: Places, step: Step, path: tuple[Key, ...]) -> Iterator[Problem]:
    """Each kind of question has what it needs and nothing that it cannot use."""
    yield from precision_rules(places, lambda name: getattr(step, name), path)
    kind = step.kind
    if kind == "order":
        for name in ("formula", "name"):
            if getattr(step, name) is not None:
                yield at_key(places, f"lesson.order-{name}", (*path, name))
    elif step.formula is None:
        yield places.problem("lesson.no-formula", path, kind=kind)
    if kind in CHOICE_KINDS:
        fewest = FEWEST_OPTIONS[kind]
        if len(step.options) < fewest:
            where = (*path, "options") if step.options else path
            yield at_key(places, "lesson.few-options", where, kind=kind, limit=fewest)
    elif step.options:
        yield at_key(places, "lesson.options-not-needed", (*path, "options"), kind=kind)
    if kind not in NUMBER_KINDS:
        for name in ("decimals", "figures"):
            if getattr(step, name) is not None:
                yield at_key(places, "lesson.precision-not-needed", (*path, name), kind=kind)
    for name in ("rows", "columns"):
        if getattr(step, name) and name not in LABELS_OF.get(kind, ()):
            yield at_key(places, "lesson.labels-not-needed", (*path, name), field=name)
    yield from excuse_rules(places, step, (*path, "excuse"))


def excuse_rules(places: Places, step: Step, path: tuple[Key, ...]) -> Iterator[Problem]:
    """Excused are slips that there are, each once, and none of a choice."""
    if step.excuse and step.kind in CHOICE_KINDS:
        yield at_key(places, "lesson.excuse-not-needed", path, kind=step.kind)
    seen: set[str] = set()
    for index, one in enumerate(step.excuse):
        where = (*path, index, "slip")
        if one.slip not in EXCUSABLE:
            yield unknown(places, "lesson.unknown-slip", where, one.slip, sorted(EXCUSABLE))
        elif one.slip in seen:
            yield places.problem("lesson.excuse-twice", where, found=one.slip)
        seen.add(one.slip)


def unknown(
    places: Places, code: str, path: tuple[Key, ...], name: str, known: list[str]
) -> Problem:
    """A name that is none of those known: the nearest, or else all of them, are named."""
    near = get_close_matches(name[:60], known[:MOST_COMPARED], n=1)
    details: dict[str, Detail] = {"found": clipped(name)}
    details["near" if near else "known"] = near[0] if near else clipped(", ".join(known), 80)
    return places.problem(f"{code}-near" if near else code, path, **details)


def has_givens(draft: Draft) -> bool:
    """Whether the file has a mapping of givens at all."""
    return "givens" in fields_of(draft.places.root).values


def text_rules(places: Places, node: Node, path: tuple[Key, ...]) -> Iterator[Problem]:
    """Texts hold only what every terminal shows alike, and their braces have partners."""
    if isinstance(node, Fields):
        for name, value in node.values.items():
            yield from text_rules(places, value, (*path, name))
    elif isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from text_rules(places, item, (*path, index))
    elif path and (path[-1] in ("en", "zh") or (len(path) > 1 and path[-2] in ("rows", "columns"))):
        text = node.text.strip()
        if len(text) > LONGEST_TEXT:
            return
        for code, at, character, instead in islice(unfit(text), MOST_UNFIT):
            details: dict[str, Detail] = {"character": character}
            if instead:
                code += "-instead"
                details["instead"] = instead
            yield at_character(places, code, path, at, details)
        if "{" in text or "}" in text:
            try:
                pieces(text)
            except BraceError as error:
                yield at_character(places, error.code, path, error.at, {})


def at_character(
    places: Places, code: str, path: tuple[Key, ...], at: int, details: dict[str, Detail]
) -> Problem:
    """A mistake at a character of a text."""
    return Problem(code, places.file, *places.inside(path, at), details)


def at_key(places: Places, code: str, path: tuple[Key, ...], /, **details: Detail) -> Problem:
    """A mistake at the key of a field, not at what it holds."""
    return Problem(code, places.file, *places.key(*path), details)
