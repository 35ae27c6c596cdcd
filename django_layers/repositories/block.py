"""The transaction of a unit of work: what was written in it, whether it could be kept, and what is to be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.transaction import Atomic, TransactionManagementError, get_connection

from django_layers.errors import Busy
from django_layers.repositories.beginning import begins_with_next_statement, begun_anew_after_error
from django_layers.repositories.integrity.broken import BrokenReference, Written, broken_reference, meaning_at_the_end
from django_layers.repositories.integrity.contention import contention_of
from django_layers.repositories.integrity.violation import Kind, violation_of

__all__ = ["Block", "OutsideUnitOfWork", "is_inside_another", "note_undo", "open_block", "writing"]


class OutsideUnitOfWork(RuntimeError):
    """What holds only in a unit of work is done outside of one on that database.

    A row that is written beside the open unit of work would be kept whatever happens; a lock would end at once.
    """


class Block(Atomic):
    """The transaction of an outermost block.

    Attributes:
        written: what repositories wrote in it.
        undo: undoes what no database undoes, after the rollback.
        is_committed: whether the database has kept what was written; where the block is a savepoint, it never says so.
    """

    def __init__(self, using: str) -> None:
        super().__init__(using, savepoint=True, durable=False)
        self.written = Written()
        self.undo: list[Callable[[], None]] = []
        self.is_committed = False
        self._lost: Busy | None = None

    def __enter__(self) -> None:
        super().__enter__()
        if self._is_outermost():
            get_connection(self.using).on_commit(self._note_commit)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        failure: DatabaseError | BrokenReference | None = None
        if kind is None:
            try:
                self._refuse_what_cannot_be_kept()
            except (DatabaseError, BrokenReference) as found:
                failure = found
                kind, error, traceback = type(found), found, found.__traceback__
        try:
            super().__exit__(kind, error, traceback)
        except DatabaseError as found:
            if self.is_committed:
                # It is a callback's, which is called when everything is over.
                raise
            failure = found
        if kind is not None or failure is not None:
            self.undo_after(0)
        if failure is not None:
            self._raise_meaning(failure)

    def note_error(self, error: DatabaseError) -> None:
        """Remember that the database gave way to another transaction, in case that somebody catches the error."""
        self._lost = contention_of(error) or self._lost

    def undo_after(self, mark: int) -> None:
        """Undo what no database undoes, as far as it was done after the mark."""
        undone, self.undo[mark:] = self.undo[mark:], []
        for undo in undone:
            undo()

    def _is_outermost(self) -> bool:
        return get_connection(self.using).atomic_blocks[0] is self

    def _note_commit(self) -> None:
        self.is_committed = True

    def _refuse_what_cannot_be_kept(self) -> None:
        """Look now for what cannot be kept, while the transaction can still be asked about it."""
        connection = get_connection(self.using)
        if connection.needs_rollback:
            raise TransactionManagementError(
                f"Everything in the unit of work on {self.using!r} is undone: the database failed at something in it, "
                "and the exception was caught. Let it leave the unit of work, or put what may fail into "
                "`unit_of_work.savepoint()`."
            )
        if not self.written:
            return
        if not self._is_outermost():
            _check_deferred(connection)
        elif connection.vendor == "sqlite" and connection.commit_on_exit:
            _commit_sqlite(connection)

    def _raise_meaning(self, failure: DatabaseError | BrokenReference) -> None:
        if isinstance(failure, TransactionManagementError) and self._lost is not None:
            raise self._lost from failure
        meaning = meaning_at_the_end(failure, get_connection(self.using).alias, self.written)
        if meaning is None:
            raise failure
        raise meaning from failure


def _check_deferred(connection: BaseDatabaseWrapper) -> None:
    """Check the constraints that wait for the end of a transaction which goes on after the block.

    Raises:
        DatabaseError: one is violated.
        BrokenReference: a reference leads to nothing.
    """
    if connection.vendor == "postgresql":
        # Undone at once, so that the constraints go on to wait, each as it is declared.
        savepoint = str(connection.savepoint())
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        finally:
            connection.savepoint_rollback(savepoint)
            connection.savepoint_commit(savepoint)
    elif connection.vendor == "sqlite" and _opened_by_test(connection.atomic_blocks[0]):
        # It reads whole tables, which only tests can afford; elsewhere the commit finds out.
        violation = broken_reference(connection)
        if violation is not None:
            raise BrokenReference(violation)


def _commit_sqlite(connection: BaseDatabaseWrapper) -> None:
    """Commit, and where that fails for a reference to nothing, ask which one while the transaction is still open.

    SQLite does not say which, and Django rolls back at once.

    Raises:
        DatabaseError: the commit failed.
        BrokenReference: a reference leads to nothing.
    """
    try:
        with connection.wrap_database_errors:
            connection.connection.commit()
    except DatabaseError as error:
        refused = violation_of(error)
        violation = broken_reference(connection) if refused and refused.kind is Kind.REFERENCE else None
        if violation is None:
            raise
        raise BrokenReference(violation) from error


@contextmanager
def writing(model: type[Model], using: str, *, deleting: bool, aliases: Mapping[str, str]) -> Iterator[None]:
    """Return a block for one write, which is undone alone when an exception leaves it.

    Args:
        model: the table.
        using: the alias of the database.
        deleting: whether rows are deleted; otherwise they are saved.
        aliases: the names in the schemas of references whose columns have another name, by table.

    Raises:
        OutsideUnitOfWork: the unit of work that is open is on another database.
    """
    block = open_block(using)
    own: AbstractContextManager[None] = transaction.atomic(using=using)
    if block is not None and begins_with_next_statement(using):
        own = begun_anew_after_error(using)
    if block is None and not is_inside_another(using):
        _refuse_other_blocks(model, using)
        if not get_connection(using).in_atomic_block:
            own = block = Block(using)
    if block is not None:
        block.written.note(model._meta.db_table, deleted=deleting, aliases=aliases)
    with own:
        try:
            yield
        except DatabaseError as error:
            if block is not None:
                block.note_error(error)
            raise


def note_undo(using: str, undo: Callable[[], None]) -> None:
    """Have the open block of a database, if there is one, undo what no database undoes, when an exception leaves it.

    Args:
        using: the alias of the database.
        undo: is called after the rollback; raises nothing.
    """
    block = open_block(using)
    if block is not None:
        block.undo.append(undo)


def open_block(using: str) -> Block | None:
    """Return the outermost block that is open on a database in this thread, if there is one."""
    blocks = get_connection(using).atomic_blocks
    return next((block for block in blocks if isinstance(block, Block)), None)


def is_inside_another(using: str) -> bool:
    """Return whether a transaction is open that is somebody else's, but for those of Django's `TestCase`."""
    return any(not _opened_by_test(block) for block in get_connection(using).atomic_blocks)


def _refuse_other_blocks(model: type[Model], using: str) -> None:
    others = [other.alias for other in connections.all(initialized_only=True) if open_block(other.alias) is not None]
    if others:
        raise OutsideUnitOfWork(
            f"A row of {model._meta.label} is to be written to the database {using!r}, and the unit of work that is "
            f"open is on {others[0]!r}: what is written to {using!r} would be kept even if the rest is undone. Let the "
            f"service that writes it have `database_unit_of_work(using={using!r})`. Two databases cannot be kept "
            "together; where each is to be kept for itself, open a block on both."
        )


def _opened_by_test(block: Atomic) -> bool:
    return bool(getattr(block, "_from_testcase", False))
