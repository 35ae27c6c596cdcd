"""Doing things at the same moment, each in a thread with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

__all__ = ["at_once", "in_thread"]

Result = TypeVar("Result")


def at_once(functions: Sequence[Callable[[], Result]]) -> list[Result | Exception]:
    """Run functions at the same moment, and return what each returned or raised, in their order."""
    barrier = Barrier(len(functions))

    def run(function: Callable[[], Result]) -> Result | Exception:
        try:
            barrier.wait(timeout=30)
            return function()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))


def in_thread(function: Callable[[], Result]) -> Result | Exception:
    """Run a function in another thread to its end, and return what it returned or raised."""
    return at_once([function])[0]
