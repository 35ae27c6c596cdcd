"""The unit of work on a database."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction

from django_layers.errors import Busy
from django_layers.repositories.block import Block, is_inside_another, open_block
from django_layers.repositories.integrity.contention import contention_of
from django_layers.services import UnitOfWork

__all__ = ["DatabaseUnitOfWork", "database_unit_of_work"]

Result = TypeVar("Result")

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 1.0


def database_unit_of_work(*, using: str = DEFAULT_DB_ALIAS) -> UnitOfWork:
    """Return a unit of work on a database; it holds no state, so services may share one.

    Args:
        using: the alias of the database in settings.DATABASES that the service writes to. A repository that writes to
            another one meanwhile raises `OutsideUnitOfWork`.
    """
    return DatabaseUnitOfWork(using=using)


class DatabaseUnitOfWork:
    """Makes several changes of a database one, as `django_layers.services.UnitOfWork` says.

    The outermost block is a transaction; where one is open already (`ATOMIC_REQUESTS`, a test) it is a savepoint in it,
    so it is undone even if the exception that leaves it never reaches whoever opened that transaction.
    """

    def __init__(self, *, using: str = DEFAULT_DB_ALIAS, sleep: Callable[[float], None] = time.sleep) -> None:
        self._using = using
        self._sleep = sleep

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Return a block whose changes are kept together or undone together.

        Raises:
            Busy: the database gave way to another transaction.
            RuleViolated: a row refers to one that does not exist, which some databases only find out at the end.
            Conflict: a row that was deleted is still referred to, or a deferred constraint found a row twice, found out
                at the end as well.
        """
        if open_block(self._using) is not None:
            yield
            return
        with self._outermost(Block(self._using)):
            yield

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Return a block that is undone alone when an exception leaves it, so that the caller may go on after it.

        Raises:
            Busy: the database gave way to another transaction.
        """
        block = open_block(self._using)
        if block is None:
            with self():
                yield
            return
        mark = len(block.undo)
        try:
            with transaction.atomic(using=self._using):
                yield
        except DatabaseError as error:
            block.undo_after(mark)
            block.note_error(error)
            busy = contention_of(error)
            if busy is None:
                raise
            raise busy from error
        except BaseException:
            block.undo_after(mark)
            raise

    def on_commit(self, callback: Callable[[], None], /) -> None:
        """Call `callback` once the outermost block is committed, at once outside any block, never after a rollback.

        What the callback raises leaves the block, and undoes nothing: everything is committed by then.
        """
        transaction.on_commit(callback, using=self._using)

    def run(self, function: Callable[[], Result], /, *, retries: int = 3) -> Result:
        """Run `function` in a block, and again when it lost a deadlock or no longer fits what others have stored.

        Inside another block, or inside a transaction that somebody else opened (`ATOMIC_REQUESTS`), it is run once:
        only the outermost transaction can be repeated. So is what waited for a lock in vain: it has waited enough.

        Args:
            function: what to do; must be safe to repeat, since its earlier attempts are rolled back.
            retries: how many further attempts there are after the first.

        Returns:
            What the function returns.

        Raises:
            Busy: every attempt lost against another transaction, or a lock was not given in time.
        """
        if open_block(self._using) is not None:
            return function()
        for attempt in range(0 if is_inside_another(self._using) else retries):
            block = Block(self._using)
            try:
                with self._outermost(block):
                    return function()
            except Busy as busy:
                if block.is_committed or not busy.may_be_repeated:
                    raise
            # A random pause, longer each time: two that lost against each other must not meet again.
            self._sleep(random.uniform(0, min(_FIRST_PAUSE_SECONDS * 2**attempt, _LONGEST_PAUSE_SECONDS)))
        with self():
            return function()

    @contextmanager
    def _outermost(self, block: Block) -> Iterator[None]:
        try:
            with block:
                yield
        except DatabaseError as error:
            busy = None if block.is_committed else contention_of(error)
            if busy is None:
                raise
            raise busy from error
