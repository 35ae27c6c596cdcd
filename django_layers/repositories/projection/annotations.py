"""What the annotation of a schema's field says."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

__all__ = ["allows_null", "alternatives", "item_schema", "one_schema"]


def allows_null(field: FieldInfo) -> bool:
    """Return whether a field's value may be None."""
    annotation: Any = field.annotation
    if None in (annotation, *alternatives(annotation)) or type(None) in alternatives(annotation):
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return False
    try:
        TypeAdapter[Any](annotation).validate_python(None)
    except ValidationError:
        return False
    return True


def one_schema(annotation: object) -> type[BaseModel] | None:
    """Return the schema of an annotation that is one, or one or None; None for any other annotation."""
    found = [item for item in alternatives(annotation) if item is not type(None)]
    if len(found) == 1 and isinstance(found[0], type) and issubclass(found[0], BaseModel):
        return found[0]
    return None


def item_schema(annotation: object) -> type[BaseModel] | None:
    """Return the schema of an annotation that is a collection of one; None for any other annotation."""
    for alternative in alternatives(annotation):
        origin = get_origin(alternative)
        if isinstance(origin, type) and issubclass(origin, Collection):
            for argument in get_args(alternative):
                schema = one_schema(argument)
                if schema is not None:
                    return schema
    return None


def alternatives(annotation: object) -> tuple[Any, ...]:
    """Return the types that an annotation allows, each without what is annotated to it."""
    return tuple(_flattened(annotation))


def _flattened(annotation: object) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _flattened(get_args(annotation)[0])
    elif origin is Union or origin is types.UnionType:
        for argument in get_args(annotation):
            yield from _flattened(argument)
    else:
        yield annotation
