"""What libyaml says about broken YAML, in our codes and at the place where it is to be mended."""

from typing import Any

import yaml

from tutor.course.problem import Detail, Problem, clipped
from tutor.course.source import Source

SYNTAX = {
    "mapping values are not allowed in this context": "lesson.colon",
    "could not find expected ':'": "lesson.missing-colon",
    "found unexpected end of stream": "lesson.unclosed-quote",
    "found unexpected document indicator": "lesson.unclosed-quote",
    "did not find expected ',' or ']'": "lesson.unclosed-list",
    "did not find expected ',' or '}'": "lesson.unclosed-mapping",
    "did not find expected key": "lesson.unexpected-here",
    "did not find expected '-' indicator": "lesson.missing-dash",
    "block sequence entries are not allowed in this context": "lesson.dash",
    "found unknown escape character": "lesson.escape",
    "did not find expected hexdecimal number": "lesson.escape",
    "found invalid Unicode character escape code": "lesson.escape",
    "found a tab character that violates indentation": "lesson.tab",
    "found a tab character where an indentation space is expected": "lesson.tab",
    "did not find expected node content": "lesson.no-value",
    "did not find expected comment or line break": "lesson.block-header",
    "did not find expected <document start>": "lesson.several-documents",
}
"""libyaml's words for a mistake, and ours."""

OPENED = {
    "while scanning an alias": "lesson.alias",
    "while scanning an anchor": "lesson.anchor",
    "while scanning a tag": "lesson.tag",
    "while parsing a tag": "lesson.tag",
    "while parsing a node": "lesson.tag",
    "while scanning a directive": "lesson.reserved-start",
}
"""What libyaml was reading when it failed, for what begins with a sign of its own."""

AT_THE_OPENING = {
    "lesson.unclosed-quote",
    "lesson.unclosed-list",
    "lesson.unclosed-mapping",
    *OPENED.values(),
}
"""What is told where it was opened, not where the parser gave up."""


def syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """What is wrong with the YAML, in a teacher's words."""
    said = error.problem or ""
    mark: Any = error.problem_mark or error.context_mark
    code = SYNTAX.get(said) or OPENED.get((error.context or "").strip(), "lesson.yaml")
    index = min(mark.index, len(source.text)) if mark else 0
    if said == "found character that cannot start any token":
        tab = source.text[index : index + 1] == "\t"
        code = "lesson.tab" if tab else "lesson.reserved-start"
    if code in AT_THE_OPENING and error.context_mark:
        mark = error.context_mark
        index = mark.index
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    details: dict[str, Detail] = {}
    if code == "lesson.yaml":
        details["reason"] = clipped(said, 80)
    if code in {"lesson.reserved-start", "lesson.no-value", "lesson.escape"}:
        length = 2 if code == "lesson.escape" else 1
        details["found"] = clipped(source.text[index : index + length])
    if code in OPENED.values():
        details["name"] = clipped((source.text[index : index + 60].split() or [""])[0])
    return Problem(code, source.file, line, column, details)
