"""The walls that hold the house up: who imports what, and every sentence in every language."""

import ast
import importlib
import json
import pkgutil
import re
import string
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutor
import tutor.messages
from tutor.messages import LANGUAGES, ROOMS, Text

HOUSE = Path(tutor.__file__).parent
ROOT = HOUSE.parent
SCREEN = HOUSE / "tui" / "app.py"
FRONTS = sorted(file.stem for file in HOUSE.glob("*.py") if file.stem != "__init__")

needs_screen = pytest.mark.skipif(not SCREEN.exists(), reason="there is no screen yet")


def modules(package: str) -> list[str]:
    folder = HOUSE / package.removeprefix("tutor").replace(".", "/").lstrip("/")
    found = pkgutil.walk_packages([str(folder)], prefix=f"{package}.")
    return [package, *(module.name for module in found)]


def imported_by(*names: str) -> set[str]:
    """The modules that a fresh process has after importing some, without those of any process."""
    code = f"""
import sys
before = set(sys.modules)
import importlib, json
for name in {names!r}:
    importlib.import_module(name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return set(json.loads(result.stdout.splitlines()[-1]))


def roots(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


# Imports


def test_the_engine_is_numpy_and_the_standard_library():
    imported = imported_by(*modules("tutor.engine"))
    assert roots(imported) - sys.stdlib_module_names - {"importlib", "json"} <= {"numpy", "tutor"}
    ours = {name for name in imported if name.startswith("tutor.")}
    assert {name for name in ours if not name.startswith("tutor.engine")} == set()


def test_settings_and_places_cost_nothing_before_the_first_paint():
    imported = imported_by("tutor.learner.settings", "tutor.learner.places")
    assert roots(imported).isdisjoint({"numpy", "yaml", "msgspec", "torch", "sqlite3"})


@needs_screen
def test_what_the_first_paint_needs_is_light():
    imported = imported_by("tutor.tui.app")
    assert roots(imported).isdisjoint({"numpy", "yaml", "msgspec", "torch"})


@needs_screen
def test_no_process_that_draws_imports_torch():
    """All fronts in one process: the import contracts name the one that would."""
    imported = imported_by(*modules("tutor.tui"), *(f"tutor.{front}" for front in FRONTS))
    assert "tutor.tui.app" in imported
    assert "torch" not in imported
    child = ("tutor.training.worker", "tutor.training.models", "tutor.training.data")
    assert [name for name in imported if name.startswith(child)] == []


# Sentences


def sentences() -> dict[str, Text]:
    rooms = (module.name for module in pkgutil.iter_modules(tutor.messages.__path__))
    texts: dict[str, Text] = {}
    for name in rooms:
        texts |= importlib.import_module(f"tutor.messages.{name}").TEXTS
    return texts


SENTENCES = sentences()


def placeholders(sentence: str) -> set[str]:
    """The names of the values of a sentence; one without a name is an empty string."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_file_of_sentences_is_a_room():
    files = {module.name for module in pkgutil.iter_modules(tutor.messages.__path__)}
    assert files <= set(ROOMS.values())


@pytest.mark.parametrize("name", ROOMS)
def test_the_sentences_of_a_room_are_whole_in_every_language(name):
    for key, text in tutor.messages.room(name).items():
        assert re.fullmatch(rf"{name}\.[a-z0-9]+(-[a-z0-9]+)*", key)
        for language in LANGUAGES:
            sentence = getattr(text, language)
            assert sentence.strip(), f"{key}: {language} is missing"
            assert placeholders(sentence) == placeholders(text.en), f"{key}: {language}"
            assert all(re.fullmatch(r"[a-z_]+", one) for one in placeholders(sentence)), key
            wide = [c for c in sentence if unicodedata.east_asian_width(c) == "A"]
            assert not wide, f"{key}: these take two cells in some terminals: {wide}"
        # Whoever looks for Chinese in an English screen reads its own name.
        english = text.en.replace("中文", "")
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", english), f"{key}: Chinese in English"


def test_no_sentence_is_written_twice_under_one_key():
    # A dict keeps the last of two equal keys and says nothing.
    for file in (HOUSE / "messages").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
                assert sorted(set(keys)) == sorted(keys), file.name


# Keys that the source names: say("..."), Notice("..."), Problem("..."), FormulaError("...")


def calls() -> Iterator[tuple[str, ast.Call, ast.expr]]:
    """Each call that names a sentence: where it stands, the call, and the name."""
    for file in sorted(HOUSE.rglob("*.py")):
        if file.parent.name == "messages":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            callee = node.func.attr if isinstance(node.func, ast.Attribute) else None
            callee = node.func.id if isinstance(node.func, ast.Name) else callee
            if callee and (callee in ("say", "Notice", "Problem") or callee.endswith("Error")):
                named = [word.value for word in node.keywords if word.arg in ("code", "key")]
                for name in [*node.args[:1], *named]:
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node, name


def is_key(name: str) -> bool:
    return name.partition(".")[0] in ROOMS and bool(re.fullmatch(r"[a-z]+\.[a-z0-9-]+", name))


def test_every_sentence_that_the_source_names_exists():
    missing = []
    for place, _, name in calls():
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            if is_key(name.value) and name.value not in SENTENCES:
                missing.append(f"{place}: {name.value}")
        elif isinstance(name, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+"
                for part in name.values
            ]
            pattern = re.compile("".join(parts))
            rooms = tuple(f"{room}\\." for room in ROOMS)
            if pattern.pattern.startswith(rooms) and not any(map(pattern.fullmatch, SENTENCES)):
                missing.append(f"{place}: {pattern.pattern}")
    assert missing == []


def values_given(call: ast.Call) -> set[str] | None:
    """The names of the values that a call hands on; None where the source does not show them."""
    if any(word.arg is None for word in call.keywords):
        return None
    given = {str(word.arg) for word in call.keywords}
    for argument in call.args[1:]:
        if isinstance(argument, ast.Dict):
            given |= {key.value for key in argument.keys if isinstance(key, ast.Constant)}
        elif not isinstance(argument, ast.Constant) and not is_say(call):
            return None
    return given


def is_say(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "say"


def test_every_sentence_gets_the_values_that_it_needs():
    lacking = []
    for place, call, name in calls():
        if not (isinstance(name, ast.Constant) and name.value in SENTENCES):
            continue
        given = values_given(call)
        needed = placeholders(SENTENCES[name.value].en)
        if given is not None and (is_say(call) or given) and not needed <= given:
            lacking.append(f"{place}: {name.value} needs {sorted(needed - given)}")
    assert lacking == []
