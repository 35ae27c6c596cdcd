"""Models whose rows are in several tables: those that inherit from a model with a table of its own."""

from __future__ import annotations

from typing import cast

from django.db.models import Model

from django_layers.repositories.fields import is_link

__all__ = ["has_one_key", "parent_of"]


def parent_of(model: type[Model]) -> type[Model] | None:
    """Return the concrete model whose row with the same key is a part of each row of a model; None where there is none."""
    key = model._meta.pk
    if not is_link(key):
        return None
    return cast("type[Model]", cast("type[Model]", key.related_model)._meta.concrete_model)


def has_one_key(model: type[Model]) -> bool:
    """Return whether all tables that the rows of a model are in have the same key for a row."""
    above = model._meta.parents
    links = [link for link in above.values() if link is not None and link.model is model]
    parent = parent_of(model)
    return (links == [model._meta.pk] and has_one_key(cast("type[Model]", parent))) if links else parent is None
