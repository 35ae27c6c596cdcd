"""The pytest plugin of django-layers: its fixtures. It imports nothing before a test asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django_layers.testing.memory.database import MemoryDatabase

__all__ = ["memory_database"]

# A failing contract shows what it compared.
pytest.register_assert_rewrite("django_layers.testing.contract")


@pytest.fixture
def memory_database() -> MemoryDatabase:
    """An empty in-memory database: repositories and a unit of work for the services of one test."""
    from django_layers.testing.memory.database import MemoryDatabase

    return MemoryDatabase()
