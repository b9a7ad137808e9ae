"""What a lesson is made of: immutable values, as they are read from a lesson file."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from tutor.course.experiment import Lab
from tutor.course.wording import FormulaText, Text, Words

Kind: TypeAlias = Literal[
    "number", "vector", "matrix", "channels", "shape", "whole", "choice", "choices", "order"
]
"""What is asked for: an array of a rank, a shape, a whole number, one option, several, an order."""

NUMBER_KINDS = frozenset({"number", "vector", "matrix", "channels"})
"""Kinds that are answered with numbers of an asked precision."""

CHOICE_KINDS = frozenset({"choice", "choices", "order"})
"""Kinds that are answered by picking or ordering options."""

ZERO = "zero"
"""What is excused where an answer is 0, whatever one does to it: its place among the slips."""

Decimals: TypeAlias = Annotated[int, Meta(ge=0, le=8)]
Figures: TypeAlias = Annotated[int, Meta(ge=1, le=8)]
Row: TypeAlias = tuple[float, ...]
Rows: TypeAlias = tuple[float | Row, ...]
Channels: TypeAlias = tuple[float | Rows, ...]
Value: TypeAlias = float | tuple[float | Channels, ...]
"""A number, or numbers in lists up to four deep (a stack of kernels with channels)."""


Label: TypeAlias = Text | Words
"""The name of a row or a column: a plain string is the same in every language."""

Labels: TypeAlias = Annotated[tuple[Label, ...], Meta(max_length=100)]


class Fresh(Struct, frozen=True, forbid_unknown_fields=True):
    """How each cell of a given is drawn again: from low, low + step ... high, or from a list."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    choose: Annotated[tuple[float, ...], Meta(min_length=2, max_length=1_000)] | None = None


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers that a lesson gives: stated (and perhaps drawn again), or derived by a formula."""

    title: Text
    value: Value | None = None
    formula: FormulaText | None = None
    fresh: Fresh | None = None
    rows: Labels = ()
    columns: Labels = ()


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """What freshly drawn numbers must fulfil: true in every cell."""

    formula: FormulaText
    why: Text


class Option(Text, frozen=True, forbid_unknown_fields=True):
    """One of the options of a choice, and what is said to those who choose it wrongly."""

    note: Text | None = None

    @property
    def text(self) -> Text:
        """The option's own words."""
        return Text(self.en, self.zh)


class Excuse(Struct, frozen=True, forbid_unknown_fields=True):
    """A slip that the lesson's own numbers hide, by its name, and why they are kept."""

    slip: str
    why: Text


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One question, its answer as a formula, and the help that goes with it."""

    id: Annotated[str, Meta(max_length=60)]
    title: Text
    prompt: Text
    kind: Kind
    name: str | None = None
    formula: FormulaText | None = None
    decimals: Decimals | None = None
    figures: Figures | None = None
    options: Annotated[tuple[Option, ...], Meta(max_length=26)] = ()
    hints: Annotated[tuple[Text, ...], Meta(max_length=10)] = ()
    after: Text | None = None
    rows: Labels = ()
    columns: Labels = ()
    excuse: Annotated[tuple[Excuse, ...], Meta(max_length=20)] = ()

    def texts(self) -> tuple[Text, ...]:
        """Every text of the step that is shown with its values."""
        notes = tuple(option.note for option in self.options if option.note is not None)
        after = () if self.after is None else (self.after,)
        return (self.prompt, *self.hints, *self.options, *notes, *after)


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole lesson."""

    id: Annotated[str, Meta(max_length=60)]
    order: Annotated[int, Meta(ge=0, le=10_000)]
    title: Text
    summary: Text
    story: Text
    steps: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=200)]
    needs: Annotated[tuple[str, ...], Meta(max_length=50)] = ()
    decimals: Decimals | None = None
    figures: Figures | None = None
    givens: Annotated[Mapping[str, Given], Meta(max_length=50)] = {}
    conditions: Annotated[tuple[Condition, ...], Meta(max_length=50)] = ()
    labs: Annotated[tuple[Lab, ...], Meta(max_length=8)] = ()
    """What can be trained beside the lesson, the first when nothing else is asked for."""

    def __post_init__(self) -> None:
        """Keep the mapping from being changed."""
        force_setattr(self, "givens", MappingProxyType(dict(self.givens)))

    def precision(self, step: Step) -> dict[str, int]:
        """How precisely a step is worked: `{"decimals": n}` or `{"figures": n}`."""
        for asked in (step, self):
            if asked.figures is not None:
                return {"figures": asked.figures}
            if asked.decimals is not None:
                return {"decimals": asked.decimals}
        return {"decimals": 3}


class Head(Struct, frozen=True):
    """What the home screen shows of a lesson."""

    id: str
    order: int
    title: Text
    summary: Text
    needs: tuple[str, ...]
    steps: int


def shape(value: Any) -> tuple[int, ...] | None:
    """The shape of nested numbers; None where rows differ in form or a list is empty."""
    if not isinstance(value, tuple):
        return ()
    shapes = {shape(part) for part in value}
    if len(shapes) != 1:
        return None
    inner = shapes.pop()
    return None if inner is None else (len(value), *inner)
