"""Where queries cannot be kept: where the project itself has a say in what is queried."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Manager, Model, QuerySet
from django.db.models.manager import BaseManager

__all__ = ["has_plain_managers", "is_plain_manager", "overrides"]

BUILDS_QUERIES: Final = ("_queryset", "_visible", "_filtered", "_annotated", "_order", "_with_key", "_stored")
"""The methods of a repository that say what is queried; one's own may say something else each time."""


_HARMLESS: Final = {"use_in_migrations"}


def overrides(repository: type) -> bool:
    """Return whether a repository class says itself what is queried."""
    return any(not _defined_in(repository, name).startswith("django_layers.") for name in BUILDS_QUERIES)


def _defined_in(cls: type, name: str) -> str:
    return next(each.__module__ for each in cls.__mro__ if name in vars(each))


def has_plain_managers(model: type[Model]) -> bool:
    """Return whether the managers that repositories use of a model give all of its rows, as Django's own do."""
    return is_plain_manager(model._default_manager) and is_plain_manager(model._base_manager)


def is_plain_manager(manager: BaseManager[Any]) -> bool:
    """Return whether a manager leaves alone what Django's own does; it may do more under other names."""
    return _adds_only(type(manager), Manager) and _adds_only(type(manager.get_queryset()), QuerySet)


def _adds_only(kind: type, base: type) -> bool:
    own = {name for each in kind.__mro__ if each.__module__.partition(".")[0] != "django" for name in vars(each)}
    return not any(hasattr(base, name) for name in own - _HARMLESS if not name.startswith("__"))
