"""A reference of a model as a field of the specification."""

from typing import cast

from django.db import models

from django_layers.scaffold.adoption.errors import NotCarried
from django_layers.scaffold.adoption.fields import AnyField, AnyModel, target_of
from django_layers.scaffold.language.spec import FieldSpec, Filling, OnDelete
from django_layers.scaffold.project.introspect import key_type

__all__ = ["reference_spec"]

_ON_DELETE: dict[object, OnDelete] = {
    models.CASCADE: OnDelete.CASCADE,
    models.PROTECT: OnDelete.PROTECT,
    models.RESTRICT: OnDelete.RESTRICT,
    models.SET_NULL: OnDelete.SET_NULL,
}


def reference_spec(field: AnyField, model: AnyModel) -> FieldSpec:
    """Return the field of the specification for a reference to one row, or to many.

    Args:
        field: a foreign key or a many-to-many field.
        model: the model that is adopted; the field may be inherited.

    Raises:
        NotCarried: requests and responses can't carry it.
    """
    target = target_of(field)
    try:
        key_type(target)
    except ValueError:
        raise NotCarried(f"refers to {target._meta.label}, whose key is of no known type") from None
    label = "self" if target is model else target._meta.label
    if field.many_to_many:
        return _many(cast("models.ManyToManyField[models.Model, models.Model]", field), label)
    assert isinstance(field, models.ForeignKey)
    if field.target_field is not target._meta.pk:
        raise NotCarried(f"refers to {target._meta.label} by its {field.target_field.name}, not by its key")
    return FieldSpec(
        name=field.name,
        type="o2o" if field.one_to_one or field.unique else "fk",
        argument=(label,),
        null=field.null,
        readonly=not field.editable,
        filled=Filling.DEFAULT if _has_default(field) else Filling.NOTHING,
        on_delete=_ON_DELETE.get(field.remote_field.on_delete),
    )


def _many(field: "models.ManyToManyField[models.Model, models.Model]", label: str) -> FieldSpec:
    through = field.remote_field.through
    # Rows of a model of their own say more than keys can: their entity writes them.
    is_plain = through is not None and bool(through._meta.auto_created)
    return FieldSpec(
        name=field.name,
        type="m2m",
        argument=(label,),
        readonly=is_plain and not field.editable,
        filled=Filling.NOTHING if is_plain else Filling.ALWAYS,
    )


def _has_default(field: AnyField) -> bool:
    return field.has_db_default() or (field.has_default() and field.default is not None)
