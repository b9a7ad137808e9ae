"""From the tree of a file to the values of the schema, collecting every mistake on the way."""

import math
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Any

import msgspec

from tutor.course.lesson import Text
from tutor.course.problem import Detail, Problem, clipped
from tutor.course.yaml_tree import Fields, Items, Key, Node, Places, Scalar

TEXTS = frozenset(
    {"id", "en", "zh", "kind", "name", "formula", "experiment", "needs", "rows", "columns", "bind"}
    | {"title", "summary", "story", "prompt", "why", "note", "after", "hints"}
)
"""Fields of texts: what looks like a number there (`en: 1`) is still a text."""

EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
LONGEST_NUMBER = 40
NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
WHOLE = re.compile(r"[-+]?[0-9]{1,15}")

FAILED: Any = object()
"""What stands for a value that could not be read; its mistakes are collected elsewhere."""


def number(text: str) -> int | float | None:
    """A number as people write it (`2`, `-.5`, `1e-3`); None for anything else.

    YAML 1.1 would read `1e-3` as a text, `010` as eight and `12:30` as 750.
    """
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        return None
    value = int(text) if WHOLE.fullmatch(text) else float(text)
    return value if math.isfinite(value) else None


def plain(node: Node, key: str = "") -> Any:
    """Plain data for a part of the tree; the field's name says whether texts are texts."""
    if isinstance(node, Fields):
        return {name: plain(value, name) for name, value in node.values.items()}
    if isinstance(node, Items):
        return [plain(item, key) for item in node.items]
    if node.plain and node.text in EMPTY:
        return None
    if node.plain and key not in TEXTS:
        value = number(node.text)
        if value is not None:
            return value
    return node.text.strip()


class Converter:
    """Reads parts of the tree as types of the schema; mistakes are added to `problems`."""

    def __init__(self, places: Places, problems: list[Problem]) -> None:
        """Say where the parts stand and where mistakes are collected."""
        self.places = places
        self.problems = problems

    def convert(self, node: Node, expected: Any, path: tuple[Key, ...]) -> Any:
        """The value of a part, or FAILED with at least one mistake collected."""
        key = next((str(k) for k in reversed(path) if isinstance(k, str)), "")
        try:
            return msgspec.convert(plain(node, key), expected)
        except msgspec.ValidationError as error:
            before = len(self.problems)
            self.descend(node, expected, path)
            if len(self.problems) == before:
                self.problems.append(explain(str(error), node, expected, self.places, path))
            return FAILED

    def descend(self, node: Node, expected: Any, path: tuple[Key, ...]) -> None:
        """Look for the mistakes within a part whose own form is right."""
        for form in forms(expected):
            if isinstance(node, Fields) and is_struct(form):
                self.struct(node, form, path)
                return
            origin, arguments = typing.get_origin(form), typing.get_args(form)
            if isinstance(node, Fields) and origin is not None and issubclass(origin, Mapping):
                for name, value in node.values.items():
                    self.convert(value, arguments[1], (*path, name))
                return
            if isinstance(node, Items) and origin is tuple:
                for index, item in enumerate(node.items):
                    self.convert(item, arguments[0], (*path, index))
                return

    def struct(self, node: Fields, struct: Any, path: tuple[Key, ...]) -> dict[str, Any]:
        """The fields that can be read; what is unknown, missing or wrong is collected."""
        fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
        for name, key in node.keys.items():
            if name not in fields:
                self.problems.append(unknown_field(self.places.file, node, key, list(fields)))
        values = {}
        for name, field in fields.items():
            if name in node.values:
                value = self.convert(node.values[name], field.type, (*path, name))
                if value is not FAILED:
                    values[name] = value
            elif field.required:
                code = "lesson.missing-language" if is_text(struct) else "lesson.missing-field"
                details: dict[str, Detail] = {"field": name}
                line, column = node.line, node.column
                self.problems.append(Problem(code, self.places.file, line, column, details))
        return values

    def readable(self, nodes: Iterable[tuple[Key, Node]], expected: Any) -> dict[Any, Any]:
        """Those of some parts that can be read, silently."""
        found = {}
        for key, node in nodes:
            try:
                found[key] = msgspec.convert(plain(node), expected)
            except msgspec.ValidationError:
                continue
        return found


def is_struct(form: Any) -> bool:
    """Whether a type is one of the schema's own."""
    return isinstance(form, type) and issubclass(form, msgspec.Struct)


def is_text(form: Any) -> bool:
    """Whether a type is a text in every language."""
    return is_struct(form) and issubclass(form, Text)


def forms(expected: Any) -> tuple[Any, ...]:
    """The types that a value may have, without their limits."""
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin is typing.Annotated:
        return forms(arguments[0])
    if origin in (typing.Union, UnionType):
        return tuple(form for argument in arguments for form in forms(argument))
    return (expected,)


def unknown_field(file: str, node: Fields, key: Scalar, known: list[str]) -> Problem:
    """A field that the schema does not know, and what was probably meant."""
    details: dict[str, Detail] = {"field": clipped(key.text)}
    near = get_close_matches(key.text[:60], known, n=1)
    value = node.values[key.text]
    if near:
        code = "lesson.unknown-field-near"
        details["near"] = near[0]
    elif node.flow and isinstance(value, Scalar) and value.plain and not value.text:
        code = "lesson.comma-in-braces"
    else:
        code = "lesson.unknown-field"
        details["known"] = ", ".join(known)
    return Problem(code, file, key.line, key.column, details)


Explanation = tuple[str, dict[str, Detail]]


