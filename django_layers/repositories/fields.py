"""Finding the fields of a model by the names that schemas and lookups use."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, ForeignKey, ForeignObjectRel, Model
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import BaseExpression

from django_layers.repositories.declaration import DeclarationError

__all__ = [
    "AnyField",
    "Path",
    "column_named",
    "did_you_mean",
    "find_field",
    "follow",
    "is_link",
    "key_columns",
    "key_name",
    "models_behind",
    "names_in",
    "names_of",
    "target_field",
]

# Django's own classes are generic in what they take and give, which nothing here depends on.
AnyField: TypeAlias = "Field[Any, Any]"


def did_you_mean(name: str, known: list[str]) -> str:
    """Return a sentence that names the nearest known name, with a space before it; nothing where none is near."""
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def key_name(model: type[Model]) -> str:
    """Return the name of the column of the primary key."""
    return str(model._meta.pk.attname)


def is_link(field: AnyField) -> bool:
    """Return whether a column is the link of a model to the one that it inherits from, whose table has a part of its rows."""
    return bool(getattr(field.remote_field, "parent_link", False))


def key_columns(model: type[Model]) -> tuple[AnyField, ...]:
    """Return the columns of a row that hold its key: that of the model, and those of all that it inherits from."""
    columns: list[AnyField] = [model._meta.pk]
    while isinstance(link := columns[-1], ForeignKey) and is_link(link):
        columns.append(link.target_field)
    return tuple(columns)


def column_named(model: type[Model], name: str) -> AnyField | None:
    """Return the field whose column has this name (`recipe_id` for `recipe`), if there is one."""
    for field in model._meta.concrete_fields:
        if field.attname == name:
            return field
    return None


def find_field(model: type[Model], name: str) -> AnyField | ForeignObjectRel | None:
    """Return a field, a relation or a reverse relation by its name, or a field by that of its column."""
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return column_named(model, name)
    return found if isinstance(found, Field | ForeignObjectRel) else None


def names_of(model: type[Model]) -> list[str]:
    """Return every name that `find_field` knows."""
    return sorted(
        {field.name for field in model._meta.get_fields()} | {field.attname for field in model._meta.concrete_fields}
    )


def target_field(field: AnyField) -> AnyField:
    """Return the field that says how a column's values look: for a reference, the key at its end."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field


@dataclass(frozen=True)
class Path:
    """Where a lookup leads.

    Attributes:
        field: the field at its end.
        rest: what follows the field: transforms and a lookup ("year__gte").
        to_many: whether it goes through a relation with many rows at its end, which would repeat the first one.
        nullable: whether the value may be NULL, also because a row on the way is not there.
    """

    field: AnyField | ForeignObjectRel
    rest: tuple[str, ...]
    to_many: bool
    nullable: bool


def follow(model: type[Model], lookup: str) -> Path:
    """Return where a lookup leads from a model.

    Raises:
        DeclarationError: a name on the way is no field of the model that is reached there.
    """
    field: AnyField | ForeignObjectRel | None = None
    to_many = nullable = False
    parts = lookup.split(LOOKUP_SEP)
    here: type[Model] | None = model
    while parts and here is not None:
        found = find_field(here, here._meta.pk.name if parts[0] == "pk" else parts[0])
        if found is None:
            if field is not None:
                break
            raise DeclarationError(
                f"{parts[0]!r} is not a field of {here._meta.label}.{did_you_mean(parts[0], names_of(here))}"
            )
        by_column = isinstance(found, Field) and found.concrete and parts[0] == found.attname != found.name
        field, parts = found, parts[1:]
        to_many |= bool(found.one_to_many or found.many_to_many)
        nullable |= bool(found.null)
        here = None if by_column or not found.is_relation else found.related_model
    assert field is not None
    if isinstance(field, Field) and parts and not _understands(target_field(field), parts[0]):
        raise DeclarationError(
            f"{lookup!r}: {parts[0]!r} is neither a field behind nor a lookup of {field.model._meta.label}.{field.name}."
        )
    return Path(field=field, rest=tuple(parts), to_many=to_many, nullable=nullable)


def models_behind(model: type[Model], lookup: str) -> list[type[Model]]:
    """Return the other models that a lookup looks at; none where it stays with the columns of its own."""
    found: list[type[Model]] = []
    here: type[Model] | None = model
    for name in lookup.split(LOOKUP_SEP):
        field = find_field(here, name) if here is not None else None
        by_column = isinstance(field, Field) and field.concrete and name == field.attname != field.name
        if field is None or by_column or not isinstance(field.related_model, type):
            break
        here = field.related_model
        found.append(here)
    return found


def _understands(field: AnyField, name: str) -> bool:
    # The keys of a JSON document are known to nobody beforehand.
    return field.get_lookup(name) is not None or field.get_transform(name) is not None


def names_in(expression: object) -> list[str]:
    """Return the names of the fields that an expression refers to."""
    parts = expression.flatten() if isinstance(expression, BaseExpression) else [expression]
    # django-stubs does not know the attribute.
    return [part.name for part in parts if isinstance(part, F)]  # type: ignore[attr-defined]
