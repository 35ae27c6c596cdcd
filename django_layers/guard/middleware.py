"""The guard of a project under development."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.utils.decorators import sync_and_async_middleware

from django_layers.conf import layers_settings
from django_layers.guard.databases import start_watching
from django_layers.guard.trespass import LayerViolation, Trespass

__all__ = ["layer_guard"]

logger: Final = logging.getLogger("django_layers.guard")

_watched: list[Callable[[], None]] = []


@sync_and_async_middleware
def layer_guard(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """Watch the databases of this process, as `"django_layers.guard.middleware.layer_guard"` in `MIDDLEWARE`.

    A query that something else than a repository asks is logged as a warning by `django_layers.guard`, or raises
    `LayerViolation` where `DJANGO_LAYERS["GUARD"]` is "raise". Requests themselves pass through untouched.

    Raises:
        MiddlewareNotUsed: `DEBUG` is off; nothing is watched.
    """
    if not settings.DEBUG:
        raise MiddlewareNotUsed("The guard of layers is for development.")
    # A process loads its middleware once for each kind of server, and is watched once.
    if not _watched:
        _watched.append(start_watching(_report))
    return get_response


def _report(trespass: Trespass) -> None:
    if layers_settings.guard == "raise":
        raise LayerViolation(trespass)
    logger.warning("%s", trespass)
