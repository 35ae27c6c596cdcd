"""Files of rows: stored with a safe name, and the one before removed once nothing can bring it back."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import cast

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.text import get_valid_filename

from django_layers.repositories.writing import Writer
from django_layers.schemas import Upload

__all__ = ["remove_file", "safe_name", "store_file"]


def store_file(
    writer: Writer, rows: QuerySet[Model], key: object, field: str, upload: Upload, *, version: int | None
) -> None:
    """Store a file of a row in place of the one that it has.

    The file before is deleted after the commit; the new one is deleted if its row cannot be stored.

    Args:
        writer: what stores the row.
        rows: the rows that there are for the repository.
        key: the primary key.
        field: the name of the file field.
        upload: the file.
        version: the version that the row must have, if any.
    """
    with writer.guarded(rows.db):
        instance = writer.locked(rows, key, version)
        file = cast("FieldFile", getattr(instance, field))
        before = file.name
        file.save(safe_name(upload.name), File(upload.content), save=False)
        after = str(file.name)
        try:
            writer.save(instance, {field: after}, rows.db)
        except BaseException:
            file.storage.delete(after)
            raise
        _delete_after_commit(file.storage, before, rows.db)


def remove_file(writer: Writer, rows: QuerySet[Model], key: object, field: str, *, version: int | None) -> None:
    """Leave a row without its file; the file is deleted after the commit.

    Args:
        writer: what stores the row.
        rows: the rows that there are for the repository.
        key: the primary key.
        field: the name of the file field.
        version: the version that the row must have, if any.
    """
    with writer.guarded(rows.db):
        instance = writer.locked(rows, key, version)
        file = cast("FieldFile", getattr(instance, field))
        before = file.name
        if before:
            setattr(instance, field, "")
            writer.save(instance, {field: ""}, rows.db)
            _delete_after_commit(file.storage, before, rows.db)


def safe_name(name: str) -> str:
    """Return a file's name without folders and without characters that a storage may not take."""
    last = PurePosixPath(name.replace("\\", "/")).name
    try:
        return get_valid_filename(last)
    except SuspiciousFileOperation:
        return "file"


def _delete_after_commit(storage: Storage, name: str | None, using: str) -> None:
    if name:
        transaction.on_commit(partial(storage.delete, name), using=using)
