"""What a repository declares that looks at rows of other tables, whether they are in scope or not."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Aggregate, Model
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import BaseExpression

from django_layers.repositories.compiled import Compiled
from django_layers.repositories.fields import models_behind, names_in
from django_layers.repositories.scopes import has_scope

__all__ = ["unscoped"]


def unscoped(compiled: Compiled) -> Iterator[str]:
    """Give a sentence for each expression and each order that can tell of rows which their model's scope hides.

    An aggregate with a `filter` is taken for one that was narrowed.

    Args:
        compiled: what is worked out of a repository.
    """
    declaration = compiled.declaration
    for name, expression in declaration.expressions.items():
        for model in _scoped(declaration.model, () if _is_narrowed(expression) else names_in(expression)):
            yield f"{declaration.name}.expressions[{name!r}] is worked out of all rows of {model._meta.label}, whose row scope hides some."
    for name, order in compiled.orders.items():
        # Of a reference itself nothing is looked at but its key, which is a column of the row's own.
        lookups = [term.lookup.rpartition(LOOKUP_SEP)[0] for term in order.terms if term.field is not None]
        for model in _scoped(declaration.model, lookups):
            yield (
                f"{declaration.query.__name__}.order_by: {name!r} orders by rows of {model._meta.label} that its row "
                "scope hides too, and the cursor of a page says what it ordered by."
            )


def _scoped(model: type[Model], lookups: list[str] | tuple[str, ...]) -> list[type[Model]]:
    found = [each for lookup in lookups for each in models_behind(model, lookup) if has_scope(each)]
    return list(dict.fromkeys(found))


def _is_narrowed(expression: BaseExpression) -> bool:
    parts = expression.flatten()
    return any(isinstance(part, Aggregate) and part.filter is not None for part in parts)
