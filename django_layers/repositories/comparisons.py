"""What a filter compares: which column of a row, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import Exists, Field, ForeignObjectRel, JSONField, Model, OuterRef, Q
from django.db.models.constants import LOOKUP_SEP

from django_layers.repositories.comparing import Side, side_of
from django_layers.repositories.declaration import DeclarationError
from django_layers.repositories.fields import AnyField, find_field, follow, target_field
from django_layers.repositories.scopes import condition_of, has_scope

__all__ = ["SEVERAL", "Comparison", "comparison_on"]

SEVERAL: Final = frozenset({"in", "range"})
"""The comparisons with several values."""

_GREATER: Final = frozenset({"gt", "gte"})
_LESS: Final = frozenset({"lt", "lte"})
_NOTHING: Final = Q(pk__in=[])


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A comparison with the value of a filter.

    Attributes:
        model: the table of the list.
        lookup: what is asked of the database, as a lookup from the model.
        path: the lookup without what is done to the column at its end.
        parts: what is made of the column before it is compared ("year").
        how: how it is compared ("exact", "gte", "in").
        column: what is compared, a part of a column being a column too; None where that is not known.
        to_many: whether it is asked of any of many rows.
        through: the rows that are asked, as paths with their models.
    """

    model: type[Model]
    lookup: str
    path: str
    parts: tuple[str, ...] = ()
    how: str
    column: AnyField | None = None
    to_many: bool = False
    through: tuple[tuple[str, type[Model]], ...] = ()

    def reaches(self, value: object, using: str) -> bool:
        """Return whether the database can compare with the value."""
        values = value if self.how in SEVERAL and isinstance(value, tuple | list | set | frozenset) else (value,)
        return all(self._side(each, using) is Side.AMONG for each in values)

    def said_of(self, value: object, using: str) -> Q:
        """Return the condition of the rows that a value asks for, about rows that are there.

        Args:
            value: the value; one that no column can hold compares as it does in arithmetic.
            using: the alias of the database.
        """
        if self.to_many and self.how == "isnull" and value is True and self._ends_with_rows:
            return ~self._asked_of_many(Q(**{self.lookup: False}), using)
        condition = self.compared(value, using)
        if self.to_many:
            return self._asked_of_many(condition, using)
        there = self._there(using)
        if self.how == "isnull" and value is True and there:
            return condition | ~there
        return condition & there

    def compared(self, value: object, using: str) -> Q:
        """Return the comparison alone."""
        if self.reaches(value, using):
            return Q(**{self.lookup: value})
        if self.how == "in":
            return Q(**{self.lookup: [each for each in cast("Any", value) if self._side(each, using) is Side.AMONG]})
        if self.how == "range":
            least, most = cast("Any", value)
            return self._bounded("gte", least, using) & self._bounded("lte", most, using)
        return self._bounded(self.how, value, using)

    def _bounded(self, how: str, value: object, using: str) -> Q:
        side = self._side(value, using)
        if side is Side.AMONG:
            return Q(**{LOOKUP_SEP.join((self.path, *self.parts, how)): value})
        if side is (Side.BELOW if how in _GREATER else Side.ABOVE) and how in _GREATER | _LESS:
            return Q(**{f"{self.path}__isnull": False})
        return _NOTHING

    def _side(self, value: object, using: str) -> Side:
        return side_of(self.column, self.parts, value, using)

    @property
    def _ends_with_rows(self) -> bool:
        return bool(self.through) and self.through[-1][0] == self.path

    def _there(self, using: str) -> Q:
        """Return the condition of rows behind which all rows that are asked are there."""
        there = Q()
        for path, model in self.through:
            if has_scope(model):
                there &= condition_of(model, path, using)
        return there

    def _asked_of_many(self, condition: Q, using: str) -> Q:
        rows = self.model._base_manager.using(using).filter(condition & self._there(using), pk=OuterRef("pk"))
        return Q(Exists(rows))


def comparison_on(model: type[Model], lookup: str) -> Comparison:
    """Return the comparison that a lookup makes.

    Raises:
        DeclarationError: a name on the way is no field of the model that is reached there, or nothing that can be asked
            of it.
    """
    found = follow(model, lookup)
    column = _compared(found.field)
    path = LOOKUP_SEP.join(lookup.split(LOOKUP_SEP)[: -len(found.rest) or None])
    parts, how, part = _split(column, lookup, found.rest)
    return Comparison(
        model=model,
        lookup=lookup,
        path=path,
        parts=parts,
        how=how,
        column=part,
        to_many=found.to_many,
        through=tuple(_rows_on(model, path)),
    )


def _compared(found: AnyField | ForeignObjectRel) -> AnyField:
    """Return the column that a value is compared with: for a relation with no column here, the key at its end."""
    if found.many_to_many or isinstance(found, ForeignObjectRel):
        return cast("type[Model]", found.related_model)._meta.pk
    return found


def _split(column: AnyField, lookup: str, rest: tuple[str, ...]) -> tuple[tuple[str, ...], str, AnyField | None]:
    """Return what is made of a column, how that is compared, and what it is."""
    part: AnyField | None = target_field(column)
    # What there is in a document is known to nobody beforehand.
    if isinstance(part, JSONField):
        return (), rest[-1] if rest else "exact", None
    for index, name in enumerate(rest):
        if part is None:
            break
        if index == len(rest) - 1 and part.get_lookup(name) is not None:
            return rest[:-1], name, part
        transform = part.get_transform(name)
        if transform is None:
            raise DeclarationError(
                f"{lookup!r}: {name!r} is neither a part nor a comparison of {LOOKUP_SEP.join(rest[:index]) or 'it'}."
            )
        made = getattr(transform, "output_field", part)
        part = made if isinstance(made, Field) else part
    return rest, "exact", part


def _rows_on(model: type[Model], path: str) -> Iterator[tuple[str, type[Model]]]:
    """Give the rows that a path leads through: not those of a reference at its end, which is a column."""
    here: type[Model] | None = model
    names = path.split(LOOKUP_SEP)
    for index, name in enumerate(names):
        found = find_field(here, name) if here is not None and name != "pk" else None
        if found is None or not found.is_relation:
            return
        here = found.related_model if isinstance(found.related_model, type) else None
        is_column = isinstance(found, Field) and found.concrete and not found.many_to_many
        if here is not None and not (is_column and index == len(names) - 1):
            yield LOOKUP_SEP.join(names[: index + 1]), here
