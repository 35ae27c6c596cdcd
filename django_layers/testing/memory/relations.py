"""What a relation of a model leads to, and by which columns."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, ForeignObjectRel, ManyToManyField, Model

from django_layers.repositories.fields import AnyField

__all__ = ["Relation", "column_of", "find_field", "target_column", "target_model", "through_of"]

# What `Options.get_field` returns; a GenericForeignKey is not supported.
Relation: TypeAlias = "Field[Any, Any] | ForeignObjectRel"


def find_field(model: type[Model], name: str) -> Relation | None:
    """Return the field or relation of this name, None where there is none."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def target_model(relation: Relation) -> type[Model]:
    """Return the model that a relation leads to."""
    return cast("type[Model]", relation.related_model)


def target_column(reference: Relation) -> AnyField:
    """Return the column of the other table that a foreign key holds the value of."""
    assert isinstance(reference, ForeignKey)
    return reference.target_field


def column_of(relation: Relation) -> AnyField:
    """Return the column that a value at the end of a path is compared with."""
    while relation.is_relation:
        relation = target_column(relation) if isinstance(relation, ForeignKey) else target_model(relation)._meta.pk
    return cast("AnyField", relation)


def through_of(relation: Relation) -> tuple[type[Model], str, str]:
    """Return the table of a many-to-many relation, and which of its columns hold the near and the far key."""
    field = cast("ManyToManyField[Any, Any]", relation.field if isinstance(relation, ForeignObjectRel) else relation)
    near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
    if isinstance(relation, ForeignObjectRel):
        near, far = far, near
    through = cast("type[Model]", cast("Any", field.remote_field).through)
    return through, _attribute(through, near), _attribute(through, far)


def _attribute(model: type[Model], name: str) -> str:
    return cast("AnyField", model._meta.get_field(name)).attname
