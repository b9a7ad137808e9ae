"""Every character of a loaded text is found again in its file, however it was written."""

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.course.mistakes import EXAMPLE, marks
from tests.examples import times
from tutor.course.load import load
from tutor.course.source import Source
from tutor.course.yaml_tree import Places, read_tree


def places_of(text: str) -> Places:
    source = Source("a.yaml", text)
    return Places(source, read_tree(source)[0])


def test_a_formula_is_found_by_its_path():
    lesson, places = load(EXAMPLE)
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for index, step in enumerate(lesson.steps):
        if step.formula:
            line, column = places.of("steps", index, "formula")
            assert lines[line - 1][column - 1 :].startswith(step.formula)
    line, column = places.of("givens", "z", "value", 2)
    assert lines[line - 1][column - 1 :].startswith("0.1]")
    assert places.key("givens", "z") == (14, 3)


def test_what_a_file_leaves_out_is_placed_at_what_would_hold_it():
    places = places_of("steps:\n  - id: a\n  - id: b\n")
    assert places.of("steps", 1, "formula") == (3, 5)
    assert places.of("steps", 9) == (2, 3)
    assert places.of("lab", "bind") == (1, 1)
    assert places.of() == (1, 1)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("f: exp(¦z)", 4),
        ("f: 'exp(¦z)'", 4),
        ('f: "exp(¦z)"', 4),
        ("f:   '  exp(¦z)'", 4),
        ("f: 'it''s ¦z'", 5),
        (r'f: "\x41\u0042\"¦z"', 3),
        ('f: "a \\\n   ¦z"', 2),
        ('f: "a\\n¦z"', 2),
        ("f:\n  exp(¦z)", 4),
        ("f: a\n  + ¦z", 4),
        ('f: "a\n  + ¦z"', 4),
        ("f: |\n  a = 1\n  ¦a + z", 6),
        ("f: |-  # two lines\n\n    a = 1\n    a + ¦z\n", 10),
        ("f: |\n  a(\n    ¦z)", 5),
        ("f: >\n  one\n  two\n\n  ¦three", 8),
        ("{en: 得分, f: 'e^¦z'}", 2),
        ("f: 三个 ¦😀 z", 3),
        ('- f: 1\n- {f: "¦z"}', None),
    ],
)
def test_a_character_is_found_in_every_style(text, offset):
    text, ((line, column),) = marks(text)
    places = places_of(text)
    if offset is None:
        assert places.of(1, "f") == (line, column)
    else:
        assert places.inside(("f",), offset) == (line, column)


WORDS = st.text(alphabet="ab'\"\\# :{}é得\n", min_size=1, max_size=40).filter(
    lambda text: text == text.strip()
)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


@settings(max_examples=times(150), deadline=None)
@given(text=WORDS, style=STYLES, width=st.integers(5, 80), unicode=st.booleans())
def test_each_visible_character_is_found_where_it_stands(text, style, width, unicode):
    written = yaml.dump(
        {"title": {"en": text}}, default_style=style, width=width, allow_unicode=unicode
    )
    # PyYAML itself writes a few folded texts (">") so that they are read as others.
    assume(yaml.safe_load(written) == {"title": {"en": text}})
    places = places_of(written)
    lines = written.split("\n")
    node = places.node(("title", "en"))
    assert node.text.strip() == text
    for offset, character in enumerate(text):
        line, column = places.inside(("title", "en"), offset)
        here = lines[line - 1][column - 1 :]
        if character not in " \n":
            assert here.startswith((character, "\\")), (written, offset)
