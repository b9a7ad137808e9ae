"""What the pages say is so: their commands, links, keys, rooms, lessons and examples."""

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer.main
import yaml

import tutor
from scripts import pages, picture
from tutor import __main__, cli, practice, start
from tutor.cli import commands
from tutor.course.catalog import find
from tutor.course.check import check
from tutor.course.load import load
from tutor.messages import say
from tutor.messages.slips import TEXTS as SLIPS
from tutor.tui.glyphs import UNICODE
from tutor.tui.help import SIGNS

HOUSE = Path(tutor.__file__).parent
ROOT = HOUSE.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
READMES = {language: path.read_text("utf-8") for language, path in pages.READMES.items()}
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
GRADING = (ROOT / "docs" / "grading.md").read_text("utf-8")
COMMANDS = typer.main.get_command(commands("en"))

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
each_readme = pytest.mark.parametrize("language", READMES)


BLOCK = re.compile(r"^```(\w*)\n(.*?)^```|((?:^    \S[^\n]*\n)+)", re.MULTILINE | re.DOTALL)


def code(text: str) -> Iterator[str]:
    """Every line of code of a page but of lesson files: of its blocks, and its spans."""
    for block in BLOCK.finditer(text):
        if not block[1]:
            yield from (block[2] or block[3]).splitlines()
    yield from (span.replace("\n", " ") for span in re.findall(r"`([^`]+)`", BLOCK.sub("", text)))


def calls(text: str, program: str) -> set[tuple[str, ...]]:
    """The words after a program, wherever a page calls it."""
    pattern = re.compile(rf"(?:^|[\s|/])(?<!-m ){program}(?=\s|$)(.*)")
    found = (pattern.search(line.partition(" #")[0]) for line in code(text))
    return {tuple(call[1].split()) for call in found if call is not None}


# Commands


