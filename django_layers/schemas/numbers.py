"""What numbers are not."""

from collections.abc import Iterator
from types import NoneType
from typing import Annotated, get_args, get_origin

from pydantic import MISSING
from pydantic_core import PydanticKnownError

__all__ = ["refuse_bool"]

NUMBERS = frozenset({int, float})


def refuse_bool(value: object, annotation: object) -> object:
    """Return the value unless it is true or false, or holds one of them, where numbers are asked for.

    Python counts True as 1, and so does Pydantic: `{"stars": true}` would be one star.

    Args:
        value: what was sent.
        annotation: the type of the field; `int | None` and `tuple[int, ...]` ask for numbers, and `int | bool` does not.

    Raises:
        PydanticKnownError: a boolean stands for a number.
    """
    if _holds_bool(value):
        types = frozenset(_types_in(annotation))
        if types and types <= NUMBERS:
            raise PydanticKnownError("float_type" if float in types else "int_type")
    return value


def _holds_bool(value: object) -> bool:
    return isinstance(value, bool) or (isinstance(value, list | tuple) and any(_holds_bool(item) for item in value))


def _types_in(annotation: object) -> Iterator[object]:
    """Give the types of the values in an annotation, without what stands for no value."""
    if get_origin(annotation) is Annotated:
        yield from _types_in(get_args(annotation)[0])
    elif arguments := get_args(annotation):
        for argument in arguments:
            yield from _types_in(argument)
    elif annotation not in (NoneType, MISSING, Ellipsis):
        yield annotation
