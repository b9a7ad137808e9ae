"""A lesson file cannot make the program wait, exhaust it or run code, whoever wrote it."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.course.mistakes import changed, expected, found, problems
from tutor.course import source, yaml_tree
from tutor.course.load import LessonError, load
from tutor.messages import LANGUAGES, say

HALF_A_MEGABYTE = 500_000


class Counting(yaml.CSafeLoader):
    """libyaml's parser, counting the events that are taken from it."""

    taken = 0

    def get_event(self) -> Any:
        type(self).taken += 1
        return super().get_event()


@pytest.fixture
def taken(monkeypatch) -> type[Counting]:
    monkeypatch.setattr(Counting, "taken", 0)
    monkeypatch.setattr(yaml_tree.yaml, "CSafeLoader", Counting)
    return Counting


@pytest.mark.parametrize(
    ("text", "code", "events"),
    [
        ("a: " + "[" * HALF_A_MEGABYTE, "lesson.too-deep", 24),
        ("a: " + "{b: " * (HALF_A_MEGABYTE // 4), "lesson.too-deep", 44),
        ("- " * HALF_A_MEGABYTE, "lesson.too-deep", 24),
        ("? " * HALF_A_MEGABYTE, "lesson.key-not-text", 5),
        ("a: [" + "1," * (HALF_A_MEGABYTE // 2), "lesson.too-many-values", 50_010),
        ("a: 1\n" * (HALF_A_MEGABYTE // 5), "lesson.too-many-values", 50_010),
        ("a: &b [1]\nc: [" + "*b," * 1000, "lesson.anchor", 6),
        ("a: [" + "*b," * 1000, "lesson.alias", 6),
        ("a: !!python/object/apply:os.system [ls]\n" * 9, "lesson.tag", 6),
        ("a: 1\n---\n" * 1000, "lesson.several-documents", 10),
    ],
)
def test_the_reading_stops_at_what_is_hostile(tmp_path, taken, text, code, events):
    assert [p.code for p in problems(tmp_path, text)] == [code]
    assert 0 < taken.taken <= events


ALIASES = """\
a: ¦&a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ALIASES, "lesson.anchor"),
        ("a: ¦&a", "lesson.anchor"),
        ("a: ¦*important", "lesson.alias"),
        ("a: ¦*important*", "lesson.alias"),
        ("a: ¦* important", "lesson.alias"),
        ("a: ¦& so on", "lesson.anchor"),
        ("a: ¦!<important", "lesson.tag"),
        ("a: ¦!e!f", "lesson.tag"),
        ("a: ¦!!python/name:os.system x", "lesson.tag"),
        ("a: ¦!!str 1", "lesson.tag"),
        ("a: ¦!important", "lesson.tag"),
        ("¦!!map {a: 1}", "lesson.tag"),
        ("a: 1\n¦---\nb: 2", "lesson.several-documents"),
        ("a: 1\n...\n¦b: 2", "lesson.several-documents"),
        ("a: 1\nb: ¦\0", "lesson.unseen-character"),
        ("a: 1\nb: x¦\x1b[31m", "lesson.unseen-character"),
        ("a: x¦\u202egnp.exe", "lesson.unseen-character"),
        ("a: x¦\u200b", "lesson.unseen-character"),
        ("a: x¦\u2028", "lesson.unseen-character"),
        ("a: x¦\xa0", "lesson.unseen-character"),
        ("¦", "lesson.empty-file"),
        ("¦\n \n", "lesson.empty-file"),
        ("¦# nothing but a comment\n", "lesson.empty-file"),
        ("---\n¦", "lesson.not-a-lesson"),
        ("¦softmax", "lesson.not-a-lesson"),
        ("¦[1, 2]", "lesson.not-a-lesson"),
        ("¦[1]: 2", "lesson.key-not-text"),
        ("¦{a: 1}: 2", "lesson.key-not-text"),
        ("¦\ufeffa: 1", "lesson.byte-order-mark"),
    ],
)
def test_what_is_hostile_is_refused_at_its_place(tmp_path, text, code):
    text, wanted = expected(text, code)
    assert found(tmp_path, text) == wanted


def test_a_million_digits_are_no_number(tmp_path):
    text, wanted = expected(
        changed("[2, 1, 0.1]", "[2, ¦" + "9" * 900_000 + "]"), "lesson.long-number"
    )
    assert found(tmp_path, text) == wanted
    assert len(str(problems(tmp_path, text)[0].details["found"])) <= 40


def test_what_is_quoted_from_a_file_cannot_act_on_the_terminal(tmp_path):
    text = changed("kind: order", r'kind: "\x1b]0;title\x07\r\n order"')
    (problem,) = problems(tmp_path, text)
    assert problem.code == "lesson.unknown-word"
    for language in LANGUAGES:
        assert say(problem.code, language, **problem.details).isprintable()


@pytest.mark.parametrize("tail", [b"\xff", b"\xe4\xb8", b"\xed\xa0\x80"])
def test_bytes_that_are_not_utf_8_are_placed(tmp_path, tail):
    assert found(tmp_path, "a: 1\n甲: ".encode() + tail) == [("lesson.not-utf-8", 2, 4)]


def test_utf_16_is_not_utf_8(tmp_path):
    assert found(tmp_path, "id: a".encode("utf-16")) == [("lesson.not-utf-8", 1, 1)]


def test_windows_and_old_mac_line_ends_do_not_matter(tmp_path):
    text, wanted = expected(changed("order: 1", "order: ¦one"), "lesson.expected-whole")
    assert found(tmp_path, text.replace("\n", "\r\n")) == wanted
    assert found(tmp_path, text.replace("\n", "\r")) == wanted


def refusal(path: Path) -> str:
    with pytest.raises(LessonError) as caught:
        load(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == (str(path), 1, 1)
    return problem.code


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.yaml"
    path.touch()
    os.truncate(path, 10 * source.LARGEST)
    before = io_read()
    assert refusal(path) == "lesson.too-large"
    assert io_read() - before < source.LARGEST


def io_read() -> int:
    """How many bytes this process has read so far, by the kernel's count; 0 where it has none."""
    counts = Path("/proc/self/io")
    if not counts.exists():
        return 0
    return int(counts.read_text().split()[1])


def test_a_file_of_the_largest_size_is_read(tmp_path):
    comment = "# " + "x" * (source.LARGEST - 2)
    assert found(tmp_path, comment) == [("lesson.empty-file", 1, 1)]
    assert found(tmp_path, comment + "x") == [("lesson.too-large", 1, 1)]


def test_what_is_no_file_is_refused_without_waiting(tmp_path):
    assert refusal(tmp_path) == "lesson.not-a-file"
    assert refusal(Path(os.devnull)) == "lesson.not-a-file"
    assert refusal(tmp_path / "nothing.yaml") == "lesson.no-file"
    assert refusal(Path("a\0b.yaml")) == "lesson.unreadable-file"
    assert refusal(tmp_path / ("a" * 300 + ".yaml")) == "lesson.unreadable-file"


def test_a_pipe_that_nobody_writes_to_is_refused(tmp_path):
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    codes: list[str] = []
    reading = threading.Thread(target=lambda: codes.append(refusal(path)), daemon=True)
    reading.start()
    reading.join(timeout=20)
    assert codes == ["lesson.not-a-file"]


def test_links_that_go_in_circles_or_nowhere_are_refused(tmp_path):
    circle, lost = tmp_path / "circle.yaml", tmp_path / "lost.yaml"
    circle.symlink_to(circle)
    lost.symlink_to(tmp_path / "nothing")
    assert refusal(circle) == "lesson.link-loop"
    assert refusal(lost) == "lesson.no-file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "secret.yaml"
    path.touch(mode=0)
    assert refusal(path) == "lesson.unreadable-file"


def test_thousands_of_mistakes_are_told_up_to_a_number(tmp_path):
    text = "steps:\n" + "- {order: 1}\n" * 3000
    found_problems = problems(tmp_path, text)
    assert len(found_problems) == 201
    assert found_problems[-1].code == "lesson.more"
    assert found_problems[-1].details["more"] > 3000
