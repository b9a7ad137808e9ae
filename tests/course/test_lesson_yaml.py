"""Broken YAML is told in a teacher's words, at the place where it is to be mended."""

import pytest

from tests.course.mistakes import changed, expected, found, problems
from tutor.course.source import Source
from tutor.course.yaml_errors import SYNTAX, syntax_problem, yaml
from tutor.messages import LANGUAGES, say

BROKEN = [
    ("order: 1", "order: 1¦: 2", "lesson.colon"),
    ("order: 1", "order: Softmax¦: a start", "lesson.colon"),
    ("order: 1", "order: 1\n  decimals¦: 3", "lesson.colon"),
    ("order: 1", "order: ¦[1, 2", "lesson.unclosed-list"),
    ("order: 1", "order: ¦{a: 1", "lesson.unclosed-mapping"),
    ("order: 1", "order: ¦@one", "lesson.reserved-start"),
    ("order: 1", "order: ¦`one`", "lesson.reserved-start"),
    ("order: 1", "order: ¦% one", "lesson.reserved-start"),
    ("order: 1", "order: ¦- 1", "lesson.dash"),
    ("order: 1", "order: ¦]", "lesson.no-value"),
    ("order: 1", "order: ¦, 1", "lesson.no-value"),
    ("order: 1", 'order: "1" ¦2', "lesson.unexpected-here"),
    ("order: 1", "order: 'it'¦s'", "lesson.unexpected-here"),
    ("order: 1", r'order: "¦\q"', "lesson.escape"),
    ("order: 1", r'order: "\x¦zz"', "lesson.escape"),
    ("order: 1", "order: |¦one", "lesson.block-header"),
    ("order: 1", "order: >\n¦\tone", "lesson.tab"),
    ("  - id: winner", "¦\t- id: winner", "lesson.tab"),
    ("  - id: winner", "  ¦id: winner", "lesson.missing-dash"),
    ("  - id: winner", " ¦- id: winner", "lesson.unexpected-here"),
]


@pytest.mark.parametrize(("old", "new", "code"), BROKEN)
def test_broken_yaml_is_told_in_our_words(tmp_path, old, new, code):
    text, wanted = expected(changed(old, new), code)
    assert found(tmp_path, text) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\nb: ¦'two", "lesson.unclosed-quote"),
        ('a: ¦"two\nb: 3\n', "lesson.unclosed-quote"),
        ("a: 1\nb: 2\nc\n¦", "lesson.missing-colon"),
        ("¦%x", "lesson.reserved-start"),
    ],
)
def test_what_is_never_closed_is_told_where_it_opens(tmp_path, text, code):
    if code:
        text, wanted = expected(text, code)
        assert found(tmp_path, text) == wanted


@pytest.mark.parametrize("said", SYNTAX)
def test_every_error_of_the_parser_that_we_know_has_a_sentence(said):
    mark = yaml.Mark("", 4, 1, 2, None, 0)
    error = yaml.MarkedYAMLError("while reading", None, said, mark)
    problem = syntax_problem(Source("a.yaml", "a:\n  b: 1"), error)
    assert problem.code == SYNTAX[said]
    assert problem.place == "a.yaml:2:3"
    for language in LANGUAGES:
        assert say(problem.code, language, **problem.details)


def test_an_error_of_the_parser_that_we_do_not_know_is_quoted():
    error = yaml.MarkedYAMLError(None, None, "words of a later libyaml", None)
    problem = syntax_problem(Source("a.yaml", "a"), error)
    for language in LANGUAGES:
        assert "words of a later libyaml" in say(problem.code, language, **problem.details)


def test_a_comma_between_braces_is_explained(tmp_path):
    text = changed("formula: exp(z)", "rows: [{en: Well, then, zh: 好}]")
    text = text.replace("then", "¦then", 1)
    text, wanted = expected(text.replace("- id: exp", "- id: exp"), "lesson.comma-in-braces")
    codes = found(tmp_path, text)
    assert wanted[0] in codes
    problem = next(p for p in problems(tmp_path, text) if p.code == "lesson.comma-in-braces")
    assert problem.details["field"] == "then"
