"""Watching all that is asked of every database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeAlias

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.transaction import Atomic

from django_layers.guard.threads import watch_threads
from django_layers.guard.trespass import Trespass, trespass_at

__all__ = ["start_watching", "watching"]

Report: TypeAlias = "Callable[[Trespass], None]"
"""What is done about a query that something else than a repository asks; what it raises leaves the query."""


def start_watching(report: Report) -> Callable[[], None]:
    """Watch every database from now on: all connections of all threads, those that are opened later too.

    Connections that other threads have opened already are not watched until they are opened again.

    Args:
        report: is called before the query is run, in its thread.

    Returns:
        What ends it.
    """
    watch = partial(_watched, report)

    def watch_connection(connection: BaseDatabaseWrapper, **_: object) -> None:
        if watch not in connection.execute_wrappers:
            # The first of all, so that it stays where others are taken off the end.
            connection.execute_wrappers.insert(0, watch)

    for connection in connections.all(initialized_only=True):
        watch_connection(connection)
    connection_created.connect(watch_connection, weak=False)
    stop_transactions, stop_threads = _watch_transactions(report), watch_threads()

    def stop() -> None:
        stop_transactions()
        stop_threads()
        connection_created.disconnect(watch_connection)
        for connection in connections.all(initialized_only=True):
            if watch in connection.execute_wrappers:
                connection.execute_wrappers.remove(watch)

    return stop


@contextmanager
def watching(report: Report) -> Iterator[None]:
    """Watch every database inside the block, as `start_watching` does.

    Args:
        report: is called before the query is run, in its thread.
    """
    stop = start_watching(report)
    try:
        yield
    finally:
        stop()


def _watched(
    report: Report, execute: Callable[..., Any], sql: str, params: object, many: bool, context: dict[str, object]
) -> Any:
    trespass = trespass_at(sys._getframe(1), sql)
    if trespass is not None:
        report(trespass)
    return execute(sql, params, many, context)


def _watch_transactions(report: Report) -> Callable[[], None]:
    """Watch `atomic()` too: where the driver itself opens a transaction, no statement passes by.

    Returns:
        What ends it.
    """
    enter = Atomic.__enter__

    def watched_enter(block: Atomic) -> None:
        trespass = trespass_at(sys._getframe(1), "atomic()")
        if trespass is not None:
            report(trespass)
        enter(block)

    Atomic.__enter__ = watched_enter  # type: ignore[method-assign]

    def stop() -> None:
        # Whoever has wrapped it since keeps what is theirs.
        if Atomic.__enter__ is watched_enter:
            Atomic.__enter__ = enter  # type: ignore[method-assign]

    return stop
