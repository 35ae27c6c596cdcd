"""Writing rows by `Model.save` and `Model.delete`: overrides, automatic values and signals are what they always are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from django.db import connections, router
from django.db.models import (
    Field,
    IntegerField,
    Manager,
    ManyToManyField,
    Model,
    ProtectedError,
    QuerySet,
    RestrictedError,
)
from pydantic import MISSING, BaseModel

from django_layers.repositories.block import writing
from django_layers.repositories.capacity import room_in
from django_layers.repositories.declaration import Declaration, DeclarationError, Problems
from django_layers.repositories.fields import AnyField, did_you_mean, find_field, names_of
from django_layers.repositories.integrity import translating
from django_layers.repositories.linking import refuse_unseen
from django_layers.repositories.refusals import (
    missing,
    null_refused,
    range_refused,
    stale,
    still_referenced,
)

__all__ = [
    "VERSION",
    "Values",
    "Writer",
    "compile_writer",
    "inherits_from_a_table",
    "refusing_protected",
    "shows_all",
    "store_new",
]

Values: TypeAlias = "tuple[dict[str, object], dict[str, object]]"
"""The columns and the lists of keys of a schema, as `Writer.split` gives them."""

VERSION = "version"
"""The column that counts the changes of a row."""


def inherits_from_a_table(model: type[Model]) -> bool:
    """Return whether a row of the model is made of rows of several tables."""
    concrete = model._meta.concrete_model
    return any(parent._meta.concrete_model is not concrete for parent in model._meta.all_parents)


def store_new(instance: Model, using: str) -> None:
    """Store a new row, in each table that it is in.

    Of the tables that a model inherits from, Django would otherwise take over the row that has the key of the new one.
    """
    instance.save(force_insert=(Model,) if inherits_from_a_table(type(instance)) else True, using=using)


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Stores, changes and deletes the rows of a repository.

    Attributes:
        model: the table.
        id_lists: the many-to-many field of each list of keys.
        automatic: the names of the fields that `save` fills in each time.
        is_versioned: whether each change counts the row's version up.
    """

    model: type[Model]
    id_lists: Mapping[str, str]
    automatic: tuple[str, ...]
    is_versioned: bool
    _columns: dict[str, tuple[AnyField, Callable[[object], bool] | None]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def insert(self, row: Values, using: str) -> Model:
        """Store a new row and return it; inside of `guarded`."""
        columns, lists = row
        instance = self.model(**columns)
        store_new(instance, using)
        self.set_lists(instance, lists)
        return instance

    def update(self, rows: QuerySet[Any], key: object, changes: Values, version: int | None) -> bool:
        """Change a row and return whether there was something to change; what is missing keeps its value.

        It is called inside of `guarded`, as `insert` is, so that what is found out when the row is read back undoes it.

        Args:
            rows: the rows that there are for the repository.
            key: the primary key.
            changes: the new values.
            version: the version that the row must have, if any.
        """
        columns, lists = changes
        instance = self.locked(rows, key, version)
        if not columns and not lists:
            return False
        for name, value in columns.items():
            setattr(instance, name, value)
        self.save(instance, columns, rows.db)
        self.set_lists(instance, lists)
        return True

    def save(self, instance: Model, columns: Mapping[str, object], using: str) -> None:
        """Store the named columns of a row, and with them what is automatic."""
        names = {self.field(column).name for column in columns} | set(self.automatic)
        if self.is_versioned:
            setattr(instance, VERSION, getattr(instance, VERSION) + 1)
            names.add(VERSION)
        if not names:
            return
        instance.save(update_fields=sorted(names), using=using)

    def delete(self, rows: QuerySet[Any], key: object, version: int | None) -> Model:
        """Delete a row with all that goes with it, and return it as it was."""
        with self.guarded(rows.db, deleting=True):
            instance = self.locked(rows, key, version)
            with refusing_protected(self.model):
                _delete(instance, rows.db)
        return instance

    def locked(self, rows: QuerySet[Any], key: object, version: int | None) -> Model:
        """Return a row as an object, locked against others until the end of the transaction.

        Raises:
            NotFound: there is no such row.
            Stale: the row has another version.
        """
        features = connections[rows.db].features
        lockable = self.model._base_manager.using(rows.db).select_for_update(
            of=("self",) if features.has_select_for_update_of else ()
        )
        instance = lockable.filter(pk=key).first()
        # The repository may show fewer rows than there are in the table.
        if instance is None or (not shows_all(rows) and not rows.filter(pk=key).exists()):
            raise missing(self.model)
        if version is not None and version != getattr(instance, VERSION):
            raise stale(self.model)
        return instance

    @contextmanager
    def guarded(self, using: str, *, deleting: bool = False) -> Iterator[None]:
        """Return a block that is undone when the database refuses something in it, and raises the domain's error."""
        aliases = {self.through(alias)._meta.db_table: alias for alias in self.id_lists}
        with (
            translating(self.model, using, deleting=deleting, id_lists=self.id_lists),
            writing(self.model, using, deleting=deleting, aliases=aliases),
        ):
            yield

    def split(self, values: BaseModel) -> Values:
        """Return the columns and the lists of keys of a schema, without what is missing.

        Raises:
            RuleViolated: a column is None that cannot be NULL, or cannot hold its value.
        """
        given = _given(values)
        columns = {name: value for name, value in given.items() if name not in self.id_lists}
        for name, value in columns.items():
            field, has_room = self._column(name)
            if value is None:
                if not field.null:
                    raise null_refused(self.model, field)
            elif has_room is not None and not has_room(value):
                raise range_refused(self.model, field)
        return columns, {name: value for name, value in given.items() if name in self.id_lists}

    def set_lists(self, instance: Model, lists: Mapping[str, object]) -> None:
        """Make the lists of keys of a row what is given, with the signal of many-to-many relations.

        Raises:
            RuleViolated: one of the keys is of no row that is there.
        """
        for name, keys in lists.items():
            manager = getattr(instance, self.id_lists[name])
            refuse_unseen(self.links(name), cast("Iterable[object]", keys), manager.db, alias=name)
            manager.set(keys)

    def _column(self, name: str) -> tuple[AnyField, Callable[[object], bool] | None]:
        """Return a column, and what tells whether it has room for a value."""
        found = self._columns.get(name)
        if found is None:
            field = self.field(name)
            found = self._columns[name] = field, room_in(field)
        return found

    def field(self, name: str) -> AnyField:
        """Return a column by its name, or by that of its field."""
        return cast("AnyField", find_field(self.model, name))

    def links(self, name: str) -> ManyToManyField[Any, Any]:
        """Return the many-to-many relation of a list of keys."""
        return cast("ManyToManyField[Any, Any]", self.model._meta.get_field(self.id_lists[name]))

    def through(self, name: str) -> type[Model]:
        """Return the table of a list of keys."""
        return cast("type[Model]", self.links(name).remote_field.through)


@contextmanager
def refusing_protected(model: type[Model]) -> Iterator[None]:
    """Raise the domain's error where Django refuses to delete rows inside, because others refer to them.

    Raises:
        Conflict: something still refers to one of the rows.
    """
    try:
        yield
    except ProtectedError as error:
        raise still_referenced(model, {type(each) for each in error.protected_objects}) from error
    except RestrictedError as error:
        raise still_referenced(model, {type(each) for each in error.restricted_objects}) from error


def compile_writer(declaration: Declaration) -> Writer:
    """Return what writes the rows of a repository.

    Raises:
        DeclarationError: a field of the insert or changes schema is no column of the model.
    """
    problems = Problems()
    for schema in (declaration.insert, declaration.changes):
        for name in schema.model_fields:
            with problems:
                _check_writable(declaration, schema, name)
    problems.raise_any()
    model = declaration.model
    return Writer(
        model=model,
        id_lists=declaration.id_lists,
        automatic=tuple(field.name for field in model._meta.concrete_fields if getattr(field, "auto_now", False)),
        is_versioned=_is_versioned(declaration),
    )


def _check_writable(declaration: Declaration, schema: type[BaseModel], name: str) -> None:
    model = declaration.model
    if name in declaration.id_lists:
        return
    found = find_field(model, name)
    where = f"{schema.__name__}.{name} ({model._meta.label})"
    if found is None:
        raise DeclarationError(
            f"{where}: {model._meta.label} has no column {name!r}.{did_you_mean(name, names_of(model))} "
            "Where it is a list of keys, name its many-to-many field in `id_lists` of the repository."
        )
    if not isinstance(found, Field) or not found.concrete or found.many_to_many:
        raise DeclarationError(
            f"{where} is no column, so it cannot be stored. "
            "Where it is a list of keys, name its many-to-many field in `id_lists` of the repository."
        )
    if found.is_relation and name != found.attname:
        raise DeclarationError(f"{where} is a reference, which is stored by its key. Name the field {found.attname}.")


def _is_versioned(declaration: Declaration) -> bool:
    """Return whether the model counts its changes: it has an integer `version` that nobody can set."""
    field = find_field(declaration.model, VERSION)
    settable = VERSION in declaration.insert.model_fields or VERSION in declaration.changes.model_fields
    return isinstance(field, IntegerField) and not field.editable and not settable


def _given(values: BaseModel) -> dict[str, object]:
    found = {name: getattr(values, name) for name in type(values).model_fields}
    return {name: value for name, value in found.items() if value is not MISSING}


def _delete(instance: Model, using: str) -> None:
    # A `delete` of a model's own need not take the database, and where the routers say the same it is not told.
    if router.db_for_write(type(instance), instance=instance) == using:
        instance.delete()
    else:
        instance.delete(using=using)


def shows_all(rows: QuerySet[Any]) -> bool:
    """Return whether a query is for all rows of its table."""
    manager = type(rows.model._default_manager)
    return not rows.query.where and manager.get_queryset is Manager.get_queryset
