"""Locking a row until the end of the transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from django_layers.repositories.block import OutsideUnitOfWork, is_inside_another
from django_layers.repositories.integrity import translating
from django_layers.repositories.refusals import missing
from django_layers.repositories.sets.rows import locked

__all__ = ["lock_outside", "lock_row"]


def lock_row(model: type[Model], row: QuerySet[Any]) -> None:
    """Lock a row against changes by others until the end of the transaction.

    Args:
        model: the table.
        row: the row, as a query.

    Raises:
        NotFound: there is no such row.
        Busy: somebody else keeps it locked for too long.
        OutsideUnitOfWork: no transaction is open that would hold the lock.
    """
    if not is_inside_another(row.db):
        raise lock_outside(model)
    # The savepoint lets the caller go on where the lock is not given.
    with translating(model, row.db), transaction.atomic(using=row.db):
        is_there = bool(locked(row))
    if not is_there:
        raise missing(model)


def lock_outside(model: type[Model]) -> OutsideUnitOfWork:
    """Return the error for a lock that nothing would hold."""
    return OutsideUnitOfWork(
        f"A row of {model._meta.label} is to be locked outside of a unit of work, where the lock would end at once. "
        "Lock and change it in one: `with self._unit_of_work(): ...lock(key) ...`."
    )
