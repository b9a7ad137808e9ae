"""YAML read event by event into a small tree that knows its places; what is hostile stops it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from tutor.course.problem import Detail, LessonError, Problem, clipped
from tutor.course.source import Source
from tutor.course.yaml_errors import syntax_problem

DEEPEST = 20
MOST_NODES = 50_000

Key: TypeAlias = str | int


@dataclass(slots=True)
class Scalar:
    """A text as written: plain, quoted or a block."""

    text: str
    style: str
    line: int
    column: int
    start: int
    end: int

    @property
    def plain(self) -> bool:
        """Whether it stands without quotes and is no block."""
        return not self.style


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    column: int
    start: int
    items: "list[Node]" = field(default_factory=list)


@dataclass(slots=True)
class Fields:
    """A mapping; each key only once."""

    line: int
    column: int
    start: int
    flow: bool
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: "dict[str, Node]" = field(default_factory=dict)
    key: Scalar | None = None


Node: TypeAlias = Scalar | Items | Fields


def read_tree(source: Source) -> tuple[Node, list[Problem]]:
    """The tree of a lesson file, and the keys that are written twice or merge.

    Aliases, tags, several documents, deep nesting and too many values raise LessonError at once.
    """
    problems: list[Problem] = []
    root: Node | None = None
    open_nodes: list[Items | Fields] = []
    count = 0
    for event in events(source):
        if isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
            continue
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise refusal(source, event, "lesson.several-documents")
        if not isinstance(event, yaml.NodeEvent):
            continue
        count += 1
        refuse_hostile(source, event, len(open_nodes), count)
        node = new_node(event)
        parent = open_nodes[-1] if open_nodes else None
        if parent is None:
            root = node
        elif isinstance(parent, Items):
            parent.items.append(node)
        else:
            add_to_fields(source, parent, node, problems)
        if not isinstance(node, Scalar):
            open_nodes.append(node)
    if root is None:
        raise LessonError((Problem("lesson.empty-file", source.file, 1, 1),))
    return root, problems


def add_to_fields(source: Source, parent: Fields, node: Node, problems: list[Problem]) -> None:
    """The next key or the next value of a mapping; the first of equal keys counts."""
    key = parent.key
    if key is None:
        if not isinstance(node, Scalar):
            raise LessonError(
                (Problem("lesson.key-not-text", source.file, node.line, node.column),)
            )
        parent.key = node
        return
    parent.key = None
    if key.plain and key.text == "<<":
        problems.append(Problem("lesson.merge-key", source.file, key.line, key.column))
    elif key.text in parent.keys:
        details: dict[str, Detail] = {
            "field": clipped(key.text),
            "first": parent.keys[key.text].line,
        }
        problems.append(Problem("lesson.duplicate-key", source.file, key.line, key.column, details))
    else:
        parent.keys[key.text] = key
        parent.values[key.text] = node


def new_node(event: Any) -> Node:
    """The node that an event begins."""
    mark = event.start_mark
    line, column, start = mark.line + 1, mark.column + 1, mark.index
    form: type = type(event)
    if form is yaml.ScalarEvent:
        return Scalar(event.value, event.style or "", line, column, start, event.end_mark.index)
    if form is yaml.SequenceStartEvent:
        return Items(line, column, start)
    return Fields(line, column, start, bool(event.flow_style))


def refusal(source: Source, event: Any, code: str, **details: Detail) -> LessonError:
    """The one problem that ends the reading."""
    mark = event.start_mark
    return LessonError((Problem(code, source.file, mark.line + 1, mark.column + 1, details),))


def refuse_hostile(source: Source, event: Any, depth: int, count: int) -> None:
    """Stop at what a lesson never needs and what could exhaust the program."""
    form: type = type(event)
    if form is yaml.AliasEvent:
        raise refusal(source, event, "lesson.alias", name=clipped("*" + event.anchor))
    if event.anchor is not None:
        raise refusal(source, event, "lesson.anchor", name=clipped("&" + event.anchor))
    if event.tag is not None:
        raise refusal(source, event, "lesson.tag", name=clipped(event.tag))
    if depth >= DEEPEST:
        raise refusal(source, event, "lesson.too-deep", limit=DEEPEST)
    if count > MOST_NODES:
        raise refusal(source, event, "lesson.too-many-values", limit=MOST_NODES)


def events(source: Source) -> Iterator[Any]:
    """The events of libyaml's parser; its errors as ours."""
    loader = yaml.CSafeLoader(source.text)
    try:
        while loader.check_event():
            yield loader.get_event()
    except yaml.MarkedYAMLError as error:
        raise LessonError((syntax_problem(source, error),)) from None
    except (yaml.YAMLError, ValueError):
        raise LessonError((Problem("lesson.yaml", source.file, 1, 1, {"reason": ""}),)) from None
    finally:
        loader.dispose()


