"""The same change of many rows by one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections
from django.db.models import F, QuerySet
from pydantic import BaseModel

from django_layers.repositories.chunking import chunks
from django_layers.repositories.sets.adding import add_links
from django_layers.repositories.sets.rows import locked, plainly
from django_layers.repositories.writing import VERSION, Writer

__all__ = ["assignments", "change_rows"]


def change_rows(writer: Writer, rows: QuerySet[Any], changes: BaseModel) -> int:
    """Change rows, and return how many; none where nothing is given."""
    columns, lists = writer.split(changes)
    if not columns and not lists:
        return 0
    values = assignments(writer, columns)
    with writer.guarded(rows.db):
        if not lists and connections[rows.db].features.update_can_self_select:
            return plainly(rows).update(**values)
        keys = [key for (key,) in locked(rows)]
        table = writer.model._base_manager.using(rows.db)
        for some in chunks(keys, rows.db):
            if values:
                table.filter(pk__in=some).update(**values)
            for name, linked in lists.items():
                _replace_links(writer, name, some, linked, rows.db)
        return len(keys)


def assignments(writer: Writer, columns: Mapping[str, object]) -> dict[str, object]:
    """Return what a statement is to set where it changes these columns: with them what is automatic, and the version."""
    blank = writer.model()
    automatic = {name: writer.field(name).pre_save(blank, add=False) for name in writer.automatic}
    version = {VERSION: F(VERSION) + 1} if writer.is_versioned else {}
    return {**columns, **automatic, **version}


def _replace_links(writer: Writer, name: str, keys: Any, linked: object, using: str) -> None:
    through = writer.through(name)
    through._base_manager.using(using).filter(**{f"{writer.links(name).m2m_field_name()}__in": keys}).delete()
    add_links(writer, name, [(key, linked) for key in keys], using)
