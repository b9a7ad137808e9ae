"""From the tree of a file to the values of the schema, collecting every mistake on the way."""

import typing
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tutor.course.explain import explain, unknown_field
from tutor.course.numerals import number
from tutor.course.problem import Detail, Problem
from tutor.course.schema import forms, is_struct, is_text
from tutor.course.yaml_tree import Fields, Items, Key, Node, Places

TEXTS = frozenset(
    {"id", "en", "zh", "kind", "name", "formula", "needs", "rows", "columns", "bind", "watch"}
    | {"title", "summary", "story", "prompt", "why", "note", "after", "hints", "slip"}
    | {"about", "ask", "exactly", "text"}
)
"""Fields of texts: what looks like a number there (`en: 1`) is still a text."""

EMPTY = frozenset({"", "~", "null", "Null", "NULL"})

TRUTHS = {"true": True, "false": False}

FAILED: Any = object()
"""What stands for a value that could not be read; its mistakes are collected elsewhere."""


def plain(node: Node, key: str = "") -> Any:
    """Plain data for a part of the tree; the field's name says whether texts are texts."""
    if isinstance(node, Fields):
        return {name: plain(value, name) for name, value in node.values.items()}
    if isinstance(node, Items):
        return [plain(item, key) for item in node.items]
    if node.plain and node.text in EMPTY:
        return None
    if node.plain and key not in TEXTS:
        if node.text in TRUTHS:
            return TRUTHS[node.text]
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
            if isinstance(node, Fields) and origin is Mapping:
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
        meant = set()
        for name, key in node.keys.items():
            if name not in fields:
                problem = unknown_field(self.places.file, node, key, list(fields))
                self.problems.append(problem)
                meant.add(problem.details.get("near"))
        values = {}
        for name, field in fields.items():
            if name in node.values:
                value = self.convert(node.values[name], field.type, (*path, name))
                if value is not FAILED:
                    values[name] = value
            elif field.required and name not in meant:
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
