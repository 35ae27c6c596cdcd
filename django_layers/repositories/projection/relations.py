"""Which table is asked for the many rows that belong to a row, and by which of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import ForeignObjectRel, ManyToManyField, ManyToManyRel, Model

from django_layers.repositories.declaration import DeclarationError
from django_layers.repositories.fields import AnyField

__all__ = ["Source", "source_of"]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the many rows of a relation come from.

    Attributes:
        model: the table to ask: the other one, or the one in between of a many-to-many relation.
        key_lookup: the column of that table that refers to the row they belong to.
        referred_column: the column of the row that it refers to.
        target: the table of the many rows.
        target_lookup: from the table to ask to the many rows; empty where they are the same.
    """

    model: type[Model]
    key_lookup: str
    referred_column: str
    target: type[Model]
    target_lookup: str


def source_of(relation: AnyField | ForeignObjectRel) -> Source:
    """Return where the many rows of a relation come from.

    Args:
        relation: a many-to-many field, or the reverse of one or of a foreign key.

    Raises:
        DeclarationError: the relation is of another kind, as generic relations are.
    """
    if isinstance(relation, ManyToManyField):
        return _through(relation, relation.m2m_field_name(), relation.m2m_reverse_field_name())
    if isinstance(relation, ManyToManyRel):
        field = relation.field
        return _through(field, field.m2m_reverse_field_name(), field.m2m_field_name())
    if isinstance(relation, ForeignObjectRel) and relation.one_to_many:
        target = relation.related_model
        reference = relation.field
        return Source(
            model=target,
            key_lookup=reference.attname,
            referred_column=reference.target_field.attname,
            target=target,
            target_lookup="",
        )
    raise DeclarationError(
        f"{relation.name} of {relation.model._meta.label} is a relation that cannot be read by a projection. "
        "Read it with a method of the repository."
    )


def _through(field: ManyToManyField[Any, Any], near: str, far: str) -> Source:
    between = cast("type[Model]", field.remote_field.through)
    reference = between._meta.get_field(near)
    target = between._meta.get_field(far).related_model
    return Source(
        model=between,
        key_lookup=reference.attname,  # type: ignore[union-attr]
        referred_column=reference.target_field.attname,  # type: ignore[union-attr]
        target=cast("type[Model]", target),
        target_lookup=far,
    )
