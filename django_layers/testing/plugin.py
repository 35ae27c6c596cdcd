"""The pytest plugin of django-layers: its fixtures, and the guard of layers. It imports nothing before it is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django_layers.testing.memory.database import MemoryDatabase

__all__ = ["memory_database"]

# A failing contract shows what it compared.
pytest.register_assert_rewrite("django_layers.testing.contract")


OPTION = "layers_guard"
MODES = ("off", "log", "fail")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the guard be switched on, in the configuration of pytest or for one run."""
    what = "what happens when something else than a repository asks the database in a test: off, log or fail"
    parser.addini(OPTION, what, default="off")
    parser.getgroup("django-layers").addoption("--layers-guard", dest=OPTION, choices=MODES, default=None, help=what)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Switch the guard on where that is asked for."""
    mode = config.getoption(OPTION) or config.getini(OPTION)
    if mode not in MODES:
        raise pytest.UsageError(f"{OPTION} is {mode!r}; it must be one of: {', '.join(MODES)}.")
    if mode != "off":
        from django_layers.testing.guard import LayerGuard

        config.pluginmanager.register(LayerGuard(mode), "django_layers_guard")


@pytest.fixture
def memory_database() -> MemoryDatabase:
    """An empty in-memory database: repositories and a unit of work for the services of one test."""
    from django_layers.testing.memory.database import MemoryDatabase

    return MemoryDatabase()
