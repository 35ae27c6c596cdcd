"""The set-based writes of a repository."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT
from django_layers.repositories.integrity.dangling import dangling_reference
from django_layers.repositories.logs import log_rows, log_write
from django_layers.repositories.projection import UnreadableRow
from django_layers.repositories.reading import ReadingRepository
from django_layers.repositories.refusals import reference_refused
from django_layers.repositories.sets.adding import add_rows
from django_layers.repositories.sets.changing import change_rows
from django_layers.repositories.sets.deleting import delete_rows
from django_layers.repositories.sets.unique import find_unique_set
from django_layers.repositories.sets.upserting import upsert_row

__all__ = ["SetBasedRepository"]


class SetBasedRepository(
    ReadingRepository[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
):
    """What `ModelRepository` writes by statements about many rows; see there for what a subclass declares."""

    def add_many(self, rows: Sequence[InsertT], /) -> tuple[ReadT, ...]:
        """Store new rows with one statement and return them, all or none.

        `Model.save` is not called and no signal is sent; `auto_now`, defaults and `pre_save` of fields work. (On MySQL,
        which does not tell the keys of new rows, and where a model inherits from another table, they are saved one by
        one, with signals.) Lists of keys are stored with one further statement each.

        Raises:
            Conflict: there is a row with the same unique values already.
            RuleViolated: a value is missing, not allowed, or refers to nothing.
        """
        using = self._database_for_writes()
        writer = self._compiled().writer
        values = [writer.split(row) for row in rows]
        with writer.guarded(using):
            keys = [instance.pk for instance in add_rows(writer, values, using)]
            stored = self._read_back(keys, using)
        for key in keys:
            log_write("add", self._model, key, using=using)
        return stored

    def update_where(self, query: QueryT, changes: ChangesT, /, *, visible_to: Key | None = None) -> int:
        """Change all rows that a query asks for with one statement, and return how many there were.

        `Model.save` is not called, no signal is sent, and `pre_save` of fields is not asked; `auto_now` moves, for all
        rows to the same moment, and a version counts up. What is `MISSING` keeps its value; where nothing is given
        nothing is written, and the answer is 0. The condition is the statement's own: a row that somebody else changes
        meanwhile is changed only if it still is one that the query asks for. Where a list of keys is given the rows are
        locked first, and their lists replaced without a signal. The file that a changed file column named stays.

        Args:
            query: the filters, all rows where it has none; its order and page do not matter.
            changes: the new values, the same for each row.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            Conflict: there is another row with the same unique values; no row is changed.
            RuleViolated: a value is missing, not allowed, or refers to nothing; no row is changed.
        """
        using = self._database_for_writes()
        changed = change_rows(
            self._compiled().writer, self._writable(self._filtered(query, visible_to), using), changes
        )
        log_rows("update", self._model, changed, using=using)
        return changed

    def delete_where(self, query: QueryT, /, *, visible_to: Key | None = None) -> int:
        """Delete all rows that a query asks for, with what the model says goes with them, and return how many are gone.

        `Model.delete` is not called; `pre_delete` and `post_delete` are sent for each row, as by `QuerySet.delete`, which
        this is. What goes with the rows goes by the rules of `on_delete`: rows of other tables are not counted, rows of
        the same table are. Where no signal has a receiver and nothing refers to the table, it is one statement; else
        the rows are locked and read first. The rows' own files are deleted after the commit; those of rows that go with
        them stay in their storage.

        Args:
            query: the filters, all rows where it has none; its order and page do not matter.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            Conflict: something still refers to one of the rows; no row is deleted.
        """
        using = self._database_for_writes()
        deleted = delete_rows(self._compiled().writer, self._writable(self._filtered(query, visible_to), using))
        log_rows("delete", self._model, deleted, using=using)
        return deleted

    def upsert(self, row: InsertT, /, *, unique: Sequence[str]) -> ReadT:
        """Store a new row, or its values in the row that has the same unique values, and return it as it is stored.

        Whoever else does the same at the same moment, there is one row afterwards, and nobody gets a `Conflict` over
        these values. A row that is there takes over every value of the new one but its key, `auto_now` moves and its
        version counts up; what the new row does not name (`auto_now_add`, columns with a default) stays as it is.

        `Model.save` is not called and `post_save` is not sent, whether the row is new or not (but for a new one on MySQL,
        and where a model inherits from another table); lists of keys are replaced with their signal. It is one statement
        (`ON CONFLICT DO UPDATE`) where that can say what is meant. It cannot where the model counts a version, where the
        repository does not show all rows, and on MySQL and MariaDB where the row has another unique value: then the row
        is looked for and locked first. MySQL and MariaDB may make one of several who add the same row give way; outside
        of a transaction it is tried again, inside of one only `run` of the unit of work can.

        Args:
            row: the new row.
            unique: the fields that tell which row is meant: a unique field, or those of a unique constraint.

        Raises:
            Conflict: another unique value is taken, or these are, by a row that the repository does not show.
            RuleViolated: a value is missing, not allowed, or refers to nothing.
            Busy: the database gave way to another transaction.
            DeclarationError: the fields are not declared to be unique, or the new row does not hold them.
        """
        using = self._database_for_writes()
        found = find_unique_set(f"{type(self).__name__}.upsert", self._model, unique)

        def read_back(key: object) -> ReadT:
            return self._read_back([key], using)[0]

        key, stored = upsert_row(
            self._compiled().writer, self._writable(self._queryset(), using), row, found, read_back
        )
        log_write("upsert", self._model, key, using=using)
        return stored

    def _read_back(self, keys: Sequence[object], using: str) -> tuple[ReadT, ...]:
        """Return rows that were just written.

        Most databases look for a reference to nothing at the end of the transaction; a join over it finds no row now.

        Raises:
            RuleViolated: one of the rows refers to nothing.
        """
        try:
            found = self._read_stored(keys, using)
        except UnreadableRow:
            self._refuse_dangling(keys, using)
            raise
        if len(found) < len(keys):
            self._refuse_dangling(keys, using)
            # It is there, and out of its scope.
            raise reference_refused(self._model, None)
        return found

    def _refuse_dangling(self, keys: Sequence[object], using: str) -> None:
        field = dangling_reference(self._model, keys, using)
        if field is not None:
            raise reference_refused(self._model, field)
