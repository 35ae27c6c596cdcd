"""The sets of fields that a model declares to be unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model, UniqueConstraint
from pydantic import BaseModel

from django_layers.repositories.declaration import DeclarationError
from django_layers.repositories.fields import AnyField, did_you_mean, find_field, key_columns, names_of
from django_layers.repositories.integrity.constraints import fields_of_unique

__all__ = ["UniqueSet", "find_unique_set", "refuse_ungiven", "taken_over", "unique_sets"]


@dataclass(frozen=True)
class UniqueSet:
    """Fields whose values no two rows share.

    Attributes:
        fields: the fields, as many as there are in its expressions where it is made of those.
        constraint: the constraint, where it is one of `Meta.constraints`.
    """

    fields: tuple[AnyField, ...]
    constraint: UniqueConstraint | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in a row ("recipe_id")."""
        return tuple(field.attname for field in self.fields)

    @property
    def is_plain(self) -> bool:
        """Whether it is about the columns as they are, and about every row."""
        found = self.constraint
        return found is None or not (found.expressions or found.condition or found.deferrable)

    @property
    def null_is_a_value(self) -> bool:
        """Whether two rows with NULL are the same; in most sets they are not."""
        return self.constraint is not None and self.constraint.nulls_distinct is False


def unique_sets(model: type[Model]) -> Iterator[UniqueSet]:
    """Yield the unique sets of a model, the primary key first."""
    yield UniqueSet((model._meta.pk,))
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield UniqueSet((field,))
    by_name = {field.name: field for field in model._meta.concrete_fields}
    for names in model._meta.unique_together:
        yield UniqueSet(tuple(by_name[name] for name in names))
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield UniqueSet(fields_of_unique(model, constraint), constraint)


def find_unique_set(where: str, model: type[Model], names: Iterable[str]) -> UniqueSet:
    """Return the unique set of a model that is made of exactly these fields.

    Args:
        where: what asks for it, for the error.
        model: the table.
        names: the names of the fields, or of their columns, in any order.

    Raises:
        DeclarationError: there is no such set, or it cannot tell which row is meant.
    """
    wanted = tuple(names)
    columns = {_column(where, model, name) for name in wanted}
    found = [each for each in unique_sets(model) if set(each.columns) == columns]
    if not found:
        raise DeclarationError(
            f"{where}: {', '.join(wanted) or 'nothing'} is not unique in {model._meta.label}. Its unique sets are: "
            f"{'; '.join(', '.join(each.columns) for each in unique_sets(model) if each.is_plain)}. Declare one in "
            f'Meta.constraints: `models.UniqueConstraint(fields={list(wanted)!r}, name="a_name")`.'
        )
    plain = [each for each in found if each.is_plain]
    if not plain:
        raise DeclarationError(
            f"{where}: {', '.join(wanted)} is unique in {model._meta.label} only under a condition, in an expression, or "
            "at the end of a transaction, so it does not tell which row is meant. Name a set that always holds."
        )
    return plain[0]


def refuse_ungiven(model: type[Model], row: BaseModel, columns: Mapping[str, object], unique: UniqueSet) -> None:
    """Refuse a new row that does not hold the values of a unique set.

    Args:
        model: the table.
        row: the new row.
        columns: its columns.
        unique: the unique set.

    Raises:
        DeclarationError: one of the values is not given.
    """
    unknown = [column for column in unique.columns if column not in columns]
    if unknown:
        raise DeclarationError(
            f"{type(row).__name__} does not hold {', '.join(unknown)}, so it does not tell which row of "
            f"{model._meta.label} is meant. Give it that field."
        )


def taken_over(model: type[Model], columns: Mapping[str, object], unique: UniqueSet) -> dict[str, object]:
    """Return the columns that a row takes over from a new one: all but those that make it the row that it is."""
    fixed = {*unique.columns, *(field.attname for field in key_columns(model))}
    return {name: value for name, value in columns.items() if name not in fixed}


def _column(where: str, model: type[Model], name: str) -> str:
    field = find_field(model, name)
    if field is None or field not in model._meta.concrete_fields:
        raise DeclarationError(
            f"{where}: {name!r} is no column of {model._meta.label}.{did_you_mean(name, names_of(model))}"
        )
    return str(field.attname)  # type: ignore[union-attr]  # it is a column
