"""System checks: what would only be found at the first request is found by `manage.py check`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.files.storage import FileSystemStorage
from django.db.models import FileField, Model

from django_layers.conf import SETTING, problems_of

if TYPE_CHECKING:
    from django_layers.repositories import ModelRepository

    AnyRepository: TypeAlias = type[ModelRepository[Any, Any, Any, Any, Any]]

__all__ = [
    "MEDIA_ROOT",
    "REPOSITORY",
    "SETTINGS",
    "TAG",
    "check_files",
    "check_layers",
    "check_repositories",
    "check_settings",
    "problems_of_repositories",
    "register_checks",
]

SETTINGS = "django_layers.E001"
REPOSITORY = "django_layers.E002"
MEDIA_ROOT = "django_layers.W001"

TAG = "layers"
"""The tag of the check of the layers: `manage.py check --tag layers`."""


def check_settings(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Return an error for everything that is wrong with `settings.DJANGO_LAYERS`."""
    return [Error(problem, id=SETTINGS) for problem in problems_of(getattr(settings, SETTING, {}))]


def check_repositories(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Return an error for every repository that does not fit its model or its schemas."""
    return problems_of_repositories(_repositories())


def check_files(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Return a warning for every file field of a repository whose files land where the server is started.

    `MEDIA_ROOT` is empty unless a project says otherwise, and then they are stored beside the source code. Part of
    `manage.py check --deploy`.
    """
    from django_layers.repositories import DeclarationError

    models: dict[type[Model], None] = {}
    for repository in _repositories():
        # Which repositories are wrong is told by the other check.
        with suppress(DeclarationError):
            models[repository.declaration().model] = None
    return [message for model in models for message in _homeless_files(model)]


def _homeless_files(model: type[Model]) -> Iterator[CheckMessage]:
    """Give a warning for every file field of a model that has no folder to store files in."""
    for field in model._meta.concrete_fields:
        storage = field.storage if isinstance(field, FileField) else None
        if isinstance(storage, FileSystemStorage) and not storage.base_location:
            yield Warning(
                "Uploaded files are stored in the folder that the server is started in: MEDIA_ROOT is empty.",
                hint='Add to the settings: MEDIA_ROOT = BASE_DIR / "media" and MEDIA_URL = "media/".',
                obj=field,
                id=MEDIA_ROOT,
            )


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


def _repositories() -> list[AnyRepository]:
    from django_layers.repositories import ModelRepository

    # The endpoints import the services, and those the repositories that they are given.
    urlconf = getattr(settings, "ROOT_URLCONF", None)
    if urlconf:
        import_module(urlconf)
    return list(_subclasses(ModelRepository))


def _subclasses(base: AnyRepository) -> Iterator[AnyRepository]:
    for each in base.__subclasses__():
        yield from _subclasses(each)
        if not each.is_base():
            yield each


def check_layers(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Return an error or a warning for everything that `manage.py checklayers` finds in the current folder.

    It reads every file of the project, so it runs only where its tag is named: `manage.py check --tag layers`.
    """
    if not _is_asked_for_layers(sys.argv):
        return []
    from django_layers.architecture.baseline.keeping import keep
    from django_layers.architecture.checking import check
    from django_layers.architecture.errors import CheckError

    try:
        report = keep(check([Path.cwd()]), "check").report
    except CheckError as error:
        return [Error(str(error.args[0]), id=f"django_layers.{error.code}")]
    return [
        (Error if one.severity == "error" else Warning)(
            one.message, hint=one.hint, obj=f"{one.path}:{one.line}:{one.column}", id=f"django_layers.{one.code}"
        )
        for one in report.violations
    ]


def _is_asked_for_layers(arguments: Sequence[str]) -> bool:
    # Django runs a check whatever its tags where none is named, and does not tell it which one was.
    named = [second for first, second in pairwise(arguments) if first in {"--tag", "-t"}]
    return TAG in named or f"--tag={TAG}" in arguments or f"-t{TAG}" in arguments


def register_checks() -> None:
    """Have Django run the checks."""
    register(check_settings)
    register(check_repositories)
    register(check_layers, TAG)
    # Only before deployment: a new project stays without warnings, and the command that adds a file says it too.
    register(check_files, deploy=True)
