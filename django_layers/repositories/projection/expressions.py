"""What the database works out of the rows, as a repository declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.core.exceptions import FieldError
from django.db.models import Model, OuterRef, Subquery
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import BaseExpression

from django_layers.repositories.declaration import DeclarationError, Problems
from django_layers.repositories.fields import AnyField, follow, names_in

__all__ = ["independent", "output_fields"]

_VALUE = "_value"


def independent(model: type[Model], expressions: Mapping[str, BaseExpression]) -> dict[str, BaseExpression]:
    """Return the expressions so that none changes what another gives.

    Two aggregates over different lists would count each row of one list once for each of the other, so each becomes a
    query of its own inside of the query.

    Args:
        model: the table that they are worked out of.
        expressions: the expressions by the names of their fields.

    Raises:
        DeclarationError: one expression aggregates over several lists.
    """
    lists = {name: _lists(model, name, expression) for name, expression in expressions.items()}
    problems = Problems()
    for name, each in lists.items():
        with problems:
            if len(each) > 1:
                raise DeclarationError(
                    f"expressions[{name!r}] aggregates over several lists at once ({_named(each)}), which multiplies "
                    "the rows of one by those of the others. Declare an expression for each, or a Subquery."
                )
    problems.raise_any()
    if len(set().union(*lists.values())) < 2:
        return dict(expressions)
    return {
        name: _apart(model, name, expression) if lists[name] else expression for name, expression in expressions.items()
    }


def _lists(model: type[Model], name: str, expression: BaseExpression) -> set[tuple[str, ...]]:
    """Return the relations to many rows that each name of an aggregate goes through."""
    try:
        is_aggregate = _resolved(model, name, expression).contains_aggregate
    except DeclarationError:
        # What is not to be had is told by the one who asks for its type.
        return set()
    if not is_aggregate:
        return set()
    found = set()
    for path in names_in(expression):
        parts = path.split(LOOKUP_SEP)
        paths = (LOOKUP_SEP.join(parts[: end + 1]) for end in range(len(parts)))
        found.add(tuple(path for path in paths if _ends_in_many(model, path)))
    return found - {()}


def _ends_in_many(model: type[Model], path: str) -> bool:
    field = follow(model, path).field
    return bool(field.one_to_many or field.many_to_many)


def _named(lists: set[tuple[str, ...]]) -> str:
    return ", ".join(sorted(each[-1] for each in lists))


def _apart(model: type[Model], name: str, expression: BaseExpression) -> BaseExpression:
    rows = model._base_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
    return Subquery(
        rows.annotate(**{_VALUE: expression}).values(_VALUE), output_field=_output_field(model, name, expression)
    )


def output_fields(model: type[Model], expressions: Mapping[str, BaseExpression]) -> dict[str, AnyField]:
    """Return the field that the values of each expression look like.

    Args:
        model: the table that they are worked out of.
        expressions: the expressions by the names of their fields.

    Raises:
        DeclarationError: an expression asks for what is not to be had; the message names each.
    """
    found: dict[str, AnyField] = {}
    problems = Problems()
    for name, expression in expressions.items():
        with problems:
            found[name] = _output_field(model, name, expression)
    problems.raise_any()
    return found


def _output_field(model: type[Model], name: str, expression: BaseExpression) -> AnyField:
    resolved = _resolved(model, name, expression)
    try:
        return resolved.output_field
    except FieldError as error:
        raise _unresolvable(model, name, error) from None


def _resolved(model: type[Model], name: str, expression: BaseExpression) -> BaseExpression:
    """Return an expression with the columns that it refers to."""
    try:
        annotated = model._base_manager.annotate(**{name: expression})
    except (FieldError, ValueError) as error:
        raise _unresolvable(model, name, error) from None
    return cast("BaseExpression", annotated.query.annotations[name])


def _unresolvable(model: type[Model], name: str, error: Exception) -> DeclarationError:
    return DeclarationError(
        f"expressions[{name!r}] cannot be worked out of {model._meta.label}: {str(error).rstrip('.')}. "
        "Name the fields as a query of the model does, and give `output_field` where types are mixed."
    )
