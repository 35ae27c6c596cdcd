"""Deleting many rows at once."""

from __future__ import annotations

from typing import Any

from django.db.models import FileField, QuerySet
from django.db.models.deletion import Collector

from django_layers.repositories.files import delete_file_after_commit
from django_layers.repositories.sets.rows import locked, plainly
from django_layers.repositories.writing import Writer, refusing_protected

__all__ = ["delete_rows"]


def delete_rows(writer: Writer, rows: QuerySet[Any]) -> int:
    """Delete rows with all that goes with them, and return how many rows of their table are gone.

    Their files are deleted after the commit.
    """
    model, using = writer.model, rows.db
    files = [field for field in model._meta.concrete_fields if isinstance(field, FileField)]
    with writer.guarded(using, deleting=True):
        names: list[tuple[Any, ...]] = []
        if files or not Collector(using=using, origin=rows).can_fast_delete(plainly(rows)):
            # Django reads the rows and deletes them by key: what it has read must not change meanwhile.
            names = locked(rows, *(field.attname for field in files))
        with refusing_protected(model):
            _, deleted = plainly(rows).delete()
        for _, *of_row in names:
            for field, name in zip(files, of_row, strict=True):
                delete_file_after_commit(field, name, using)
    concrete = model._meta.concrete_model or model
    return sum(deleted.get(label, 0) for label in {model._meta.label, concrete._meta.label})
