"""The bounds of a column, from its validators and from simple check constraints."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core import validators
from django.db import models
from django.db.models import Q

from django_layers.scaffold.adoption.fields import AnyField, AnyModel, is_own_class
from django_layers.scaffold.adoption.texts import text_of

__all__ = ["bounds_of", "unread_constraints", "unrun_validators"]

_LOWER, _UPPER = "gte", "lte"
# What requests check anyway, by the type of a field.
_KNOWN_VALIDATORS = (
    validators.MinValueValidator,
    validators.MaxValueValidator,
    validators.MaxLengthValidator,
    validators.DecimalValidator,
    validators.ProhibitNullCharactersValidator,
    validators.EmailValidator,
    validators.URLValidator,
)


def bounds_of(field: AnyField) -> tuple[str | None, str | None]:
    """Return the least and the greatest value of a column as text; None where nothing says so."""
    found: dict[str, list[object]] = {_LOWER: [], _UPPER: []}
    if field.get_internal_type().startswith("Positive"):
        found[_LOWER].append(0)
    # Not `field.validators`: Django adds what the connected database can store, which is no rule of the model.
    for validator in field._validators:  # type: ignore[attr-defined]  # django-stubs doesn't know it
        if isinstance(validator, validators.MinValueValidator | validators.MaxValueValidator):
            lookup = _LOWER if isinstance(validator, validators.MinValueValidator) else _UPPER
            limit = validator.limit_value
            if not callable(limit):
                found[lookup].append(limit)
    for lookup, value in _comparisons(field):
        found[lookup].append(value)
    return _text(max(_alike(found[_LOWER]), default=None)), _text(min(_alike(found[_UPPER]), default=None))


def unrun_validators(field: AnyField) -> tuple[str, ...]:
    """Return the names of the validators of a field that requests don't run."""
    # Those of Django's own classes are what the types of requests check.
    of_class = field.default_validators if is_own_class(field) else ()
    names = (
        getattr(each, "__name__", type(each).__name__)
        for each in (*of_class, *field._validators)  # type: ignore[attr-defined]  # django-stubs doesn't know it
        if not isinstance(each, _KNOWN_VALIDATORS)
    )
    return tuple(dict.fromkeys(names))


def unread_constraints(model: AnyModel) -> tuple[str, ...]:
    """Return the names of the check constraints of a model that are more than bounds of one column."""
    return tuple(
        constraint.name
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and not _is_bound(constraint.condition)
    )


def _comparisons(field: AnyField) -> Iterator[tuple[str, object]]:
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and _is_bound(constraint.condition):
            for name, value in _conditions(constraint.condition):
                path, _, lookup = name.rpartition("__")
                if path == field.name and lookup == "range" and isinstance(value, tuple | list):
                    yield _LOWER, value[0]
                    yield _UPPER, value[1]
                elif path == field.name and lookup in (_LOWER, _UPPER):
                    yield lookup, value


def _is_bound(condition: object) -> bool:
    return isinstance(condition, Q) and all(
        name.count("__") == 1
        and name.rpartition("__")[2] in (_LOWER, _UPPER, "range")
        and not hasattr(value, "resolve_expression")
        for name, value in _conditions(condition)
    )


def _conditions(condition: object) -> Iterator[tuple[str, object]]:
    """Yield the comparisons that all have to hold; one that can't be read where there is anything else."""
    if not isinstance(condition, Q) or condition.negated or (condition.connector != Q.AND and len(condition) > 1):
        yield "", None
        return
    for child in condition.children:
        if isinstance(child, tuple):
            yield str(child[0]), child[1]
        else:
            yield from _conditions(child)


def _alike(values: list[object]) -> list[Decimal | date | time | timedelta]:
    """Return the values of a type that can be compared with the first one."""
    found: list[Decimal | date | time | timedelta] = []
    for value in values:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            found.append(Decimal(str(value)))
        elif isinstance(value, date | time | timedelta) and not isinstance(value, datetime):
            found.append(value)
    return [value for value in found if type(value) is type(found[0])]


def _text(value: object) -> str | None:
    return None if value is None else text_of(value)
