"""The formula language: text -> tree. A whitelisted part of Python's expressions, never executed.

Python's own parser reads the text; this module takes what the language has and refuses the
rest, with the column where it stands and what to write instead.
"""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from tutor.engine.primitives import REQUIRED, TABLE, Primitive
from tutor.engine.tree import Apply, Body, Call, Constant, Name, Node, Plain, Slice, walk

LONGEST = 2000
"""Characters of a formula."""
DEEPEST = 40
"""Levels of nesting."""
LARGEST = 3000
"""Nodes of a tree, prelude functions opened."""

CONSTANTS = {"pi": math.pi, "e": math.e, "inf": math.inf}

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Mod: "remainder",
    ast.FloorDiv: "floor_divide",
    ast.Pow: "power",
    ast.MatMult: "matmul",
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
}


class FormulaError(Exception):
    """What is wrong with a formula: a code, the character (from 0) where, and details."""

    def __init__(self, code: str, column: int = 0, **details: object) -> None:
        super().__init__(f"{code} at {column}: {details}")
        self.code = code
        self.column = column
        self.details = details


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, its tree, and the names that it needs from outside."""

    text: str
    root: Node
    lines: tuple[tuple[str, Node], ...]
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Function:
    """A prelude function: its signature and the formulas that it stands for."""

    name: str
    parameters: tuple[tuple[str, str | None], ...]
    bodies: tuple[tuple[str, Callable[[Mapping[str, object]], bool] | None], ...]
    about: str


def parse(text: str, names: Collection[str] = ()) -> Formula:
    """Read a formula over the given names; raises FormulaError."""
    reader = _Reader(text, {name: Name(0, name) for name in names})
    root = reader.read()
    order = walk(root)
    if len(order) > LARGEST:
        raise FormulaError("formula.too-large", limit=LARGEST)
    uses = frozenset(node.name for node in order if isinstance(node, Name))
    return Formula(text, root, tuple(reader.lines), uses)


@lru_cache(maxsize=1024)
def _syntax_tree(text: str) -> ast.Module:
    if len(text) > LONGEST:
        raise FormulaError("formula.too-long", LONGEST, limit=LONGEST)
    depth = 0
    for column, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if depth > DEEPEST:
            raise FormulaError("formula.too-deep", column, limit=DEEPEST)
    try:
        return ast.parse(text)
    except SyntaxError as error:
        column = _column(text, error.lineno or 1, (error.offset or 1) - 1)
        raise FormulaError("formula.syntax", min(column, len(text))) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise FormulaError("formula.syntax") from error


def _column(text: str, line: int, offset: int) -> int:
    starts = text.split("\n")
    return sum(len(one) + 1 for one in starts[: line - 1]) + offset


class _Reader:
    """Turns one text into one tree; `known` are the names that may be used and their nodes."""

    def __init__(self, text: str, known: dict[str, Node], opened: tuple[str, ...] = ()) -> None:
        self.text = text
        self.known = known
        self.opened = opened
        self.lines: list[tuple[str, Node]] = []
        self.depth = 0

    def read(self) -> Node:
        stripped = self.text.strip()
        if not stripped:
            raise FormulaError("formula.empty")
        statements = _syntax_tree(self.text.strip("\n ")).body
        *assignments, last = statements
        for statement in assignments:
            self._assign(statement)
        if not isinstance(last, ast.Expr):
            raise FormulaError("formula.no-result", self._at(last))
        return self.node(last.value)

    def _assign(self, statement: ast.stmt) -> None:
        if not (
            isinstance(statement, ast.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], ast.Name)
        ):
            raise FormulaError("formula.line", self._at(statement))
        name = statement.targets[0].id
        if name in self.known:
            raise FormulaError("formula.name-taken", self._at(statement), name=name)
        node = self.node(statement.value)
        self.known[name] = node
        self.lines.append((name, node))

    def _at(self, node: ast.AST) -> int:
        """The character of the text where a piece of syntax begins."""
        skipped = len(self.text) - len(self.text.lstrip("\n "))
        line, offset = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        lines = self.text.lstrip("\n ").split("\n")
        before = lines[line - 1].encode()[:offset].decode(errors="ignore")
        return skipped + sum(len(one) + 1 for one in lines[: line - 1]) + len(before)

    def node(self, syntax: ast.expr) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("formula.too-deep", self._at(syntax), limit=DEEPEST)
        try:
            return self._node(syntax)
        finally:
            self.depth -= 1

    def _node(self, syntax: ast.expr) -> Node:
        at = self._at(syntax)
        match syntax:
            case ast.Constant(value=value):
                return self._constant(value, at, ast.unparse(syntax))
            case ast.Name(id=name):
                return self._name(name, at)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                if not isinstance(value, bool):
                    return self._constant(-value, at, ast.unparse(syntax))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Apply(at, "negative", (self.node(operand),), ())
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                return self._operation(operator, left, right, at)
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                if type(operator) in OPERATORS:
                    return self._operation(operator, left, right, at)
            case ast.Compare(ops=[_, _, *_]):
                raise FormulaError("formula.chained-comparison", at)
            case ast.List(elts=items) | ast.Tuple(elts=items) if items:
                return Apply(at, "stack", tuple(self.node(item) for item in items), ())
            case ast.Attribute(value=value, attr="T"):
                return Apply(at, "transpose", (self.node(value),), ())
            case ast.Subscript(value=value, slice=index):
                return Apply(at, "index", (self.node(value),), self._slots(index))
            case ast.Call(func=ast.Name(id=name)):
                return self._call(name, syntax, at)
            case ast.BinOp(op=ast.BitXor()):
                raise FormulaError("formula.caret", at)
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                raise FormulaError("formula.and-or", at)
            case _:
                pass
        raise FormulaError("formula.not-in-language", at, what=ast.unparse(syntax)[:40])

    def _constant(self, value: object, at: int, text: str) -> Constant:
        if isinstance(value, int) and not isinstance(value, bool):
            if abs(value) > 10**300:
                raise FormulaError("formula.number-too-large", at)
            value = float(value)
        if value is None or value is ... or isinstance(value, float | bool | str):
            plain: Plain = value
            return Constant(at, plain, text)
        raise FormulaError("formula.not-in-language", at, what=text[:40])

    def _name(self, name: str, at: int) -> Node:
        if name in self.known:
            node = self.known[name]
            return Name(at, name) if isinstance(node, Name) and not self.opened else node
        if name in CONSTANTS:
            return Constant(at, CONSTANTS[name], name)
        near = difflib.get_close_matches(name, [*self.known, *CONSTANTS], n=1, cutoff=0.4)
        if name in functions():
            raise FormulaError("formula.function-without-arguments", at, name=name)
        code = "formula.unknown-name-near" if near else "formula.unknown-name"
        raise FormulaError(code, at, name=name, near=near[0] if near else "")

    def _operation(self, operator: ast.AST, left: ast.expr, right: ast.expr, at: int) -> Node:
        return Apply(at, OPERATORS[type(operator)], (self.node(left), self.node(right)), ())

    def _slots(self, index: ast.expr) -> tuple[tuple[str, Node], ...]:
        items = index.elts if isinstance(index, ast.Tuple) else [index]
        return tuple((str(place), self._slot(item)) for place, item in enumerate(items))

    def _slot(self, item: ast.expr) -> Node:
        if not isinstance(item, ast.Slice):
            return self.node(item)
        ends = (item.lower, item.upper, item.step)
        start, stop, step = (self.node(end) if end is not None else None for end in ends)
        return Slice(self._at(item), start, stop, step)

    def _call(self, name: str, syntax: ast.Call, at: int) -> Node:
        if any(isinstance(one, ast.Starred) for one in syntax.args) or any(
            keyword.arg is None for keyword in syntax.keywords
        ):
            raise FormulaError("formula.starred", at)
        if name in TABLE:
            return self._primitive(TABLE[name], syntax, at)
        function = functions().get(name)
        if isinstance(function, Function):
            return self._prelude(function, syntax, at)
        near = difflib.get_close_matches(name, functions(), n=1, cutoff=0.5)
        code = "formula.unknown-function-near" if near else "formula.unknown-function"
        raise FormulaError(code, at, name=name, near=near[0] if near else "")

    def _primitive(self, entry: Primitive, syntax: ast.Call, at: int) -> Node:
        names = entry.operands + tuple(name for name, _ in entry.options)
        given = self._bind(entry.name, names, syntax, at)
        for name in entry.operands:
            if name not in given:
                raise FormulaError("formula.missing", at, function=entry.name, name=name)
        options = []
        for name, default in entry.options:
            if name in given:
                options.append((name, self.node(given[name])))
            elif default is REQUIRED:
                raise FormulaError("formula.missing", at, function=entry.name, name=name)
        return Apply(at, entry.name, self._operands(entry, given), tuple(options))

    def _operands(self, entry: Primitive, given: Mapping[str, ast.expr]) -> tuple[Node, ...]:
        if not entry.variadic:
            return tuple(self.node(given[name]) for name in entry.operands)
        parts = given[entry.operands[0]]
        if isinstance(parts, ast.List | ast.Tuple) and parts.elts:
            return tuple(self.node(part) for part in parts.elts)
        return (self.node(parts),)

    def _bind(
        self, function: str, names: tuple[str, ...], syntax: ast.Call, at: int
    ) -> dict[str, ast.expr]:
        if len(syntax.args) > len(names):
            raise FormulaError(
                "formula.too-many", at, function=function, most=len(names), got=len(syntax.args)
            )
        given = dict(zip(names, syntax.args, strict=False))
        for keyword in syntax.keywords:
            name = _other_name(keyword.arg or "", names)
            if name not in names:
                raise FormulaError(
                    "formula.unknown-option", self._at(keyword.value), function=function,
                    name=name, names=", ".join(names),
                )  # fmt: skip
            if name in given:
                raise FormulaError(
                    "formula.given-twice", self._at(keyword.value), function=function, name=name
                )
            given[name] = keyword.value
        return given

    def _prelude(self, function: Function, syntax: ast.Call, at: int) -> Node:
        names = tuple(name for name, _ in function.parameters)
        given = self._bind(function.name, names, syntax, at)
        arguments: dict[str, Node] = {}
        for name, default in function.parameters:
            if name in given:
                arguments[name] = self.node(given[name])
            elif default is None:
                raise FormulaError("formula.missing", at, function=function.name, name=name)
            else:
                arguments[name] = _Reader(default, {}).read()
        return Call(at, function.name, tuple(arguments.items()), self._open(function, arguments))

    def _open(self, function: Function, arguments: dict[str, Node]) -> tuple[Body, ...]:
        opened = (*self.opened, function.name)
        return tuple(
            Body(when, _Reader(text, dict(arguments), opened).read)
            for text, when in function.bodies
        )


def _other_name(name: str, names: tuple[str, ...]) -> str:
    """`axis` and `dim` are two names of one thing."""
    twins = {"axis": "dim", "dim": "axis"}
    return twins[name] if name not in names and twins.get(name) in names else name


@cache
def functions() -> Mapping[str, Primitive | Function]:
    """Every function that a formula may call."""
    # The prelude is written in this language, so it can be read only once this module is there.
    from tutor.engine.prelude import PRELUDE

    return {**TABLE, **PRELUDE}
