"""The errors of repositories, said in one place: in the database and in memory they are the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import (
    BaseConstraint,
    CharField,
    CheckConstraint,
    JSONField,
    Model,
    TextField,
    UniqueConstraint,
)
from django.db.models.constants import LOOKUP_SEP

from django_layers.errors import Conflict, NotFound, RuleViolated, Stale
from django_layers.repositories.fields import (
    AnyField,
    column_named,
    is_link,
    key_columns,
    names_in,
    target_field,
)

__all__ = [
    "check_refused",
    "cursor_refused",
    "exclusion_refused",
    "missing",
    "null_refused",
    "range_refused",
    "reference_refused",
    "stale",
    "still_referenced",
    "unique_refused",
]


def missing(model: type[Model], *, fields: tuple[str, ...] = ()) -> NotFound:
    """Return the error for a row that is not there, or not visible."""
    return NotFound(str(model._meta.verbose_name), fields=fields)


def stale(model: type[Model]) -> Stale:
    """Return the error for a row that has another version than the caller knows."""
    return Stale(f"The {model._meta.verbose_name} was changed by somebody else in the meantime.")


def cursor_refused() -> RuleViolated:
    """Return the error for a cursor that was not given out for these filters and this order."""
    return RuleViolated(
        "The cursor belongs to another list: use it with the filters and the order that it was given out for.",
        fields=("cursor",),
        code="cursor",
    )


def unique_refused(
    model: type[Model], fields: Iterable[AnyField], constraint: UniqueConstraint | None = None, *, name: str = ""
) -> Conflict:
    """Return the error for a row that has a value, or a set of values, that another row has.

    Args:
        model: the table.
        fields: the fields that must be unique; the key of a model that inherits from another table is called as there,
            which is what schemas know it by.
        constraint: the constraint, where it is one of `Meta.constraints`.
        name: the name of the constraint in the database, where that is known and it is no such constraint.
    """
    fields = tuple(key_columns(field.model)[-1] if is_link(field) else field for field in fields)
    detail = f"There is another {model._meta.verbose_name} with the same {_listed(fields)}."
    return Conflict(
        _own_message(constraint) or detail,
        fields=_names(fields),
        constraint=constraint.name if constraint else name,
        code=_own_code(constraint) or "unique",
    )


def check_refused(
    model: type[Model], constraint: CheckConstraint | None = None, fields: Iterable[AnyField] = (), *, name: str = ""
) -> RuleViolated:
    """Return the error for a row that fails a check.

    Args:
        model: the table.
        constraint: the constraint, where it is one of `Meta.constraints`.
        fields: the fields of a check that a field brings along.
        name: the name of that check in the database, where it is known.
    """
    fields = fields_of_check(model, constraint) if constraint else tuple(fields)
    return RuleViolated(
        _own_message(constraint)
        or f"The {model._meta.verbose_name} has a value that is not allowed: {_listed(fields)}.",
        fields=_names(fields),
        constraint=constraint.name if constraint else name,
        code=_own_code(constraint) or "check",
    )


def exclusion_refused(model: type[Model], constraint: BaseConstraint, fields: Iterable[AnyField]) -> Conflict:
    """Return the error for a row that may not be there beside another one, as two bookings of a room at one time.

    Args:
        model: the table.
        constraint: the constraint, one of `Meta.constraints`.
        fields: the fields that it compares.
    """
    fields = tuple(fields)
    return Conflict(
        _own_message(constraint) or f"There is another {model._meta.verbose_name} in the way: {_listed(fields)}.",
        fields=_names(fields),
        constraint=constraint.name,
        code=_own_code(constraint) or "exclusion",
    )


def null_refused(model: type[Model], field: AnyField) -> RuleViolated:
    """Return the error for a row without a value that it must have."""
    return RuleViolated(
        f"A {model._meta.verbose_name} needs its {field.verbose_name}.", fields=(field.attname,), code="required"
    )


def range_refused(model: type[Model], field: AnyField | None) -> RuleViolated:
    """Return the error for a row with a value that its column cannot hold: too long, too large, or no such text."""
    if field is None:
        return RuleViolated(f"A value of the {model._meta.verbose_name} cannot be stored.", code="out_of_range")
    return RuleViolated(
        f"The {field.verbose_name} of the {model._meta.verbose_name} cannot be stored: it is {_too_much_of(field)}.",
        fields=(field.attname,),
        code="out_of_range",
    )


def _too_much_of(field: AnyField) -> str:
    text = isinstance(target_field(field), CharField | TextField | JSONField)
    return "too long, or has characters that no database stores" if text else "too large, or too small"


def reference_refused(model: type[Model], field: AnyField | None, *, name: str = "", alias: str = "") -> RuleViolated:
    """Return the error for a row that refers to one that does not exist.

    Args:
        model: the table.
        field: the reference, where it is known.
        name: the name of the constraint in the database, where it is known.
        alias: the name of the reference in the schemas, where that is not the name of its column.
    """
    if field is None:
        detail = f"The {model._meta.verbose_name} refers to something that does not exist."
        return RuleViolated(detail, constraint=name, code="reference_missing")
    target = field.related_model
    what = target._meta.verbose_name if isinstance(target, type) else field.verbose_name
    return RuleViolated(
        f"The {model._meta.verbose_name} refers to a {what} that does not exist.",
        fields=(alias or field.attname,),
        constraint=name,
        code="reference_missing",
    )


def still_referenced(model: type[Model], sources: Iterable[type[Model]] = (), *, name: str = "") -> Conflict:
    """Return the error for a row that cannot go while others refer to it.

    Args:
        model: the table of the row.
        sources: the tables of the rows that refer to it, where they are known.
        name: the name of the constraint in the database, where it is known.
    """
    plurals = sorted({str(source._meta.verbose_name_plural) for source in sources})
    by = f" by {' and '.join(plurals)}" if plurals else ""
    return Conflict(
        f"The {model._meta.verbose_name} is still referred to{by}.", constraint=name, code="still_referenced"
    )


def fields_of_check(model: type[Model], constraint: CheckConstraint) -> tuple[AnyField, ...]:
    """Return the fields that a check constraint is about."""
    names = getattr(constraint.condition, "referenced_base_fields", None)
    if names is None:
        names = {name.split(LOOKUP_SEP)[0] for name in names_in(constraint.condition)}
    found = (column_named(model, name) or _field_named(model, name) for name in sorted(names))
    return tuple(field for field in found if field is not None)


def _field_named(model: type[Model], name: str) -> AnyField | None:
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def _own_message(constraint: BaseConstraint | None) -> str:
    """Return the message that the project gave the constraint, if it gave one."""
    if constraint is None or constraint.violation_error_message == constraint.default_violation_error_message:
        return ""
    return str(constraint.get_violation_error_message())


def _own_code(constraint: BaseConstraint | None) -> str:
    return str(getattr(constraint, "violation_error_code", None) or "")


def _names(fields: Iterable[AnyField]) -> tuple[str, ...]:
    return tuple(field.attname for field in fields)


def _listed(fields: Iterable[AnyField]) -> str:
    names = [str(field.verbose_name) for field in fields]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "values"
