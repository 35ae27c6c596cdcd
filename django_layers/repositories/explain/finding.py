"""Finding a repository by its name."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, TypeAlias

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

from django_layers.repositories.model import ModelRepository

__all__ = ["UnknownRepository", "find_repository", "name_of"]

AnyRepository: TypeAlias = "type[ModelRepository[Any, Any, Any, Any, Any]]"

IMPLEMENTATION = "Django"
"""What the class of a repository is called besides the name of its abstraction."""


class UnknownRepository(LookupError):
    """No repository has that name, or several have."""


def find_repository(name: str) -> AnyRepository:
    """Return a repository by the label of its app and the name of its class, or of its abstraction.

    Args:
        name: `recipes.RatingRepository` or `recipes.DjangoRatingRepository`.

    Raises:
        UnknownRepository: there is none; the message names those that come near.
    """
    label, _, wanted = name.partition(".")
    _import(label)
    known = {name_of(each): each for each in _concrete(ModelRepository)}
    names = (name, f"{label}.{IMPLEMENTATION}{wanted}")
    found = next((known[each] for each in names if each in known), None)
    if found is None:
        raise UnknownRepository(_unknown(name, sorted(known)))
    return found


def name_of(repository: type) -> str:
    """Return the name of a repository: the label of its app, and that of its class."""
    config = apps.get_containing_app_config(repository.__module__)
    return f"{config.label if config else repository.__module__}.{repository.__name__}"


def _unknown(name: str, known: list[str]) -> str:
    short = {each.replace(f".{IMPLEMENTATION}", "."): each for each in known}
    near = get_close_matches(name, [*known, *short], n=1)
    says = f"There is no repository {name!r}."
    if "." not in name:
        says = f"{name!r} does not say which app: name it as recipes.RatingRepository."
        near = [each for each in (*short, *known) if each.rpartition(".")[2] == name][:1] or near
    if near:
        return f"{says} Did you mean {near[0]!r}?"
    listed = ", ".join(known)
    return f"{says} There are: {listed}." if known else f"{says} The project has none that its urls lead to."


def _import(label: str) -> None:
    """Import what the urls lead to, as the system checks do, and the repositories of the app."""
    urlconf = getattr(settings, "ROOT_URLCONF", None)
    if urlconf:
        import_module(urlconf)
    for config in apps.get_app_configs():
        if config.label == label:
            _import_repositories(config)


def _import_repositories(config: AppConfig) -> None:
    if config.module is None or not module_has_submodule(config.module, "repositories"):
        return
    package = import_module(f"{config.name}.repositories")
    for found in walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
        import_module(found.name)


def _concrete(base: AnyRepository) -> Iterator[AnyRepository]:
    for each in base.__subclasses__():
        yield from _concrete(each)
        if not each.is_base():
            yield each
