"""Files of rows in memory: named as a storage would name them, and kept without one."""

from __future__ import annotations

from collections.abc import Container
from pathlib import PurePosixPath

from django.db.models import FileField, Model

from django_layers.repositories.files import safe_name

__all__ = ["stored_name"]


def stored_name(field: FileField, instance: Model, name: str, taken: Container[str]) -> str:
    """Return the name under which a file is stored, which is no other file's.

    Args:
        field: the column.
        instance: the row as an object, which `upload_to` may look at.
        name: the name of the file as it was uploaded.
        taken: the names of the files that are there.
    """
    wanted = PurePosixPath(field.generate_filename(instance, safe_name(name)))
    free, number = wanted, 0
    while str(free) in taken:
        number += 1
        free = wanted.with_stem(f"{wanted.stem}_{number}")
    return str(free)
