"""What the database works out of the rows, as a repository declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.core.exceptions import FieldError
from django.db.models import Model
from django.db.models.expressions import BaseExpression

from django_layers.repositories.declaration import DeclarationError, Problems
from django_layers.repositories.fields import AnyField

__all__ = ["output_fields"]


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
    try:
        annotated = model._base_manager.annotate(**{name: expression})
        return cast("AnyField", annotated.query.annotations[name].output_field)
    except (FieldError, ValueError) as error:
        raise DeclarationError(
            f"expressions[{name!r}] cannot be worked out of {model._meta.label}: {error} "
            "Name the fields as a query of the model does, and give `output_field` where types are mixed."
        ) from None
