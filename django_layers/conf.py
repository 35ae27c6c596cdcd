"""`settings.DJANGO_LAYERS`, read once into one frozen object."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.functional import SimpleLazyObject, empty

__all__ = ["LayersSettings", "layers_settings", "problems_of", "validates_rows"]

SETTING = "DJANGO_LAYERS"

# Loaded by pytest only.
_PLUGIN = "django_layers.testing.plugin"


@dataclass(frozen=True)
class LayersSettings:
    """What a project can set; each attribute is a key of `settings.DJANGO_LAYERS` in lower case.

    Attributes:
        guard: what `django_layers.guard.middleware.layer_guard` does about a query that no repository asks: "log" warns
            of it, "raise" raises `LayerViolation`.
        guard_exempt: the dotted names of modules and packages that may ask the database besides repositories, for that
            middleware and in tests.
        prepared_queries: whether the SQL of queries is kept and run again with other values; False has the ORM make it
            each time.
        response_bytes: whether responses are written in one pass by pydantic-core; False leaves them to django-ninja.
        user_factory: the dotted path of the project's own factory of users for tests; empty for one worked out.
        validate_rows: whether every row that is read is validated by its schema, also where the types of its columns
            say that it fits; None for: while `DEBUG` is on, and in tests that pytest runs.
    """

    guard: Literal["log", "raise"] = "log"
    guard_exempt: tuple[str, ...] = ()
    prepared_queries: bool = True
    response_bytes: bool = True
    user_factory: str = ""
    validate_rows: bool | None = None


def problems_of(given: object) -> list[str]:
    """Return what is wrong with a value of `settings.DJANGO_LAYERS`, a sentence each."""
    if not isinstance(given, Mapping):
        return [f"{SETTING} is a {type(given).__name__}; it must be a dictionary."]
    known = {name.upper(): kind for name, kind in get_type_hints(LayersSettings).items()}
    problems = []
    for name, value in given.items():
        if name not in known:
            problems.append(_unknown(str(name), list(known)))
        else:
            problems.extend(_misfit(str(name), value, known[name]))
    return problems


def _misfit(name: str, value: object, kind: Any) -> list[str]:
    """Return in what a value is not of the kind that its key has."""
    if get_origin(kind) is Literal:
        choices = " or ".join(map(repr, get_args(kind)))
        return [] if value in get_args(kind) else [f"{SETTING}[{name!r}] is {value!r}; it must be {choices}."]
    if get_origin(kind) is tuple and isinstance(value, tuple):
        return [problem for each in value for problem in _misfit(name, each, get_args(kind)[0])]
    plain = get_origin(kind) if get_origin(kind) is tuple else kind
    if isinstance(value, plain):
        return []
    return [f"{SETTING}[{name!r}] is a {type(value).__name__}; it must be a {getattr(plain, '__name__', str(plain))}."]


def _unknown(name: str, known: list[str]) -> str:
    # Imported here, so that starting a project does not pay for it.
    from difflib import get_close_matches

    near = get_close_matches(name.upper(), known, n=1)
    way_out = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
    return f"{SETTING} has no key {name!r}. {way_out}"


def _load() -> LayersSettings:
    given = getattr(settings, SETTING, {})
    names = {field.name for field in fields(LayersSettings)}
    # What is wrong is told by the system check, once, and not wherever a setting is read.
    if problems_of(given):
        return LayersSettings()
    return LayersSettings(**{name.lower(): value for name, value in given.items() if name.lower() in names})


_lazy = SimpleLazyObject(_load)

layers_settings = cast("LayersSettings", _lazy)
"""The settings of this project; read when they are first asked for, and again after a test has changed them."""


def validates_rows() -> bool:
    """Return whether every row that is read is validated: as the settings say, else while developing and testing."""
    said = layers_settings.validate_rows
    return said if said is not None else bool(settings.DEBUG) or _PLUGIN in sys.modules


def _forget(*, setting: str, **_: object) -> None:
    if setting == SETTING:
        _lazy.__dict__["_wrapped"] = empty


setting_changed.connect(_forget, dispatch_uid="django_layers.conf")