def explain(said: str, node: Node, expected: Any, places: Places, path: tuple[Key, ...]) -> Problem:
    """A mistake in our words from what msgspec says about one value."""
    name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
    said = said.partition(" - at ")[0]
    for pattern, explanation in EXPLANATIONS:
        match = pattern.fullmatch(said)
        if match:
            code, details = explanation(match, node, expected)
            break
    else:
        code, details = "lesson.wrong-value", {"reason": clipped(said, 80)}
    details = {"field": clipped(name), "found": written(node, places), **details}
    return Problem(code, places.file, node.line, node.column, details)


def written(node: Node, places: Places) -> str:
    """A part as it stands in the file, for a sentence."""
    if isinstance(node, Scalar):
        return clipped(node.text.strip())
    text = places.source.text[node.start : node.start + 60]
    return clipped(text.partition("\n")[0])


def enumerated(match: re.Match[str], node: Node, expected: Any) -> Explanation:
    """A word that is not one of a few."""
    known = [str(word) for form in forms(expected) for word in typing.get_args(form)]
    near = get_close_matches(match[1][:60], known, n=1)
    if near:
        return "lesson.unknown-word-near", {"near": near[0], "known": ", ".join(known)}
    return "lesson.unknown-word", {"known": ", ".join(known)}


def limited(match: re.Match[str], node: Node, expected: Any) -> Explanation:
    """A number beyond its limits."""
    limit = float(match[3])
    codes = {
        ">=": "lesson.number-below",
        "<=": "lesson.number-above",
        ">": "lesson.number-not-above",
        "<": "lesson.number-not-below",
    }
    return codes[match[2]], {"limit": int(limit) if limit == int(limit) else limit}


def measured(match: re.Match[str], node: Node, expected: Any) -> Explanation:
    """A text, a list or a mapping that is too short or too long."""
    kind, direction, limit = match[1], match[2], int(match[3])
    if kind == "str":
        code = "lesson.empty-text" if direction == ">=" else "lesson.long-text"
    else:
        code = "lesson.too-few-parts" if direction == ">=" else "lesson.too-many-parts"
    return code, {"limit": limit}


def mistyped(match: re.Match[str], node: Node, expected: Any) -> Explanation:
    """A value of another type than the schema's."""
    wanted, got = set(match[1].split(" | ")), match[2]
    if got == "null":
        return ("lesson.empty-text" if "str" in wanted else "lesson.empty-field"), {}
    structs = [form for form in forms(expected) if is_struct(form)]
    if "object" in wanted and structs:
        if is_text(structs[0]):
            return "lesson.one-language" if got == "str" else "lesson.expected-text", {}
        return "lesson.expected-fields", {"known": ", ".join(structs[0].__struct_fields__)}
    if wanted & {"float", "int"} and got == "str" and isinstance(node, Scalar):
        return wrong_number(node, wanted)
    for types, code in EXPECTED:
        if types <= wanted:
            return code, {}
    return "lesson.wrong-value", {"reason": match[0]}


EXPECTED: tuple[tuple[set[str], str], ...] = (
    ({"float", "str"}, "lesson.expected-number-or-name"),
    ({"float", "array"}, "lesson.expected-numbers"),
    ({"float"}, "lesson.expected-number"),
    ({"int"}, "lesson.expected-whole"),
    ({"array"}, "lesson.expected-list"),
    ({"object"}, "lesson.expected-mapping"),
    ({"str"}, "lesson.expected-string"),
)
"""What is expected, the first that fits; the sentence gives an example."""


def wrong_number(node: Scalar, wanted: set[str]) -> Explanation:
    """A text where a number is asked for: what it was meant to be, if that can be said."""
    text = node.text.strip()
    if len(text) > LONGEST_NUMBER and re.fullmatch(r"[-+0-9._eE]{40}", text[:LONGEST_NUMBER]):
        return "lesson.long-number", {"limit": LONGEST_NUMBER}
    if text.strip("-+.").lower() in {"inf", "nan", "infinity"} or NUMBER.fullmatch(text):
        meant = None if not node.plain else "lesson.not-finite"
        if meant is not None or number(text) is None:
            return "lesson.not-finite", {}
    instead = meant_number(text)
    if instead:
        return "lesson.write-number", {"instead": instead}
    if "int" in wanted:
        return "lesson.expected-whole", {}
    return ("lesson.expected-numbers" if "array" in wanted else "lesson.expected-number"), {}


def meant_number(text: str) -> str:
    """How a number should have been written, for the ways that YAML or people write it else."""
    if len(text) > LONGEST_NUMBER:
        return ""
    if re.fullmatch(r"0[xXoObB][0-9a-fA-F_]+", text):
        try:
            return str(int(text, 0))
        except ValueError:
            return ""
    tidy = text.replace("_", "").replace("\u2212", "-").replace(",", ".")
    tidy = re.sub(r"^([-+]?)0+(?=[0-9])", r"\1", tidy)
    return tidy if number(tidy) is not None else ""


EXPLANATIONS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], Node, Any], Explanation]], ...
] = (
    (re.compile(r"Invalid enum value '(.*)'", re.DOTALL), enumerated),
    (re.compile(r"Expected `(int|float)` (>=|<=|>|<) (-?[0-9.e+]+)"), limited),
    (re.compile(r"Expected `(str|array|object)` of length (>=|<=) ([0-9]+)"), measured),
    (re.compile(r"Expected `([^`]+)`, got `([^`]+)`"), mistyped),
)
"""What msgspec says of a single value, and who says it in our words."""