def options_of(command: object) -> set[str]:
    return {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {
        "--help"
    }


def unknown_words(words: tuple[str, ...]) -> Iterator[str]:
    """What a call of `tutor` says that `tutor` does not know."""
    command, known = COMMANDS, options_of(COMMANDS)
    for word in words:
        word = word.strip("'\"")
        if word in ("<", ">", "|"):
            return
        if word.startswith("-"):
            if word not in known:
                yield word
        elif command is COMMANDS and word not in ("en", "zh") and not word.isupper():
            if word not in COMMANDS.commands:
                yield word
                return
            command = COMMANDS.commands[word]
            known = options_of(command)


@each_page
def test_every_command_that_a_page_names_exists(page):
    named = calls(page.read_text("utf-8"), "tutor")
    assert {word for words in named for word in unknown_words(words)} == set()


def test_commands_that_do_not_exist_are_noticed():
    assert calls("Say `tutor frob` and\n\n    make fly\n", "tutor") == {("frob",)}
    assert list(unknown_words(("frob",))) == ["frob"]
    assert list(unknown_words(("--lang", "zh", "run", "x", "--sed"))) == ["--sed"]
    assert list(unknown_words(("--lang", "zh", "run", "x", "--seed", "7"))) == []


@each_readme
def test_the_table_of_commands_has_them_all(language):
    table = re.findall(r"^\| `tutor ([a-z]+)", READMES[language], re.MULTILINE)
    assert sorted(table) == sorted(COMMANDS.commands)


@each_page
def test_every_make_target_that_a_page_names_exists(page):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = calls(page.read_text("utf-8"), "make")
    assert {words[0] for words in named if words} <= targets


def test_the_first_commands_are_the_two():
    for text in READMES.values():
        first, second, *_ = (line for line in text.splitlines() if line.startswith("    "))
        assert first.split()[:2] == ["make", "run"]
        assert second.split()[:2] == ["make", "test"]


def test_the_exit_statuses_are_those_of_the_program():
    stated = {cli.MISTAKES, start.NO_TERMINAL, start.CRASHED, __main__.INTERRUPTED}
    table = re.findall(r"^\| (\d+) \|", READMES["en"], re.MULTILINE)
    assert set(map(int, table)) == {0} | stated
    line = re.search(r"^退出码：.*$", READMES["zh"], re.MULTILINE)[0]
    assert set(map(int, re.findall(r"(?:：|；)(\d+)", line))) == {0} | stated


# Links and pictures


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@each_page
def test_every_file_that_a_page_links_exists(page):
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(link)
    assert broken == []


@pytest.mark.parametrize("language", picture.PICTURES)
def test_the_picture_is_of_the_screen_and_needs_nothing_from_the_net(language):
    drawing = picture.PICTURES[language].read_text("utf-8")
    drawn = "".join(ElementTree.fromstring(drawing).itertext()).replace("\xa0", " ")
    steps = {step.id: step for step in load(find(picture.LESSON)).lesson.steps}
    assert steps[picture.STEP].title.in_language(language) in drawn
    assert UNICODE.wrong in drawn
    assert UNICODE.axis in drawn
    assert not re.search(r"url\([^#]|href=", drawing)
    assert f"(docs/{picture.PICTURES[language].name})" in READMES[language]


# Keys and signs


@each_readme
def test_the_table_of_keys_is_that_of_the_bindings(language):
    table = pages.MARKED.search(READMES[language])[0]
    assert table == pages.key_table(language), "run scripts/pages.py"


def test_every_place_that_answers_keys_is_in_the_table():
    placed = {name for members in pages.PLACES.values() for name in members}
    assert set(pages.answering()) <= placed | pages.UNTOLD


@each_readme
def test_the_signs_of_the_verdicts_are_those_of_the_screen(language):
    table = re.findall(r"^\| (\S) \|", READMES[language], re.MULTILINE)
    signs = [UNICODE.mark(sign) for sign in SIGNS]
    assert sorted(one for one in table if not one.isdigit()) == sorted(signs)


# The lesson


def test_the_lesson_in_ten_lines_is_a_good_lesson(tmp_path):
    (lesson,) = re.findall(r"```yaml\n(.*?)```", READMES["en"], re.DOTALL)
    assert len(lesson.splitlines()) <= 10
    path = tmp_path / f"{yaml.safe_load(lesson)['id']}.yaml"
    path.write_text(lesson, encoding="utf-8")
    assert f"tutor check {path.name}" in READMES["en"]
    assert check(path, drawn=20) == ()


def test_the_dialogue_goes_as_shown(monkeypatch, capsys):
    dialogue = re.search(r"^\$ tutor practice (\S+)\n(.*?)^```", READMES["en"], re.M | re.S)
    told = dialogue[2].splitlines()
    typed = [line[2:] for line in told if line.startswith(">")]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    assert practice.practise(find(dialogue[1]), "en") == 0
    said = (line.removeprefix("> ") for line in capsys.readouterr().out.splitlines())
    for line in told:
        if line != "..." and not line.startswith(">"):
            assert line in said, f"not said, or not here: {line}"


def test_the_working_is_as_shown():
    examples = list(pages.EXPLAINED.finditer(READMES["en"]))
    assert examples
    for example in examples:
        assert example["result"] == pages.worked(example), "run scripts/pages.py"


# The house


def test_the_architecture_names_every_room_and_no_other():
    (house,) = re.findall(r"```\ntutor/\n(.*?)```", ARCHITECTURE, re.DOTALL)
    named, floor = set(), ""
    for line in house.splitlines():
        inner, name = re.match(r"  (  )?(\S+)", line).groups()
        floor = floor if inner else name
        named.add(floor + name if inner else name)
    folders = {f"{file.parent.relative_to(HOUSE)}/" for file in HOUSE.rglob("__init__.py")} - {"./"}
    fronts = {file.stem for file in HOUSE.glob("*.py")} - {"__init__"}
    assert named == folders | fronts


def test_every_module_that_the_architecture_names_exists():
    files = {str(path.relative_to(ROOT)) for path in ROOT.glob("t*/**/*.py")}
    files |= {str(path.relative_to(ROOT)) for path in (ROOT / "scripts").glob("*.py")}
    named = re.findall(r"[\w/.]*\w+\.py\b", ARCHITECTURE)
    assert named
    assert {
        one for one in named if not any(f"/{file}".endswith(f"/{one}") for file in files)
    } == set()


# Grading


def examples() -> list[re.Match[str]]:
    return [one for path in pages.GRADED for one in pages.EXAMPLE.finditer(path.read_text("utf-8"))]


def rounded(value: object) -> object:
    """Floats to ten figures: the last digit of exp is the processor's."""
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value


@pytest.mark.parametrize("example", examples(), ids=lambda one: one["line"][:40])
def test_an_example_gives_what_the_page_says(example):
    said, now = json.loads(example["result"]), json.loads(pages.graded(example))
    assert rounded(said) == rounded(now), "run scripts/pages.py"


def test_the_examples_show_every_field_and_most_verdicts():
    results = [json.loads(one["result"]) for one in examples()]
    verdicts = {result.get("verdict") for result in results}
    assert verdicts == {"right", "wrong", "follows", "incomplete", "unreadable", None}
    fields = {name for result in results for name in result}
    fields |= {name for result in results for slip in result.get("slips", ()) for name in slip}
    rows = set(re.findall(r"^\| `(\w+)` \|", GRADING, re.MULTILINE))
    asked = {
        name for one in examples() if one["line"][0] == "{" for name in json.loads(one["line"])
    }
    assert fields | asked <= rows


def test_the_names_of_slips_are_those_that_there_are():
    names = re.search(r"^The names of slips: (.*?)\.$", GRADING, re.MULTILINE | re.DOTALL)[1]
    told = {key.removeprefix("slip.") for key in SLIPS if "{at}" in SLIPS[key].en}
    told.add("wrong-shape")
    assert set(re.findall(r"`([a-z-]+)`", names)) == told
    assert all(say(f"slip.{name}", "en", at="", got="", asked="") for name in told)
