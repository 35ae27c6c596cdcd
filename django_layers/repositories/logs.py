"""A log of what was written: who reads it learns what happened to which row, never what is in it."""

from __future__ import annotations

import logging
from functools import partial

from django.db import transaction
from django.db.models import Model

__all__ = ["log_rows", "log_write"]

logger = logging.getLogger("django_layers.writes")


def log_write(action: str, model: type[Model], key: object, *, using: str) -> None:
    """Log a write once it is committed; one that is rolled back leaves no trace.

    Args:
        action: what was done: "add", "update", "upsert" or "delete".
        model: the table.
        key: the primary key of the row.
        using: the alias of the database.
    """
    if logger.isEnabledFor(logging.INFO):
        transaction.on_commit(partial(_log, action, model._meta.label, key), using=using)


def log_rows(action: str, model: type[Model], number: int, *, using: str) -> None:
    """Log a write of many rows once it is committed, by their number.

    Args:
        action: what was done: "update" or "delete".
        model: the table.
        number: how many rows it was done to; where it was none, nothing is logged.
        using: the alias of the database.
    """
    if number and logger.isEnabledFor(logging.INFO):
        transaction.on_commit(partial(_log_rows, action, model._meta.label, number), using=using)


def _log(action: str, entity: str, key: object) -> None:
    logger.info("%s %s %s", action, entity, key, extra={"action": action, "entity": entity, "key": str(key)})


def _log_rows(action: str, entity: str, number: int) -> None:
    logger.info("%s %s: %d rows", action, entity, number, extra={"action": action, "entity": entity, "rows": number})
