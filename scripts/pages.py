"""Writes into the pages what they quote from the program: keys, graded answers, workings.

    .venv/bin/python scripts/pages.py

Tests say when a page is behind.
"""

import contextlib
import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode

import tutor.tui
from tutor.engine.precision import Precision
from tutor.explain import explain
from tutor.grade import grade
from tutor.tui.bindings import phrase
from tutor.tui.key_names import key_name

ROOT = Path(__file__).parents[1]
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
GRADED = (*READMES.values(), ROOT / "docs" / "grading.md")

PLACES = {
    ("everywhere", "任何地方"): ("TutorApp",),
    ("map of lessons", "课程目录"): ("HomeScreen", "LessonList", "SearchLine"),
    ("lesson", "课程"): ("LessonKeys", "LessonScreen"),
    ("answer, typed", "填写答案"): ("MatrixGrid",),
    ("answer, picked", "选择答案"): ("OptionAnswer",),
    ("calculator", "计算器"): ("Calculator", "CalculatorLine"),
    ("spot the slip", "找错"): ("SpotScreen", "SpotLine"),
    ("own numbers", "自己的数字"): ("OwnGrid", "OwnNumbersScreen", "OwnLine"),
    ("lab", "实验区"): ("LabListScreen", "LabKeys", "LabScreen", "BenchScreen", "PicturePage"),
    ("watching runs", "观看训练"): ("WatchScreen", "WalkedList"),
}
"""Where keys work, in each language, and the widgets that answer them there."""

UNTOLD = {"SentenceScreen"}
"""A page with one sentence, which says its key itself."""

HEADS = {"en": ("where", "key", "what it does"), "zh": ("位置", "按键", "作用")}
MARKED = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- end of keys -->)", re.DOTALL)

EXAMPLE = re.compile(
    r"^\$ echo '(?P<line>.*)' \| tutor (?:--lang (?P<language>\w+) )?grade\n"
    r"(?P<result>\{.*\}\n)?",
    re.MULTILINE,
)

EXPLAINED = re.compile(r'^\$ tutor explain "(?P<formula>.*)"\n(?P<result>.*?)^```', re.M | re.S)


def answering() -> dict[str, type[DOMNode]]:
    """Every widget and screen of ours that answers keys of its own, by its name."""
    found: dict[str, type[DOMNode]] = {}
    for module in pkgutil.walk_packages(tutor.tui.__path__, "tutor.tui."):
        for one in vars(importlib.import_module(module.name)).values():
            ours = isinstance(one, type) and one.__module__.startswith("tutor.")
            if ours and issubclass(one, DOMNode) and any(explained(one)):
                found[one.__name__] = one
    return found


def explained(widget: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a widget states itself and that the help explains: those with an id."""
    for binding in Binding.make_bindings(widget.__dict__.get("BINDINGS", ())):
        if binding.id and binding.description:
            yield binding


def key_table(language: str) -> str:
    """A row for everything that keys do: where, which keys, what."""
    widgets = answering()
    rows = [HEADS[language], ("---", "---", "---")]
    for names, members in PLACES.items():
        place = f"**{names[list(HEADS).index(language)]}**"
        for what, keys in done_by(
            language, [widgets[one] for one in members if one in widgets]
        ).items():
            rows.append((place, " ".join(keys), what))
            place = ""
    return "\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


def done_by(language: str, widgets: list[type[DOMNode]]) -> dict[str, list[str]]:
    """What can be done in some widgets, and by which keys."""
    keys: dict[str, dict[str, None]] = {}
    for binding in (one for widget in widgets for one in explained(widget)):
        what = phrase(binding.tooltip or binding.description, language)
        what = what[:1].upper() + what[1:]
        keys.setdefault(what, {})[f"`{key_name(binding, language)}`"] = None
    return {what: list(names) for what, names in keys.items()}


def graded(example: re.Match[str]) -> str:
    """What `tutor grade` writes for the line of an example."""
    ((result, _),) = grade([example["line"]], example["language"] or "en")
    return result


def worked(example: re.Match[str]) -> str:
    """What `tutor explain` prints for the formula of an example."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        explain([example["formula"]], "en", Precision(decimals=3))
    return printed.getvalue()


def with_results(page: str) -> str:
    """A page with every example brought up to date."""

    def told(example: re.Match[str]) -> str:
        command, _, _ = example[0].partition("\n")
        return f"{command}\n{graded(example)}\n"

    def shown(example: re.Match[str]) -> str:
        return f'$ tutor explain "{example["formula"]}"\n{worked(example)}```'

    return EXPLAINED.sub(shown, EXAMPLE.sub(told, page))


def main() -> None:
    """Write all of it."""
    for path in GRADED:
        path.write_text(with_results(path.read_text("utf-8")), encoding="utf-8")
    for language, path in READMES.items():
        table = key_table(language)
        page = MARKED.sub(lambda _, table=table: table, path.read_text("utf-8"))
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
