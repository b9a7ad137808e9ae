"""Texts hold values in braces, and only characters that every terminal shows alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.texts import INSTEAD, BraceError, Shown, pieces, unfit
from tutor.messages.lesson_files import TEXTS


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("no value", ("no value",)),
        ("{max(z)}", (Shown("max(z)", None, 1),)),
        ("max is {max(z):2}.", ("max is ", Shown("max(z)", 2, 8), ".")),
        ("{X[:, 0]:0}", (Shown("X[:, 0]", 0, 1),)),
        ("{X[0:1]}", (Shown("X[0:1]", None, 1),)),
        ("{ z }{p}", (Shown("z", None, 2), Shown("p", None, 6))),
        ("a set {{1, 2}}", ("a set {1, 2}",)),
        ("{{{z}}}", ("{", Shown("z", None, 3), "}")),
    ],
)
def test_values_stand_in_braces(text, parts):
    assert pieces(text) == parts


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("a {z", "lesson.brace-not-closed", 2),
        ("a {z {p}", "lesson.brace-not-closed", 2),
        ("a z}", "lesson.brace-not-opened", 3),
        ("a {}", "lesson.brace-empty", 2),
        ("a { }", "lesson.brace-empty", 2),
        ("a {:2}", "lesson.brace-empty", 2),
    ],
)
def test_braces_need_partners(text, code, at):
    with pytest.raises(BraceError) as caught:
        pieces(text)
    assert (caught.value.code, caught.value.at) == (code, at)


def refused_at(text: str) -> int | None:
    """Where the text is refused; None where it is not."""
    try:
        pieces(text)
    except BraceError as error:
        return error.at
    return None


@given(st.text(alphabet="{}z: 2", max_size=20))
def test_each_value_stands_where_it_says(text):
    at = refused_at(text)
    if at is not None:
        assert text[at] in "{}"
        return
    for part in pieces(text):
        if isinstance(part, Shown):
            assert text[part.at : part.at + len(part.formula)] == part.formula


@given(st.text(max_size=20))
def test_doubled_braces_give_the_text_back(text):
    assert "".join(map(str, pieces(text.replace("{", "{{").replace("}", "}}")))) == text


@pytest.mark.parametrize(
    ("character", "instead"),
    [("σ", "sigma"), ("Σ", "Sigma"), ("λ", "lambda"), ("→", "->"), ("√", "sqrt"), ("①", "")],
)
def test_ambiguous_characters_have_a_substitute(character, instead):
    (found,) = unfit(f"it is {character}, {character}")
    assert found == ("lesson.ambiguous-width", 6, character, instead)


@given(st.text(max_size=30))
def test_exactly_the_ambiguous_and_the_unseen_are_unfit(text):
    wrong = {c for c in text if unicodedata.east_asian_width(c) == "A"}
    wrong |= {c for c in text if not c.isprintable() and c not in "\n\u3000"}
    assert {text[found.at] for found in unfit(text)} == wrong


def test_what_is_proposed_is_fit_itself():
    for character, instead in INSTEAD.items():
        assert unicodedata.east_asian_width(character) == "A"
        assert not list(unfit(instead))


def test_our_own_sentences_keep_the_rule():
    for text in TEXTS.values():
        assert not [*unfit(text.en), *unfit(text.zh)]
