"""The unit of work on a database."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import Atomic, get_connection

from django_layers.errors import Busy
from django_layers.repositories.integrity.broken import broken_reference, meaning_of_broken
from django_layers.repositories.integrity.violation import Kind, Violation, is_retryable, violation_of
from django_layers.services import UnitOfWork

__all__ = ["DatabaseUnitOfWork", "database_unit_of_work", "note_undo", "note_write"]

Result = TypeVar("Result")


def database_unit_of_work(*, using: str = DEFAULT_DB_ALIAS) -> UnitOfWork:
    """Return a unit of work on a database; it holds no state, so services may share one.

    Args:
        using: the alias of the database in settings.DATABASES.
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
            Conflict: a row that was deleted is still referred to, found out at the end as well.
        """
        if _open_block(self._using) is not None:
            yield
            return
        try:
            with _Block(self._using):
                yield
        except DatabaseError as error:
            if is_retryable(error):
                raise Busy("The database gave way to another transaction.") from error
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Return a block that is undone alone when an exception leaves it, so that the caller may go on after it."""
        inner: AbstractContextManager[None] = self()
        if _open_block(self._using) is not None:
            inner = transaction.atomic(using=self._using)
        with inner:
            yield

    def on_commit(self, callback: Callable[[], None], /) -> None:
        """Call `callback` once the outermost block is committed, at once outside any block, never after a rollback."""
        transaction.on_commit(callback, using=self._using)

    def run(self, function: Callable[[], Result], /, *, retries: int = 3) -> Result:
        """Run `function` in a block, and again when the database gives way to another transaction.

        Inside another block, or inside a transaction that somebody else opened (`ATOMIC_REQUESTS`), it is run once:
        only the outermost transaction can be repeated.

        Args:
            function: what to do; must be safe to repeat, since its earlier attempts are rolled back.
            retries: how many further attempts there are after the first.

        Returns:
            What the function returns.

        Raises:
            Busy: every attempt lost against another transaction.
        """
        if _open_block(self._using) is not None:
            return function()
        for attempt in range(0 if _is_inside_another(self._using) else retries):
            try:
                with self():
                    return function()
            except Busy:
                # A random pause, longer each time: two that lost against each other must not meet again.
                self._sleep(random.uniform(0, 0.05 * 2**attempt))
        with self():
            return function()


def note_write(using: str, *, deleted: bool = False, aliases: Mapping[str, str] | None = None) -> None:
    """Tell the open block of a database, if there is one, that something is written in it.

    Args:
        using: the alias of the database.
        deleted: whether a row is deleted; otherwise one is saved.
        aliases: the names in the schemas of references whose columns have another name, by table.
    """
    block = _open_block(using)
    if block is not None:
        block.has_saved |= not deleted
        block.has_deleted |= deleted
        block.aliases.update(aliases or {})


def note_undo(using: str, undo: Callable[[], None]) -> None:
    """Have the open block of a database, if there is one, undo what no database undoes, when an exception leaves it.

    Args:
        using: the alias of the database.
        undo: is called after the rollback; raises nothing.
    """
    block = _open_block(using)
    if block is not None:
        block.undo.append(undo)


class _BrokenReference(Exception):
    """Leaves a block so that it is rolled back; what it means is worked out after that."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation)
        self.violation = violation


class _Block(Atomic):
    """The transaction of an outermost block; it knows what was written in it."""

    def __init__(self, using: str) -> None:
        super().__init__(using, savepoint=True, durable=False)
        self.has_saved = False
        self.has_deleted = False
        self.aliases: dict[str, str] = {}
        self.undo: list[Callable[[], None]] = []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        broken: Exception | None = None
        if kind is None:
            try:
                self._check_references()
            except (DatabaseError, _BrokenReference) as found:
                broken = found
                kind, error, traceback = type(found), found, found.__traceback__
        try:
            super().__exit__(kind, error, traceback)
        except DatabaseError as found:
            broken = found
        if kind is not None or broken is not None:
            for undo in self.undo:
                undo()
        if broken is not None:
            self._raise_meaning(broken)

    def _check_references(self) -> None:
        """Look for broken references now, where the transaction goes on and nobody could explain them later."""
        connection = get_connection(self.using)
        if not (self.has_saved or self.has_deleted) or connection.atomic_blocks[0] is self:
            return
        if connection.needs_rollback:
            return
        if connection.vendor == "postgresql":
            connection.check_constraints()
        elif connection.vendor == "sqlite" and _is_test(connection):
            # It reads whole tables, which only tests can afford; elsewhere the commit finds out.
            violation = broken_reference(connection)
            if violation is not None:
                raise _BrokenReference(violation)

    def _raise_meaning(self, broken: Exception) -> None:
        violation = broken.violation if isinstance(broken, _BrokenReference) else None
        if isinstance(broken, DatabaseError):
            violation = violation_of(broken)
        if violation is None or violation.kind is not Kind.REFERENCE:
            raise broken
        connection = get_connection(self.using)
        raise meaning_of_broken(
            violation, connection.alias, saved=self.has_saved, deleted=self.has_deleted, aliases=self.aliases
        ) from broken


def _open_block(using: str) -> _Block | None:
    blocks = get_connection(using).atomic_blocks
    return next((block for block in blocks if isinstance(block, _Block)), None)


def _is_inside_another(using: str) -> bool:
    """Return whether a transaction is open that is somebody else's, but for those of Django's `TestCase`."""
    return any(not _opened_by_test(block) for block in get_connection(using).atomic_blocks)


def _is_test(connection: BaseDatabaseWrapper) -> bool:
    """Return whether Django's `TestCase` opened the transaction, which is never committed."""
    return _opened_by_test(connection.atomic_blocks[0])


def _opened_by_test(block: Atomic) -> bool:
    return bool(getattr(block, "_from_testcase", False))
