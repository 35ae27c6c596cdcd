"""The repository of a model: every query of an entity, in DTOs."""

from __future__ import annotations

from typing import Generic

from django.db.models import QuerySet

from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT
from django_layers.repositories.capacity import fits
from django_layers.repositories.declaration import DeclarationError
from django_layers.repositories.files import delete_files, remove_file, store_file
from django_layers.repositories.locking import lock_row
from django_layers.repositories.logs import log_write
from django_layers.repositories.refusals import missing
from django_layers.repositories.sets import SetBasedRepository
from django_layers.schemas import Upload

__all__ = ["ModelRepository"]


class ModelRepository(
    SetBasedRepository[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
):
    """The rows of a model, as DTOs.

    The brackets are the only declaration that is needed::

        class DjangoRatingRepository(
            ModelRepository[Rating, RatingRead, RatingInsert, RatingChanges, RatingQuery]
        ):
            '''Ratings in the database.'''

    Reads select what the schema needs and nothing else, in one query and one more for each list inside of it. Writes go
    through `Model.save` and `Model.delete`, each in a savepoint of its own, so that after a caught error the
    transaction goes on. Transactions are the services'. Own queries return DTOs too::

        def best(self) -> tuple[RatingRead, ...]:
            return self._read(self._queryset().order_by("-stars")[:5])

    Attributes:
        owner: the name of the field that says whose a row is, where rows are private.
        filters: the lookup of each filter of the query schema that is not named as a field
            (`{"stars_min": "stars__gte"}`), or several of which any may hold
            (`{"search": ("title__icontains", "summary__icontains")}`).
        orders: the lookups of each order of the query schema that is not named as a field
            (`{"best": ("-stars", "created_at")}`).
        id_lists: the many-to-many field of each list of keys in the schemas (`{"tag_ids": "tags"}`).
        expressions: how the database works out a field of the read schema that is no column
            (`{"average": Avg("ratings__stars")}`).
        unscoped: the names of expressions, and the lookups of orders (`"author__name"`), that look at rows of other tables
            which a row scope hides, and may; every other one that does is refused.
    """

    def add(self, row: InsertT, /) -> ReadT:
        """Store a new row and return it as it is stored.

        Raises:
            Conflict: there is a row with the same unique values already.
            RuleViolated: a value is missing, not allowed, or refers to nothing.
        """
        using = self._database_for_writes()
        writer = self._compiled().writer
        values = writer.split(row)
        with writer.guarded(using):
            instance = writer.insert(values, using)
            stored = self._read_back([instance.pk], using)[0]
        log_write("add", self._model, instance.pk, using=using)
        return stored

    def update(self, key: Key, changes: ChangesT, /, *, version: int | None = None) -> ReadT:
        """Change a row and return it as it is stored; what is `MISSING` keeps its value.

        Where nothing is given nothing is written: no automatic value changes either.

        Args:
            key: the primary key.
            changes: the new values.
            version: the version that the row must still have; for models that count their changes.

        Raises:
            NotFound: there is no such row.
            Stale: the row has another version.
            Conflict: there is another row with the same unique values.
            RuleViolated: a value is missing, not allowed, or refers to nothing.
        """
        using = self._database_for_writes()
        self._check_version(version)
        writer, rows = self._compiled().writer, self._rows_to_write(key, using)
        values = writer.split(changes)
        with writer.guarded(using):
            is_changed = writer.update(rows, key, values, version)
            stored = self._read_back([key], using)[0]
        if is_changed:
            log_write("update", self._model, key, using=using)
        return stored

    def lock(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT:
        """Lock a row until the end of the unit of work, and return it as it is then (`SELECT ... FOR UPDATE`).

        Whoever else locks, changes or deletes the row waits; reads do not. For what is decided by the values of a row,
        and must not be decided twice. SQLite knows no locks of rows: there this is a read, and of two transactions that
        have read before they write the second fails as `Busy`.

        Args:
            key: the primary key.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            NotFound: there is no such row.
            Busy: somebody else keeps the row locked for longer than the database waits.
            OutsideUnitOfWork: there is no unit of work that would hold the lock.
        """
        using = self._database_for_writes()
        rows = self._with_key(self._writable(self._visible(visible_to), using), key)
        lock_row(self._model, rows)
        return self._read_one(rows)

    def delete(self, key: Key, /, *, version: int | None = None) -> None:
        """Delete a row, with what the model says goes with it.

        The row's own files are deleted after the commit; those of rows that go with it stay in their storage.

        Args:
            key: the primary key.
            version: the version that the row must still have; for models that count their changes.

        Raises:
            NotFound: there is no such row.
            Stale: the row has another version.
            Conflict: something still refers to the row.
        """
        using = self._database_for_writes()
        self._check_version(version)
        delete_files(self._compiled().writer.delete(self._rows_to_write(key, using), key, version), using)
        log_write("delete", self._model, key, using=using)

    def _store_file(self, key: Key, field: str, upload: Upload, *, version: int | None = None) -> ReadT:
        """Store a file of a row in place of the one that it has, and return the row.

        Args:
            key: the primary key.
            field: the name of the file field.
            upload: the file.
            version: the version that the row must still have; for models that count their changes.

        Raises:
            NotFound: there is no such row.
            Stale: the row has another version.
        """
        using = self._database_for_writes()
        self._check_version(version)
        store_file(self._compiled().writer, self._rows_to_write(key, using), key, field, upload, version=version)
        log_write("update", self._model, key, using=using)
        return self._read_back([key], using)[0]

    def _remove_file(self, key: Key, field: str, *, version: int | None = None) -> ReadT:
        """Leave a row without its file, and return the row; a row without one stays as it is.

        Args:
            key: the primary key.
            field: the name of the file field.
            version: the version that the row must still have; for models that count their changes.

        Raises:
            NotFound: there is no such row.
            Stale: the row has another version.
        """
        using = self._database_for_writes()
        self._check_version(version)
        remove_file(self._compiled().writer, self._rows_to_write(key, using), key, field, version=version)
        log_write("update", self._model, key, using=using)
        return self._read_back([key], using)[0]

    def _rows_to_write(self, key: Key, using: str) -> QuerySet[ModelT]:
        if not fits(self._key_field, key, using):
            raise missing(self._model)
        return self._writable(self._queryset(), using)

    def _check_version(self, version: int | None) -> None:
        if version is not None and not self._compiled().writer.is_versioned:
            raise DeclarationError(
                f"{type(self).__name__} was given a version, and {self._model._meta.label} counts none. Give the model "
                "`version = models.PositiveIntegerField(default=1, editable=False)`, and the schemas no way to set it."
            )
