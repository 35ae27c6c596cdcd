"""The error of a row that is not what its schema says, and how it is told without telling what is in the row."""

from __future__ import annotations

from typing import Any, Final, get_args

from django.db.models import Model
from pydantic import BaseModel, ValidationError
from pydantic_core.core_schema import ErrorType

__all__ = ["UnreadableRow", "unreadable"]


class UnreadableRow(TypeError):
    """A stored row does not fit the schema that it is read into; the message holds no stored value."""


# Their messages quote the value, or what a validator of the project's own says about it.
_QUOTING: Final = {
    "assertion_error",
    "bytes_invalid_encoding",
    "date_from_datetime_parsing",
    "date_parsing",
    "datetime_from_date_parsing",
    "datetime_object_invalid",
    "datetime_parsing",
    "get_attribute_error",
    "iteration_error",
    "json_invalid",
    "no_such_attribute",
    "time_delta_parsing",
    "time_parsing",
    "timezone_offset",
    "union_tag_invalid",
    "url_parsing",
    "url_syntax_violation",
    "uuid_parsing",
    "value_error",
}
_TELLING: Final = frozenset(get_args(ErrorType)) - _QUOTING


def unreadable(model: type[Model], schema: type[BaseModel], error: ValidationError) -> UnreadableRow:
    """Return the error of a row that a schema refuses.

    Args:
        model: the table of the row.
        schema: the DTO that refuses it.
        error: what Pydantic says.
    """
    # What is inside of a value, its names as well, is stored data: only the field is named.
    wrong = {str(each["loc"][0]) if each["loc"] else "": _said(each) for each in error.errors(include_input=False)}
    listed = "; ".join(f"{name}: {message}" if name else message for name, message in wrong.items())
    return UnreadableRow(
        f"A stored row of {model._meta.label} does not fit {schema.__name__}: {listed}. "
        "Make the schema say what the column can hold, or correct the row."
    )


def _said(error: Any) -> str:
    known = error["type"] in _TELLING
    return str(error["msg"]) if known else f"refused by its validation ({error['type']})"
