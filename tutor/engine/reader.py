"""From syntax to tree: what the formula language has is taken, everything else is refused."""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from tutor.engine.primitives import REQUIRED, TABLE, Primitive
from tutor.engine.syntax import DEEPEST, FormulaError, read_syntax
from tutor.engine.tree import Apply, Body, Call, Constant, Lines, Name, Node, Plain, Slice

CLIPPED = 40
"""Characters of a formula that an error repeats."""

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


@dataclass(frozen=True, slots=True)
class Function:
    """A prelude function: its signature and the formulas that it stands for."""

    name: str
    parameters: tuple[tuple[str, str | None], ...]
    bodies: tuple[tuple[str, Callable[[Mapping[str, object]], bool] | None], ...]
    about: str


class Reader:
    """Turns one text into one tree; `known` are the names that may be used and their nodes.

    The body of a prelude function is read `for_call` at a column: what goes wrong in it went
    wrong there.
    """

    def __init__(self, text: str, known: dict[str, Node], for_call: int | None = None) -> None:
        """Read the syntax; raises FormulaError."""
        self.syntax = read_syntax(text)
        self.known = known
        self.for_call = for_call
        self.lines: list[tuple[str, Node]] = []
        self.depth = 0

    def read(self) -> Node:
        """The tree of the last line; the lines before it are given their names."""
        *assignments, last = self.syntax.statements
        for statement in assignments:
            self._assign(statement)
        if not isinstance(last, ast.Expr):
            raise FormulaError("formula.no-result", self._at(last))
        return self._node(last.value)

    def built(self) -> tuple[Node, Lines]:
        """The tree of the last line, and the lines that have names."""
        return self.read(), tuple(self.lines)

    def _assign(self, statement: ast.stmt) -> None:
        if not (
            isinstance(statement, ast.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], ast.Name)
        ):
            raise FormulaError("formula.line", self._at(statement))
        name = statement.targets[0].id
        if name in self.known:
            raise FormulaError("formula.name-taken", self._at(statement), name=name[:CLIPPED])
        node = self._node(statement.value)
        self.known[name] = node
        self.lines.append((name, node))

    def _at(self, syntax: ast.AST) -> int:
        return self.syntax.column(syntax) if self.for_call is None else self.for_call

    def _node(self, syntax: ast.expr) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("formula.too-deep", self._at(syntax), limit=DEEPEST)
        try:
            return self._expression(syntax)
        finally:
            self.depth -= 1

    def _expression(self, syntax: ast.expr) -> Node:
        at = self._at(syntax)
        match syntax:
            case ast.Constant(value=value):
                return self._constant(value, syntax)
            case ast.Name(id=name):
                return self._name(name, at)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                if not isinstance(value, bool):
                    return self._constant(-value, syntax)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Apply(at, "negative", (self._node(operand),), ())
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._node(operand)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                return self._operation(operator, left, right, at)
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                if type(operator) in OPERATORS:
                    return self._operation(operator, left, right, at)
            case ast.List(elts=items) | ast.Tuple(elts=items) if items:
                return Apply(at, "stack", tuple(self._node(item) for item in items), ())
            case ast.Attribute(value=value, attr="T"):
                return Apply(at, "transpose", (self._node(value),), ())
            case ast.Subscript(value=value, slice=index):
                return Apply(at, "index", (self._node(value),), self._slots(index))
            case ast.Call(func=ast.Name(id=name)):
                return self._call(name, syntax, at)
        raise self._refusal(syntax)

    def _refusal(self, syntax: ast.expr) -> FormulaError:
        """Why a piece of Python is not in the language."""
        at = self._at(syntax)
        match syntax:
            case ast.Compare(ops=[_, _, *_]):
                return FormulaError("formula.chained-comparison", at)
            case ast.BinOp(op=ast.BitXor()):
                return FormulaError("formula.caret", at)
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                return FormulaError("formula.and-or", at)
            case ast.Starred():
                return FormulaError("formula.starred", at)
        what = self.syntax.written(syntax)[:CLIPPED]
        return FormulaError("formula.not-in-language", at, what=what)

    def _constant(self, value: object, syntax: ast.expr) -> Constant:
        if isinstance(value, int) and not isinstance(value, bool):
            value = math.inf if abs(value) > 10**300 else float(value)
        if isinstance(value, float) and math.isinf(value):
            raise FormulaError("formula.number-too-large", self._at(syntax))
        if value is None or value is ... or isinstance(value, float | bool | str):
            plain: Plain = value
            written = self.syntax.written(syntax)
            return Constant(self._at(syntax), plain, written.replace(" ", ""))
        raise self._refusal(syntax)

    def _name(self, name: str, at: int) -> Node:
        if name in self.known:
            node = self.known[name]
            # A name stands wherever it is used; what else has a name is one node.
            if isinstance(node, Name) and self.for_call is None:
                return Name(at, node.name)
            return node
        if name in CONSTANTS:
            return Constant(at, CONSTANTS[name], name)
        if name in functions():
            raise FormulaError("formula.function-without-arguments", at, name=name)
        near = difflib.get_close_matches(name[:CLIPPED], [*self.known, *CONSTANTS], 1, cutoff=0.4)
        if near:
            raise FormulaError("formula.unknown-name-near", at, name=name[:CLIPPED], near=near[0])
        raise FormulaError("formula.unknown-name", at, name=name[:CLIPPED])

    def _operation(self, operator: ast.AST, left: ast.expr, right: ast.expr, at: int) -> Node:
        return Apply(at, OPERATORS[type(operator)], (self._node(left), self._node(right)), ())

    def _slots(self, index: ast.expr) -> tuple[tuple[str, Node], ...]:
        items = index.elts if isinstance(index, ast.Tuple) else [index]
        return tuple((str(place), self._slot(item)) for place, item in enumerate(items))

    def _slot(self, item: ast.expr) -> Node:
        if isinstance(item, ast.Compare):
            raise FormulaError("formula.mask-index", self._at(item))
        if not isinstance(item, ast.Slice):
            return self._node(item)
        ends = (item.lower, item.upper, item.step)
        start, stop, step = (self._node(end) if end is not None else None for end in ends)
        return Slice(self._at(item), start, stop, step)

    def _call(self, name: str, syntax: ast.Call, at: int) -> Node:
        for argument in (*syntax.args, *(one for one in syntax.keywords if one.arg is None)):
            if isinstance(argument, ast.Starred | ast.keyword):
                raise FormulaError("formula.starred", self._at(argument))
        called = functions().get(name)
        if isinstance(called, Primitive):
            return self._primitive(called, syntax, at)
        if isinstance(called, Function):
            return self._prelude(called, syntax, at)
        near = difflib.get_close_matches(name[:CLIPPED], functions(), n=1, cutoff=0.5)
        if near:
            raise FormulaError(
                "formula.unknown-function-near", at, name=name[:CLIPPED], near=near[0]
            )
        raise FormulaError("formula.unknown-function", at, name=name[:CLIPPED])

    def _primitive(self, entry: Primitive, syntax: ast.Call, at: int) -> Node:
        parameters = (*((name, REQUIRED) for name in entry.operands), *entry.options)
        given = self._bind(entry.name, tuple(name for name, _ in parameters), syntax, at)
        for name, default in parameters:
            if default is REQUIRED and name not in given:
                raise FormulaError("formula.missing", at, function=entry.name, name=name)
        operands = self._operands(entry, given)
        options = ((name, self._node(given[name])) for name, _ in entry.options if name in given)
        return Apply(at, entry.name, operands, tuple(options))

    def _operands(self, entry: Primitive, given: Mapping[str, ast.expr]) -> tuple[Node, ...]:
        if not entry.variadic:
            return tuple(self._node(given[name]) for name in entry.operands)
        parts = given[entry.operands[0]]
        if not isinstance(parts, ast.List | ast.Tuple) or not parts.elts:
            raise FormulaError("formula.list-needed", self._at(parts), function=entry.name)
        return tuple(self._node(part) for part in parts.elts)

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
                    "formula.unknown-option", self._at(keyword), function=function,
                    name=name[:CLIPPED], names=", ".join(names),
                )  # fmt: skip
            if name in given:
                raise FormulaError(
                    "formula.given-twice", self._at(keyword), function=function, name=name
                )
            given[name] = keyword.value
        return given

    def _prelude(self, function: Function, syntax: ast.Call, at: int) -> Node:
        names = tuple(name for name, _ in function.parameters)
        given = self._bind(function.name, names, syntax, at)
        arguments: dict[str, Node] = {}
        for name, default in function.parameters:
            if name in given:
                arguments[name] = self._node(given[name])
            elif default is None:
                raise FormulaError("formula.missing", at, function=function.name, name=name)
            else:
                arguments[name] = Reader(default, {}, at).read()
        bodies = tuple(
            Body(when, Reader(text, dict(arguments), at).built) for text, when in function.bodies
        )
        return Call(at, function.name, tuple(arguments.items()), bodies)


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
