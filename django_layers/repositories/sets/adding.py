"""New rows by one statement for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from django.db import connections
from django.db.models import Model

from django_layers.repositories.fields import AnyField
from django_layers.repositories.linking import far_reference, refuse_unseen
from django_layers.repositories.writing import Values, Writer, inherits_from_a_table, store_new

__all__ = ["add_all", "add_links", "add_rows"]


def add_rows(writer: Writer, rows: Sequence[Values], using: str) -> list[Model]:
    """Store new rows, and return them; inside of `Writer.guarded`."""
    instances = [writer.model(**columns) for columns, _ in rows]
    add_all(writer.model, instances, using)
    for name in writer.id_lists:
        owned = [(instance.pk, lists.get(name, ())) for instance, (_, lists) in zip(instances, rows, strict=True)]
        add_links(writer, name, owned, using)
    return instances


def add_links(writer: Writer, name: str, owned: Iterable[tuple[object, object]], using: str) -> None:
    """Link rows with others by a many-to-many relation.

    Args:
        writer: what stores the rows.
        name: the name of the list of keys.
        owned: for each row its key, and the list.
        using: the alias of the database.

    Raises:
        RuleViolated: one of the keys is of no row that is there.
    """
    field, through = writer.links(name), writer.through(name)
    links = [(key, other) for key, others in owned for other in dict.fromkeys(cast("Iterable[object]", others))]
    refuse_unseen(field, (other for _, other in links), using, alias=name)
    near = cast("AnyField", through._meta.get_field(field.m2m_field_name())).attname
    far = far_reference(field).attname
    through._base_manager.using(using).bulk_create(through(**{near: key, far: other}) for key, other in links)


def add_all(model: type[Model], instances: list[Model], using: str) -> None:
    """Store new rows: with one statement, where the database tells their keys and they are in one table."""
    tells_keys = connections[using].features.can_return_rows_from_bulk_insert
    knows_keys = tells_keys or all(instance.pk is not None for instance in instances)
    if knows_keys and not inherits_from_a_table(model):
        model._base_manager.using(using).bulk_create(instances)
        return
    for instance in instances:
        store_new(instance, using)
