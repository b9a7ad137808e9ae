"""A lesson file is read as it is meant; each mistake in it is found at its place."""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.course.mistakes import EXAMPLE, changed, expected, found, problems
from tests.examples import times
from tutor.course.explain import explain
from tutor.course.lesson import Fresh, Lesson, Text
from tutor.course.load import load, load_head
from tutor.course.source import Source
from tutor.course.yaml_tree import Places, Scalar
from tutor.messages import LANGUAGES, say


def written(folder: Path, text: str, stem: str = "softmax-small") -> Path:
    path = folder / f"{stem}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_read_as_it_is_written():
    lesson = load(EXAMPLE).lesson
    assert (lesson.id, lesson.order, lesson.needs) == ("softmax-small", 1, ())
    assert lesson.title == Text("Softmax of three scores", "三个得分的 Softmax")
    assert lesson.story.en.endswith("the sum of all `e^z`.")
    assert lesson.givens["z"].value == (2.0, 1.0, 0.1)
    assert lesson.givens["z"].fresh == Fresh(low=-2.0, high=3.0, step=0.1)
    assert [step.kind for step in lesson.steps] == ["vector", "vector", "choice", "order"]
    assert lesson.steps[1].formula == "e / sum(e)"
    winner = lesson.steps[2]
    assert winner.options[1].text == Text("dog", "狗")
    assert winner.options[1].note.in_language("zh") == "找最大的概率。"
    assert lesson.labs[0].learning_rate == 0.5
    assert lesson.conditions[0].formula == "max(z) - min(z) >= 0.5"


def test_the_head_says_what_the_home_screen_shows():
    head = load_head(EXAMPLE)
    assert (head.id, head.order, head.steps, head.needs) == ("softmax-small", 1, 4, ())
    assert head.summary.in_language("en") == "From scores to probabilities"


def test_precision_is_the_steps_then_the_lessons_then_three_decimals(tmp_path):
    text = changed("    name: p\n", "    name: p\n    figures: 4\n")
    lesson = load(written(tmp_path, text)).lesson
    assert [lesson.precision(step) for step in lesson.steps[:2]] == [
        {"decimals": 3},
        {"figures": 4},
    ]
    bare = load(written(tmp_path, changed("decimals: 3\n", ""))).lesson
    assert bare.precision(bare.steps[0]) == {"decimals": 3}


