"""Questions about the types of the schema."""

import typing
from types import UnionType
from typing import Any

import msgspec

from tutor.course.wording import Text


def is_struct(form: Any) -> bool:
    """Whether a type is one of the schema's own."""
    return isinstance(form, type) and issubclass(form, msgspec.Struct)


def is_text(form: Any) -> bool:
    """Whether a type is a text in every language."""
    return is_struct(form) and issubclass(form, Text)


def forms(expected: Any) -> tuple[Any, ...]:
    """The types that a value may have, without their limits."""
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin is typing.Annotated:
        return forms(arguments[0])
    if origin in (typing.Union, UnionType):
        return tuple(form for argument in arguments for form in forms(argument))
    return (expected,)
