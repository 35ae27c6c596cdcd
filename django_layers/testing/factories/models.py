"""Factories worked out from models: every required column filled, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import TypeVar, cast, overload

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import ForeignKey, Model
from django.utils.module_loading import import_string
from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from django_layers.conf import layers_settings
from django_layers.repositories.fields import AnyField
from django_layers.testing.factories.columns import value_maker

__all__ = ["factory_for", "user_factory"]

M = TypeVar("M", bound=Model)


@overload
def factory_for(model: str) -> type[DjangoModelFactory[Model]]: ...
@overload
def factory_for(model: type[M]) -> type[DjangoModelFactory[M]]: ...
def factory_for(model: str | type[M]) -> type[DjangoModelFactory[M]] | type[DjangoModelFactory[Model]]:
    """Return a factory that fills what a row of the model needs, worked out from its fields.

    Required fields without a default get a value, a distinct one where the type has enough; unique fields always do.
    A required reference makes the row that it refers to. Files and everything optional stay empty. Subclass the
    result, or pass values, for all else. One model always gets the same factory, so its values go on counting.

    Args:
        model: the model, or its label ("app.Model").

    Raises:
        LookupError: there is no model with this label.
        TypeError: a required field is of a type that nothing is known about, or the model's required references
            lead back to itself.
    """
    model_class = apps.get_model(model) if isinstance(model, str) else model
    if model_class._meta.concrete_model is get_user_model():
        return cast("type[DjangoModelFactory[M]]", user_factory())
    return cast("type[DjangoModelFactory[M]]", _model_factory(model_class, ()))


def user_factory() -> type[DjangoModelFactory[Model]]:
    """Return the project's own factory of users (`USER_FACTORY` of `settings.DJANGO_LAYERS`), or one worked out.

    Raises:
        ImproperlyConfigured: `USER_FACTORY` does not name a `DjangoModelFactory` of the user model.
    """
    path = layers_settings.user_factory
    if not path:
        return _derived_user_factory(get_user_model())
    try:
        found = import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(
            f'DJANGO_LAYERS["USER_FACTORY"] is {path!r}, which cannot be imported: {error}'
        ) from error
    if not (isinstance(found, type) and issubclass(found, DjangoModelFactory)):
        raise ImproperlyConfigured(
            f'DJANGO_LAYERS["USER_FACTORY"] is {path!r}, which is not a subclass of factory.django.DjangoModelFactory.'
        )
    return found


@cache
def _derived_user_factory(model: type[Model]) -> type[DjangoModelFactory[Model]]:
    declarations = _declarations(model, (model,))
    names = {field.name for field in model._meta.concrete_fields}
    if "password" in names:
        # Without a password given, nobody can sign in with one: no user of a test waits for a slow hash.
        declarations["password"] = Password(None)
    if "is_active" in names:
        declarations["is_active"] = True
    return _make_factory(model, declarations)


_FACTORIES: dict[type[Model], type[DjangoModelFactory[Model]]] = {}


def _model_factory(model: type[Model], makers: tuple[type[Model], ...]) -> type[DjangoModelFactory[Model]]:
    if model in makers:
        path = " -> ".join(each.__name__ for each in (*makers, model))
        raise TypeError(
            f"The required references of {model.__name__} lead back to it ({path}), so no row can be the first. "
            f"Declare a factory of {model.__name__} yourself."
        )
    if model not in _FACTORIES:
        _FACTORIES[model] = _make_factory(model, _declarations(model, (*makers, model)))
    return _FACTORIES[model]


def _make_factory(model: type[Model], declarations: dict[str, object]) -> type[DjangoModelFactory[Model]]:
    meta = type("Meta", (), {"model": model, "skip_postgeneration_save": True})
    namespace = {"__doc__": f"Rows of {model._meta.label}, in the database.", "Meta": meta, **declarations}
    return cast("type[DjangoModelFactory[Model]]", type(f"{model.__name__}Factory", (DjangoModelFactory,), namespace))


def _declarations(model: type[Model], makers: tuple[type[Model], ...]) -> dict[str, object]:
    return {
        field.name: _declaration(field, makers)
        for field in model._meta.concrete_fields
        if _is_needed(field) and not isinstance(field, models.FileField)
    }


def _declaration(field: AnyField, makers: tuple[type[Model], ...]) -> object:
    if isinstance(field, ForeignKey):
        target = field.remote_field.model
        if target._meta.concrete_model is get_user_model() and get_user_model() not in makers:
            return SubFactory(user_factory())
        return SubFactory(_model_factory(target, makers))
    make = value_maker(field)
    if make is None:
        raise TypeError(
            f"{field} is a {type(field).__name__}, and django-layers cannot make up values for that type. "
            f"Declare a factory of {field.model.__name__} yourself, with a value for {field.name!r}."
        )
    return Sequence(make)


def _is_needed(field: AnyField) -> bool:
    if field.generated or _is_parent_link(field) or _fills_itself(field):
        return False
    if field.unique and not isinstance(field, ForeignKey):
        return not callable(field.default) or field.default is models.NOT_PROVIDED
    return not (field.null or field.has_default() or field.has_db_default() or _is_empty_text(field))


def _is_parent_link(field: AnyField) -> bool:
    return bool(field.remote_field and getattr(field.remote_field, "parent_link", False))


def _fills_itself(field: AnyField) -> bool:
    automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return bool(automatic) or isinstance(field, models.AutoField)


def _is_empty_text(field: AnyField) -> bool:
    return field.blank and field.empty_strings_allowed and not isinstance(field, ForeignKey)
