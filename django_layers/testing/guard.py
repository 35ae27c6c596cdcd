"""The guard of layers in a run of pytest: a test fails in which something else than a repository asks the database."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Final, Literal, TypeAlias

import pytest
from django.apps import apps

from django_layers.guard import Site, Trespass, start_watching

__all__ = ["LayerGuard", "LayerGuardWarning", "Mode"]

Mode: TypeAlias = Literal["fail", "log"]

MOST_TOLD: Final = 10
"""How many places the report of a test names."""


class LayerGuardWarning(UserWarning):
    """Something else than a repository asked the database in a test."""


class LayerGuard:
    """Watches all databases while tests run.

    The queries themselves go through: what a test is about is not disturbed, and an endpoint that answers every exception
    with a response hides nothing.

    Args:
        mode: whether a test fails, or the report at the end names it as a warning.
    """

    def __init__(self, mode: Mode) -> None:
        self._mode = mode
        self._stop: Callable[[], None] | None = None
        self._found: dict[Site, Trespass] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None]:
        """Watch the fixtures of a test."""
        yield from self._phase(item)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None]:
        """Watch a test."""
        yield from self._phase(item)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None]:
        """Watch what is undone after a test."""
        yield from self._phase(item)

    def pytest_unconfigure(self) -> None:
        """Watch no longer."""
        if self._stop is not None:
            self._stop()

    def _phase(self, item: pytest.Item) -> Generator[None]:
        # A test without Django may run before it is there.
        if self._stop is None and apps.ready:
            self._stop = start_watching(self._note)
        self._found.clear()
        try:
            yield
        except BaseException as error:
            if self._found:
                error.add_note(self._told())
            raise
        if self._found:
            self._report(item)

    def _note(self, trespass: Trespass) -> None:
        # One place may ask in a loop; its first query tells enough.
        self._found.setdefault(trespass.asked, trespass)

    def _report(self, item: pytest.Item) -> None:
        if self._mode == "log":
            item.warn(LayerGuardWarning(self._told()))
            return
        pytest.fail(self._told(), pytrace=False)

    def _told(self) -> str:
        found = list(self._found.values())
        more = [f"... and {len(found) - MOST_TOLD} more."] if len(found) > MOST_TOLD else []
        return "\n".join([*map(str, found[:MOST_TOLD]), *more])
