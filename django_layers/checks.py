"""System checks: what would only be found at the first request is found by `manage.py check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from django_layers.conf import SETTING, problems_of

if TYPE_CHECKING:
    from django_layers.repositories import ModelRepository

    AnyRepository: TypeAlias = type[ModelRepository[Any, Any, Any, Any, Any]]

__all__ = [
    "REPOSITORY",
    "SETTINGS",
    "check_repositories",
    "check_settings",
    "problems_of_repositories",
    "register_checks",
]

SETTINGS = "django_layers.E001"
REPOSITORY = "django_layers.E002"


def check_settings(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Return an error for everything that is wrong with `settings.DJANGO_LAYERS`."""
    return [Error(problem, id=SETTINGS) for problem in problems_of(getattr(settings, SETTING, {}))]


def check_repositories(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Return an error for every repository that does not fit its model or its schemas."""
    from django_layers.repositories import ModelRepository

    # The endpoints import the services, and those the repositories that they are given.
    urlconf = getattr(settings, "ROOT_URLCONF", None)
    if urlconf:
        import_module(urlconf)
    return problems_of_repositories(list(_subclasses(ModelRepository)))


def problems_of_repositories(repositories: Sequence[AnyRepository]) -> list[CheckMessage]:
    """Return an error for everything that is wrong with repository classes."""
    from django_layers.repositories import DeclarationError
    from django_layers.repositories.compiled import compiled

    messages: list[CheckMessage] = []
    for repository in repositories:
        try:
            compiled(repository)
        except DeclarationError as error:
            messages.extend(Error(problem, obj=repository, id=REPOSITORY) for problem in error.problems)
    return messages


def _subclasses(base: AnyRepository) -> Iterator[AnyRepository]:
    for each in base.__subclasses__():
        yield from _subclasses(each)
        if not each.is_base():
            yield each


def register_checks() -> None:
    """Have Django run the checks."""
    register(check_settings)
    register(check_repositories)
