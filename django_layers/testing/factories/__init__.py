"""Factories for tests, worked out from models; imported only when one of them is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["UserFactory", "factory_for", "user_with"]

if TYPE_CHECKING:
    from django.contrib.auth.models import _User
    from factory.django import DjangoModelFactory

    from django_layers.testing.factories.models import factory_for
    from django_layers.testing.factories.users import user_with

    class UserFactory(DjangoModelFactory[_User]):
        """Users of the project's own model, in the database."""


def __getattr__(name: str) -> object:
    """Return a factory, or the function that makes one, once Django has loaded its apps."""
    if name == "UserFactory":
        from django_layers.testing.factories.models import user_factory

        return user_factory()
    if name == "factory_for":
        from django_layers.testing.factories.models import factory_for

        return factory_for
    if name == "user_with":
        from django_layers.testing.factories.users import user_with

        return user_with
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
