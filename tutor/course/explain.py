"""What is wrong with a value, in our codes: from what msgspec says, and what was probably meant."""

import re
import typing
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from tutor.course.numerals import LONGEST_NUMBER, NUMBER, number
from tutor.course.problem import Detail, Problem, clipped
from tutor.course.schema import forms, is_struct, is_text
from tutor.course.yaml_tree import Fields, Key, Node, Places, Scalar


def unknown_field(file: str, node: Fields, key: Scalar, known: list[str]) -> Problem:
    """A field that the schema does not know, and what was probably meant."""
    details: dict[str, Detail] = {"field": clipped(key.text)}
    near = get_close_matches(key.text[:60], known, n=1)
    value = node.values[key.text]
    if node.flow and isinstance(value, Scalar) and value.plain and not value.text:
        code = "lesson.comma-in-braces"
    elif near:
        code = "lesson.unknown-field-near"
        details["near"] = near[0]
    else:
        code = "lesson.unknown-field"
        details["known"] = ", ".join(known)
    return Problem(code, file, key.line, key.column, details)


Explanation = tuple[str, dict[str, Detail]]


def explain(said: str, node: Node, expected: Any, places: Places, path: tuple[Key, ...]) -> Problem:
    """A mistake in our words from what msgspec says about one value."""
    name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
    code, details = _explanation(said, node, expected)
    details = {"field": clipped(name), "found": written(node, places), **details}
    return Problem(code, places.file, node.line, node.column, details)


def explained(said: str, found: str, expected: Any) -> "Explanation":
    """The code of a mistake in a value that stands in no file, and what its sentence needs."""
    return _explanation(said, Scalar(found, "", 0, 0, 0, 0), expected)


def _explanation(said: str, node: Node, expected: Any) -> "Explanation":
    said = said.partition(" - at ")[0]
    for pattern, explanation in EXPLANATIONS:
        match = re.fullmatch(pattern, said, re.DOTALL)
        if match:
            return explanation(match, node, expected)
    return "lesson.wrong-value", {"reason": clipped(said, 80)}


def written(node: Node, places: Places) -> str:
    """A part as it stands in the file, for a sentence."""
    if isinstance(node, Scalar):
        return clipped(node.text.strip())
    text = places.source.text[node.start : node.start + 60]
    return clipped(text.partition("\n")[0])


def enumerated(match: re.Match[str], node: Node, expected: Any) -> Explanation:
    """A word that is not one of a few."""
    written = node.text[:60] if isinstance(node, Scalar) else ""
    known = [str(word) for form in forms(expected) for word in typing.get_args(form)]
    near = get_close_matches(written, known, n=1)
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


EXPLANATIONS: tuple[tuple[str, Callable[[re.Match[str], Node, Any], Explanation]], ...] = (
    (r"Invalid enum value '.*", enumerated),
    (r"Expected `(int|float)` (>=|<=|>|<) (-?[0-9.e+]+)", limited),
    (r"Expected `(str|array|object)` of length (>=|<=) ([0-9]+)", measured),
    (r"Expected `([^`]+)`, got `([^`]+)`", mistyped),
)
"""What msgspec says of a single value, and who says it in our words."""
