"""References to nothing among rows that were just written, where the database looks for them only at the end."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, ForeignKey, Model, OuterRef

from django_layers.repositories.fields import AnyField

__all__ = ["dangling_reference"]


def dangling_reference(model: type[Model], keys: Sequence[object], using: str) -> AnyField | None:
    """Return a reference of one of the rows that leads to no row, if there is one.

    Args:
        model: the table.
        keys: the primary keys of the rows.
        using: the alias of the database.
    """
    rows = model._base_manager.using(using).filter(pk__in=keys)
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            targets = field.related_model._base_manager.using(using)
            there = Exists(targets.filter(**{field.target_field.attname: OuterRef(field.attname)}))
            if rows.filter(~there, **{f"{field.attname}__isnull": False}).exists():
                return field
    return None