def test_a_lesson_without_experiments_has_none(tmp_path):
    assert load(EXAMPLE).lesson.labs[0].model.initial == "zero"
    without = re.sub(r"^labs:\n(?:  .*\n)*", "", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    assert load(written(tmp_path, without)).lesson.labs == ()


def test_loading_twice_gives_equal_values():
    assert load(EXAMPLE).lesson == load(EXAMPLE).lesson


def mutable_parts(value: object) -> list[object]:
    """Every list, set or dict that can be reached from a value."""
    if isinstance(value, msgspec.Struct):
        parts = [getattr(value, name) for name in value.__struct_fields__]
        assert value.__struct_config__.frozen
    elif isinstance(value, Mapping):
        parts = list(value.values())
    elif isinstance(value, tuple):
        parts = list(value)
    else:
        parts = []
    own = [value] if isinstance(value, list | dict | set) else []
    return own + [found for part in parts for found in mutable_parts(part)]


def test_nothing_that_was_loaded_can_be_changed():
    lesson = load(EXAMPLE).lesson
    assert mutable_parts(lesson) == []
    with pytest.raises(AttributeError):
        lesson.order = 2
    with pytest.raises(TypeError):
        lesson.givens["z"] = None
    with pytest.raises(TypeError):
        lesson.labs[0].bind["W"] = "W"
    with pytest.raises(TypeError):
        lesson.labs[0].watch["W"] = "W"


@pytest.mark.parametrize(
    ("written_as", "value"),
    [
        ("1e-3", 0.001),
        ("1E+2", 100.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("+3", 3.0),
        ("5.", 5.0),
        ("-0", 0.0),
        ("0.10", 0.1),
        ("12345678901234567890", 12345678901234567890.0),
    ],
)
def test_numbers_are_read_as_people_write_them(tmp_path, written_as, value):
    text = changed("value: [2, 1, 0.1]", f"value: [2, 1, {written_as}]")
    assert load(written(tmp_path, text)).lesson.givens["z"].value == (2.0, 1.0, value)


@pytest.mark.parametrize(
    ("written_as", "instead"),
    [
        ("1_000", "1000"),
        ("0o17", "15"),
        ("0x1F", "31"),
        ("010", "10"),
        ("\u22122", "-2"),
        ('"2"', "2"),
        ("'0,5'", "0.5"),
    ],
)
def test_what_is_no_number_to_us_says_how_to_write_it(tmp_path, written_as, instead):
    text, wanted = expected(
        changed("value: [2, 1, 0.1]", f"value: [2, ¦{written_as}, 0.1]"), "lesson.write-number"
    )
    assert found(tmp_path, text) == wanted
    assert problems(tmp_path, text)[0].details["instead"] == instead


@pytest.mark.parametrize("word", ["yes", "No", "on", "OFF", "true", "null", "2024-01-01", "12:30"])
def test_words_that_yaml_takes_for_something_else_stay_words(tmp_path, word):
    quoted = f"'{word}'" if word == "null" else word
    text = changed(
        "- {en: cat, zh: 猫}\n      - {en: dog", f"- {{en: {quoted}, zh: 1e5}}\n      - {{en: dog"
    )
    assert load(written(tmp_path, text)).lesson.steps[2].options[0].text == Text(word, "1e5")


def test_a_formula_that_is_a_number_stays_a_text(tmp_path):
    text = changed("formula: exp(z)", "formula: 0.50")
    assert load(written(tmp_path, text)).lesson.steps[0].formula == "0.50"


VALUE = "value: [2, 1, 0.1]"
FRESH = "fresh: {low: -2, high: 3, step: 0.1}"
COLUMNS = "columns: [{en: cat, zh: 猫}, {en: dog, zh: 狗}, {en: bird, zh: 鸟}]"
MODEL = "    model: {kind: softmax-regression, initial: zero}\n"
RATE = "    learning_rate: 0.5\n"
GUESS = "    guesses: [{{ask: {{en: a, zh: b}}, {}}}]\n"
EXPONENTIALS = "formula: exp(z)"
STAGES = "kind: order\n    options:"
WHY = "why: {en: a, zh: b}"
EXCUSED = "formula: exp(z)\n    excuse:\n      - slip: "

ONE_MISTAKE = [
    # fields
    ("summary:", "¦sumary:", "lesson.unknown-field-near"),
    (EXPONENTIALS, "¦answer: 3\n    formula: exp(z)", "lesson.unknown-field"),
    ("decimals: 3", "decimals: 3\n¦decimals: 4", "lesson.duplicate-key"),
    ("decimals: 3", "decimals: 3\n¦<<: {order: 4}", "lesson.merge-key"),
    ("title: {en: logits, zh: 对数几率}", "title: ¦{en: logits}", "lesson.missing-language"),
    ("title: {en: logits, zh: 对数几率}", "title: ¦logits", "lesson.one-language"),
    ("title: {en: logits, zh: 对数几率}", "title: ¦[logits]", "lesson.expected-text"),
    ("title: {en: logits, zh: 对数几率}", "title: {en: ¦'', zh: 甲}", "lesson.empty-text"),
    ("title: {en: logits, zh: 对数几率}", "title: {en: ¦, zh: 甲}", "lesson.empty-text"),
    ("title: {en: logits, zh: 对数几率}", "title: {en: ¦~, zh: 甲}", "lesson.empty-text"),
    ("title: {en: logits, zh: 对数几率}", "title: {en: ¦[a], zh: 甲}", "lesson.expected-string"),
    ("prompt: {en: Divide each", "prompt: {en: Well, ¦divide each", "lesson.comma-in-braces"),
    ("order: 1", "order: ¦one", "lesson.expected-whole"),
    ("order: 1", "order: ¦1.0", "lesson.expected-whole"),
    ("order: 1", "order: ¦-1", "lesson.number-below"),
    ("order: 1", "order: ¦[1]", "lesson.expected-whole"),
    ("order: 1", "order:¦", "lesson.empty-field"),
    ("decimals: 3", "decimals: ¦9", "lesson.number-above"),
    ("decimals: 3", "figures: ¦0", "lesson.number-below"),
    ("decimals: 3", "decimals: 3\n¦figures: 4", "lesson.two-precisions"),
    ("decimals: 3", "needs: ¦vectors", "lesson.expected-list"),
    ("decimals: 3", "needs: [¦[a]]", "lesson.expected-string"),
    # names
    ("id: softmax-small", "id: ¦softmax", "lesson.not-file-name"),
    ("id: softmax-small", "id: ¦Softmax_small", "lesson.not-kebab"),
    ("decimals: 3", "needs: [¦Vectors]", "lesson.not-kebab"),
    ("decimals: 3", "needs: [¦softmax-small]", "lesson.needs-itself"),
    ("decimals: 3", "needs: [vectors, ¦vectors]", "lesson.needs-twice"),
    ("id: stages", "id: ¦winner", "lesson.id-taken"),
    ("id: stages", "id: ¦the stages", "lesson.not-kebab"),
    ("name: p", "name: ¦z", "lesson.name-taken"),
    ("name: p", "name: ¦e", "lesson.name-taken"),
    ("name: p", "name: ¦2p", "lesson.not-a-name"),
    ("name: p", "name: ¦lambda", "lesson.not-a-name"),
    ("name: p", "name: ¦概率", "lesson.not-a-name"),
    ("name: p", "name: ¦" + "p" * 41, "lesson.not-a-name"),
    ("  z:\n", "  ¦z-1:\n", "lesson.not-a-name"),
    # givens
    (VALUE, "value: ¦two", "lesson.expected-numbers"),
    (VALUE, "value: [2, ¦{a: 1}]", "lesson.expected-numbers"),
    (VALUE, "value: [2, 1, ¦1/3]", "lesson.expected-numbers"),
    (VALUE, "value: [2, 1, ¦12:30]", "lesson.expected-numbers"),
    (VALUE, "value: [2, 1, ¦yes]", "lesson.expected-numbers"),
    (VALUE, "value: [2, 1, ¦~]", "lesson.empty-field"),
    (VALUE, "value: [2, 1, ¦.inf]", "lesson.not-finite"),
    (VALUE, "value: [2, 1, ¦-inf]", "lesson.not-finite"),
    (VALUE, "value: [2, 1, ¦.NaN]", "lesson.not-finite"),
    (VALUE, "value: [2, 1, ¦1e999]", "lesson.not-finite"),
    (VALUE, "value: [2, 1, ¦" + "9" * 41 + "]", "lesson.long-number"),
    (VALUE, "value: [[1, 2, 3], ¦[4, 5]]", "lesson.ragged"),
    (VALUE, "value: [[1, 2, 3], ¦4]", "lesson.ragged"),
    (VALUE, "value: [[[1], [2]], [[3], ¦[4, 5]]]", "lesson.ragged"),
    (VALUE, "value: ¦[]", "lesson.empty-list"),
    (VALUE, "value: [[1], ¦[]]", "lesson.empty-list"),
    (VALUE, "value: [[[[¦[1]]]]]", "lesson.expected-number"),
    (FRESH, "¦fresh: {low: 1}", "lesson.fresh-incomplete"),
    (FRESH, "¦fresh: {low: 1, high: 2, step: 1, choose: [1, 2]}", "lesson.fresh-both"),
    (FRESH, "fresh: {low: 1, high: 2, step: ¦0}", "lesson.fresh-step"),
    (FRESH, "fresh: {low: 1, high: ¦1, step: 0.1}", "lesson.fresh-ends"),
    (FRESH, "fresh: {low: 1, high: 2, step: ¦0.3}", "lesson.fresh-uneven"),
    (FRESH, "fresh: {low: 1, high: 2, step: ¦1e-9}", "lesson.fresh-fine"),
    (FRESH, "fresh: {choose: ¦[1]}", "lesson.too-few-parts"),
    (FRESH, "fresh: ¦often", "lesson.expected-fields"),
    (COLUMNS, "¦columns: [a, b]", "lesson.labels-count"),
    (COLUMNS, "¦rows: [a, b, c]", "lesson.labels-not-needed"),
    (COLUMNS, "columns: [a, b, ¦[c]]", "lesson.expected-text"),
    (COLUMNS, "columns: ¦[" + ", ".join("a" * 101) + "]", "lesson.too-many-parts"),
    # steps
    ("name: e\n", "name: e\n    rows:¦\n", "lesson.empty-field"),
    ("kind: vector\n    name: e", "kind: ¦vectr\n    name: e", "lesson.unknown-word-near"),
    ("kind: vector\n    name: e", "kind: ¦picture\n    name: e", "lesson.unknown-word"),
    ("kind: vector\n    name: e", "kind: ¦[vector]\n    name: e", "lesson.expected-string"),
    (EXPONENTIALS, "formula: ¦[exp(z)]", "lesson.expected-string"),
    (EXPONENTIALS, "formula: ¦" + "z+" * 1000 + "z", "lesson.long-text"),
    (EXPONENTIALS, "formula: exp(z)\n    ¦rows: [a]", "lesson.labels-not-needed"),
    (EXPONENTIALS, "formula: exp(z)\n    decimals: 2\n    ¦figures: 2", "lesson.two-precisions"),
    (EXPONENTIALS, "¦options: [{en: a, zh: 甲}]\n    formula: z", "lesson.options-not-needed"),
    ("formula: argmax(p)", "formula: argmax(p)\n    ¦decimals: 2", "lesson.precision-not-needed"),
    (EXPONENTIALS, f"{EXCUSED}¦transpos\n        {WHY}", "lesson.unknown-slip-near"),
    (EXPONENTIALS, f"{EXCUSED}¦1\n        {WHY}", "lesson.unknown-slip"),
    (
        EXPONENTIALS,
        f"{EXCUSED}sign\n        {WHY}\n      - slip: ¦sign\n        {WHY}",
        "lesson.excuse-twice",
    ),
    (EXPONENTIALS, f"{EXCUSED.replace('- ', '- ¦')}sign", "lesson.missing-field"),
    (EXPONENTIALS, "formula: exp(z)\n    excuse: ¦sign", "lesson.expected-list"),
    (
        "formula: argmax(p)",
        f"formula: argmax(p)\n    ¦excuse: [{{slip: sign, {WHY}}}]",
        "lesson.excuse-not-needed",
    ),
    (STAGES, "kind: order\n    ¦formula: '1'\n    options:", "lesson.order-formula"),
    (STAGES, "kind: order\n    ¦name: o\n    options:", "lesson.order-name"),
    # the lab
    ("  - id: digits\n", "  - id: ¦Two words\n", "lesson.not-kebab"),
    ("  - id: digits\n", "  - ¦pace: 4\n", "lesson.missing-field"),
    (MODEL, "    model: ¦softmax\n", "lesson.expected-fields"),
    (MODEL, "    model: {kind: ¦softmax-regresion}\n", "lesson.unknown-word-near"),
    (MODEL, "    model: {kind: lenet, ¦hiden: [3]}\n", "lesson.unknown-field-near"),
    (RATE, "    learning_rate: ¦0\n", "lesson.number-not-above"),
    (RATE, "    learning_rate: ¦[1]\n", "lesson.expected-number-or-name"),
    (RATE, "    learning_rate: ¦zz\n", "lesson.unknown-given-near"),
    (RATE, RATE + "    bind: {W: ¦weights}\n", "lesson.unknown-given"),
    (RATE, RATE + "    bind: ¦[W]\n", "lesson.expected-mapping"),
    (RATE, RATE + "    bind: {W: ¦[W]}\n", "lesson.expected-string"),
    (RATE, RATE + "    watch: {p: ¦probs}\n", "lesson.unknown-answer"),
    (RATE, RATE + "    watch: {z: ¦pp}\n", "lesson.unknown-answer-near"),
    (RATE, RATE + GUESS.format("kind: ¦lowest"), "lesson.guess-compares"),
    (RATE, RATE + GUESS.format("kind: outcome, variant: ¦1"), "lesson.guess-variant"),
    (RATE, RATE + GUESS.format("kind: outcome, ¦exactly: 2"), "lesson.guess-exactly"),
    # texts
    ("{en: equal scores", "{en: equal scores ¦— really", "lesson.ambiguous-width-instead"),
    ("zh: 得分相同", "zh: 得分¦“相同", "lesson.ambiguous-width-instead"),
    ("zh: 得分相同", "zh: 得分¦①相同", "lesson.ambiguous-width"),
    ("    分类器给出三个得分。", "    分类器给出三个得分¦…。", "lesson.ambiguous-width-instead"),
    ('"The largest is {max(e):2}."', '"The largest is ¦{max(e):2."', "lesson.brace-not-closed"),
    ('"The largest is {max(e):2}."', '"The largest is max(e)¦}."', "lesson.brace-not-opened"),
    ('"The largest is {max(e):2}."', '"The largest is ¦{}."', "lesson.brace-empty"),
    ('"The largest is {max(e):2}."', '"The largest is ¦{ :2}."', "lesson.brace-empty"),
    ('"The largest is {max(e):2}."', r'"Red \u0041 \"¦\x1b[31m"', "lesson.unseen-character"),
]


@pytest.mark.parametrize(("old", "new", "code"), ONE_MISTAKE)
def test_a_mistake_is_found_where_it_stands(tmp_path, old, new, code):
    text, wanted = expected(changed(old, new), code)
    assert found(tmp_path, text) == wanted


def test_a_required_field_that_is_left_out_is_named(tmp_path):
    text = changed("    prompt: {en: Divide each by their sum., zh: 每个数除以它们的和。}\n", "")
    text, wanted = expected(
        text.replace("- id: probabilities", "- ¦id: probabilities"), "lesson.missing-field"
    )
    assert found(tmp_path, text) == wanted
    assert problems(tmp_path, text)[0].details["field"] == "prompt"


def test_a_misspelled_field_is_not_called_missing_too(tmp_path):
    text, wanted = expected(
        changed("prompt: {en: Divide", "¦promt: {en: Divide"), "lesson.unknown-field-near"
    )
    assert found(tmp_path, text) == wanted
    assert problems(tmp_path, text)[0].details == {"field": "promt", "near": "prompt"}


def test_a_given_needs_a_value_or_a_formula(tmp_path):
    given = f"    {VALUE}\n    {FRESH}\n    {COLUMNS}\n"
    text, wanted = expected(
        changed("  z:\n", "  ¦z:\n").replace(given, ""), "lesson.no-value-no-formula"
    )
    assert found(tmp_path, text) == wanted
    both, wanted = expected(
        changed(f"    {FRESH}", "    ¦formula: exp(1)"), "lesson.value-and-formula"
    )
    assert found(tmp_path, both) == wanted
    drawn, wanted = expected(
        changed(VALUE, "formula: one_hot(1, 3)").replace("fresh:", "¦fresh:"),
        "lesson.fresh-formula",
    )
    assert found(tmp_path, drawn) == wanted


def test_a_number_and_a_choice_need_a_formula(tmp_path):
    text, wanted = expected(
        changed("    formula: exp(z)\n", "")
        .replace("    formula: argmax(p)\n", "")
        .replace("- id: exp", "- ¦id: exp")
        .replace("- id: win", "- ¦id: win"),
        "lesson.no-formula",
        "lesson.no-formula",
    )
    assert found(tmp_path, text) == wanted


def test_a_choice_needs_two_options_and_an_order_three(tmp_path):
    text = changed("      - {en: division, zh: 相除}\n", "")
    start = text.index("      - {en: cat")
    one = text[:start] + text[text.index("      - {en: bird") :]
    one, wanted = expected(one.replace("options:", "¦options:"), *["lesson.few-options"] * 2)
    assert found(tmp_path, one) == wanted
    none = text[:start].replace("    options:\n", "").replace("- id: win", "- ¦id: win")
    none, wanted = expected(none, "lesson.few-options")
    assert found(tmp_path, none) == wanted


def test_limits_on_cells_steps_and_texts(tmp_path):
    row = "[" + ", ".join("1" * 101) + "]"
    cells = changed(VALUE, "value: ¦[" + ", ".join([row] * 101) + "]").replace(COLUMNS, "rows: []")
    cells, wanted = expected(cells, "lesson.too-many-cells")
    assert found(tmp_path, cells) == wanted
    head, steps = EXAMPLE.read_text(encoding="utf-8").split("steps:\n")
    step = steps[: steps.index("  - id: probabilities")].replace("    name: e\n", "")
    step = step.replace("{max(e):2}", "2")
    many = "".join(step.replace("exponentials", f"step-{index}") for index in range(201))
    many, wanted = expected(head + "steps:\n  ¦" + many[2:], "lesson.too-many-parts")
    assert found(tmp_path, many) == wanted
    none, wanted = expected(head + "steps: ¦[]\n", "lesson.too-few-parts")
    assert found(tmp_path, none) == wanted
    story = changed("分类器给出三个得分。", "长" * 10_001)
    assert found(tmp_path, story) == [("lesson.long-text", 10, 7)]


def test_all_mistakes_are_told_in_the_order_of_their_places(tmp_path):
    text = changed(VALUE, "value: [2, ¦one, 0.1]")
    for old, new in [
        ("order: 1", "order: ¦first"),
        ("title: {en: logits", "title: {en: logits ¦→"),
        ("kind: vector\n    name: e", "kind: ¦vectors\n    name: ¦z"),
        ("name: p", "name: ¦z"),
        ("formula: argmax(p)", "¦formulas: argmax(p)"),
        ("learning_rate: 0.5", "learning_rate: 0.5\n    ¦sped: 1"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    text, wanted = expected(
        text,
        "lesson.expected-whole",
        "lesson.ambiguous-width-instead",
        "lesson.expected-numbers",
        "lesson.unknown-field-near",
        "lesson.unknown-word-near",
        "lesson.name-taken",
        "lesson.name-taken",
        "lesson.unknown-field-near",
    )
    assert found(tmp_path, text) == wanted


def test_a_mistake_in_one_part_does_not_hide_those_of_its_neighbours(tmp_path):
    text = changed("  - id: probabilities", "  - ¦text\n  - id: probabilities")
    text = text.replace("name: p", "figures: ¦12")
    text = text.replace("- {en: dog, zh: 狗", "- ¦{zh: 狗")
    text, wanted = expected(
        text, "lesson.expected-fields", "lesson.number-above", "lesson.missing-language"
    )
    assert found(tmp_path, text) == wanted


SAID = {
    "Invalid enum value 'vectr'": "lesson.unknown-word",
    "Expected `int` >= 0": "lesson.number-below",
    "Expected `int` <= 8": "lesson.number-above",
    "Expected `float` > 0.0": "lesson.number-not-above",
    "Expected `float` < 1.0": "lesson.number-not-below",
    "Expected `str` of length >= 1": "lesson.empty-text",
    "Expected `str` of length <= 60": "lesson.long-text",
    "Expected `array` of length >= 1": "lesson.too-few-parts",
    "Expected `array` of length <= 200": "lesson.too-many-parts",
    "Expected `object` of length <= 50": "lesson.too-many-parts",
    "Expected `int | null`, got `float`": "lesson.expected-whole",
    "Expected `float`, got `bool`": "lesson.expected-number",
    "Expected `float | array`, got `object`": "lesson.expected-numbers",
    "Expected `float | str | null`, got `array`": "lesson.expected-number-or-name",
    "Expected `array`, got `str`": "lesson.expected-list",
    "Expected `object`, got `array`": "lesson.expected-mapping",
    "Expected `str`, got `array`": "lesson.expected-string",
    "Expected `str`, got `null`": "lesson.empty-text",
    "Expected `array`, got `null`": "lesson.empty-field",
    "Expected `float`, got `str`": "lesson.expected-number",
    "Expected `datetime`, got `str`": "lesson.wrong-value",
    "Words of a later msgspec - at `$.x`": "lesson.wrong-value",
}


@pytest.mark.parametrize(("said", "code"), SAID.items())
def test_every_sentence_of_the_converter_has_one_of_ours(said, code):
    node = Scalar("word", "", 3, 5, 0, 4)
    problem = explain(said, node, int, Places(Source("a.yaml", "word"), node), ("steps", 0, "x"))
    assert (problem.code, problem.place) == (code, "a.yaml:3:5")
    for language in LANGUAGES:
        assert "`x`" in say(problem.code, language, **problem.details)


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*Lesson.__struct_fields__, "en", "zh", "value", "fresh", "kind"])
            | st.text(max_size=8),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=times(80), deadline=None)
@given(data=DATA)
def test_any_data_loads_or_is_explained(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    text = yaml.safe_dump(data, allow_unicode=True)
    first = found(folder, text.encode("utf-8", "surrogatepass"))
    assert first == found(folder, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=times(80), deadline=None)
@given(data=DATA, path=st.sampled_from(["order", "givens", "steps", "needs", "lab", "decimals"]))
def test_any_data_in_a_field_loads_or_is_explained(tmp_path_factory, data, path):
    lesson = {**yaml.load(EXAMPLE.read_bytes(), Loader=yaml.CSafeLoader), path: data}
    text = yaml.safe_dump(lesson, allow_unicode=True).encode("utf-8", "surrogatepass")
    found(tmp_path_factory.getbasetemp(), text)


def paths_in(data: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The path of every part of some data."""
    parts = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    )
    return [path, *(inner for key, part in parts for inner in paths_in(part, (*path, key)))]


@pytest.mark.parametrize("wrong", [None, {}, {"a": 1}, [], [{}], "word", 1.5, -1], ids=repr)
def test_any_part_written_wrongly_is_explained(tmp_path, wrong):
    example = EXAMPLE.read_bytes()
    for path in paths_in(yaml.load(example, Loader=yaml.CSafeLoader))[1:]:
        data = yaml.load(example, Loader=yaml.CSafeLoader)
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = wrong
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True)
        assert found(tmp_path, text) == found(tmp_path, text)


@settings(max_examples=times(80), deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}'\"|>&*!%@#,? \n\t1."), max_size=60))
def test_any_text_is_explained(tmp_path_factory, text):
    assert found(tmp_path_factory.getbasetemp(), text)


@settings(max_examples=times(80), deadline=None)
@given(data=st.binary(max_size=60))
def test_any_bytes_are_explained(tmp_path_factory, data):
    assert found(tmp_path_factory.getbasetemp(), data)


@settings(max_examples=times(80), deadline=None)
@given(data=st.data())
def test_the_example_with_a_piece_cut_out_loads_or_is_explained(tmp_path_factory, data):
    text = EXAMPLE.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    found(tmp_path_factory.getbasetemp(), text[:start] + text[end:])
