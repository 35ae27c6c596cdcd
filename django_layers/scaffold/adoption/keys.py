"""The key of a model that was there before its layers."""

from django.db import models

from django_layers.scaffold.adoption.errors import CannotAdopt
from django_layers.scaffold.adoption.fields import AnyField, AnyModel
from django_layers.scaffold.project.introspect import key_type

__all__ = ["is_made_by_model", "key_field", "key_type_of"]


def key_field(model: AnyModel) -> AnyField:
    """Return the field that is the key of a model: that of the first parent where rows are spread over tables.

    Raises:
        CannotAdopt: the key is several columns.
    """
    key: AnyField = model._meta.pk
    if isinstance(key, models.CompositePrimaryKey):
        raise CannotAdopt(
            model._meta.label, "its key is composite, and endpoints name a row by one value. Give it a key of its own."
        )
    while getattr(key.remote_field, "parent_link", False):
        key = key.related_model._meta.pk  # type: ignore[union-attr]  # a link to a parent leads to a model
    return key


def key_type_of(model: AnyModel) -> str:
    """Return the type of the key of a model: "int", "str" or "UUID".

    Raises:
        CannotAdopt: it has another type.
    """
    try:
        return key_type(model).expression
    except ValueError:
        kind = type(model._meta.pk).__name__
        raise CannotAdopt(model._meta.label, f"its key is a {kind}; keys can be integers, UUIDs or text.") from None


def is_made_by_model(key: AnyField) -> bool:
    """Return whether the model or the database makes the keys of new rows, so that no request says them."""
    if isinstance(key, models.AutoField):
        return True
    return key.has_db_default() or (key.has_default() and callable(key.default))
