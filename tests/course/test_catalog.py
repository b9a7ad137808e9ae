"""Lessons are found by name or path, listed in their order, and checked side by side."""

import os
from pathlib import Path

import pytest

from tests.course.mistakes import EXAMPLE
from tutor.course import catalog
from tutor.course.catalog import CatalogError, entries, find, heads, lesson_folder, together
from tutor.course.load import load
from tutor.messages import LANGUAGES, say


def lesson(folder: Path, name: str, order: int = 1, needs: str = "") -> Path:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace("id: softmax-small", f"id: {name}")
    text = text.replace("order: 1", f"order: {order}\nneeds: [{needs}]")
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(name: str | Path, folder: Path) -> CatalogError:
    with pytest.raises(CatalogError) as caught:
        find(name, folder)
    for language in LANGUAGES:
        assert say(caught.value.code, language, **caught.value.details)
    return caught.value


def test_the_lessons_of_the_checkout_are_beside_the_program():
    assert lesson_folder() == Path(catalog.__file__).parents[2] / "lessons"


def test_the_lessons_of_an_installed_program_come_first(tmp_path, monkeypatch):
    for folder in ("lessons", "tutor/lessons", "tutor/course"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(catalog, "__file__", str(tmp_path / "tutor/course/catalog.py"))
    assert lesson_folder() == tmp_path / "tutor" / "lessons"


def test_missing_lessons_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(catalog, "__file__", str(tmp_path / "tutor/course/catalog.py"))
    with pytest.raises(CatalogError) as caught:
        entries()
    assert caught.value.code == "lesson.no-folder"
    assert str(tmp_path) in say(caught.value.code, "en", **caught.value.details)


def test_entries_are_the_yaml_files_by_name(tmp_path):
    paths = [lesson(tmp_path, name) for name in ("pooling", "attention")]
    (tmp_path / "notes.txt").touch()
    (tmp_path / ".hidden.yaml").touch()
    assert entries(tmp_path) == tuple(sorted(paths))
    assert entries(tmp_path / "nothing") == ()


def test_a_lesson_is_found_by_its_id_or_its_path(tmp_path):
    path = lesson(tmp_path, "pooling")
    elsewhere = lesson(tmp_path, "mine").rename(tmp_path / "mine.yml")
    assert find("pooling", tmp_path) == path
    assert find(str(path), tmp_path / "nothing") == path
    assert find(elsewhere) == elsewhere
    assert find(f".{os.sep}pooling.yaml".replace(".", str(tmp_path), 1)) == path


def test_an_unknown_lesson_names_what_is_near(tmp_path):
    lesson(tmp_path, "pooling")
    lesson(tmp_path, "softmax")
    near = refused("Soft-max", tmp_path)
    assert (near.code, near.details) == (
        "lesson.unknown-near",
        {"name": "Soft-max", "near": "softmax"},
    )
    far = refused("x", tmp_path)
    assert (far.code, far.details["known"]) == ("lesson.unknown", "pooling, softmax")
    for name in ("", "..", "\x1b[31m", "*"):
        assert refused(name, tmp_path).code == "lesson.unknown"
    for name in (tmp_path / "pool.yaml", "../../etc/passwd-of-nobody", "pool.yaml", "a\0.yaml"):
        assert refused(name, tmp_path).code == "lesson.unknown-file"


def test_heads_stand_in_their_order_and_broken_files_apart(tmp_path):
    lesson(tmp_path, "attention", order=3)
    lesson(tmp_path, "softmax", order=1)
    lesson(tmp_path, "pooling", order=2, needs="softmax")
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    shelf = heads(tmp_path)
    assert [head.id for head in shelf.heads] == ["softmax", "pooling", "attention"]
    assert shelf.heads[1].needs == ("softmax",)
    (error,) = shelf.broken
    assert error.problems[0].file == str(tmp_path / "broken.yaml")


def test_lessons_side_by_side(tmp_path):
    paths = [
        lesson(tmp_path, "a-one", order=1, needs="b-two"),
        lesson(tmp_path, "b-two", order=2, needs="c-three"),
        lesson(tmp_path, "c-three", order=2, needs="a-one"),
        lesson(tmp_path, "d-four", order=4, needs="a-one, b-twoo, nothing"),
    ]
    problems = together([load(path) for path in paths])
    assert [(p.code, Path(p.file).stem, p.line, p.column) for p in problems] == [
        ("lesson.needs-circle", "a-one", 3, 9),
        ("lesson.needs-circle", "b-two", 3, 9),
        ("lesson.same-order", "c-three", 2, 8),
        ("lesson.needs-circle", "c-three", 3, 9),
        ("lesson.unknown-need-near", "d-four", 3, 16),
        ("lesson.unknown-need", "d-four", 3, 24),
    ]
    for problem in problems:
        for language in LANGUAGES:
            assert say(problem.code, language, **problem.details)
    assert (
        together([load(paths[0].rename(tmp_path / "a-one.yaml"))])[0].code == "lesson.unknown-need"
    )


def test_the_same_id_in_two_folders(tmp_path):
    (tmp_path / "other").mkdir()
    first, second = lesson(tmp_path, "a"), lesson(tmp_path / "other", "a", order=2)
    (problem,) = together([load(first), load(second)])
    assert (problem.code, problem.file) == ("lesson.same-id", str(second))
    assert problem.details["other"] == str(first)


def test_an_order_without_circle_is_no_mistake(tmp_path):
    paths = [
        lesson(tmp_path, "a", order=1),
        lesson(tmp_path, "b", order=2, needs="a"),
        lesson(tmp_path, "c", order=3, needs="a, b"),
    ]
    assert together([load(path) for path in paths]) == ()
