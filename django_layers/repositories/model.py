"""The repository of a model: every query of an entity, in DTOs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from django.db.models import QuerySet

from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT, RepositoryBase
from django_layers.repositories.capacity import fits
from django_layers.repositories.declaration import DeclarationError
from django_layers.repositories.files import delete_files, remove_file, store_file
from django_layers.repositories.integrity.dangling import dangling_reference
from django_layers.repositories.logs import log_write
from django_layers.repositories.projection import UnreadableRow
from django_layers.repositories.refusals import missing, reference_refused
from django_layers.schemas import Page, Upload

__all__ = ["ModelRepository"]


class ModelRepository(
    RepositoryBase[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
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
            (`{"stars_min": "stars__gte"}`).
        orders: the lookups of each order of the query schema that is not named as a field
            (`{"best": ("-stars", "created_at")}`).
        id_lists: the many-to-many field of each list of keys in the schemas (`{"tag_ids": "tags"}`).
        expressions: how the database works out a field of the read schema that is no column
            (`{"average": Avg("ratings__stars")}`).
    """

    def get(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT:
        """Return a row.

        Args:
            key: the primary key.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            NotFound: there is no such row.
        """
        found = self.get_or_none(key, visible_to=visible_to)
        if found is None:
            raise missing(self._model)
        return found

    def get_or_none(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT | None:
        """Return a row, or None where there is no such row.

        Args:
            key: the primary key.
            visible_to: whose rows there are; None stands for everybody's.
        """
        found = self._read(self._with_key(self._visible(visible_to), key))
        return found[0] if found else None

    def many(self, keys: Sequence[Key], /, *, visible_to: Key | None = None) -> tuple[ReadT, ...]:
        """Return the rows that have these keys, in the order of the keys; those that do not exist are left out.

        Args:
            keys: the primary keys.
            visible_to: whose rows there are; None stands for everybody's.
        """
        queryset = self._visible(visible_to)
        wanted = [key for key in dict.fromkeys(keys) if fits(self._key_field, key, queryset.db)]
        return self._read_keys(queryset, wanted) if wanted else ()

    def page(self, query: QueryT, /, *, visible_to: Key | None = None) -> Page[ReadT]:
        """Return the page of rows that the query asks for.

        A page goes on after the last row of the one before, so rows that come and go meanwhile make no row appear twice
        or not at all, and the hundredth page costs what the first does. NULL is last in every order.

        Args:
            query: filters, order and page.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            RuleViolated: the cursor was changed, or belongs to a list with other filters or another order.
        """
        return self._page(self._filtered(query, visible_to), query, visible_to=visible_to)

    def count(self, query: QueryT, /, *, visible_to: Key | None = None) -> int:
        """Return how many rows the query asks for on all pages together.

        Args:
            query: the filters; its order and page do not matter.
            visible_to: whose rows there are; None stands for everybody's.
        """
        return self._filtered(query, visible_to).count()

    def exists(self, key: Key, /, *, visible_to: Key | None = None) -> bool:
        """Return whether there is a row.

        Args:
            key: the primary key.
            visible_to: whose rows there are; None stands for everybody's.
        """
        return self._with_key(self._visible(visible_to), key).exists()

    def add(self, row: InsertT, /) -> ReadT:
        """Store a new row and return it as it is stored.

        Raises:
            Conflict: there is a row with the same unique values already.
            RuleViolated: a value is missing, not allowed, or refers to nothing.
        """
        using = self._database_for_writes()
        instance = self._compiled().writer.insert(row, using)
        log_write("add", self._model, instance.pk, using=using)
        return self._read_back([instance.pk], using)[0]

    def add_many(self, rows: Sequence[InsertT], /) -> tuple[ReadT, ...]:
        """Store new rows with one statement and return them, all or none.

        Made for many rows: `Model.save` is not called and no signal is sent, `auto_now` and defaults work. (On MySQL,
        which does not tell the keys of new rows, they are saved one by one.)

        Raises:
            Conflict: there is a row with the same unique values already.
            RuleViolated: a value is missing, not allowed, or refers to nothing.
        """
        using = self._database_for_writes()
        keys = [instance.pk for instance in self._compiled().writer.insert_many(rows, using)]
        for key in keys:
            log_write("add", self._model, key, using=using)
        return self._read_back(keys, using)

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
        if self._compiled().writer.update(self._rows_to_write(key, using), key, changes, version):
            log_write("update", self._model, key, using=using)
        return self._read_back([key], using)[0]

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

    def _read_back(self, keys: Sequence[object], using: str) -> tuple[ReadT, ...]:
        """Return rows that were just written.

        Most databases look for a reference to nothing at the end of the transaction; a join over it finds no row now.

        Raises:
            RuleViolated: one of the rows refers to nothing.
        """
        try:
            found = self._read_keys(self._stored(using), keys)
        except UnreadableRow:
            self._refuse_dangling(keys, using)
            raise
        if len(found) < len(keys):
            self._refuse_dangling(keys, using)
        return found

    def _refuse_dangling(self, keys: Sequence[object], using: str) -> None:
        field = dangling_reference(self._model, keys, using)
        if field is not None:
            raise reference_refused(self._model, field)

    def _rows_to_write(self, key: Key, using: str) -> QuerySet[ModelT]:
        if not fits(self._key_field, key, using):
            raise missing(self._model)
        return self._queryset().using(using)

    def _check_version(self, version: int | None) -> None:
        if version is not None and not self._compiled().writer.is_versioned:
            raise DeclarationError(
                f"{type(self).__name__} was given a version, and {self._model._meta.label} counts none. Give the model "
                "`version = models.PositiveIntegerField(default=1, editable=False)`, and the schemas no way to set it."
            )
