"""Files of rows: stored with a safe name, and the one before removed once nothing can bring it back."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from functools import partial
from pathlib import PurePosixPath
from typing import cast

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import FileField, Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.text import get_valid_filename

from django_layers.repositories.block import note_undo
from django_layers.repositories.writing import Writer
from django_layers.schemas import Upload

__all__ = ["delete_file_after_commit", "delete_files", "remove_file", "safe_name", "store_file"]

logger = logging.getLogger("django_layers.files")


def store_file(
    writer: Writer, rows: QuerySet[Model], key: object, field: str, upload: Upload, *, version: int | None
) -> None:
    """Store a file of a row in place of the one that it has.

    The file before is deleted after the commit. The new one is deleted if its row cannot be stored, or if an exception
    leaves the unit of work later on. Where anything else takes the row back, a savepoint or a transaction that is not a
    unit of work's, the new file stays in the storage: Django tells nobody of a rollback.

    Args:
        writer: what stores the row.
        rows: the rows that there are for the repository.
        key: the primary key.
        field: the name of the file field.
        upload: the file.
        version: the version that the row must have, if any.
    """
    with ExitStack() as undo:
        with writer.guarded(rows.db):
            instance = writer.locked(rows, key, version)
            file = cast("FieldFile", getattr(instance, field))
            before = file.name
            file.save(safe_name(upload.name), File(upload.content), save=False)
            after = str(file.name)
            delete_new = partial(_delete_new, file.storage, after)
            undo.callback(delete_new)
            writer.save(instance, {field: after}, rows.db)
            delete_file_after_commit(file.field, before, rows.db)
        undo.pop_all()
    note_undo(rows.db, delete_new)


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
            delete_file_after_commit(file.field, before, rows.db)


def delete_files(deleted: Model, using: str) -> None:
    """Delete the files of a deleted row after the commit; those of rows that went with it stay.

    Args:
        deleted: the row as it was.
        using: the alias of the database.
    """
    for field in type(deleted)._meta.concrete_fields:
        if isinstance(field, FileField):
            delete_file_after_commit(field, getattr(deleted, field.attname).name, using)


def safe_name(name: str) -> str:
    """Return a file's name without folders and without characters that a storage may not take."""
    last = PurePosixPath(name.replace("\\", "/")).name
    try:
        return get_valid_filename(last)
    except SuspiciousFileOperation:
        return "file"


def delete_file_after_commit(field: FileField, name: str | None, using: str) -> None:
    """Delete a file after the commit, unless another row has it too.

    Args:
        field: the file field.
        name: the name of the file; nothing happens where it is empty, or the default of the field.
        using: the alias of the database.
    """
    if not name or name == field.get_default():
        return

    def delete() -> None:
        # A copy of the row has the same file, and so has a row that its model's own `delete` has kept.
        if not field.model._base_manager.using(using).filter(**{field.name: name}).exists():
            field.storage.delete(name)

    # What is committed is done: a storage that fails now is logged by Django, and leaves a file too many.
    transaction.on_commit(delete, using=using, robust=True)


def _delete_new(storage: Storage, name: str) -> None:
    try:
        storage.delete(name)
    except Exception:
        # It must not take the place of the exception that undid the row.
        logger.exception("The file %s of a row that was taken back could not be deleted.", name)
