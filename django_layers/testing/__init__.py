"""What tests of layered apps stand on: in-memory repositories, factories, a repository contract, query counting.

Nothing is imported before it is asked for, so that the pytest plugin costs nothing where it is not used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_layers.testing.contract import RepositoryContract
    from django_layers.testing.factories import UserFactory, factory_for, user_with
    from django_layers.testing.memory.database import MemoryDatabase
    from django_layers.testing.memory.repository import InMemoryRepository
    from django_layers.testing.queries import assert_constant_queries, count_queries

__all__ = [
    "InMemoryRepository",
    "MemoryDatabase",
    "RepositoryContract",
    "UserFactory",
    "assert_constant_queries",
    "count_queries",
    "factory_for",
    "user_with",
]

_HOMES = {
    "InMemoryRepository": "django_layers.testing.memory.repository",
    "MemoryDatabase": "django_layers.testing.memory.database",
    "RepositoryContract": "django_layers.testing.contract",
    "UserFactory": "django_layers.testing.factories",
    "assert_constant_queries": "django_layers.testing.queries",
    "count_queries": "django_layers.testing.queries",
    "factory_for": "django_layers.testing.factories",
    "user_with": "django_layers.testing.factories",
}


def __getattr__(name: str) -> object:
    """Import the module that a public name lives in, and return what it names."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
