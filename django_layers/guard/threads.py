"""Queries that are awaited: the ORM runs them in a thread, in which nobody of the project's is to be seen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from asgiref.sync import SyncToAsync

from django_layers.guard.trespass import awaited_by, verdict_at

__all__ = ["watch_threads"]


def watch_threads() -> Callable[[], None]:
    """Let each thread that is awaited by `sync_to_async`, as all of the asynchronous ORM is, know who awaits it.

    Returns:
        What ends it.
    """
    call = SyncToAsync.__call__

    async def watched_call(function: SyncToAsync[..., Any], *args: Any, **kwargs: Any) -> Any:
        # While it is awaited, a frame does not know its outer ones, so they are looked at now.
        awaiting = verdict_at(sys._getframe(1), "")
        token = awaited_by.set(awaiting)
        if function.context is not None:
            function.context.run(awaited_by.set, awaiting)
        try:
            return await call(function, *args, **kwargs)
        finally:
            awaited_by.reset(token)

    SyncToAsync.__call__ = watched_call  # type: ignore[method-assign, assignment]

    def stop() -> None:
        # Whoever has wrapped it since keeps what is theirs.
        if SyncToAsync.__call__ is watched_call:  # type: ignore[comparison-overlap]
            SyncToAsync.__call__ = call  # type: ignore[method-assign]

    return stop
