"""Rows that a list of keys may link: those that are there, now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast

from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet

from django_layers.repositories.capacity import fits
from django_layers.repositories.chunking import chunks
from django_layers.repositories.refusals import reference_refused
from django_layers.repositories.scopes import in_scope

__all__ = ["far_reference", "refuse_unseen", "seen_keys"]


def far_reference(field: ManyToManyField[Any, Any]) -> ForeignKey[Any, Any]:
    """Return the reference to the rows at the other end, of the table in between."""
    through = cast("type[Model]", field.remote_field.through)
    return cast("ForeignKey[Any, Any]", through._meta.get_field(field.m2m_reverse_field_name()))


def refuse_unseen(field: ManyToManyField[Any, Any], keys: Iterable[object], using: str, *, alias: str) -> None:
    """Refuse to link rows with others that do not exist, or that their scope or their manager hides.

    Most databases would say so at the end of the transaction, MySQL and MariaDB never, and none of what is hidden.

    Args:
        field: the many-to-many relation.
        keys: what is to be linked.
        using: the alias of the database.
        alias: the name of the list of keys in the schemas.

    Raises:
        RuleViolated: one of the rows is not there.
    """
    reference = far_reference(field)
    target = reference.target_field
    # As the column has them: 5 and "5" are one key.
    wanted = {target.to_python(key) if fits(target, key, using) else None for key in keys}
    if not wanted:
        return
    there = {key for some in chunks(list(wanted - {None}), using) for key in seen_keys(field, some, using)}
    if wanted - there:
        raise reference_refused(reference.model, reference, alias=alias)


def seen_keys(field: ManyToManyField[Any, Any], keys: Collection[object], using: str) -> QuerySet[Model, Any]:
    """Return the query of those of some keys that belong to rows which are there.

    Args:
        field: the many-to-many relation whose other end the rows are at.
        keys: as many as one statement can name.
        using: the alias of the database.
    """
    target = far_reference(field).target_field.attname
    rows = in_scope(far_reference(field).related_model._default_manager.using(using)).order_by()
    return rows.filter(**{f"{target}__in": keys}).values_list(target, flat=True)