class Places:
    """Where each part of a lesson stands in its file: lines and columns, counted from 1."""

    def __init__(self, source: Source, root: Node) -> None:
        """Keep the tree and its text; nothing is computed before it is asked for."""
        self.source = source
        self.root = root

    @property
    def file(self) -> str:
        """The file's path, as it was given."""
        return self.source.file

    def of(self, *path: Key) -> tuple[int, int]:
        """Where a part begins: the first character of a text, within its quotes or its block.

        The path is made of keys and indices: `of("steps", 2, "formula")`. What the file leaves
        out is placed at what would hold it.
        """
        node = self.node(path)
        if isinstance(node, Scalar) and node.text.strip():
            return self.character(node, 0)
        return node.line, node.column

    def inside(self, path: tuple[Key, ...], offset: int) -> tuple[int, int]:
        """Where a character (from 0) of a text stands, however the text is written."""
        node = self.node(path)
        if isinstance(node, Scalar) and node.text.strip():
            return self.character(node, offset)
        return node.line, node.column

    def key(self, *path: Key) -> tuple[int, int]:
        """Where the key of a field stands; of a list's item, where the item begins."""
        parent = self.node(path[:-1])
        if isinstance(parent, Fields) and path[-1] in parent.keys:
            key = parent.keys[str(path[-1])]
            return key.line, key.column
        node = self.node(path)
        return node.line, node.column

    def problem(self, code: str, path: tuple[Key, ...], /, **details: Detail) -> Problem:
        """A mistake at a part of the lesson."""
        return Problem(code, self.file, *self.of(*path), details)

    def node(self, path: tuple[Key, ...]) -> Node:
        """The part at a path, or the nearest that holds it."""
        node = self.root
        for key in path:
            if isinstance(node, Fields) and key in node.values:
                node = node.values[str(key)]
            elif isinstance(node, Items) and isinstance(key, int) and key < len(node.items):
                node = node.items[key]
            else:
                break
        return node

    def character(self, node: Scalar, offset: int) -> tuple[int, int]:
        """Line and column of a character of a scalar's text, leading white space left out."""
        leading = len(node.text) - len(node.text.lstrip())
        text = self.source.text
        index = source_index(text, node, leading + offset)
        line = node.line + text.count("\n", node.start, index)
        return line, index - text.rfind("\n", 0, index)


ESCAPE = r"(?s)\\(?:x..|u.{4}|U.{8}|.)"
BLANKS = " \t\n"


def source_index(text: str, node: Scalar, offset: int) -> int:
    """The index in the file of a character of a scalar's text.

    Both are walked side by side: folding and indentation change only white space, quotes only
    what they escape.
    """
    index = text.find("\n", node.start) + 1 if node.style in ("|", ">") else node.start
    if node.style in ("'", '"'):
        index += 1
    here = index
    for character in node.text[: offset + 1]:
        if text.startswith("\\\n", index) and node.style == '"':
            index = after_blanks(text, index + 2, "")
        if character not in BLANKS:
            index = after_blanks(text, index, node.style)
        here = min(index, node.end)
        if character not in BLANKS or written_blank(text, index, node.style):
            index = after_character(text, index, node.style)
    return here + max(0, offset + 1 - len(node.text))


def written_blank(text: str, index: int, style: str) -> bool:
    """Whether white space of the value stands here, and was not passed over before."""
    return text[index : index + 1] in ({"\\", *BLANKS} if style == '"' else set(BLANKS))


def after_blanks(text: str, index: int, style: str) -> int:
    """The next index that holds something to be seen; an escaped line break is white space."""
    while index < len(text):
        if text[index] in BLANKS:
            index += 1
        elif style == '"' and text.startswith("\\\n", index):
            index += 2
        else:
            break
    return index


def after_character(text: str, index: int, style: str) -> int:
    """The index after one character as it is written in quotes or without."""
    if style == '"' and text[index : index + 1] == "\\":
        escape = re.match(ESCAPE, text[index : index + 10])
        return index + (escape.end() if escape else 1)
    if style == "'" and text.startswith("''", index):
        return index + 2
    return index + 1
